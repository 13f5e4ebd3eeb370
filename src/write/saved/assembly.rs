//! From what was read to the graph.

use std::collections::BTreeMap;
use std::sync::Arc;

use foldhash::HashMap;

use super::nodes::Nodes;
use super::{SavedCorpus, read_corpus};
use crate::graph::{Builder, weights};
use crate::measure::{Communities, MEASURES, Report};
use crate::model::{Ambiguous, CorpusFigures, DocumentInfo};

/// Everything but the ties.
#[derive(Default)]
pub(super) struct Head {
    pub(super) settings: BTreeMap<String, String>,
    pub(super) corpus: Option<SavedCorpus>,
    pub(super) documents: Option<Vec<DocumentInfo>>,
    pub(super) ambiguous: Vec<Ambiguous>,
    pub(super) nodes: Nodes,
}

/// A graph to which its ties are to be added.
pub(super) struct Assembly {
    pub(super) builder: Builder,
    /// The places of actors in the file, by id.
    pub(super) places: HashMap<Box<str>, u32>,
    settings: BTreeMap<String, String>,
    corpus: CorpusFigures,
    documents: Vec<DocumentInfo>,
    ambiguous: Vec<Ambiguous>,
    scores: Vec<(&'static str, Vec<f64>)>,
    /// The name of the community of each actor, where all have one.
    communities: Option<Vec<Arc<str>>>,
}

impl Assembly {
    /// # Errors
    /// A part is missing or contradicts another.
    pub(super) fn new(head: Head) -> Result<Assembly, String> {
        let Head { settings, corpus, documents, ambiguous, nodes: Nodes { nodes, scores, communities } } = head;
        let mut places: HashMap<Box<str>, u32> = HashMap::default();
        places.reserve(nodes.len());
        for (node, place) in nodes.iter().zip(0..) {
            if places.insert((*node.id).into(), place).is_some() {
                return Err(format!("the node `{}` stands twice", node.id));
            }
        }
        let weight = match settings.get("weight") {
            Some(name) => weights::weight(name).ok_or_else(|| format!("no such weight: `{name}`"))?,
            None => weights::default_weight(),
        };
        let builder = Builder::new(nodes, weight);
        // The graph puts its nodes in order; scores and communities follow them.
        let ordered = |column: Vec<f64>| {
            let mut ordered = vec![0.0; column.len()];
            column.into_iter().enumerate().for_each(|(at, score)| ordered[builder.place(at)] = score);
            ordered
        };
        let scores = scores.into_iter().map(|(row, column)| (MEASURES[row].name, ordered(column))).collect();
        let communities = communities.into_iter().collect::<Option<Vec<Arc<str>>>>().map(|named| {
            let mut ordered = named.clone();
            named.into_iter().enumerate().for_each(|(at, name)| ordered[builder.place(at)] = name);
            ordered
        });
        let corpus = read_corpus(corpus.ok_or("missing field `corpus`")?)?;
        let documents = documents.ok_or("missing field `documents`")?;
        Ok(Assembly { builder, places, settings, corpus, documents, ambiguous, scores, communities })
    }

    /// Where the node with this id stands in the file.
    pub(super) fn place(&self, id: &str) -> Result<usize, String> {
        let place = self.places.get(id).ok_or_else(|| format!("an edge names `{id}`, which is no node"))?;
        Ok(*place as usize)
    }

    pub(super) fn finish(self) -> Report {
        let mut graph = self.builder.finish(self.corpus, self.documents);
        graph.ambiguous = self.ambiguous;
        let communities = self.communities.map(|named| communities(&named)).unwrap_or_default();
        Report { scores: self.scores, communities, graph, settings: self.settings }
    }
}

/// The communities with these names, numbered as they were.
fn communities(named: &[Arc<str>]) -> Communities {
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
