//! The built-in picture: an SVG for a page or a browser, light and dark, that needs no other program and no script.
//!
//! The same report gives the same bytes on every machine: positions come from [`super::layout`], numbers have one decimal.

mod legend;
mod lettering;
mod route;
mod scene;
mod shape;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use self::lettering::{BASELINE, LINE};
pub(super) use self::scene::weight;
use self::scene::{Figure, Line, Pen, Scale, Scene, Side};
use super::layout::Placement;
use super::text::{self, MAX_LABEL, count, plain};
use super::{Options, Sink};
use crate::error::Result;
use crate::graph::{ACTING, EdgeId, EntityGraph, Node, NodeId};
use crate::measure::Report;
use crate::model::EntityType;

/// So many actors are drawn at most, those that come first in the order of nodes.
pub const MAX_ACTORS: usize = 150;

/// The colours of a type.
pub struct Colour {
    /// For lines and dots.
    pub strong: &'static str,
    /// For the background of a label.
    pub pale: &'static str,
}

/// Blank around the picture.
const MARGIN: f64 = 28.0;
/// The picture is not narrower than this, so that title and legend have room.
const LEAST_WIDTH: f64 = 560.0;
/// Between the title, the graph and the legend.
const SPACE: f64 = 20.0;
const TITLE_SIZE: f64 = 20.0;
/// Width over height of the picture.
const ASPECT: f64 = 1.5;

