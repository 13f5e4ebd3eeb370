//! The sentences behind the ties, one row for each sentence and tie: JSON lines or a table.
//!
//! Offsets are Unicode code points in `text`, half open; sentences count from 1. In the table line breaks are blanks, so that
//! offsets hold there too; a text that a spreadsheet would run as a formula has an apostrophe before it, and only
//! `--csv-raw` keeps its offsets. A context is there where a name does not stand in running text (heading, dateline, byline,
//! attribution, role).

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use foldhash::HashMap;
use serde::{Deserialize, Serialize};

use super::columns::Value;
use super::saved::{points, spot};
use super::{Options, Sink, csv};
use crate::error::{Error, Result};
use crate::graph::{EntityGraph, Evidence, Node};
use crate::measure::Report;
use crate::model::{Date, Spot};

/// The name of the lines in an output folder.
pub const NAME: &str = "evidence.jsonl";

/// A sentence of a tie as a line.
#[derive(Serialize, Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    source: Cow<'a, str>,
    #[serde(borrow)]
    source_name: Cow<'a, str>,
    #[serde(borrow)]
    target: Cow<'a, str>,
    #[serde(borrow)]
    target_name: Cow<'a, str>,
    #[serde(borrow)]
    document: Cow<'a, str>,
    date: Option<String>,
    sentence: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_sentence: Option<u32>,
    #[serde(borrow)]
    text: Cow<'a, str>,
    source_start: usize,
    source_end: usize,
    #[serde(borrow)]
    source_rule: Cow<'a, str>,
    #[serde(borrow, default)]
    source_context: Option<Cow<'a, str>>,
    target_start: usize,
    target_end: usize,
    #[serde(borrow)]
    target_rule: Cow<'a, str>,
    #[serde(borrow, default)]
    target_context: Option<Cow<'a, str>>,
    /// Documents and sentences.
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    copies: Vec<(Cow<'a, str>, u32)>,
}

/// Writes the sentences as JSON lines.
pub fn write_lines(report: &Report, _: &Options, sink: &mut Sink) -> Result<()> {
    sink.part(NAME, |out| {
        for (source, target, evidence, date) in all(&report.graph) {
            serde_json::to_writer(&mut *out, &line(source, target, evidence, date))?;
            out.write_all(b"\n")?;
        }
        Ok(())
    })
}

/// The sentences of one tie, by the ids of its ends, in the lines that [`write_lines`] wrote to `path`. Cost: the file is read once.
///
/// # Errors
/// There is no such file, or a line of it is damaged.
pub fn of_tie(path: &Path, source: &str, target: &str) -> Result<Vec<Evidence>> {
    let fault = |error: std::io::Error| Error::io(path.display(), &error);
    let mut lines = BufReader::with_capacity(1 << 18, File::open(path).map_err(fault)?);
    let begin = format!("{{\"source\":{}", serde_json::Value::from(source));
    let (mut bytes, mut number, mut found) = (Vec::new(), 0, Vec::new());
    while lines.read_until(b'\n', &mut bytes).map_err(fault)? > 0 {
        number += 1;
        if bytes.starts_with(begin.as_bytes()) {
            let line = serde_json::from_slice::<Line>(&bytes).map_err(|error| error.to_string());
            let read = line.and_then(|line| if line.target == target { read(line).map(Some) } else { Ok(None) });
            found.extend(read.map_err(|what| {
                Error::new(format_args!("{}:{number}", path.display()), format!("not a sentence of a tie: {what}"))
                    .way_out("build it again with `actant build --evidence all`")
            })?);
        }
        bytes.clear();
    }
    Ok(found)
}

fn line<'g>(source: &'g Node, target: &'g Node, evidence: &'g Evidence, date: Option<Date>) -> Line<'g> {
    let (first, second) = (evidence.source, evidence.target);
    let context = |spot: Spot| Some(spot.context.name()).filter(|name| !name.is_empty()).map(Cow::from);
    let point = |at: u32| points(&evidence.text, at);
    Line {
        source: (&*source.id).into(),
        source_name: (&*source.name).into(),
        target: (&*target.id).into(),
        target_name: (&*target.name).into(),
        document: (&*evidence.document).into(),
        date: date.map(|date| date.to_string()),
        sentence: evidence.sentence + 1,
        last_sentence: Some(evidence.last_sentence + 1).filter(|last| *last != evidence.sentence + 1),
        text: (&*evidence.text).into(),
        source_start: point(first.span.start),
        source_end: point(first.span.end),
        source_rule: first.rule.name().into(),
        source_context: context(first),
        target_start: point(second.span.start),
        target_end: point(second.span.end),
        target_rule: second.rule.name().into(),
        target_context: context(second),
        copies: evidence.copies.iter().map(|(document, at)| ((&**document).into(), at + 1)).collect(),
    }
}

