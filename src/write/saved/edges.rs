//! Ties and their evidence, as rows of the file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{day, days, points, read_days};
use crate::graph::weights::{self, WEIGHTS, Weight};
use crate::graph::{ACTING, Edge, Evidence};
use crate::model::{Context, RULES, Rule, Spot};

#[derive(Serialize, Deserialize)]
pub(super) struct SavedEdge {
    pub(super) source: String,
    pub(super) target: String,
    sentences: u64,
    #[serde(default)]
    n: Option<u64>,
    documents: u64,
    #[serde(default)]
    sources: Option<u64>,
    /// Only for those who read the file: it follows from `contexts`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    contexts: BTreeMap<String, u64>,
    weight: f64,
    #[serde(default)]
    first: Option<String>,
    #[serde(default)]
    last: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    days: BTreeMap<String, u64>,
    #[serde(default)]
    measures: BTreeMap<String, f64>,
    evidence: Vec<SavedEvidence>,
}

#[derive(Serialize, Deserialize)]
struct SavedEvidence {
    document: String,
    sentence: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_sentence: Option<u32>,
    text: String,
    source: SavedSpan,
    target: SavedSpan,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    copies: Vec<SavedCopy>,
}

#[derive(Serialize, Deserialize)]
struct SavedSpan {
    start: usize,
    end: usize,
    rule: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    context: String,
}

#[derive(Serialize, Deserialize)]
struct SavedCopy {
    document: String,
    sentence: u32,
}

pub(super) fn saved(source: String, target: String, edge: &Edge) -> SavedEdge {
    SavedEdge {
        source,
        target,
        sentences: edge.sentences,
        n: Some(edge.n),
        documents: edge.documents,
        sources: Some(edge.sources),
        kind: Some(edge.kind().to_owned()).filter(|kind| kind != ACTING),
        contexts: edge.contexts.iter().map(|(context, n)| (context.name().to_owned(), *n)).collect(),
        weight: edge.weight,
        first: edge.first.map(|date| date.to_string()),
        last: edge.last.map(|date| date.to_string()),
        days: days(&edge.days),
        measures: edge
            .measures
            .iter()
            .filter(|(name, _)| !is_count(name))
            .map(|(name, v)| ((*name).to_owned(), *v))
            .collect(),
        evidence: edge.evidence.iter().map(saved_evidence).collect(),
    }
}

/// Whether a weight is a count with a key of its own.
fn is_count(name: &str) -> bool {
    weights::weight(name).is_some_and(|row| row.count)
}

fn saved_evidence(evidence: &Evidence) -> SavedEvidence {
    let points = |at: u32| points(&evidence.text, at);
    let side = |spot: Spot| SavedSpan {
        start: points(spot.span.start),
        end: points(spot.span.end),
        rule: spot.rule.name().to_owned(),
        context: spot.context.name().to_owned(),
    };
    let copy = |(document, sentence): &(String, u32)| SavedCopy { document: document.clone(), sentence: sentence + 1 };
    SavedEvidence {
        document: evidence.document.clone(),
        sentence: evidence.sentence + 1,
        last_sentence: Some(evidence.last_sentence + 1).filter(|_| evidence.last_sentence != evidence.sentence),
        source: side(evidence.source),
        target: side(evidence.target),
        text: evidence.text.clone(),
        copies: evidence.copies.iter().map(copy).collect(),
    }
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
        measures: WEIGHTS.iter().filter_map(|row| value(row).map(|value| (row.name, value))).collect(),
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

fn read_evidence(evidence: SavedEvidence) -> std::result::Result<Evidence, String> {
    let side = |saved: &SavedSpan| -> std::result::Result<Spot, String> {
        let rule = RULES.iter().position(|row| row.name == saved.rule);
        let rule = rule.ok_or_else(|| format!("no such rule: `{}`", saved.rule))?;
        let span = super::span(&evidence.document, &evidence.text, saved.start, saved.end)?;
        Ok(Spot { span, rule: Rule(rule as u8), context: context(&saved.context)? })
    };
    let (source, target) = (side(&evidence.source)?, side(&evidence.target)?);
    let number = |sentence: u32| sentence.checked_sub(1).ok_or("sentences count from 1");
    let sentence = number(evidence.sentence)?;
    let last_sentence = evidence.last_sentence.map_or(Ok(sentence), number)?;
    let copy = |copy: SavedCopy| Ok((copy.document, number(copy.sentence)?));
    let copies: std::result::Result<Vec<(String, u32)>, String> = evidence.copies.into_iter().map(copy).collect();
    let (document, text, copies) = (evidence.document, evidence.text, copies?);
    Ok(Evidence { document, sentence, last_sentence, text, source, target, copies })
}
