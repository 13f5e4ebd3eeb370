//! `actant gazetteer`: name lists.

use std::path::{Path, PathBuf};

use foldhash::HashMap;

use super::console::{Out, Outcome, visible};
use crate::error::{Error, Result, Warning};
use crate::gazetteer::{self, Row};
use crate::write::{self, count};

/// What to do with name lists.
#[derive(clap::Subcommand)]
pub enum Command {
    /// Name every fault of name lists by line
    Check {
        /// Name lists (CSV, or plain text; see gazetteers/README.md)
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Compile name lists into one file that `-g` takes and that needs no time to start
    Compile {
        /// Name lists (CSV, or plain text; see gazetteers/README.md); a later row with the id of an earlier one adds its names to it
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The file to write, with the ending .actant
        #[arg(short, long, value_name = "FILE", default_value = "names.actant")]
        output: PathBuf,
    },
}

/// Runs the command.
pub fn run(command: &Command) -> Result<Outcome> {
    match command {
        Command::Check { files } => check(files),
        Command::Compile { files, output } => compile(files, output),
    }
}

fn compile(files: &[PathBuf], output: &Path) -> Result<Outcome> {
    if !gazetteer::is_compiled(output) {
        return Err(Error::new(output.display(), "a compiled name list needs the ending .actant")
            .way_out(format!("name it {}", output.with_extension("actant").display())));
    }
    let (list, warnings) = gazetteer::compile_files(files)?;
    let mut sink = write::Sink::file(output);
    sink.part("", |out| list.write(out))?;
    sink.commit()?;
    Ok(Outcome { warnings })
}

fn check(files: &[PathBuf]) -> Result<Outcome> {
    let mut out = Out::new();
    let mut warnings = Vec::new();
    for file in files {
        let (rows, faults) = gazetteer::read_file(file)?;
        let name = file.display().to_string();
        warnings.extend(faults);
        warnings.extend(shared_names(&name, &rows));
        warnings.extend(repeated_ids(&name, &rows));
        let names: u64 = rows.iter().map(|row| 1 + row.aliases.len() as u64).sum();
        out.line(&format!("{}: {}, {}", visible(&name), count(rows.len() as u64, "row"), count(names, "name")))?;
    }
    out.close()?;
    Ok(Outcome { warnings })
}

/// Full names that two rows of one list share: nothing but prominence could decide between them.
fn shared_names(path: &str, rows: &[Row]) -> Vec<Warning> {
    let mut owner: HashMap<&str, &Row> = HashMap::default();
    let mut warnings = Vec::new();
    for row in rows {
        for name in std::iter::once(&row.name).chain(&row.aliases) {
            match owner.insert(name, row) {
                Some(other) if other.id != row.id => warnings.push(
                    Warning::new(path, format!("`{name}` stands for both {} and {}", other.id, row.id))
                        .way_out("keep it for one, or make it a short form"),
                ),
                _ => {}
            }
        }
    }
    warnings
}

/// Ids that two rows share, though their names differ.
fn repeated_ids(path: &str, rows: &[Row]) -> Vec<Warning> {
    let mut seen: HashMap<&str, &Row> = HashMap::default();
    let mut warnings = Vec::new();
    for row in rows {
        match seen.insert(&row.id, row) {
            Some(other) if other.name != row.name => {
                warnings.push(Warning::new(
                    path,
                    format!("the id {} stands for both {} and {}", row.id, other.name, row.name),
                ));
            }
            _ => {}
        }
    }
    warnings
}
