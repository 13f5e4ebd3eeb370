//! Graphviz, where it is installed: the picture of a graph by one of its layout programs.

use std::io;
use std::path::Path;

use graphviz_rust::cmd::{CommandArg, Format, Layout};

use super::Options;
use super::dot;
use crate::error::{Error, Result};
use crate::measure::Report;

/// The layout programs that can be asked for.
pub const ENGINES: &[(&str, Layout)] = &[
    ("circo", Layout::Circo),
    ("dot", Layout::Dot),
    ("fdp", Layout::Fdp),
    ("neato", Layout::Neato),
    ("sfdp", Layout::Sfdp),
    ("twopi", Layout::Twopi),
];

/// The picture of `report` in the format of the ending of `path` (svg, png, pdf), drawn by `engine`.
///
/// # Errors
/// Graphviz is not installed, does not know the format, or fails; its own words are passed on.
pub fn draw(report: &Report, options: &Options, engine: &str, path: &Path) -> Result<Vec<u8>> {
    let layout = ENGINES.iter().find(|(name, _)| *name == engine).map(|(_, layout)| *layout).ok_or_else(|| {
        let names: Vec<&str> = ENGINES.iter().map(|(name, _)| *name).collect();
        Error::new("--engine", format!("no such layout program: `{engine}`"))
            .way_out(format!("expected builtin, or graphviz: and one of {}", names.join(", ")))
    })?;
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("").to_lowercase();
    let format = match ending.as_str() {
        "svg" => Format::Svg,
        "png" => Format::Png,
        "pdf" => Format::Pdf,
        _ => {
            return Err(
                Error::new(path.display(), "its ending names no picture").way_out("expected .svg, .png or .pdf")
            );
        }
    };
    let text = dot::dot(report, options);
    graphviz_rust::exec_dot(text, vec![CommandArg::Layout(layout), CommandArg::Format(format)]).map_err(|error| {
        if error.kind() == io::ErrorKind::NotFound {
            Error::new("graphviz", "not installed")
                .way_out("install it (for example `apt install graphviz`), or leave --engine out")
        } else {
            Error::new("graphviz", error.to_string().trim())
        }
    })
}
