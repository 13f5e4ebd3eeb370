//! Two tables for spreadsheets, pandas and Gephi: actors.csv and edges.csv.

use std::io;

use ::csv::{Terminator, WriterBuilder};

use super::{Options, Sink};
use crate::error::Result;
use crate::measure::Report;

/// Writes the actors with their measures, and the edges with their weight and first sentence.
pub fn write(report: &Report, options: &Options, sink: &mut Sink) -> Result<()> {
    sink.part("actors.csv", |out| rows(out, options, actors(report)))?;
    sink.part("edges.csv", |out| rows(out, options, edges(report)))
}

fn actors(report: &Report) -> impl Iterator<Item = Vec<String>> + '_ {
    let mut header: Vec<String> =
        ["id", "name", "type", "mentions", "sentences", "documents", "first", "last", "aliases"]
            .map(String::from)
            .into();
    header.extend(report.scores.iter().map(|(name, _)| (*name).to_owned()));
    let rows = report.graph.nodes().map(|(id, node)| {
        let day = |date: Option<crate::model::Date>| date.map_or_else(String::new, |date| date.to_string());
        let mut aliases: Vec<(&String, &u64)> = node.aliases.iter().collect();
        aliases.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        let aliases: Vec<String> = aliases.into_iter().map(|(alias, _)| alias.replace('|', " ")).collect();
        let mut row = vec![
            node.id.clone(),
            node.name.clone(),
            node.entity_type.name().to_owned(),
            node.mentions.to_string(),
            node.sentences.to_string(),
            node.documents.to_string(),
            day(node.first),
            day(node.last),
            aliases.join("|"),
        ];
        row.extend(report.scores.iter().map(|(_, scores)| scores[id.0 as usize].to_string()));
        row
    });
    std::iter::once(header).chain(rows)
}

fn edges(report: &Report) -> impl Iterator<Item = Vec<String>> + '_ {
    let header = ["source", "target", "type", "weight", "sentences", "documents", "document", "sentence", "evidence"];
    let rows = report.graph.edges().map(|(_, a, b, edge)| {
        let evidence = edge.evidence.first();
        vec![
            report.graph.node(a).id.clone(),
            report.graph.node(b).id.clone(),
            // Gephi takes an edge without this word for a directed one.
            "Undirected".to_owned(),
            edge.weight.to_string(),
            edge.sentences.to_string(),
            edge.documents.to_string(),
            evidence.map_or_else(String::new, |evidence| evidence.document.clone()),
            evidence.map_or_else(String::new, |evidence| (evidence.sentence + 1).to_string()),
            evidence.map_or_else(String::new, |evidence| evidence.text.clone()),
        ]
    });
    std::iter::once(header.map(String::from).into()).chain(rows)
}

/// Writes the rows with LF line ends, each cell by [`cell_text`].
pub fn rows(out: &mut dyn io::Write, options: &Options, rows: impl Iterator<Item = Vec<String>>) -> io::Result<()> {
    let mut writer = WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(out);
    for row in rows {
        writer.write_record(row.iter().map(|cell| cell_text(cell, options))).map_err(io::Error::other)?;
    }
    writer.flush()
}

/// A cell on one line; one that a spreadsheet would run as a formula gets an apostrophe before it.
pub fn cell_text(cell: &str, options: &Options) -> String {
    let text = super::text::label(cell, usize::MAX - 1);
    let number = text.parse::<f64>().is_ok();
    if options.safe_csv && text.starts_with(['=', '+', '-', '@']) && !number { format!("'{text}") } else { text }
}
