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

/// The same with `row` of every number below `count`, put together on all threads.
pub fn write_rows<T: Serialize>(
    out: &mut dyn Write,
    key: &str,
    count: usize,
    row: impl Fn(usize) -> T + Sync,
) -> io::Result<()> {
    write!(out, "\"{key}\": [")?;
    blocks::write(out, count, |numbers, lines| {
        for number in numbers {
            lines.extend_from_slice(if number == 0 { b"\n" } else { b",\n" });
            serde_json::to_writer(&mut *lines, &row(number))?;
        }
        Ok(())
    })?;
    write!(out, "\n]")
}
