//! A sentence as tokens: words with what they can be, and the marks between them.

use crate::model::Span;
use crate::text::bits::WordBits;
use crate::text::chars::{char_at, is_word};
use crate::text::words::{Class, class, class_at, cue};

/// How a token is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// No capital at its start: "said", "eBay".
    Lower,
    /// A capital first, then small letters: "Putin", "McDonald".
    Capital,
    /// Two capitals or more, nothing small: "NATO".
    Upper,
    /// Capitals with points: "J.", "U.S.".
    Initials,
    /// Begins with a digit.
    Number,
    /// A mark.
    Mark,
}

/// A word or mark, without its text, in 16 bytes: those of a large document are in memory at once, and each page of memory that is
/// touched first costs as much as taking 20 words apart.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// Where it begins, in bytes of the document.
    pub start: u32,
    /// What it can be.
    pub class: Class,
    /// How many bytes it has; what a word of more has behind these is no token.
    pub length: u16,
    /// The number of the listed name that it belongs to, or [`NONE`].
    pub listed: u16,
    /// The number of the run of capitalised words that it belongs to, or [`NONE`].
    pub run: u16,
    /// How.
    pub shape: Shape,
    /// What is so of it: [`SPACED`], [`TITLE`].
    marks: u8,
}

/// A blank or the start of the sentence is before it.
const SPACED: u8 = 1;
/// It is part of a title ("Foreign Minister") that another word follows.
const TITLE: u8 = 1 << 1;

/// No listed name, no run. A sentence has fewer of either: it is cut where it is too long.
pub const NONE: u16 = u16::MAX;

impl Token {
    /// Where it ends, in bytes of the document.
    #[inline]
    pub fn end(&self) -> u32 {
        self.start + u32::from(self.length)
    }

    /// As written in the text of the document.
    #[inline]
    pub fn text<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start as usize..self.end() as usize]
    }

    /// How many bytes it has.
    #[inline]
    pub fn len(&self) -> usize {
        self.length.into()
    }

    /// Whether a blank or the start of the sentence is before it.
    #[inline]
    pub fn spaced(&self) -> bool {
        self.marks & SPACED != 0
    }

    /// Whether it is part of a title ("Foreign Minister") that another word follows.
    #[inline]
    pub fn title(&self) -> bool {
        self.marks & TITLE != 0
    }

    /// Makes it part of a title.
    pub fn set_title(&mut self) {
        self.marks |= TITLE;
    }

    /// Whether it is written as names are: with a capital first.
    #[inline]
    pub fn is_cap(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Upper | Shape::Initials)
    }

    /// Whether it is this mark or word in the text of the document.
    #[inline]
    pub fn is(&self, text: &str, word: &str) -> bool {
        text.as_bytes()[self.start as usize..self.end() as usize] == *word.as_bytes()
    }

    /// Whether a class of words has it.
    #[inline]
    pub fn can(&self, classes: Class) -> bool {
        self.class.is(classes)
    }

    /// Whether it is the single letter of a first name: "J." or "J".
    #[inline]
    pub fn is_initial(&self, text: &str) -> bool {
        match self.shape {
            Shape::Initials => {
                let text = self.text(text);
                text.ends_with('.') && text.chars().filter(|c| c.is_alphabetic()).count() <= 3
            }
            Shape::Capital => self.len() <= 4 && self.text(text).chars().count() == 1,
            _ => false,
        }
    }
}

/// Adds the tokens of the sentence `span` of a text with its bits, and returns all that any of them can be. Linear.
pub fn push_tokens((text, bits): (&str, &WordBits), span: Span, found: &mut Vec<Token>) -> Class {
    let (first, end) = (found.len(), span.end as usize);
    let bytes = &text.as_bytes()[..end];
    let (mut at, mut spaced) = (span.start as usize, true);
    while at < end {
        if bytes[at] == b' ' {
            spaced = true;
            at += 1;
            continue;
        }
        let word = bits.end(at).min(end);
        let (to, shape) = if is_plain(bytes, at, word) {
            (word, shape_of_plain(&bytes[at..word]))
        } else {
            match piece(&text[at..end], word - at) {
                Some((length, shape)) => (at + length, shape),
                None => {
                    spaced = true;
                    at += char_at(text, at).map_or(1, char::len_utf8);
                    continue;
                }
            }
        };
        found.push(Token {
            start: at as u32,
            class: Class::default(),
            length: u16::try_from(to - at).unwrap_or_else(|_| longest(&text[at..to])),
            listed: NONE,
            run: NONE,
            shape,
            marks: if spaced { SPACED } else { 0 },
        });
        spaced = false;
        at = to;
    }
    // In a loop of its own, so that the processor looks up several words at once: each look may have to wait for memory.
    let mut classes = Class::default();
    for token in &mut found[first..] {
        token.class = class_of(text, token);
        classes = classes | token.class;
    }
    classes
}

/// As many bytes of a word as a token can have.
#[cold]
fn longest(word: &str) -> u16 {
    word.floor_char_boundary(u16::MAX.into()) as u16
}

