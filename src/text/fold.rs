//! One spelling for what readers take as the same: apostrophes, hyphens, blanks, composed letters.
//!
//! Names and texts are folded alike before they are compared, and a map leads every offset back. Case is kept: it
//! belongs to the name.

use unicode_normalization::char::compose;

use super::lanes;
use crate::model::Span;

/// A folded text with the way back to the original.
///
/// Changes: ’ ‘ ʼ ´ become `'`; ‐ ‑ – become `-`; a run of blanks with at most one line break becomes one blank, with more
/// one `\n` (no name crosses an empty line); a letter and a combining mark become one letter where Unicode has it; soft
/// hyphens and zero-width characters go.
#[derive(Clone, Debug, Default)]
pub struct Folded<'t> {
    /// The folded text.
    pub text: String,
    original: &'t str,
    /// Where lengths changed: from this byte of the folded text on, the original offset. Sorted; between two entries
    /// offsets run in step.
    steps: Vec<(u32, u32)>,
    /// Where the part of the original ends that is folded.
    end: usize,
}

impl<'t> Folded<'t> {
    /// Folds `original`. Linear; about 1 GB/s on plain text, because unchanged stretches are copied whole.
    ///
    /// ```
    /// use actant::text::Folded;
    /// let folded = Folded::new("Vladimir\nPutin’s call");
    /// assert_eq!(folded.text, "Vladimir Putin's call");
    /// assert_eq!(folded.original(17), 19); // the apostrophe takes three bytes
    /// ```
    pub fn new(original: &'t str) -> Folded<'t> {
        let mut folded = Folded::part(original);
        folded.text.reserve(original.len());
        folded.begin(0, original.len());
        folded
    }

    /// Nothing yet of a text that is folded part by part.
    pub fn part(original: &'t str) -> Folded<'t> {
        Folded { text: String::new(), original, steps: Vec::new(), end: 0 }
    }

    /// Folds the bytes `from..to` of the original alone, in the same memory; to how many bytes. Offsets are those of the whole. The
    /// parts of a text are folded as it is as a whole where they are cut before a blank that is behind a visible character.
    ///
    /// ```
    /// use actant::text::Folded;
    /// let mut folded = Folded::part("a  b’s c");
    /// assert_eq!((folded.begin(1, 8), &*folded.text, folded.original(1)), (4, " b's", 3));
    /// ```
    pub fn begin(&mut self, from: usize, to: usize) -> usize {
        self.text.clear();
        self.steps.clear();
        self.steps.extend((from > 0).then_some((0, from as u32)));
        self.end = from;
        self.go_on(to);
        self.text.len()
    }

    /// Folds the original on, up to byte `to`.
    pub fn go_on(&mut self, to: usize) {
        let original = self.original;
        let bytes = &original.as_bytes()[..to];
        let mut at = self.end;
        self.text.reserve(to - at);
        while at < bytes.len() {
            let plain = plain_run(bytes, at);
            self.text.push_str(&original[at..at + plain]);
            at += plain;
            if at < bytes.len() {
                at += self.push_special(&original[at..to]);
                self.step(at);
            }
        }
        self.end = to;
    }

    /// The byte of the original that byte `at` of the folded text came from. Logarithmic in the number of changes.
    pub fn original(&self, at: usize) -> usize {
        match self.steps.partition_point(|step| step.0 as usize <= at) {
            0 => at,
            n => {
                let (from, to) = self.steps[n - 1];
                to as usize + (at - from as usize)
            }
        }
    }

    /// The stretch of the original that `start..end` of the folded text came from, without invisible characters behind it.
    pub fn original_span(&self, start: usize, end: usize) -> Span {
        let start = self.original(start);
        let piece = &self.original[start..self.original(end)];
        // Those are not of ASCII.
        let length = if piece.ends_with(|c: char| c.is_ascii()) {
            piece.len()
        } else {
            piece.trim_end_matches(is_invisible).len()
        };
        Span::new(start, start + length)
    }

    /// The line of the original around `start..end` of the folded text, at most `reach` bytes to either side.
    pub fn line(&self, start: usize, end: usize, reach: usize) -> &'t str {
        let (start, end) = (self.original(start), self.original(end));
        let cut = |at: usize| (at..).find(|&at| self.original.is_char_boundary(at)).unwrap_or(self.original.len());
        let before = &self.original[cut(start.saturating_sub(reach))..start];
        let after = &self.original[end..cut((end + reach).min(self.original.len()))];
        let before = before.rfind(is_break).map_or(before, |at| &before[at..]);
        let after = after.find(is_break).map_or(after, |at| &after[..at]);
        &self.original[start - before.len()..end + after.len()]
    }

    /// Folds whatever stands at the start of `rest`, and returns how many bytes of it were used. Most that is special in news is a
    /// curly quote, a long dash or a break between lines.
    fn push_special(&mut self, rest: &str) -> usize {
        match rest.as_bytes() {
            [0xe2, 0x80, 0x98 | 0x99, ..] => self.text.push('\''),
            [0xe2, 0x80, 0x94 | 0x9c | 0x9d, ..] => self.text.push_str(&rest[..3]),
            [b'\n', b'!'..=b'~', ..] => {
                self.text.push(' ');
                return 1;
            }
            _ => return self.push_any(rest),
        }
        3
    }

    /// The same for every character.
    fn push_any(&mut self, rest: &str) -> usize {
        let Some(c) = rest.chars().next() else { return 0 };
        if is_blank(c) {
            return self.push_blanks(rest);
        }
        let used = c.len_utf8();
        match c {
            '’' | '‘' | 'ʼ' | '´' | '＇' => self.text.push('\''),
            '‐' | '‑' | '–' => self.text.push('-'),
            c if is_invisible(c) => {}
            '\u{300}'..='\u{36f}' => match self.text.chars().next_back().and_then(|base| compose(base, c)) {
                Some(whole) => {
                    self.text.pop();
                    // The step behind this one belongs to the base letter, which keeps its place.
                    while self.steps.last().is_some_and(|step| step.0 as usize > self.text.len()) {
                        self.steps.pop();
                    }
                    self.text.push(whole);
                }
                None => self.text.push(c),
            },
            c => self.text.push(c),
        }
        used
    }

    fn push_blanks(&mut self, rest: &str) -> usize {
        let mut breaks = 0;
        let mut used = 0;
        let mut last = ' ';
        for c in rest.chars().take_while(|&c| is_blank(c)) {
            breaks += usize::from(is_break(c) && !(c == '\n' && last == '\r'));
            used += c.len_utf8();
            last = c;
        }
        self.text.push(if breaks > 1 { '\n' } else { ' ' });
        used
    }

    /// Notes that the end of the folded text now stands for byte `original`.
    fn step(&mut self, original: usize) {
        let at = self.text.len();
        // All steps are at or before the end.
        let known = self.steps.last().map_or(at, |&(from, to)| to as usize + (at - from as usize));
        if known != original {
            self.steps.push((at as u32, original as u32));
        }
    }
}

/// How many bytes from `at` on need no folding: ASCII without line breaks, tabs or double blanks.
fn plain_run(bytes: &[u8], at: usize) -> usize {
    let mut from = at;
    while from < bytes.len() {
        let block = lanes::block(bytes, from);
        let visible = lanes::bits(&block, |bytes| bytes.within(b' ' + 1, 0x7f));
        // A single blank between words stays as it is, also at the end: what is behind a block says so of its last byte.
        let blank = lanes::bits(&block, |bytes| bytes.is(b' '));
        let left = bytes.len() - from;
        let ends = bytes.get(from + 64).is_none_or(|&byte| byte > b' ' && byte < 0x80);
        let next = visible >> 1 | u64::from(ends) << (left.min(64) - 1);
        let plain = visible | blank & next;
        if plain != u64::MAX {
            return (from + plain.trailing_ones() as usize).min(bytes.len()) - at;
        }
        from += 64;
    }
    bytes.len() - at
}

/// Soft hyphens and zero-width characters.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\0'
}

