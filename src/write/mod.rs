//! Reports to bytes: one file for each format, one table of all.

pub mod csv;
mod dot;
pub mod graphviz;
pub mod layout;
mod node_link;
pub mod saved;
mod sink;
mod svg;
mod text;

use std::path::Path;

pub use sink::{Sink, save};

use crate::error::{Error, Result};
use crate::measure::Report;

/// What a writer may need to know besides the report.
#[derive(Clone, Debug)]
pub struct Options {
    /// Title of a picture; empty: none.
    pub title: String,
    /// Whether cells that a spreadsheet would run as formulas are made harmless.
    pub safe_csv: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options { title: String::new(), safe_csv: true }
    }
}

/// A row of [`WRITERS`].
pub struct Writer {
    /// The word for it on the command line.
    pub name: &'static str,
    /// What opens it, for people.
    pub about: &'static str,
    /// The endings that mean it, longest first; the first names its file in a build.
    pub endings: &'static [&'static str],
    /// The files it writes into a folder; one file is written as it is named.
    pub parts: &'static [&'static str],
    /// Writes the report into the parts of the sink.
    pub write: fn(&Report, &Options, &mut Sink) -> Result<()>,
}

/// Every format that can be written, sorted by name.
pub const WRITERS: &[Writer] = &[
    Writer {
        name: "csv",
        about: "two tables, actors.csv and edges.csv, for spreadsheets, pandas and Gephi",
        endings: &[],
        parts: &["actors.csv", "edges.csv"],
        write: csv::write,
    },
    Writer {
        name: "dot",
        about: "Graphviz",
        endings: &["dot", "gv"],
        parts: &["graph.dot"],
        write: dot::write,
    },
    Writer {
        name: "json",
        about: "the saved graph that every command reads; also NetworkX",
        endings: &["graph.json"],
        parts: &["graph.json"],
        write: saved::write,
    },
    Writer {
        name: "node-link",
        about: "node-link JSON for NetworkX",
        endings: &["node-link.json", "json"],
        parts: &["graph.node-link.json"],
        write: node_link::write,
    },
    Writer {
        name: "svg",
        about: "a picture for a browser or a page",
        endings: &["svg"],
        parts: &["graph.svg"],
        write: svg::write,
    },
];

/// The row of this name.
///
/// # Errors
/// There is none; the message names them all.
pub fn writer(name: &str) -> Result<&'static Writer> {
    WRITERS.iter().find(|writer| writer.name == name).ok_or_else(|| {
        Error::new("", format!("no such format: `{name}`")).way_out(format!("expected one of {}", names().join(", ")))
    })
}

/// The row that the ending of `path` means.
///
/// # Errors
/// It means none.
pub fn writer_for(path: &Path) -> Result<&'static Writer> {
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().to_lowercase());
    let fits = |ending: &&&str| name.ends_with(&format!(".{ending}")) || name == **ending;
    let best = WRITERS
        .iter()
        .filter_map(|writer| writer.endings.iter().filter(fits).map(|ending| ending.len()).max().map(|len| (len, writer)))
        .max_by_key(|(len, _)| *len);
    best.map(|(_, writer)| writer).ok_or_else(|| {
        let endings: Vec<String> =
            WRITERS.iter().flat_map(|writer| writer.endings).map(|ending| format!(".{ending}")).collect();
        Error::new(path.display(), "its ending names no format")
            .way_out(format!("expected one of {}, or name the format with --to", endings.join(", ")))
    })
}

/// The names of all formats.
pub fn names() -> Vec<&'static str> {
    WRITERS.iter().map(|writer| writer.name).collect()
}
