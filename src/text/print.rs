//! The print of a sentence: what is kept of it to find its copies in other documents, 32 bytes.
//!
//! Two sentences are exact copies when their words are the same: case, accents, blanks, quotes, dashes and all other
//! punctuation are left out. They are near copies when most of their word pairs are the same and all of their figures: an
//! edited reprint keeps its figures, while reports made from one pattern ("shares fell 3 percent to $12") differ in them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::chars::is_boundary;
use super::hash;

/// How many bytes a sketch has.
pub const SLOTS: usize = 16;

/// Sentences with fewer words have no sketch: every other one would be an edit of them.
pub const MIN_SKETCHED: u16 = 8;

/// So many slots must be equal. Of sentences that share 0.8 of their word pairs 99 % pass, of those that share 0.4 6 %; between
/// sentences written apart the share is below 0.3.
const ALIKE: usize = 10;

/// What is kept of a sentence to find its copies. Equal for equal words on every machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Print {
    /// Hash of its words in order.
    pub exact: u64,
    /// For each of [`SLOTS`] orders of all word pairs, a byte of the first that the sentence has: two sentences agree in about
    /// the share of word pairs they have in common. All 0 below [`MIN_SKETCHED`] words. Broder 1997; the orders are
    /// products with odd numbers of 16 bits, so that a processor compares eight at a time.
    pub sketch: [u8; SLOTS],
    /// Hash of its words with digits, in order; 0 without any.
    pub figures: u16,
    /// How many words it has, at most 65,535.
    pub words: u16,
}

impl Print {
    /// The print of a sentence. Linear: about ten instructions a byte where all but quotes and dashes is ASCII, which is most
    /// of the news; elsewhere the text is decomposed first, which costs ten times as much.
    ///
    /// ```
    /// use actant::text::print::Print;
    /// assert_eq!(Print::of("“Erdoğan’s visit — at last,” he said."), Print::of("\"ERDOGAN'S visit at\nlast\" he said"));
    /// assert_ne!(Print::of("Nvidia fell 3 percent.").exact, Print::of("Nvidia fell 4 percent.").exact);
    /// ```
    pub fn of(sentence: &str) -> Print {
        let mut words = Words::new();
        if !words.read_plain(sentence.as_bytes()) {
            words = Words::new();
            words.read(&plain(sentence));
        }
        words.print()
    }

    /// Whether the two are copies, exactly or nearly.
    pub fn is_copy(&self, other: &Print) -> bool {
        self.exact == other.exact
            || self.words.min(other.words) >= MIN_SKETCHED
                && self.figures == other.figures
                && self.sketch.iter().zip(other.sketch).filter(|(a, b)| **a == *b).count() >= ALIKE
    }
}

/// What has been read of a sentence.
struct Words {
    words: u16,
    exact: u64,
    figures: u64,
    before: u64,
    least: [i16; SLOTS],
}

impl Words {
    fn new() -> Words {
        Words { words: 0, exact: 0, figures: 0, before: 0, least: [i16::MAX; SLOTS] }
    }

    /// Adds the words of a text whose letters are all of ASCII; `false`, with only some of them added, if one is not.
    fn read_plain(&mut self, text: &[u8]) -> bool {
        let mut at = 0;
        while let Some(&byte) = text.get(at) {
            match KINDS[usize::from(byte)] {
                Kind::Word => {
                    let from = at;
                    at += text[at..]
                        .iter()
                        .position(|&byte| KINDS[usize::from(byte)] != Kind::Word)
                        .unwrap_or(text.len() - at);
                    self.add(&text[from..at]);
                }
                Kind::Mark => at += 1,
                // U+2000 to U+203F: blanks, dashes, quotes, dots; no letter or digit is among them.
                Kind::Lead if text.get(at + 1) == Some(&0x80) => at += 3,
                Kind::Lead | Kind::Other => return false,
            }
        }
        true
    }

    /// Adds the words of a text that [`plain`] has made.
    fn read(&mut self, text: &str) {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.for_each(|word| match word.is_ascii() {
            true => self.add(word.as_bytes()),
            false => {
                let hash = hash::of(word.as_bytes());
                self.note_figure(word.as_bytes(), hash);
                self.add_hash(hash);
            }
        });
    }

    /// Adds a word of ASCII in any case.
    fn add(&mut self, word: &[u8]) {
        let hash = hash::of_any_case(word);
        self.note_figure(word, hash);
        self.add_hash(hash);
    }

    fn note_figure(&mut self, word: &[u8], hash: u64) {
        if word.iter().any(u8::is_ascii_digit) {
            self.figures = hash::mix(self.figures, hash);
        }
    }

