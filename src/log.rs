//! The log: which entities stand in which sentence of which document.
//!
//! Everything after it (ties, graph, measures) is a function of the log alone, so a late decision needs no second reading.
//! Appending and merging are unions of documents by id: associative, commutative, no arithmetic.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use crate::error::Warning;
use crate::model::{Context, Date, Document, EntityKey, EntityType, Kind, Mention, Rule, Span};
use crate::text::paragraphs;
use crate::text::print::Print;

/// All documents with their mentions, in order of their ids.
#[derive(Clone, Debug, Default)]
pub struct Log {
    documents: BTreeMap<String, LogDocument>,
}

/// One document without its text: only the sentences that hold a mention are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogDocument {
    /// A headline, where the source has one.
    pub title: Option<String>,
    /// The day of publication.
    pub date: Option<Date>,
    /// The publisher, where the source says.
    pub source: Option<String>,
    /// Hash of the whole text (XXH3, 64 bits).
    pub hash: u64,
    /// How many sentences it has.
    pub sentences: u32,
    /// What tells each of its sentences from others, in order: copies in other documents are found by it. As many as
    /// sentences, or none where the sentences are not known.
    pub prints: Vec<Print>,
    /// The sentences that begin a paragraph, by number, in order; the first always does and is not listed.
    pub paragraphs: Vec<u32>,
    /// How many words it has (runs of letters and digits between blanks).
    pub words: u32,
    /// The sentences that hold a mention, in order.
    pub lines: Vec<Line>,
    /// The mentions, in order.
    pub mentions: Vec<LogMention>,
}

/// A sentence that holds a mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Which sentence of the document, from 0.
    pub sentence: u32,
    /// Its text.
    pub text: Box<str>,
}

/// A mention, with its place in its line.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    pub candidates: Vec<Arc<str>>,
}

impl LogDocument {
    /// What the log keeps of a document with its sentences and mentions (both sorted). Cost: the text and its
    /// sentences are hashed and its words counted.
    pub fn new(document: &Document, sentences: &[Span], mentions: Vec<Mention>) -> LogDocument {
        let mut lines: Vec<Line> = Vec::new();
        let mut kept = Vec::with_capacity(mentions.len());
        for mention in mentions {
            let sentence = sentences[mention.sentence as usize];
            if lines.last().is_none_or(|line| line.sentence != mention.sentence) {
                lines.push(Line { sentence: mention.sentence, text: sentence.of(&document.text).into() });
            }
            kept.push(LogMention {
                line: lines.len() as u32 - 1,
                span: Span { start: mention.span.start - sentence.start, end: mention.span.end - sentence.start },
                entity: mention.entity,
                entity_type: mention.entity_type,
                kind: mention.kind,
                context: mention.context,
                rule: mention.rule,
                holder: mention.holder,
                candidates: mention.candidates,
            });
        }
        LogDocument {
            title: document.title.clone(),
            date: document.date,
            source: document.source.clone(),
            hash: xxh3_64(document.text.as_bytes()),
            sentences: sentences.len() as u32,
            prints: sentences.iter().map(|span| Print::of(span.of(&document.text))).collect(),
            paragraphs: paragraphs(&document.text, sentences),
            words: sentences.iter().map(|span| words(span.of(&document.text))).sum(),
            lines,
            mentions: kept,
        }
    }

    /// Of two records of the same text, keeps the one that comes first in a fixed order.
    fn keep_first(&mut self, other: LogDocument) {
        if other.order() < self.order() {
            *self = other;
        }
    }

    /// Everything that tells this document from another with the same text: for a fixed order between the two.
    fn order(&self) -> (u64, Option<Date>, &Option<String>, &Option<String>) {
        (self.hash, self.date, &self.title, &self.source)
    }
}

impl Log {
    /// Adds a document.
    ///
    /// The same id with the same text is one document. The same id with other text stays, as `id~` and eight digits of
    /// its hash; which of the two keeps the plain id depends on their hashes, not on the order in which they came. The
    /// warning says so.
    pub fn append(&mut self, id: String, document: LogDocument) -> Option<Warning> {
        let Some(known) = self.documents.get_mut(&id) else {
            self.documents.insert(id, document);
            return None;
        };
        if known.hash == document.hash {
            known.keep_first(document);
            return None;
        }
        let (first, second) =
            if document.hash < known.hash { (document, known.clone()) } else { (known.clone(), document) };
        let other = format!("{id}~{:08x}", second.hash >> 32);
        let warning = Warning::new(&id, format!("two documents of this id differ; the second is kept as {other}"))
            .way_out("give every document an id of its own");
        *known = first;
        match self.documents.entry(other) {
            Entry::Vacant(place) => drop(place.insert(second)),
            Entry::Occupied(mut place) => place.get_mut().keep_first(second),
        }
        Some(warning)
    }

    /// The documents by id, in order.
    pub fn documents(&self) -> impl Iterator<Item = (&str, &LogDocument)> + Clone {
        self.documents.iter().map(|(id, document)| (&**id, document))
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

fn words(text: &str) -> u32 {
    text.split_ascii_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count() as u32
}
