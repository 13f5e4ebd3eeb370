//! GraphML for igraph, NetworkX, yEd, Cytoscape and Gephi.

use std::io::{self, Write};

use super::columns::{self, Column, Kind, Tie};
use super::text::{self, MAX_LABEL, label, xml};
use super::{Options, Sink};
use crate::error::Result;
use crate::graph::NodeId;
use crate::measure::Report;

/// Writes nodes and edges with all their columns as typed data.
pub fn write(report: &Report, _: &Options, sink: &mut Sink) -> Result<()> {
    sink.part("graph.graphml", |out| {
        let (of_nodes, of_edges) = (columns::of_nodes(report), columns::of_edges(report));
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
        keys(out, &of_nodes, &of_edges)?;
        writeln!(out, "<graph id=\"actant\" edgedefault=\"undirected\">")?;
        nodes(out, report, &of_nodes)?;
        edges(out, report, &of_edges)?;
        out.write_all(b"</graph>\n</graphml>\n")
    })
}

/// All keys stand before the graph: igraph loses the attributes of later ones without a word.
fn keys(out: &mut dyn Write, nodes: &[Column<'_, NodeId>], edges: &[Column<'_, Tie<'_>>]) -> io::Result<()> {
    let texts = ["label", "name", "entity"].map(|name| (name, Kind::Text));
    for (name, kind) in texts.into_iter().chain(nodes.iter().map(|column| (column.name, column.kind))) {
        key(out, "node", name, kind)?;
    }
    for (name, kind) in
        [("weight", Kind::Float)].into_iter().chain(edges.iter().map(|column| (column.name, column.kind)))
    {
        key(out, "edge", name, kind)?;
    }
    Ok(())
}

fn key(out: &mut dyn Write, of: &str, name: &str, kind: Kind) -> io::Result<()> {
    // igraph refuses every other word for a type ("integer" too).
    let kind = match kind {
        Kind::Integer => "long",
        Kind::Float => "double",
        Kind::Text | Kind::Day | Kind::List => "string",
    };
    writeln!(out, "<key id=\"{of}-{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")
}

/// The ids of nodes are their numbers: the schema takes no blanks there. The entity's own id is `entity`, as a key called
/// `id` makes igraph lose the ids of nodes.
fn nodes(out: &mut dyn Write, report: &Report, columns: &[Column<'_, NodeId>]) -> io::Result<()> {
    for (id, node) in report.graph.nodes() {
        writeln!(out, "<node id=\"n{}\">", id.0)?;
        data(out, "node", "label", &label(&node.name, MAX_LABEL))?;
        data(out, "node", "name", &label(&node.name, MAX_LABEL))?;
        data(out, "node", "entity", &text::id(&node.id))?;
        values(out, "node", columns, id)?;
        writeln!(out, "</node>")?;
    }
    Ok(())
}

fn edges<'r>(out: &mut dyn Write, report: &'r Report, columns: &[Column<'r, Tie<'r>>]) -> io::Result<()> {
    for (id, a, b, edge) in columns::edges(&report.graph) {
        writeln!(out, "<edge source=\"n{}\" target=\"n{}\">", a.0, b.0)?;
        data(out, "edge", "weight", &edge.weight.to_string())?;
        values(out, "edge", columns, Tie::of(&report.graph, id))?;
        writeln!(out, "</edge>")?;
    }
    Ok(())
}

fn values<I: Copy>(out: &mut dyn Write, class: &str, columns: &[Column<'_, I>], of: I) -> io::Result<()> {
    for column in columns {
        if let Some(value) = column.value(of) {
            data(out, class, column.name, &value.text('|'))?;
        }
    }
    Ok(())
}

fn data(out: &mut dyn Write, class: &str, name: &str, text: &str) -> io::Result<()> {
    writeln!(out, "<data key=\"{class}-{name}\">{}</data>", xml(text))
}
