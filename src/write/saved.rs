//! `graph.json`: the saved graph, written once and read by every later command.
//!
//! One JSON object; each document, node and edge on a line of its own. `networkx.node_link_graph(data, edges="edges")` reads it
//! as it is. Offsets into texts are Unicode code points, half open; sentences count from 1.
//!
//! | key | holds |
//! |---|---|
//! | `schema` | version of this form: 1 |
//! | `generator` | the program that wrote it |
//! | `settings` | what the build was told, as text |
//! | `directed`, `multigraph`, `graph` | `false`, `false`, `{}`, for NetworkX |
//! | `corpus` | documents, sentences, copies (sentences that repeat another document's), unit, units (how many, copies folded), words, mentions, abstained; first and last day; partial where some documents are known by their mentions alone |
//! | `documents` | id, title, date, source |
//! | `ambiguous` | names that nothing decides: surface, type, candidates (ids), count, and the first of them: document, sentence, text, start, end |
//! | `nodes` | id, name, type, mentions, sentences, n, documents, first, last, days, aliases, affiliations, measures, community |
//! | `edges` | source, target, sentences, n, documents, sources, kind, contexts, weight, first, last, days, measures, evidence |
//!
//! `n` is the number of units of an actor or a tie with copies counted once, `days` its part in dated documents by day, `sources` the number
//! of documents that do not repeat each other, `weight` the value of the weight that `settings.weight` names, `measures` of an
//! edge all weights of [`crate::graph::weights::WEIGHTS`] but the plain counts. `contexts` has the part of `n` that rests on a mention
//! in a dateline, byline, attribution or role, by context; where that is all of `n`, `kind` is the commonest of them. Both are left
//! out where there is nothing to tell, as is the `context` of an end in the evidence that stands in running text.

mod ambiguous;
mod edges;
mod rows;

use std::collections::BTreeMap;
use std::path::Path;

use foldhash::HashMap;
use serde::{Deserialize, Serialize};

use self::ambiguous::SavedAmbiguous;
use self::edges::SavedEdge;
pub(super) use self::edges::spot;
use super::json::write_lines;
use super::{Options, Sink};
use crate::error::{Error, Result};
use crate::graph::weights;
use crate::graph::{EntityGraph, Node};
use crate::measure::{Communities, MEASURES, Report};
use crate::model::{CorpusFigures, Date, DocumentInfo, EntityType, Span, Unit};

/// The version that this program writes and reads.
pub const SCHEMA: u32 = 1;

