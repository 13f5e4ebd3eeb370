//! The nouns that the stages hand to each other. Plain data: no stage's logic, no input or output.

mod candidates;
mod date;
mod rules;
mod unit;

use std::sync::Arc;

pub use candidates::Candidates;
pub use date::{Date, Period};
pub use rules::{RULES, Rule, RuleRow};
pub use unit::Unit;

/// A half-open range of bytes in one document's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span `start..end`. Documents are at most 4 GiB, so a byte offset fits 32 bits.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start: start as u32, end: end as u32 }
    }

    /// The piece of `text` under the span.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start as usize..self.end as usize]
    }

    /// Whether `other` lies wholly inside.
    pub fn covers(&self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(&self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// One text to read, as its source stored it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The path as given, or the record's id.
    pub id: String,
    /// The whole text. Offsets of mentions and sentences refer to it.
    pub text: String,
    /// Byte at which the story begins: what is before it (a date header) is metadata and holds no sentence.
    pub body: usize,
    /// A headline, where the source has one.
    pub title: Option<String>,
    /// The day of publication.
    pub date: Option<Date>,
    /// The publisher, where the source says.
    pub source: Option<String>,
}

/// A document on its way from one stage to the next: its sentences, and what was found in them (listed names, then those that
/// count).
#[derive(Debug)]
pub struct Apart<'d, T> {
    /// The document.
    pub document: &'d Document,
    /// Its sentences, in order.
    pub sentences: &'d [Span],
    /// What was found in its text, in order.
    pub found: &'d [T],
}

/// A document in which somebody else found the names: what is known of it without its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// The document; its text holds its known sentences, and no more.
    pub document: Document,
    /// Hash of its own text, where that is known.
    pub hash: Option<u64>,
    /// The known sentences in `document.text`, in order.
    pub sentences: Vec<Span>,
    /// The number of each of them in the document, from 0, where not all are known, but only those with a mention, and of
    /// these only the names.
    pub numbers: Option<Vec<u32>>,
    /// The mentions in order of their sentences, which count within `sentences`. An entity with an empty id is to get one made
    /// from its name.
    pub mentions: Vec<Mention>,
}

/// What sort of thing an entity is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityType {
    /// A human being.
    Person,
    /// A country, city, region, sea, site.
    Place,
    /// A group that acts under a name.
    Organization,
    /// A type that a user's own gazetteer brings.
    Other(Arc<str>),
}

impl EntityType {
    /// The word for it in every file.
    pub fn name(&self) -> &str {
        match self {
            EntityType::Person => "person",
            EntityType::Place => "place",
            EntityType::Organization => "organization",
            EntityType::Other(name) => name,
        }
    }

    /// The type with this name; any other word is a type of the user's own.
    pub fn from_name(name: &str) -> EntityType {
        match name {
            "person" => EntityType::Person,
            "place" => EntityType::Place,
            "organization" => EntityType::Organization,
            other => EntityType::Other(other.into()),
        }
    }

    /// The type that a recognizer's label means: the usual tags (`PER`, `LOC`, `GPE`, `ORG`) besides the names.
    pub fn from_label(label: &str) -> EntityType {
        match label {
            "PER" | "PERSON" => EntityType::Person,
            "LOC" | "GPE" | "LOCATION" => EntityType::Place,
            "ORG" | "ORGANIZATION" => EntityType::Organization,
            name => EntityType::from_name(name),
        }
    }
}

/// Whether a mention is the name itself or a word made from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// "Russia"
    Name,
    /// "Russian", "Russians": counted for the country unless that is switched off.
    Demonym,
}

impl Kind {
    /// The word for it in every file.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Name => "name",
            Kind::Demonym => "demonym",
        }
    }
}

