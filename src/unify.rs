//! From the keys of single documents to the entities of the corpus.
//!
//! Two mentions with the same gazetteer id are one entity, whatever their document called it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::log::{Log, LogDocument};
use crate::model::EntityType;

/// The log with its entities numbered in order of their ids.
#[derive(Debug)]
pub struct Corpus<'l> {
    /// The log that was unified.
    pub log: &'l Log,
    /// The entities; their order is that of their ids.
    pub entities: Vec<CorpusEntity>,
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
    /// Gathers the entities of all documents. Cost: a look-up for each mention.
    pub fn unify(log: &'l Log) -> Corpus<'l> {
        let mut found: BTreeMap<Arc<str>, CorpusEntity> = BTreeMap::new();
        for mention in log.documents().flat_map(|(_, document)| &document.mentions) {
            let Some(key) = &mention.entity else { continue };
            if !found.contains_key(&key.id) {
                let entity =
                    CorpusEntity { id: key.id.clone(), name: key.name.clone(), entity_type: mention.entity_type.clone() };
                found.insert(key.id.clone(), entity);
            }
        }
        let numbers = found.keys().cloned().zip(0..).collect();
        Corpus { log, entities: found.into_values().collect(), numbers }
    }

    /// The number of each mention's entity, in order; nothing for a mention that nothing decides.
    pub fn numbers<'a>(&'a self, document: &'a LogDocument) -> impl Iterator<Item = Option<u32>> + 'a {
        document.mentions.iter().map(|mention| mention.entity.as_ref().map(|key| self.numbers[&key.id]))
    }
}
