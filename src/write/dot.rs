//! DOT for Graphviz. Written by hand: every id and label goes through one quoting function.

use std::borrow::Cow;
use std::io::{self, Write};

use super::json::{clean_length, number as count, text};
use super::text::{MAX_LABEL, id, label};
use super::{Options, Sink, svg};
use crate::error::Result;
use crate::graph::ACTING;
use crate::measure::Report;
use crate::model::EntityType;

const HEAD: &str = "graph actant {
  graph [layout=sfdp, overlap=false, splines=true, outputorder=edgesfirst, fontname=\"Helvetica\"];
  node [shape=box, style=\"rounded,filled\", fontname=\"Helvetica\", penwidth=0];
  edge [color=\"#8a8f98\"];
";

/// So many ties have a sentence as a tooltip, the strongest: more cannot be drawn, and with all of them news of 20 MB made 30 MB of DOT.
const MOST_TIPS: usize = 20_000;

/// Writes the graph with labels, sizes by the sentences of an actor, colours by type, widths by weight.
pub fn write(report: &Report, options: &Options, sink: &mut Sink) -> Result<()> {
    sink.part("graph.dot", |out| write_to(out, report, options))
}

/// The graph as DOT.
pub fn dot(report: &Report, options: &Options) -> String {
    let mut out = Vec::new();
    write_to(&mut out, report, options).expect("memory takes all");
    String::from_utf8(out).expect("DOT is written from texts")
}

fn write_to(out: &mut dyn Write, report: &Report, options: &Options) -> io::Result<()> {
    let graph = &report.graph;
    out.write_all(HEAD.as_bytes())?;
    if !options.title.is_empty() {
        out.write_all(b"  label=")?;
        out.write_all(&quoted(&label(&options.title, MAX_LABEL)))?;
        out.write_all(b";\n")?;
    }
    let most = graph.nodes().map(|(_, node)| node.sentences).max().unwrap_or(1).max(1) as f64;
    // Graphviz refuses strings over 16 KiB: a very long id is cut.
    let ids: Vec<Vec<u8>> = graph.nodes().map(|(_, node)| quoted(&id(&node.id))).collect();
    let mut line = Vec::new();
    // Many in a row are named in as many sentences.
    let (mut sentences, mut size) = (u64::MAX, String::new());
    for ((_, node), id) in graph.nodes().zip(&ids) {
        if sentences != node.sentences {
            size = format!(", fontsize={:.1}", 10.0 + 14.0 * (node.sentences as f64 / most).sqrt());
            sentences = node.sentences;
        }
        line.clear();
        text(&mut line, "  ");
        line.extend_from_slice(id);
        text(&mut line, " [label=");
        push_quoted(&mut line, &label(&node.name, MAX_LABEL));
        text(&mut line, &size);
        text(&mut line, ", fillcolor=");
        push_quoted(&mut line, fill(&node.entity_type));
        text(&mut line, ", type=");
        push_quoted(&mut line, &label(node.entity_type.name(), MAX_LABEL));
        count(&mut line, ", sentences=", node.sentences);
        count(&mut line, ", mentions=", node.mentions);
        count(&mut line, ", documents=", node.documents);
        text(&mut line, "];\n");
        out.write_all(&line)?;
    }
    let heaviest = graph.edges().map(|(_, _, _, edge)| graph.pull(edge)).fold(1.0, f64::max);
    if graph.n_edges() > MOST_TIPS {
        writeln!(out, "  // Tooltips: the strongest {MOST_TIPS} of {} ties.", graph.n_edges())?;
    }
    // Edges are in order of weight: many in a row are drawn alike.
    let (mut drawn, mut look) = ((f64::NAN, f64::NAN), String::new());
    for (number, (_, a, b, edge)) in graph.edges().enumerate() {
        let pull = graph.pull(edge);
        if drawn != (pull, edge.weight) {
            let width = 0.5 + 5.5 * (pull / heaviest).max(0.0).sqrt();
            // Graphviz takes whole numbers only; the true weight is `w`.
            let whole = pull.round().clamp(1.0, 1e9) as u64;
            look = format!(" [weight={whole}, penwidth={width:.2}, w=\"{}\"", edge.weight);
            drawn = (pull, edge.weight);
        }
        line.clear();
        text(&mut line, "  ");
        line.extend_from_slice(&ids[a.0 as usize]);
        text(&mut line, " -- ");
        line.extend_from_slice(&ids[b.0 as usize]);
        text(&mut line, &look);
        count(&mut line, ", sentences=", edge.sentences);
        count(&mut line, ", documents=", edge.documents);
        if number < MOST_TIPS {
            let tip = edge.evidence.first().map_or_else(Cow::default, |evidence| label(&evidence.text, MAX_LABEL));
            text(&mut line, ", tooltip=");
            push_quoted(&mut line, &tip);
        }
        text(&mut line, if edge.kind() == ACTING { "];\n" } else { ", style=dashed];\n" });
        out.write_all(&line)?;
    }
    out.write_all(b"}\n")
}

/// A quoted string, see [`push_quoted`].
fn quoted(text: &str) -> Vec<u8> {
    let mut quoted = Vec::with_capacity(text.len() + 2);
    push_quoted(&mut quoted, text);
    quoted
}

/// Adds a quoted string: quotes and backslashes escaped, so that nothing in a name is an escape of Graphviz's own.
fn push_quoted(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    let mut rest = text.as_bytes();
    loop {
        let plain = clean_length(rest, |byte| (byte == b'\\') | (byte == b'"'));
        out.extend_from_slice(&rest[..plain]);
        let Some(&special) = rest.get(plain) else { break };
        out.extend_from_slice(&[b'\\', special]);
        rest = &rest[plain + 1..];
    }
    out.push(b'"');
}

fn fill(entity_type: &EntityType) -> &'static str {
    svg::colour(entity_type).pale
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::{EntityGraph, fixtures};
    use crate::model::CorpusFigures;

    #[test]
    fn only_the_strongest_ties_have_tooltips() {
        for ties in [3, MOST_TIPS, MOST_TIPS + 2] {
            let nodes = (0..=ties).map(|number| fixtures::node(&number.to_string())).collect();
            let edges = (1..=ties).map(|number| (0, number, fixtures::edge(1.0))).collect();
            let graph = EntityGraph::new(nodes, edges, CorpusFigures::default(), Vec::new());
            let dot = dot(&Report { graph, ..Report::default() }, &Options::default());
            assert_eq!(dot.matches(" -- ").count(), ties);
            assert_eq!(dot.matches(", tooltip=\"").count(), ties.min(MOST_TIPS));
            assert_eq!(dot.contains("// Tooltips: the strongest 20000 of 20002 ties."), ties > MOST_TIPS);
        }
    }
}
