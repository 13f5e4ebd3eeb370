//! The print of a sentence: what is kept of it to find its copies in other documents, 32 bytes.
//!
//! Two sentences are exact copies when their words are the same: case, accents, blanks, quotes, dashes and all other
//! punctuation are left out. They are near copies when most of their word pairs are the same and all of their figures: an
//! edited reprint keeps its figures, while reports made from one pattern ("shares fell 3 percent to $12") differ in them.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use super::bits::WordBits;
use super::chars::is_boundary;
use super::{hash, lanes};
use crate::model::Span;

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
    /// The print of a sentence, see [`Printer`].
    ///
    /// ```
    /// use actant::text::print::Print;
    /// assert_eq!(Print::of("“Erdoğan’s visit — at last,” he said."), Print::of("\"ERDOGAN'S visit at\nlast\" he said"));
    /// assert_ne!(Print::of("Nvidia fell 3 percent.").exact, Print::of("Nvidia fell 4 percent.").exact);
    /// ```
    pub fn of(sentence: &str) -> Print {
        Printer::new(sentence).read(Span::new(0, sentence.len())).0
    }

    /// Whether the two are copies, exactly or nearly.
    pub fn is_copy(&self, other: &Print) -> bool {
        self.exact == other.exact
            || self.words.min(other.words) >= MIN_SKETCHED
                && self.figures == other.figures
                && self.sketch.iter().zip(other.sketch).filter(|(a, b)| **a == *b).count() >= ALIKE
    }
}

/// Makes the prints of the sentences of one text.
pub struct Printer<'t> {
    text: &'t str,
    bits: WordBits,
}

impl<'t> Printer<'t> {
    /// Looks where the words of `text` are.
    pub fn new(text: &'t str) -> Printer<'t> {
        Printer { text, bits: WordBits::new(text) }
    }

    /// The print of a sentence, and how many of its pieces between blanks have a letter or digit. Linear: some thirty
    /// instructions a byte where all but quotes and dashes is ASCII, which is most of the news; elsewhere the text is
    /// decomposed first, which costs ten times as much.
    ///
    /// ```
    /// use actant::{model::Span, text::print::Printer};
    /// assert_eq!(Printer::new("He wasn't in – on May 9.").read(Span::new(3, 26)).1, 5);
    /// ```
    pub fn read(&self, sentence: Span) -> (Print, u32) {
        let text = sentence.of(self.text);
        let mut words = Words::new();
        let pieces = if is_plain(text.as_bytes()) {
            words.read_plain(self.text.as_bytes(), &self.bits, sentence)
        } else {
            words.read_mixed(text)
        };
        (words.print(), pieces)
    }
}

/// Whether all letters and digits of a text are of ASCII: besides it there is only U+2000 to U+203F, which are blanks, dashes,
/// quotes and dots.
fn is_plain(mut text: &[u8]) -> bool {
    loop {
        let is_ascii = |block: &[u8; 64]| lanes::bits(block, |bytes| bytes.within(0x80, 0xff)) == 0;
        let blocks = text.as_chunks().0.iter().take_while(|block| is_ascii(block)).count();
        let rest = &text[64 * blocks..];
        if rest.is_empty() {
            return true;
        }
        let letters = lanes::bits(&lanes::block(rest, 0), |bytes| bytes.within(0x80, 0xff));
        match &rest[rest.len().min(letters.trailing_zeros() as usize)..] {
            [] => return true,
            [first, second, _, behind @ ..] if [*first, *second] == MARK => text = behind,
            _ => return false,
        }
    }
}

/// How U+2000 to U+203F begin, of three bytes: blanks, dashes, quotes and dots.
const MARK: [u8; 2] = [0xe2, 0x80];

/// How many bytes at the start are neither marks or blanks of ASCII nor begin one of the marks above.
fn word_length(bytes: &[u8]) -> usize {
    let mut at = 0;
    loop {
        match bytes[at..] {
            [byte, ..] if byte.is_ascii_alphanumeric() => at += 1,
            [0xe2, 0x80, ..] => return at,
            [byte, ..] if !byte.is_ascii() => at += 1,
            _ => return at,
        }
    }
}

/// The words of a sentence: what its print needs of them, as they come.
struct Words {
    /// How many there are.
    count: usize,
    /// The hash of the last.
    last: u64,
    /// The hash of all.
    exact: u64,
    /// The hash of those with digits.
    figures: u64,
    /// The least pair in each order.
    least: [i16; SLOTS],
}

impl Words {
    fn new() -> Words {
        Words { count: 0, last: 0, exact: 0, figures: 0, least: [i16::MAX; SLOTS] }
    }

