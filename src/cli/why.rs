//! `actant why A B`: the sentences that tie two actors.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use clap::ValueEnum;
use serde_json::json;

use super::console::{Out, Outcome, visible};
use super::periods::{self, Per, Periods};
use super::{PairArgs, output, table};
use crate::error::{Error, Result, Warning};
use crate::graph::{Edge, EdgeId, EntityGraph, Evidence, NodeId};
use crate::measure::Report;
use crate::model::{Context, Date, Spot, Unit};
use crate::write::{count, evidence};

/// Arguments of `actant why`.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    pair: PairArgs,
    /// Count by day, week or month, in the place of the sentences: together, and each of the two
    #[arg(long, value_enum)]
    per: Option<Per>,
    /// In what form
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For people
    Text,
    /// For spreadsheets: the periods of --per
    Csv,
    /// For programs: an object
    Json,
}

/// Prints the evidence of the tie, or who ties both when they share no sentence.
pub fn run(args: &Args) -> Result<Outcome> {
    let (mut report, a, b) = args.pair.read()?;
    let told = take_all(&mut report, a, b, args.pair.graph.path())?;
    let graph = &report.graph;
    if a == b {
        let name = visible(&graph.node(a).name);
        return Err(Error::new("", format!("`{}` and `{}` are both {name}", args.pair.first, args.pair.second))
            .way_out("name two different actors"));
    }
    let periods = args.per.map(|per| (per, periods::of_tie(graph, a, b, per)));
    let mut out = Out::new();
    match (args.format, &periods) {
        (Form::Text, Some((per, periods))) if !periods.rows.is_empty() => {
            by_period(graph, (a, b), *per, periods, &mut out)?
        }
        (Form::Text, _) => text(graph, a, b, &mut out)?,
        (Form::Csv, Some((_, periods))) => table::print(&mut out, table::Form::Csv, &periods.columns, &periods.rows)?,
        (Form::Csv, None) => {
            return Err(Error::new("--format csv", "it has the periods of --per only")
                .way_out("add --per day, week or month; `actant export -o ties.evidence.csv` writes all sentences"));
        }
        (Form::Json, _) => {
            let mut object = as_json(graph, a, b);
            if let Some((_, periods)) = &periods {
                object["periods"] = json!(periods.as_json());
            }
            out.line(&object.to_string())?;
        }
    }
    out.close()?;
    Ok(Outcome { warnings: told.into_iter().collect() })
}

/// Gives the tie all its sentences, where the build kept them in a file beside the graph. A file of another build is left alone,
/// with a warning.
fn take_all(report: &mut Report, a: NodeId, b: NodeId, graph: &Path) -> Result<Option<Warning>> {
    if report.settings.get("evidence").is_none_or(|kept| kept != output::ALL) {
        return Ok(None);
    }
    let Some(tie) = report.graph.between(a, b) else { return Ok(None) };
    let (source, target, edge) = report.graph.edge(tie);
    let path = graph.with_file_name(evidence::NAME);
    let all = match evidence::of_tie(&path, &report.graph.node(source).id, &report.graph.node(target).id) {
        Ok(all) => all,
        Err(error) => return Ok(Some(error.into_warning())),
    };
    let kept = &edge.evidence;
    let same = all.len() >= kept.len() && kept.iter().all(|one| all.iter().any(|known| known.text == one.text));
    if !same || report.graph.corpus.unit.overlap() == 1 && all.len() as u64 != edge.n {
        let what = "not the sentences of this graph; those that it keeps itself are shown";
        return Ok(Some(Warning::new(path.display(), what).way_out("build both again with --evidence all")));
    }
    report.graph.set_evidence(tie, all.into());
    Ok(None)
}