/// Whether the letters and digits of ASCII in `at..end` are a word: nine in ten end at a blank or a plain mark.
#[inline]
fn is_plain(bytes: &[u8], at: usize, end: usize) -> bool {
    end > at && bytes.get(end).is_none_or(|&b| b < 0x80 && b != b'\'' && (b != b'.' || end - at > 1))
}

#[inline]
fn shape_of_plain(word: &[u8]) -> Shape {
    match word[0] {
        b'0'..=b'9' => Shape::Number,
        b'a'..=b'z' => Shape::Lower,
        // Four capitalised words in five.
        _ if word.get(1).is_some_and(u8::is_ascii_lowercase) => Shape::Capital,
        _ => {
            let capitals = word.iter().filter(|byte| byte.is_ascii_uppercase()).count();
            let upper = capitals > 1 && !word.iter().any(u8::is_ascii_lowercase);
            if upper { Shape::Upper } else { Shape::Capital }
        }
    }
}

#[inline]
fn class_of(text: &str, token: &Token) -> Class {
    let (start, end) = (token.start as usize, token.end() as usize);
    match token.shape {
        // As long as no name has it: see `runs::find`.
        Shape::Lower => cue(text, start, end),
        Shape::Mark | Shape::Number => match text.as_bytes()[start] {
            b'(' => Class::BRACKET,
            b'&' => Class::AND_SIGN,
            _ => Class::default(),
        },
        Shape::Capital => class_at(text, start, end),
        Shape::Upper => class_at(text, start, end) | Class::CAPITALS,
        Shape::Initials => class(token.text(text).trim_end_matches('.')),
    }
}

/// The length and shape of the word or mark at the start of `rest`, which begins with `length` letters and digits of ASCII;
/// nothing for a blank.
fn piece(rest: &str, length: usize) -> Option<(usize, Shape)> {
    let bytes = rest.as_bytes();
    if length == 0 && bytes.first().is_some_and(u8::is_ascii) {
        return (!bytes[0].is_ascii_whitespace() && bytes[0] != 0x0b).then_some((1, Shape::Mark));
    }
    let c = rest.chars().next()?;
    if is_word(c) {
        let length = word_length(rest);
        return Some((length, shape(&rest[..length])));
    }
    (!c.is_whitespace()).then(|| (c.len_utf8(), Shape::Mark))
}

/// The length of the word at the start of `rest`: letters and digits, an apostrophe inside ("O'Brien", not the `'s` of a
/// possessive), the points of initials ("J.", "U.S.").
fn word_length(rest: &str) -> usize {
    if let Some(length) = initials_length(rest) {
        return length;
    }
    let mut end = 0;
    for (at, c) in rest.char_indices() {
        if is_word(c) {
            end = at + c.len_utf8();
            continue;
        }
        let after = &rest[at + c.len_utf8()..];
        let inner =
            matches!(c, '\'' | '’') && after.chars().next().is_some_and(char::is_alphabetic) && !ends_possessive(after);
        if !inner {
            break;
        }
    }
    end
}

/// Whether the apostrophe before `after` begins a possessive or a short form: 's, 're, 't …
fn ends_possessive(after: &str) -> bool {
    let word = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    matches!(word, "s" | "S" | "re" | "ve" | "ll" | "d" | "m" | "t")
}

fn initials_length(rest: &str) -> Option<usize> {
    let mut end = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((_, letter)) = chars.next() {
        match chars.next() {
            Some((at, '.')) if letter.is_uppercase() => end = at + 1,
            _ => break,
        }
    }
    (end > 0).then_some(end)
}

fn shape(word: &str) -> Shape {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) if !first.is_alphabetic() => return Shape::Number,
        Some(first) if !first.is_uppercase() => return Shape::Lower,
        None => return Shape::Mark,
        _ => {}
    }
    if word.contains('.') {
        return Shape::Initials;
    }
    let mut letters = chars.filter(|c| c.is_alphabetic()).peekable();
    if letters.peek().is_some() && letters.all(char::is_uppercase) { Shape::Upper } else { Shape::Capital }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_without_end_is_one_token() {
        let text = format!("Big {}é{} Small", "x".repeat(u16::MAX as usize - 1), "y".repeat(100_000));
        let mut tokens = Vec::new();
        push_tokens((&text, &WordBits::new(&text)), Span::new(0, text.len()), &mut tokens);
        let lengths: Vec<usize> = tokens.iter().map(Token::len).collect();
        assert_eq!(lengths, [3, u16::MAX as usize - 1, 5]);
        assert_eq!((tokens[2].text(&text), tokens[2].spaced()), ("Small", true));
        assert_eq!(size_of::<Token>(), 16);
    }

    #[test]
    fn words_keep_inner_apostrophes_and_initials() {
        let text = "J.D. O'Brien's U.S.-led NATO—“don’t” 5th J. K.";
        let mut tokens = Vec::new();
        push_tokens((text, &WordBits::new(text)), Span::new(0, text.len()), &mut tokens);
        let found: Vec<&str> = tokens.iter().map(|token| token.text(text)).collect();
        assert_eq!(
            found,
            [
                "J.D.", "O'Brien", "'", "s", "U.S.", "-", "led", "NATO", "—", "“", "don", "’", "t", "”", "5th", "J.",
                "K."
            ]
        );
    }
}
