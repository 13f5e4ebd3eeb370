//! Cytoscape JSON: for Cytoscape.js, for the desktop program, and for `networkx.cytoscape_graph`.

use serde::Serialize;

use super::columns::{self, Value};
use super::json::{Object, write_lines};
use super::{Options, Sink};
use crate::error::Result;
use crate::graph::EntityGraph;
use crate::measure::Report;

#[derive(Serialize)]
struct Element<'a> {
    data: Object<'a>,
}

/// Writes nodes and edges as elements.
pub fn write(report: &Report, options: &Options, sink: &mut Sink) -> Result<()> {
    sink.part("graph.cytoscape.json", |out| {
        let graph = &report.graph;
        // NetworkX fails without the outer `data`; the desktop program takes the network's name from it.
        let title = if options.title.is_empty() { "actant" } else { &options.title };
        writeln!(
            out,
            "{{\"data\": {{\"name\": {}}}, \"directed\": false, \"multigraph\": false,",
            serde_json::to_string(title)?
        )?;
        writeln!(out, "\"elements\": {{")?;
        let of_nodes = columns::of_nodes(report);
        let nodes = graph.nodes().map(|(id, node)| {
            // NetworkX takes the node from `value`, the others from `id`.
            let first = [("id", &node.id), ("value", &node.id), ("name", &node.name)];
            let first = first.map(|(name, text)| (name, Value::Text(text))).into();
            Element { data: Object::new(first, &of_nodes, id) }
        });
        write_lines(out, "nodes", nodes)?;
        writeln!(out, ",")?;
        let prefix = prefix(graph);
        let ids: Vec<String> = columns::edges(graph).map(|(id, ..)| format!("{prefix}{}", id.0)).collect();
        let of_edges = columns::of_edges(report);
        let edges = columns::edges(graph).zip(&ids).map(|((id, a, b, edge), name)| {
            let ends = [("id", name), ("source", &graph.node(a).id), ("target", &graph.node(b).id)];
            let mut first: Vec<(&str, Value<'_>)> = ends.map(|(name, text)| (name, Value::Text(text))).into();
            first.push(("weight", Value::Float(edge.weight)));
            Element { data: Object::new(first, &of_edges, columns::Tie::of(graph, id)) }
        });
        write_lines(out, "edges", edges)?;
        writeln!(out, "\n}}}}")
    })
}

/// What the ids of edges begin with and no id of a node does: Cytoscape.js has one space for both.
fn prefix(graph: &EntityGraph) -> String {
    let mut prefix = "tie-".to_owned();
    while graph.nodes().any(|(_, node)| node.id.starts_with(&prefix)) {
        prefix.push('-');
    }
    prefix
}