fn by_period(graph: &EntityGraph, (a, b): (NodeId, NodeId), per: Per, periods: &Periods, out: &mut Out) -> Result<()> {
    let columns = [per.name(), "together", &graph.node(a).name, &graph.node(b).name];
    table::print(out, table::Form::Table, &columns, &periods.rows)?;
    if periods.undated > 0 {
        out.line(&format!("and {} without a day", periods.undated))?;
    }
    Ok(())
}

fn text(graph: &EntityGraph, a: NodeId, b: NodeId, out: &mut Out) -> Result<()> {
    let names = format!("{} and {}", visible(&graph.node(a).name), visible(&graph.node(b).name));
    let Some(edge) = graph.between(a, b) else {
        out.line(&format!("{names} share no sentence"))?;
        let common = common(graph, a, b);
        if !common.is_empty() {
            out.line(&format!("both are tied to {}", common.join(", ")))?;
        }
        return Ok(());
    };
    let chance = chance(graph, edge);
    let (source, _, edge) = graph.edge(edge);
    let turned = source != a;
    out.line(&format!("{names}: {}{}{chance}", met(edge, graph.corpus.unit), aside(edge)))?;
    let mut document = "";
    for evidence in &edge.evidence {
        if *evidence.document != *document {
            document = &evidence.document;
            out.line(&format!("\n{}", heading(graph, document)))?;
        }
        let (first, second) =
            if turned { (evidence.target, evidence.source) } else { (evidence.source, evidence.target) };
        let rules = format!("{}, {}", side(evidence, first), side(evidence, second));
        out.line(&format!("  {:>3}  {}\n       [{rules}]", numbers(evidence), visible(&evidence.text)))?;
        if !evidence.copies.is_empty() {
            out.line(&format!("       also in {}", copies(evidence)))?;
        }
    }
    let (kept, unit) = (edge.evidence.len() as u64, graph.corpus.unit);
    // Overlapping windows show the same sentences.
    if kept < edge.n && unit.overlap() == 1 {
        out.line(&format!("\nand {} more; build with --evidence all to keep them", count(edge.n - kept, unit.noun())))?;
    }
    Ok(())
}

/// "5 sentences in 3 documents", and what remains of them when copies count once.
fn met(edge: &Edge, unit: Unit) -> String {
    let raw = count(edge.sentences, "sentence");
    let units = if unit == Unit::Sentence { raw } else { format!("{} ({raw})", count(edge.n, unit.noun())) };
    let documents = count(edge.documents, "document");
    if edge.sources == edge.documents {
        return format!("{units} in {documents}");
    }
    format!("{units} in {documents} (without copies {} from {})", edge.n, count(edge.sources, "source"))
}

/// The contexts on which a tie rests besides acting, with the units of each.
fn contexts(edge: &Edge) -> impl Iterator<Item = (&'static str, u64)> {
    edge.contexts.iter().map(|(context, n)| (context.name(), *n))
}

/// ", 3 of them by attribution"
fn aside(edge: &Edge) -> String {
    contexts(edge).map(|(name, n)| format!(", {n} by {name} only")).collect()
}

/// The number of the sentence, or of both.
fn numbers(evidence: &Evidence) -> String {
    let (first, last) = (evidence.sentence + 1, evidence.last_sentence + 1);
    if first == last { first.to_string() } else { format!("{first}, {last}") }
}

/// Where the copies of a sentence stand, the first few.
fn copies(evidence: &Evidence) -> String {
    /// A line of them is enough.
    const SHOWN: usize = 3;
    let named = |(document, sentence): &(Arc<str>, u32)| format!("{} ({})", visible(document), sentence + 1);
    let mut list: Vec<String> = evidence.copies.iter().take(SHOWN).map(named).collect();
    if evidence.copies.len() > SHOWN {
        list.push(format!("{} more", evidence.copies.len() - SHOWN));
    }
    list.join(", ")
}