    /// Adds the words of a sentence whose letters are all of ASCII; how many pieces between blanks they make.
    fn read_plain(&mut self, text: &[u8], bits: &WordBits, sentence: Span) -> u32 {
        let (mut pieces, mut behind) = (0, usize::MAX);
        bits.each_run(sentence.start as usize, sentence.end as usize, |start, end| {
            // Nearly always one blank is between two words.
            let is_next = text[start - usize::from(start > 0)] == b' ' && start == behind.wrapping_add(1)
                || text.get(behind..start).is_none_or(|between| between.iter().any(u8::is_ascii_whitespace));
            pieces += u32::from(is_next);
            behind = end;
            let (hash, has_digit) = hash::of_word(text, start, end);
            self.add(hash, has_digit);
        });
        pieces
    }

    /// The same where some letters are not of ASCII: only words with such are taken apart by characters.
    fn read_mixed(&mut self, text: &str) -> u32 {
        let (mut pieces, mut is_counted, mut at) = (0, false, 0);
        let bytes = text.as_bytes();
        while at < bytes.len() {
            let length = word_length(&bytes[at..]);
            if length == 0 {
                is_counted &= !bytes[at].is_ascii_whitespace();
                at += if bytes[at].is_ascii() { 1 } else { MARK.len() + 1 };
                continue;
            }
            let word = &text[at..at + length];
            if word.is_ascii() {
                let (hash, has_digit) = hash::of_word(bytes, at, at + length);
                self.add(hash, has_digit);
            } else {
                self.read(&plain(word));
            }
            if !is_counted && word.contains(char::is_alphanumeric) {
                (pieces, is_counted) = (pieces + 1, true);
            }
            at += length;
        }
        pieces
    }

    /// Adds the words of a text that [`plain`] has made.
    fn read(&mut self, text: &str) {
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            let bytes = word.as_bytes();
            let hash = if word.is_ascii() { hash::of_any_case(bytes) } else { hash::of(bytes) };
            self.add(hash, bytes.iter().any(u8::is_ascii_digit));
        }
    }

    #[inline]
    fn add(&mut self, hash: u64, has_digit: bool) {
        if has_digit {
            self.figures = hash::mix(self.figures, hash);
        }
        if self.count > 0 {
            note((hash::mix(self.last, hash) >> 48) as i16, &mut self.least);
        }
        self.exact = hash::mix(self.exact, hash);
        self.last = hash;
        self.count += 1;
    }

    fn print(&self) -> Print {
        let words = self.count.min(u16::MAX.into()) as u16;
        let figures = if self.figures == 0 { 0 } else { (self.figures as u16).max(1) };
        let sketch = if words < MIN_SKETCHED { [0; SLOTS] } else { std::array::from_fn(|at| self.least[at] as u8) };
        Print { exact: self.exact, sketch, figures, words }
    }
}

/// Keeps the lower of what is known and of `pair` for each order: eight products and eight comparisons at once.
#[inline]
fn note(pair: i16, least: &mut [i16; SLOTS]) {
    for at in 0..SLOTS {
        least[at] = least[at].min(pair.wrapping_mul(ORDERS[at]));
    }
}

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
    for c in sentence.chars() {
        if c.is_ascii() {
            if c.is_ascii_alphanumeric() && is_boundary(before, Some(c)) {
                plain.push(' ');
            }
            plain.push(c.to_ascii_lowercase());
            before = Some(c);
            continue;
        }
        // Marks are left out, so their order, which composing would have to put right, is nothing.
        decompose_compatible(c, |c| {
            if is_combining_mark(c) {
                return;
            }
            if c.is_alphanumeric() && is_boundary(before, Some(c)) {
                plain.push(' ');
            }
            plain.extend(c.to_lowercase());
            before = Some(c);
        });
    }
    plain
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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

    /// The print and the pieces of a text all of whose characters are taken apart.
    fn slow(text: &str) -> (Print, u32) {
        let mut words = Words::new();
        words.read(&plain(text));
        let pieces = text.split(|c: char| c.is_ascii_whitespace());
        (words.print(), pieces.filter(|piece| piece.contains(char::is_alphanumeric)).count() as u32)
    }

    proptest! {
        #[test]
        fn words_are_those_of_the_text_taken_apart(
            words in prop::collection::vec("[a-zA-Z0-9]{1,9}|[aéÉ東ßﬁ½¨\u{301}\u{2014}\u{2019}'.\u{a0}\t -]{1,4}|\\PC{1,3}", 0..20),
            glue in "[ ’.-]|",
        ) {
            let text = words.join(&glue);
            let printer = Printer::new(&text);
            prop_assert_eq!(printer.read(Span::new(0, text.len())), slow(&text));
        }
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
