//! What the script of the page knows, as two JSON objects: what is drawn, which is read first, and the texts behind it.
//!
//! Lists of columns, not of objects: the same keys five thousand times would be most of the file. Days are numbers like
//! 20250519, 0 where there is none. Offsets into sentences count UTF-16 code units, as the script does.

use std::collections::BTreeMap;

use foldhash::HashMap;
use serde::Serialize;

use super::MAX_TIES;
use super::library::{Library, day};
use super::shown::Shown;
use crate::graph::weights::{WEIGHTS, Weight};
use crate::graph::{ACTING, Edge, EdgeId, EntityGraph, Evidence, NodeId};
use crate::measure::MEASURES;
use crate::model::{Ambiguous, Date, RULES, Spot};
use crate::write::layout::{self, Placement, Tie};
use crate::write::svg;

/// At most so many written forms of an actor.
const MOST_ALIASES: usize = 20;
/// About so many sentences of ties are on the page; where there are many ties, each has fewer.
const MOST_EVIDENCE: usize = 60_000;
/// But each has so many.
const LEAST_EVIDENCE: usize = 3;
/// Width over height of the picture.
const ASPECT: f64 = 1.2;

#[derive(Serialize)]
struct Drawn<'a> {
    generator: &'static str,
    /// Documents, sentences, words, mentions, mentions that nothing decides.
    corpus: [u64; 5],
    /// Actors and ties of the whole graph.
    whole: [usize; 2],
    /// Name and meaning of the weight that orders and draws.
    weight: (&'a str, &'a str),
    larger_is_stronger: bool,
    types: Vec<&'a str>,
    communities: Vec<&'a str>,
    /// How many documents each day has.
    days: Vec<(u32, u32)>,
    width: f64,
    height: f64,
    nodes: Nodes<'a>,
    ties: Ties,
}

#[derive(Default, Serialize)]
struct Nodes<'a> {
    id: Vec<&'a str>,
    name: Vec<&'a str>,
    kind: Vec<usize>,
    community: Vec<u32>,
    x: Vec<f64>,
    y: Vec<f64>,
    radius: Vec<f64>,
    mentions: Vec<u64>,
    sentences: Vec<u64>,
    documents: Vec<u64>,
    first: Vec<u32>,
    last: Vec<u32>,
}

#[derive(Default, Serialize)]
struct Ties {
    source: Vec<u32>,
    target: Vec<u32>,
    weight: Vec<f64>,
    sentences: Vec<u64>,
    documents: Vec<u64>,
    /// Ties of those who never both act, by their place, with what they rest on.
    kinds: BTreeMap<usize, &'static str>,
}

