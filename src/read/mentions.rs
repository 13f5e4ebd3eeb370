//! Mentions that a recognizer found, as `actant mentions` writes them: JSON lines, one a mention.
//!
//! A document may have a line of its own (`actant mentions --for-build`) with the text of all its sentences; it then makes the
//! same log as its text would. Without it only the sentences with a mention are known, and of their text only the names: they
//! stand for the sentence, with `…` between.

use foldhash::{HashMap, HashSet};
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};

use super::Item;
use super::jsonl::{self, Id};
use crate::error::Warning;
use crate::model::{Context, Date, Document, EntityKey, EntityType, Kind, Marked, Mention, Rule, Span};
use crate::text::chars::one_line;

/// What stands between the names of a sentence whose text is not known.
const GAP: &str = " … ";

/// What tells the lines of a file of mentions from other records.
#[derive(Deserialize)]
struct Probe {
    #[serde(rename = "document")]
    _document: IgnoredAny,
    #[serde(rename = "type")]
    entity_type: Option<IgnoredAny>,
    start: Option<IgnoredAny>,
    sentences: Option<IgnoredAny>,
}

/// A mention. Offsets are code points of the document's whole text, half open; sentences count from 1.
#[derive(Deserialize)]
struct MentionLine {
    document: Id,
    sentence: u32,
    start: usize,
    end: usize,
    text: String,
    #[serde(rename = "type")]
    entity_type: String,
    /// Absent: made from the name; null: nobody.
    #[serde(default, deserialize_with = "present")]
    entity: Option<Option<String>>,
    name: Option<String>,
    kind: Option<String>,
    context: Option<String>,
    rule: Option<String>,
    /// Where the name begins whose title this is part of.
    holder: Option<usize>,
    #[serde(default)]
    candidates: Vec<String>,
}

/// A document with all its sentences.
#[derive(Deserialize)]
struct DocumentLine {
    document: Id,
    title: Option<String>,
    date: Option<String>,
    source: Option<String>,
    hash: Option<String>,
    sentences: Vec<SentenceLine>,
    /// The sentences that begin a paragraph, from 1.
    #[serde(default)]
    paragraphs: Vec<u32>,
}

#[derive(Deserialize)]
struct SentenceLine {
    start: usize,
    end: usize,
    text: String,
}

/// A document while its lines are read.
#[derive(Default)]
struct Draft {
    document: Document,
    hash: Option<u64>,
    /// All sentences, where they are known.
    sentences: Option<Vec<SentenceLine>>,
    paragraphs: Vec<u32>,
    found: Vec<Found>,
}

/// A mention while the others of its document are read.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    /// Its span is that in its sentence, or nothing where the sentence is not known.
    mention: Mention,
    text: String,
    start: usize,
    /// Where the name begins whose title this is part of.
    holder: Option<usize>,
}

/// Whether the first line of a file is one of these.
pub fn fits(text: &str) -> bool {
    let first = text.trim_start_matches('\u{feff}').lines().find(|line| !line.trim().is_empty());
    let probe = first.and_then(|line| serde_json::from_str::<Probe>(line).ok());
    probe.is_some_and(|probe| probe.sentences.is_some() || probe.entity_type.is_some() && probe.start.is_some())
}

/// The documents of a file of mentions, in order of their first lines; a line that is none is a warning with its number.
pub fn read(name: &str, text: String, take: &mut dyn FnMut(Item)) -> Vec<Warning> {
    let mut drafts = Drafts::default();
    let mut warnings = Vec::new();
    for (number, line) in text.strip_prefix('\u{feff}').unwrap_or(&text).lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let place = || format!("{name}:{}", number + 1);
        match drafts.line(line) {
            Ok(Ok(())) => {}
            Ok(Err(fault)) => warnings.push(Warning::new(place(), fault).way_out("the line was left out")),
            Err(error) => warnings.push(jsonl::fault(&place(), &error, "the keys of `actant mentions`")),
        }
    }
    drafts.all.into_iter().for_each(|draft| take(Item::Marked(draft.finish())));
    warnings
}

