//! `actant ego NAME`: who is near one actor.

use serde_json::json;

use super::console::{Out, Outcome};
use super::table::{self, Form};
use super::{GraphArg, done, lookup};
use crate::error::Result;

/// Arguments of `actant ego`.
#[derive(clap::Args)]
pub struct Args {
    /// The actor: name, alias or id
    name: String,
    #[command(flatten)]
    graph: GraphArg,
    /// At most so many ties away
    #[arg(long, value_name = "N", default_value_t = 1)]
    radius: u32,
    /// In what form
    #[arg(long, value_enum, default_value_t = Form::Table)]
    format: Form,
}

/// Prints the actors around, the nearest first, with the tie that leads to each on the strongest path.
pub fn run(args: &Args) -> Result<Outcome> {
    let report = args.graph.read_counts()?;
    let graph = &report.graph;
    let centre = lookup::find(graph, &args.name)?;
    let mut near = graph.within(centre, args.radius.min(u32::MAX - 1));
    let direct = |node| graph.between(centre, node).map(|edge| graph.edge(edge).2.sentences);
    // Edges are numbered by strength; those further away stay in order of nodes.
    near.sort_by_key(|(node, ties)| (*ties, graph.between(centre, *node), *node));
    let among: Vec<_> = near.iter().map(|(node, _)| *node).collect();
    let part = graph.subgraph(&among);
    let rows: Vec<Vec<serde_json::Value>> = near
        .iter()
        .map(|&(id, ties)| {
            let node = graph.node(id);
            let inside = part.nodes().find(|(_, other)| other.id == node.id).map_or(0, |(at, _)| part.ties(at).len());
            vec![
                json!(ties),
                json!(node.id),
                json!(node.name),
                json!(node.entity_type.name()),
                json!(node.sentences),
                json!(direct(id)),
                json!(inside),
            ]
        })
        .collect();
    let mut out = Out::new();
    let columns = ["distance", "id", "actor", "type", "sentences", "shared", "ties inside"];
    table::print(&mut out, args.format, &columns, &rows)?;
    out.close()?;
    done()
}
