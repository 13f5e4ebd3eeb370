//! `actant mentions`: every mention as JSON lines.

use serde::Serialize;

use super::console::{Out, Outcome};
use super::input::InputArgs;
use crate::error::{Error, Result};
use crate::model::Mention;
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
    let mut points = Points::new(&reading.document.text);
    for mention in &reading.mentions {
        if args.no_demonyms && mention.kind == crate::model::Kind::Demonym {
            continue;
        }
        let line = line(reading, mention, &mut points);
        out.line(&serde_json::to_string(&line).map_err(|error| Error::new("json", error))?)?;
    }
    Ok(())
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
    }
}