/// The colours on dark pages. On others, and in programs that know no media queries, those of the attributes are seen.
const STYLE: &str = "\
.ties path:hover{stroke-opacity:1}
@media (prefers-color-scheme:dark){
.paper{fill:#0d1117}.ink{fill:#e6edf3}.soft{fill:#9da7b3}.rule{stroke:#30363d}
.ties{stroke:#a9b8c9}.nodes{stroke:#0d1117}
.person{fill:#f28a3d}.place{fill:#4ba3e3}.organization{fill:#2fc49a}.other{fill:#d48ab8}.sample{fill:#9da7b3}
}
";

/// Colours that the colour-blind can tell apart (Okabe & Ito 2008).
pub fn colour(entity_type: &EntityType) -> Colour {
    match entity_type {
        EntityType::Person => Colour { strong: "#d55e00", pale: "#fbd9c0" },
        EntityType::Place => Colour { strong: "#0072b2", pale: "#c9e2f3" },
        EntityType::Organization => Colour { strong: "#009e73", pale: "#c4ebdf" },
        EntityType::Other(_) => Colour { strong: "#a85f8c", pale: "#f0d7e5" },
    }
}

/// Writes the picture of the first [`MAX_ACTORS`] actors. Cost: some 100 ms for 150 actors, 10 ms for 40.
///
/// # Errors
/// The sink cannot be written to.
pub fn write(report: &Report, options: &Options, sink: &mut Sink) -> Result<()> {
    let picture = picture(&report.graph, options);
    sink.part("graph.svg", |out| out.write_all(picture.as_bytes()))
}

/// Where a picture about `aspect` times as wide as high has all actors of a graph of at most [`MAX_ACTORS`]. Costs as much as the
/// picture.
pub(super) fn places(graph: &EntityGraph, aspect: f64) -> Placement {
    let scene = scene::arrange(graph, Options::default().layout, aspect);
    Placement {
        centres: scene.figures.iter().map(|figure| figure.centre).collect(),
        size: scene.size,
        shelf: scene.shelf,
    }
}

/// The radius of the circle that has the area of each actor's shape.
pub(super) fn radii<'g>(nodes: impl Iterator<Item = &'g Node> + Clone) -> Vec<f64> {
    let scale = Scale::of(nodes.clone());
    nodes.map(|node| scale.radius(node.sentences)).collect()
}

/// The picture as text.
pub(super) fn picture(whole: &EntityGraph, options: &Options) -> String {
    let part;
    let mut graph = whole;
    if whole.n_nodes() > MAX_ACTORS {
        part = whole.subgraph(&(0..MAX_ACTORS as u32).map(NodeId).collect::<Vec<_>>());
        graph = &part;
    }
    let scene = scene::arrange(graph, options.layout, ASPECT);
    let width = (scene.size.width.max(LEAST_WIDTH) + 2.0 * MARGIN).ceil();
    let title = lettering::wrap(&plain(&options.title, MAX_LABEL), TITLE_SIZE, width - 2.0 * MARGIN, 2);
    let top = MARGIN + if title.is_empty() { 0.0 } else { title.len() as f64 * TITLE_SIZE * LINE + SPACE };
    let legend = legend::legend(whole, graph, &scene, width - 2.0 * MARGIN);
    let foot = top + scene.size.height.max(TITLE_SIZE) + SPACE;
    let height = (foot + legend.height + MARGIN).ceil();

    let mut out = String::with_capacity(1 << 16);
    head(&mut out, graph, &title.join(" "), &legend.source, (width, height));
    heading(&mut out, &title);
    let left = (width - scene.size.width) / 2.0;
    let _ = writeln!(out, "<g transform=\"translate({left:.1} {top:.1})\">");
    ties(&mut out, graph, &scene);
    nodes(&mut out, whole, graph, &scene);
    shelf(&mut out, &scene);
    out.push_str("</g>\n");
    if graph.n_nodes() == 0 {
        let (x, y) = (width / 2.0, top + TITLE_SIZE * 0.75);
        let _ = writeln!(
            out,
            "<text class=\"soft\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"middle\" font-size=\"14\" fill=\"#57606a\">No actors</text>"
        );
    }
    let _ = write!(out, "<g transform=\"translate({MARGIN:.1} {foot:.1})\">\n{}</g>\n</svg>\n", legend.svg);
    out
}

/// The root with what screen readers say, the style sheet, and the paper.
fn head(out: &mut String, graph: &EntityGraph, title: &str, source: &str, (width, height): (f64, f64)) {
    let title = if title.is_empty() { "Who appears with whom" } else { title };
    let mut about = format!("A network of those named together in sentences: {source}.");
    for (number, (_, a, b, edge)) in graph.edges().take(5).enumerate() {
        about.push_str(if number == 0 { " Strongest ties: " } else { "; " });
        let name = |id| plain(&graph.node(id).name, 60);
        let _ = write!(about, "{} and {} ({})", name(a), name(b), count(edge.n, graph.corpus.unit.noun()));
    }
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\" aria-labelledby=\"actant-title actant-about\" \
         font-family=\"Inter, Helvetica, Arial, sans-serif\">\n\
         <title id=\"actant-title\">{}</title>\n<desc id=\"actant-about\">{}</desc>\n<style>\n{STYLE}</style>\n\
         <rect class=\"paper\" width=\"{width:.0}\" height=\"{height:.0}\" fill=\"#ffffff\"/>\n",
        text::xml(title),
        text::xml(&about),
    );
}

fn heading(out: &mut String, title: &[String]) {
    for (number, line) in title.iter().enumerate() {
        let y = MARGIN + TITLE_SIZE * (BASELINE + LINE * number as f64);
        let line = text::xml(line);
        let _ = writeln!(
            out,
            "<text class=\"ink\" x=\"{MARGIN:.1}\" y=\"{y:.1}\" font-size=\"{TITLE_SIZE:.0}\" font-weight=\"600\" \
             fill=\"#1f2328\">{line}</text>"
        );
    }
}

/// The lines, the strongest on top.
fn ties(out: &mut String, graph: &EntityGraph, scene: &Scene) {
    out.push_str("<g class=\"ties\" fill=\"none\" stroke=\"#475569\" stroke-linecap=\"round\">\n");
    let pen = Pen::new(&scene.lines);
    for line in scene.lines.iter().rev() {
        tie(out, graph, scene, line, &pen);
    }
    out.push_str("</g>\n");
}

fn tie(out: &mut String, graph: &EntityGraph, scene: &Scene, line: &Line, pen: &Pen) {
    let (a, b) = (scene.figures[line.ends.0].centre, scene.figures[line.ends.1].centre);
    let _ = write!(out, "<path d=\"M{:.1} {:.1}", a.x, a.y);
    let _ = match line.bend {
        Some(bend) => write!(out, "Q{:.1} {:.1} {:.1} {:.1}", bend.x, bend.y, b.x, b.y),
        None => write!(out, "L{:.1} {:.1}", b.x, b.y),
    };
    let (source, target, edge) = graph.edge(EdgeId(line.edge));
    let name = |id| text::xml(&plain(&graph.node(id).name, MAX_LABEL));
    // As in DOT, a tie of those who never both act is broken.
    let (dashes, kind) = match edge.kind() {
        ACTING => ("", String::new()),
        kind => ("stroke-dasharray=\"6 6\" ", format!(", by {kind} only")),
    };
    let _ = writeln!(
        out,
        "\" {dashes}stroke-width=\"{:.1}\" stroke-opacity=\"{:.2}\"><title>{} – {}: {}{kind}</title></path>",
        pen.width(line.weight),
        pen.opacity(line.weight),
        name(source),
        name(target),
        count(edge.n, graph.corpus.unit.noun()),
    );
}

/// The shapes with their labels. What the group says holds for the labels.
fn nodes(out: &mut String, whole: &EntityGraph, graph: &EntityGraph, scene: &Scene) {
    out.push_str(
        "<g class=\"nodes ink\" fill=\"#1f2328\" stroke=\"#ffffff\" stroke-width=\"3\" stroke-linejoin=\"round\" \
         paint-order=\"stroke\" font-weight=\"500\" text-anchor=\"middle\">\n",
    );
    // Ties to actors that are not drawn count too. A part keeps the order of the whole.
    let mut ties = vec![0u64; whole.n_nodes()];
    for (_, a, b, _) in whole.edges() {
        ties[a.0 as usize] += 1;
        ties[b.0 as usize] += 1;
    }
    for (((_, node), figure), ties) in graph.nodes().zip(&scene.figures).zip(ties) {
        let _ = write!(out, "<g><title>{}</title>", text::xml(&tooltip(node, ties)));
        shape::draw(out, &node.entity_type, figure.centre, figure.radius, "stroke-width=\"1.5\"");
        label(out, figure);
        out.push_str("</g>\n");
    }
    out.push_str("</g>\n");
}

fn tooltip(node: &Node, ties: u64) -> String {
    format!(
        "{} · {} · {}, {}, {}, {}",
        plain(&node.name, MAX_LABEL),
        plain(node.entity_type.name(), 40),
        count(node.sentences, "sentence"),
        count(node.mentions, "mention"),
        count(node.documents, "document"),
        count(ties, "tie"),
    )
}

fn label(out: &mut String, figure: &Figure) {
    let (middle, size) = (figure.label_middle(figure.side), figure.label_size());
    let (x, anchor) = match figure.side {
        Side::Below | Side::Above => (middle.x, ""),
        Side::Right => (middle.x - size.width / 2.0, " text-anchor=\"start\""),
        Side::Left => (middle.x + size.width / 2.0, " text-anchor=\"end\""),
    };
    let y = middle.y - size.height / 2.0 + figure.letters * BASELINE;
    let _ = write!(out, "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{:.1}\"{anchor}>", figure.letters);
    for (number, line) in figure.label.iter().enumerate() {
        let line = text::xml(line);
        let _ = match number {
            0 => write!(out, "{line}"),
            _ => write!(out, "<tspan x=\"{x:.1}\" dy=\"{:.1}\">{line}</tspan>", figure.letters * LINE),
        };
    }
    out.push_str("</text>");
}

/// A word over the rows of actors without ties.
fn shelf(out: &mut String, scene: &Scene) {
    let Some(top) = scene.shelf.filter(|_| !scene.lines.is_empty()) else { return };
    let y = top - 12.0;
    let _ = writeln!(out, "<text class=\"soft\" y=\"{y:.1}\" font-size=\"11\" fill=\"#57606a\">Without ties</text>");
}
