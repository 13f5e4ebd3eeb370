//! `actant show NAME`: one actor.

use std::collections::BTreeMap;

use serde_json::json;

use super::console::{Out, Outcome, visible};
use super::periods::{self, Per};
use super::table::{self, Form};
use super::{GraphArg, done, lookup, undecided};
use crate::error::Result;
use crate::graph::words::Words;
use crate::graph::{EntityGraph, Node, NodeId};
use crate::measure::Report;
use crate::write::count;

/// Arguments of `actant show`.
#[derive(clap::Args)]
pub struct Args {
    /// The actor: name, alias or id
    name: String,
    #[command(flatten)]
    graph: GraphArg,
    /// How many ties
    #[arg(short = 'n', long, value_name = "N", default_value_t = 15)]
    top: usize,
    /// Count by day, week or month [default: the last periods, by the time the documents span]
    #[arg(long, value_enum)]
    per: Option<Per>,
    /// In what form: csv has the ties only, with --per the periods only
    #[arg(long, value_enum, default_value_t = Form::Table)]
    format: Form,
}

/// So many words that mark a tie are shown.
const WORDS: usize = 4;

/// Prints the profile.
pub fn run(args: &Args) -> Result<Outcome> {
    let report = args.graph.read()?;
    let node = lookup::find(&report.graph, &args.name)?;
    let mut out = Out::new();
    match args.format {
        Form::Table => {
            profile(&report, node, &mut out)?;
            ties(args, &report.graph, node, &mut out)?;
            periods(args, &report.graph, node, &mut out)?;
        }
        Form::Csv => match args.per {
            None => ties(args, &report.graph, node, &mut out)?,
            Some(per) => {
                let periods = periods::of_actor(&report.graph, node, per);
                table::print(&mut out, args.format, &periods.columns, &periods.rows)?;
            }
        },
        Form::Json => out.line(&as_json(args, &report, node).to_string())?,
    }
    out.close()?;
    done()
}

fn profile(report: &Report, id: NodeId, out: &mut Out) -> Result<()> {
    let node = report.graph.node(id);
    out.line(&format!("{} ({}, {})", visible(&node.name), node.entity_type.name(), node.id))?;
    let seen = node.first.zip(node.last).map_or_else(String::new, |(first, last)| {
        if first == last { format!(", on {first}") } else { format!(", from {first} to {last}") }
    });
    out.line(&format!(
        "{}, acts in {} of {}{seen}",
        count(node.mentions, "mention"),
        count(node.n, report.graph.corpus.unit.noun()),
        count(node.documents, "document"),
    ))?;
    out.line(&format!("seen as {}", counted(aliases(node))))?;
    if !node.affiliations.is_empty() {
        let name =
            |id: &str| report.graph.nodes().find(|(_, n)| n.id == id).map_or(id.to_owned(), |(_, n)| n.name.clone());
        let mut list: Vec<(String, u64)> = node.affiliations.iter().map(|(id, n)| (name(id), *n)).collect();
        list.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        out.line(&format!("titles name {}", counted(list)))?;
    }
    let measures: Vec<String> =
        report.scores.iter().map(|(name, scores)| format!("{name} {}", figure(scores[id.0 as usize]))).collect();
    out.line(&measures.join(", "))?;
    // Alone it would only repeat the name.
    if let Some(community) = report.community(id).filter(|community| *community != node.name) {
        out.line(&format!("in the community of {}", visible(community)))?;
    }
    let undecided = undecided::line(&report.graph, node);
    if !undecided.is_empty() {
        out.line(&format!("may also be meant where nothing decides: {undecided}"))?;
    }
    out.line("")
}

/// The forms seen, the commonest first.
fn aliases(node: &Node) -> Vec<(String, u64)> {
    let mut list: Vec<(String, u64)> = node.aliases.iter().map(|(alias, n)| (alias.clone(), *n)).collect();
    list.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    list
}

fn counted(list: Vec<(String, u64)>) -> String {
    list.into_iter().map(|(name, n)| format!("{} {n}", visible(&name))).collect::<Vec<_>>().join(", ")
}

fn figure(value: f64) -> String {
    if value.fract() == 0.0 { format!("{value}") } else { format!("{value:.4}") }
}

