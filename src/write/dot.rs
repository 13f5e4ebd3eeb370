//! DOT for Graphviz. Written by hand: every id and label goes through one quoting function.

use std::fmt::Write as _;

use super::text::{self, MAX_LABEL, label};
use super::{Options, Sink, svg};
use crate::error::Result;
use crate::graph::{ACTING, EntityGraph, NodeId};
use crate::measure::Report;
use crate::model::EntityType;

/// Writes the graph with labels, sizes by the sentences of an actor, colours by type, widths by weight.
pub fn write(report: &Report, options: &Options, sink: &mut Sink) -> Result<()> {
    let text = dot(report, options);
    sink.part("graph.dot", |out| out.write_all(text.as_bytes()))
}

/// The graph as DOT.
pub fn dot(report: &Report, options: &Options) -> String {
    let graph = &report.graph;
    let mut out = String::from("graph actant {\n");
    out.push_str(
        "  graph [layout=sfdp, overlap=false, splines=true, outputorder=edgesfirst, fontname=\"Helvetica\"];\n",
    );
    out.push_str("  node [shape=box, style=\"rounded,filled\", fontname=\"Helvetica\", penwidth=0];\n");
    out.push_str("  edge [color=\"#8a8f98\"];\n");
    if !options.title.is_empty() {
        let _ = writeln!(out, "  label={};", quote(&label(&options.title, MAX_LABEL)));
    }
    let most = graph.nodes().map(|(_, node)| node.sentences).max().unwrap_or(1).max(1) as f64;
    for (_, node) in graph.nodes() {
        let size = 10.0 + 14.0 * (node.sentences as f64 / most).sqrt();
        let _ = writeln!(
            out,
            "  {} [label={}, fontsize={size:.1}, fillcolor={}, type={}, sentences={}, mentions={}, documents={}];",
            id(&node.id),
            quote(&label(&node.name, MAX_LABEL)),
            quote(fill(&node.entity_type)),
            quote(&label(node.entity_type.name(), MAX_LABEL)),
            node.sentences,
            node.mentions,
            node.documents,
        );
    }
    let heaviest = graph.edges().map(|(_, _, _, edge)| graph.pull(edge)).fold(1.0, f64::max);
    for (_, a, b, edge) in graph.edges() {
        let width = 0.5 + 5.5 * (graph.pull(edge) / heaviest).max(0.0).sqrt();
        let style = if edge.kind() == ACTING { "" } else { ", style=dashed" };
        let tip = edge.evidence.first().map_or_else(String::new, |evidence| label(&evidence.text, MAX_LABEL));
        let _ = writeln!(
            out,
            "  {} -- {} [weight={}, penwidth={width:.2}, w={}, sentences={}, documents={}, tooltip={}{style}];",
            name(graph, a),
            name(graph, b),
            // Graphviz takes whole numbers only; the true weight is `w`.
            graph.pull(edge).round().clamp(1.0, 1e9) as u64,
            quote(&edge.weight.to_string()),
            edge.sentences,
            edge.documents,
            quote(&tip),
        );
    }
    out.push_str("}\n");
    out
}

fn name(graph: &EntityGraph, node: NodeId) -> String {
    id(&graph.node(node).id)
}

/// An id, quoted. Graphviz refuses strings over 16 KiB: a very long id is cut.
fn id(id: &str) -> String {
    quote(&text::id(id))
}

/// A quoted string: quotes and backslashes escaped, so that nothing in a name is an escape of Graphviz's own.
fn quote(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn fill(entity_type: &EntityType) -> &'static str {
    svg::colour(entity_type).pale
}
