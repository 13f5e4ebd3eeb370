//! From the keys of single documents to the entities of the corpus.
//!
//! Two mentions with the same id are one entity, whatever their document called it; its name and type are those that most
//! of its mentions have. Two ids are one entity where one name is plainly the other ([`names`]). Passages that several documents repeat are one passage ([`copies`]).

pub mod copies;
pub mod fold;
pub mod names;
pub mod units;

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::log::{Log, LogDocument};
use crate::model::EntityType;
use fold::Fold;

/// The log with its entities numbered in order of their ids.
#[derive(Debug)]
pub struct Corpus<'l> {
    /// The log that was unified.
    pub log: &'l Log,
    /// The entities; their order is that of their ids.
    pub entities: Vec<CorpusEntity>,
    /// Numbers of the sentences; copies of one another share one.
    pub sentences: Fold,
    numbers: BTreeMap<Arc<str>, u32>,
}

/// An entity of the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorpusEntity {
    /// Stable id.
    pub id: Arc<str>,
    /// The name to show.
    pub name: Arc<str>,
    /// Its type.
    pub entity_type: EntityType,
}

impl<'l> Corpus<'l> {
    /// Gathers the entities and the copies of all documents. Cost: a look-up for each mention, [`names::join`] and
    /// [`copies::of_sentences`].
    pub fn unify(log: &'l Log) -> Corpus<'l> {
        let votes = votes(log);
        let keys: BTreeMap<&Arc<str>, u32> = votes.keys().zip(0..).collect();
        let named = votes.values().map(Votes::named).collect::<Vec<_>>();
        let documents: Vec<&LogDocument> = log.documents().map(|(_, document)| document).collect();
        let joined = names::join(&named, documents.iter().map(|document| distinct(document, &keys)));
        // Entities are numbered in order of their ids; those that are another one get its number.
        let mut entities = Vec::new();
        let mut number_of = vec![0; joined.len()];
        for (at, (id, named)) in votes.keys().zip(&named).enumerate().filter(|(at, _)| joined[*at] as usize == *at) {
            number_of[at] = entities.len() as u32;
            entities.push(CorpusEntity {
                id: id.clone(),
                name: named.name.into(),
                entity_type: named.entity_type.clone(),
            });
        }
        let numbers = votes.keys().zip(&joined).map(|(id, &is)| (id.clone(), number_of[is as usize])).collect();
        let sentences = copies::of_sentences(&documents);
        Corpus { log, entities, sentences, numbers }
    }

    /// The number of each mention's entity, in order; nothing for a mention that nothing decides.
    pub fn numbers<'a>(&'a self, document: &'a LogDocument) -> impl Iterator<Item = Option<u32>> + 'a {
        document.mentions.iter().map(|mention| mention.entity.as_ref().map(|key| self.numbers[&key.id]))
    }
}

/// What the mentions of one id say.
#[derive(Default)]
struct Votes {
    /// Names and types, with how often.
    cast: Vec<(Arc<str>, EntityType, u64)>,
    /// Whether a list has the id.
    listed: bool,
}

impl Votes {
    /// The commonest name and type; of equally common ones the first in order.
    fn named(&self) -> names::Named<'_> {
        let first = self.cast.iter().min_by_key(|(name, entity_type, times)| (Reverse(*times), name, entity_type));
        let (name, entity_type, _) = first.expect("an id is made by a mention");
        let mentions = self.cast.iter().map(|(.., times)| times).sum();
        names::Named { name, entity_type, listed: self.listed, mentions }
    }
}

fn votes(log: &Log) -> BTreeMap<Arc<str>, Votes> {
    let mut votes: BTreeMap<Arc<str>, Votes> = BTreeMap::new();
    for mention in log.documents().flat_map(|(_, document)| &document.mentions) {
        let Some(key) = &mention.entity else { continue };
        let votes = votes.entry(key.id.clone()).or_default();
        votes.listed |= mention.rule.is_of_lists();
        match votes.cast.iter_mut().find(|(name, known, _)| *name == key.name && *known == mention.entity_type) {
            Some((.., times)) => *times += 1,
            None => votes.cast.push((key.name.clone(), mention.entity_type.clone(), 1)),
        }
    }
    votes
}

/// The entities of a document, each once.
fn distinct(document: &LogDocument, keys: &BTreeMap<&Arc<str>, u32>) -> Vec<u32> {
    let ids = document.mentions.iter().filter_map(|mention| mention.entity.as_ref());
    let mut entities: Vec<u32> = ids.map(|key| keys[&key.id]).collect();
    entities.sort_unstable();
    entities.dedup();
    entities
}
