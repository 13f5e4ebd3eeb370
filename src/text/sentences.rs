//! Where sentences begin and end.
//!
//! One pass over the bytes stops at the candidates (`. ! ? …` and line ends); rules decide each. As right as UAX #29 with
//! joining rules on the UD English-PUD news text, and many times as fast, because nothing else is looked at.

use super::chars::{char_at, is_closing, is_opening};
use super::fold::is_break;
use super::lanes::{self, Lanes};
use super::lexicon::{Lexicon, english};
use crate::model::Span;

/// A longer sentence is cut at a blank, so that one line of any size has bounded pieces (a gigabyte without a stop).
pub const MAX_SENTENCE: usize = 64 * 1024;

/// The sentences of `text` from byte `body` on: in order, not overlapping, without blanks around them; pieces without a
/// letter or digit are left out.
///
/// A line break ends a sentence, unless the text is wrapped (its lines break in the middle of sentences), where only
/// an empty line or a short line does. Linear in the length of `text`.
///
/// ```
/// use actant::text::sentences;
/// let text = "U.S. President Trump met Mr. Witkoff at 9:00 p.m. on May 19. \"Good,\" he said.\nA heading\nIt ended.... If so";
/// let found: Vec<_> = sentences(text, 0).iter().map(|s| s.of(text)).collect();
/// assert_eq!(found[1..], ["\"Good,\" he said.", "A heading", "It ended....", "If so"]);
/// ```
pub fn sentences(text: &str, body: usize) -> Vec<Span> {
    let splitter = Splitter { text, bytes: text.as_bytes(), words: english(), wrap: Wrap::detect(&text[body..]) };
    let mut found = Vec::with_capacity(text.len() / 64 + 1);
    let mut start = body;
    let mut at = body;
    let mut candidates = Candidates::of(splitter.bytes);
    while let Some(candidate) = candidates.next(at) {
        let (end, next) = splitter.decide(candidate);
        if let Some(end) = end {
            push(text, start, end, &mut found);
            start = next;
        }
        at = next;
    }
    push(text, start, text.len(), &mut found);
    found
}

/// The text around one candidate and what is needed to judge it.
struct Splitter<'t> {
    text: &'t str,
    bytes: &'t [u8],
    words: &'static Lexicon,
    wrap: Wrap,
}

