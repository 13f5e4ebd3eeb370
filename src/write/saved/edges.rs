//! Ties and their evidence, as they are read: what stands in the file many times is kept once.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use foldhash::HashMap;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::{Day, SavedDays};
use crate::graph::weights::{Values, WEIGHTS};
use crate::graph::{Edge, Evidence};
use crate::model::{Context, RULES, Rule, Spot};

/// A tie with the ids of its ends.
pub(super) type Named<'a> = (Cow<'a, str>, Cow<'a, str>, Edge);

#[derive(Deserialize)]
struct SavedEdge<'a> {
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
    weight: f64,
    #[serde(default)]
    first: Day,
    #[serde(default)]
    last: Day,
    #[serde(default)]
    days: SavedDays,
    #[serde(default)]
    measures: SavedMeasures,
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

/// Reads a list of ties, each at once: nothing but the ties is kept of it.
#[derive(Default)]
pub(super) struct Edges<'a> {
    /// Ids of documents.
    ids: HashMap<Cow<'a, str>, Arc<str>>,
    /// Texts by document and sentences: one sentence of news ties four pairs.
    texts: HashMap<(Arc<str>, u32, u32), Arc<str>>,
}

impl<'a> DeserializeSeed<'a> for Edges<'a> {
    type Value = Vec<Named<'a>>;

    fn deserialize<D: Deserializer<'a>>(self, from: D) -> Result<Vec<Named<'a>>, D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'a> Visitor<'a> for Edges<'a> {
    type Value = Vec<Named<'a>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of ties")
    }

    fn visit_seq<A: SeqAccess<'a>>(mut self, mut list: A) -> Result<Vec<Named<'a>>, A::Error> {
        let mut edges = Vec::new();
        while let Some(edge) = list.next_element::<SavedEdge>()? {
            edges.push(self.read(edge).map_err(A::Error::custom)?);
        }
        Ok(edges)
    }
}

impl<'a> Edges<'a> {
    fn read(&mut self, edge: SavedEdge<'a>) -> Result<Named<'a>, String> {
        let evidence = edge.evidence.into_iter().map(|evidence| self.evidence(evidence));
        let evidence: Vec<Evidence> = evidence.collect::<Result<_, String>>()?;
        let n = edge.n.unwrap_or(edge.sentences);
        let sources = edge.sources.unwrap_or(edge.documents);
        let mut measures = edge.measures.0;
        for (at, row) in WEIGHTS.iter().enumerate().filter(|(_, row)| row.count) {
            let count = match row.name {
                "n" => n,
                "sources" => sources,
                _ => edge.documents,
            };
            measures.set(at, count as f64);
        }
        let read = Edge {
            measures,
            sentences: edge.sentences,
            n,
            documents: edge.documents,
            sources,
            contexts: read_contexts(&edge.contexts)?,
            first: edge.first.0,
            last: edge.last.0,
            days: edge.days.0,
            weight: edge.weight,
            evidence,
        };
        Ok((edge.source, edge.target, read))
    }

    fn evidence(&mut self, evidence: SavedEvidence<'a>) -> Result<Evidence, String> {
        let side = |saved: &SavedSpan| {
            spot(&evidence.document, &evidence.text, (saved.start, saved.end), (&saved.rule, &saved.context))
        };
        let (source, target) = (side(&evidence.source)?, side(&evidence.target)?);
        let number = |sentence: u32| sentence.checked_sub(1).ok_or("sentences count from 1");
        let sentence = number(evidence.sentence)?;
        let last_sentence = evidence.last_sentence.map_or(Ok(sentence), number)?;
        let mut copies = Vec::with_capacity(evidence.copies.len());
        for copy in evidence.copies {
            copies.push((self.id(copy.document), number(copy.sentence)?));
        }
        let document = self.id(evidence.document);
        let text = self.text((document.clone(), sentence, last_sentence), &evidence.text);
        Ok(Evidence { document, sentence, last_sentence, text, source, target, copies })
    }

    fn id(&mut self, id: Cow<'a, str>) -> Arc<str> {
        if let Some(known) = self.ids.get(&id) {
            return known.clone();
        }
        let shared: Arc<str> = (*id).into();
        self.ids.insert(id, shared.clone());
        shared
    }

    /// The text; the same for the same place, unless the file has another there.
    fn text(&mut self, place: (Arc<str>, u32, u32), text: &str) -> Arc<str> {
        let known = self.texts.entry(place).or_insert_with(|| text.into());
        if **known == *text { known.clone() } else { text.into() }
    }
}

/// Weights by name; those that this program does not know are passed over.
#[derive(Default)]
struct SavedMeasures(Values);

impl<'a> Deserialize<'a> for SavedMeasures {
    fn deserialize<D: Deserializer<'a>>(from: D) -> Result<SavedMeasures, D::Error> {
        struct Rows;

        impl<'a> Visitor<'a> for Rows {
            type Value = SavedMeasures;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("weights by name")
            }

            fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<SavedMeasures, A::Error> {
                let mut values = Values::default();
                while let Some((name, value)) = map.next_entry::<Name, f64>()? {
                    if let Some(row) = WEIGHTS.iter().position(|row| row.name == name.0) {
                        values.set(row, value);
                    }
                }
                Ok(SavedMeasures(values))
            }
        }

        from.deserialize_map(Rows)
    }
}

/// A key.
#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

fn read_contexts(saved: &BTreeMap<String, u64>) -> Result<Vec<(Context, u64)>, String> {
    let read = |(name, n): (&String, &u64)| Ok((context(name)?, *n));
    let mut contexts = saved.iter().map(read).collect::<Result<Vec<_>, String>>()?;
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