fn ties(args: &Args, graph: &EntityGraph, node: NodeId, out: &mut Out) -> Result<()> {
    let ties = graph.ties(node);
    let words = Words::of(graph);
    // As in the tables: only where the graph has ties of those who do not both act.
    let marked = graph.edges().any(|(.., edge)| !edge.contexts.is_empty());
    let rows: Vec<Vec<serde_json::Value>> = ties
        .iter()
        .take(args.top)
        .map(|(id, edge)| {
            let (other, (_, _, edge)) = (graph.node(*id), graph.edge(*edge));
            let mut row = vec![
                json!(other.name),
                json!(other.entity_type.name()),
                json!(edge.n),
                json!(edge.documents),
                json!(edge.sources),
                json!(edge.first.map(|date| date.to_string())),
                json!(edge.last.map(|date| date.to_string())),
                json!(words.marking(graph, (node, *id), edge, WORDS).join(", ")),
            ];
            row.extend(marked.then(|| json!(edge.kind())));
            row
        })
        .collect();
    let columns = ["tied to", "type", "n", "documents", "sources", "first", "last", "words", "kind"];
    table::print(out, args.format, &columns[..columns.len() - usize::from(!marked)], &rows)?;
    if args.format == Form::Table && ties.len() > args.top {
        out.line(&format!("and {} more", ties.len() - args.top))?;
    }
    Ok(())
}

/// Prints in how many units the actor acts, by period; the last ones if there are many and none was asked for.
fn periods(args: &Args, graph: &EntityGraph, id: NodeId, out: &mut Out) -> Result<()> {
    /// So many rows fit a screen beside the ties.
    const SHOWN: usize = 12;
    let node = graph.node(id);
    let (Some((first, _)), Some((last, _))) = (node.days.first(), node.days.last()) else { return Ok(()) };
    let per = args.per.unwrap_or_else(|| Per::for_days(*first, *last));
    let periods = periods::of_actor(graph, id, per);
    let from = if args.per.is_some() { 0 } else { periods.rows.len().saturating_sub(SHOWN) };
    out.line("")?;
    table::print(out, Form::Table, &[per.name(), "n", "most with", "shared"], &periods.rows[from..])?;
    if periods.undated > 0 {
        out.line(&format!("and {} without a day", periods.undated))?;
    }
    Ok(())
}

fn as_json(args: &Args, report: &Report, id: NodeId) -> serde_json::Value {
    let (graph, node) = (&report.graph, report.graph.node(id));
    let measures: serde_json::Map<String, serde_json::Value> =
        report.scores.iter().map(|(name, scores)| ((*name).to_owned(), json!(scores[id.0 as usize]))).collect();
    let words = Words::of(graph);
    let ties: Vec<serde_json::Value> = graph
        .ties(id)
        .iter()
        .take(args.top)
        .map(|(with, tie)| {
            let (other, (_, _, edge)) = (graph.node(*with), graph.edge(*tie));
            json!({"words": words.marking(graph, (id, *with), edge, WORDS),"id": other.id, "name": other.name, "type": other.entity_type.name(), "sentences": edge.sentences,
                   "n": edge.n, "documents": edge.documents, "sources": edge.sources, "kind": edge.kind(),
                   "first": edge.first.map(|date| date.to_string()), "last": edge.last.map(|date| date.to_string()), "weight": edge.weight,
                   "measures": graph.values(*tie).iter().map(|(row, value)| (row.name, value)).collect::<BTreeMap<_, _>>()})
        })
        .collect();
    let mut object = json!({
        "id": node.id, "name": node.name, "type": node.entity_type.name(), "mentions": node.mentions,
        "sentences": node.sentences, "n": node.n, "documents": node.documents,
        "first": node.first.map(|date| date.to_string()), "last": node.last.map(|date| date.to_string()),
        "days": node.days.iter().map(|(day, n)| (day.to_string(), *n)).collect::<BTreeMap<_, _>>(),
        "aliases": node.aliases, "affiliations": node.affiliations, "measures": measures,
        "community": report.community(id), "undecided": undecided::as_json(graph, node), "ties": ties,
    });
    if let Some(per) = args.per {
        object["periods"] = json!(periods::of_actor(graph, id, per).as_json());
    }
    object
}
