//! Rows with their keys in the order in which this program writes them. Comparing them with what is expected takes a fraction of what
//! a parser takes, which must look every key up; a row that is in any way other is none, and is left to the parser.

use std::borrow::Cow;
use std::collections::BTreeMap;

use thin_vec::ThinVec;

use super::cursor::Cursor;
use super::edges::{Named, spot};
use super::nodes::{Row, Scores};
use super::shared::Shared;
use crate::graph::weights::Kept;
use crate::graph::{Edge, Evidence, Node};
use crate::model::{Date, DocumentInfo, EntityType, Spot};

/// A document, and how long its row is.
pub(super) fn document(text: &str) -> Option<(DocumentInfo, usize)> {
    let mut row = Cursor::new(text);
    row.tag("{\"id\":")?;
    let id = row.string()?.into_owned();
    let title = optional(&mut row, ",\"title\":")?;
    let date = row.day(",\"date\":")?;
    let source = optional(&mut row, ",\"source\":")?;
    row.tag("}")?;
    Some((DocumentInfo { id, title, date, source }, row.at()))
}

fn optional(row: &mut Cursor, key: &str) -> Option<Option<String>> {
    row.tag(key)?;
    if row.is("null") { Some(None) } else { Some(Some(row.string()?.into_owned())) }
}

/// An actor, and how long its row is.
pub(super) fn node(text: &str, shared: &Shared) -> Option<(Row, usize)> {
    let mut row = Cursor::new(text);
    row.tag("{\"id\":")?;
    let id = row.string()?.into_owned();
    row.tag(",\"name\":")?;
    let name = row.string()?.into_owned();
    row.tag(",\"type\":")?;
    let entity_type = EntityType::from_name(&row.string()?);
    let mut next = |key: &str| row.number(key);
    let (mentions, sentences) = (next(",\"mentions\":")?, next(",\"sentences\":")?);
    let (n, documents) = (next(",\"n\":")?, next(",\"documents\":")?);
    let (first, last) = (row.day(",\"first\":")?, row.day(",\"last\":")?);
    let days = days(&mut row)?;
    row.tag(",\"aliases\":")?;
    let aliases = counts(&mut row)?;
    row.tag(",\"affiliations\":")?;
    let affiliations = counts(&mut row)?;
    row.tag(",\"measures\":")?;
    let mut scores = Scores::default();
    row.object(|row, name| {
        scores.set(&name, row.float(":")?);
        Some(())
    })?;
    row.tag(",\"community\":")?;
    let community = if row.is("null") { None } else { Some(shared.get(&row.string()?)) };
    row.tag("}")?;
    let counted =
        Node { id, name, entity_type, mentions, sentences, n, documents, aliases, affiliations, first, last, days };
    Some(((counted, scores, community), row.at()))
}

fn counts(row: &mut Cursor) -> Option<BTreeMap<String, u64>> {
    let mut counts = BTreeMap::new();
    row.object(|row, name| {
        counts.insert(name.into_owned(), row.number(":")?);
        Some(())
    })?;
    Some(counts)
}

/// The counts of a tie, and how long its row is; nothing but its end is looked at behind them.
pub(super) fn counted(text: &str) -> Option<(Named<'_>, usize)> {
    let mut row = Cursor::new(text);
    let counted = tie(&mut row)?;
    row.pass_line()?;
    Some((counted, row.at()))
}

/// A tie, and how long its row is.
pub(super) fn edge<'t>(text: &'t str, shared: &Shared) -> Option<(Named<'t>, usize)> {
    let mut row = Cursor::new(text);
    let (source, target, counts, mut kept) = tie(&mut row)?;
    let (first, last) = (row.day(",\"first\":")?, row.day(",\"last\":")?);
    let days = days(&mut row)?.into();
    row.tag(",\"measures\":")?;
    row.object(|row, name| {
        match kept.named(&name) {
            Some(weight) => *weight = row.float(":")?,
            None => row.pass()?,
        }
        Some(())
    })?;
    let evidence = list(&mut row, ",\"evidence\":[", |row| evidence(row, shared))?;
    row.tag("}")?;
    Some(((source, target, Edge { first, last, days, evidence, ..counts }, kept), row.at()))
}

