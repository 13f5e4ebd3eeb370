//! The log: which entities stand in which sentence of which document.
//!
//! Everything after it (ties, graph, measures) is a function of the log alone, so a late decision needs no second reading.
//! Appending and merging are unions of documents by id and text: associative, commutative, no arithmetic. [`file`](mod@file) has
//! the form in which it is saved.

mod blocks;
mod codec;
pub mod file;
mod record;
mod store;
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, Mutex};

use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

use crate::error::Warning;
use crate::model::{Candidates, Context, Date, Document, EntityKey, EntityType, Kind, Marked, Mention, Rule, Span};
use crate::text::paragraphs;
pub use crate::text::print::Print;
use crate::text::print::Printer;
use codec::Parts;
use record::{Names, Ready};
pub use record::{PackedRecord, Record, RecordMention};
use store::{Place, Store};

/// All documents with their mentions, in order of their ids; those of one id in order of the hashes of their texts.
///
/// In memory are some hundred bytes a document, and what many mentions share; the rest is packed, and goes to a temporary
/// file when it is more than 16 MiB.
#[derive(Default)]
pub struct Log {
    documents: BTreeMap<Key, Entry>,
    names: Names,
    store: Store,
}

/// The id of a document as its source gave it, and the hash of its text.
type Key = (Arc<str>, u64);

/// Where a document is, with the id under which it is shown.
struct Entry {
    shown: Arc<str>,
    place: Place,
}

/// One document without its text: only the sentences that hold a mention are kept. The order of its fields decides which of
/// two records of one text is kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LogDocument {
    /// A headline, where the source has one.
    pub title: Option<String>,
    /// The day of publication.
    pub date: Option<Date>,
    /// The publisher, where the source says.
    pub source: Option<String>,
    /// Hash of the whole text (XXH3, 64 bits).
    pub hash: u64,
    /// How many sentences it has; where it is partial, only those with a mention.
    pub sentences: u32,
    /// Where the document is known by its mentions alone, so that sentences without one are not counted, and of the others only
    /// the names are known: the number in the document of each known sentence, from 0. Else empty.
    pub numbers: Vec<u32>,
    /// What tells each of its sentences from others, in order: copies in other documents are found by it. As many as
    /// sentences, or none where the document is partial.
    pub prints: Vec<Print>,
    /// The sentences that begin a paragraph, by number, in order; the first always does and is not listed.
    pub paragraphs: Vec<u32>,
    /// Whether somebody else found its mentions.
    pub given: bool,
    /// How many words it has (runs of letters and digits between blanks).
    pub words: u32,
    /// The sentences that hold a mention, in order.
    pub lines: Vec<Line>,
    /// The mentions, in order.
    pub mentions: Vec<LogMention>,
}

/// A sentence that holds a mention.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Line {
    /// Which of the known sentences of the document, from 0 ([`LogDocument::number`]).
    pub sentence: u32,
    /// Its text.
    pub text: Box<str>,
}

/// A mention, with its place in its line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LogMention {
    /// Index into [`LogDocument::lines`].
    pub line: u32,
    /// Bytes of the line's text.
    pub span: Span,
    /// The entity; nothing where nothing decides.
    pub entity: Option<EntityKey>,
    /// Its type.
    pub entity_type: EntityType,
    /// Name or demonym.
    pub kind: Kind,
    /// Where in the text it stands.
    pub context: Context,
    /// What found or linked it.
    pub rule: Rule,
    /// For a role: whose, as an index into [`LogDocument::mentions`].
    pub holder: Option<u32>,
    /// Where nothing decides: the ids of those it may be.
    pub candidates: Candidates,
}

/// How many documents of a log became what in another one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The same.
    pub kept: usize,
    /// Known by their id, with another text, title, day or source.
    pub changed: usize,
    /// Not known.
    pub new: usize,
    /// Not there any more.
    pub dropped: usize,
}

impl LogDocument {
    /// What the log keeps of a document with its sentences and mentions (both sorted). Cost: the text and its
    /// sentences are hashed and its words counted.
    pub fn new(document: &Document, sentences: &[Span], mentions: Vec<Mention>) -> LogDocument {
        let mut lines: Vec<Line> = Vec::new();
        let keep = |mention: Mention| {
            let sentence = sentences[mention.sentence as usize];
            if lines.last().is_none_or(|line| line.sentence != mention.sentence) {
                lines.push(Line { sentence: mention.sentence, text: sentence.of(&document.text).into() });
            }
            LogMention {
                line: lines.len() as u32 - 1,
                span: Span { start: mention.span.start - sentence.start, end: mention.span.end - sentence.start },
                entity: mention.entity,
                entity_type: mention.entity_type,
                kind: mention.kind,
                context: mention.context,
                rule: mention.rule,
                holder: mention.holder,
                candidates: mention.candidates,
            }
        };
        // In the same memory.
        let mentions = mentions.into_iter().map(keep).collect();
        let printer = Printer::new(&document.text);
        let mut words = 0;
        let print = |span: &Span| {
            let (print, its_words) = printer.read(*span);
            words += its_words;
            print
        };
        let prints = sentences.iter().map(print).collect();
        LogDocument {
            title: document.title.clone(),
            date: document.date,
            source: document.source.clone(),
            hash: hash_of(&document.text),
            sentences: sentences.len() as u32,
            words,
            given: false,
            numbers: Vec::new(),
            prints,
            paragraphs: paragraphs(&document.text, sentences),
            lines,
            mentions,
        }
    }

