//! `actant common A B`: who is tied to both.

use serde_json::json;

use super::console::{Out, Outcome};
use super::table::{self, Form};
use super::{PairArgs, done};
use crate::error::Result;

/// Arguments of `actant common`.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    pair: PairArgs,
    /// In what form
    #[arg(long, value_enum, default_value_t = Form::Table)]
    format: Form,
}

/// Prints the common neighbours; those first whose weaker tie is strongest.
pub fn run(args: &Args) -> Result<Outcome> {
    let (report, a, b) = args.pair.read_counts()?;
    let graph = &report.graph;
    let rows: Vec<Vec<serde_json::Value>> = graph
        .common(a, b)
        .into_iter()
        .map(|(node, one, other)| {
            let node = graph.node(node);
            let sentences = |edge| graph.edge(edge).2.sentences;
            vec![
                json!(node.id),
                json!(node.name),
                json!(node.entity_type.name()),
                json!(sentences(one)),
                json!(sentences(other)),
            ]
        })
        .collect();
    let (with_a, with_b) = (format!("with {}", graph.node(a).name), format!("with {}", graph.node(b).name));
    let mut out = Out::new();
    let columns = match args.format {
        Form::Table => ["id", "actor", "type", &with_a, &with_b],
        // Programs want the same names every time.
        Form::Csv | Form::Json => ["id", "actor", "type", "sentences_a", "sentences_b"],
    };
    table::print(&mut out, args.format, &columns, &rows)?;
    out.close()?;
    done()
}
