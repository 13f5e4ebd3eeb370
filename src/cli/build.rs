//! `actant build`: the main job.

use std::path::Path;

use super::console::{self, Out, Outcome};
use super::input::InputArgs;
use super::output::OutputArgs;
use crate::error::Result;
use crate::{pipeline, write};

/// Arguments of `actant build`.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Builds the graph, writes it and prints the top actors.
pub fn run(args: &Args) -> Result<Outcome> {
    let plan = args.output.plan()?;
    let input = args.input.open()?;
    let reader = input.reader();
    let bar = console::progress(input.sources.iter().map(|source| source.size()).sum(), args.output.quiet);
    let (log, warnings) = pipeline::log(&input.sources, &reader, &|bytes| bar.inc(bytes))?;
    bar.finish_and_clear();
    plan.carry_out(&log, &reader.settings())?;
    Ok(Outcome { warnings: [input.warnings, warnings].concat() })
}

/// "1 document", "1,204 documents".
pub fn count(number: u64, noun: &str) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    format!("{text} {noun}{}", if number == 1 { "" } else { "s" })
}

/// Lets the writer of a result be a file, or standard output for `-`.
pub fn deliver(path: &Path, bytes: &[u8]) -> Result<()> {
    if path == Path::new("-") {
        let mut out = Out::new();
        out.bytes(bytes)?;
        return out.close();
    }
    let mut sink = write::Sink::file(path);
    sink.part("", |out| out.write_all(bytes))?;
    sink.commit().map(|_| ())
}
