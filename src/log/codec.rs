//! The documents of a log as a stream of numbers and texts.
//!
//! What many mentions share (entities, types, rules, sources) stands in sorted tables before the documents, so nothing is
//! numbered by the order in which it came.

use std::collections::BTreeSet;
use std::hash::Hash;
use std::io;
use std::sync::Arc;

use foldhash::HashMap;

use super::blocks::{Damage, Reader, Writer};
use super::{Line, Log, LogDocument, LogMention};
use crate::model::{Context, Date, EntityKey, EntityType, Kind, RULES, Rule, Span};
use crate::text::print::{Print, SLOTS};

/// The contexts by their number in a file.
const CONTEXTS: usize = Context::NAMES.len();

/// Writes the documents of a log.
pub fn write(log: &Log, out: &mut Writer) -> io::Result<()> {
    let tables = Tables::of(log);
    out.number(tables.keys.sorted.len() as u64)?;
    for key in &tables.keys.sorted {
        out.text(&key.id)?;
        out.text(&key.name)?;
    }
    for table in [&tables.types, &tables.rules, &tables.words] {
        out.number(table.sorted.len() as u64)?;
        table.sorted.iter().try_for_each(|word| out.text(word))?;
    }
    out.number(log.len() as u64)?;
    log.originals().try_for_each(|(id, document)| write_document(id, document, &tables, out))
}

/// Reads what [`write`] wrote. Cost: linear.
pub fn read(from: &mut Reader) -> Result<Log, Damage> {
    let known = Known::read(from)?;
    let mut log = Log::default();
    for _ in 0..from.number()? {
        let id: Arc<str> = from.text()?.into();
        let document = read_document(&known, from)?;
        if log.get(&id, document.hash).is_some() {
            return Err(from.damage("a document stands twice"));
        }
        log.insert(id, document);
    }
    Ok(log)
}

/// What many mentions share, sorted, with the number of each.
struct Table<T> {
    sorted: Vec<T>,
    numbers: HashMap<T, u64>,
}

impl<T: Ord + Hash + Copy> FromIterator<T> for Table<T> {
    fn from_iter<I: IntoIterator<Item = T>>(all: I) -> Table<T> {
        let sorted: Vec<T> = all.into_iter().collect::<BTreeSet<T>>().into_iter().collect();
        let numbers = sorted.iter().copied().zip(0..).collect();
        Table { sorted, numbers }
    }
}

struct Tables<'l> {
    keys: Table<&'l EntityKey>,
    types: Table<&'l str>,
    rules: Table<&'l str>,
    /// Sources of documents, and ids of candidates.
    words: Table<&'l str>,
}

