//! Nodes, ties and evidence as they are written: each is put together as bytes from views of the graph. A serializer looks through
//! every key and every byte of a text for something to escape, and took twice as long.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::points;
use crate::graph::{ACTING, EdgeId, EntityGraph, Evidence, NodeId};
use crate::measure::Report;
use crate::model::{Context, Date, Spot};
use crate::write::json::{number, string, text, value};
use crate::write::repeated::Repeated;

/// Adds a node, with its scores and community.
pub(super) fn push_node(report: &Report, at: NodeId, known: &mut Repeated, out: &mut Vec<u8>) -> io::Result<()> {
    let node = report.graph.node(at);
    string(out, "{\"id\":", &node.id);
    string(out, ",\"name\":", &node.name);
    string(out, ",\"type\":", node.entity_type.name());
    number(out, ",\"mentions\":", node.mentions);
    number(out, ",\"sentences\":", node.sentences);
    number(out, ",\"n\":", node.n);
    number(out, ",\"documents\":", node.documents);
    push_days(out, (node.first, node.last), &node.days)?;
    counts(out, ",\"aliases\":", &node.aliases);
    counts(out, ",\"affiliations\":", &node.affiliations);
    let scores = report.scores.iter().map(|(name, scores)| (*name, scores[at.0 as usize]));
    numbers(out, scores, known);
    match report.community(at) {
        Some(community) => string(out, ",\"community\":", community),
        None => text(out, ",\"community\":null"),
    }
    out.push(b'}');
    Ok(())
}

/// Adds a tie.
pub(super) fn push_edge(graph: &EntityGraph, at: EdgeId, known: &mut Repeated, out: &mut Vec<u8>) -> io::Result<()> {
    let (source, target, edge) = graph.edge(at);
    string(out, "{\"source\":", &graph.node(source).id);
    string(out, ",\"target\":", &graph.node(target).id);
    number(out, ",\"sentences\":", edge.sentences);
    number(out, ",\"n\":", edge.n);
    number(out, ",\"documents\":", edge.documents);
    number(out, ",\"sources\":", edge.sources);
    let kind = edge.kind();
    if kind != ACTING {
        string(out, ",\"kind\":", kind);
    }
    if !edge.contexts.is_empty() {
        contexts(out, &edge.contexts);
    }
    value(out, ",\"weight\":", edge.weight);
    push_days(out, (edge.first, edge.last), &edge.days)?;
    // Weights that are plain counts have keys of their own.
    let weights = graph.values(at);
    numbers(out, weights.iter().filter(|(row, _)| !row.count).map(|(row, value)| (row.name, value)), known);
    text(out, ",\"evidence\":[");
    for (number, evidence) in edge.evidence.iter().enumerate() {
        push_evidence(evidence, if number == 0 { "" } else { "," }, out);
    }
    text(out, "]}");
    Ok(())
}

fn push_evidence(evidence: &Evidence, before: &str, out: &mut Vec<u8>) {
    text(out, before);
    string(out, "{\"document\":", &evidence.document);
    number(out, ",\"sentence\":", (evidence.sentence + 1).into());
    if evidence.last_sentence != evidence.sentence {
        number(out, ",\"last_sentence\":", (evidence.last_sentence + 1).into());
    }
    string(out, ",\"text\":", &evidence.text);
    // In ASCII every byte is a code point.
    let is_ascii = evidence.text.is_ascii();
    let point = |at: u32| if is_ascii { u64::from(at) } else { points(&evidence.text, at) as u64 };
    for (key, Spot { span, rule, context }) in [(",\"source\":", evidence.source), (",\"target\":", evidence.target)] {
        text(out, key);
        number(out, "{\"start\":", point(span.start));
        number(out, ",\"end\":", point(span.end));
        string(out, ",\"rule\":", rule.name());
        if !context.name().is_empty() {
            string(out, ",\"context\":", context.name());
        }
        out.push(b'}');
    }
    for (place, (document, sentence)) in evidence.copies.iter().enumerate() {
        string(out, if place == 0 { ",\"copies\":[{\"document\":" } else { ",{\"document\":" }, document);
        number(out, ",\"sentence\":", (sentence + 1).into());
        out.push(b'}');
    }
    text(out, if evidence.copies.is_empty() { "}" } else { "]}" });
}

/// The first and the last day, and counts by day where there are any.
fn push_days(out: &mut Vec<u8>, (first, last): (Option<Date>, Option<Date>), days: &[(Date, u64)]) -> io::Result<()> {
    for (key, day) in [(",\"first\":", first), (",\"last\":", last)] {
        match day {
            Some(day) => write!(out, "{key}\"{day}\"")?,
            None => {
                text(out, key);
                text(out, "null");
            }
        }
    }
    for (place, (day, n)) in days.iter().enumerate() {
        write!(out, "{}\"{day}\":{n}", if place == 0 { ",\"days\":{" } else { "," })?;
    }
    if !days.is_empty() {
        out.push(b'}');
    }
    Ok(())
}

/// Counts by name.
fn counts(out: &mut Vec<u8>, key: &str, counts: &BTreeMap<String, u64>) {
    text(out, key);
    for (place, (name, count)) in counts.iter().enumerate() {
        string(out, if place == 0 { "{" } else { "," }, name);
        number(out, ":", *count);
    }
    text(out, if counts.is_empty() { "{}" } else { "}" });
}

/// Units by context, in order of their names, as they are read.
fn contexts(out: &mut Vec<u8>, contexts: &[(Context, u64)]) {
    let sorted: BTreeMap<String, u64> = contexts.iter().map(|(context, n)| (context.name().to_owned(), *n)).collect();
    counts(out, ",\"contexts\":", &sorted);
}

/// Measures by their names, which need no quoting; which these are is the same for all rows.
fn numbers(out: &mut Vec<u8>, numbers: impl Iterator<Item = (&'static str, f64)>, known: &mut Repeated) {
    text(out, ",\"measures\":{");
    for (column, (name, number)) in numbers.enumerate() {
        text(out, if column == 0 { "\"" } else { ",\"" });
        text(out, name);
        known.push(out, (column, number), |out, number| value(out, "\":", number));
    }
    out.push(b'}');
}
