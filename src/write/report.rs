//! A written report in Markdown: the corpus, what is new, the first actors and ties with a sentence each, the communities and the
//! names that nothing decides.
//!
//! No name and no sentence can be markup: the report itself uses headings, lists and quotations only, and every text goes through
//! [`text::markdown`].

use std::fmt::Write as _;

use foldhash::HashMap;

use super::text::{self, MAX_LABEL, count, grouped};
use super::{Options, Sink};
use crate::error::Result;
use crate::graph::compare::{self, Row};
use crate::graph::{Edge, EntityGraph, Evidence, Node, NodeId};
use crate::measure::Report;
use crate::model::{Ambiguous, CorpusFigures, Date};

/// So many actors, ties, communities, undecided names and changes of each sort: a report is read from top to bottom.
const MOST: usize = 10;
/// So many ties of an actor and so many candidates of a name.
const FEW: usize = 5;
/// So many members of a community.
const MEMBERS: usize = 8;
/// A quoted sentence is cut here: it is there to be read, and the saved graph has it whole.
const MAX_QUOTE: usize = 600;

/// Writes the report.
pub fn write(report: &Report, options: &Options, sink: &mut Sink) -> Result<()> {
    let text = markdown(report, options);
    sink.part("report.md", |out| out.write_all(text.as_bytes()))
}

fn markdown(report: &Report, options: &Options) -> String {
    let graph = &report.graph;
    let title = if options.title.is_empty() { "Who is named with whom" } else { &options.title };
    let mut out = format!("# {}\n", name(title));
    corpus(&mut out, graph);
    if let Some(old) = &options.against {
        changes(&mut out, old, graph);
    }
    let dates: Dates = graph.documents.iter().map(|document| (&*document.id, document.date)).collect();
    actors(&mut out, graph, &dates);
    ties(&mut out, graph, &dates);
    communities(&mut out, report);
    undecided(&mut out, graph, &dates);
    out
}

/// The days of the documents, by id.
type Dates<'g> = HashMap<&'g str, Option<Date>>;

fn corpus(out: &mut String, graph: &EntityGraph) {
    let CorpusFigures { sentences, copies, words, mentions, abstained, partial, .. } = graph.corpus;
    let _ = writeln!(out, "\n## Corpus\n\n- {}", documents(graph));
    let _ = write!(out, "- {}", count(sentences, "sentence"));
    if copies > 0 {
        let _ = write!(out, ", {} of them copies of one in another document", grouped(copies));
    }
    let _ = writeln!(out, "\n- {}", count(words, "word"));
    let _ = writeln!(out, "- {}, {} of them undecided", count(mentions, "mention"), grouped(abstained));
    let found = (graph.n_nodes() as u64, graph.n_edges() as u64);
    let _ = writeln!(out, "- {} and {}", count(found.0, "actor"), count(found.1, "tie"));
    if partial {
        out.push_str("- without p and q: the sentences of some documents are not all known, only their mentions\n");
    } else if graph.n_edges() > 0 && graph.power().is_too_small() {
        out.push_str("- too little text to tell ties from chance: no pair of actors can reach q < 0.05\n");
    }
}

/// `5 documents, 2025-05-19 to 2025-05-21`; where not all have a day: `5 documents, 4 of them dated, 2025-05-19`.
fn documents(graph: &EntityGraph) -> String {
    let documents = count(graph.corpus.documents, "document");
    let Some((first, last, dated)) = graph.period() else { return documents };
    let dated = dated.map_or_else(String::new, |dated| format!("{dated} of them dated, "));
    let last = if first == last { String::new() } else { format!(" to {last}") };
    format!("{documents}, {dated}{first}{last}")
}

