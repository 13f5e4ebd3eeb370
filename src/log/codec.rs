//! The documents of a log as a stream of numbers and texts.
//!
//! What many mentions share (entities, types, rules, sources) stands in sorted tables before the documents, so nothing is
//! numbered by the order in which it came.

use std::borrow::{Borrow, Cow};
use std::io;
use std::sync::Arc;

use rayon::prelude::*;

use super::blocks::{Damage, Reader, Writer};
use super::record::{Names, Record, RecordMention};
use super::store::Place;
use super::{Line, Log, LogDocument};
use crate::model::{Context, Date, EntityKey, EntityType, Kind, RULES, Rule, Span};
use crate::text::print::{Print, SLOTS};

/// The contexts by their number in a file.
const CONTEXTS: usize = Context::NAMES.len();

/// Writes the documents of a log. Cost: the mentions of each are unpacked twice, once to know what stands in the tables; the rest
/// is copied. On all threads.
pub fn write(log: &Log, out: &mut Writer) -> io::Result<()> {
    /// So many documents are put together by one thread at a time,
    const TOGETHER: usize = 64;
    /// and so many before they are written.
    const PART: usize = 32 * TOGETHER;
    let documents = log.places();
    let (tables, order) = tables(log, &documents);
    out.number(tables.keys.len() as u64)?;
    for key in &tables.keys {
        out.text(&key.id)?;
        out.text(&key.name)?;
    }
    for table in [&tables.types, &tables.rules, &tables.words] {
        out.number(table.len() as u64)?;
        table.iter().try_for_each(|word| out.text(word))?;
    }
    out.number(log.len() as u64)?;
    let copied = |documents: &[(&str, Place)]| -> io::Result<Vec<u8>> {
        let mut out = Writer::in_memory(1 << 16);
        for (id, place) in documents {
            out.text(id)?;
            copy(&log.store.get(*place), &order, &mut out)?;
        }
        Ok(out.into_bytes())
    };
    for part in documents.chunks(PART) {
        let copied: io::Result<Vec<Vec<u8>>> = part.par_chunks(TOGETHER).map(copied).collect();
        copied?.iter().try_for_each(|bytes| out.bytes(bytes))?;
    }
    Ok(())
}

/// Reads what [`write`] wrote. Cost: linear.
pub fn read(from: &mut Reader) -> Result<Log, Damage> {
    let mut log = Log::default();
    let known = Known::read(&mut log.names, from)?;
    for _ in 0..from.number()? {
        let id: Arc<str> = from.text()?.into();
        let record = read_record(&known, Parts::All, from)?;
        if log.documents.contains_key(&(id.clone(), record.document.hash)) {
            return Err(from.damage("a document stands twice"));
        }
        log.insert(id, record.pack());
    }
    Ok(log)
}

/// Before a packed record stands where three of its pieces begin, 32 bits each: the number of its source, what follows this, and
/// its mentions. With it a record is written to a file without being unpacked.
const INDEX: usize = 12;

/// The bytes of a record, which names what is shared by the numbers of a log.
pub fn pack(record: &Record) -> Vec<u8> {
    pack_pieces(record).expect("memory takes all")
}

fn pack_pieces(record: &Record) -> io::Result<Vec<u8>> {
    let (document, order) = (&record.document, Order::default());
    let texts: usize = document.lines.iter().map(|line| line.text.len() + 5).sum();
    let mut out = Writer::in_memory(64 + PRINT * document.prints.len() + texts + 12 * record.mentions.len());
    out.bytes(&[0; INDEX])?;
    write_head(document, &mut out)?;
    let source = out.len();
    write_source(record.source, &order, &mut out)?;
    let body = out.len();
    write_body(document, &mut out)?;
    let mentions = out.len();
    write_mentions(record.mentions.len(), record.mentions.iter(), &order, &mut out)?;
    let mut bytes = out.into_bytes();
    for (place, at) in bytes.as_chunks_mut::<4>().0.iter_mut().zip([source, body, mentions]) {
        *place = (at as u32).to_le_bytes();
    }
    Ok(bytes)
}

/// Writes a packed record, with the numbers of the tables.
fn copy(bytes: &[u8], order: &Order, out: &mut Writer) -> io::Result<()> {
    let [source, body, mentions] = index(bytes);
    out.bytes(&bytes[INDEX..source])?;
    write_source(packed_source(bytes), order, out)?;
    out.bytes(&bytes[body..mentions])?;
    let (count, mentions) = packed_mentions(bytes);
    write_mentions(count, mentions, order, out)
}

/// Where the pieces of a packed record begin.
fn index(bytes: &[u8]) -> [usize; 3] {
    let places = bytes.as_chunks::<4>().0;
    std::array::from_fn(|at| u32::from_le_bytes(places[at]) as usize)
}

