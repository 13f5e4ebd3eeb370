//! Lists in files: read as rows, or compiled as they are read.

use std::path::Path;

use xxhash_rust::xxh3::Xxh3Default;

use super::compiled::{Builder, Built};
use super::row::Row;
use super::{FORMATS, Read};
use crate::error::{Error, Result, Warning};

/// Whether `path` has the ending of compiled lists, `.actant`.
pub fn is_compiled(path: &Path) -> bool {
    ending(path) == "actant"
}

/// Reads the rows of the list at `path` with the format of its ending, which is `csv` when unknown.
///
/// # Errors
/// The file cannot be read or is no list of that format.
pub fn read_file(path: &Path) -> Result<Read> {
    rows(path, &whole_text(path)?)
}

/// The rows of a list that was read from `path`.
pub fn rows(path: &Path, text: &str) -> Result<Read> {
    let mut rows = Vec::new();
    let warnings = read_text(path, text, &mut |row| rows.push(row))?;
    Ok((rows, warnings))
}

/// Compiles the lists at `paths` into one, and returns it with the lines that could not be used. A later row with the id of an
/// earlier one adds its names to it. Cost: about two microseconds a row, and a hundred bytes of memory.
///
/// # Errors
/// A file cannot be read, is no list or holds no name, or there are too many names.
pub fn compile_files(paths: &[impl AsRef<Path>]) -> Result<(Built, Vec<Warning>)> {
    let mut compiling = Compiling::default();
    for path in paths.iter().map(AsRef::as_ref) {
        compiling.add(path, &whole_text(path)?)?;
    }
    compiling.finish()
}

/// Lists on their way into a compiled one.
#[derive(Default)]
pub struct Compiling {
    builder: Builder,
    hash: Xxh3Default,
    warnings: Vec<Warning>,
}

impl Compiling {
    /// Adds a list that was read from `path`.
    pub fn add(&mut self, path: &Path, text: &str) -> Result<()> {
        self.hash.update(text.as_bytes());
        self.builder.reserve(text.bytes().filter(|byte| *byte == b'\n').count());
        let (mut rows, mut added) = (0, Ok(()));
        let faults = read_text(path, text, &mut |row| {
            rows += 1;
            if added.is_ok() {
                added = self.builder.add(&row);
            }
        })?;
        added?;
        refuse_empty(path, rows, &faults)?;
        self.warnings.extend(faults);
        Ok(())
    }

    /// The compiled list, and the lines that could not be used.
    pub fn finish(self) -> Result<(Built, Vec<Warning>)> {
        Ok((self.builder.finish(self.hash.digest())?, self.warnings))
    }
}

/// The text of a list.
pub fn whole_text(path: &Path) -> Result<String> {
    String::from_utf8(read_bytes(path)?).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Error::new(path.display(), format!("not UTF-8 at byte {at}")).way_out("save the list as UTF-8")
    })
}

fn read_text(path: &Path, text: &str, take: &mut dyn FnMut(Row)) -> Result<Vec<Warning>> {
    let ending = ending(path);
    let format = FORMATS.iter().find(|format| format.endings.contains(&&*ending)).unwrap_or(&FORMATS[0]);
    (format.read)(&path.display().to_string(), text, take)
}

/// Refuses a list without a name.
pub fn refuse_empty(path: &Path, rows: usize, warnings: &[Warning]) -> Result<()> {
    if rows > 0 {
        return Ok(());
    }
    let error = Error::new(path.display(), "no name in this gazetteer");
    Err(match warnings.first() {
        Some(warning) => error.way_out(format!("first fault: {warning}")),
        None => error.way_out("it needs a header with `type` and `name`, and a row for each entity"),
    })
}

fn read_bytes(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).map_err(|error| {
        Error::io(path.display(), &error).way_out("name an existing CSV file with the columns of gazetteers/README.md")
    })
}

fn ending(path: &Path) -> String {
    path.extension().and_then(|ending| ending.to_str()).unwrap_or("").to_lowercase()
}
