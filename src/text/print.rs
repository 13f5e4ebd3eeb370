//! The print of a sentence: what is kept of it to find its copies in other documents, 32 bytes.
//!
//! Two sentences are exact copies when their words are the same: case, accents, blanks, quotes, dashes and all other
//! punctuation are left out. They are near copies when most of their word pairs are the same and all of their figures: an
//! edited reprint keeps its figures, while reports made from one pattern ("shares fell 3 percent to $12") differ in them.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed};

use super::chars::is_boundary;

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
    /// Hash of its words in order (XXH3, 64 bits).
    pub exact: u64,
    /// For each of [`SLOTS`] orders of all word pairs, a byte of the first that the sentence has: two sentences agree in about
    /// the share of word pairs they have in common. All 0 below [`MIN_SKETCHED`] words. Broder 1997.
    pub sketch: [u8; SLOTS],
    /// Hash of its words with digits, in order; 0 without any.
    pub figures: u16,
    /// How many words it has, at most 65,535.
    pub words: u16,
}

impl Print {
    /// The print of a sentence. Linear, some 300 MB/s.
    ///
    /// ```
    /// use actant::text::print::Print;
    /// assert_eq!(Print::of("“Erdoğan’s visit — at last,” he said."), Print::of("\"ERDOGAN'S visit at\nlast\" he said"));
    /// assert_ne!(Print::of("Nvidia fell 3 percent.").exact, Print::of("Nvidia fell 4 percent.").exact);
    /// ```
    pub fn of(sentence: &str) -> Print {
        let plain = plain(sentence);
        let mut normal = String::with_capacity(plain.len() + 1);
        let mut figures = String::new();
        let mut words = 0u16;
        let mut least = [u64::MAX; SLOTS];
        let mut before = None;
        for word in plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            words = words.saturating_add(1);
            normal.push_str(word);
            normal.push(' ');
            if word.bytes().any(|b| b.is_ascii_digit()) {
                figures.push_str(word);
                figures.push(' ');
            }
            if let Some(before) = before.replace(word) {
                let pair = xxh3_64_with_seed(word.as_bytes(), xxh3_64(str::as_bytes(before)));
                least.iter_mut().zip(ORDERS).for_each(|(least, order)| *least = (*least).min(pair.wrapping_mul(order)));
            }
        }
        let sketch = if words < MIN_SKETCHED { [0; SLOTS] } else { least.map(|least| (least >> 24) as u8) };
        let figures = if figures.is_empty() { 0 } else { (xxh3_64(figures.as_bytes()) as u16).max(1) };
        Print { exact: xxh3_64(normal.as_bytes()), sketch, figures, words }
    }

    /// Whether the two are copies, exactly or nearly.
    pub fn is_copy(&self, other: &Print) -> bool {
        self.exact == other.exact
            || self.words.min(other.words) >= MIN_SKETCHED
                && self.figures == other.figures
                && self.sketch.iter().zip(other.sketch).filter(|(a, b)| **a == *b).count() >= ALIKE
    }
}

/// Odd numbers without a pattern: multiplying by one puts all hashes in another order.
const ORDERS: [u64; SLOTS] = orders();

const fn orders() -> [u64; SLOTS] {
    let mut orders = [0; SLOTS];
    let mut state = 0u64;
    let mut at = 0;
    while at < SLOTS {
        // SplitMix64: Steele, Lea & Flood 2014.
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        orders[at] = (mixed ^ (mixed >> 31)) | 1;
        at += 1;
    }
    orders
}

/// The text in lower case without accents; letters that are written without blanks between words stand alone.
fn plain(sentence: &str) -> String {
    if sentence.is_ascii() {
        return sentence.to_ascii_lowercase();
    }
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
        const SKETCH: [u8; SLOTS] = [12, 179, 145, 183, 244, 85, 192, 222, 75, 175, 76, 129, 96, 94, 87, 2];
        let print = Print::of(STORY);
        assert_eq!((print.words, print.figures), (16, 0));
        assert_eq!((print.exact, print.sketch), (0xe1ec_fbea_8a18_e5f7, SKETCH));
    }
}
