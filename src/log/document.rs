//! What the log keeps of a document.

use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

use crate::model::{Candidates, Context, Date, Document, EntityKey, EntityType, Kind, Marked, Mention, Rule, Span};
use crate::text::paragraphs;
use crate::text::print::{Print, Printer};

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

/// The hash of a text.
pub fn hash_of(text: &str) -> u64 {
    xxh3_64(text.as_bytes())
}
