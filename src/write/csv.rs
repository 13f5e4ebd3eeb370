//! Two tables for spreadsheets, pandas and Gephi: actors.csv and edges.csv.

use std::borrow::Cow;
use std::io;

use ::csv::{Terminator, Writer, WriterBuilder};

use super::columns::{self, Tie, Value};
use super::repeated::Repeated;
use super::{Options, Sink, blocks, json, text};
use crate::error::Result;
use crate::graph::{EdgeId, NodeId};
use crate::measure::Report;

/// Writes the actors and the edges with all columns.
pub fn write(report: &Report, options: &Options, sink: &mut Sink) -> Result<()> {
    sink.part("actors.csv", |out| actors(report, options, out))?;
    sink.part("edges.csv", |out| edges(report, options, out))
}

fn actors(report: &Report, options: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    let columns = columns::of_nodes(report);
    let header = ["id", "name"].into_iter().chain(columns.iter().map(|column| column.name)).collect();
    table(out, options, header, report.graph.n_nodes(), |number, row| {
        let id = NodeId(number as u32);
        let node = report.graph.node(id);
        row.text(&node.id)?;
        row.text(&node.name)?;
        columns.iter().try_for_each(|column| row.value(column.value(id)))
    })
}

fn edges(report: &Report, options: &Options, out: &mut dyn io::Write) -> io::Result<()> {
    let graph = &report.graph;
    let columns = columns::of_edges(report);
    let names = columns.iter().map(|column| column.name);
    let header = ["source", "target", "type", "weight"].into_iter().chain(names).collect();
    table(out, options, header, graph.n_edges(), |number, row| {
        columns::ask_ahead(graph, number);
        let id = EdgeId(number as u32);
        let (a, b, edge) = graph.edge(id);
        row.text(&graph.node(a).id)?;
        row.text(&graph.node(b).id)?;
        // Gephi takes an edge without this word for a directed one.
        row.text("Undirected")?;
        row.value(Some(Value::Float(edge.weight)))?;
        let tie = Tie::of(graph, id);
        columns.iter().try_for_each(|column| row.value(column.value(tie)))
    })
}

/// A header and so many rows, put together on all threads.
fn table(
    out: &mut dyn io::Write,
    options: &Options,
    header: Vec<&str>,
    count: usize,
    fill: impl Fn(usize, &mut Row<&mut Vec<u8>>) -> io::Result<()> + Sync,
) -> io::Result<()> {
    rows(out, options, std::iter::once(header))?;
    blocks::write(out, count, |numbers, bytes| {
        let mut row = Row::new(bytes, options);
        for number in numbers {
            fill(number, &mut row)?;
            row.end()?;
        }
        row.close()
    })
}

/// One row after the other, cell by cell, with LF line ends.
struct Row<'o, W: io::Write> {
    out: Writer<W>,
    options: &'o Options,
    /// How many cells the row has so far.
    cells: usize,
    /// A number is put together here.
    digits: Vec<u8>,
    repeated: Repeated,
}

impl<'o, W: io::Write> Row<'o, W> {
    fn new(out: W, options: &'o Options) -> Row<'o, W> {
        let out = WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(out);
        Row { out, options, cells: 0, digits: Vec::new(), repeated: Repeated::default() }
    }

    /// Adds a cell, see [`cell_text`].
    fn text(&mut self, text: &str) -> io::Result<()> {
        self.cells += 1;
        self.out.write_field(cell_text(text, self.options).as_bytes()).map_err(io::Error::other)
    }

    /// Adds a cell; an empty one where there is no value.
    fn value(&mut self, value: Option<Value<'_>>) -> io::Result<()> {
        self.digits.clear();
        match value {
            None => {}
            // No number is a formula.
            Some(Value::Integer(number)) => json::number(&mut self.digits, "", number),
            Some(Value::Float(number)) => {
                self.repeated.push(&mut self.digits, (self.cells, number), text::push_float);
            }
            Some(Value::Text(text)) => return self.text(text),
            Some(value) => return self.text(&value.text('|')),
        }
        self.cells += 1;
        self.out.write_field(&self.digits).map_err(io::Error::other)
    }

    fn end(&mut self) -> io::Result<()> {
        self.cells = 0;
        self.out.write_record(None::<&[u8]>).map_err(io::Error::other)
    }

    fn close(mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Writes the rows with LF line ends, each cell by [`cell_text`].
pub fn rows<C: AsRef<str>>(
    out: &mut dyn io::Write,
    options: &Options,
    rows: impl Iterator<Item = Vec<C>>,
) -> io::Result<()> {
    let mut out = Row::new(out, options);
    for row in rows {
        row.iter().try_for_each(|cell| out.text(cell.as_ref()))?;
        out.end()?;
    }
    out.close()
}

/// A cell on one line; one that a spreadsheet would run as a formula gets an apostrophe before it.
pub fn cell_text<'c>(cell: &'c str, options: &Options) -> Cow<'c, str> {
    let text = text::label(cell, usize::MAX - 1);
    let formula = options.safe_csv && text.starts_with(['=', '+', '-', '@']) && text.parse::<f64>().is_err();
    if formula { format!("'{text}").into() } else { text }
}
