//! `actant top`: the most central actors.

use std::path::PathBuf;

use serde_json::json;

use super::backbone::BackboneArg;
use super::console::{Out, Outcome, note};
use super::done;
use super::input::ThreadArgs;
use super::stability::{Draws, Ranked, StabilityArg};
use super::table::{self, Form};
use crate::error::{Error, Result};
use crate::graph::{Node, NodeId};
use crate::measure::stability::{self, Places};
use crate::measure::{self, COUNTS, MEASURES, Report};
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
    #[command(flatten)]
    stability: StabilityArg,
    /// How many
    #[arg(short = 'n', long, value_name = "N", default_value_t = 20)]
    top: usize,
    /// Only actors of this type: person, place, organization or one of your own
    #[arg(long = "type", value_name = "TYPE")]
    entity_type: Option<String>,
    /// In what form
    #[arg(long, value_enum, default_value_t = Form::Table)]
    format: Form,
    #[command(flatten)]
    threads: ThreadArgs,
}

/// Prints the table.
pub fn run(args: &Args) -> Result<Outcome> {
    args.threads.set()?;
    let mut report = saved::read_counts(&args.graph)?;
    args.by.iter().try_for_each(|name| known(name))?;
    let draws = args.stability.draws(&args.graph, &report, &args.by)?;
    if args.backbone.apply(&mut report)?.is_some() {
        // The question is who is central among these ties.
        report.scores.clear();
    }
    let columns: Vec<Vec<f64>> = args.by.iter().map(|name| column(&report, name)).collect();
    let wanted = |node: &Node| args.entity_type.as_deref().is_none_or(|wanted| node.entity_type.name() == wanted);
    let mut nodes: Vec<NodeId> = report.graph.nodes().filter(|(_, node)| wanted(node)).map(|(id, _)| id).collect();
    if nodes.is_empty()
        && let Some(wanted) = &args.entity_type
    {
        return Err(no_type(&report, wanted));
    }
    let score = |node: NodeId| columns[0][node.0 as usize];
    nodes.sort_by(|&a, &b| score(b).total_cmp(&score(a)).then(a.cmp(&b)));
    let ranked = Ranked { backbone: args.backbone.parsed()?, wanted: &wanted, all: nodes.len() };
    nodes.truncate(args.top);
    let ids: Vec<&str> = nodes.iter().map(|&node| &*report.graph.node(node).id).collect();
    let intervals = draws.as_ref().map(|draws| draws.intervals(&report, &ranked, &ids));
    let row = |(rank, &id): (usize, &NodeId)| {
        let node = report.graph.node(id);
        let mut row = vec![json!(rank + 1), json!(node.name), json!(node.entity_type.name())];
        for (at, column) in columns.iter().enumerate() {
            row.push(number(column[id.0 as usize]));
            row.extend(intervals.iter().flat_map(|intervals| interval(args.format, intervals[at][rank])));
        }
        row
    };
    let rows: Vec<Vec<serde_json::Value>> = nodes.iter().enumerate().map(row).collect();
    let names = names(args, intervals.is_some());
    let mut out = Out::new();
    table::print(&mut out, args.format, &names.iter().map(String::as_str).collect::<Vec<_>>(), &rows)?;
    out.close()?;
    draws.iter().for_each(Draws::tell);
    let bound = measure::error_bound(report.graph.n_nodes(), report.graph.n_edges());
    if bound > 0.0 && args.by.iter().any(|name| name == "betweenness") {
        note(&format!(
            "betweenness is sampled in so large a graph: off by at most {bound:.3}, nineteen times of twenty"
        ));
    }
    done()
}

/// The headings; those of intervals are one for people, two for programs.
fn names(args: &Args, intervals: bool) -> Vec<String> {
    let mut names: Vec<String> = ["rank", "actor", "type"].map(String::from).into();
    for name in &args.by {
        names.push(name.clone());
        match args.format {
            _ if !intervals => {}
            Form::Table => names.push(format!("rank {} %", stability::PERCENT)),
            Form::Csv | Form::Json => names.extend(["low", "high"].map(|end| format!("{name}_rank_{end}"))),
        }
    }
    names
}

/// The cells of an interval.
fn interval(form: Form, (low, high): Places) -> Vec<serde_json::Value> {
    match form {
        Form::Table if low == high => vec![json!(low.to_string())],
        Form::Table => vec![json!(format!("{low}–{high}"))],
        Form::Csv | Form::Json => vec![json!(low), json!(high)],
    }
}

/// Makes sure that there is such a column.
fn known(name: &str) -> Result<()> {
    let mut known: Vec<&str> = MEASURES.iter().map(|row| row.name).chain(COUNTS.iter().map(|row| row.0)).collect();
    if known.contains(&name) {
        return Ok(());
    }
    known.sort_unstable();
    Err(Error::new("--by", format!("no such measure: `{name}`"))
        .way_out(format!("expected one of {}", known.join(", "))))
}

/// The values of a column: a count of the nodes, a saved measure, or one that is computed now.
fn column(report: &Report, name: &str) -> Vec<f64> {
    let saved = report.scores(name).map(<[f64]>::to_vec);
    saved.or_else(|| measure::scores(&report.graph, name)).unwrap_or_default()
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