fn changes(out: &mut String, old: &EntityGraph, new: &EntityGraph) {
    let _ = writeln!(out, "\n## What is new\n\nAgainst an earlier graph of {}.", documents(old));
    let (actors, ties) = compare::changes(old, new);
    for (noun, rows) in [("actor", actors), ("tie", ties)] {
        let _ = writeln!(out, "\n### Changed {noun}s\n");
        rows.iter().take(MOST).for_each(|row| change(out, row, new.corpus.unit.noun()));
        match rows.len() {
            0 => _ = writeln!(out, "No {noun} changed by more than chance."),
            found => more(out, found, noun),
        }
    }
}

/// `- stronger: A — B, 1 sentence before, 9 now`
fn change(out: &mut String, row: &Row, unit: &str) {
    let names: Vec<String> = row.of.iter().map(|(_, of)| name(of)).collect();
    let (before, now) = row.n;
    let _ = writeln!(
        out,
        "- {}: {}, {} before, {} now",
        row.change.name(),
        names.join(" — "),
        count(before, unit),
        grouped(now)
    );
}

fn actors(out: &mut String, graph: &EntityGraph, dates: &Dates) {
    let unit = graph.corpus.unit.noun();
    out.push_str("\n## Actors\n");
    for (id, node) in graph.nodes().take(MOST) {
        let ties: Vec<(&Node, &Edge)> = graph
            .ties(id)
            .into_iter()
            .map(|(other, edge)| (graph.node(other), graph.edge(edge).2))
            .filter(|(_, edge)| edge.n > 0)
            .collect();
        let _ = writeln!(out, "\n### {}\n", name(&node.name));
        let kind = name(node.entity_type.name());
        let _ = write!(out, "Type {kind}; named in {}; ", count(node.sentences, "sentence"));
        let _ = write!(out, "acts in {} of {}", count(node.n, unit), count(node.documents, "document"));
        let strongest: Vec<String> =
            ties.iter().take(FEW).map(|(other, edge)| format!("{} ({})", name(&other.name), grouped(edge.n))).collect();
        let _ = match strongest.len() {
            0 => writeln!(out, "; no tie."),
            _ => writeln!(out, "; {}, the strongest with {}.", count(ties.len() as u64, "tie"), strongest.join(", ")),
        };
        quoted(out, ties.iter().find_map(|(_, edge)| edge.evidence.first()), dates);
    }
    more(out, graph.n_nodes(), "actor");
}

fn ties(out: &mut String, graph: &EntityGraph, dates: &Dates) {
    let unit = graph.corpus.unit.noun();
    out.push_str("\n## Ties\n");
    let ties = || graph.edges().filter(|(_, _, _, edge)| edge.n > 0);
    for (tie, a, b, edge) in ties().take(MOST) {
        let _ = writeln!(out, "\n### {} — {}\n", name(&graph.node(a).name), name(&graph.node(b).name));
        let _ = write!(out, "Both are in {} in {}", count(edge.n, unit), count(edge.documents, "document"));
        for test in ["p", "q"] {
            if let Some(value) = graph.measure(tie, test) {
                let _ = write!(out, ", {test} = {}", short(value));
            }
        }
        if !graph.weight().count {
            let _ = write!(out, ", {} = {}", graph.weight().name, short(edge.weight));
        }
        out.push_str(".\n");
        quoted(out, edge.evidence.first(), dates);
    }
    more(out, ties().count(), "tie");
}

