//! `actant between A B`: the ties between two communities.

use serde_json::json;

use super::console::{Out, Outcome, visible};
use super::table::{self, Form};
use super::{GraphArg, done, lookup};
use crate::error::{Error, Result};
use crate::graph::{Edge, EntityGraph, NodeId};
use crate::measure::Report;
use crate::write::count;

/// Arguments of `actant between`.
#[derive(clap::Args)]
pub struct Args {
    /// A community: the name of any of its members
    #[arg(value_name = "COMMUNITY")]
    first: String,
    /// Another one
    #[arg(value_name = "COMMUNITY")]
    second: String,
    #[command(flatten)]
    graph: GraphArg,
    /// How many ties
    #[arg(short = 'n', long, value_name = "N", default_value_t = 15)]
    top: usize,
    /// In what form
    #[arg(long, value_enum, default_value_t = Form::Table)]
    format: Form,
}

/// A tie with its end in the first community and that in the second.
type Tie<'g> = (NodeId, NodeId, &'g Edge);

/// Prints the ties, the strongest first, each with a sentence.
pub fn run(args: &Args) -> Result<Outcome> {
    let report = args.graph.read()?;
    let graph = &report.graph;
    let (a, b) = (community(&report, &args.first)?, community(&report, &args.second)?);
    if a == b {
        return Err(Error::new(
            "",
            format!("`{}` and `{}` are in one community, that of {a}", args.first, args.second),
        )
        .way_out("name members of two; `actant top` and `actant show` tell who is where"));
    }
    let within = |node: NodeId| report.community(node);
    let ties: Vec<Tie> = graph
        .edges()
        .filter_map(|(_, source, target, edge)| match (within(source)?, within(target)?) {
            ends if ends == (a, b) => Some((source, target, edge)),
            ends if ends == (b, a) => Some((target, source, edge)),
            _ => None,
        })
        .collect();
    let mut out = Out::new();
    match args.format {
        Form::Table => text(args, &report, (a, b), &ties, &mut out)?,
        form => {
            let columns = ["actor", "tied to", "n", "documents", "sources", "weight", "document", "sentence", "text"];
            let rows: Vec<_> = ties.iter().take(args.top).map(|tie| cells(graph, tie)).collect();
            table::print(&mut out, form, &columns, &rows)?;
        }
    }
    out.close()?;
    done()
}

/// The label of the community of an actor.
fn community<'r>(report: &'r Report, name: &str) -> Result<&'r str> {
    let node = lookup::find(&report.graph, name)?;
    report
        .community(node)
        .ok_or_else(|| Error::new("", "this graph has no communities").way_out("build it again with `actant build`"))
}

fn text(args: &Args, report: &Report, (a, b): (&str, &str), ties: &[Tie], out: &mut Out) -> Result<()> {
    let graph = &report.graph;
    let size = |label: &str| {
        let members = graph.nodes().filter(|(id, _)| report.community(*id) == Some(label)).count();
        format!("the community of {} ({})", visible(label), count(members as u64, "actor"))
    };
    out.line(&format!("{} and {}: {}", size(a), size(b), count(ties.len() as u64, "tie")))?;
    for (one, other, edge) in ties.iter().take(args.top) {
        let name = |node: &NodeId| visible(&graph.node(*node).name);
        out.line(&format!("\n{} – {}: {}", name(one), name(other), count(edge.n, graph.corpus.unit.noun())))?;
        if let Some(evidence) = edge.evidence.first() {
            let place = format!("{}, sentence {}", evidence.document, evidence.sentence + 1);
            out.line(&format!("  {} [{}]", visible(&evidence.text), visible(&place)))?;
        }
    }
    if ties.len() > args.top {
        out.line(&format!("\nand {} more", count((ties.len() - args.top) as u64, "tie")))?;
    }
    Ok(())
}

fn cells(graph: &EntityGraph, (one, other, edge): &Tie) -> Vec<serde_json::Value> {
    let evidence = edge.evidence.first();
    vec![
        json!(graph.node(*one).name),
        json!(graph.node(*other).name),
        json!(edge.n),
        json!(edge.documents),
        json!(edge.sources),
        json!(edge.weight),
        json!(evidence.map(|evidence| &*evidence.document)),
        json!(evidence.map(|evidence| evidence.sentence + 1)),
        json!(evidence.map(|evidence| &*evidence.text)),
    ]
}