impl Splitter<'_> {
    /// Judges the candidate at byte `at`: where the sentence ends, if it does, and from where to look on.
    fn decide(&self, at: usize) -> (Option<usize>, usize) {
        // Most candidates are full stops, breaks between lines, curly quotes and long dashes.
        if let Some(ends) = self.plain_stop_ends(at) {
            return (ends.then_some(at + 1), at + 1);
        }
        match self.bytes[at..] {
            [b'\n', ..] if !self.wrap.wrapped => return (Some(at), at + 1),
            [0xe2, 0x80, 0x93 | 0x94 | 0x98..=0x9d, ..] => return (None, at + 3),
            _ => {}
        }
        let c = char_at(self.text, at).unwrap_or(' ');
        let after = at + c.len_utf8();
        if is_break(c) {
            if !self.wrap.wrapped {
                return (Some(at), after);
            }
            // All blanks are judged at once: a run of empty lines is looked over only once.
            let next = self.skip(at, char::is_whitespace);
            return (self.line_ends(at, next).then_some(at), next);
        }
        if !is_terminator(c) {
            return (None, after);
        }
        let run = self.skip(at, is_terminator);
        let end = self.skip_closing(run);
        let ends = match c {
            '。' | '！' | '？' | '।' | '؟' => true,
            _ => self.terminator_ends(at, run, end),
        };
        (ends.then_some(end), end)
    }

    /// Whether a full stop ends a sentence behind which one blank and a letter of ASCII stand, as behind most: what the other rules
    /// come to there, without a look at characters that are not.
    #[inline]
    fn plain_stop_ends(&self, at: usize) -> Option<bool> {
        match self.bytes.get(at..at + 3)? {
            [b'.', b' ', first] if first.is_ascii_alphabetic() => {
                Some(!first.is_ascii_lowercase() && self.stop_ends(at, false, at + 2))
            }
            _ => None,
        }
    }

    /// Whether `. ! ? …` in `at..run`, with closing quotes up to `end`, ends a sentence.
    fn terminator_ends(&self, at: usize, run: usize, end: usize) -> bool {
        let single_stop = run - at == 1 && self.bytes[at] == b'.';
        let Some(next) = char_at(self.text, end) else { return true };
        if is_break(next) && !self.wrap.wrapped {
            return true;
        }
        if !next.is_whitespace() {
            return single_stop && end == run && self.glued(at, next);
        }
        let follows = self.skip(end, char::is_whitespace);
        let follows = self.skip(follows, |c| is_opening(c) || matches!(c, '-' | '—' | '–' | '*' | '•' | ' '));
        let Some(first) = char_at(self.text, follows) else { return true };
        if first.is_lowercase() {
            return false;
        }
        if end > run && self.bytes[run - 1] != b'.' && self.speech_follows(follows) {
            return false;
        }
        !single_stop || self.stop_ends(at, end > run, follows)
    }

    /// Whether the single full stop at `at` ends a sentence, given that no lower case follows: what is before it decides.
    fn stop_ends(&self, at: usize, quoted: bool, follows: usize) -> bool {
        let token = self.token_before(at);
        // Longer than any abbreviation, and no number.
        if token.len() > self.words.longest_abbreviation && token.bytes().all(|b| b.is_ascii_lowercase()) {
            return true;
        }
        let is_starter = || self.words.starters.contains(self.word_at(follows));
        let digit_follows = self.bytes[follows].is_ascii_digit();
        if is_dotted_acronym(token) || self.words.final_abbreviations.contains(token) {
            return quoted && token.len() > 1 || is_starter();
        }
        if token.len() == 1 && token.bytes().all(|b| b.is_ascii_uppercase()) {
            return is_starter();
        }
        if self.words.abbreviations.contains(token) {
            let number_word = token.starts_with(['N', 'n']) && token.len() < 4;
            return number_word && !digit_follows;
        }
        // "1. The first point": a number alone at the start of a line counts the line.
        !(token.bytes().all(|b| b.is_ascii_digit())
            && token.len() < 3
            && !token.is_empty()
            && self.starts_line(at - token.len()))
    }

    /// Whether a stop without a blank after it still ends a sentence: "as talks continue.The phone call".
    fn glued(&self, at: usize, next: char) -> bool {
        let token = self.token_before(at);
        let capitalised =
            next.is_uppercase() && char_at(self.text, at + 1 + next.len_utf8()).is_some_and(char::is_lowercase);
        capitalised
            && token.len() > 2
            && token.chars().all(char::is_lowercase)
            && !self.text[..at - token.len()].ends_with(['.', '/', '@'])
    }

    /// Whether the capitalised word at `follows` says what was asked or shouted: `"Why?" Trump asked`.
    fn speech_follows(&self, follows: usize) -> bool {
        let mut at = follows;
        for _ in 0..5 {
            let word = self.word_at(at);
            if self.words.speech_verbs.contains(word) {
                return true;
            }
            if !word.starts_with(char::is_uppercase) {
                return false;
            }
            at += word.len();
            if self.words.abbreviations.contains(word) && self.bytes.get(at) == Some(&b'.') {
                at += 1;
            }
            at = self.skip(at, |c| c == ' ');
        }
        false
    }

    /// Whether the line break at `at`, with the next text at `next`, ends a sentence of a wrapped text.
    fn line_ends(&self, at: usize, next: usize) -> bool {
        // Only the last bytes of a line matter: its length is compared with half the width, which is at most 100.
        let from = self.floor(at.saturating_sub(self.wrap.width));
        let line = self.text[from..at].rfind(is_break).map_or(at - from, |before| at - from - before - 1);
        let blanks = &self.text[at..next];
        let breaks = blanks.matches(is_break).count() - blanks.matches("\r\n").count();
        let lower = char_at(self.text, next).is_some_and(char::is_lowercase);
        breaks > 1 || line < self.wrap.width / 2 && !lower
    }

    fn floor(&self, at: usize) -> usize {
        let mut at = at;
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }

    /// The characters without a blank before `at`, without opening quotes and brackets; of "J.D" or "p.m" the whole.
    fn token_before(&self, at: usize) -> &str {
        // A token longer than any abbreviation need not be seen whole: that keeps the pass linear.
        let from = self.floor(at.saturating_sub(48));
        let letters = self.bytes[from..at].iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        // Nearly always: a word of ASCII behind a blank.
        if at - letters > from && self.bytes[at - letters - 1] == b' ' {
            return &self.text[at - letters..at];
        }
        let before = &self.text[from..at];
        let start = before
            .rfind(|c: char| !(c.is_alphanumeric() || c == '.'))
            .map_or(0, |p| p + char_at(before, p).map_or(1, char::len_utf8));
        before[start..].trim_start_matches('.')
    }

    /// The letters from `at` on.
    fn word_at(&self, at: usize) -> &str {
        let rest = &self.text[at..];
        let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '-')).unwrap_or(rest.len());
        &rest[..end.min(rest.len())]
    }

    fn starts_line(&self, at: usize) -> bool {
        self.text[..at].trim_end_matches(' ').chars().next_back().is_none_or(is_break)
    }

    /// The first byte from `at` on whose character is not one of `these`.
    fn skip(&self, at: usize, these: impl Fn(char) -> bool) -> usize {
        at + self.text[at..].find(|c| !these(c)).unwrap_or(self.text.len() - at)
    }

    /// Past the quotes and brackets that close directly after a terminator, and terminators after them.
    fn skip_closing(&self, at: usize) -> usize {
        // `he left. "She` has a blank before the quote; `he left."She` has not, and then the quote closes.
        let end = self.skip(at, |c| is_closing(c) || is_terminator(c));
        self.skip_footnote(end)
    }

    /// Past the number of a footnote: "was signed.[1] It".
    fn skip_footnote(&self, at: usize) -> usize {
        let Some(rest) = self.text[at..].strip_prefix('[') else { return at };
        let digits = rest.bytes().take(4).take_while(u8::is_ascii_digit).count();
        if digits > 0 && rest[digits..].starts_with(']') { self.skip_footnote(at + digits + 2) } else { at }
    }
}