/// How many sentences chance alone leads to expect, and how sure it is that there are more.
fn chance(graph: &EntityGraph, edge: EdgeId) -> String {
    let value = |name: &str| graph.measure(edge, name);
    match (value("association"), value("p"), value("q")) {
        (Some(times), Some(p), Some(q)) if times > 0.0 => {
            let n = graph.edge(edge).2.n as f64;
            format!("; {:.1} expected by chance, p {}, q {}", n / times, probability(p), probability(q))
        }
        _ => String::new(),
    }
}

/// Two digits, and powers of ten for small ones.
fn probability(p: f64) -> String {
    if p < 1e-3 { format!("{p:.1e}") } else { format!("{p:.3}") }
}

/// "Putin by surname"
fn side(evidence: &Evidence, spot: Spot) -> String {
    let name = visible(spot.span.of(&evidence.text));
    match spot.context {
        Context::Plain => format!("{name} by {}", spot.rule.name()),
        context => format!("{name} by {} in {}", spot.rule.name(), context.name()),
    }
}

/// The document's id with its day and title.
fn heading(graph: &EntityGraph, document: &str) -> String {
    let info = graph.documents.iter().find(|info| info.id == document);
    let day = info.and_then(|info| info.date).map_or_else(String::new, |date| format!("{date}  "));
    let title = info.and_then(|info| info.title.as_deref()).map_or_else(String::new, |title| format!("  {title}"));
    visible(&format!("{day}{document}{title}"))
}

/// The strongest common neighbours.
fn common(graph: &EntityGraph, a: NodeId, b: NodeId) -> Vec<String> {
    let of_b = graph.ties(b);
    let shared = graph.ties(a).into_iter().filter(|(node, _)| of_b.iter().any(|(other, _)| other == node));
    shared.take(5).map(|(node, _)| visible(&graph.node(node).name)).collect()
}

fn as_json(graph: &EntityGraph, a: NodeId, b: NodeId) -> serde_json::Value {
    let tie = graph.between(a, b);
    let edge = tie.map(|tie| graph.edge(tie));
    let date = |document: &str| -> Option<Date> { graph.documents.iter().find(|info| info.id == document)?.date };
    let evidence: Vec<serde_json::Value> = edge.iter().flat_map(|(_, _, edge)| &edge.evidence).map(|evidence| {
        let points = |at: u32| evidence.text[..at as usize].chars().count();
        let side = |spot: Spot| {
            let context = Some(spot.context.name()).filter(|name| !name.is_empty());
            json!({"start": points(spot.span.start), "end": points(spot.span.end), "rule": spot.rule.name(), "context": context})
        };
        json!({
            "document": &*evidence.document,
            "date": date(&evidence.document).map(|date| date.to_string()),
            "sentence": evidence.sentence + 1,
            "last_sentence": evidence.last_sentence + 1,
            "text": &*evidence.text,
            "source": side(evidence.source),
            "target": side(evidence.target),
            "copies": evidence.copies.iter().map(|(document, sentence)| json!({"document": &**document, "sentence": sentence + 1})).collect::<Vec<_>>(),
        })
    }).collect();
    let ends = edge.map_or((a, b), |(source, target, _)| (source, target));
    json!({
        "source": graph.node(ends.0).id,
        "target": graph.node(ends.1).id,
        "sentences": edge.map_or(0, |(_, _, edge)| edge.sentences),
        "n": edge.map_or(0, |(_, _, edge)| edge.n),
        "documents": edge.map_or(0, |(_, _, edge)| edge.documents),
        "sources": edge.map_or(0, |(_, _, edge)| edge.sources),
        "kind": edge.map(|(_, _, edge)| edge.kind()),
        "contexts": edge.map_or_else(BTreeMap::new, |(_, _, edge)| contexts(edge).collect::<BTreeMap<_, _>>()),
        "weight": edge.map_or(0.0, |(_, _, edge)| edge.weight),
        "measures": tie.map_or_else(BTreeMap::new, |tie| graph.values(tie).iter().map(|(row, value)| (row.name, value)).collect::<BTreeMap<_, _>>()),
        "evidence": evidence,
    })
}
