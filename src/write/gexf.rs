//! GEXF 1.3 for Gephi, Gephi Lite and NetworkX: a graph with typed attributes, as it is or day by day.
//!
//! Day by day, an actor or a tie with dated documents is there on their days only, and has its count of each; one without is
//! always there.

use std::io::{self, Write};

use super::columns::{self, Column, Kind, Tie};
use super::text::{self, MAX_LABEL, label, xml};
use super::{Options, Sink};
use crate::error::Result;
use crate::graph::NodeId;
use crate::measure::Report;
use crate::model::Date;

/// Writes nodes and edges with all their columns as attributes.
pub fn write(report: &Report, options: &Options, sink: &mut Sink) -> Result<()> {
    sink.part("graph.gexf", |out| graph(out, report, options, false))
}

/// Writes the same with the days on which they are seen.
pub fn write_dynamic(report: &Report, options: &Options, sink: &mut Sink) -> Result<()> {
    sink.part("graph.dynamic.gexf", |out| graph(out, report, options, true))
}

fn graph(out: &mut dyn Write, report: &Report, options: &Options, dynamic: bool) -> io::Result<()> {
    let (of_nodes, of_edges) = (columns::of_nodes(report), columns::of_edges(report));
    head(out, options, dynamic)?;
    declare(out, "node", &of_nodes)?;
    if dynamic {
        declare_count(out, "node", "n by day")?;
    }
    declare(out, "edge", &of_edges)?;
    if dynamic {
        // Gephi draws by the attribute of this name.
        declare_count(out, "edge", "weight")?;
    }
    nodes(out, report, &of_nodes, dynamic)?;
    edges(out, report, &of_edges, dynamic)?;
    out.write_all(b"</graph>\n</gexf>\n")
}

fn head(out: &mut dyn Write, options: &Options, dynamic: bool) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    // NetworkX takes exactly this namespace. No day in `meta`: the same graph gives the same bytes.
    writeln!(out, "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">")?;
    writeln!(out, "<meta><creator>actant {}</creator>", env!("CARGO_PKG_VERSION"))?;
    writeln!(out, "<description>{}</description></meta>", xml(&label(&options.title, MAX_LABEL)))?;
    // NetworkX knows intervals only.
    let time = "mode=\"dynamic\" timeformat=\"date\" timerepresentation=\"interval\"";
    let mode = if dynamic { time } else { "mode=\"static\"" };
    writeln!(out, "<graph defaultedgetype=\"undirected\" {mode} idtype=\"string\">")
}

fn declare_count(out: &mut dyn Write, class: &str, title: &str) -> io::Result<()> {
    writeln!(out, "<attributes class=\"{class}\" mode=\"dynamic\">")?;
    writeln!(out, "<attribute id=\"by-day\" title=\"{title}\" type=\"double\"/>\n</attributes>")
}

fn declare<I>(out: &mut dyn Write, class: &str, columns: &[Column<'_, I>]) -> io::Result<()> {
    writeln!(out, "<attributes class=\"{class}\" mode=\"static\">")?;
    for column in columns {
        let name = column.name;
        writeln!(out, "<attribute id=\"{name}\" title=\"{name}\" type=\"{}\"/>", type_name(column.kind))?;
    }
    writeln!(out, "</attributes>")
}

fn nodes(out: &mut dyn Write, report: &Report, columns: &[Column<'_, NodeId>], dynamic: bool) -> io::Result<()> {
    writeln!(out, "<nodes count=\"{}\">", report.graph.n_nodes())?;
    for (id, node) in report.graph.nodes() {
        let name = xml(&label(&node.name, MAX_LABEL));
        writeln!(out, "<node id=\"{}\" label=\"{name}\">", xml(&text::id(&node.id)))?;
        values(out, columns, id, if dynamic { &node.days } else { &[] })?;
        writeln!(out, "</node>")?;
    }
    writeln!(out, "</nodes>")
}

fn edges<'r>(
    out: &mut dyn Write,
    report: &'r Report,
    columns: &[Column<'r, Tie<'r>>],
    dynamic: bool,
) -> io::Result<()> {
    let graph = &report.graph;
    writeln!(out, "<edges count=\"{}\">", columns::edges(graph).count())?;
    for (number, (id, a, b, edge)) in columns::edges(graph).enumerate() {
        let (source, target) = (text::id(&graph.node(a).id), text::id(&graph.node(b).id));
        let (source, target, weight) = (xml(&source), xml(&target), edge.weight);
        writeln!(out, "<edge id=\"{number}\" source=\"{source}\" target=\"{target}\" weight=\"{weight}\">")?;
        values(out, columns, Tie::of(graph, id), if dynamic { &edge.days } else { &[] })?;
        writeln!(out, "</edge>")?;
    }
    writeln!(out, "</edges>")
}

fn values<I: Copy>(out: &mut dyn Write, columns: &[Column<'_, I>], of: I, days: &[(Date, u64)]) -> io::Result<()> {
    write!(out, "<attvalues>")?;
    for column in columns {
        if let Some(value) = column.value(of) {
            write!(out, "<attvalue for=\"{}\" value=\"{}\"/>", column.name, xml(&value.text('|')))?;
        }
    }
    for (day, n) in days {
        write!(out, "<attvalue for=\"by-day\" value=\"{n}\" start=\"{day}\" end=\"{day}\"/>")?;
    }
    writeln!(out, "</attvalues>")?;
    if days.is_empty() {
        return Ok(());
    }
    write!(out, "<spells>")?;
    for (day, _) in days {
        write!(out, "<spell start=\"{day}\" end=\"{day}\"/>")?;
    }
    writeln!(out, "</spells>")
}

/// The schema knows no `int`; Gephi drops an attribute of a type that it does not know.
fn type_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Integer => "long",
        Kind::Float => "double",
        Kind::Text | Kind::Day | Kind::List => "string",
    }
}
