//! A document of the log as it is kept: what many share is a number.

use std::hash::Hash;
use std::sync::Arc;

use foldhash::HashMap;

use super::codec::Parts;
use super::store::Place;
use super::tables::Order;
use super::{Log, LogDocument, LogMention};
use crate::model::{Candidates, Context, EntityKey, EntityType, Kind, Rule, Span};

/// What many mentions and documents share, each once, numbered by arrival: nothing that is written may depend on the numbers.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// Entities.
    pub keys: Numbered<EntityKey>,
    /// Types of entities.
    pub types: Numbered<EntityType>,
    /// Sources of documents.
    pub sources: Numbered<Arc<str>>,
    /// Those that a name may be.
    pub candidates: Numbered<Candidates>,
}

/// Different things with a number each.
#[derive(Clone, Debug)]
pub struct Numbered<T> {
    list: Vec<T>,
    numbers: HashMap<T, u32>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Numbered<T> {
        Numbered { list: Vec::new(), numbers: HashMap::default() }
    }
}

impl<T: Clone + Eq + Hash> Numbered<T> {
    /// The number of a thing; a new one where it is not known.
    pub fn number(&mut self, thing: &T) -> u32 {
        if let Some(&number) = self.numbers.get(thing) {
            return number;
        }
        let number = self.list.len() as u32;
        self.list.push(thing.clone());
        self.numbers.insert(thing.clone(), number);
        number
    }

    /// The numbers of others, by theirs.
    fn numbers(&mut self, others: &Numbered<T>) -> Vec<u32> {
        others.list.iter().map(|thing| self.number(thing)).collect()
    }

    /// The thing of a number.
    pub fn get(&self, number: u32) -> &T {
        &self.list[number as usize]
    }

    /// All of them by number.
    pub fn all(&self) -> &[T] {
        &self.list
    }
}

/// A document; its mentions stand in a list of their own, and name what is shared by number.
#[derive(Clone, Debug)]
pub struct Record {
    /// The document without its mentions.
    pub document: LogDocument,
    /// Its source.
    pub(super) source: Option<u32>,
    /// Its mentions, in order.
    pub mentions: Vec<RecordMention>,
}

/// A mention, see [`LogMention`].
#[derive(Clone, Copy, Debug)]
pub struct RecordMention {
    /// Index into the lines of the document.
    pub line: u32,
    /// Bytes of the line's text.
    pub span: Span,
    /// The entity, among [`Log::keys`](super::Log::keys).
    pub key: Option<u32>,
    /// Its type, among [`Log::types`](super::Log::types).
    pub entity_type: u32,
    /// Name or demonym.
    pub kind: Kind,
    /// Where in the text it stands.
    pub context: Context,
    /// What found or linked it.
    pub rule: Rule,
    /// For a role: whose, as an index into the mentions.
    pub holder: Option<u32>,
    /// Where nothing decides: those it may be, among [`Log::candidates`](super::Log::candidates).
    pub candidates: Option<u32>,
}

/// A record of a [`Log`] that is not unpacked yet.
pub struct PackedRecord<'l> {
    pub(super) log: &'l Log,
    pub(super) place: Place,
}

impl PackedRecord<'_> {
    /// The record, without the prints of the sentences.
    pub fn record(&self) -> Record {
        self.log.parts(self.place, Parts::NoPrints)
    }

    /// The record with the prints, but without the texts of its lines.
    pub fn outline(&self) -> Record {
        self.log.parts(self.place, Parts::NoTexts)
    }
}

/// A document as a log keeps it, with the log's numbers.
pub struct Packed {
    pub(super) hash: u64,
    pub(super) bytes: Vec<u8>,
}

impl Packed {
    /// How many bytes the log keeps of it.
    pub fn size(&self) -> usize {
        self.bytes.len()
    }
}

impl Record {
    /// The publisher, where it is known; `log` is the one that has the record.
    pub fn source<'l>(&self, log: &'l Log) -> Option<&'l str> {
        log.names.source(self.source)
    }
}

impl Names {
    /// The record of a document.
    pub fn record(&mut self, mut document: LogDocument) -> Record {
        let source = document.source.take().map(|source| self.sources.number(&source.into()));
        let mentions = std::mem::take(&mut document.mentions);
        let mentions = mentions.iter().map(|mention| self.mention(mention)).collect();
        Record { document, source, mentions }
    }

    fn mention(&mut self, mention: &LogMention) -> RecordMention {
        RecordMention {
            line: mention.line,
            span: mention.span,
            key: mention.entity.as_ref().map(|key| self.keys.number(key)),
            entity_type: self.types.number(&mention.entity_type),
            kind: mention.kind,
            context: mention.context,
            rule: mention.rule,
            holder: mention.holder,
            candidates: (!mention.candidates.is_empty()).then(|| self.candidates.number(&mention.candidates)),
        }
    }

    /// The source of a number.
    pub fn source(&self, source: Option<u32>) -> Option<&str> {
        source.map(|source| &**self.sources.get(source))
    }

    /// The numbers here of all that others have; what is not known gets one.
    pub fn numbers_of(&mut self, others: &Names) -> Order {
        let Names { keys, types, sources, candidates } = others;
        Order {
            keys: self.keys.numbers(keys),
            types: self.types.numbers(types),
            rules: Vec::new(),
            sources: self.sources.numbers(sources),
            candidates: self.candidates.numbers(candidates),
        }
    }

    /// The document of a record.
    pub fn document(&self, record: Record) -> LogDocument {
        let mention = |mention: RecordMention| LogMention {
            line: mention.line,
            span: mention.span,
            entity: mention.key.map(|key| self.keys.get(key).clone()),
            entity_type: self.types.get(mention.entity_type).clone(),
            kind: mention.kind,
            context: mention.context,
            rule: mention.rule,
            holder: mention.holder,
            candidates: mention.candidates.map(|its| self.candidates.get(its).clone()).unwrap_or_default(),
        };
        LogDocument {
            source: record.source.map(|source| self.sources.get(source).to_string()),
            mentions: record.mentions.into_iter().map(mention).collect(),
            ..record.document
        }
    }
}
