//! `actant top`: the most central actors.

use std::path::PathBuf;

use serde_json::json;

use super::backbone::BackboneArg;
use super::console::{Out, Outcome, note};
use super::done;
use super::table::{self, Form};
use crate::error::{Error, Result};
use crate::measure::{self, MEASURES, Report};
use crate::write::saved;

/// Arguments of `actant top`.
#[derive(clap::Args)]
pub struct Args {
    /// The saved graph
    #[arg(value_name = "GRAPH", default_value = "output/graph.json")]
    graph: PathBuf,
    /// Measures with commas; the first one orders: betweenness, closeness, clustering, core, degree, documents,
    /// eigenvector, harmonic, mentions, pagerank, sentences, strength
    #[arg(long, value_name = "MEASURE", value_delimiter = ',', default_value = "sentences,degree,strength,pagerank")]
    by: Vec<String>,
    #[command(flatten)]
    backbone: BackboneArg,
    /// How many
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20)]
    top: usize,
    /// Only actors of this type: person, place, organization or one of your own
    #[arg(long = "type", value_name = "TYPE")]
    entity_type: Option<String>,
    /// In what form
    #[arg(long, value_enum, default_value_t = Form::Table)]
    format: Form,
}

/// Prints the table.
pub fn run(args: &Args) -> Result<Outcome> {
    let mut report = saved::read(&args.graph)?;
    if args.backbone.apply(&mut report)?.is_some() {
        // The question is who is central among these ties.
        report.scores.clear();
    }
    let columns: Vec<Vec<f64>> = args.by.iter().map(|name| column(&report, name)).collect::<Result<_>>()?;
    let mut nodes: Vec<usize> = report
        .graph
        .nodes()
        .filter(|(_, node)| args.entity_type.as_deref().is_none_or(|wanted| node.entity_type.name() == wanted))
        .map(|(id, _)| id.0 as usize)
        .collect();
    if nodes.is_empty()
        && let Some(wanted) = &args.entity_type
    {
        return Err(no_type(&report, wanted));
    }
    nodes.sort_by(|&a, &b| columns[0][b].total_cmp(&columns[0][a]).then(a.cmp(&b)));
    let rows: Vec<Vec<serde_json::Value>> = nodes
        .iter()
        .take(args.top)
        .enumerate()
        .map(|(rank, &at)| {
            let (_, node) = report.graph.nodes().nth(at).expect("a node of this graph");
            let mut row = vec![json!(rank + 1), json!(node.name), json!(node.entity_type.name())];
            row.extend(columns.iter().map(|column| number(column[at])));
            row
        })
        .collect();
    let mut names = vec!["rank", "actor", "type"];
    names.extend(args.by.iter().map(String::as_str));
    let mut out = Out::new();
    table::print(&mut out, args.format, &names, &rows)?;
    out.close()?;
    let bound = measure::error_bound(report.graph.n_nodes(), report.graph.n_edges());
    if bound > 0.0 && args.by.iter().any(|name| name == "betweenness") {
        note(&format!(
            "betweenness is sampled in so large a graph: off by at most {bound:.3}, nineteen times of twenty"
        ));
    }
    done()
}

/// The values of a column: a count of the nodes, a saved measure, or one that is computed now.
fn column(report: &Report, name: &str) -> Result<Vec<f64>> {
    let counts =
        |count: fn(&crate::graph::Node) -> u64| report.graph.nodes().map(|(_, node)| count(node) as f64).collect();
    match name {
        "sentences" => return Ok(counts(|node| node.sentences)),
        "documents" => return Ok(counts(|node| node.documents)),
        "n" => return Ok(counts(|node| node.n)),
        "mentions" => return Ok(counts(|node| node.mentions)),
        _ => {}
    }
    if let Some(scores) = report.scores(name) {
        return Ok(scores.to_vec());
    }
    let row = measure::measure(name).ok_or_else(|| {
        let mut known: Vec<&str> =
            MEASURES.iter().map(|row| row.name).chain(["documents", "mentions", "n", "sentences"]).collect();
        known.sort_unstable();
        Error::new("--by", format!("no such measure: `{name}`"))
            .way_out(format!("expected one of {}", known.join(", ")))
    })?;
    Ok((row.scores)(&report.graph))
}

fn no_type(report: &Report, wanted: &str) -> Error {
    let mut known: Vec<&str> = report.graph.nodes().map(|(_, node)| node.entity_type.name()).collect();
    known.sort_unstable();
    known.dedup();
    Error::new("--type", format!("no actor of type `{wanted}`")).way_out(format!("this graph has {}", known.join(", ")))
}

/// Whole numbers without a point.
fn number(value: f64) -> serde_json::Value {
    if value.fract() == 0.0 && value.abs() < 1e15 { json!(value as i64) } else { json!(value) }
}
