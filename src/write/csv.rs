//! Two tables for spreadsheets, pandas and Gephi: actors.csv and edges.csv.

use std::borrow::Cow;
use std::io;

use ::csv::{Terminator, WriterBuilder};

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
        row.text(&node.id);
        row.text(&node.name);
        columns.iter().for_each(|column| row.value(column.value(id)));
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
        row.text(&graph.node(a).id);
        row.text(&graph.node(b).id);
        // Gephi takes an edge without this word for a directed one.
        row.text("Undirected");
        row.value(Some(Value::Float(edge.weight)));
        let tie = Tie::of(graph, id);
        columns.iter().for_each(|column| row.value(column.value(tie)));
    })
}

/// A header and so many rows, put together on all threads. These rows are quoted here, as the library would: it looks at every
/// cell once more, byte by byte, and cells of numbers need no look.
fn table(
    out: &mut dyn io::Write,
    options: &Options,
    header: Vec<&str>,
    count: usize,
    fill: impl Fn(usize, &mut Row) + Sync,
) -> io::Result<()> {
    rows(out, options, std::iter::once(header))?;
    blocks::write(out, count, |numbers, bytes| {
        let mut row = Row { out: bytes, options, cells: 0, repeated: Repeated::default() };
        for number in numbers {
            fill(number, &mut row);
            row.end();
        }
        Ok(())
    })
}

/// One row after the other, cell by cell, with LF line ends.
struct Row<'o> {
    out: &'o mut Vec<u8>,
    options: &'o Options,
    /// How many the row has so far.
    cells: usize,
    repeated: Repeated,
}

impl Row<'_> {
    /// Adds a cell, see [`cell_text`].
    fn text(&mut self, text: &str) {
        self.begin();
        push_quoted(self.out, &cell_text(text, self.options));
    }

    /// Adds a cell; an empty one where there is no value.
    fn value(&mut self, value: Option<Value<'_>>) {
        match value {
            None => self.begin(),
            // No number is a formula, and none has a comma.
            Some(Value::Integer(number)) => {
                self.begin();
                json::number(self.out, "", number);
            }
            Some(Value::Float(number)) => {
                let column = self.cells;
                self.begin();
                self.repeated.push(self.out, (column, number), text::push_float);
            }
            Some(Value::Text(text)) => self.text(text),
            Some(value) => self.text(&value.text('|')),
        }
    }

    /// Begins a cell.
    fn begin(&mut self) {
        if self.cells > 0 {
            self.out.push(b',');
        }
        self.cells += 1;
    }

    fn end(&mut self) {
        self.out.push(b'\n');
        self.cells = 0;
    }
}

/// Adds the text of a cell, in quotes where it has a comma, a quote or a line break (RFC 4180).
fn push_quoted(out: &mut Vec<u8>, cell: &str) {
    let bytes = cell.as_bytes();
    let is_special = |byte: u8| (byte == b',') | (byte == b'"') | (byte == b'\n') | (byte == b'\r');
    if json::clean_length(bytes, is_special) == bytes.len() {
        out.extend_from_slice(bytes);
        return;
    }
    out.push(b'"');
    let mut rest = bytes;
    loop {
        let plain = json::clean_length(rest, |byte| byte == b'"');
        out.extend_from_slice(&rest[..plain]);
        if plain == rest.len() {
            break;
        }
        out.extend_from_slice(b"\"\"");
        rest = &rest[plain + 1..];
    }
    out.push(b'"');
}

/// Writes the rows with LF line ends, each cell by [`cell_text`].
pub fn rows<C: AsRef<str>>(
    out: &mut dyn io::Write,
    options: &Options,
    rows: impl Iterator<Item = Vec<C>>,
) -> io::Result<()> {
    let mut out = WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(out);
    for row in rows {
        row.iter().try_for_each(|cell| out.write_field(cell_text(cell.as_ref(), options).as_bytes()))?;
        out.write_record(None::<&[u8]>)?;
    }
    out.flush()
}

/// A cell on one line; one that a spreadsheet would run as a formula gets an apostrophe before it.
pub fn cell_text<'c>(cell: &'c str, options: &Options) -> Cow<'c, str> {
    let text = text::label(cell, usize::MAX - 1);
    let formula = options.safe_csv && text.starts_with(['=', '+', '-', '@']) && text.parse::<f64>().is_err();
    if formula { format!("'{text}").into() } else { text }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn cells_are_quoted_as_the_library_does(cells in prop::collection::vec("[a,\"\n\r;' é]{0,40}", 2..5)) {
            let mut expected = WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(Vec::new());
            expected.write_record(&cells).unwrap();
            let mut out = Vec::new();
            for (number, cell) in cells.iter().enumerate() {
                out.extend_from_slice(if number > 0 { b"," } else { b"" });
                push_quoted(&mut out, cell);
            }
            out.push(b'\n');
            prop_assert_eq!(out, expected.into_inner().unwrap());
        }
    }
}