fn read(line: Line) -> std::result::Result<Evidence, String> {
    let from_0 = |sentence: u32| sentence.checked_sub(1).ok_or("sentences count from 1");
    let sentence = from_0(line.sentence)?;
    let side = |span, rule: &str, context: &Option<Cow<str>>| {
        spot(&line.document, &line.text, span, (rule, context.as_deref().unwrap_or_default()))
    };
    let (source, target) = (
        side((line.source_start, line.source_end), &line.source_rule, &line.source_context)?,
        side((line.target_start, line.target_end), &line.target_rule, &line.target_context)?,
    );
    let copies = line.copies.into_iter().map(|(document, at)| Ok((document.into(), from_0(at)?)));
    Ok(Evidence {
        sentence,
        last_sentence: line.last_sentence.map_or(Ok(sentence), from_0)?,
        copies: copies.collect::<std::result::Result<_, &str>>()?,
        document: line.document.into(),
        text: line.text.into(),
        source,
        target,
    })
}

/// Writes the sentences as a table.
pub fn write_table(report: &Report, options: &Options, sink: &mut Sink) -> Result<()> {
    sink.part("evidence.csv", |out| {
        let cells = rows(&report.graph).map(|row| {
            row.into_iter().map(|(_, value)| value.map_or_else(Cow::default, |value| value.text('|'))).collect()
        });
        let header = COLUMNS.map(Cow::from).into();
        csv::rows(out, options, std::iter::once(header).chain(cells))
    })
}

type Row<'g> = Vec<(&'g str, Option<Value<'g>>)>;

const COLUMNS: [&str; 16] = [
    "source",
    "source_name",
    "target",
    "target_name",
    "document",
    "date",
    "sentence",
    "text",
    "source_start",
    "source_end",
    "source_rule",
    "source_context",
    "target_start",
    "target_end",
    "target_rule",
    "target_context",
];

fn rows(graph: &EntityGraph) -> impl Iterator<Item = Row<'_>> {
    all(graph).map(|(source, target, evidence, date)| row(source, target, evidence, date))
}

/// Every sentence of every tie, with the ends of the tie and the day of the document.
fn all(graph: &EntityGraph) -> impl Iterator<Item = (&Node, &Node, &Evidence, Option<Date>)> {
    let dates: HashMap<&str, Option<Date>> =
        graph.documents.iter().map(|document| (&*document.id, document.date)).collect();
    graph.edges().flat_map(|(_, a, b, edge)| edge.evidence.iter().map(move |evidence| (a, b, evidence))).map(
        move |(a, b, evidence)| {
            (graph.node(a), graph.node(b), evidence, dates.get(&*evidence.document).copied().flatten())
        },
    )
}

fn row<'g>(source: &'g Node, target: &'g Node, evidence: &'g Evidence, date: Option<Date>) -> Row<'g> {
    let points = |at: u32| Value::Integer(evidence.text[..at as usize].chars().count() as u64);
    let side = |spot: Spot| {
        let context = Some(spot.context.name()).filter(|name| !name.is_empty());
        let known = [points(spot.span.start), points(spot.span.end), Value::Text(spot.rule.name())];
        known.into_iter().map(Some).chain([context.map(Value::Text)])
    };
    let before = [
        Some(Value::Text(&source.id)),
        Some(Value::Text(&source.name)),
        Some(Value::Text(&target.id)),
        Some(Value::Text(&target.name)),
        Some(Value::Text(&evidence.document)),
        date.map(Value::Day),
        Some(Value::Integer(u64::from(evidence.sentence) + 1)),
        Some(Value::Text(&evidence.text)),
    ];
    let values = before.into_iter().chain(side(evidence.source)).chain(side(evidence.target));
    COLUMNS.into_iter().zip(values).collect()
}