#[derive(Serialize)]
struct Texts<'a> {
    /// Name and meaning.
    measures: Vec<(&'a str, &'a str)>,
    weights: Vec<(&'a str, &'a str)>,
    rules: Vec<(&'a str, &'a str)>,
    /// Id, title, day, source.
    documents: Vec<(&'a str, &'a str, u32, &'a str)>,
    /// Document, number from 1, number of the last where it is a passage of several, text.
    sentences: Vec<(u32, u32, u32, &'a str)>,
    /// For each tie, eight numbers for each sentence: which one; start, end and rule of the source; the same of the target;
    /// the row of its copies, from 1, or 0 where there are none.
    evidence: Vec<Vec<u32>>,
    /// Copies of a sentence: document and number, one after the other.
    copies: Vec<Vec<u32>>,
    /// For each actor its days, by their place among all days, each followed by how often.
    actor_days: Vec<Vec<u64>>,
    /// The same for each tie.
    tie_days: Vec<Vec<u64>>,
    /// For each actor its written forms with how often, the commonest first.
    aliases: Vec<Vec<(&'a str, u64)>>,
    /// For each actor those inside its titles: place among the actors (or the id of one that is none), how often.
    affiliations: Vec<Vec<(Who<'a>, u64)>>,
    /// For each measure a value for each actor.
    scores: Vec<Vec<f64>>,
    /// For each weight a value for each tie.
    values: Vec<Vec<f64>>,
    ambiguous: Vec<Undecided<'a>>,
}

/// An actor by its place, or the id of an entity that is not on the page.
#[derive(Serialize)]
#[serde(untagged)]
enum Who<'a> {
    Place(u32),
    Id(&'a str),
}

/// A name that nothing decides: surface, type, candidates, how often, and its place in a sentence.
#[derive(Serialize)]
struct Undecided<'a>(&'a str, &'a str, Vec<Who<'a>>, u64, u32, u32, u32);

/// Both objects as JSON.
pub(super) fn of(shown: Shown) -> (String, String) {
    let graph = shown.whole();
    let placement = placed(shown);
    let kinds = kinds(shown);
    let ties: Vec<(EdgeId, NodeId, NodeId, &Edge)> = shown.ties().take(MAX_TIES).collect();
    let row = graph.weight();
    let drawn = Drawn {
        generator: concat!("actant ", env!("CARGO_PKG_VERSION")),
        corpus: {
            let corpus = &graph.corpus;
            [corpus.documents, corpus.sentences, corpus.words, corpus.mentions, corpus.abstained]
        },
        whole: [graph.n_nodes(), graph.n_edges()],
        weight: (row.name, row.about),
        larger_is_stronger: row.larger_is_stronger,
        communities: shown.labels().iter().map(|label| &**label).collect(),
        days: days(graph),
        width: rounded(placement.size.width),
        height: rounded(placement.size.height),
        nodes: nodes(shown, &placement, &kinds),
        types: kinds,
        ties: columns(&ties),
    };
    let texts = texts(shown, &ties, &drawn.days);
    (json(&drawn), json(&texts))
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("plain data is JSON")
}

/// The types that occur, in order.
fn kinds(shown: Shown<'_>) -> Vec<&str> {
    let mut kinds: Vec<&str> = shown.nodes().map(|node| node.entity_type.name()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds
}

/// The places of the built-in picture where it shows all, else those of the fast layout.
fn placed(shown: Shown) -> Placement {
    let graph = shown.whole();
    if graph.n_nodes() <= svg::MAX_ACTORS {
        return svg::places(graph, ASPECT);
    }
    let ties: Vec<Tie> = shown
        .ties()
        .filter(|(_, a, b, _)| a != b)
        .take(MAX_TIES)
        .map(|(_, a, b, edge)| Tie { ends: (a.0 as usize, b.0 as usize), weight: svg::weight(graph.pull(edge)) })
        .collect();
    let one = vec![0; shown.count()];
    let groups = if shown.communities().is_empty() { &one } else { shown.communities() };
    layout::scatter(&svg::radii(shown.nodes()), &ties, groups, ASPECT)
}

fn nodes<'a>(shown: Shown<'a>, placement: &Placement, kinds: &[&str]) -> Nodes<'a> {
    let mut nodes = Nodes { radius: svg::radii(shown.nodes()), ..Nodes::default() };
    nodes.radius.iter_mut().for_each(|radius| *radius = rounded(*radius));
    for (node, centre) in shown.nodes().zip(&placement.centres) {
        nodes.id.push(&node.id);
        nodes.name.push(&node.name);
        nodes.kind.push(kinds.binary_search(&node.entity_type.name()).expect("its type is among them"));
        nodes.x.push(rounded(centre.x));
        nodes.y.push(rounded(centre.y));
        nodes.mentions.push(node.mentions);
        nodes.sentences.push(node.sentences);
        nodes.documents.push(node.documents);
        nodes.first.push(day(node.first));
        nodes.last.push(day(node.last));
    }
    nodes.community = shown.communities().to_vec();
    nodes
}

fn columns(ties: &[(EdgeId, NodeId, NodeId, &Edge)]) -> Ties {
    let mut columns = Ties::default();
    for (at, (_, a, b, edge)) in ties.iter().enumerate() {
        if edge.kind() != ACTING {
            columns.kinds.insert(at, edge.kind());
        }
        columns.source.push(a.0);
        columns.target.push(b.0);
        columns.weight.push(short(edge.weight));
        columns.sentences.push(edge.sentences);
        columns.documents.push(edge.documents);
    }
    columns
}

/// How many documents each day has, in order of days.
fn days(graph: &EntityGraph) -> Vec<(u32, u32)> {
    let mut days: BTreeMap<u32, u32> = BTreeMap::new();
    graph
        .documents
        .iter()
        .filter_map(|document| document.date)
        .for_each(|date| *days.entry(date.number()).or_default() += 1);
    days.into_iter().collect()
}

fn texts<'a>(shown: Shown<'a>, ties: &[(EdgeId, NodeId, NodeId, &'a Edge)], days: &[(u32, u32)]) -> Texts<'a> {
    let graph = shown.whole();
    let places: HashMap<&str, u32> = shown.nodes().map(|node| &*node.id).zip(0..).collect();
    let who = |id: &'a str| places.get(id).map_or(Who::Id(id), |&place| Who::Place(place));
    let mut library = Library::new(graph);
    let most = (MOST_EVIDENCE / ties.len().max(1)).max(LEAST_EVIDENCE);
    let evidence = ties
        .iter()
        .map(|(.., edge)| {
            edge.evidence.iter().take(most).flat_map(|evidence| numbers(evidence, &mut library)).collect()
        })
        .collect();
    let ambiguous = graph.ambiguous.iter().map(|row| undecided(row, &mut library, &who)).collect();
    let (weights, values) = values(graph, ties);
    let about = |name: &str| MEASURES.iter().find(|row| row.name == name).map_or("", |row| row.about);
    Texts {
        measures: shown.scores().map(|(name, _)| (name, about(name))).collect(),
        weights: weights.iter().map(|row| (row.name, row.about)).collect(),
        rules: RULES.iter().map(|row| (row.name, row.about)).collect(),
        evidence,
        aliases: shown.nodes().map(|node| aliases(&node.aliases)).collect(),
        affiliations: shown
            .nodes()
            .map(|node| node.affiliations.iter().map(|(id, times)| (who(id), *times)).collect())
            .collect(),
        scores: shown.scores().map(|(_, scores)| scores.iter().copied().map(short).collect()).collect(),
        values,
        actor_days: shown.nodes().map(|node| days_of(&node.days, days)).collect(),
        tie_days: ties.iter().map(|(.., edge)| days_of(&edge.days, days)).collect(),
        ambiguous,
        documents: library.rows,
        copies: library.copies,
        sentences: library.sentences,
    }
}

/// The weights that are known of the first tie, and the values of each; all those of a tie are computed together.
fn values(graph: &EntityGraph, ties: &[(EdgeId, NodeId, NodeId, &Edge)]) -> (Vec<&'static Weight>, Vec<Vec<f64>>) {
    let first = ties.first().map(|(tie, ..)| graph.values(*tie));
    let known: Vec<usize> =
        first.iter().flat_map(|first| (0..WEIGHTS.len()).filter(|&row| first.at(row).is_some())).collect();
    let mut values = vec![Vec::with_capacity(ties.len()); known.len()];
    for (tie, ..) in ties {
        let all = graph.values(*tie);
        for (&row, values) in known.iter().zip(&mut values) {
            values.push(short(all.at(row).unwrap_or_default()));
        }
    }
    (known.into_iter().map(|row| &WEIGHTS[row]).collect(), values)
}

/// Days by their place among all, each followed by how often.
fn days_of(days: &[(Date, u64)], all: &[(u32, u32)]) -> Vec<u64> {
    let place = |date: &Date| all.binary_search_by_key(&date.number(), |(day, _)| *day).ok();
    days.iter().filter_map(|(date, times)| Some([place(date)? as u64, *times])).flatten().collect()
}

/// A sentence of a tie as eight numbers.
fn numbers<'a>(evidence: &'a Evidence, library: &mut Library<'a>) -> [u32; 8] {
    let between = (evidence.sentence, evidence.last_sentence);
    let sentence = library.sentence(&evidence.document, between, &evidence.text);
    let copies = library.copied(&evidence.copies);
    let side = |spot: Spot| {
        [units(&evidence.text, spot.span.start), units(&evidence.text, spot.span.end), u32::from(spot.rule.0)]
    };
    let ([from, to, by], [start, end, its]) = (side(evidence.source), side(evidence.target));
    [sentence, from, to, by, start, end, its, copies]
}

fn undecided<'a>(row: &'a Ambiguous, library: &mut Library<'a>, who: &impl Fn(&'a str) -> Who<'a>) -> Undecided<'a> {
    Undecided(
        &row.surface,
        row.entity_type.name(),
        row.candidates.iter().map(who).collect(),
        row.count,
        library.sentence(&row.document, (row.sentence, row.sentence), &row.text),
        units(&row.text, row.span.start),
        units(&row.text, row.span.end),
    )
}

/// The written forms, the commonest first.
fn aliases(seen: &BTreeMap<String, u64>) -> Vec<(&str, u64)> {
    let mut aliases: Vec<(&str, u64)> = seen.iter().map(|(alias, times)| (&**alias, *times)).collect();
    aliases.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    aliases.truncate(MOST_ALIASES);
    aliases
}

/// How many UTF-16 code units there are before a byte.
fn units(text: &str, at: u32) -> u32 {
    let before = &text[..at as usize];
    if before.is_ascii() { at } else { before.chars().map(|c| c.len_utf16() as u32).sum() }
}

/// One decimal.
fn rounded(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

/// Four digits that count, whole numbers as they are; numbers that JSON cannot hold are 0.
pub(super) fn short(number: f64) -> f64 {
    match number {
        _ if !number.is_finite() => 0.0,
        _ if number.fract() == 0.0 => number,
        _ => four_digits(number).unwrap_or_else(|| format!("{number:.3e}").parse().unwrap_or(number)),
    }
}

/// A number rounded to four digits, where that takes no exact arithmetic: unless it is about half way between two, and where
/// both the digits and the power of ten are numbers that a double holds, so that their quotient is the nearest double.
fn four_digits(number: f64) -> Option<f64> {
    const POWERS: [f64; 23] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ];
    let size = number.abs();
    let power = *POWERS.iter().find(|power| size * *power >= 1e3).filter(|_| size < 1e4)?;
    let digits = size * power;
    let is_plain = (digits.fract() - 0.5).abs() > 1e-6;
    is_plain.then(|| (digits.round() / power).copysign(number))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn four_digits_are_those_of_the_standard_library(size in 1.0..10.0f64, power in -25..6i32, steps in 0..20_000u32) {
            let half = (1000.0 + f64::from(steps) / 2.0) * 10f64.powi(power);
            for number in [size * 10f64.powi(power), -size * 10f64.powi(power), half, half * (1.0 + 1e-9)] {
                let expected: f64 = format!("{number:.3e}").parse().unwrap();
                let known = super::four_digits(number).unwrap_or(expected);
                prop_assert_eq!(known.to_bits(), expected.to_bits(), "{}", number);
            }
        }
    }
}
