//! The documents of a log as a stream of numbers and texts.
//!
//! What many mentions share (entities, types, rules, sources, candidates) stands in sorted tables before the documents, so nothing is
//! numbered by the order in which it came.

use std::borrow::{Borrow, Cow};
use std::io;
use std::sync::Arc;

use rayon::prelude::*;

use super::blocks::{Damage, Reader, Writer};
use super::record::{Record, RecordMention};
use super::store::Place;
use super::tables::{Known, Order, renumbered, tables};
use super::{Line, Log, LogDocument};
use crate::model::{Context, Date, Kind, Rule, Span};
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
    tables.write(out)?;
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
        let hash = record.document.hash;
        if log.documents.contains_key(&(id.clone(), hash)) {
            return Err(from.damage("a document stands twice"));
        }
        log.insert(id, hash, &pack(&record));
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
    Ok(indexed(out, [source, body, mentions]))
}

/// The bytes of a packed record, with where its pieces begin before them.
fn indexed(out: Writer, pieces: [usize; 3]) -> Vec<u8> {
    let mut bytes = out.into_bytes();
    for (place, at) in bytes.as_chunks_mut::<4>().0.iter_mut().zip(pieces) {
        *place = (at as u32).to_le_bytes();
    }
    bytes
}

/// A packed record with other numbers.
pub fn renumber(bytes: &[u8], order: &Order) -> Vec<u8> {
    let [source, ..] = index(bytes);
    let mut out = Writer::in_memory(bytes.len() + 16);
    let copied = out.bytes(&bytes[..INDEX]).and_then(|()| copy(bytes, order, &mut out));
    let [body, mentions] = copied.expect("memory takes all");
    indexed(out, [source, body, mentions])
}

/// Writes a packed record without its index, with other numbers. Returns where what follows the source begins, and where the mentions.
fn copy(bytes: &[u8], order: &Order, out: &mut Writer) -> io::Result<[usize; 2]> {
    let [source, body, mentions] = index(bytes);
    out.bytes(&bytes[INDEX..source])?;
    write_source(packed_source(bytes), order, out)?;
    let new_body = out.len();
    out.bytes(&bytes[body..mentions])?;
    let new_mentions = out.len();
    let (count, mentions) = packed_mentions(bytes);
    write_mentions(count, mentions, order, out)?;
    Ok([new_body, new_mentions])
}

/// Where the pieces of a packed record begin.
fn index(bytes: &[u8]) -> [usize; 3] {
    let places = bytes.as_chunks::<4>().0;
    std::array::from_fn(|at| u32::from_le_bytes(places[at]) as usize)
}

/// What a packed record begins with.
pub fn head(bytes: &[u8]) -> Head {
    let mut from = Reader::in_memory(bytes[INDEX..].into());
    read_head(&Known::default(), &mut from).expect(PACKED)
}

/// The source of a packed record.
pub fn packed_source(bytes: &[u8]) -> Option<u32> {
    let [source, ..] = index(bytes);
    let mut from = Reader::in_memory(bytes[source..].into());
    read_source(&Known::default(), &mut from).expect(PACKED)
}

/// The mentions of a packed record, with how many these are.
pub fn packed_mentions(bytes: &[u8]) -> (usize, impl Iterator<Item = RecordMention>) {
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

fn write_head(document: &LogDocument, out: &mut Writer) -> io::Result<()> {
    out.hash(document.hash)?;
    out.number(u64::from(document.title.is_some()))?;
    document.title.iter().try_for_each(|title| out.text(title))?;
    out.number(document.date.map_or(0, |date| u64::from(date.number())))
}

fn write_source(source: Option<u32>, order: &Order, out: &mut Writer) -> io::Result<()> {
    out.number(source.map_or(0, |source| renumbered(&order.sources, source) + 1))
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
    let piece = |at: usize, length: usize| &bytes[at..at + length];
    let short = |at: usize| u16::from_le_bytes(piece(at, 2).try_into().expect("two bytes"));
    Print {
        exact: u64::from_le_bytes(piece(0, 8).try_into().expect("eight bytes")),
        sketch: piece(8, SLOTS).try_into().expect("as many bytes"),
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
    out.number(mention.candidates.map_or(0, |its| renumbered(&order.candidates, its) + 1))
}

/// What a record begins with.
pub struct Head {
    hash: u64,
    /// A headline.
    pub title: Option<String>,
    /// The day of publication.
    pub date: Option<Date>,
    /// The source, by number.
    pub source: Option<u32>,
    /// Whether somebody else found its mentions.
    pub given: bool,
}

fn read_head(known: &Known, from: &mut Reader) -> Result<Head, Damage> {
    let hash = from.hash()?;
    let title = if from.number()? == 0 { None } else { Some(from.text()?.to_owned()) };
    let day = from.small()?;
    let date = Date::from_number(day);
    if date.is_none() && day != 0 {
        return Err(from.damage("a day that is none"));
    }
    Ok(Head { hash, title, date, source: read_source(known, from)?, given: from.number()? != 0 })
}

fn read_record(known: &Known, parts: Parts, from: &mut Reader) -> Result<Record, Damage> {
    let Head { hash, title, date, source, given } = read_head(known, from)?;
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
        number => known.pick(|tables| &tables.sources, number - 1, from).map(Some),
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
    let [line, start, end, key, entity_type, flags, rule, holder, candidates] = from.numbers()?;
    let from = &*from;
    let small = |number: u64| u32::try_from(number).map_err(|_| from.damage("a number is longer than 32 bits"));
    // 0 where there is none.
    let pick = |table, number: u64| number.checked_sub(1).map(|number| known.pick(table, number, from)).transpose();
    let kind = [Kind::Name, Kind::Demonym].get(flags as usize / CONTEXTS).copied();
    let (context, _) = Context::NAMES[flags as usize % CONTEXTS];
    Ok(RecordMention {
        line: small(line)?,
        span: Span { start: small(start)?, end: small(end)? },
        key: pick(|tables| &tables.keys, key)?,
        entity_type: known.pick(|tables| &tables.types, entity_type, from)?,
        kind: kind.ok_or_else(|| from.damage("a mention of no kind"))?,
        context,
        rule: Rule(known.pick(|tables| &tables.rules, rule, from)? as u8),
        holder: small(holder)?.checked_sub(1),
        candidates: pick(|tables| &tables.candidates, candidates)?,
    })
}
