//! Two tables for spreadsheets, pandas and Gephi: actors.csv and edges.csv.

use std::borrow::Cow;
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

fn actors(report: &Report) -> impl Iterator<Item = Vec<Cow<'_, str>>> {
    let columns = columns::of_nodes(report);
    let header = ["id", "name"].into_iter().chain(columns.iter().map(|column| column.name)).map(Cow::from).collect();
    let rows = report.graph.nodes().map(move |(id, node)| {
        let mut row: Vec<Cow<str>> = vec![(&*node.id).into(), (&*node.name).into()];
        row.extend(columns.iter().map(|column| text(column, id)));
        row
    });
    std::iter::once(header).chain(rows)
}

fn edges(report: &Report) -> impl Iterator<Item = Vec<Cow<'_, str>>> {
    let columns = columns::of_edges(report);
    let names = columns.iter().map(|column| column.name);
    let header = ["source", "target", "type", "weight"].into_iter().chain(names).map(Cow::from).collect();
    let rows = report.graph.edges().map(move |(edge, a, b, Edge { weight, .. })| {
        let id = |node| Cow::from(&*report.graph.node(node).id);
        // Gephi takes an edge without this word for a directed one.
        let mut row: Vec<Cow<str>> = vec![id(a), id(b), "Undirected".into(), weight.to_string().into()];
        row.extend(columns.iter().map(|column| text(column, edge)));
        row
    });
    std::iter::once(header).chain(rows)
}

/// A cell; empty where there is no value.
fn text<'r, I>(column: &Column<'r, I>, of: I) -> Cow<'r, str> {
    column.value(of).map_or_else(Cow::default, |value| value.text('|'))
}

/// Writes the rows with LF line ends, each cell by [`cell_text`].
pub fn rows<C: AsRef<str>>(
    out: &mut dyn io::Write,
    options: &Options,
    rows: impl Iterator<Item = Vec<C>>,
) -> io::Result<()> {
    let mut writer = WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(out);
    for row in rows {
        for cell in &row {
            writer.write_field(cell_text(cell.as_ref(), options).as_bytes()).map_err(io::Error::other)?;
        }
        writer.write_record(None::<&[u8]>).map_err(io::Error::other)?;
    }
    writer.flush()
}

/// A cell on one line; one that a spreadsheet would run as a formula gets an apostrophe before it.
pub fn cell_text<'c>(cell: &'c str, options: &Options) -> Cow<'c, str> {
    let text = super::text::label(cell, usize::MAX - 1);
    let formula = options.safe_csv && text.starts_with(['=', '+', '-', '@']) && text.parse::<f64>().is_err();
    if formula { format!("'{text}").into() } else { text }
}
