//! What the shapes, sizes and widths mean, and where the picture comes from.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::super::layout::Point;
use super::super::text::{self, count, grouped, plain};
use super::lettering::{self, BASELINE};
use super::scene::{Pen, Scale, Scene};
use super::shape;
use crate::graph::EntityGraph;
use crate::model::{CorpusFigures, EntityType};

/// The foot of the picture.
pub(super) struct Legend {
    /// From (0, 0).
    pub svg: String,
    /// How high it is.
    pub height: f64,
    /// Its last line, as text.
    pub source: String,
}

const LETTERS: f64 = 12.0;
const ROW: f64 = 30.0;
/// Between two entries.
const GAP: f64 = 22.0;
/// Radius of the shapes that tell types.
const SHAPE: f64 = 6.0;
/// No sample of a size has a larger radius.
const LARGEST_SAMPLE: f64 = 12.5;
/// So many types of the user's own are named.
const OWN_TYPES: usize = 4;

/// Something to fit in a row: what draws it around (0, 0), and how wide it is.
struct Entry {
    svg: String,
    width: f64,
}

/// The foot for a picture of `shown`, a part of `whole`, `room` wide.
pub(super) fn legend(whole: &EntityGraph, shown: &EntityGraph, scene: &Scene, room: f64) -> Legend {
    let mut svg = format!("<path class=\"rule\" d=\"M0 0H{room:.1}\" stroke=\"#d0d7de\"/>\n");
    let mut entries = types(shown);
    entries.extend(sizes(shown));
    entries.extend(widths(shown, scene));
    let mut y = 8.0;
    let mut x = 0.0;
    svg.push_str("<g class=\"ink\" fill=\"#1f2328\" font-size=\"12\">\n");
    for (number, entry) in entries.iter().enumerate() {
        if x > 0.0 && x + entry.width > room {
            (x, y) = (0.0, y + ROW);
        }
        let _ = writeln!(svg, "<g transform=\"translate({x:.1} {:.1})\">{}</g>", y + ROW / 2.0, entry.svg);
        x += entry.width + GAP;
        if number + 1 == entries.len() {
            y += ROW;
        }
    }
    svg.push_str("</g>\n");
    let source = source(whole, shown, scene.lines.len());
    y += 6.0;
    for line in lettering::wrap(&source, LETTERS, room, 3) {
        let baseline = y + LETTERS * BASELINE;
        let line = text::xml(&line);
        let _ =
            writeln!(svg, "<text class=\"soft\" y=\"{baseline:.1}\" font-size=\"12\" fill=\"#57606a\">{line}</text>");
        y += LETTERS * lettering::LINE;
    }
    Legend { svg, height: y, source }
}

/// The types that occur with their shapes.
fn types(shown: &EntityGraph) -> Vec<Entry> {
    let present: BTreeSet<&EntityType> = shown.nodes().map(|(_, node)| &node.entity_type).collect();
    let own: Vec<&&EntityType> = present.iter().filter(|kind| matches!(kind, EntityType::Other(_))).collect();
    let mut entries: Vec<Entry> = present
        .iter()
        .filter(|kind| !matches!(kind, EntityType::Other(_)))
        .map(|kind| type_entry(kind, kind.name()))
        .collect();
    if let Some(first) = own.first() {
        let mut names: Vec<String> = own.iter().take(OWN_TYPES).map(|kind| plain(kind.name(), 20)).collect();
        if own.len() > OWN_TYPES {
            names.push("…".to_owned());
        }
        entries.push(type_entry(first, &names.join(", ")));
    }
    entries
}

fn type_entry(kind: &EntityType, name: &str) -> Entry {
    let mut svg = String::new();
    let reach = shape::reach(kind, SHAPE);
    shape::draw(&mut svg, kind, Point { x: reach, y: 0.0 }, SHAPE, "");
    let start = 2.0 * reach + 5.0;
    svg.push_str(&words(start, name));
    Entry { svg, width: start + lettering::width(name, LETTERS) }
}

