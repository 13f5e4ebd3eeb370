//! `actant render`: a picture.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;

use super::backbone::BackboneArg;
use super::build::deliver;
use super::console::Outcome;
use super::done;
use super::part::PartArg;
use crate::error::{Error, Result};
use crate::write::{self, Sink, graphviz, layout, saved};

/// Arguments of `actant render`.
#[derive(clap::Args)]
pub struct Args {
    /// The saved graph
    #[arg(value_name = "GRAPH", default_value = "output/graph.json")]
    graph: PathBuf,
    /// The picture to write: .svg, .png or .pdf, .html for a page to explore, or .report.md for a report
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// builtin, or graphviz[:sfdp|neato|dot|fdp|circo|twopi] [default: builtin]
    #[arg(long, value_name = "ENGINE")]
    engine: Option<String>,
    /// How the picture is laid out
    #[arg(long, value_name = "NAME", default_value = "force", value_parser = PossibleValuesParser::new(layouts()))]
    layout: String,
    /// Draw at most so many actors, those with the most sentences [default: 150, on a page 5000]
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    #[command(flatten)]
    part: PartArg,
    #[command(flatten)]
    backbone: BackboneArg,
    /// A title over the picture, the page or the report
    #[arg(long, value_name = "TEXT", default_value = "")]
    title: String,
}

/// The formats that need no other program.
const BUILT_IN: [&str; 5] = ["html", "pdf", "png", "report", "svg"];
/// So many actors are handed to Graphviz by default.
const GRAPHVIZ_ACTORS: usize = 150;

/// The names of the layouts.
fn layouts() -> impl Iterator<Item = &'static str> {
    layout::LAYOUTS.iter().map(|row| row.name)
}

/// Draws the picture.
pub fn run(args: &Args) -> Result<Outcome> {
    let mut report = saved::read(&args.graph)?;
    args.part.apply(&mut report)?;
    args.backbone.apply(&mut report)?;
    let mut options = write::Options { title: args.title.clone(), ..write::Options::default() };
    options.layout = layout::layout(&args.layout).unwrap_or(options.layout);
    let built_in = write::writer_for(&args.output).ok().filter(|writer| BUILT_IN.contains(&writer.name));
    let engine = args.engine.as_deref().unwrap_or("builtin");
    let (engine, of_graphviz) = engine.split_once(':').unwrap_or((engine, "sfdp"));
    // The built-in writers have limits of their own, and say what they leave out.
    if let Some(top) = args.top.or((engine == "graphviz").then_some(GRAPHVIZ_ACTORS)) {
        report.limit(top);
    }
    let bytes = match (engine, built_in) {
        ("builtin", Some(writer)) => {
            let mut sink = Sink::memory();
            (writer.write)(&report, &options, &mut sink)?;
            sink.into_parts().into_iter().next().map(|(_, bytes)| bytes).unwrap_or_default()
        }
        ("builtin", None) => {
            return Err(Error::new(args.output.display(), "its ending names no picture")
                .way_out("expected .svg, .png, .pdf, .html or .report.md"));
        }
        ("graphviz", _) => graphviz::draw(&report, &options, of_graphviz, &args.output)?,
        _ => {
            return Err(Error::new("--engine", format!("no such engine: `{engine}`"))
                .way_out("expected builtin, graphviz, or graphviz:neato and the like"));
        }
    };
    deliver(&args.output, &bytes)?;
    done()
}
