//! `actant mentions`: every mention as JSON lines.

use serde::Serialize;

use super::console::{Out, Outcome};
use super::input::InputArgs;
use crate::error::{Error, Result};
use crate::log::LogDocument;
use crate::model::{Kind, Mention, Span};
use crate::pipeline::{self, Reading};
use crate::text::points::Points;

/// Arguments of `actant mentions`.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,
    /// Leave demonyms ("Russian") out
    #[arg(long)]
    no_demonyms: bool,
    /// Print a line with the title, day, hash and sentences of each document too, so that `actant build` makes the graph of the
    /// documents from it
    #[arg(long)]
    for_build: bool,
}

/// A line. Offsets are Unicode code points, half open, in the document's whole text; sentences count from 1.
#[derive(Serialize)]
struct Line<'a> {
    document: &'a str,
    sentence: u32,
    start: usize,
    end: usize,
    text: &'a str,
    entity: Option<&'a str>,
    name: Option<&'a str>,
    #[serde(rename = "type")]
    entity_type: &'a str,
    kind: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    context: &'a str,
    rule: &'a str,
    #[serde(flatten)]
    more: Option<More<'a>>,
}

/// What a build needs besides.
#[derive(Serialize)]
struct More<'a> {
    /// Where the name begins whose title this is part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    holder: Option<usize>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    candidates: Vec<&'a str>,
}

/// The line before the mentions of a document.
#[derive(Serialize)]
struct DocumentLine<'a> {
    document: &'a str,
    title: Option<&'a str>,
    date: Option<String>,
    source: Option<&'a str>,
    hash: String,
    words: u32,
    sentences: Vec<SentenceLine<'a>>,
    /// The sentences that begin a paragraph, from 1; the first always does and is not listed.
    paragraphs: Vec<u32>,
}

#[derive(Serialize)]
struct SentenceLine<'a> {
    start: usize,
    end: usize,
    text: &'a str,
}

/// Prints the mentions of every document, in order of the inputs.
pub fn run(args: &Args) -> Result<Outcome> {
    let input = args.input.open()?;
    let reader = input.reader();
    let mut out = Out::new();
    let mut warnings = input.warnings.clone();
    warnings.extend(pipeline::read_in_order(&input.sources, &reader, &mut |reading| print(args, &reading, &mut out))?);
    out.close()?;
    Ok(Outcome { warnings })
}

fn print(args: &Args, reading: &Reading, out: &mut Out) -> Result<()> {
    if args.for_build {
        out.line(&json(&document_line(reading))?)?;
    }
    let mut points = Points::new(&reading.document.text);
    let mut holders = Points::new(&reading.document.text);
    for mention in &reading.mentions {
        if args.no_demonyms && mention.kind == Kind::Demonym {
            continue;
        }
        let mut line = line(reading, mention, &mut points);
        line.more = args.for_build.then(|| more(reading, mention, &mut holders));
        out.line(&json(&line)?)?;
    }
    Ok(())
}

fn json(line: &impl Serialize) -> Result<String> {
    serde_json::to_string(line).map_err(|error| Error::new("json", error))
}

fn document_line(reading: &Reading) -> DocumentLine<'_> {
    let document = &reading.document;
    let logged = LogDocument::new(document, &reading.sentences, Vec::new());
    let mut points = Points::new(&document.text);
    let sentence = |span: &Span| SentenceLine {
        start: points.at(span.start as usize),
        end: points.at(span.end as usize),
        text: span.of(&document.text),
    };
    DocumentLine {
        document: &document.id,
        title: document.title.as_deref(),
        date: document.date.map(|date| date.to_string()),
        source: document.source.as_deref(),
        hash: format!("{:016x}", logged.hash),
        words: logged.words,
        sentences: reading.sentences.iter().map(sentence).collect(),
        paragraphs: logged.paragraphs.iter().map(|begin| begin + 1).collect(),
    }
}

fn line<'a>(reading: &'a Reading, mention: &'a Mention, points: &mut Points) -> Line<'a> {
    Line {
        document: &reading.document.id,
        sentence: mention.sentence + 1,
        start: points.at(mention.span.start as usize),
        end: points.at(mention.span.end as usize),
        text: mention.span.of(&reading.document.text),
        entity: mention.entity.as_ref().map(|key| &*key.id),
        name: mention.entity.as_ref().map(|key| &*key.name),
        entity_type: mention.entity_type.name(),
        kind: mention.kind.name(),
        context: mention.context.name(),
        rule: mention.rule.name(),
        more: None,
    }
}

fn more<'a>(reading: &'a Reading, mention: &'a Mention, points: &mut Points) -> More<'a> {
    let holder = mention.holder.map(|holder| points.at(reading.mentions[holder as usize].span.start as usize));
    More { holder, candidates: mention.candidates.iter().map(|id| &**id).collect() }
}
