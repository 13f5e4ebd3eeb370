//! Node-link JSON: `networkx.node_link_graph(data, edges="edges")`.

use super::columns::{self, Value};
use super::json::{Object, write_lines};
use super::{Options, Sink};
use crate::error::Result;
use crate::measure::Report;

/// Writes nodes and edges with all their columns.
pub fn write(report: &Report, _: &Options, sink: &mut Sink) -> Result<()> {
    sink.part("graph.node-link.json", |out| {
        let graph = &report.graph;
        writeln!(out, "{{\"directed\": false, \"multigraph\": false, \"graph\": {{}},")?;
        let of_nodes = columns::of_nodes(report);
        let nodes = graph.nodes().map(|(id, node)| {
            let first = vec![("id", Value::Text(&node.id)), ("name", Value::Text(&node.name))];
            Object::new(first, &of_nodes, id)
        });
        write_lines(out, "nodes", nodes)?;
        writeln!(out, ",")?;
        let of_edges = columns::of_edges(report);
        let edges = graph.edges().map(|(id, a, b, edge)| {
            let first = vec![
                ("source", Value::Text(&graph.node(a).id)),
                ("target", Value::Text(&graph.node(b).id)),
                ("weight", Value::Float(edge.weight)),
            ];
            Object::new(first, &of_edges, columns::Tie::of(graph, id))
        });
        write_lines(out, "edges", edges)?;
        writeln!(out, "\n}}")
    })
}
