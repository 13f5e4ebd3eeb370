//! The page: one HTML file that needs no network, opens from a disk, and shows the graph with everything behind it.
//!
//! Rust puts three things together: the skeleton (`page.html`), the style and the script (readable files in this folder, the
//! script in parts), and the data as JSON in elements that no browser runs. A content security policy allows this very script
//! and this very style, by their SHA-256, and nothing else: no request, no other script, whatever a name or a sentence holds.
//! The script makes elements and texts one by one and never parses markup.

mod data;
mod library;
mod shown;
#[cfg(test)]
mod tests;

use std::io::{self, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use self::shown::Shown;
use super::json::clean_length;
use super::text::{self, MAX_LABEL};
use super::{Options, Sink};
use crate::error::Result;
use crate::measure::Report;

/// So many actors are on a page at most, those that come first in the order of nodes.
pub const MAX_ACTORS: usize = 5_000;
/// So many ties at most, the strongest between them.
pub const MAX_TIES: usize = 20_000;

/// The title of a page that has none.
const TITLE: &str = "Who appears with whom";
const SKELETON: &str = include_str!("page.html");
const STYLE: &str = include_str!("page.css");
/// The parts of the script, each of which uses those before it.
const SCRIPT: [&str; 10] = [
    include_str!("model.js"),
    include_str!("state.js"),
    include_str!("view.js"),
    include_str!("draw.js"),
    include_str!("pointer.js"),
    include_str!("details.js"),
    include_str!("tables.js"),
    include_str!("controls.js"),
    include_str!("download.js"),
    include_str!("start.js"),
];

/// Writes the page of the first [`MAX_ACTORS`] actors. Cost: see [`layout`](super::layout); the file holds the sentences kept as
/// evidence, each once.
///
/// # Errors
/// The sink cannot be written to.
pub fn write(report: &Report, options: &Options, sink: &mut Sink) -> Result<()> {
    sink.part("graph.html", |out| assemble(out, report, &options.title))
}

/// Writes the page of a report.
fn assemble(out: &mut dyn Write, report: &Report, title: &str) -> io::Result<()> {
    let title = if title.is_empty() { TITLE.to_owned() } else { text::label(title, MAX_LABEL).into_owned() };
    let script = format!("\"use strict\";\n{{\n{}}}\n", SCRIPT.join("\n"));
    let (graph, texts) = data::of(Shown::new(report));
    fill(
        out,
        SKELETON,
        &[
            ("title", Value::Markup(&text::xml(&title))),
            ("policy", Value::Markup(&policy(&script, STYLE))),
            ("style", Value::Markup(STYLE)),
            ("script", Value::Markup(&script)),
            ("graph", Value::Data(&graph)),
            ("texts", Value::Data(&texts)),
        ],
    )
}

/// What the page may do: run this script, use this style, and nothing else.
fn policy(script: &str, style: &str) -> String {
    let hash = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'",
        hash(script),
        hash(style)
    )
}

/// Writes JSON so that it may stand in an element of HTML: no sign in it can end the element, and none is a line break of its own.
fn inert(out: &mut dyn Write, json: &str) -> io::Result<()> {
    // Nothing else begins with the first byte of U+2028 but quotes, dashes and the like.
    let may_be = |byte: u8| matches!(byte, b'<' | b'>' | b'&' | 0xe2);
    let (mut rest, mut at) = (json, 0);
    loop {
        at += clean_length(&rest.as_bytes()[at..], may_be);
        let Some(sign) = rest[at..].chars().next() else { break };
        if matches!(sign, '<' | '>' | '&' | '\u{2028}' | '\u{2029}') {
            write!(out, "{}\\u{:04x}", &rest[..at], sign as u32)?;
            (rest, at) = (&rest[at + sign.len_utf8()..], 0);
        } else {
            at += sign.len_utf8();
        }
    }
    out.write_all(rest.as_bytes())
}

/// What stands for a name of the skeleton.
enum Value<'v> {
    /// As it is.
    Markup(&'v str),
    /// JSON, see [`inert`].
    Data(&'v str),
}

/// The skeleton with each `{{name}}` replaced. What is put in is not looked at again.
fn fill(out: &mut dyn Write, skeleton: &str, values: &[(&str, Value)]) -> io::Result<()> {
    let mut rest = skeleton;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").expect("a name in the skeleton ends");
        out.write_all(before.as_bytes())?;
        match &values.iter().find(|(known, _)| *known == name).expect("a name of the skeleton").1 {
            Value::Markup(markup) => out.write_all(markup.as_bytes())?,
            Value::Data(json) => inert(out, json)?,
        }
        rest = after;
    }
    out.write_all(rest.as_bytes())
}
