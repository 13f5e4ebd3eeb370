//! Which characters make words, and where words begin and end, in any script.

use std::borrow::Cow;

/// How a character behaves at the edge of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// Part of a word that is separated by blanks: Latin, Cyrillic, Arabic, digits, marks.
    Letter,
    /// Written without blanks between words: every character may begin or end a name.
    Ideograph,
    /// Anything else.
    Other,
}

/// Whether `c` is part of a word: a letter, digit, or mark of any script.
pub fn is_word(c: char) -> bool {
    class(c) != Class::Other
}

/// Whether `byte` is a letter or digit of ASCII. A look into a table: passes over whole texts ask it for every byte.
#[inline]
pub fn is_ascii_word(byte: u8) -> bool {
    const WORD: [bool; 256] = {
        let mut table = [false; 256];
        let mut byte = 0;
        while byte < 256 {
            table[byte] = (byte as u8).is_ascii_alphanumeric();
            byte += 1;
        }
        table
    };
    WORD[byte as usize]
}

/// Whether a name may begin or end between these two neighbours.
///
/// No boundary lies between two letters of scripts that separate words by blanks; between Chinese, Japanese or Thai
/// characters there is always one.
///
/// ```
/// use actant::text::chars::is_boundary;
/// assert!(is_boundary(Some(' '), Some('U')) && is_boundary(Some('s'), Some('—')) && is_boundary(None, Some('x')));
/// assert!(!is_boundary(Some('S'), Some('A')) && !is_boundary(Some('é'), Some('e')) && is_boundary(Some('京'), Some('の')));
/// ```
pub fn is_boundary(before: Option<char>, after: Option<char>) -> bool {
    match (before, after) {
        (Some(a), Some(b)) => !(class(a) == Class::Letter && class(b) == Class::Letter),
        _ => true,
    }
}

/// The character that ends just before byte `at` of `text`. Constant cost.
pub fn char_before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

/// The character that starts at byte `at` of `text`. Constant cost.
pub fn char_at(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

/// Whether the letters of `text` are all capitals, with at least one letter that has a case.
pub fn is_upper(text: &str) -> bool {
    let mut any = false;
    for c in text.chars() {
        if c.is_lowercase() {
            return false;
        }
        any |= c.is_uppercase();
    }
    any
}

/// Whether the first letter of `text` is a capital.
pub fn is_capitalized(text: &str) -> bool {
    text.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase)
}

/// Whether `c` opens a quotation or a bracket.
pub fn is_opening(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '„' | '‚' | '«' | '‹' | '(' | '[' | '{' | '「' | '『' | '《')
}

/// Whether `c` closes a quotation or a bracket.
pub fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '}' | '」' | '』' | '》' | '“')
}

/// Whether `c` is a dash that separates words (hyphens inside words are not meant).
pub fn is_dash(c: char) -> bool {
    matches!(c, '—' | '–' | '―' | '‒')
}

fn class(c: char) -> Class {
    if c.is_ascii() {
        return if c.is_ascii_alphanumeric() { Class::Letter } else { Class::Other };
    }
    match c as u32 {
        // Latin letters, which std would look for in its tables too.
        0xC0..=0x24F if !matches!(c, '×' | '÷') => Class::Letter,
        // Combining marks belong to the letter before them; std has no test for them.
        0x0300..=0x036F | 0x0483..=0x0487 | 0x0591..=0x05BD | 0x064B..=0x065F | 0x0900..=0x0903 | 0x093A..=0x094F => {
            Class::Letter
        }
        // Thai, Lao, Myanmar, Khmer, kana, CJK ideographs and their extensions.
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xF900..=0xFAFF => {
            Class::Ideograph
        }
        0x20000..=0x3FFFF => Class::Ideograph,
        // Quotation marks and dashes, which std would look for in its tables of letters.
        0x2000..=0x206F => Class::Other,
        _ if c.is_alphanumeric() => Class::Letter,
        _ => Class::Other,
    }
}

/// A name with one blank between its words and none around it; copied only where it is written otherwise.
///
/// ```
/// use actant::text::chars::one_line;
/// assert_eq!(one_line("New\n York "), "New York");
/// assert!(matches!(one_line("New York"), std::borrow::Cow::Borrowed("New York")));
/// ```
pub fn one_line(name: &str) -> Cow<'_, str> {
    // Nearly all are of ASCII, with one blank between two words.
    let mut last = b' ';
    let mut is_plain = |byte: u8| {
        let is_next = byte > b' ' && byte.is_ascii() || byte == b' ' && last != b' ';
        last = byte;
        is_next
    };
    if name.bytes().all(&mut is_plain) && last != b' ' {
        return Cow::Borrowed(name);
    }
    let is_word = |word: &str| !word.is_empty() && !word.contains(char::is_whitespace);
    if name.split(' ').all(is_word) {
        return Cow::Borrowed(name);
    }
    name.split_whitespace().collect::<Vec<_>>().join(" ").into()
}