/// Whether `c` ends a line.
pub fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn stretches_are_folded_as_their_characters(
            pieces in prop::collection::vec("[a-zA-Z .,]{0,70}|[ \t\r\n\0\x7f]{1,3}|[’‘—“”–‐\u{ad}\u{a0}é\u{301}]{1,2}", 0..12),
        ) {
            let text = pieces.concat();
            let mut slow = Folded::part(&text);
            let mut at = 0;
            while at < text.len() {
                at += slow.push_any(&text[at..]);
                slow.step(at);
            }
            let fast = Folded::new(&text);
            prop_assert_eq!(&fast.text, &slow.text);
            for at in 0..=fast.text.len() {
                prop_assert_eq!(fast.original(at), slow.original(at));
            }
        }
    }

    #[track_caller]
    fn check(original: &str, expected: &str) {
        let folded = Folded::new(original);
        assert_eq!(folded.text, expected);
        for (at, c) in expected.char_indices().filter(|(_, c)| c.is_ascii_alphanumeric()) {
            let back = folded.original(at);
            assert!(original[back..].starts_with(c), "{original:?}: {c:?} at {at} came from byte {back}");
        }
        assert_eq!(folded.original(expected.len()), original.len());
    }

    #[test]
    fn folds_and_leads_back() {
        check("plain text", "plain text");
        check("Trump’s  call\r\nwith\tPutin", "Trump's call with Putin");
        check("one\n\n two\u{a0}three", "one\ntwo three");
        check("Nagorno‑Karabakh – so\u{ad}ft", "Nagorno-Karabakh - soft");
        check("Zelens\u{301}kyy x", "Zelenśkyy x");
        check("e\u{301}e\u{301} q\u{301}z", "éé q\u{301}z");
        check("\u{feff}Kyiv\u{2028}x", "Kyiv x");
        check("", "");
    }
}
