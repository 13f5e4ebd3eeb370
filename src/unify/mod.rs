//! From the keys of single documents to the entities of the corpus.
//!
//! Two mentions with the same id are one entity, whatever their document called it; its name and type are those that most
//! of its mentions have. Two ids are one entity where one name is plainly the other ([`names`]). Passages that several documents repeat are one passage ([`copies`]).

pub mod copies;
pub mod fold;
pub mod names;
pub mod units;

use std::cmp::Reverse;
use std::sync::Arc;

use foldhash::HashMap;
use rayon::prelude::*;

use crate::log::{Log, PackedRecord, Record};
use crate::model::{Context, Date, EntityKey, EntityType, Kind};
use crate::text::print::Print;
use fold::Fold;

/// The log with its entities numbered in order of their ids, and without its texts.
pub struct Corpus<'l> {
    /// The log that was unified.
    pub log: &'l Log,
    /// The documents, in order of the log.
    pub documents: Vec<CorpusDocument>,
    /// The entities; their order is that of their ids.
    pub entities: Vec<CorpusEntity>,
    /// Numbers of the sentences; copies of one another share one.
    pub sentences: Fold,
}

/// A document of the corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CorpusDocument {
    /// The day of publication.
    pub date: Option<Date>,
    /// How many sentences are known.
    pub sentences: u32,
    /// See [`LogDocument::numbers`](crate::log::LogDocument::numbers).
    pub numbers: Box<[u32]>,
    /// See [`LogDocument::paragraphs`](crate::log::LogDocument::paragraphs).
    pub paragraphs: Box<[u32]>,
    /// Its mentions, in order.
    pub mentions: Box<[CorpusMention]>,
}

/// A mention of the corpus: twelve bytes, for there are millions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CorpusMention {
    /// The number of its entity, or [`NONE`].
    entity: u32,
    /// Which of the known sentences it stands in.
    pub sentence: u32,
    /// Name or demonym.
    pub kind: Kind,
    /// Where in the text it stands.
    pub context: Context,
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

impl CorpusMention {
    /// The number of its entity; nothing where nothing decides.
    pub fn entity(&self) -> Option<u32> {
        (self.entity != NONE).then_some(self.entity)
    }
}

impl CorpusDocument {
    /// Whether it is known by its mentions alone.
    pub fn is_partial(&self) -> bool {
        !self.numbers.is_empty()
    }

    /// The number of a known sentence in the document, from 0.
    pub fn number(&self, sentence: u32) -> u32 {
        self.numbers.get(sentence as usize).copied().unwrap_or(sentence)
    }
}

impl<'l> Corpus<'l> {
    /// Gathers the entities and the copies of all documents. Cost: a look-up for each mention, [`names::join`] and
    /// [`copies::of_sentences`].
    pub fn unify(log: &'l Log) -> Corpus<'l> {
        let Columns { mut documents, prints, votes } = Columns::of(log);
        let sizes: Vec<usize> = documents.iter().map(|document| document.sentences as usize).collect();
        let ((entities, numbers), sentences) =
            rayon::join(|| entities(log, &documents, &votes), || copies::of_sentences(&sizes, prints));
        for mention in documents.iter_mut().flat_map(|document| &mut document.mentions) {
            mention.entity = mention.entity().map_or(NONE, |key| numbers[key as usize]);
        }
        Corpus { log, documents, entities, sentences }
    }
}

/// What the mentions of one key and type say: how many there are, and whether a list has it.
type Votes = HashMap<(u32, u32), (u64, bool)>;

/// The log without its texts; the entity of a mention is a key of the log.
#[derive(Default)]
struct Columns {
    documents: Vec<CorpusDocument>,
    /// Of all sentences; an empty one where a document has none.
    prints: Vec<Print>,
    votes: Votes,
}

impl Columns {
    fn of(log: &Log) -> Columns {
        /// So many documents are unpacked by one thread at a time,
        const TOGETHER: usize = 1024;
        /// and so many before their columns go behind the others: with those of all documents at once they were in memory twice, and
        /// 1 GB of news took 1,475 MB, now 1,313.
        const PART: usize = 16 * TOGETHER;
        let of_some = |records: &[PackedRecord<'_>]| {
            let mut columns = Columns { documents: Vec::with_capacity(records.len()), ..Columns::default() };
            records.iter().for_each(|record| columns.add(record.outline()));
            columns
        };
        let mut all = Columns { documents: Vec::with_capacity(log.len()), ..Columns::default() };
        for part in log.packed().chunks(PART) {
            let columns: Vec<Columns> = part.par_chunks(TOGETHER).map(of_some).collect();
            all = columns.into_iter().fold(all, Columns::followed_by);
        }
        all
    }

