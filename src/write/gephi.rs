//! The two tables that Gephi imports as spreadsheets: nodes.csv and edges.csv.

use super::columns::{self, Value};
use super::{Options, Sink, csv, text};
use crate::error::Result;
use crate::measure::Report;

/// Writes the tables with all columns.
pub fn write(report: &Report, options: &Options, sink: &mut Sink) -> Result<()> {
    sink.part("nodes.csv", |out| csv::rows(out, options, nodes(report)))?;
    sink.part("edges.csv", |out| csv::rows(out, options, edges(report)))
}

fn nodes(report: &Report) -> impl Iterator<Item = Vec<String>> + '_ {
    let columns = columns::of_nodes(report);
    let header =
        ["Id", "Label"].into_iter().chain(columns.iter().map(|column| column.name)).map(String::from).collect();
    let rows = report.graph.nodes().map(move |(id, node)| {
        let mut row = vec![text::id(&node.id).into_owned(), node.name.clone()];
        row.extend(columns.iter().map(|column| cell(column.value(id))));
        row
    });
    std::iter::once(header).chain(rows)
}

/// No `Id`: Gephi makes one up, and loses rows where two are alike.
fn edges(report: &Report) -> impl Iterator<Item = Vec<String>> + '_ {
    let graph = &report.graph;
    let columns = columns::of_edges(report);
    let own = ["Source", "Target", "Type", "Weight"].into_iter();
    let header = own.chain(columns.iter().map(|column| column.name)).map(String::from).collect();
    let rows = columns::edges(graph).map(move |(id, a, b, edge)| {
        let tie = columns::Tie::of(graph, id);
        let end = |node| text::id(&graph.node(node).id).into_owned();
        // Gephi takes an edge without this word for a directed one.
        let mut row = vec![end(a), end(b), "Undirected".to_owned(), edge.weight.to_string()];
        row.extend(columns.iter().map(|column| cell(column.value(tie))));
        row
    });
    std::iter::once(header).chain(rows)
}

fn cell(value: Option<Value<'_>>) -> String {
    value.map_or_else(String::new, |value| value.text('|').into_owned())
}
