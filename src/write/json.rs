//! What the formats of JSON share: objects with their keys in order, and lists with one item on a line.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::blocks;
use super::columns::{Column, Value};

/// An object whose keys keep their order; a key without value is `null`.
pub struct Object<'a>(pub Vec<(&'a str, Option<Value<'a>>)>);

impl<'a> Object<'a> {
    /// The values `first`, then those of `columns` that are there: importers make a column of text of one that holds `null`.
    pub fn new<I: Copy>(first: Vec<(&'a str, Value<'a>)>, columns: &[Column<'a, I>], of: I) -> Object<'a> {
        let first = first.into_iter().map(|(name, value)| (name, Some(value)));
        let rest = columns.iter().map(|column| (column.name, column.value(of))).filter(|(_, value)| value.is_some());
        Object(first.chain(rest).collect())
    }
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// Writes `"key": [`, one item on a line, `]`.
pub fn write_lines<T: Serialize>(out: &mut dyn Write, key: &str, items: impl Iterator<Item = T>) -> io::Result<()> {
    write!(out, "\"{key}\": [")?;
    // A line is put together first: each of its hundred small writes would be a call into the sink.
    let mut line = Vec::new();
    for (number, item) in items.enumerate() {
        line.clear();
        line.extend_from_slice(if number == 0 { b"\n" } else { b",\n" });
        serde_json::to_writer(&mut line, &item)?;
        out.write_all(&line)?;
    }
    write!(out, "\n]")
}

/// The same with what `push` adds for every number below `count`, put together on all threads; what it knows of the numbers before
/// is its own affair.
pub fn write_rows<K: Default>(
    out: &mut dyn Write,
    key: &str,
    count: usize,
    push: impl Fn(&mut K, usize, &mut Vec<u8>) -> io::Result<()> + Sync,
) -> io::Result<()> {
    write!(out, "\"{key}\": [")?;
    blocks::write(out, count, |numbers, lines| {
        let mut known = K::default();
        for number in numbers {
            text(lines, if number == 0 { "\n" } else { ",\n" });
            push(&mut known, number, lines)?;
        }
        Ok(())
    })?;
    write!(out, "\n]")
}

/// Adds text that is JSON already.
#[inline]
pub fn text(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(text.as_bytes());
}

/// Adds a whole number behind `key`, which is JSON already.
#[inline]
pub fn number(out: &mut Vec<u8>, key: &str, value: u64) {
    text(out, key);
    text(out, itoa::Buffer::new().format(value));
}

/// Adds a number behind `key`; `null` for one that is not finite.
pub fn value(out: &mut Vec<u8>, key: &str, value: f64) {
    text(out, key);
    serde_json::to_writer(out, &value).expect("memory takes all");
}

/// Adds a string behind `key`. What need not be escaped, which is nearly everything, is copied in pieces.
pub fn string(out: &mut Vec<u8>, key: &str, value: &str) {
    text(out, key);
    out.push(b'"');
    let mut rest = value.as_bytes();
    loop {
        let plain = clean_length(rest, |byte| (byte < b' ') | (byte == b'"') | (byte == b'\\'));
        out.extend_from_slice(&rest[..plain]);
        let Some(&special) = rest.get(plain) else { break };
        match special {
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', special]),
            b'\n' => text(out, "\\n"),
            b'\r' => text(out, "\\r"),
            b'\t' => text(out, "\\t"),
            0x08 => text(out, "\\b"),
            0x0c => text(out, "\\f"),
            control => {
                let digit = |four: u8| b"0123456789abcdef"[usize::from(four)];
                text(out, "\\u00");
                out.extend_from_slice(&[digit(control >> 4), digit(control & 15)]);
            }
        }
        rest = &rest[plain + 1..];
    }
    out.push(b'"');
}

/// How many bytes at the start are not special.
pub fn clean_length(bytes: &[u8], is_special: impl Fn(u8) -> bool) -> usize {
    let blocks = bytes.as_chunks::<32>().0.iter();
    let clean = blocks.take_while(|block| !block.iter().fold(false, |any, &byte| any | is_special(byte))).count();
    let rest = &bytes[32 * clean..];
    // Most strings are short, and have none: told without a branch for each byte.
    if rest.len() < 32 && !rest.iter().fold(false, |any, &byte| any | is_special(byte)) {
        return bytes.len();
    }
    32 * clean + rest.iter().position(|&byte| is_special(byte)).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn strings_and_numbers_are_those_of_a_serializer(texts in prop::collection::vec(".{0,40}|[a\"\\\\\\x00-\\x20\\x7fé]{0,80}", 1..4), whole: u64) {
            let mut bytes = Vec::new();
            for text in &texts {
                string(&mut bytes, " ", text);
            }
            number(&mut bytes, " ", whole);
            let expected: String = texts.iter().map(|text| format!(" {}", serde_json::to_string(text).unwrap())).collect();
            prop_assert_eq!(String::from_utf8(bytes).unwrap(), format!("{expected} {whole}"));
        }
    }
}
