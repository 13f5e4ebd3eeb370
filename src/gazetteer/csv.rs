//! Our own format: CSV with the columns of `gazetteers/README.md`.

use std::borrow::Cow;

use ::csv::{ReaderBuilder, StringRecord};

use super::row::{Case, Row, check, slug};
use crate::error::{Error, Result, Warning};
use crate::model::Date;

/// Every column, sorted.
const COLUMNS: [&str; 13] = [
    "aliases",
    "case",
    "class",
    "country",
    "demonyms",
    "from",
    "id",
    "lone",
    "name",
    "prominence",
    "short",
    "type",
    "until",
];

/// Reads a list row by row; lines that cannot be used come back as warnings with their number.
///
/// # Errors
/// There is no header, an unknown column, or neither `type` nor `name`.
pub fn read(path: &str, text: &str, take: &mut dyn FnMut(Row)) -> Result<Vec<Warning>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // With a line break at the end every record, the last too, stands before the line that the reader names.
    let ended = text.ends_with('\n');
    let text = if ended { Cow::Borrowed(text) } else { Cow::Owned(format!("{text}\n")) };
    let mut reader =
        ReaderBuilder::new().comment(Some(b'#')).flexible(true).has_headers(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| Error::new(path, error))?.clone();
    check_header(path, &header)?;
    let places = COLUMNS.map(|column| header.iter().position(|known| known.trim() == column));
    let mut warnings = Vec::new();
    let mut record = StringRecord::new();
    loop {
        let fault = match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => match row(header.len(), &places, &record) {
                Ok(row) => {
                    take(row);
                    continue;
                }
                Err(fault) => fault,
            },
            Err(error) => error.to_string(),
        };
        // The reader stands behind the record; where the record began it had remarks and empty lines still before it.
        let breaks = record.iter().map(|field| field.matches('\n').count() as u64).sum::<u64>();
        let line = reader.position().line().saturating_sub(1 + breaks);
        warnings.push(Warning::new(format_args!("{path}:{line}"), fault));
    }
    Ok(warnings)
}

fn check_header(path: &str, header: &StringRecord) -> Result<()> {
    for column in header {
        if !COLUMNS.contains(&column.trim()) {
            let nearest = COLUMNS.iter().filter(|known| strsim::osa_distance(known, column) <= 2).min();
            return Err(Error::new(format_args!("{path}:1"), format!("no such column: `{column}`")).way_out(
                match nearest {
                    Some(known) => format!("did you mean `{known}`?"),
                    None => format!("expected some of {}", COLUMNS.join(", ")),
                },
            ));
        }
    }
    for needed in ["type", "name"] {
        if !header.iter().any(|column| column.trim() == needed) {
            return Err(Error::new(format_args!("{path}:1"), format!("the column `{needed}` is missing"))
                .way_out("the first line must name the columns, at least `type,name`"));
        }
    }
    Ok(())
}

/// The row in `record`, or what is wrong with it; `places` says where each of [`COLUMNS`] is.
fn row(
    fields: usize,
    places: &[Option<usize>; COLUMNS.len()],
    record: &StringRecord,
) -> std::result::Result<Row, String> {
    if record.len() != fields {
        return Err(format!("{} fields where the header has {fields}; quote a field that holds a comma", record.len()));
    }
    let mut fields = [""; COLUMNS.len()];
    for (field, place) in fields.iter_mut().zip(places) {
        if let Some(text) = place.and_then(|at| record.get(at)) {
            *field = text.trim();
        }
    }
    let [aliases, case, class, country, demonyms, from, id, lone, name, prominence, short, entity_type, until] = fields;
    let row = Row {
        id: if id.is_empty() { slug(name) } else { id.to_owned() },
        entity_type: entity_type.to_owned(),
        name: name.to_owned(),
        aliases: list(aliases),
        short: match short {
            "" => None,
            "-" => Some(Vec::new()),
            _ => Some(list(short)),
        },
        lone: yes(lone).ok_or_else(|| format!("lone is `{lone}`; expected yes or no"))?,
        demonyms: list(demonyms),
        case: case_of(case).ok_or_else(|| format!("case is `{case}`; expected exact or any"))?,
        prominence: prominence_of(prominence)
            .ok_or_else(|| format!("prominence is `{prominence}`; expected a number from 0 to 9"))?,
        class: class.to_owned(),
        country: country.to_owned(),
        from: day(from)?,
        until: day(until)?,
    };
    check(row)
}

fn list(text: &str) -> Vec<String> {
    if text.is_empty() {
        return Vec::new();
    }
    text.split('|').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn yes(text: &str) -> Option<bool> {
    match text {
        "" | "no" => Some(false),
        "yes" => Some(true),
        _ => None,
    }
}

fn case_of(text: &str) -> Option<Case> {
    match text {
        "" => Some(Case::Usual),
        "exact" => Some(Case::Exact),
        "any" => Some(Case::Any),
        _ => None,
    }
}

fn prominence_of(text: &str) -> Option<u8> {
    if text.is_empty() { Some(3) } else { text.parse().ok().filter(|number| *number <= 9) }
}

fn day(text: &str) -> std::result::Result<Option<Date>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    Date::parse(text).map(Some).ok_or_else(|| format!("`{text}` is no day; expected one like 2013-03-13"))
}
