//! Pajek's .net file, which igraph and NetworkX read too. It holds names and weights only.

use super::{Options, Sink, columns};
use crate::error::Result;
use crate::measure::Report;

/// Writes numbered vertices and their edges.
pub fn write(report: &Report, _: &Options, sink: &mut Sink) -> Result<()> {
    sink.part("graph.net", |out| {
        let graph = &report.graph;
        writeln!(out, "*Vertices {}", graph.n_nodes())?;
        // NetworkX knows a vertex by its label.
        for (number, name) in columns::unique_names(graph, clean).into_iter().enumerate() {
            writeln!(out, "{} \"{name}\"", number + 1)?;
        }
        writeln!(out, "*Edges")?;
        for (_, a, b, edge) in columns::edges(graph) {
            writeln!(out, "{} {} {}", a.0 + 1, b.0 + 1, edge.weight)?;
        }
        Ok(())
    })
}

/// Pajek has no escape for a quote, and NetworkX splits lines as a shell does, where a backslash is one.
fn clean(name: &str) -> String {
    name.replace('"', "'").replace('\\', "/")
}
