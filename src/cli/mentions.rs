//! `actant mentions`: every mention as JSON lines.

use serde::Serialize;

use super::console::{Out, Outcome};
use super::input::InputArgs;
use super::meanings::Meanings;
use crate::error::{Error, Result};
use crate::log::LogDocument;
use crate::model::{Kind, Span};
use crate::pipeline::{self, Reading};
use crate::text::points::Points;
use crate::write::json::{number, string, text};

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
struct Line<'a> {
    /// The document's id, as JSON behind its key: made once a document.
    document: &'a [u8],
    sentence: u32,
    start: usize,
    end: usize,
    text: &'a str,
    /// From the entity to the rule, as JSON.
    meaning: &'a [u8],
    /// For a build: where the name begins whose title this is part of.
    holder: Option<usize>,
    /// For a build: the ids of those it may be, where nothing decides.
    candidates: Vec<&'a str>,
}

impl Line<'_> {
    /// Adds it as JSON. By hand: a serializer looks through every key for something to escape, which cost a tenth of all.
    fn push(&self, out: &mut Vec<u8>) -> Result<()> {
        out.extend_from_slice(self.document);
        number(out, ",\"sentence\":", self.sentence.into());
        number(out, ",\"start\":", self.start as u64);
        number(out, ",\"end\":", self.end as u64);
        string(out, ",\"text\":", self.text);
        out.extend_from_slice(self.meaning);
        if let Some(holder) = self.holder {
            number(out, ",\"holder\":", holder as u64);
        }
        if !self.candidates.is_empty() {
            text(out, ",\"candidates\":");
            json(out, &self.candidates)?;
        }
        text(out, "}\n");
        Ok(())
    }
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
    let (mut lines, mut meanings) = (Vec::new(), Meanings::new());
    let take = &mut |reading: Reading| print(args, &reading, &mut meanings, &mut lines, &mut out);
    warnings.extend(pipeline::read_in_order(&input.sources, &reader, take)?);
    out.close()?;
    input.confirm()?;
    // The program is about to end: taking the keys of a million names apart first was 3 % of it.
    std::mem::forget(input);
    Ok(Outcome { warnings })
}

/// Adds the lines of a document to `lines`, which are written some at a time: a call for each mention cost a tenth of the time, and
/// memory for those of a large document as much.
fn print(args: &Args, reading: &Reading, meanings: &mut Meanings, lines: &mut Vec<u8>, out: &mut Out) -> Result<()> {
    /// So many bytes are written at once.
    const FULL: usize = 1 << 16;
    lines.clear();
    if args.for_build {
        json(lines, &document_line(reading))?;
        lines.push(b'\n');
    }
    let mut document = Vec::new();
    string(&mut document, "{\"document\":", &reading.document.id);
    let mut points = Points::new(&reading.document.text);
    let mut holders = Points::new(&reading.document.text);
    for mention in &reading.mentions {
        if args.no_demonyms && mention.kind == Kind::Demonym {
            continue;
        }
        let mut line = Line {
            document: &document,
            sentence: mention.sentence + 1,
            start: points.at(mention.span.start as usize),
            end: points.at(mention.span.end as usize),
            text: mention.span.of(&reading.document.text),
            meaning: meanings.of(mention),
            holder: None,
            candidates: Vec::new(),
        };
        if args.for_build {
            let holder = mention.holder.map(|holder| &reading.mentions[holder as usize]);
            line.holder = holder.map(|holder| holders.at(holder.span.start as usize));
            line.candidates = mention.candidates.iter().collect();
        }
        line.push(lines)?;
        if lines.len() >= FULL {
            out.bytes(lines)?;
            lines.clear();
        }
    }
    out.bytes(lines)
}

fn json(out: &mut Vec<u8>, value: &impl Serialize) -> Result<()> {
    serde_json::to_writer(out, value).map_err(|error| Error::new("json", error))
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
