//! Ties and their evidence, as they are read.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;

use super::{day, read_days};
use crate::graph::weights::{Values, Weight};
use crate::graph::{Edge, Evidence};
use crate::model::{Context, RULES, Rule, Spot};

#[derive(Deserialize)]
pub(super) struct SavedEdge {
    pub(super) source: String,
    pub(super) target: String,
    sentences: u64,
    #[serde(default)]
    n: Option<u64>,
    documents: u64,
    #[serde(default)]
    sources: Option<u64>,
    #[serde(default)]
    contexts: BTreeMap<String, u64>,
    weight: f64,
    #[serde(default)]
    first: Option<String>,
    #[serde(default)]
    last: Option<String>,
    #[serde(default)]
    days: BTreeMap<String, u64>,
    #[serde(default)]
    measures: BTreeMap<String, f64>,
    evidence: Vec<SavedEvidence>,
}

#[derive(Deserialize)]
struct SavedEvidence {
    document: String,
    sentence: u32,
    #[serde(default)]
    last_sentence: Option<u32>,
    text: String,
    source: SavedSpan,
    target: SavedSpan,
    #[serde(default)]
    copies: Vec<SavedCopy>,
}

#[derive(Deserialize)]
struct SavedSpan {
    start: usize,
    end: usize,
    rule: String,
    #[serde(default)]
    context: String,
}

#[derive(Deserialize)]
struct SavedCopy {
    document: String,
    sentence: u32,
}

pub(super) fn read(edge: SavedEdge) -> std::result::Result<Edge, String> {
    let evidence: std::result::Result<Vec<Evidence>, String> = edge.evidence.into_iter().map(read_evidence).collect();
    let n = edge.n.unwrap_or(edge.sentences);
    let sources = edge.sources.unwrap_or(edge.documents);
    let value = |row: &Weight| match row.name {
        "n" => Some(n as f64),
        "documents" => Some(edge.documents as f64),
        "sources" => Some(sources as f64),
        name => edge.measures.get(name).copied(),
    };
    Ok(Edge {
        measures: Values::known(value),
        sentences: edge.sentences,
        n,
        documents: edge.documents,
        sources,
        contexts: read_contexts(&edge.contexts)?,
        first: day(&edge.first),
        last: day(&edge.last),
        days: read_days(&edge.days),
        weight: edge.weight,
        evidence: evidence?,
    })
}

fn read_contexts(saved: &BTreeMap<String, u64>) -> std::result::Result<Vec<(Context, u64)>, String> {
    let read = |(name, n): (&String, &u64)| Ok((context(name)?, *n));
    let mut contexts = saved.iter().map(read).collect::<std::result::Result<Vec<_>, String>>()?;
    contexts.sort_unstable();
    Ok(contexts)
}

fn context(name: &str) -> std::result::Result<Context, String> {
    Context::from_name(name).ok_or_else(|| format!("no such context: `{name}`"))
}

/// A place between two code points of a sentence, with the names of its rule and context.
pub(in crate::write) fn spot(
    document: &str,
    text: &str,
    (start, end): (usize, usize),
    (rule, within): (&str, &str),
) -> std::result::Result<Spot, String> {
    let number = RULES.iter().position(|row| row.name == rule).ok_or_else(|| format!("no such rule: `{rule}`"))?;
    let span = super::span(document, text, start, end)?;
    Ok(Spot { span, rule: Rule(number as u8), context: context(within)? })
}

fn read_evidence(evidence: SavedEvidence) -> std::result::Result<Evidence, String> {
    let side = |saved: &SavedSpan| {
        spot(&evidence.document, &evidence.text, (saved.start, saved.end), (&saved.rule, &saved.context))
    };
    let (source, target) = (side(&evidence.source)?, side(&evidence.target)?);
    let number = |sentence: u32| sentence.checked_sub(1).ok_or("sentences count from 1");
    let sentence = number(evidence.sentence)?;
    let last_sentence = evidence.last_sentence.map_or(Ok(sentence), number)?;
    let copy = |copy: SavedCopy| Ok((copy.document.into(), number(copy.sentence)?));
    let copies: std::result::Result<Vec<(Arc<str>, u32)>, String> = evidence.copies.into_iter().map(copy).collect();
    let (document, text, copies) = (evidence.document.into(), evidence.text.into(), copies?);
    Ok(Evidence { document, sentence, last_sentence, text, source, target, copies })
}
