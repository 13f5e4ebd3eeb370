//! Node-link JSON with `links`, as D3 and force-graph read it.

use super::columns::{self, Value};
use super::json::{Object, write_lines};
use super::{Options, Sink};
use crate::error::Result;
use crate::measure::Report;

/// Writes nodes with `group`, and links with `value`: the words that the examples of D3 colour and draw by.
pub fn write(report: &Report, _: &Options, sink: &mut Sink) -> Result<()> {
    sink.part("graph.d3.json", |out| {
        let graph = &report.graph;
        writeln!(out, "{{\"directed\": false, \"multigraph\": false, \"graph\": {{}},")?;
        let of_nodes = columns::of_nodes(report);
        let nodes = graph.nodes().map(|(id, node)| {
            let first = [("id", &*node.id), ("name", &node.name), ("group", node.entity_type.name())];
            Object::new(first.map(|(name, text)| (name, Value::Text(text))).into(), &of_nodes, id)
        });
        write_lines(out, "nodes", nodes)?;
        writeln!(out, ",")?;
        let of_edges = columns::of_edges(report);
        let links = columns::edges(graph).map(|(id, a, b, edge)| {
            let first = vec![
                ("source", Value::Text(&graph.node(a).id)),
                ("target", Value::Text(&graph.node(b).id)),
                ("value", Value::Float(edge.weight)),
                ("weight", Value::Float(edge.weight)),
            ];
            Object::new(first, &of_edges, columns::Tie::of(graph, id))
        });
        write_lines(out, "links", links)?;
        writeln!(out, "\n}}")
    })
}
