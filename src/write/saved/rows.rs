//! Nodes, ties and evidence as they are written: views of the graph, so that nothing is copied.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use super::points;
use crate::graph::weights::Values;
use crate::graph::{ACTING, EdgeId, EntityGraph, Evidence, NodeId};
use crate::measure::Report;
use crate::model::{Context, Date, Spot};

#[derive(Serialize)]
pub(super) struct NodeRow<'g> {
    id: &'g str,
    name: &'g str,
    #[serde(rename = "type")]
    entity_type: &'g str,
    mentions: u64,
    sentences: u64,
    n: u64,
    documents: u64,
    first: Option<Day>,
    last: Option<Day>,
    #[serde(skip_serializing_if = "Days::is_empty")]
    days: Days<'g>,
    aliases: &'g BTreeMap<String, u64>,
    affiliations: &'g BTreeMap<String, u64>,
    measures: Scores<'g>,
    community: Option<&'g str>,
}

#[derive(Serialize)]
pub(super) struct EdgeRow<'g> {
    source: &'g str,
    target: &'g str,
    sentences: u64,
    n: u64,
    documents: u64,
    sources: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Contexts::is_empty")]
    contexts: Contexts<'g>,
    weight: f64,
    first: Option<Day>,
    last: Option<Day>,
    #[serde(skip_serializing_if = "Days::is_empty")]
    days: Days<'g>,
    measures: Weights,
    evidence: Sentences<'g>,
}

#[derive(Serialize)]
struct EvidenceRow<'g> {
    document: &'g str,
    sentence: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_sentence: Option<u32>,
    text: &'g str,
    source: Mark,
    target: Mark,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    copies: Vec<Copied<'g>>,
}

#[derive(Serialize)]
struct Mark {
    start: usize,
    end: usize,
    rule: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    context: &'static str,
}

#[derive(Serialize)]
struct Copied<'g> {
    document: &'g str,
    sentence: u32,
}

/// A node, with its scores and community.
pub(super) fn node(report: &Report, at: NodeId) -> NodeRow<'_> {
    let node = report.graph.node(at);
    NodeRow {
        id: &node.id,
        name: &node.name,
        entity_type: node.entity_type.name(),
        mentions: node.mentions,
        sentences: node.sentences,
        n: node.n,
        documents: node.documents,
        first: node.first.map(Day),
        last: node.last.map(Day),
        days: Days(&node.days),
        aliases: &node.aliases,
        affiliations: &node.affiliations,
        measures: Scores(&report.scores, at.0 as usize),
        community: report.community(at),
    }
}

/// A tie.
pub(super) fn edge(graph: &EntityGraph, at: EdgeId) -> EdgeRow<'_> {
    let (source, target, edge) = graph.edge(at);
    EdgeRow {
        source: &graph.node(source).id,
        target: &graph.node(target).id,
        sentences: edge.sentences,
        n: edge.n,
        documents: edge.documents,
        sources: edge.sources,
        kind: Some(edge.kind()).filter(|kind| *kind != ACTING),
        contexts: Contexts(&edge.contexts),
        weight: edge.weight,
        first: edge.first.map(Day),
        last: edge.last.map(Day),
        days: Days(&edge.days),
        measures: Weights(graph.values(at)),
        evidence: Sentences(&edge.evidence),
    }
}

fn evidence(evidence: &Evidence) -> EvidenceRow<'_> {
    let point = |at: u32| points(&evidence.text, at);
    let mark = |Spot { span, rule, context }: Spot| Mark {
        start: point(span.start),
        end: point(span.end),
        rule: rule.name(),
        context: context.name(),
    };
    EvidenceRow {
        document: &evidence.document,
        sentence: evidence.sentence + 1,
        last_sentence: Some(evidence.last_sentence + 1).filter(|_| evidence.last_sentence != evidence.sentence),
        text: &evidence.text,
        source: mark(evidence.source),
        target: mark(evidence.target),
        copies: evidence.copies.iter().map(|(document, at)| Copied { document, sentence: at + 1 }).collect(),
    }
}

struct Day(Date);

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// Counts by day.
struct Days<'g>(&'g [(Date, u64)]);

impl Days<'_> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Days<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(date, n)| (Day(*date), n)))
    }
}

/// Units by context.
struct Contexts<'g>(&'g [(Context, u64)]);

impl Contexts<'_> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Serialize for Contexts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // In order of their names, as they are read.
        let sorted: BTreeMap<&str, u64> = self.0.iter().map(|(context, n)| (context.name(), *n)).collect();
        serializer.collect_map(sorted)
    }
}

/// The scores of a node by name of the measure.
struct Scores<'g>(&'g [(&'static str, Vec<f64>)], usize);

impl Serialize for Scores<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, scores)| (name, scores[self.1])))
    }
}

/// The weights of a tie that are no plain counts: these have keys of their own.
struct Weights(Values);

impl Serialize for Weights {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().filter(|(row, _)| !row.count).map(|(row, value)| (row.name, value)))
    }
}

/// The evidence of a tie.
struct Sentences<'g>(&'g [Evidence]);

impl Serialize for Sentences<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(evidence))
    }
}
