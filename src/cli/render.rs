//! `actant render`: a picture.

use std::path::PathBuf;

use super::backbone::BackboneArg;
use super::build::deliver;
use super::console::Outcome;
use super::done;
use crate::error::{Error, Result};
use crate::write::{self, Sink, graphviz, saved};

/// Arguments of `actant render`.
#[derive(clap::Args)]
pub struct Args {
    /// The saved graph
    #[arg(value_name = "GRAPH", default_value = "output/graph.json")]
    graph: PathBuf,
    /// The picture to write; built in: .svg, with Graphviz: .svg, .png, .pdf
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// builtin, or graphviz[:sfdp|neato|dot|fdp|circo|twopi] [default: builtin for .svg, else graphviz:sfdp]
    #[arg(long, value_name = "ENGINE")]
    engine: Option<String>,
    /// Draw at most so many actors, those with the most sentences
    #[arg(long, value_name = "N", default_value_t = 150)]
    top: usize,
    #[command(flatten)]
    backbone: BackboneArg,
    /// A title over the picture
    #[arg(long, value_name = "TEXT", default_value = "")]
    title: String,
}

/// Draws the picture.
pub fn run(args: &Args) -> Result<Outcome> {
    let mut report = saved::read(&args.graph)?;
    args.backbone.apply(&mut report)?;
    report.limit(args.top);
    let options = write::Options { title: args.title.clone(), ..write::Options::default() };
    let svg = args.output.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("svg"));
    let engine = args.engine.as_deref().unwrap_or(if svg { "builtin" } else { "graphviz" });
    let bytes = match engine.split_once(':').unwrap_or((engine, "sfdp")) {
        ("builtin", _) if svg => {
            let mut sink = Sink::memory();
            (write::writer("svg")?.write)(&report, &options, &mut sink)?;
            sink.into_parts().into_iter().next().map(|(_, bytes)| bytes).unwrap_or_default()
        }
        ("builtin", _) => {
            return Err(Error::new(args.output.display(), "only .svg is drawn without Graphviz")
                .way_out("name a .svg file, or use --engine graphviz"));
        }
        ("graphviz", layout) => graphviz::draw(&report, &options, layout, &args.output)?,
        _ => {
            return Err(Error::new("--engine", format!("no such engine: `{engine}`"))
                .way_out("expected builtin, graphviz, or graphviz:neato and the like"));
        }
    };
    deliver(&args.output, &bytes)?;
    done()
}