#[derive(Serialize, Deserialize)]
struct SavedCorpus {
    documents: u64,
    sentences: u64,
    #[serde(default)]
    units: Option<u64>,
    #[serde(default)]
    unit: Option<String>,
    #[serde(default)]
    copies: u64,
    words: u64,
    mentions: u64,
    abstained: u64,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    partial: bool,
    first: Option<String>,
    last: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct SavedDocument {
    id: String,
    title: Option<String>,
    date: Option<String>,
    source: Option<String>,
}

#[derive(Deserialize)]
struct SavedNode {
    id: String,
    name: String,
    #[serde(rename = "type")]
    entity_type: String,
    mentions: u64,
    sentences: u64,
    #[serde(default)]
    n: Option<u64>,
    documents: u64,
    first: Option<String>,
    last: Option<String>,
    #[serde(default)]
    days: BTreeMap<String, u64>,
    aliases: BTreeMap<String, u64>,
    affiliations: BTreeMap<String, u64>,
    measures: BTreeMap<String, f64>,
    #[serde(default)]
    community: Option<String>,
}

/// The whole file, for reading.
#[derive(Deserialize)]
struct Saved {
    #[serde(default)]
    settings: BTreeMap<String, String>,
    corpus: SavedCorpus,
    documents: Vec<SavedDocument>,
    #[serde(default)]
    ambiguous: Vec<SavedAmbiguous>,
    nodes: Vec<SavedNode>,
    edges: Vec<SavedEdge>,
}

/// Only the version, which is looked at before anything else.
#[derive(Deserialize)]
struct Version {
    schema: u32,
}

/// Writes the saved graph.
pub fn write(report: &Report, _: &Options, sink: &mut Sink) -> Result<()> {
    sink.part("graph.json", |out| {
        let graph = &report.graph;
        writeln!(out, "{{\n\"schema\": {SCHEMA},")?;
        writeln!(out, "\"generator\": \"actant {}\",", env!("CARGO_PKG_VERSION"))?;
        let mut settings = report.settings.clone();
        settings.insert("weight".to_owned(), graph.weight().name.to_owned());
        writeln!(out, "\"settings\": {},", serde_json::to_string(&settings)?)?;
        writeln!(out, "\"directed\": false,\n\"multigraph\": false,\n\"graph\": {{}},")?;
        writeln!(out, "\"corpus\": {},", serde_json::to_string(&saved_corpus(&graph.corpus))?)?;
        write_lines(out, "documents", graph.documents.iter().map(saved_document))?;
        writeln!(out, ",")?;
        write_lines(out, "ambiguous", graph.ambiguous.iter().map(ambiguous::saved))?;
        writeln!(out, ",")?;
        write_lines(out, "nodes", graph.nodes().map(|(id, node)| rows::node(report, id, node)))?;
        writeln!(out, ",")?;
        let rows = graph.edges().map(|(_, a, b, edge)| rows::edge(graph.node(a), graph.node(b), edge));
        write_lines(out, "edges", rows)?;
        writeln!(out, "\n}}")
    })
}

/// Reads a saved graph.
///
/// # Errors
/// There is no such file, it is damaged, or another version wrote it.
pub fn read(path: &Path) -> Result<Report> {
    let bytes = std::fs::read(path).map_err(|error| {
        Error::io(path.display(), &error).way_out("make a graph with `actant build INPUT...`, or name one with --graph")
    })?;
    let damaged = |error: serde_json::Error| {
        let what = error.to_string();
        let what = what.split(" at line ").next().unwrap_or(&what).to_owned();
        let place = format_args!("{}:{}:{}", path.display(), error.line(), error.column()).to_string();
        Error::new(place, format!("not a saved graph: {what}")).way_out("build it again with `actant build`")
    };
    let version: Version = serde_json::from_slice(&bytes).map_err(damaged)?;
    if version.schema != SCHEMA {
        return Err(Error::new(path.display(), format!("a graph of version {}; expected {SCHEMA}", version.schema))
            .way_out("build it again with this program"));
    }
    let saved: Saved = serde_json::from_slice(&bytes).map_err(damaged)?;
    report(saved).map_err(|what| {
        Error::new(path.display(), format!("not a saved graph: {what}")).way_out("build it again with `actant build`")
    })
}

fn saved_corpus(corpus: &CorpusFigures) -> SavedCorpus {
    SavedCorpus {
        documents: corpus.documents,
        sentences: corpus.sentences,
        units: Some(corpus.units),
        unit: Some(corpus.unit.to_string()),
        copies: corpus.copies,
        words: corpus.words,
        mentions: corpus.mentions,
        abstained: corpus.abstained,
        partial: corpus.partial,
        first: corpus.dates.map(|(first, _)| first.to_string()),
        last: corpus.dates.map(|(_, last)| last.to_string()),
    }
}

fn saved_document(document: &DocumentInfo) -> SavedDocument {
    SavedDocument {
        id: document.id.clone(),
        title: document.title.clone(),
        date: document.date.map(|date| date.to_string()),
        source: document.source.clone(),
    }
}

fn read_days(days: &BTreeMap<String, u64>) -> Vec<(Date, u64)> {
    days.iter().filter_map(|(date, n)| Some((Date::parse(date)?, *n))).collect()
}

fn day(date: &Option<String>) -> Option<Date> {
    date.as_deref().and_then(Date::parse)
}

/// How many code points there are before a byte.
pub(super) fn points(text: &str, at: u32) -> usize {
    text[..at as usize].chars().count()
}

fn report(saved: Saved) -> std::result::Result<Report, String> {
    let mut places: HashMap<String, usize> = HashMap::default();
    for (place, node) in saved.nodes.iter().enumerate() {
        if places.insert(node.id.clone(), place).is_some() {
            return Err(format!("the node `{}` stands twice", node.id));
        }
    }
    let place = |id: &str| places.get(id).copied().ok_or_else(|| format!("an edge names `{id}`, which is no node"));
    let mut edges = Vec::with_capacity(saved.edges.len());
    for edge in saved.edges {
        edges.push((place(&edge.source)?, place(&edge.target)?, edges::read(edge)?));
    }
    let weight = match saved.settings.get("weight") {
        Some(name) => weights::weight(name).ok_or_else(|| format!("no such weight: `{name}`"))?,
        None => weights::default_weight(),
    };
    let names: Vec<&'static str> = MEASURES.iter().map(|measure| measure.name).collect();
    let scored = |name: &&&str| saved.nodes.first().is_some_and(|node| node.measures.contains_key(**name));
    let scored: Vec<&'static str> = names.iter().filter(scored).copied().collect();
    let names_of: HashMap<String, String> =
        saved.nodes.iter().filter_map(|node| Some((node.id.clone(), node.community.clone()?))).collect();
    let mut scores: Vec<(String, Vec<f64>)> = Vec::new();
    for node in &saved.nodes {
        let values = scored.iter().map(|name| node.measures.get(*name).copied().unwrap_or_default());
        scores.push((node.id.clone(), values.collect()));
    }
    let (first, last) = (day(&saved.corpus.first), day(&saved.corpus.last));
    let corpus = CorpusFigures {
        documents: saved.corpus.documents,
        sentences: saved.corpus.sentences,
        unit: saved.corpus.unit.map_or(Ok(Unit::Sentence), |unit| unit.parse())?,
        units: saved.corpus.units.unwrap_or(saved.corpus.sentences),
        copies: saved.corpus.copies,
        words: saved.corpus.words,
        mentions: saved.corpus.mentions,
        abstained: saved.corpus.abstained,
        partial: saved.corpus.partial,
        dates: first.zip(last),
    };
    let undecided = saved.ambiguous.into_iter().map(ambiguous::read).collect::<std::result::Result<_, String>>()?;
    let mut graph = EntityGraph::new(
        saved.nodes.into_iter().map(read_node).collect(),
        edges,
        corpus,
        saved.documents.into_iter().map(read_document).collect(),
    )
    .called(weight);
    graph.ambiguous = undecided;
    // The graph puts its nodes in order; the scores follow them by id.
    let by_id: HashMap<&str, &Vec<f64>> = scores.iter().map(|(id, values)| (&**id, values)).collect();
    let column = |at: usize| graph.nodes().map(|(_, node)| by_id[&*node.id][at]).collect();
    let scores = scored.iter().enumerate().map(|(at, name)| (*name, column(at))).collect();
    let communities = communities(&graph, &names_of);
    Ok(Report { scores, communities, graph, settings: saved.settings })
}

/// The communities that nodes name, numbered as they were; none where a node names none.
fn communities(graph: &EntityGraph, names: &HashMap<String, String>) -> Communities {
    let Some(named) = graph.nodes().map(|(_, node)| names.get(&node.id)).collect::<Option<Vec<&String>>>() else {
        return Communities::default();
    };
    let mut members: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    named.iter().enumerate().for_each(|(at, name)| members.entry(name).or_default().push(at));
    let mut groups: Vec<(&str, Vec<usize>)> = members.into_iter().collect();
    groups.sort_by_key(|(_, group)| (std::cmp::Reverse(group.len()), group[0]));
    let mut of = vec![0; named.len()];
    for (number, (_, group)) in groups.iter().enumerate() {
        group.iter().for_each(|&at| of[at] = number as u32);
    }
    Communities { of, labels: groups.into_iter().map(|(name, _)| name.to_owned()).collect() }
}

fn read_document(document: SavedDocument) -> DocumentInfo {
    DocumentInfo { id: document.id, title: document.title, date: day(&document.date), source: document.source }
}

fn read_node(node: SavedNode) -> Node {
    Node {
        id: node.id,
        name: node.name,
        entity_type: EntityType::from_name(&node.entity_type),
        mentions: node.mentions,
        sentences: node.sentences,
        n: node.n.unwrap_or(node.sentences),
        documents: node.documents,
        aliases: node.aliases,
        affiliations: node.affiliations,
        first: day(&node.first),
        last: day(&node.last),
        days: read_days(&node.days),
    }
}

/// The bytes of `text` between two code points.
fn span(document: &str, text: &str, start: usize, end: usize) -> std::result::Result<Span, String> {
    let byte = |point: usize| {
        let mut starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        starts.nth(point).ok_or_else(|| format!("a span ends behind its sentence in `{document}`"))
    };
    let (start, end) = (byte(start)?, byte(end)?);
    if start > end {
        return Err(format!("a span ends before it begins in `{document}`"));
    }
    Ok(Span::new(start, end))
}