    /// What the log keeps of a document in which somebody else found the names. Where its text is not known, its hash is one
    /// of the mentions.
    pub fn marked(marked: Marked) -> LogDocument {
        let mut document = LogDocument::new(&marked.document, &marked.sentences, marked.mentions);
        if let Some(numbers) = marked.numbers {
            (document.numbers, document.words) = (numbers, 0);
            document.prints.clear();
            document.hash = document.hash_of_mentions();
        }
        document.given = true;
        document.hash = marked.hash.unwrap_or(document.hash);
        document
    }

    /// Whether it is known by its mentions alone.
    pub fn is_partial(&self) -> bool {
        !self.numbers.is_empty()
    }

    /// The number of a known sentence in the document, from 0.
    pub fn number(&self, sentence: u32) -> u32 {
        self.numbers.get(sentence as usize).copied().unwrap_or(sentence)
    }

    fn hash_of_mentions(&self) -> u64 {
        let mut hash = Xxh3Default::new();
        for mention in &self.mentions {
            let line = &self.lines[mention.line as usize];
            let id = mention.entity.as_ref().map_or("", |key| &key.id);
            let words = [mention.span.of(&line.text), id, mention.entity_type.name(), mention.rule.name()];
            hash.update(&self.number(line.sentence).to_le_bytes());
            hash.update(words.join("\0").as_bytes());
            hash.update(&[mention.kind as u8, mention.context as u8]);
        }
        hash.digest()
    }
}

impl Log {
    /// Adds a document.
    ///
    /// The same id with the same text is one document; of two such records the first in a fixed order is kept. The same id
    /// with other text stays: the document with the smallest hash is shown under the plain id, the others as `id~` and
    /// eight digits of their hashes, whatever the order in which they came. Logarithmic.
    pub fn append(&mut self, id: String, document: LogDocument) {
        let record = self.names.record(document);
        self.insert(id.into(), record.pack());
    }

    /// The same for threads that read together: what is most of the work is done while others use the log.
    pub fn append_shared(log: &Mutex<Log>, id: String, document: LogDocument) {
        let lock = || log.lock().expect("nobody panics while holding the log");
        let record = lock().names.record(document);
        let ready = record.pack();
        lock().insert(id.into(), ready);
    }

    fn insert(&mut self, id: Arc<str>, Ready { record, bytes }: Ready) {
        let hash = record.document.hash;
        let key = (id.clone(), hash);
        let place = self.store.add(&bytes);
        let of_id = (id.clone(), 0)..=(id.clone(), u64::MAX);
        if self.documents.range(of_id).next().is_none() {
            self.documents.insert(key, Entry { shown: id, place });
            return;
        }
        if let Some(known) = self.documents.get(&key) {
            let known = self.record(known.place);
            if self.names.document(record) < self.names.document(known) {
                self.documents.entry(key).and_modify(|entry| entry.place = place);
            }
            return;
        }
        let first = (id.clone(), 0)..key.clone();
        let mut shown = id.clone();
        if self.documents.range(first).next().is_some() {
            shown = other_id(&id, hash);
        } else if let Some(((_, hash), next)) = self.documents.range_mut(key.clone()..=(id.clone(), u64::MAX)).next() {
            next.shown = other_id(&id, *hash);
        }
        self.documents.insert(key, Entry { shown, place });
    }

    /// Adds all documents of another log, as [`Log::append`] does.
    pub fn merge(&mut self, other: Log) {
        for ((id, _), entry) in &other.documents {
            let record = self.names.record(other.names.document(other.record(entry.place)));
            self.insert(id.clone(), record.pack());
        }
    }

    /// The record of a document, where the log has one of the same id, text, title, day and source that was read from it.
    /// Cost: its text is hashed.
    pub fn same(&self, document: &Document) -> Option<LogDocument> {
        if self.is_empty() {
            return None;
        }
        let known = self.get(&document.id, hash_of(&document.text)).filter(|known| !known.given)?;
        let same = (&known.title, known.date, &known.source) == (&document.title, document.date, &document.source);
        same.then_some(known)
    }

    /// What became of the documents of `old` in this log.
    pub fn changes_since(&self, old: &Log) -> Changes {
        let ids = |log: &Log| -> BTreeSet<Arc<str>> { log.documents.keys().map(|(id, _)| id.clone()).collect() };
        let (before, now) = (ids(old), ids(self));
        let mut changes = Changes { dropped: before.difference(&now).count(), ..Changes::default() };
        for ((id, hash), entry) in &self.documents {
            match old.get(id, *hash) {
                Some(known) if known == self.names.document(self.record(entry.place)) => changes.kept += 1,
                _ if before.contains(id) => changes.changed += 1,
                _ => changes.new += 1,
            }
        }
        changes
    }

