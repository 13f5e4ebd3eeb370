//! Actors and documents, as they are read.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::Deserializer;

use super::shared::Shared;
use super::{Day, SavedDays, day, numbers_by_name};
use crate::graph::Node;
use crate::measure::MEASURES;
use crate::model::{DocumentInfo, EntityType};

#[derive(Deserialize)]
pub(super) struct SavedDocument {
    id: String,
    title: Option<String>,
    date: Option<String>,
    source: Option<String>,
}

impl SavedDocument {
    pub(super) fn read(self) -> DocumentInfo {
        DocumentInfo { id: self.id, title: self.title, date: day(&self.date), source: self.source }
    }
}

#[derive(Deserialize)]
pub(super) struct SavedNode<'a> {
    id: String,
    name: String,
    #[serde(rename = "type", borrow)]
    entity_type: Cow<'a, str>,
    mentions: u64,
    sentences: u64,
    #[serde(default)]
    n: Option<u64>,
    documents: u64,
    #[serde(default)]
    first: Day,
    #[serde(default)]
    last: Day,
    #[serde(default)]
    days: SavedDays,
    aliases: BTreeMap<String, u64>,
    affiliations: BTreeMap<String, u64>,
    measures: Scores,
    #[serde(default, borrow)]
    community: Option<Cow<'a, str>>,
}

/// An actor with its scores and its community.
pub(super) type Row = (Node, Scores, Option<Arc<str>>);

impl SavedNode<'_> {
    pub(super) fn read(self, shared: &Shared) -> Row {
        let node = Node {
            entity_type: EntityType::from_name(&self.entity_type),
            id: self.id,
            name: self.name,
            mentions: self.mentions,
            sentences: self.sentences,
            n: self.n.unwrap_or(self.sentences),
            documents: self.documents,
            aliases: self.aliases,
            affiliations: self.affiliations,
            first: self.first.0,
            last: self.last.0,
            days: self.days.0,
        };
        (node, self.measures, self.community.map(|name| shared.get(&name)))
    }
}

/// Scores by row of [`MEASURES`]; those that this program does not know are passed over.
#[derive(Default)]
pub(super) struct Scores([Option<f64>; MEASURES.len()]);

impl Scores {
    /// Keeps a score, if there is such a measure.
    pub(super) fn set(&mut self, name: &str, score: f64) {
        if let Some(place) = self.named(name) {
            *place = Some(score);
        }
    }

    fn named(&mut self, name: &str) -> Option<&mut Option<f64>> {
        MEASURES.iter().position(|row| row.name == name).map(|row| &mut self.0[row])
    }
}

impl<'a> Deserialize<'a> for Scores {
    fn deserialize<D: Deserializer<'a>>(from: D) -> Result<Scores, D::Error> {
        numbers_by_name(from, "scores by name", Scores::named)
    }
}

/// All actors in order of the file, their scores in columns.
#[derive(Default)]
pub(super) struct Nodes {
    pub(super) nodes: Vec<Node>,
    /// By row of [`MEASURES`]: those that the first actor has. Where another has none it is 0.
    pub(super) scores: Vec<(usize, Vec<f64>)>,
    pub(super) communities: Vec<Option<Arc<str>>>,
}

impl Nodes {
    pub(super) fn push(&mut self, (node, scores, community): Row) {
        if self.nodes.is_empty() {
            let known = scores.0.iter().enumerate().filter(|(_, score)| score.is_some());
            self.scores = known.map(|(row, _)| (row, Vec::new())).collect();
        }
        self.scores.iter_mut().for_each(|(row, column)| column.push(scores.0[*row].unwrap_or_default()));
        self.nodes.push(node);
        self.communities.push(community);
    }
}