/// Where in a text a mention stands, if not in plain text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// Running text.
    Plain,
    /// A headline or a heading between paragraphs.
    Heading,
    /// "MOSCOW —" before the first sentence of a report.
    Dateline,
    /// Who wrote or contributed.
    Byline,
    /// The outlet that something was told to or reported by ("told ABC News").
    Attribution,
    /// The country or institution inside a title ("Russian President Vladimir Putin").
    Role,
}

impl Context {
    /// All contexts with the word for them in every file; plain text has none.
    pub const NAMES: [(Context, &'static str); 6] = [
        (Context::Plain, ""),
        (Context::Heading, "heading"),
        (Context::Dateline, "dateline"),
        (Context::Byline, "byline"),
        (Context::Attribution, "attribution"),
        (Context::Role, "role"),
    ];

    /// The word for it, empty for plain text.
    pub fn name(self) -> &'static str {
        Context::NAMES[self as usize].1
    }

    /// The context with this word.
    pub fn from_name(word: &str) -> Option<Context> {
        Context::NAMES.iter().find(|(_, name)| *name == word).map(|(context, _)| *context)
    }

    /// Whether a mention here acts in the story, so that it ties by default.
    pub fn acts(self) -> bool {
        matches!(self, Context::Plain | Context::Heading)
    }
}

/// A name of an entity in one document, and what it was taken for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    /// Where it stands, in bytes of the document's text.
    pub span: Span,
    /// Which sentence it stands in, from 0.
    pub sentence: u32,
    /// The entity, or nothing where nothing decides between candidates.
    pub entity: Option<EntityKey>,
    /// Its type, known even where the entity is not.
    pub entity_type: EntityType,
    /// Name or demonym.
    pub kind: Kind,
    /// Where in the text it stands.
    pub context: Context,
    /// What found or linked it: a word of [`RULES`].
    pub rule: Rule,
    /// For a mention in a role: the person whose title it is part of, as an index into the document's mentions.
    pub holder: Option<u32>,
    /// Where nothing decides: the ids of those it may be.
    pub candidates: Candidates,
}

/// Where an entity stands in a text that is kept as evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The name, in bytes of that text.
    pub span: Span,
    /// What linked it.
    pub rule: Rule,
    /// Where in its document it stands.
    pub context: Context,
}

/// An entity as one document knows it: its id and the name to show.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityKey {
    /// The gazetteer's id.
    pub id: Arc<str>,
    /// The gazetteer's name.
    pub name: Arc<str>,
}

/// One document of the corpus, without text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentInfo {
    /// Its id.
    pub id: String,
    /// A headline.
    pub title: Option<String>,
    /// The day of publication.
    pub date: Option<Date>,
    /// The publisher.
    pub source: Option<String>,
}

/// Figures of the whole corpus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CorpusFigures {
    /// Documents read.
    pub documents: u64,
    /// Sentences read.
    pub sentences: u64,
    /// What a unit is.
    pub unit: Unit,
    /// Units in which actors may meet, copies folded: the N of every test.
    pub units: u64,
    /// Sentences that are copies of one in another document.
    pub copies: u64,
    /// Words read.
    pub words: u64,
    /// Mentions found, linked or not.
    pub mentions: u64,
    /// Mentions that nothing decided.
    pub abstained: u64,
    /// Whether some documents are known by their mentions alone, so that their other sentences are not counted.
    pub partial: bool,
    /// First and last day of the dated documents.
    pub dates: Option<(Date, Date)>,
}

/// A written name that nothing decides, somewhere in the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ambiguous {
    /// The name as it is written.
    pub surface: String,
    /// What sort of thing it names.
    pub entity_type: EntityType,
    /// The ids of those it may be; none where no list knows the name.
    pub candidates: Candidates,
    /// How often it stands so.
    pub count: u64,
    /// The document of the first of these mentions.
    pub document: String,
    /// Its sentence there, from 0.
    pub sentence: u32,
    /// The sentence.
    pub text: String,
    /// Where the name stands in `text`.
    pub span: Span,
}
