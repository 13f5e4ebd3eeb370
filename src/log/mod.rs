//! The log: which entities stand in which sentence of which document.
//!
//! Everything after it (ties, graph, measures) is a function of the log alone, so a late decision needs no second reading.
//! Appending and merging are unions of documents by id and text: associative, commutative, no arithmetic. [`file`](mod@file) has
//! the form in which it is saved.

mod blocks;
mod codec;
mod document;
pub mod file;
mod record;
mod store;
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use crate::error::Warning;
use crate::model::{Candidates, Date, Document, EntityKey, EntityType};
use codec::Parts;
pub use document::{Line, LogDocument, LogMention};
use record::Names;
pub use record::{Packed, PackedRecord, Record, RecordMention};
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

impl Log {
    /// Adds a document.
    ///
    /// The same id with the same text is one document; of two such records the first in a fixed order is kept. The same id
    /// with other text stays: the document with the smallest hash is shown under the plain id, the others as `id~` and
    /// eight digits of their hashes, whatever the order in which they came. Logarithmic.
    pub fn append(&mut self, id: String, document: LogDocument) {
        let record = self.names.record(document);
        self.insert(id.into(), record.document.hash, &codec::pack(&record));
    }

    /// The same for threads that read together: what is most of the work is done while others use the log. Returns what was added.
    pub fn append_shared(log: &Mutex<Log>, id: &str, document: LogDocument) -> Packed {
        let record = log.lock().expect(UNHURT).names.record(document);
        let packed = Packed { hash: record.document.hash, bytes: codec::pack(&record) };
        log.lock().expect(UNHURT).take(id, &packed);
        packed
    }

    /// An empty log that numbers what documents share as this one does, so that it can [`Log::take`] what this one has.
    pub fn beside(&self) -> Log {
        Log { names: self.names.clone(), ..Log::default() }
    }

    /// Adds a document as [`Log::append`] does, from a log that this one was made [beside](Log::beside).
    pub fn take(&mut self, id: &str, document: &Packed) {
        self.insert(id.into(), document.hash, &document.bytes);
    }

    fn insert(&mut self, id: Arc<str>, hash: u64, bytes: &[u8]) {
        let key = (id.clone(), hash);
        let place = self.store.add(bytes);
        let of_id = (id.clone(), 0)..=(id.clone(), u64::MAX);
        if self.documents.range(of_id).next().is_none() {
            self.documents.insert(key, Entry { shown: id, place });
            return;
        }
        if let Some(known) = self.documents.get(&key) {
            if self.document(place) < self.document(known.place) {
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

    /// Adds all documents of another log, as [`Log::append`] does. Cost: the mentions of each are numbered anew, the rest is
    /// copied.
    pub fn merge(&mut self, other: &Log) {
        let order = self.names.numbers_of(&other.names);
        for ((id, hash), entry) in &other.documents {
            self.insert(id.clone(), *hash, &codec::renumber(&other.store.get(entry.place), &order));
        }
    }

    /// What the log has of a document, where it has one of the same id, text, title, day and source that was read from it.
    /// Cost: its text is hashed.
    pub fn same(&self, document: &Document) -> Option<Packed> {
        if self.is_empty() {
            return None;
        }
        let hash = document::hash_of(&document.text);
        let entry = self.documents.get(&(Arc::from(&*document.id), hash))?;
        let bytes = self.store.get(entry.place);
        let head = codec::head(&bytes);
        let same = (&head.title, head.date, self.names.source(head.source))
            == (&document.title, document.date, document.source.as_deref());
        (same && !head.given).then(|| Packed { hash, bytes: bytes.into() })
    }

    /// What became of the documents of `old` in this log, which was read with the same settings. Cost: what each begins with is
    /// unpacked, on all threads.
    pub fn changes_since(&self, old: &Log) -> Changes {
        let ids = |log: &'_ Log| -> BTreeSet<Arc<str>> { log.documents.keys().map(|(id, _)| id.clone()).collect() };
        let (before, now) = rayon::join(|| ids(old), || ids(self));
        let documents: Vec<(&Key, &Entry)> = self.documents.iter().collect();
        let became = |(key, entry): &(&Key, &Entry)| match old.documents.get(*key) {
            Some(known) if self.is_same(entry.place, old, known.place) => Changes { kept: 1, ..Changes::default() },
            _ if before.contains(&key.0) => Changes { changed: 1, ..Changes::default() },
            _ => Changes { new: 1, ..Changes::default() },
        };
        let dropped = Changes { dropped: before.difference(&now).count(), ..Changes::default() };
        documents.par_iter().map(became).reduce(Changes::default, Changes::and).and(dropped)
    }

    /// Whether a document of the same id and text as one of another log is the same: what is read of a text follows from it, its title,
    /// day and source, but others may have found other names in it.
    fn is_same(&self, place: Place, other: &Log, there: Place) -> bool {
        let (mine, its) = (codec::head(&self.store.get(place)), codec::head(&other.store.get(there)));
        let same = (&mine.title, mine.date, self.names.source(mine.source), mine.given)
            == (&its.title, its.date, other.names.source(its.source), its.given);
        same && (!mine.given || self.document(place) == other.document(there))
    }

    fn document(&self, place: Place) -> LogDocument {
        self.names.document(self.parts(place, Parts::All))
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
        self.documents.values().map(|entry| (&*entry.shown, self.document(entry.place)))
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
        let log = self.only(|date| {
            undated += usize::from(date.is_none());
            all || date.is_some_and(within)
        });
        (log, if all { 0 } else { undated })
    }

    /// The documents whose days `keep` takes, under the ids they are shown with here.
    fn only(&self, mut keep: impl FnMut(Option<Date>) -> bool) -> Log {
        let mut log = self.beside();
        for (key, entry) in &self.documents {
            let bytes = self.store.get(entry.place);
            if keep(codec::head(&bytes).date) {
                let place = log.store.add(&bytes);
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

impl Changes {
    /// These and others.
    fn and(self, other: Changes) -> Changes {
        Changes {
            kept: self.kept + other.kept,
            changed: self.changed + other.changed,
            new: self.new + other.new,
            dropped: self.dropped + other.dropped,
        }
    }
}

/// Why a lock is there to be had.
const UNHURT: &str = "nobody panics while holding the log";

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

/// The id under which a document is shown that is not the first of its id.
fn other_id(id: &str, hash: u64) -> Arc<str> {
    format!("{id}~{:08x}", hash >> 32).into()
}
