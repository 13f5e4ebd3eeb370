//! JSON lines: one document a line.

use serde::Deserialize;

use super::{Item, header};
use crate::error::Warning;
use crate::model::{Date, Document};

/// A record; what else it holds is passed over.
#[derive(Deserialize)]
struct Record {
    id: Id,
    text: String,
    title: Option<String>,
    date: Option<String>,
    source: Option<String>,
}

/// Ids are strings; numbers are taken as they are written.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Id {
    Text(String),
    Number(serde_json::Number),
}

impl Id {
    pub(super) fn into_text(self) -> String {
        match self {
            Id::Text(id) => id,
            Id::Number(number) => number.to_string(),
        }
    }
}

/// The documents of a file of JSON lines; a line that is no record is a warning with its number, where `before`
/// lines stand before them.
pub fn read(name: &str, text: &str, before: usize, take: &mut dyn FnMut(Item)) -> Vec<Warning> {
    let mut warnings = Vec::new();
    for (number, line) in text.strip_prefix('\u{feff}').unwrap_or(text).lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let place = || format!("{name}:{}", before + number + 1);
        match serde_json::from_str::<Record>(line) {
            Ok(record) => take(Item::Text(document(record, place, &mut warnings))),
            Err(error) => warnings.push(fault(&place(), &error, "an object with \"id\" and \"text\"")),
        }
    }
    warnings
}

fn document(record: Record, place: impl Fn() -> String, warnings: &mut Vec<Warning>) -> Document {
    let (header_date, body) = header::read(&record.text);
    let date = record.date.as_deref().filter(|date| !date.is_empty());
    let parsed = date.and_then(Date::parse);
    if let (Some(date), None) = (date, parsed) {
        warnings.push(
            Warning::new(place(), format!("date `{}` was left out", date.chars().take(40).collect::<String>()))
                .way_out("expected one like 2025-05-19"),
        );
    }
    Document {
        id: record.id.into_text(),
        text: record.text,
        body,
        title: record.title.filter(|title| !title.is_empty()),
        date: parsed.or(header_date),
        source: record.source.filter(|source| !source.is_empty()),
    }
}

/// A line that is not what was expected.
pub(super) fn fault(place: &str, error: &serde_json::Error, expected: &str) -> Warning {
    let what = error.to_string();
    let what = what.split(" at line ").next().unwrap_or(&what);
    Warning::new(place, format!("not a record: {what} (column {})", error.column()))
        .way_out(format!("expected {expected}; the line was left out"))
}
