//! `graph.json`: the saved graph, written once and read by every later command.
//!
//! One JSON object; each document, node and edge on a line of its own. `networkx.node_link_graph(data, edges="edges")` reads it
//! as it is. Offsets into texts are Unicode code points, half open; sentences count from 1.
//!
//! | key | holds |
//! |---|---|
//! | `schema` | version of this form: 1 |
//! | `generator` | the program that wrote it |
//! | `settings` | what the build was told, as text |
//! | `directed`, `multigraph`, `graph` | `false`, `false`, `{}`, for NetworkX |
//! | `corpus` | documents, sentences, copies (sentences that repeat another document's), unit, units (how many, copies folded), words, mentions, abstained; first and last day; partial where some documents are known by their mentions alone |
//! | `documents` | id, title, date, source |
//! | `ambiguous` | names that nothing decides: surface, type, candidates (ids), count, and the first of them: document, sentence, text, start, end |
//! | `nodes` | id, name, type, mentions, sentences, n, documents, first, last, days, aliases, affiliations, measures, community |
//! | `edges` | source, target, sentences, n, documents, sources, kind, contexts, weight, first, last, days, measures, evidence |
//!
//! `n` is the number of units of an actor or a tie with copies counted once, `days` its part in dated documents by day, `sources` the number
//! of documents that do not repeat each other, `weight` the value of the weight that `settings.weight` names, `measures` of an
//! edge all weights of [`crate::graph::weights::WEIGHTS`] but the plain counts. `contexts` has the part of `n` that rests on a mention
//! in a dateline, byline, attribution or role, by context; where that is all of `n`, `kind` is the commonest of them. Both are left
//! out where there is nothing to tell, as is the `context` of an end in the evidence that stands in running text.
//!
//! A score or a weight that is not finite is `null`, which is read as NaN. Of the weights of a tie only those that do not follow from
//! counts are read; the others are computed again when they are asked for.

mod ambiguous;
mod assembly;
mod cursor;
mod edges;
mod lines;
mod nodes;
mod quick;
mod rows;
mod shared;
#[cfg(test)]
mod tests;
mod whole;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::fs::File;
use std::marker::PhantomData;
use std::path::Path;

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

pub(super) use self::edges::spot;
use self::whole::Fault;
use super::columns::ask_ahead;
use super::json::{write_lines, write_rows};
use super::{Options, Sink};
use crate::error::{Error, Result};
use crate::graph::{EdgeId, NodeId};
use crate::measure::Report;
use crate::model::{CorpusFigures, Date, DocumentInfo, Span, Unit};

/// The version that this program writes and reads.
pub const SCHEMA: u32 = 1;

/// How much of a saved graph is read.
#[derive(Clone, Copy)]
enum Depth {
    /// Everything.
    All,
    /// Of ties only their counts, contexts and the weight in use.
    Counts,
}

#[derive(Serialize, Deserialize)]
struct SavedCorpus {
    documents: u64,
    sentences: u64,
    #[serde(default)]
    units: Option<u64>,
    #[serde(default)]
    unit: Option<String>,
    #[serde(default)]
    copies: u64,
    words: u64,
    mentions: u64,
    abstained: u64,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    partial: bool,
    first: Option<String>,
    last: Option<String>,
}

#[derive(Serialize)]
struct DocumentRow<'g> {
    id: &'g str,
    title: Option<&'g str>,
    date: Option<String>,
    source: Option<&'g str>,
}

/// A key.
#[derive(Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

/// A number; `null`, which is written for one that is not finite, is none.
struct Number(f64);

impl<'a> Deserialize<'a> for Number {
    fn deserialize<D: Deserializer<'a>>(from: D) -> std::result::Result<Number, D::Error> {
        Ok(Number(Option::<f64>::deserialize(from)?.unwrap_or(f64::NAN)))
    }
}

