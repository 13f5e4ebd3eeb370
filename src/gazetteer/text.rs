//! Plain lists: one name a line.

use super::row::{Row, check, slug};
use crate::error::{Result, Warning};

/// The type of the names of a plain list, which says none.
const TYPE: &str = "name";

/// Reads a list; empty lines and those that begin with `#` are left out, lines that cannot be used come back as warnings.
///
/// # Errors
/// None.
pub fn read(path: &str, text: &str, take: &mut dyn FnMut(Row)) -> Result<Vec<Warning>> {
    let mut warnings = Vec::new();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    for (number, name) in (1..).zip(text.lines().map(str::trim)) {
        if name.is_empty() || name.starts_with('#') {
            continue;
        }
        let row = Row { id: slug(name), entity_type: TYPE.into(), name: name.into(), prominence: 3, ..Row::default() };
        match check(row) {
            Ok(row) => take(row),
            Err(fault) => warnings.push(Warning::new(format_args!("{path}:{number}"), fault)),
        }
    }
    Ok(warnings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_name() {
        let mut rows = Vec::new();
        let warnings =
            read("names.txt", "\u{feff}Kyiv\r\n# remark\n\n  Ada Lovelace \n--\n", &mut |row| rows.push(row));
        let found: Vec<(&str, &str, &str)> = rows.iter().map(|row| (&*row.id, &*row.entity_type, &*row.name)).collect();
        assert_eq!(found, [("kyiv", "name", "Kyiv"), ("ada-lovelace", "name", "Ada Lovelace")]);
        let warnings: Vec<String> = warnings.expect("reads").iter().map(ToString::to_string).collect();
        assert_eq!(warnings.len(), 1);
        assert!(warnings[0].starts_with("names.txt:5: `--` has no letter"), "{warnings:?}");
    }
}