    /// The document of this id, as its source gave it, whose text has this hash.
    fn get(&self, id: &str, hash: u64) -> Option<LogDocument> {
        let entry = self.documents.get(&(Arc::from(id), hash))?;
        Some(self.names.document(self.record(entry.place)))
    }

    fn record(&self, place: Place) -> Record {
        self.parts(place, Parts::All)
    }

    fn parts(&self, place: Place, parts: Parts) -> Record {
        codec::unpack(self.store.get(place), parts)
    }

    /// A warning for each document that is shown under another id than its own.
    pub fn clashes(&self) -> Vec<Warning> {
        let clash = |((id, _), entry): (&Key, &Entry)| {
            (*id != entry.shown).then(|| {
                Warning::new(id, format!("two documents of this id differ; the second is kept as {}", entry.shown))
                    .way_out("give every document an id of its own")
            })
        };
        self.documents.iter().filter_map(clash).collect()
    }

    /// The documents in order, each with the id under which it is shown. Cost: each is unpacked.
    pub fn documents(&self) -> impl Iterator<Item = (&str, LogDocument)> {
        self.documents.values().map(|entry| (&*entry.shown, self.names.document(self.record(entry.place))))
    }

    /// The same as records, which name entities, types and candidates by number; without the prints of the sentences.
    pub fn records(&self) -> impl Iterator<Item = (&str, Record)> {
        self.documents.values().map(|entry| (&*entry.shown, self.parts(entry.place, Parts::NoPrints)))
    }

    /// Those [records](Log::records) whose documents `wanted` takes by their place in the order, with these places.
    pub fn chosen(&self, wanted: impl Fn(u32) -> bool) -> impl Iterator<Item = (u32, &str, Record)> {
        let wanted = (0..).zip(self.documents.values()).filter(move |(number, _)| wanted(*number));
        wanted.map(|(number, entry)| (number, &*entry.shown, self.parts(entry.place, Parts::NoPrints)))
    }

    /// All [records](Log::records) in their order, still packed, for those who take some of them on several threads.
    pub fn packed(&self) -> Vec<PackedRecord<'_>> {
        self.documents.values().map(|entry| PackedRecord { log: self, place: entry.place }).collect()
    }

    /// Where the documents are, in order, each with the id that its source gave it.
    fn places(&self) -> Vec<(&str, Place)> {
        self.documents.iter().map(|((id, _), entry)| (&**id, entry.place)).collect()
    }

    /// The entities that records name, by number; the numbers depend on the order of arrival.
    pub fn keys(&self) -> &[EntityKey] {
        self.names.keys.all()
    }

    /// Their types, by number.
    pub fn types(&self) -> &[EntityType] {
        self.names.types.all()
    }

    /// Those that names which nothing decides may be, by number.
    pub fn candidates(&self) -> &[Candidates] {
        self.names.candidates.all()
    }

    /// The documents of the days from `since` to `until`, both included, those without a day left out; with how many these are.
    /// Without either, everything.
    pub fn of_days(&self, since: Option<Date>, until: Option<Date>) -> (Log, usize) {
        let within = |date: Date| since.is_none_or(|since| since <= date) && until.is_none_or(|until| date <= until);
        let all = since.is_none() && until.is_none();
        let mut undated = 0;
        let log = self.only(|record| {
            undated += usize::from(record.document.date.is_none());
            all || record.document.date.is_some_and(within)
        });
        (log, if all { 0 } else { undated })
    }

    /// The documents that `keep` takes, under the ids they are shown with here.
    fn only(&self, mut keep: impl FnMut(&Record) -> bool) -> Log {
        let mut log = Log { names: self.names.clone(), ..Log::default() };
        for (key, entry) in &self.documents {
            let record = self.record(entry.place);
            if keep(&record) {
                let place = log.store.add(&codec::pack(&record));
                log.documents.insert(key.clone(), Entry { shown: entry.shown.clone(), place });
            }
        }
        log
    }

    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether there is no document.
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }
}

impl Clone for Log {
    fn clone(&self) -> Log {
        self.only(|_| true)
    }
}

impl PartialEq for Log {
    fn eq(&self, other: &Log) -> bool {
        self.len() == other.len()
            && self.documents.keys().eq(other.documents.keys())
            && self.documents().eq(other.documents())
    }
}

impl Eq for Log {}

impl fmt::Debug for Log {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.documents()).finish()
    }
}

fn hash_of(text: &str) -> u64 {
    xxh3_64(text.as_bytes())
}

/// The id under which a document is shown that is not the first of its id.
fn other_id(id: &str, hash: u64) -> Arc<str> {
    format!("{id}~{:08x}", hash >> 32).into()
}