/// Whether a text breaks its lines in the middle of sentences, and at what width.
struct Wrap {
    wrapped: bool,
    width: usize,
}

impl Wrap {
    /// Looks at the first lines: wrapped when at least half of the breaks between two lines of text go on in lower case
    /// without a stop before, and no line is longer than 200 bytes.
    fn detect(text: &str) -> Wrap {
        const LINES: usize = 200;
        let (mut breaks, mut going_on, mut width) = (0, 0, 0);
        let mut before: Option<&str> = None;
        for line in text.lines().take(LINES) {
            let line = line.trim();
            width = width.max(line.len());
            if width > 200 {
                return Wrap { wrapped: false, width };
            }
            if let Some(before) = before.filter(|before| !before.is_empty() && !line.is_empty()) {
                breaks += 1;
                let open = !before.ends_with(|c| is_terminator(c) || is_closing(c) || c == ':');
                going_on += usize::from(open && line.starts_with(char::is_lowercase));
            }
            before = Some(line);
        }
        Wrap { wrapped: breaks > 0 && going_on * 2 >= breaks && width >= 20, width }
    }
}

/// The bytes that may end a sentence. The lead bytes E2, E3, EF, D8, E0, C2 begin … 。！？ ؟ । and line separators.
struct Candidates<'t> {
    bytes: &'t [u8],
    /// A bit for each candidate of the block of 64 bytes that was looked at last.
    bits: u64,
    block: usize,
}

