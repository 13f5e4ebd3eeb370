//! JSON in which the next key is known: what this program wrote is compared with what it would write, not taken apart.
//!
//! Every function goes on behind what it read, or returns nothing where something else stands there; then the row is left to a parser.

use std::borrow::Cow;

use serde::Deserialize;

use crate::model::Date;

/// A place in a text.
pub(super) struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    /// The start of a text.
    pub(super) fn new(text: &'t str) -> Cursor<'t> {
        Cursor { text, at: 0 }
    }

    /// How much of the text is read.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    #[inline]
    fn rest(&self) -> &'t [u8] {
        &self.text.as_bytes()[self.at..]
    }

    /// Whether this stands here.
    #[inline]
    pub(super) fn is(&mut self, expected: &str) -> bool {
        let is = self.rest().starts_with(expected.as_bytes());
        self.at += if is { expected.len() } else { 0 };
        is
    }

    /// This, which must stand here.
    #[inline]
    pub(super) fn tag(&mut self, expected: &str) -> Option<()> {
        self.is(expected).then_some(())
    }

    /// A string.
    pub(super) fn string(&mut self) -> Option<Cow<'t, str>> {
        let start = self.at;
        self.tag("\"")?;
        let mut escaped = false;
        loop {
            self.at += plain(self.rest());
            match self.rest() {
                [b'"', ..] => break,
                [b'\\', _, ..] => (escaped, self.at) = (true, self.at + 2),
                _ => return None,
            }
        }
        self.at += 1;
        if escaped { self.parsed(start) } else { self.text.get(start + 1..self.at - 1).map(Cow::Borrowed) }
    }

    /// A whole number behind `key`.
    #[inline]
    pub(super) fn number(&mut self, key: &str) -> Option<u64> {
        self.tag(key)?;
        let start = self.at;
        let digits = self.rest().iter().take_while(|byte| byte.is_ascii_digit());
        let (length, value) = digits.fold((0, 0u64), |(length, value), digit| {
            (length + 1, value.wrapping_mul(10).wrapping_add(u64::from(digit - b'0')))
        });
        self.at += length;
        // Nineteen digits fit; and no number but 0 begins with it.
        let is_plain = (1..20).contains(&length) && (length == 1 || self.text.as_bytes()[start] != b'0');
        (is_plain && matches!(self.rest(), [b',' | b'}' | b']', ..])).then_some(value)
    }

    /// A number behind `key`; one that is not finite is `null`, which is read as NaN.
    pub(super) fn float(&mut self, key: &str) -> Option<f64> {
        self.tag(key)?;
        let start = self.at;
        self.pass()?;
        // Most weights are plain counts.
        match self.text.as_bytes()[start..self.at] {
            [digit @ b'0'..=b'9', b'.', b'0'] => Some(f64::from(digit - b'0')),
            [b'n', b'u', b'l', b'l'] => Some(f64::NAN),
            _ => self.parsed(start),
        }
    }

    /// Passes what has no list and no object in it, and no comma.
    pub(super) fn pass(&mut self) -> Option<()> {
        self.at += self.rest().iter().position(|byte| matches!(byte, b',' | b'}' | b']'))?;
        Some(())
    }

    /// A day behind `key`, or `null`.
    pub(super) fn day(&mut self, key: &str) -> Option<Option<Date>> {
        self.tag(key)?;
        if self.is("null") { Some(None) } else { Some(Date::parse(&self.string()?)) }
    }

    /// An object: `item` reads what stands behind each key.
    pub(super) fn object(&mut self, mut item: impl FnMut(&mut Cursor<'t>, Cow<'t, str>) -> Option<()>) -> Option<()> {
        self.tag("{")?;
        if self.is("}") {
            return Some(());
        }
        loop {
            let key = self.string()?;
            item(self, key)?;
            if !self.is(",") {
                return self.tag("}");
            }
        }
    }

    /// Passes the rest of a line up to the end of the row in it.
    pub(super) fn pass_line(&mut self) -> Option<()> {
        // Most of a file is passed here: many bytes are looked at together.
        let is_within = |block: &&[u8; 64]| !block.iter().fold(false, |any, &byte| any | (byte == b'\n'));
        let passed = 64 * self.rest().as_chunks::<64>().0.iter().take_while(is_within).count();
        let end = self.at + passed + self.rest()[passed..].iter().position(|&byte| byte == b'\n')?;
        let line = &self.text[self.at..end];
        self.at += line.strip_suffix(',').unwrap_or(line).len();
        self.text[..self.at].ends_with('}').then_some(())
    }

    /// What a parser makes of the text from `start` to here.
    fn parsed<T: Deserialize<'t>>(&self, start: usize) -> Option<T> {
        serde_json::from_str(&self.text[start..self.at]).ok()
    }
}

/// How far a string goes up to its end, an escape or what may not stand in it: eight bytes are looked at together.
#[inline]
fn plain(bytes: &[u8]) -> usize {
    const ONES: u64 = u64::MAX / 255;
    let (blocks, rest) = bytes.as_chunks::<8>();
    for (number, block) in blocks.iter().enumerate() {
        let block = u64::from_le_bytes(*block);
        // The high bit of the first byte that is special; above it there may be others, and some that are not.
        let below = |of: u64, limit: u64| of.wrapping_sub(ONES * limit) & !of;
        let is = |byte: u8| below(block ^ (ONES * u64::from(byte)), 1);
        let special = (below(block, u64::from(b' ')) | is(b'"') | is(b'\\')) & (ONES * 0x80);
        if special != 0 {
            return 8 * number + special.trailing_zeros() as usize / 8;
        }
    }
    let is_special = |byte: &u8| *byte < b' ' || *byte == b'"' || *byte == b'\\';
    bytes.len() - rest.len() + rest.iter().position(is_special).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_read_is_what_a_parser_reads(text in ".{0,70}|[a\"\\\\\\x00-\\x20é]{0,9}", whole: u64, float: f64, small in 0u32..40) {
            for float in [float, f64::from(small), f64::from(small) / 8.0, f64::NAN] {
                let row = format!("[{},{whole},{}]", serde_json::to_string(&text).unwrap(), serde_json::to_string(&float).unwrap());
                let mut row = Cursor::new(&row);
                prop_assert!(row.is("["));
                prop_assert_eq!(row.string(), Some(Cow::Borrowed(&*text)));
                // The longest numbers are left to the parser.
                if whole < 10_000_000_000_000_000_000 {
                    prop_assert_eq!(row.number(","), Some(whole));
                    prop_assert_eq!(row.float(",").map(f64::to_bits), Some(float.to_bits()));
                }
            }
        }

        #[test]
        fn what_a_parser_refuses_is_not_read(text in "[\"\\\\a0-9.eEnulin+-]{0,6}") {
            let row = format!("{text},");
            let wrong = |found: bool, valid: bool| found && !valid;
            let mut cursor = Cursor::new(&row);
            let found = cursor.string().is_some() && cursor.at() == text.len();
            prop_assert!(!wrong(found, serde_json::from_str::<String>(&text).is_ok()));
            prop_assert!(!wrong(Cursor::new(&row).number("").is_some(), serde_json::from_str::<u64>(&text).is_ok()));
            let is_number = serde_json::from_str::<Option<f64>>(&text).is_ok();
            prop_assert!(!wrong(Cursor::new(&row).float("").is_some(), is_number));
        }
    }
}
