//! GEXF 1.3 for Gephi, Gephi Lite and NetworkX: a static graph with typed attributes.

use std::io::{self, Write};

use super::columns::{self, Column, Kind};
use super::text::{self, MAX_LABEL, label, xml};
use super::{Options, Sink};
use crate::error::Result;
use crate::measure::Report;

/// Writes nodes and edges with all their columns as attributes.
pub fn write(report: &Report, options: &Options, sink: &mut Sink) -> Result<()> {
    sink.part("graph.gexf", |out| {
        let (of_nodes, of_edges) = (columns::of_nodes(report), columns::of_edges(report));
        head(out, options)?;
        declare(out, "node", &of_nodes)?;
        declare(out, "edge", &of_edges)?;
        nodes(out, report, &of_nodes)?;
        edges(out, report, &of_edges)?;
        out.write_all(b"</graph>\n</gexf>\n")
    })
}

fn head(out: &mut dyn Write, options: &Options) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    // NetworkX takes exactly this namespace. No day in `meta`: the same graph gives the same bytes.
    writeln!(out, "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">")?;
    writeln!(out, "<meta><creator>actant {}</creator>", env!("CARGO_PKG_VERSION"))?;
    writeln!(out, "<description>{}</description></meta>", xml(&label(&options.title, MAX_LABEL)))?;
    writeln!(out, "<graph defaultedgetype=\"undirected\" mode=\"static\" idtype=\"string\">")
}

fn declare<I>(out: &mut dyn Write, class: &str, columns: &[Column<'_, I>]) -> io::Result<()> {
    writeln!(out, "<attributes class=\"{class}\" mode=\"static\">")?;
    for column in columns {
        let name = column.name;
        writeln!(out, "<attribute id=\"{name}\" title=\"{name}\" type=\"{}\"/>", type_name(column.kind))?;
    }
    writeln!(out, "</attributes>")
}

fn nodes(out: &mut dyn Write, report: &Report, columns: &[Column<'_, crate::graph::NodeId>]) -> io::Result<()> {
    writeln!(out, "<nodes count=\"{}\">", report.graph.n_nodes())?;
    for (id, node) in report.graph.nodes() {
        let name = xml(&label(&node.name, MAX_LABEL));
        writeln!(out, "<node id=\"{}\" label=\"{name}\">", xml(&text::id(&node.id)))?;
        values(out, columns, id)?;
        writeln!(out, "</node>")?;
    }
    writeln!(out, "</nodes>")
}

fn edges(out: &mut dyn Write, report: &Report, columns: &[Column<'_, crate::graph::EdgeId>]) -> io::Result<()> {
    let graph = &report.graph;
    writeln!(out, "<edges count=\"{}\">", columns::edges(graph).count())?;
    for (number, (id, a, b, edge)) in columns::edges(graph).enumerate() {
        let (source, target) = (text::id(&graph.node(a).id), text::id(&graph.node(b).id));
        let (source, target, weight) = (xml(&source), xml(&target), edge.weight);
        writeln!(out, "<edge id=\"{number}\" source=\"{source}\" target=\"{target}\" weight=\"{weight}\">")?;
        values(out, columns, id)?;
        writeln!(out, "</edge>")?;
    }
    writeln!(out, "</edges>")
}

fn values<I: Copy>(out: &mut dyn Write, columns: &[Column<'_, I>], of: I) -> io::Result<()> {
    write!(out, "<attvalues>")?;
    for column in columns {
        if let Some(value) = column.value(of) {
            write!(out, "<attvalue for=\"{}\" value=\"{}\"/>", column.name, xml(&value.text('|')))?;
        }
    }
    writeln!(out, "</attvalues>")
}

/// The schema knows no `int`; Gephi drops an attribute of a type that it does not know.
fn type_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Integer => "long",
        Kind::Float => "double",
        Kind::Text | Kind::Day | Kind::List => "string",
    }
}
