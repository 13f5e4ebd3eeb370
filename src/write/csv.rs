//! Two tables for spreadsheets, pandas and Gephi: actors.csv and edges.csv.

use std::io;

use ::csv::{Terminator, WriterBuilder};

use super::columns::{self, Column};
use super::{Options, Sink};
use crate::error::Result;
use crate::graph::Edge;
use crate::measure::Report;

/// Writes the actors and the edges with all columns.
pub fn write(report: &Report, options: &Options, sink: &mut Sink) -> Result<()> {
    sink.part("actors.csv", |out| rows(out, options, actors(report)))?;
    sink.part("edges.csv", |out| rows(out, options, edges(report)))
}

fn actors(report: &Report) -> impl Iterator<Item = Vec<String>> + '_ {
    let columns = columns::of_nodes(report);
    let header = ["id", "name"].into_iter().chain(columns.iter().map(|column| column.name)).map(String::from).collect();
    let rows = report.graph.nodes().map(move |(id, node)| {
        let mut row = vec![node.id.clone(), node.name.clone()];
        row.extend(columns.iter().map(|column| text(column, id)));
        row
    });
    std::iter::once(header).chain(rows)
}

fn edges(report: &Report) -> impl Iterator<Item = Vec<String>> + '_ {
    let columns = columns::of_edges(report);
    let names = columns.iter().map(|column| column.name);
    let header = ["source", "target", "type", "weight"].into_iter().chain(names).map(String::from).collect();
    let rows = report.graph.edges().map(move |(edge, a, b, Edge { weight, .. })| {
        let id = |node| report.graph.node(node).id.clone();
        // Gephi takes an edge without this word for a directed one.
        let mut row = vec![id(a), id(b), "Undirected".to_owned(), weight.to_string()];
        row.extend(columns.iter().map(|column| text(column, edge)));
        row
    });
    std::iter::once(header).chain(rows)
}

/// A cell; empty where there is no value.
fn text<I>(column: &Column<'_, I>, of: I) -> String {
    column.value(of).map_or_else(String::new, |value| value.text('|').into_owned())
}

/// Writes the rows with LF line ends, each cell by [`cell_text`].
pub fn rows(out: &mut dyn io::Write, options: &Options, rows: impl Iterator<Item = Vec<String>>) -> io::Result<()> {
    let mut writer = WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(out);
    for row in rows {
        writer.write_record(row.iter().map(|cell| cell_text(cell, options))).map_err(io::Error::other)?;
    }
    writer.flush()
}

/// A cell on one line; one that a spreadsheet would run as a formula gets an apostrophe before it.
pub fn cell_text(cell: &str, options: &Options) -> String {
    let text = super::text::label(cell, usize::MAX - 1);
    let number = text.parse::<f64>().is_ok();
    if options.safe_csv && text.starts_with(['=', '+', '-', '@']) && !number { format!("'{text}") } else { text }
}
