//! `actant build`: the main job.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Mutex;

use super::console::{self, Out, Outcome};
use super::input::InputArgs;
use super::output::OutputArgs;
use super::unfinished::Unfinished;
use crate::error::Result;
use crate::log::{Changes, Log, file};
use crate::write::count;
use crate::{pipeline, write};

/// Arguments of `actant build`.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,
    #[command(flatten)]
    output: OutputArgs,
    /// Take what has not changed from the log in the output folder; the result is that of reading everything again
    #[arg(long, conflicts_with = "no_log")]
    update: bool,
}

/// Builds the graph, writes it and prints the top actors.
pub fn run(args: &Args) -> Result<Outcome> {
    let plan = args.output.plan()?;
    let input = args.input.open()?;
    let reader = input.reader();
    let bytes = input.sources.iter().map(|source| source.size()).sum();
    let bar = console::progress(bytes, console::BYTES, args.output.quiet);
    let saved = if args.update { saved(&args.output.folder, &reader) } else { Log::default() };
    let (unfinished, mut known) = Unfinished::open(&args.output.folder, reader.settings(), bytes);
    if !known.is_empty() {
        console::note(&format!(
            "going on after {} that an interrupted build had read",
            count(known.len() as u64, "document")
        ));
    }
    let known = match known.is_empty() {
        true => Cow::Borrowed(&saved),
        false => {
            known.merge(&saved);
            Cow::Owned(known)
        }
    };
    let keep = |log: &Mutex<Log>, id, document| unfinished.keep(log, id, document);
    let (log, warnings) = pipeline::update(&known, &input.sources, &reader, &|bytes| bar.inc(bytes), &keep)?;
    bar.finish_and_clear();
    input.confirm()?;
    if args.update && !args.output.quiet {
        let Changes { kept, changed, new, dropped } = log.changes_since(&saved);
        console::note(&format!("documents: {kept} kept, {changed} changed, {new} new, {dropped} dropped"));
    }
    let undated = plan.carry_out(&log, &reader.settings())?;
    unfinished.finish();
    let warnings = [input.warnings.clone(), warnings, undated.into_iter().collect()].concat();
    // As the graph: the program is about to end.
    std::mem::forget((log, known));
    std::mem::forget(saved);
    std::mem::forget(input);
    Ok(Outcome { warnings })
}

/// The log in the output folder; an empty one where there is none that can be gone on from, which is said.
fn saved(folder: &Path, reader: &pipeline::Reader) -> Log {
    let path = folder.join(file::NAME);
    let log = file::open(&path).and_then(|(log, settings)| {
        file::same_settings(&path.display().to_string(), &settings, "this build", &reader.settings()).map(|()| log)
    });
    log.unwrap_or_else(|error| {
        console::note(&format!("everything is read: {error}"));
        Log::default()
    })
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
