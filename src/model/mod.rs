//! The nouns that the stages hand to each other. Plain data: no stage's logic, no input or output.

mod rules;

use std::fmt;
use std::sync::Arc;

pub use rules::{RULES, Rule, RuleRow};

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

/// A calendar day, written `2025-05-19`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day, or nothing when there is no such day between the years 1000 and 2999.
    ///
    /// ```
    /// use actant::model::Date;
    /// assert_eq!(Date::new(2024, 2, 29).unwrap().to_string(), "2024-02-29");
    /// assert_eq!(Date::new(2025, 2, 29), None);
    /// ```
    pub fn new(year: u16, month: u8, day: u8) -> Option<Date> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        ((1000..3000).contains(&year) && (1..=days).contains(&day)).then_some(Date { year, month, day })
    }

    /// Reads a day at the start of `text`: `2025-05-19`, whatever follows (a time, a blank).
    ///
    /// ```
    /// use actant::model::Date;
    /// assert_eq!(Date::parse("2025-05-19T20:16:00Z"), Date::new(2025, 5, 19));
    /// assert_eq!(Date::parse("19 May 2025"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Date> {
        let bytes = text.as_bytes();
        if bytes.len() < 10 || bytes[4] != b'-' || bytes[7] != b'-' || bytes.get(10).is_some_and(u8::is_ascii_digit) {
            return None;
        }
        Date::new(digits(&bytes[..4])?, digits(&bytes[5..7])? as u8, digits(&bytes[8..10])? as u8)
    }

    /// The day as one number, in the order of days: 20250519.
    pub fn number(self) -> u32 {
        u32::from(self.year) * 10_000 + u32::from(self.month) * 100 + u32::from(self.day)
    }

    /// The day that [`Date::number`] wrote; nothing for a number that is no day.
    ///
    /// ```
    /// use actant::model::Date;
    /// assert_eq!(Date::from_number(20250519), Date::new(2025, 5, 19));
    /// assert_eq!(Date::from_number(0), None);
    /// ```
    pub fn from_number(number: u32) -> Option<Date> {
        Date::new(u16::try_from(number / 10_000).ok()?, (number / 100 % 100) as u8, (number % 100) as u8)
    }

    /// The first day written inside `name`, as file names have it: `2025-05-19`, `2025_05_19` or `20250519`.
    pub fn within(name: &str) -> Option<Date> {
        let bytes = name.as_bytes();
        (0..bytes.len()).find_map(|at| {
            if at > 0 && bytes[at - 1].is_ascii_digit() {
                return None;
            }
            let rest = &bytes[at..];
            let (month, day, length) = match rest.get(4) {
                Some(b'-' | b'_' | b'.') if rest.get(7) == rest.get(4) => (rest.get(5..7)?, rest.get(8..10)?, 10),
                _ => (rest.get(4..6)?, rest.get(6..8)?, 8),
            };
            if rest.get(length).is_some_and(u8::is_ascii_digit) {
                return None;
            }
            Date::new(digits(&rest[..4])?, digits(month)? as u8, digits(day)? as u8)
        })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn digits(bytes: &[u8]) -> Option<u16> {
    bytes.iter().try_fold(0u16, |number, &b| b.is_ascii_digit().then(|| number * 10 + u16::from(b - b'0')))
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
    pub candidates: Vec<Arc<str>>,
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

/// Where two actors must both stand to meet: what every count, weight and test counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// A sentence.
    #[default]
    Sentence,
    /// So many sentences in a row, at least 2.
    Window(u32),
    /// A paragraph.
    Paragraph,
    /// A whole document.
    Document,
}

impl Unit {
    /// In how many units a sentence stands: windows overlap.
    pub fn overlap(self) -> u64 {
        match self {
            Unit::Window(size) => size.into(),
            _ => 1,
        }
    }

    /// The word for one of them, for people.
    pub fn noun(self) -> &'static str {
        match self {
            Unit::Sentence => "sentence",
            Unit::Window(_) => "window",
            Unit::Paragraph => "paragraph",
            Unit::Document => "document",
        }
    }

    fn parse(name: &str) -> Option<Unit> {
        match name {
            "sentence" => Some(Unit::Sentence),
            "paragraph" => Some(Unit::Paragraph),
            "document" => Some(Unit::Document),
            _ => name.strip_prefix("window:")?.parse().ok().filter(|size| (2..=1000).contains(size)).map(Unit::Window),
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unit::Window(size) => write!(f, "window:{size}"),
            _ => f.write_str(self.noun()),
        }
    }
}

impl std::str::FromStr for Unit {
    type Err = &'static str;

    /// Reads `sentence`, `window:3`, `paragraph` or `document`.
    ///
    /// # Errors
    /// It is none of these; the message says what was expected.
    ///
    /// ```
    /// use actant::model::Unit;
    /// assert_eq!("window:3".parse(), Ok(Unit::Window(3)));
    /// assert!("window:1".parse::<Unit>().is_err());
    /// ```
    fn from_str(name: &str) -> std::result::Result<Unit, &'static str> {
        Unit::parse(name).ok_or("expected sentence, window:K with K from 2 to 1000, paragraph or document")
    }
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
    pub candidates: Vec<String>,
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