/// Numbers by name, each put where `slot` says; those for which it knows no place are passed over.
fn numbers_by_name<'a, D: Deserializer<'a>, T: Default, N: From<f64>>(
    from: D,
    expected: &'static str,
    slot: impl for<'v> Fn(&'v mut T, &str) -> Option<&'v mut N>,
) -> std::result::Result<T, D::Error> {
    struct Rows<T, N, F>(&'static str, F, PhantomData<(T, N)>);

    impl<'a, T: Default, N: From<f64>, F: for<'v> Fn(&'v mut T, &str) -> Option<&'v mut N>> Visitor<'a> for Rows<T, N, F> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }

        fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> std::result::Result<T, A::Error> {
            let mut all = T::default();
            while let Some(name) = map.next_key::<Name>()? {
                match (self.1)(&mut all, &name.0) {
                    Some(number) => *number = map.next_value::<Number>()?.0.into(),
                    None => drop(map.next_value::<IgnoredAny>()?),
                }
            }
            Ok(all)
        }
    }

    from.deserialize_map(Rows(expected, slot, PhantomData))
}

/// A day, or nothing where there is none.
#[derive(Clone, Copy, Default)]
struct Day(Option<Date>);

impl<'a> Deserialize<'a> for Day {
    fn deserialize<D: Deserializer<'a>>(from: D) -> std::result::Result<Day, D::Error> {
        let day = Option::<Cow<str>>::deserialize(from)?;
        Ok(Day(day.as_deref().and_then(Date::parse)))
    }
}

/// Counts by day, in order; what is no day is left out.
#[derive(Default)]
struct SavedDays(Vec<(Date, u64)>);

impl<'a> Deserialize<'a> for SavedDays {
    fn deserialize<D: Deserializer<'a>>(from: D) -> std::result::Result<SavedDays, D::Error> {
        let days = BTreeMap::<Cow<str>, u64>::deserialize(from)?;
        Ok(SavedDays(days.iter().filter_map(|(date, n)| Some((Date::parse(date)?, *n))).collect()))
    }
}

/// Writes the saved graph.
pub fn write(report: &Report, _: &Options, sink: &mut Sink) -> Result<()> {
    sink.part("graph.json", |out| {
        let graph = &report.graph;
        writeln!(out, "{{\n\"schema\": {SCHEMA},")?;
        writeln!(out, "\"generator\": \"actant {}\",", env!("CARGO_PKG_VERSION"))?;
        let mut settings = report.settings.clone();
        settings.insert("weight".to_owned(), graph.weight().name.to_owned());
        writeln!(out, "\"settings\": {},", serde_json::to_string(&settings)?)?;
        writeln!(out, "\"directed\": false,\n\"multigraph\": false,\n\"graph\": {{}},")?;
        writeln!(out, "\"corpus\": {},", serde_json::to_string(&saved_corpus(&graph.corpus))?)?;
        write_lines(out, "documents", graph.documents.iter().map(document_row))?;
        writeln!(out, ",")?;
        write_lines(out, "ambiguous", graph.ambiguous.iter().map(ambiguous::saved))?;
        writeln!(out, ",")?;
        write_rows(out, "nodes", graph.n_nodes(), |known, at, out| {
            rows::push_node(report, NodeId(at as u32), known, out)
        })?;
        writeln!(out, ",")?;
        write_rows(out, "edges", graph.n_edges(), |known, at, out| {
            ask_ahead(graph, at);
            rows::push_edge(graph, EdgeId(at as u32), known, out)
        })?;
        writeln!(out, "\n}}")
    })
}

/// Reads a saved graph.
///
/// # Errors
/// There is no such file, it is damaged, or another version wrote it.
pub fn read(path: &Path) -> Result<Report> {
    read_to(path, Depth::All)
}

/// Reads of a saved graph who is in it and, of each tie, the counts, contexts and the weight in use; days, tests and evidence are
/// passed over. This takes a third of the time and of the memory.
///
/// # Errors
/// As [`read`]; but what is passed over may be damaged.
pub fn read_counts(path: &Path) -> Result<Report> {
    read_to(path, Depth::Counts)
}

