//! Ties and their evidence, as they are read.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::Deserializer;
use thin_vec::ThinVec;

use super::shared::Shared;
use super::{Day, Number, SavedDays, numbers_by_name};
use crate::graph::weights::Kept;
use crate::graph::{Edge, Evidence};
use crate::model::{Context, RULES, Rule, Spot};

/// A tie with the ids of its ends, and what its weights need besides the counts.
pub(super) type Named<'a> = (Cow<'a, str>, Cow<'a, str>, Edge, Kept);

/// What is counted of a tie.
#[derive(Deserialize)]
pub(super) struct SavedCounts<'a> {
    #[serde(borrow)]
    source: Cow<'a, str>,
    #[serde(borrow)]
    target: Cow<'a, str>,
    sentences: u64,
    #[serde(default)]
    n: Option<u64>,
    documents: u64,
    #[serde(default)]
    sources: Option<u64>,
    #[serde(default)]
    contexts: BTreeMap<String, u64>,
    weight: Number,
}

/// All of a tie: the keys of [`SavedCounts`] again, since what serde flattens it copies first.
#[derive(Deserialize)]
pub(super) struct SavedEdge<'a> {
    #[serde(borrow)]
    source: Cow<'a, str>,
    #[serde(borrow)]
    target: Cow<'a, str>,
    sentences: u64,
    #[serde(default)]
    n: Option<u64>,
    documents: u64,
    #[serde(default)]
    sources: Option<u64>,
    #[serde(default)]
    contexts: BTreeMap<String, u64>,
    weight: Number,
    #[serde(default)]
    first: Day,
    #[serde(default)]
    last: Day,
    #[serde(default)]
    days: SavedDays,
    #[serde(default)]
    measures: SavedKept,
    #[serde(borrow)]
    evidence: Vec<SavedEvidence<'a>>,
}

#[derive(Deserialize)]
struct SavedEvidence<'a> {
    #[serde(borrow)]
    document: Cow<'a, str>,
    sentence: u32,
    #[serde(default)]
    last_sentence: Option<u32>,
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(borrow)]
    source: SavedSpan<'a>,
    #[serde(borrow)]
    target: SavedSpan<'a>,
    #[serde(borrow, default)]
    copies: Vec<SavedCopy<'a>>,
}

#[derive(Deserialize)]
struct SavedSpan<'a> {
    start: usize,
    end: usize,
    #[serde(borrow)]
    rule: Cow<'a, str>,
    #[serde(borrow, default)]
    context: Cow<'a, str>,
}

#[derive(Deserialize)]
struct SavedCopy<'a> {
    #[serde(borrow)]
    document: Cow<'a, str>,
    sentence: u32,
}

impl<'a> SavedCounts<'a> {
    pub(super) fn read(self) -> Result<Named<'a>, String> {
        let edge = Edge {
            sentences: self.sentences,
            n: self.n.unwrap_or(self.sentences),
            documents: self.documents,
            sources: self.sources.unwrap_or(self.documents),
            contexts: read_contexts(&self.contexts)?,
            weight: self.weight.0,
            ..Edge::default()
        };
        Ok((self.source, self.target, edge, Kept::default()))
    }
}

impl<'a> SavedEdge<'a> {
    pub(super) fn read(self, shared: &Shared) -> Result<Named<'a>, String> {
        let SavedEdge { source, target, sentences, n, documents, sources, contexts, weight, .. } = self;
        let counts = SavedCounts { source, target, sentences, n, documents, sources, contexts, weight };
        let (source, target, edge, _) = counts.read()?;
        let mut evidence = ThinVec::with_capacity(self.evidence.len());
        for one in self.evidence {
            evidence.push(one.read(shared)?);
        }
        let (first, last) = (self.first.0, self.last.0);
        let edge = Edge { first, last, days: self.days.0.into(), evidence, ..edge };
        Ok((source, target, edge, self.measures.0))
    }
}

impl SavedEvidence<'_> {
    fn read(self, shared: &Shared) -> Result<Evidence, String> {
        let side = |saved: &SavedSpan| {
            spot(&self.document, &self.text, (saved.start, saved.end), (&saved.rule, &saved.context))
        };
        let (source, target) = (side(&self.source)?, side(&self.target)?);
        let number = |sentence: u32| sentence.checked_sub(1).ok_or("sentences count from 1");
        let sentence = number(self.sentence)?;
        let last_sentence = self.last_sentence.map_or(Ok(sentence), number)?;
        let mut copies = ThinVec::with_capacity(self.copies.len());
        for copy in self.copies {
            copies.push((shared.get(&copy.document), number(copy.sentence)?));
        }
        let (document, text) = (shared.get(&self.document), shared.get(&self.text));
        Ok(Evidence { document, sentence, last_sentence, text, source, target, copies })
    }
}

/// Weights by name: those that do not follow from counts.
#[derive(Default)]
struct SavedKept(Kept);

impl<'a> Deserialize<'a> for SavedKept {
    fn deserialize<D: Deserializer<'a>>(from: D) -> Result<SavedKept, D::Error> {
        numbers_by_name(from, "weights by name", Kept::named).map(SavedKept)
    }
}

fn read_contexts(saved: &BTreeMap<String, u64>) -> Result<ThinVec<(Context, u64)>, String> {
    let read = |(name, n): (&String, &u64)| Ok((context(name)?, *n));
    let mut contexts = saved.iter().map(read).collect::<Result<ThinVec<_>, String>>()?;
    contexts.sort_unstable();
    Ok(contexts)
}

fn context(name: &str) -> Result<Context, String> {
    Context::from_name(name).ok_or_else(|| format!("no such context: `{name}`"))
}

/// A place between two code points of a sentence, with the names of its rule and context.
pub(in crate::write) fn spot(
    document: &str,
    text: &str,
    (start, end): (usize, usize),
    (rule, within): (&str, &str),
) -> Result<Spot, String> {
    let number = RULES.iter().position(|row| row.name == rule).ok_or_else(|| format!("no such rule: `{rule}`"))?;
    let span = super::span(document, text, start, end)?;
    Ok(Spot { span, rule: Rule(number as u8), context: context(within)? })
}