    fn add_hash(&mut self, hash: u64) {
        self.words = self.words.saturating_add(1);
        self.exact = hash::mix(self.exact, hash);
        if self.words > 1 {
            let pair = (hash::mix(self.before, hash) >> 48) as i16;
            for (least, order) in self.least.iter_mut().zip(&ORDERS) {
                *least = (*least).min(pair.wrapping_mul(*order));
            }
        }
        self.before = hash;
    }

    fn print(self) -> Print {
        let sketch = if self.words < MIN_SKETCHED { [0; SLOTS] } else { self.least.map(|least| least as u8) };
        let figures = if self.figures == 0 { 0 } else { (self.figures as u16).max(1) };
        Print { exact: self.exact, sketch, figures, words: self.words }
    }
}

/// What a byte is to the words of a sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A letter or digit of ASCII.
    Word,
    /// Anything else of ASCII.
    Mark,
    /// The first byte of quotes and dashes, and of more.
    Lead,
    /// Any other byte.
    Other,
}

const KINDS: [Kind; 256] = {
    let mut kinds = [Kind::Other; 256];
    let mut byte = 0;
    while byte < 128 {
        kinds[byte] = if (byte as u8).is_ascii_alphanumeric() { Kind::Word } else { Kind::Mark };
        byte += 1;
    }
    kinds[0xe2] = Kind::Lead;
    kinds
};

/// Odd numbers without a pattern: multiplying by one puts all hashes in another order.
const ORDERS: [i16; SLOTS] = orders();

const fn orders() -> [i16; SLOTS] {
    let mut orders = [0; SLOTS];
    let mut state = 59u64;
    let mut at = 0;
    while at < SLOTS {
        // SplitMix64: Steele, Lea & Flood 2014.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        orders[at] = ((mixed ^ (mixed >> 31)) >> 48) as i16 | 1;
        at += 1;
    }
    orders
}

/// The text in lower case without accents; letters that are written without blanks between words stand alone.
fn plain(sentence: &str) -> String {
    let mut plain = String::with_capacity(sentence.len());
    let mut before = None;
    for c in sentence.nfkd().filter(|c| !is_combining_mark(*c)) {
        if c.is_alphanumeric() && is_boundary(before, Some(c)) {
            plain.push(' ');
        }
        plain.extend(c.to_lowercase());
        before = Some(c);
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    const STORY: &str = "The ministers of both countries met in Geneva on Monday and agreed to open three crossings.";

    #[track_caller]
    fn check(a: &str, b: &str, copy: bool) {
        let (a, b) = (Print::of(a), Print::of(b));
        assert_eq!((a.is_copy(&b), b.is_copy(&a)), (copy, copy), "{a:?} {b:?}");
    }

    #[test]
    fn punctuation_case_and_accents_make_no_other_sentence() {
        check("Kiew – “so” sagte  er", "KIEW - 'So', sagte er.", true);
        check("naïve", "nai\u{308}ve", true);
        check("東京 です", "東京です", true);
        check("He came.", "He went.", false);
        assert_eq!(Print::of("東京です").words, 4);
        assert_eq!(Print::of("…"), Print::of(""));
    }

    #[test]
    fn an_edit_leaves_a_copy_and_another_story_does_not() {
        check(STORY, &STORY.replace("on Monday", "Monday"), true);
        check(STORY, &STORY.replace("Geneva", "Vienna"), true);
        check(STORY, &format!("{STORY} (AP)"), true);
        check(
            STORY,
            "The ministers of both banks met in Rome on Friday and promised to close two of the branches.",
            false,
        );
        check(STORY, "Monday was cold in Geneva.", false);
    }

    #[test]
    fn other_figures_are_another_report() {
        let report =
            "Shares of the maker of chips fell 3.1 percent to 120 dollars in late trading on Monday in New York.";
        check(report, &report.replace("in late", "in very late"), true);
        check(report, &report.replace("3.1", "3.2"), false);
        assert_eq!(Print::of(STORY).figures, 0);
    }

    #[test]
    fn a_short_sentence_is_copied_word_by_word() {
        check("Both sides agreed to open crossings.", "Both sides agreed to open the crossings.", false);
        assert_eq!(Print::of("Both sides agreed to open crossings.").sketch, [0; SLOTS]);
    }

    #[test]
    fn prints_are_the_same_on_every_machine() {
        const SKETCH: [u8; SLOTS] = [169, 227, 4, 69, 200, 226, 189, 195, 79, 164, 226, 224, 98, 174, 78, 181];
        let print = Print::of(STORY);
        assert_eq!((print.words, print.figures), (16, 0));
        assert_eq!((print.exact, print.sketch), (0x153a_93c1_5aad_fe15, SKETCH));
    }
}