fn read_to(path: &Path, depth: Depth) -> Result<Report> {
    let open = || {
        File::open(path).map_err(|error| {
            Error::io(path.display(), &error)
                .way_out("make a graph with `actant build INPUT...`, or name one with --graph")
        })
    };
    if let Some(report) = lines::read(open()?, depth) {
        return Ok(report);
    }
    let other = |schema: u32| {
        Error::new(path.display(), format!("a graph of version {schema}; expected {SCHEMA}"))
            .way_out("build it again with this program")
    };
    match whole::read(open()?, depth) {
        Ok((SCHEMA, report)) => Ok(report),
        Ok((schema, _)) => Err(other(schema)),
        Err(fault) => match whole::version(open()?) {
            Some(schema) if schema != SCHEMA => Err(other(schema)),
            _ => Err(damaged(path, &fault)),
        },
    }
}

fn damaged(path: &Path, fault: &Fault) -> Error {
    let (place, what) = match fault {
        Fault::Json(error) if error.is_io() => return Error::new(path.display(), error),
        Fault::Json(error) => {
            let what = error.to_string();
            let what = what.split(" at line ").next().unwrap_or(&what).to_owned();
            (format!("{}:{}:{}", path.display(), error.line(), error.column()), what)
        }
        Fault::Content(what) => (path.display().to_string(), what.clone()),
    };
    Error::new(place, format!("not a saved graph: {what}")).way_out("build it again with `actant build`")
}

fn saved_corpus(corpus: &CorpusFigures) -> SavedCorpus {
    SavedCorpus {
        documents: corpus.documents,
        sentences: corpus.sentences,
        units: Some(corpus.units),
        unit: Some(corpus.unit.to_string()),
        copies: corpus.copies,
        words: corpus.words,
        mentions: corpus.mentions,
        abstained: corpus.abstained,
        partial: corpus.partial,
        first: corpus.dates.map(|(first, _)| first.to_string()),
        last: corpus.dates.map(|(_, last)| last.to_string()),
    }
}

fn read_corpus(saved: SavedCorpus) -> std::result::Result<CorpusFigures, String> {
    let (first, last) = (day(&saved.first), day(&saved.last));
    Ok(CorpusFigures {
        documents: saved.documents,
        sentences: saved.sentences,
        unit: saved.unit.map_or(Ok(Unit::Sentence), |unit| unit.parse())?,
        units: saved.units.unwrap_or(saved.sentences),
        copies: saved.copies,
        words: saved.words,
        mentions: saved.mentions,
        abstained: saved.abstained,
        partial: saved.partial,
        dates: first.zip(last),
    })
}

fn document_row(document: &DocumentInfo) -> DocumentRow<'_> {
    DocumentRow {
        id: &document.id,
        title: document.title.as_deref(),
        date: document.date.map(|date| date.to_string()),
        source: document.source.as_deref(),
    }
}

fn day(date: &Option<String>) -> Option<Date> {
    date.as_deref().and_then(Date::parse)
}

/// How many code points there are before a byte.
pub(super) fn points(text: &str, at: u32) -> usize {
    text[..at as usize].chars().count()
}

/// The bytes of `text` between two code points.
fn span(document: &str, text: &str, start: usize, end: usize) -> std::result::Result<Span, String> {
    let is_ascii = text.is_ascii();
    let byte = |point: usize| {
        if is_ascii && point <= text.len() {
            return Ok(point);
        }
        let mut starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        starts.nth(point).ok_or_else(|| format!("a span ends behind its sentence in `{document}`"))
    };
    let (start, end) = (byte(start)?, byte(end)?);
    if start > end {
        return Err(format!("a span ends before it begins in `{document}`"));
    }
    Ok(Span::new(start, end))
}