impl<'t> Candidates<'t> {
    fn of(bytes: &'t [u8]) -> Candidates<'t> {
        Candidates { bytes, bits: 0, block: usize::MAX }
    }

    /// The first from byte `from` on, which must never be before an earlier one.
    #[inline]
    fn next(&mut self, from: usize) -> Option<usize> {
        if from / 64 != self.block {
            self.look(from / 64);
        }
        self.bits &= u64::MAX << (from % 64);
        while self.bits == 0 {
            if 64 * (self.block + 1) >= self.bytes.len() {
                return None;
            }
            self.look(self.block + 1);
        }
        Some(64 * self.block + self.bits.trailing_zeros() as usize)
    }

    fn look(&mut self, block: usize) {
        self.block = block;
        let bytes = lanes::block(self.bytes, (64 * block).min(self.bytes.len()));
        let stops = |bytes: Lanes| bytes.within(b'\n', b'\r') | bytes.is(b'.') | bytes.is(b'!') | bytes.is(b'?');
        self.bits = lanes::bits(&bytes, stops);
        // Most blocks are of ASCII, and the letters of most alphabets begin with other ones.
        if lanes::bits(&bytes, |bytes| bytes.within(0x80, 0xff)) != 0 {
            let begins = |bytes: Lanes| bytes.is(0xe2) | bytes.is(0xe3) | bytes.is(0xef);
            let others = |bytes: Lanes| bytes.is(0xd8) | bytes.is(0xe0) | bytes.is(0xc2);
            self.bits |= lanes::bits(&bytes, |bytes| begins(bytes) | others(bytes));
        }
    }
}

fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '؟' | '।')
}

/// "U.S", "J.D", "p.m" (the last stop is not part of the token).
fn is_dotted_acronym(token: &str) -> bool {
    token.contains('.')
        && token.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic))
}

/// Adds the sentence in `start..end`, cut into pieces where it is too long.
fn push(text: &str, start: usize, end: usize, found: &mut Vec<Span>) {
    let mut start = start;
    while start < end {
        let mut cut = (start + MAX_SENTENCE).min(end);
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        if cut < end {
            let blank = text[start..cut].rfind(char::is_whitespace);
            cut = blank.filter(|&at| at > 0).map_or(cut, |at| start + at);
        }
        push_piece(text, start, cut, found);
        start = cut;
    }
}

fn push_piece(text: &str, start: usize, end: usize, found: &mut Vec<Span>) {
    let blanks = text.as_bytes()[start..end].iter().take_while(|&&byte| byte == b' ').count();
    let start = start + blanks;
    // Nearly all begin with a letter and end with a mark.
    if let [first, .., last] = text.as_bytes()[start..end]
        && first.is_ascii_alphanumeric()
        && last.is_ascii_graphic()
    {
        found.push(Span::new(start, end));
        return;
    }
    let blank = |c: char| c.is_whitespace() || matches!(c, '\0' | '\u{feff}');
    let piece = text[start..end].trim_start_matches(blank);
    let start = end - piece.len();
    let piece = piece.trim_end_matches(blank);
    if piece.chars().any(char::is_alphanumeric) {
        found.push(Span::new(start, start + piece.len()));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn candidates_are_the_marks_breaks_and_the_bytes_that_begin_such(
            pieces in prop::collection::vec("[a-z ]{0,70}|[.!?\\n\\r\\x0b\\x0c\\t]{1,3}|[é«Жя…。！？؟।\\u{85}\\u{2028}“]{1,2}", 0..12),
            skip in 0..9usize,
        ) {
            let text = pieces.concat();
            let is_one = |byte: &u8| b".!?\n\r\x0b\x0c\xe2\xe3\xef\xd8\xe0\xc2".contains(byte);
            let mut candidates = Candidates::of(text.as_bytes());
            let mut from = 0;
            while from <= text.len() {
                let slow = text.as_bytes()[from..].iter().position(is_one).map(|at| from + at);
                prop_assert_eq!(candidates.next(from), slow);
                from = slow.map_or(text.len() + 1, |at| at + 1 + skip);
            }
        }
    }
}