fn packed_source(bytes: &[u8]) -> Option<u32> {
    let [source, ..] = index(bytes);
    let mut from = Reader::in_memory(bytes[source..].into());
    read_source(&Known::default(), &mut from).expect(PACKED)
}

/// The mentions of a packed record, with how many these are.
fn packed_mentions(bytes: &[u8]) -> (usize, impl Iterator<Item = RecordMention>) {
    let [.., mentions] = index(bytes);
    let mut from = Reader::in_memory(bytes[mentions..].into());
    let count = from.number().expect(PACKED) as usize;
    (count, (0..count).map(move |_| read_mention(&Known::default(), &mut from).expect(PACKED)))
}

/// Why reading from memory does not fail.
const PACKED: &str = "bytes that were packed before";

/// What is wanted of a record: passes over all documents that unpack only what they need take half of the time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Parts {
    /// Everything.
    All,
    /// All but the texts of its lines, which are empty.
    NoTexts,
    /// All but the prints of its sentences.
    NoPrints,
}

/// The record of these bytes.
pub fn unpack(bytes: Cow<[u8]>, parts: Parts) -> Record {
    let mut from = Reader::in_memory(bytes);
    let read = from.bytes(INDEX).map(drop).and_then(|()| read_record(&Known::default(), parts, &mut from));
    read.expect(PACKED)
}

/// What many mentions share, sorted.
struct Tables<'l> {
    keys: Vec<&'l EntityKey>,
    types: Vec<&'l str>,
    rules: Vec<&'l str>,
    words: Vec<&'l str>,
}

/// For each number of a log the one that is written; none where they are the same.
#[derive(Default)]
struct Order {
    keys: Vec<u32>,
    types: Vec<u32>,
    rules: Vec<u32>,
    words: Vec<u32>,
}

/// The number that is written for one of a log.
fn renumbered(order: &[u32], number: u32) -> u64 {
    order.get(number as usize).copied().unwrap_or(number).into()
}

/// Which numbers of a log its documents name: keys, types, rules and words.
struct Used([Vec<bool>; 4]);

impl Used {
    fn none(names: &Names) -> Used {
        let sizes = [names.keys.all().len(), names.types.all().len(), RULES.len(), names.words.all().len()];
        Used(sizes.map(|size| vec![false; size]))
    }

    /// Adds those of a packed record.
    fn with(mut self, bytes: &[u8]) -> Used {
        let [keys, types, rules, words] = &mut self.0;
        packed_source(bytes).iter().for_each(|&source| words[source as usize] = true);
        for mention in packed_mentions(bytes).1 {
            mention.key.iter().for_each(|&key| keys[key as usize] = true);
            types[mention.entity_type as usize] = true;
            rules[mention.rule.0 as usize] = true;
            mention.candidates.iter().for_each(|&id| words[id as usize] = true);
        }
        self
    }

    fn or(mut self, other: Used) -> Used {
        let flags = self.0.iter_mut().flatten().zip(other.0.iter().flatten());
        flags.for_each(|(one, other)| *one |= other);
        self
    }
}

fn tables<'l>(log: &'l Log, documents: &[(&str, Place)]) -> (Tables<'l>, Order) {
    let names = &log.names;
    let none = || Used::none(names);
    let used = documents.par_iter().with_min_len(512).fold(none, |used, (_, place)| used.with(&log.store.get(*place)));
    let Used([keys, types, rules, words]) = used.reduce(none, Used::or);
    let (types_of, rules_of) = (|at: usize| names.types.all()[at].name(), |at: usize| RULES[at].name);
    let (keys, keys_order) = sorted(&keys, |at| &names.keys.all()[at]);
    let (types, types_order) = sorted(&types, types_of);
    let (rules, rules_order) = sorted(&rules, rules_of);
    let (words, words_order) = sorted(&words, |at| &*names.words.all()[at]);
    (
        Tables { keys, types, rules, words },
        Order { keys: keys_order, types: types_order, rules: rules_order, words: words_order },
    )
}

/// Those that are used, sorted, and the place of each among them.
fn sorted<T: Ord>(used: &[bool], of: impl Fn(usize) -> T) -> (Vec<T>, Vec<u32>) {
    let mut all: Vec<(T, usize)> = (0..used.len()).filter(|&at| used[at]).map(|at| (of(at), at)).collect();
    all.sort_unstable();
    let mut order = vec![0; used.len()];
    (0..).zip(&all).for_each(|(place, (_, at))| order[*at] = place);
    (all.into_iter().map(|(thing, _)| thing).collect(), order)
}

