//! `actant path A B`: how two actors are tied, over others.

use serde_json::json;

use super::console::{Out, Outcome, visible};
use super::table::{self, Form};
use super::{PairArgs, done};
use crate::error::Result;
use crate::graph::paths::Path;
use crate::graph::{EdgeId, EntityGraph, NodeId};

/// Arguments of `actant path`.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    pair: PairArgs,
    /// In what form
    #[arg(long, value_enum, default_value_t = Form::Table)]
    format: Form,
}

/// Prints the strongest path and the one with the fewest ties, with a sentence for each tie.
pub fn run(args: &Args) -> Result<Outcome> {
    let (report, a, b) = args.pair.read()?;
    let graph = &report.graph;
    let paths = [("strongest", graph.strongest_path(a, b)), ("shortest", graph.shortest_path(a, b))];
    let paths: Vec<(&str, Path)> = paths.into_iter().filter_map(|(kind, path)| Some((kind, path?))).collect();
    let mut out = Out::new();
    match args.format {
        Form::Table => text(graph, a, b, &paths, &mut out)?,
        Form::Csv => {
            let columns = ["path", "from", "to", "sentences", "weight", "document", "sentence", "text"];
            table::print(&mut out, Form::Csv, &columns, &rows(graph, &paths))?;
        }
        Form::Json => out.line(&as_json(graph, &paths).to_string())?,
    }
    out.close()?;
    done()
}

fn text(graph: &EntityGraph, a: NodeId, b: NodeId, paths: &[(&str, Path)], out: &mut Out) -> Result<()> {
    if paths.is_empty() {
        return out.line(&format!("nothing ties {} and {}, not even over others", name(graph, a), name(graph, b)));
    }
    let same = paths.iter().all(|(_, path)| path.nodes == paths[0].1.nodes);
    for (at, (kind, path)) in paths.iter().enumerate().take(if same { 1 } else { paths.len() }) {
        let kind = if same { "strongest and shortest" } else { kind };
        let names: Vec<String> = path.nodes.iter().map(|&node| name(graph, node)).collect();
        out.line(&format!("{}{kind}: {}", if at > 0 { "\n" } else { "" }, names.join(" – ")))?;
        for (from, to, edge) in steps(path) {
            let edge = graph.edge(edge).2;
            out.line(&format!(
                "  {} – {}: {}",
                name(graph, from),
                name(graph, to),
                crate::write::count(edge.sentences, "sentence")
            ))?;
            if let Some(evidence) = edge.evidence.first() {
                let place = format!("{}, sentence {}", evidence.document, evidence.sentence + 1);
                out.line(&format!("    {} [{}]", visible(&evidence.text), visible(&place)))?;
            }
        }
    }
    Ok(())
}

fn rows(graph: &EntityGraph, paths: &[(&str, Path)]) -> Vec<Vec<serde_json::Value>> {
    let row = |kind: &str, (from, to, edge): (NodeId, NodeId, EdgeId)| {
        let edge = graph.edge(edge).2;
        let evidence = edge.evidence.first();
        vec![
            json!(kind),
            json!(graph.node(from).name),
            json!(graph.node(to).name),
            json!(edge.sentences),
            json!(edge.weight),
            json!(evidence.map(|evidence| &*evidence.document)),
            json!(evidence.map(|evidence| evidence.sentence + 1)),
            json!(evidence.map(|evidence| &*evidence.text)),
        ]
    };
    paths.iter().flat_map(|(kind, path)| steps(path).map(|step| row(kind, step)).collect::<Vec<_>>()).collect()
}

fn as_json(graph: &EntityGraph, paths: &[(&str, Path)]) -> serde_json::Value {
    let step = |(from, to, edge): (NodeId, NodeId, EdgeId)| {
        let edge = graph.edge(edge).2;
        let evidence = edge.evidence.first().map(
            |evidence| json!({"document": &*evidence.document, "sentence": evidence.sentence + 1, "text": &*evidence.text}),
        );
        json!({"source": graph.node(from).id, "target": graph.node(to).id, "sentences": edge.sentences,
               "documents": edge.documents, "weight": edge.weight, "evidence": evidence})
    };
    let object = |(kind, path): &(&str, Path)| {
        let nodes: Vec<&str> = path.nodes.iter().map(|&node| &*graph.node(node).id).collect();
        json!({"path": kind, "nodes": nodes, "length": path.length, "ties": steps(path).map(step).collect::<Vec<_>>()})
    };
    paths.iter().map(object).collect()
}

fn steps(path: &Path) -> impl Iterator<Item = (NodeId, NodeId, EdgeId)> + '_ {
    path.edges.iter().enumerate().map(|(at, &edge)| (path.nodes[at], path.nodes[at + 1], edge))
}

fn name(graph: &EntityGraph, node: NodeId) -> String {
    visible(&graph.node(node).name)
}