/// Circles of some sizes with their numbers of sentences.
fn sizes(shown: &EntityGraph) -> Option<Entry> {
    let scale = Scale::new(shown);
    let most = shown.nodes().map(|(_, node)| node.sentences).max()?;
    let largest =
        (1..=9).rev().map(|tenth| round(most.min(1 << 60) * tenth / 9)).find(|&n| scale.radius(n) <= LARGEST_SAMPLE)?;
    let (mut svg, mut x) = (String::new(), 0.0);
    let mut numbers = vec![1, round(largest / 3), largest];
    // Small ones are drawn larger than they are, so that they can be seen: one of a size is enough.
    numbers.dedup_by(|next, number| scale.radius(*next) < scale.radius(*number) + 1.0);
    for number in numbers {
        let radius = scale.radius(number);
        let _ = write!(svg, "<circle class=\"sample\" cx=\"{:.1}\" r=\"{radius:.1}\" fill=\"#8c959f\"/>", x + radius);
        x += 2.0 * radius + 4.0;
        svg.push_str(&words(x, &grouped(number)));
        x += lettering::width(&grouped(number), LETTERS) + 9.0;
    }
    svg.push_str(&words(x - 4.0, "sentences"));
    Some(Entry { svg, width: x - 4.0 + lettering::width("sentences", LETTERS) })
}

/// Lines of some widths with their weights.
fn widths(shown: &EntityGraph, scene: &Scene) -> Option<Entry> {
    const LENGTH: f64 = 26.0;
    scene.lines.first()?;
    let pen = Pen::new(&scene.lines);
    let (least, most) = pen.range();
    let counted = shown.edges().all(|(_, _, _, edge)| shown.pull(edge) == edge.n as f64);
    let mut weights = if counted { vec![least, round((most / 2.5) as u64) as f64, most] } else { vec![least, most] };
    weights.retain(|weight| *weight >= least);
    weights.dedup();
    let (mut svg, mut x) = (String::new(), 0.0);
    for weight in weights {
        let _ = write!(
            svg,
            "<path class=\"ties\" d=\"M{x:.1} 0h{LENGTH:.0}\" stroke=\"#475569\" stroke-width=\"{:.1}\" stroke-opacity=\"{:.2}\"/>",
            pen.width(weight),
            pen.opacity(weight),
        );
        x += LENGTH + 4.0;
        let number = if counted { grouped(weight as u64) } else { format!("{weight:.2}") };
        svg.push_str(&words(x, &number));
        x += lettering::width(&number, LETTERS) + 9.0;
    }
    let shared = format!("shared {}s", shown.corpus.unit.noun());
    let what = if counted { &*shared } else { "weight of the tie" };
    svg.push_str(&words(x - 4.0, what));
    Some(Entry { svg, width: x - 4.0 + lettering::width(what, LETTERS) })
}

fn words(x: f64, words: &str) -> String {
    format!("<text x=\"{x:.1}\" y=\"4.2\">{}</text>", text::xml(words))
}

/// A number with all but its first digit 0; at least 1.
fn round(number: u64) -> u64 {
    let mut unit = 1;
    while number / unit >= 10 {
        unit *= 10;
    }
    (number / unit * unit).max(1)
}

/// "5 documents, 139 sentences, 2025-05-19 · 39 actors, 132 ties"
fn source(whole: &EntityGraph, shown: &EntityGraph, lines: usize) -> String {
    let CorpusFigures { documents, sentences, dates, .. } = whole.corpus;
    let mut out = format!("{}, {}", count(documents, "document"), count(sentences, "sentence"));
    match dates {
        Some((first, last)) if first == last => _ = write!(out, ", {first}"),
        Some((first, last)) => _ = write!(out, ", {first} to {last}"),
        None => {}
    }
    let part = |part: usize, of: usize, what: &str| {
        if part < of {
            format!("{} of {}", grouped(part as u64), count(of as u64, what))
        } else {
            count(of as u64, what)
        }
    };
    let _ =
        write!(out, " · {}, {}", part(shown.n_nodes(), whole.n_nodes(), "actor"), part(lines, whole.n_edges(), "tie"),);
    out
}