fn write_head(document: &LogDocument, out: &mut Writer) -> io::Result<()> {
    out.hash(document.hash)?;
    out.number(u64::from(document.title.is_some()))?;
    document.title.iter().try_for_each(|title| out.text(title))?;
    out.number(document.date.map_or(0, |date| u64::from(date.number())))
}

fn write_source(source: Option<u32>, order: &Order, out: &mut Writer) -> io::Result<()> {
    out.number(source.map_or(0, |source| renumbered(&order.words, source) + 1))
}

/// What follows the source, but for the mentions.
fn write_body(document: &LogDocument, out: &mut Writer) -> io::Result<()> {
    out.number(u64::from(document.given))?;
    out.number(u64::from(document.words))?;
    out.number(u64::from(document.sentences))?;
    write_sentences(document, out)?;
    out.number(document.lines.len() as u64)?;
    for line in &document.lines {
        out.number(u64::from(line.sentence))?;
        out.text(&line.text)?;
    }
    Ok(())
}

fn write_mentions(
    count: usize,
    mut mentions: impl Iterator<Item = impl Borrow<RecordMention>>,
    order: &Order,
    out: &mut Writer,
) -> io::Result<()> {
    out.number(count as u64)?;
    mentions.try_for_each(|mention| write_mention(mention.borrow(), order, out))
}

/// What is kept of every sentence: its number, or what tells it from others.
fn write_sentences(document: &LogDocument, out: &mut Writer) -> io::Result<()> {
    out.number(u64::from(document.is_partial()))?;
    document.numbers.iter().try_for_each(|number| out.number(u64::from(*number)))?;
    let prints = if document.is_partial() { 0 } else { document.sentences as usize };
    for at in 0..prints {
        out.bytes(&packed(&document.prints.get(at).copied().unwrap_or_default()))?;
    }
    out.number(document.paragraphs.len() as u64)?;
    document.paragraphs.iter().try_for_each(|begin| out.number(u64::from(*begin)))
}

/// Bytes of a print.
const PRINT: usize = 8 + SLOTS + 2 + 2;

fn packed(print: &Print) -> [u8; PRINT] {
    let mut bytes = [0; PRINT];
    bytes[..8].copy_from_slice(&print.exact.to_le_bytes());
    bytes[8..8 + SLOTS].copy_from_slice(&print.sketch);
    bytes[8 + SLOTS..10 + SLOTS].copy_from_slice(&print.figures.to_le_bytes());
    bytes[10 + SLOTS..].copy_from_slice(&print.words.to_le_bytes());
    bytes
}

fn unpacked(bytes: &[u8; PRINT]) -> Print {
    let short = |at: usize| u16::from_le_bytes([bytes[at], bytes[at + 1]]);
    Print {
        exact: u64::from_le_bytes(std::array::from_fn(|at| bytes[at])),
        sketch: std::array::from_fn(|at| bytes[8 + at]),
        figures: short(8 + SLOTS),
        words: short(10 + SLOTS),
    }
}

fn write_mention(mention: &RecordMention, order: &Order, out: &mut Writer) -> io::Result<()> {
    let demonym = mention.kind == Kind::Demonym;
    out.number(u64::from(mention.line))?;
    out.number(u64::from(mention.span.start))?;
    out.number(u64::from(mention.span.end))?;
    out.number(mention.key.map_or(0, |key| renumbered(&order.keys, key) + 1))?;
    out.number(renumbered(&order.types, mention.entity_type))?;
    out.number((mention.context as usize + CONTEXTS * usize::from(demonym)) as u64)?;
    out.number(renumbered(&order.rules, mention.rule.0.into()))?;
    out.number(mention.holder.map_or(0, |holder| u64::from(holder) + 1))?;
    out.number(mention.candidates.len() as u64)?;
    mention.candidates.iter().try_for_each(|&id| out.number(renumbered(&order.words, id)))
}

/// The tables of a file: for each of its numbers that of the log. Without tables the numbers are those of the log.
#[derive(Default)]
struct Known {
    tables: Option<KnownTables>,
}

struct KnownTables {
    keys: Vec<u32>,
    types: Vec<u32>,
    rules: Vec<u32>,
    words: Vec<u32>,
}

impl Known {
    fn read(names: &mut Names, from: &mut Reader) -> Result<Known, Damage> {
        // Vectors grow as they are filled: a damaged count takes no memory.
        let mut keys = Vec::new();
        for _ in 0..from.number()? {
            let key = EntityKey { id: from.text()?.into(), name: from.text()?.into() };
            keys.push(names.keys.number(&key));
        }
        let (mut types, mut rules, mut words) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..from.number()? {
            types.push(names.types.number(&EntityType::from_name(from.text()?)));
        }
        for _ in 0..from.number()? {
            let name = from.text()?;
            let rule = RULES.iter().position(|row| row.name == name);
            rules.push(rule.ok_or_else(|| from.damage("it names a rule that this program has not"))? as u32);
        }
        for _ in 0..from.number()? {
            words.push(names.words.number(&from.text()?.into()));
        }
        Ok(Known { tables: Some(KnownTables { keys, types, rules, words }) })
    }