    fn followed_by(mut self, next: Columns) -> Columns {
        self.documents.extend(next.documents);
        self.prints.extend(next.prints);
        for (key, (times, listed)) in next.votes {
            let votes = self.votes.entry(key).or_default();
            *votes = (votes.0 + times, votes.1 | listed);
        }
        self
    }

    fn add(&mut self, record: Record) {
        let document = record.document;
        let known = document.prints.iter().copied().chain(std::iter::repeat(Print::default()));
        self.prints.extend(known.take(document.sentences as usize));
        for mention in &record.mentions {
            let Some(key) = mention.key else { continue };
            let votes = self.votes.entry((key, mention.entity_type)).or_default();
            votes.0 += 1;
            votes.1 |= mention.rule.is_of_lists();
        }
        let mentions = record.mentions.iter().map(|mention| CorpusMention {
            entity: mention.key.unwrap_or(NONE),
            sentence: document.lines[mention.line as usize].sentence,
            kind: mention.kind,
            context: mention.context,
        });
        self.documents.push(CorpusDocument {
            date: document.date,
            sentences: document.sentences,
            mentions: mentions.collect(),
            numbers: document.numbers.into(),
            paragraphs: document.paragraphs.into(),
        });
    }
}

/// No number.
const NONE: u32 = u32::MAX;

/// The entities in order of their ids, and for each key of the log the number of its entity.
fn entities(log: &Log, documents: &[CorpusDocument], votes: &Votes) -> (Vec<CorpusEntity>, Vec<u32>) {
    let keys = log.keys();
    let mut cast: Vec<(&EntityKey, u32, &EntityType, u64, bool)> = votes
        .iter()
        .map(|(&(key, of), &(times, listed))| (&keys[key as usize], key, &log.types()[of as usize], times, listed))
        .collect();
    cast.sort_unstable_by_key(|&(key, number, ..)| (&key.id, number));
    let mut id_of = vec![NONE; keys.len()];
    let mut named = Vec::new();
    for votes in cast.chunk_by(|a, b| a.0.id == b.0.id) {
        votes.iter().for_each(|(_, key, ..)| id_of[*key as usize] = named.len() as u32);
        // The commonest name and type; of equally common ones the first in order.
        let first = votes.iter().min_by_key(|(key, _, of, times, _)| (Reverse(*times), &key.name, *of));
        let (key, _, entity_type, ..) = first.expect("an id is made by a mention");
        let listed = votes.iter().any(|(.., listed)| *listed);
        let mentions = votes.iter().map(|(.., times, _)| times).sum();
        named.push((key, names::Named { name: &key.name, entity_type, listed, mentions }));
    }
    let (ids, named): (Vec<&&EntityKey>, Vec<names::Named>) = named.into_iter().unzip();
    let joined = names::join(&named, documents.iter().map(|document| distinct(document, &id_of)));
    // Entities are numbered in order of their ids; those that are another one get its number.
    let mut entities = Vec::new();
    let mut number_of = vec![0; joined.len()];
    for (at, key) in ids.iter().enumerate().filter(|(at, _)| joined[*at] as usize == *at) {
        number_of[at] = entities.len() as u32;
        let entity_type = named[at].entity_type.clone();
        entities.push(CorpusEntity { id: key.id.clone(), name: key.name.clone(), entity_type });
    }
    let number = |&id: &u32| joined.get(id as usize).map_or(NONE, |&is| number_of[is as usize]);
    (entities, id_of.iter().map(number).collect())
}

/// The entities of a document, each once.
fn distinct(document: &CorpusDocument, id_of: &[u32]) -> Vec<u32> {
    let keys = document.mentions.iter().filter_map(CorpusMention::entity);
    let mut entities: Vec<u32> = keys.map(|key| id_of[key as usize]).collect();
    entities.sort_unstable();
    entities.dedup();
    entities
}