/// The documents of a file, and which of them each id means now.
#[derive(Default)]
struct Drafts {
    all: Vec<Draft>,
    open: HashMap<String, usize>,
}

impl Drafts {
    /// Takes a line: not JSON of the right form, or what is wrong with what it says, or nothing.
    fn line(&mut self, line: &str) -> serde_json::Result<Result<(), String>> {
        if serde_json::from_str::<Probe>(line).is_ok_and(|probe| probe.sentences.is_some()) {
            return Ok(self.begin(serde_json::from_str(line)?));
        }
        Ok(self.add(serde_json::from_str(line)?))
    }

    /// Begins a document; its mentions follow.
    fn begin(&mut self, line: DocumentLine) -> Result<(), String> {
        let date = line.date.filter(|date| !date.is_empty());
        let day = date.as_deref().and_then(Date::parse);
        if let (Some(date), None) = (&date, day) {
            return Err(format!("date `{}`; expected one like 2025-05-19", short(date)));
        }
        let hash = line.hash.map(|hash| u64::from_str_radix(&hash, 16).map_err(|_| format!("hash `{}`", short(&hash))));
        let wrong = |s: &SentenceLine| s.end.checked_sub(s.start) != Some(s.text.chars().count());
        if let Some(at) = line.sentences.iter().position(wrong) {
            return Err(format!("sentence {} is not as long as from its start to its end", at + 1));
        }
        let document = Document {
            id: line.document.into_text(),
            title: line.title.filter(|title| !title.is_empty()),
            date: day,
            source: line.source.filter(|source| !source.is_empty()),
            ..Document::default()
        };
        let (hash, sentences, paragraphs) = (hash.transpose()?, Some(line.sentences), line.paragraphs);
        self.open.insert(document.id.clone(), self.all.len());
        self.all.push(Draft { document, hash, sentences, paragraphs, found: Vec::new() });
        Ok(())
    }

    /// Adds a mention to its document, which begins here if it has no line of its own.
    fn add(&mut self, line: MentionLine) -> Result<(), String> {
        let (id, mut found) = line.take()?;
        let at = self.open.get(&id).copied().unwrap_or(self.all.len());
        if let Some(sentences) = self.all.get(at).and_then(|draft| draft.sentences.as_ref()) {
            found.mention.span = found.place(sentences)?;
        }
        if at == self.all.len() {
            self.open.insert(id.clone(), at);
            self.all.push(Draft { document: Document { id, ..Document::default() }, ..Draft::default() });
        }
        self.all[at].found.push(found);
        Ok(())
    }
}

impl MentionLine {
    /// The document's id and the mention, or what is wrong with the line.
    fn take(self) -> Result<(String, Found), String> {
        let (start, end) = (self.start, self.end);
        if self.text.trim().is_empty() || end.checked_sub(start) != Some(self.text.chars().count()) {
            return Err(format!("`{}` is not as long as from {start} to {end}", short(&self.text)));
        }
        if self.entity_type.trim().is_empty() {
            return Err("an empty type; expected person, place, organization or one of your own".to_owned());
        }
        let context = self.context.as_deref().unwrap_or_default();
        let name = self.name.unwrap_or_else(|| one_line(&self.text).into_owned());
        let key = |id: String| EntityKey { id: id.into(), name: name.into() };
        let mention = Mention {
            span: Span::default(),
            sentence: self.sentence.checked_sub(1).ok_or("sentence 0; sentences count from 1")?,
            entity: self.entity.unwrap_or_else(|| Some(String::new())).map(key),
            entity_type: EntityType::from_label(self.entity_type.trim()),
            kind: kind(self.kind.as_deref().unwrap_or_default())?,
            context: Context::from_name(context).ok_or_else(|| format!("no such context: `{}`", short(context)))?,
            rule: Rule::from_name(self.rule.as_deref().unwrap_or_default()),
            holder: None,
            candidates: self.candidates.iter().collect(),
        };
        Ok((self.document.into_text(), Found { mention, text: self.text, start, holder: self.holder }))
    }
}

