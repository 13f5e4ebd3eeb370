//! The two tables of `neo4j-admin database import`: nodes.csv and relationships.csv, with typed headers.

use super::columns::{self, Kind, Value};
use super::{Options, Sink, csv, text};
use crate::error::Result;
use crate::measure::Report;
use crate::model::EntityType;

/// The label of every node.
pub const LABEL: &str = "Entity";
/// The type of every relationship.
pub const RELATIONSHIP: &str = "APPEARS_WITH";

/// Writes the tables with all columns.
pub fn write(report: &Report, options: &Options, sink: &mut Sink) -> Result<()> {
    sink.part("nodes.csv", |out| csv::rows(out, options, nodes(report)))?;
    sink.part("relationships.csv", |out| csv::rows(out, options, relationships(report)))
}

/// The label of a type: `Person`, `Place`, and so on.
pub fn type_label(entity_type: &EntityType) -> String {
    let mut name = text::label(entity_type.name(), text::MAX_LABEL).chars().collect::<Vec<_>>().into_iter();
    name.next().map_or_else(String::new, |first| first.to_uppercase().chain(name).collect())
}

fn nodes(report: &Report) -> impl Iterator<Item = Vec<String>> + '_ {
    let columns = columns::of_nodes(report);
    let mut header = vec![format!("id:ID({LABEL})"), "name".to_owned()];
    header.extend(columns.iter().map(|column| field(column.name, column.kind)));
    header.push(":LABEL".to_owned());
    let rows = report.graph.nodes().map(move |(id, node)| {
        let mut row = vec![text::id(&node.id).into_owned(), node.name.clone()];
        row.extend(columns.iter().map(|column| cell(column.value(id))));
        // `;` stands between labels, as it does between the items of a list.
        row.push(format!("{LABEL};{}", type_label(&node.entity_type).replace(';', " ")));
        row
    });
    std::iter::once(header).chain(rows)
}

/// Neo4j knows no undirected relationship: each stands once, from the source to the target.
fn relationships(report: &Report) -> impl Iterator<Item = Vec<String>> + '_ {
    let graph = &report.graph;
    let columns = columns::of_edges(report);
    let mut header = vec![format!(":START_ID({LABEL})"), format!(":END_ID({LABEL})"), field("weight", Kind::Float)];
    header.extend(columns.iter().map(|column| field(column.name, column.kind)));
    header.push(":TYPE".to_owned());
    let rows = columns::edges(graph).map(move |(id, a, b, edge)| {
        let tie = columns::Tie::of(graph, id);
        let end = |node| text::id(&graph.node(node).id).into_owned();
        let mut row = vec![end(a), end(b), edge.weight.to_string()];
        row.extend(columns.iter().map(|column| cell(column.value(tie))));
        row.push(RELATIONSHIP.to_owned());
        row
    });
    std::iter::once(header).chain(rows)
}

fn field(name: &str, kind: Kind) -> String {
    match kind {
        Kind::Integer => format!("{name}:long"),
        Kind::Float => format!("{name}:double"),
        Kind::Text => name.to_owned(),
        Kind::Day => format!("{name}:date"),
        Kind::List => format!("{name}:string[]"),
    }
}

fn cell(value: Option<Value<'_>>) -> String {
    value.map_or_else(String::new, |value| value.text(';').into_owned())
}
