//! Reports to bytes: one file for each format, one table of all.

mod blocks;
mod columns;
pub mod csv;
mod cypher;
mod cytoscape;
mod d3;
mod days;
mod dot;
pub mod evidence;
mod gephi;
mod gexf;
mod graphml;
mod graphology;
pub mod graphviz;
pub mod json;
pub mod layout;
mod matrix;
mod neo4j;
mod node_link;
pub mod page;
mod pajek;
mod raster;
mod repeated;
mod report;
pub mod saved;
mod sink;
mod svg;
mod text;

#[cfg(test)]
mod hostile_tests;

use std::path::Path;

pub use sink::{Sink, save};
pub use text::count;

use crate::error::{Error, Result};
use crate::graph::EntityGraph;
use crate::measure::Report;

/// What a writer may need to know besides the report.
#[derive(Clone)]
pub struct Options {
    /// Title of a picture or a report; empty: none.
    pub title: String,
    /// Whether cells that a spreadsheet would run as formulas are made harmless.
    pub safe_csv: bool,
    /// An earlier graph, for formats that tell what is new.
    pub against: Option<EntityGraph>,
    /// How a picture is laid out.
    pub layout: &'static layout::Layout,
}

impl Default for Options {
    fn default() -> Options {
        let layout = layout::layout("force").unwrap_or(&layout::LAYOUTS[0]);
        Options { title: String::new(), safe_csv: true, against: None, layout }
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

impl Writer {
    /// Whether it lists the sentences of the ties, however many there are.
    pub fn lists_evidence(&self) -> bool {
        self.parts.iter().any(|part| part.starts_with("evidence."))
    }

    /// The folder that its parts need beside other formats; empty for most. Where an earlier row has a part of the same name,
    /// they stand in a folder called like the format.
    pub fn folder(&self) -> &'static str {
        let earlier = WRITERS.iter().take_while(|writer| writer.name != self.name);
        let taken = earlier.flat_map(|writer| writer.parts).any(|part| self.parts.contains(part));
        if taken { self.name } else { "" }
    }
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
        name: "cypher",
        about: "a script of statements for a Neo4j database",
        endings: &["cypher", "cql"],
        parts: &["graph.cypher"],
        write: cypher::write,
    },
    Writer {
        name: "cytoscape",
        about: "Cytoscape.js, Cytoscape; also NetworkX (cytoscape_graph)",
        endings: &["cytoscape.json", "cyjs"],
        parts: &["graph.cytoscape.json"],
        write: cytoscape::write,
    },
    Writer {
        name: "d3",
        about: "node-link JSON with links for D3 and force-graph",
        endings: &["d3.json"],
        parts: &["graph.d3.json"],
        write: d3::write,
    },
    Writer {
        name: "days",
        about: "counts of actors and ties by day, with week and month, as a table for time series",
        endings: &["days.csv"],
        parts: &["graph.days.csv"],
        write: days::write,
    },
    Writer { name: "dot", about: "Graphviz", endings: &["dot", "gv"], parts: &["graph.dot"], write: dot::write },
    Writer {
        name: "evidence",
        about: "the sentences behind the ties as JSON lines",
        endings: &["evidence.jsonl"],
        parts: &["evidence.jsonl"],
        write: evidence::write_lines,
    },
    Writer {
        name: "evidence-csv",
        about: "the sentences behind the ties as a table",
        endings: &["evidence.csv"],
        parts: &["evidence.csv"],
        write: evidence::write_table,
    },
    Writer {
        name: "gephi",
        about: "two tables for the spreadsheet import of Gephi",
        endings: &[],
        parts: &["nodes.csv", "edges.csv"],
        write: gephi::write,
    },
    Writer {
        name: "gexf",
        about: "Gephi, Gephi Lite; also NetworkX (read_gexf)",
        endings: &["gexf"],
        parts: &["graph.gexf"],
        write: gexf::write,
    },
    Writer {
        name: "gexf-dynamic",
        about: "Gephi's timeline: the same with the days on which actors and ties are seen",
        endings: &["dynamic.gexf"],
        parts: &["graph.dynamic.gexf"],
        write: gexf::write_dynamic,
    },
    Writer {
        name: "graphml",
        about: "igraph, NetworkX, yEd, Cytoscape, Gephi",
        endings: &["graphml"],
        parts: &["graph.graphml"],
        write: graphml::write,
    },
    Writer {
        name: "graphology",
        about: "JSON for graphology and sigma.js",
        endings: &["graphology.json"],
        parts: &["graph.graphology.json"],
        write: graphology::write,
    },
    Writer {
        name: "html",
        about: "a page to explore in a browser: one file that needs no network",
        endings: &["html", "htm"],
        parts: &["graph.html"],
        write: page::write,
    },
    Writer {
        name: "json",
        about: "the saved graph that every command reads; also NetworkX",
        endings: &["graph.json"],
        parts: &["graph.json"],
        write: saved::write,
    },
    Writer {
        name: "matrix",
        about: "the adjacency matrix as a table for UCINET, R and spreadsheets",
        endings: &["matrix.csv"],
        parts: &["graph.matrix.csv"],
        write: matrix::write,
    },
    Writer {
        name: "neo4j",
        about: "two tables for neo4j-admin database import",
        endings: &[],
        parts: &["nodes.csv", "relationships.csv"],
        write: neo4j::write,
    },
    Writer {
        name: "node-link",
        about: "node-link JSON for NetworkX",
        endings: &["node-link.json", "json"],
        parts: &["graph.node-link.json"],
        write: node_link::write,
    },
    Writer {
        name: "pajek",
        about: "Pajek; also igraph and NetworkX; names and weights only",
        endings: &["net"],
        parts: &["graph.net"],
        write: pajek::write,
    },
    Writer {
        name: "pdf",
        about: "the picture for printing",
        endings: &["pdf"],
        parts: &["graph.pdf"],
        write: raster::write_pdf,
    },
    Writer {
        name: "png",
        about: "the picture as pixels",
        endings: &["png"],
        parts: &["graph.png"],
        write: raster::write_png,
    },
    Writer {
        name: "report",
        about: "a written report in Markdown, to read or to paste into a note",
        endings: &["report.md"],
        parts: &["report.md"],
        write: report::write,
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
        .filter_map(|writer| {
            writer.endings.iter().filter(fits).map(|ending| ending.len()).max().map(|len| (len, writer))
        })
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
