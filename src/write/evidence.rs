//! The sentences behind the ties, one row for each sentence and tie: JSON lines or a table.
//!
//! Offsets are Unicode code points in `text`, half open; sentences count from 1. In the table line breaks are blanks, so that
//! offsets hold there too; a text that a spreadsheet would run as a formula has an apostrophe before it, and only
//! `--csv-raw` keeps its offsets. A context is there where a name does not stand in running text (heading, dateline, byline,
//! attribution, role).

use foldhash::HashMap;

use super::columns::{self, Value};
use super::json::Object;
use super::{Options, Sink, csv};
use crate::error::Result;
use crate::graph::{EntityGraph, Evidence, Node};
use crate::measure::Report;
use crate::model::{Date, Spot};

/// Writes the sentences as JSON lines.
pub fn write_lines(report: &Report, _: &Options, sink: &mut Sink) -> Result<()> {
    sink.part("evidence.jsonl", |out| {
        for row in rows(&report.graph) {
            serde_json::to_writer(&mut *out, &Object(row))?;
            out.write_all(b"\n")?;
        }
        Ok(())
    })
}

/// Writes the sentences as a table.
pub fn write_table(report: &Report, options: &Options, sink: &mut Sink) -> Result<()> {
    sink.part("evidence.csv", |out| {
        let cells = rows(&report.graph).map(|row| {
            row.into_iter()
                .map(|(_, value)| value.map_or_else(String::new, |value| value.text('|').into_owned()))
                .collect()
        });
        let header = COLUMNS.map(String::from).into();
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
    let dates: HashMap<&str, Option<Date>> =
        graph.documents.iter().map(|document| (&*document.id, document.date)).collect();
    columns::edges(graph)
        .flat_map(move |(_, a, b, edge)| {
            edge.evidence.iter().map(move |evidence| (graph.node(a), graph.node(b), evidence))
        })
        .map(move |(source, target, evidence)| {
            row(source, target, evidence, dates.get(&*evidence.document).copied().flatten())
        })
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
