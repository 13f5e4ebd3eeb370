//! `actant sentences`: every sentence as JSON lines.

use serde::Serialize;

use super::console::{Out, Outcome};
use super::input::InputArgs;
use crate::error::{Error, Result};
use crate::pipeline::{self, Reading};
use crate::text::points::Points;

/// Arguments of `actant sentences`.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,
}

/// A line. Offsets are Unicode code points, half open, in the document's whole text; sentences count from 1.
#[derive(Serialize)]
struct Line<'a> {
    document: &'a str,
    sentence: usize,
    start: usize,
    end: usize,
    text: &'a str,
}

/// Prints the sentences of every document, in order of the inputs.
pub fn run(args: &Args) -> Result<Outcome> {
    let input = args.input.open()?;
    // Names are looked for too: one that goes on over a line break joins two lines into one sentence.
    let reader = input.reader();
    let mut out = Out::new();
    let mut warnings = input.warnings.clone();
    warnings.extend(pipeline::read_in_order(&input.sources, &reader, &mut |reading| print(&reading, &mut out))?);
    out.close()?;
    Ok(Outcome { warnings })
}

fn print(reading: &Reading, out: &mut Out) -> Result<()> {
    let text = &*reading.document.text;
    let mut points = Points::new(text);
    for (number, span) in reading.sentences.iter().enumerate() {
        let line = Line {
            document: &reading.document.id,
            sentence: number + 1,
            start: points.at(span.start as usize),
            end: points.at(span.end as usize),
            text: span.of(text),
        };
        out.line(&serde_json::to_string(&line).map_err(|error| Error::new("json", error))?)?;
    }
    Ok(())
}