/// Those of one actor say nothing and are only counted.
fn communities(out: &mut String, report: &Report) {
    let mut members: Vec<Vec<NodeId>> = vec![Vec::new(); report.communities.labels.len()];
    for ((id, _), &number) in report.graph.nodes().zip(&report.communities.of) {
        members[number as usize].push(id);
    }
    members.retain(|group| group.len() > 1);
    let _ = writeln!(out, "\n## Communities\n");
    for group in members.iter().take(MOST) {
        let names: Vec<String> = group.iter().take(MEMBERS).map(|id| name(&report.graph.node(*id).name)).collect();
        let _ = write!(out, "- {}: {}", count(group.len() as u64, "actor"), names.join(", "));
        let rest = group.len().saturating_sub(MEMBERS);
        let _ = if rest > 0 { writeln!(out, " and {} more", grouped(rest as u64)) } else { writeln!(out) };
    }
    let rest: usize = members.iter().skip(MOST).map(Vec::len).sum();
    if members.len() > MOST {
        let smaller = members.len() - MOST;
        let _ = writeln!(out, "- and {} smaller ones, of {}", grouped(smaller as u64), count(rest as u64, "actor"));
    }
    let alone = report.graph.n_nodes() - members.iter().map(Vec::len).sum::<usize>();
    if alone > 0 || members.is_empty() {
        let _ = writeln!(out, "- in none: {}", count(alone as u64, "actor"));
    }
}

fn undecided(out: &mut String, graph: &EntityGraph, dates: &Dates) {
    out.push_str("\n## Undecided names\n\n");
    if graph.corpus.abstained == 0 {
        out.push_str("Every name is decided.\n");
        return;
    }
    let names: HashMap<&str, &str> = graph.nodes().map(|(_, node)| (&*node.id, &*node.name)).collect();
    let shown = graph.ambiguous.iter().take(MOST);
    let told: u64 = shown.clone().map(|ambiguous| ambiguous.count).sum();
    for ambiguous in shown {
        let _ = write!(out, "- {}", name(&ambiguous.surface));
        let _ = write!(out, ", {}", count(ambiguous.count, "mention"));
        let _ = writeln!(out, ", {}; first in {}", candidates(ambiguous, &names), place(&ambiguous.document, dates));
    }
    let rest = graph.corpus.abstained.saturating_sub(told);
    if rest > 0 {
        let _ = writeln!(out, "- and other names, of {}", count(rest, "mention"));
    }
}

/// `may be A or B`; where an actor is in the graph, by its name.
fn candidates(ambiguous: &Ambiguous, names: &HashMap<&str, &str>) -> String {
    let all = &ambiguous.candidates;
    let known: Vec<String> = all.iter().take(FEW).map(|id| name(names.get(id).copied().unwrap_or(id))).collect();
    match all.len() {
        0 => format!("{}, on no list", name(ambiguous.entity_type.name())),
        found if found > FEW => format!("may be {} or {} more", known.join(", "), grouped((found - FEW) as u64)),
        _ => format!("may be {}", known.join(" or ")),
    }
}

/// A sentence as a quotation with its document and day; nothing where a tie has none.
fn quoted(out: &mut String, evidence: Option<&Evidence>, dates: &Dates) {
    let Some(evidence) = evidence else { return };
    let sentence = match (evidence.sentence + 1, evidence.last_sentence + 1) {
        (first, last) if first == last => format!("sentence {first}"),
        (first, last) => format!("sentences {first} and {last}"),
    };
    let place = place(&evidence.document, dates);
    let _ = writeln!(out, "\n> {}\n>\n> — {place}, {sentence}", text::markdown(&evidence.text, MAX_QUOTE));
}

/// A document with its day.
fn place(document: &str, dates: &Dates) -> String {
    let day = dates.get(document).copied().flatten();
    day.map_or_else(|| name(document), |day| format!("{}, {day}", name(document)))
}

/// `And 29 more actors.`, where more were found than are shown.
fn more(out: &mut String, found: usize, noun: &str) {
    let _ = match found.saturating_sub(MOST) {
        0 if found == 0 => writeln!(out, "\nThere is no {noun}."),
        0 => Ok(()),
        rest => writeln!(out, "\nLeft out: {}.", count(rest as u64, noun)),
    };
}

fn name(text: &str) -> String {
    text::markdown(text, MAX_LABEL)
}

/// A weight or a probability with few digits.
fn short(value: f64) -> String {
    if value == 0.0 || (0.001..1e6).contains(&value.abs()) { format!("{value:.3}") } else { format!("{value:.1e}") }
}
