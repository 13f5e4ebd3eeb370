//! Two tables for spreadsheets, pandas and Gephi: actors.csv and edges.csv.

use std::borrow::Cow;
use std::io;

use ::csv::{Terminator, WriterBuilder};

use super::blocks;
use super::columns::{self, Column};
use super::{Options, Sink};
use crate::error::Result;
use crate::graph::{Edge, EdgeId, Node, NodeId};
use crate::measure::Report;

/// Writes the actors and the edges with all columns.
pub fn write(report: &Report, options: &Options, sink: &mut Sink) -> Result<()> {
    sink.part("actors.csv", |out| actors(report, options, out))?;
    sink.part("edges.csv", |out| edges(report, options, out))
}

fn actors(report: &Report, options: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    let columns = columns::of_nodes(report);
    let header = ["id", "name"].into_iter().chain(columns.iter().map(|column| column.name)).collect();
    table(out, options, header, report.graph.n_nodes(), |number| {
        let node = NodeId(number as u32);
        let Node { id, name, .. } = report.graph.node(node);
        let mut row: Vec<Cow<str>> = vec![(&**id).into(), (&**name).into()];
        row.extend(columns.iter().map(|column| text(column, node)));
        row
    })
}

fn edges(report: &Report, options: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    let columns = columns::of_edges(report);
    let names = columns.iter().map(|column| column.name);
    let header = ["source", "target", "type", "weight"].into_iter().chain(names).collect();
    table(out, options, header, report.graph.n_edges(), |number| {
        let edge = EdgeId(number as u32);
        let (a, b, Edge { weight, .. }) = report.graph.edge(edge);
        let id = |node| Cow::from(&*report.graph.node(node).id);
        // Gephi takes an edge without this word for a directed one.
        let mut row: Vec<Cow<str>> = vec![id(a), id(b), "Undirected".into(), weight.to_string().into()];
        row.extend(columns.iter().map(|column| text(column, edge)));
        row
    })
}

/// A header and so many rows, put together on all threads.
fn table<'r>(
    out: &mut dyn io::Write,
    options: &Options,
    header: Vec<&str>,
    count: usize,
    row: impl Fn(usize) -> Vec<Cow<'r, str>> + Sync,
) -> io::Result<()> {
    rows(out, options, std::iter::once(header))?;
    blocks::write(out, count, |numbers, bytes| rows(bytes, options, numbers.map(&row)))
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