impl<'l> Tables<'l> {
    fn of(log: &'l Log) -> Tables<'l> {
        let documents = || log.originals().map(|(_, document)| document);
        let mentions = || documents().flat_map(|document| &document.mentions);
        let candidates = mentions().flat_map(|mention| &mention.candidates).map(|id| &**id);
        Tables {
            keys: mentions().filter_map(|mention| mention.entity.as_ref()).collect(),
            types: mentions().map(|mention| mention.entity_type.name()).collect(),
            rules: mentions().map(|mention| mention.rule.name()).collect(),
            words: documents().filter_map(|document| document.source.as_deref()).chain(candidates).collect(),
        }
    }
}

fn write_document(id: &str, document: &LogDocument, tables: &Tables, out: &mut Writer) -> io::Result<()> {
    out.text(id)?;
    out.hash(document.hash)?;
    out.number(u64::from(document.title.is_some()))?;
    document.title.iter().try_for_each(|title| out.text(title))?;
    out.number(document.date.map_or(0, |date| u64::from(date.number())))?;
    out.number(document.source.as_deref().map_or(0, |source| tables.words.numbers[source] + 1))?;
    out.number(u64::from(document.given))?;
    out.number(u64::from(document.words))?;
    out.number(u64::from(document.sentences))?;
    write_sentences(document, out)?;
    out.number(document.lines.len() as u64)?;
    for line in &document.lines {
        out.number(u64::from(line.sentence))?;
        out.text(&line.text)?;
    }
    out.number(document.mentions.len() as u64)?;
    document.mentions.iter().try_for_each(|mention| write_mention(mention, tables, out))
}

/// What is kept of every sentence: its number, or what tells it from others.
fn write_sentences(document: &LogDocument, out: &mut Writer) -> io::Result<()> {
    out.number(u64::from(document.is_partial()))?;
    document.numbers.iter().try_for_each(|number| out.number(u64::from(*number)))?;
    for print in &document.prints {
        out.hash(print.exact)?;
        out.bytes(&print.sketch)?;
        out.number(u64::from(print.figures))?;
        out.number(u64::from(print.words))?;
    }
    out.number(document.paragraphs.len() as u64)?;
    document.paragraphs.iter().try_for_each(|begin| out.number(u64::from(*begin)))
}

fn write_mention(mention: &LogMention, tables: &Tables, out: &mut Writer) -> io::Result<()> {
    let demonym = mention.kind == Kind::Demonym;
    out.number(u64::from(mention.line))?;
    out.number(u64::from(mention.span.start))?;
    out.number(u64::from(mention.span.end))?;
    out.number(mention.entity.as_ref().map_or(0, |key| tables.keys.numbers[key] + 1))?;
    out.number(tables.types.numbers[mention.entity_type.name()])?;
    out.number((mention.context as usize + CONTEXTS * usize::from(demonym)) as u64)?;
    out.number(tables.rules.numbers[mention.rule.name()])?;
    out.number(mention.holder.map_or(0, |holder| u64::from(holder) + 1))?;
    out.number(mention.candidates.len() as u64)?;
    mention.candidates.iter().try_for_each(|id| out.number(tables.words.numbers[&**id]))
}

/// The tables of a file.
struct Known {
    keys: Vec<EntityKey>,
    types: Vec<EntityType>,
    rules: Vec<Rule>,
    words: Vec<Arc<str>>,
}

impl Known {
    fn read(from: &mut Reader) -> Result<Known, Damage> {
        // Vectors grow as they are filled: a damaged count takes no memory.
        let mut keys = Vec::new();
        for _ in 0..from.number()? {
            keys.push(EntityKey { id: from.text()?.into(), name: from.text()?.into() });
        }
        let (mut types, mut rules, mut words) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..from.number()? {
            types.push(EntityType::from_name(from.text()?));
        }
        for _ in 0..from.number()? {
            let name = from.text()?;
            let rule = RULES.iter().position(|row| row.name == name);
            rules.push(Rule(rule.ok_or_else(|| from.damage("it names a rule that this program has not"))? as u8));
        }
        for _ in 0..from.number()? {
            words.push(from.text()?.into());
        }
        Ok(Known { keys, types, rules, words })
    }
}

fn read_document(known: &Known, from: &mut Reader) -> Result<LogDocument, Damage> {
    let hash = from.hash()?;
    let title = if from.number()? == 0 { None } else { Some(from.text()?.to_owned()) };
    let day = from.small()?;
    let date = Date::from_number(day);
    if date.is_none() && day != 0 {
        return Err(from.damage("a day that is none"));
    }
    let source = match from.number()? {
        0 => None,
        number => Some(pick(&known.words, number - 1, from)?.as_ref().to_owned()),
    };
    let given = from.number()? != 0;
    let (words, sentences) = (from.small()?, from.small()?);
    let (numbers, prints) = if from.number()? == 0 {
        (Vec::new(), (0..sentences).map(|_| read_print(from)).collect::<Result<_, _>>()?)
    } else {
        (growing(sentences, u32::MAX, from)?, Vec::new())
    };
    let n_paragraphs = from.small()?;
    let paragraphs = growing(n_paragraphs, sentences, from)?;
    let mut lines: Vec<Line> = Vec::new();
    for _ in 0..from.number()? {
        let line = Line { sentence: from.small()?, text: from.text()?.into() };
        if line.sentence >= sentences || lines.last().is_some_and(|last| last.sentence >= line.sentence) {
            return Err(from.damage("sentences are not in order"));
        }
        lines.push(line);
    }
    let mut mentions = Vec::new();
    for _ in 0..from.number()? {
        mentions.push(read_mention(known, &lines, from)?);
    }
    let dangling = |mention: &LogMention| mention.holder.is_some_and(|holder| holder as usize >= mentions.len());
    if mentions.iter().any(dangling) {
        return Err(from.damage("a title of nobody"));
    }
    Ok(LogDocument { title, date, source, hash, sentences, numbers, prints, paragraphs, given, words, lines, mentions })
}

fn read_print(from: &mut Reader) -> Result<Print, Damage> {
    let exact = from.hash()?;
    let sketch = from.bytes(SLOTS)?.try_into().expect("as many bytes as were asked for");
    let mut number = || u16::try_from(from.number()?).map_err(|_| from.damage("a number is longer than 16 bits"));
    Ok(Print { exact, sketch, figures: number()?, words: number()? })
}

/// So many numbers below `limit`, each larger than the one before.
fn growing(many: u32, limit: u32, from: &mut Reader) -> Result<Vec<u32>, Damage> {
    let mut numbers: Vec<u32> = Vec::new();
    for _ in 0..many {
        let number = from.small()?;
        if number >= limit || numbers.last().is_some_and(|last| *last >= number) {
            return Err(from.damage("sentences are not in order"));
        }
        numbers.push(number);
    }
    Ok(numbers)
}

fn read_mention(known: &Known, lines: &[Line], from: &mut Reader) -> Result<LogMention, Damage> {
    let (line, span) = (from.small()?, Span { start: from.small()?, end: from.small()? });
    let text = lines.get(line as usize).map(|line| &*line.text);
    if text.and_then(|text| text.get(span.start as usize..span.end as usize)).is_none() {
        return Err(from.damage("a mention outside its sentence"));
    }
    let entity = match from.number()? {
        0 => None,
        number => Some(pick(&known.keys, number - 1, from)?.clone()),
    };
    let entity_type = from.number().and_then(|number| pick(&known.types, number, from).cloned())?;
    let flags = from.number()? as usize;
    let kind = [Kind::Name, Kind::Demonym].get(flags / CONTEXTS).copied();
    let (context, _) = Context::NAMES[flags % CONTEXTS];
    let rule = from.number().and_then(|number| pick(&known.rules, number, from).copied())?;
    let holder = from.small()?.checked_sub(1);
    let mut candidates = Vec::new();
    for _ in 0..from.number()? {
        let number = from.number()?;
        candidates.push(pick(&known.words, number, from)?.clone());
    }
    let kind = kind.ok_or_else(|| from.damage("a mention of no kind"))?;
    Ok(LogMention { line, span, entity, entity_type, kind, context, rule, holder, candidates })
}

/// The row of a table with this number.
fn pick<'t, T>(table: &'t [T], number: u64, from: &Reader) -> Result<&'t T, Damage> {
    let row = usize::try_from(number).ok().and_then(|number| table.get(number));
    row.ok_or_else(|| from.damage("a number that no table has"))
}
