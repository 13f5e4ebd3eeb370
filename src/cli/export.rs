//! `actant export`: the graph for another program.

use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;

use super::backbone::BackboneArg;
use super::console::{Out, Outcome};
use super::{diff, done};
use crate::error::{Error, Result};
use crate::graph::EntityGraph;
use crate::measure::Report;
use crate::write::{self, Sink, saved};

/// Arguments of `actant export`.
#[derive(clap::Args)]
#[command(after_help = formats())]
pub struct Args {
    /// The saved graph
    #[arg(value_name = "GRAPH", default_value = "output/graph.json")]
    graph: PathBuf,
    /// Where to write: a file, a folder for formats of several files, or - for standard output
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// The format, where the ending does not tell
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(write::names()))]
    to: Option<String>,
    #[command(flatten)]
    backbone: BackboneArg,
    /// An earlier graph: a report also tells what is new since then, as `actant diff` does
    #[arg(long, value_name = "GRAPH", conflicts_with = "backbone")]
    against: Option<PathBuf>,
    /// Leave cells of CSV as they are, though a spreadsheet may run them as formulas
    #[arg(long)]
    csv_raw: bool,
}

/// Writes the export.
pub fn run(args: &Args) -> Result<Outcome> {
    let writer = match &args.to {
        Some(name) => write::writer(name)?,
        None => write::writer_for(&args.output)?,
    };
    let several = writer.parts.len() > 1;
    if several && args.output == Path::new("-") {
        return Err(Error::new("-", format!("{} writes {}", writer.name, writer.parts.join(" and ")))
            .way_out("name a folder with -o"));
    }
    let mut report = saved::read(&args.graph)?;
    args.backbone.apply(&mut report)?;
    let against = args.against.as_ref().map(|path| earlier(path, writer, args, &report)).transpose()?;
    let options = write::Options { safe_csv: !args.csv_raw, against, ..write::Options::default() };
    if args.output == Path::new("-") {
        let mut sink = Sink::memory();
        (writer.write)(&report, &options, &mut sink)?;
        let mut out = Out::new();
        for (_, bytes) in sink.into_parts() {
            out.bytes(&bytes)?;
        }
        out.close()?;
        return done();
    }
    if several && args.output.is_file() {
        return Err(Error::new(
            args.output.display(),
            format!("a file, but {} writes {}", writer.name, writer.parts.join(" and ")),
        )
        .way_out("name a folder with -o"));
    }
    let mut sink = if several { Sink::folder(&args.output)? } else { Sink::file(&args.output) };
    (writer.write)(&report, &options, &mut sink)?;
    sink.commit()?;
    done()
}

/// The graph that a report is held against.
fn earlier(path: &Path, writer: &write::Writer, args: &Args, report: &Report) -> Result<EntityGraph> {
    if writer.name != "report" {
        return Err(Error::new("--against", format!("the format {} does not tell what is new", writer.name))
            .way_out("use it with --to report"));
    }
    let old = saved::read(path)?;
    diff::same_unit(&old, &args.graph, report)?;
    Ok(old.graph)
}

/// The formats with their endings, for the help.
fn formats() -> String {
    let width = write::names().iter().map(|name| name.len()).max().unwrap_or_default();
    let line = |writer: &write::Writer| {
        let endings: Vec<String> = writer.endings.iter().map(|ending| format!(".{ending}")).collect();
        let files = if writer.parts.len() > 1 { "a folder".to_owned() } else { endings.join(", ") };
        format!("\n  {:width$}  {} ({files})", writer.name, writer.about)
    };
    format!("Formats:{}", write::WRITERS.iter().map(line).collect::<String>())
}