/// The ends of a tie, its counts and the weight in use. Ties with contexts, which are rare, are left to the parser.
fn tie<'t>(row: &mut Cursor<'t>) -> Option<Named<'t>> {
    row.tag("{\"source\":")?;
    let source = row.string()?;
    row.tag(",\"target\":")?;
    let target = row.string()?;
    let mut next = |key: &str| row.number(key);
    let (sentences, n) = (next(",\"sentences\":")?, next(",\"n\":")?);
    let (documents, sources) = (next(",\"documents\":")?, next(",\"sources\":")?);
    let weight = row.float(",\"weight\":")?;
    let counts = Edge { sentences, n, documents, sources, weight, ..Edge::default() };
    Some((source, target, counts, Kept::default()))
}

/// Counts by day where there are some, which must be in order.
fn days(row: &mut Cursor) -> Option<Vec<(Date, u64)>> {
    let mut days: Vec<(Date, u64)> = Vec::new();
    if row.is(",\"days\":") {
        row.object(|row, day| {
            days.push((Date::parse(&day)?, row.number(":")?));
            Some(())
        })?;
    }
    days.windows(2).all(|two| two[0].0 < two[1].0).then_some(days)
}

fn evidence(row: &mut Cursor, shared: &Shared) -> Option<Evidence> {
    row.tag("{\"document\":")?;
    let document = row.string()?;
    let sentence = sentence(row, ",\"sentence\":")?;
    let last_sentence = if row.is(",\"last_sentence\"") { self::sentence(row, ":")? } else { sentence };
    row.tag(",\"text\":")?;
    let text = row.string()?;
    let mut end = |key: &str| {
        row.tag(key)?;
        side(row, &document, &text)
    };
    let (source, target) = (end(",\"source\":{")?, end(",\"target\":{")?);
    let copy = |row: &mut Cursor| {
        row.tag("{\"document\":")?;
        let document = shared.get(&row.string()?);
        let sentence = self::sentence(row, ",\"sentence\":")?;
        row.tag("}").map(|()| (document, sentence))
    };
    let copies = if row.is(",\"copies\"") { list(row, ":[", copy)? } else { ThinVec::new() };
    row.tag("}")?;
    let (document, text) = (shared.get(&document), shared.get(&text));
    Some(Evidence { document, sentence, last_sentence, text, source, target, copies })
}

/// The number of a sentence, which counts from 1.
fn sentence(row: &mut Cursor, key: &str) -> Option<u32> {
    u32::try_from(row.number(key)?).ok()?.checked_sub(1)
}

fn side(row: &mut Cursor, document: &str, text: &str) -> Option<Spot> {
    let mut next = |key: &str| row.number(key);
    let (start, end) = (next("\"start\":")?, next(",\"end\":")?);
    row.tag(",\"rule\":")?;
    let rule = row.string()?;
    let context = if row.is(",\"context\":") { row.string()? } else { Cow::default() };
    row.tag("}")?;
    spot(document, text, (usize::try_from(start).ok()?, usize::try_from(end).ok()?), (&rule, &context)).ok()
}

/// What `item` reads up to the end of a list that begins with `key`. There is no room for more than it holds.
fn list<T>(row: &mut Cursor, key: &str, mut item: impl FnMut(&mut Cursor) -> Option<T>) -> Option<ThinVec<T>> {
    let mut list = ThinVec::new();
    row.tag(key)?;
    if row.is("]") {
        return Some(list);
    }
    loop {
        list.reserve_exact(1);
        list.push(item(row)?);
        if !row.is(",") {
            return row.tag("]").map(|()| list);
        }
    }
}