impl Found {
    /// Where the mention stands in its sentence, in bytes.
    fn place(&self, sentences: &[SentenceLine]) -> Result<Span, String> {
        let number = self.mention.sentence as usize;
        let sentence = sentences
            .get(number)
            .ok_or_else(|| format!("sentence {}; the document has {}", number + 1, sentences.len()))?;
        let start = self
            .start
            .checked_sub(sentence.start)
            .and_then(|point| sentence.text.char_indices().map(|(at, _)| at).nth(point));
        let start = start.filter(|start| sentence.text[*start..].starts_with(&self.text));
        let start = start.ok_or_else(|| format!("`{}` does not stand there in its sentence", short(&self.text)))?;
        Ok(Span::new(start, start + self.text.len()))
    }
}

impl Draft {
    /// The document, with its mentions in order.
    fn finish(mut self) -> Marked {
        self.found
            .sort_by(|a, b| (a.mention.sentence, a.start).cmp(&(b.mention.sentence, b.start)).then_with(|| a.cmp(b)));
        let places: HashMap<usize, u32> = self.found.iter().map(|found| found.start).zip(0..).collect();
        for found in &mut self.found {
            found.mention.holder = found.holder.and_then(|start| places.get(&start).copied());
        }
        let (sentences, numbers) = match self.sentences.take() {
            Some(sentences) => (self.spread(&sentences), None),
            None => self.join(),
        };
        let mentions = self.found.into_iter().map(|found| found.mention).collect();
        Marked { document: self.document, hash: self.hash, sentences, numbers, mentions }
    }

    /// Makes the text of all sentences, with an empty line before each paragraph.
    fn spread(&mut self, sentences: &[SentenceLine]) -> Vec<Span> {
        let text = &mut self.document.text;
        let mut spans = Vec::with_capacity(sentences.len());
        let begins: HashSet<u32> = self.paragraphs.iter().copied().collect();
        for (sentence, number) in sentences.iter().zip(1..) {
            text.push_str(if begins.contains(&number) { "\n\n" } else { " " });
            spans.push(Span::new(text.len(), text.len() + sentence.text.len()));
            text.push_str(&sentence.text);
        }
        for Found { mention, .. } in &mut self.found {
            let start = spans[mention.sentence as usize].start;
            mention.span = Span { start: start + mention.span.start, end: start + mention.span.end };
        }
        spans
    }

    /// Makes the text of the names alone, a line for each sentence that has some; gives the sentences and their numbers.
    fn join(&mut self) -> (Vec<Span>, Option<Vec<u32>>) {
        let text = &mut self.document.text;
        let (mut spans, mut numbers): (Vec<Span>, Vec<u32>) = (Vec::new(), Vec::new());
        for Found { mention, text: name, .. } in &mut self.found {
            if numbers.last() != Some(&mention.sentence) {
                numbers.push(mention.sentence);
                text.push('\n');
                spans.push(Span::new(text.len(), text.len()));
            } else {
                text.push_str(GAP);
            }
            mention.span = Span::new(text.len(), text.len() + name.len());
            text.push_str(name);
            mention.sentence = numbers.len() as u32 - 1;
            spans[numbers.len() - 1].end = mention.span.end;
        }
        (spans, Some(numbers))
    }
}

fn kind(word: &str) -> Result<Kind, String> {
    match word {
        "" | "name" => Ok(Kind::Name),
        "demonym" => Ok(Kind::Demonym),
        other => Err(format!("kind `{}`; expected name or demonym", short(other))),
    }
}

/// A value for a message.
fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

/// Tells a key with null from one that is not there.
fn present<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(from).map(Some)
}
