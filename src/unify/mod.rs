//! From the keys of single documents to the entities of the corpus.
//!
//! Two mentions with the same id are one entity, whatever their document called it; its name and type are those that most
//! of its mentions have. Passages that several documents repeat are one passage ([`copies`]).

pub mod copies;
pub mod fold;
pub mod units;

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
    /// Gathers the entities and the copies of all documents. Cost: a look-up for each mention, and
    /// [`copies::of_sentences`].
    pub fn unify(log: &'l Log) -> Corpus<'l> {
        let mut votes: BTreeMap<Arc<str>, Votes> = BTreeMap::new();
        for mention in log.documents().flat_map(|(_, document)| &document.mentions) {
            let Some(key) = &mention.entity else { continue };
            let cast = votes.entry(key.id.clone()).or_default();
            match cast.iter_mut().find(|(name, known, _)| *name == key.name && *known == mention.entity_type) {
                Some((.., times)) => *times += 1,
                None => cast.push((key.name.clone(), mention.entity_type.clone(), 1)),
            }
        }
        let numbers = votes.keys().cloned().zip(0..).collect();
        let documents: Vec<&LogDocument> = log.documents().map(|(_, document)| document).collect();
        let sentences = copies::of_sentences(&documents);
        Corpus { log, entities: votes.into_iter().map(|(id, cast)| elected(id, cast)).collect(), sentences, numbers }
    }

    /// The number of each mention's entity, in order; nothing for a mention that nothing decides.
    pub fn numbers<'a>(&'a self, document: &'a LogDocument) -> impl Iterator<Item = Option<u32>> + 'a {
        document.mentions.iter().map(|mention| mention.entity.as_ref().map(|key| self.numbers[&key.id]))
    }
}

/// The names and types that mentions of one entity have, with how often.
type Votes = Vec<(Arc<str>, EntityType, u64)>;

/// The entity with the commonest name and type; of equally common ones the first in order.
fn elected(id: Arc<str>, mut cast: Votes) -> CorpusEntity {
    cast.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| (&a.0, &a.1).cmp(&(&b.0, &b.1))));
    let (name, entity_type, _) = cast.swap_remove(0);
    CorpusEntity { id, name, entity_type }
}