    /// The number in the log of one of the file.
    fn pick(&self, table: fn(&KnownTables) -> &[u32], number: u64, from: &Reader) -> Result<u32, Damage> {
        let number = u32::try_from(number).ok();
        let picked = match &self.tables {
            None => number,
            Some(tables) => number.and_then(|number| table(tables).get(number as usize).copied()),
        };
        picked.ok_or_else(|| from.damage("a number that no table has"))
    }
}

fn read_record(known: &Known, parts: Parts, from: &mut Reader) -> Result<Record, Damage> {
    let hash = from.hash()?;
    let title = if from.number()? == 0 { None } else { Some(from.text()?.to_owned()) };
    let day = from.small()?;
    let date = Date::from_number(day);
    if date.is_none() && day != 0 {
        return Err(from.damage("a day that is none"));
    }
    let source = read_source(known, from)?;
    let given = from.number()? != 0;
    let (words, sentences) = (from.small()?, from.small()?);
    let (numbers, prints) = if from.number()? == 0 {
        let prints = from.bytes(PRINT * sentences as usize)?.as_chunks().0;
        (Vec::new(), if parts == Parts::NoPrints { Vec::new() } else { prints.iter().map(unpacked).collect() })
    } else {
        (growing(sentences, u32::MAX, from)?, Vec::new())
    };
    let n_paragraphs = from.small()?;
    let paragraphs = growing(n_paragraphs, sentences, from)?;
    let mut lines: Vec<Line> = Vec::new();
    for _ in 0..from.number()? {
        let sentence = from.small()?;
        let text = if parts == Parts::NoTexts { from.skip_text()? } else { from.text()?.into() };
        let line = Line { sentence, text };
        if line.sentence >= sentences || lines.last().is_some_and(|last| last.sentence >= line.sentence) {
            return Err(from.damage("sentences are not in order"));
        }
        lines.push(line);
    }
    let mut mentions = Vec::new();
    for _ in 0..from.number()? {
        let mention = read_mention(known, from)?;
        let span = mention.span.start as usize..mention.span.end as usize;
        let line = lines.get(mention.line as usize);
        if line.is_none_or(|line| parts != Parts::NoTexts && line.text.get(span).is_none()) {
            return Err(from.damage("a mention outside its sentence"));
        }
        mentions.push(mention);
    }
    let dangling = |mention: &RecordMention| mention.holder.is_some_and(|holder| holder as usize >= mentions.len());
    if mentions.iter().any(dangling) {
        return Err(from.damage("a title of nobody"));
    }
    let own = Vec::new();
    let document = LogDocument {
        title,
        date,
        source: None,
        hash,
        sentences,
        numbers,
        prints,
        paragraphs,
        given,
        words,
        lines,
        mentions: own,
    };
    Ok(Record { document, source, mentions })
}

fn read_source(known: &Known, from: &mut Reader) -> Result<Option<u32>, Damage> {
    match from.number()? {
        0 => Ok(None),
        number => known.pick(|tables| &tables.words, number - 1, from).map(Some),
    }
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

fn read_mention(known: &Known, from: &mut Reader) -> Result<RecordMention, Damage> {
    let (line, span) = (from.small()?, Span { start: from.small()?, end: from.small()? });
    let key = match from.number()? {
        0 => None,
        number => Some(known.pick(|tables| &tables.keys, number - 1, from)?),
    };
    let number = from.number()?;
    let entity_type = known.pick(|tables| &tables.types, number, from)?;
    let flags = from.number()? as usize;
    let kind = [Kind::Name, Kind::Demonym].get(flags / CONTEXTS).copied();
    let (context, _) = Context::NAMES[flags % CONTEXTS];
    let number = from.number()?;
    let rule = Rule(known.pick(|tables| &tables.rules, number, from)? as u8);
    let holder = from.small()?.checked_sub(1);
    let mut candidates = Vec::new();
    for _ in 0..from.number()? {
        let number = from.number()?;
        candidates.push(known.pick(|tables| &tables.words, number, from)?);
    }
    let kind = kind.ok_or_else(|| from.damage("a mention of no kind"))?;
    Ok(RecordMention { line, span, key, entity_type, kind, context, rule, holder, candidates })
}
