//! What is drawn where: sizes of shapes and letters, widths of lines, and the places of all.

use super::super::layout::{Block, Layout, Point, Size, Tie};
use super::super::text::plain;
use super::lettering::{self, LINE};
use super::{route, shape};
use crate::graph::{EntityGraph, Node};

/// Labels are cut here; the tooltip has more.
const MAX_LETTERS: usize = 40;
/// So many ties are drawn, the heaviest, and the heaviest of each actor; more could not be told apart.
const MAX_LINES: usize = 1000;
/// Between a shape and its label.
pub(super) const LABEL_GAP: f64 = 3.0;

/// A picture without its frame, from (0, 0).
pub(super) struct Scene {
    /// The actors, in order of nodes.
    pub figures: Vec<Figure>,
    /// The ties drawn, heaviest first.
    pub lines: Vec<Line>,
    /// What all need.
    pub size: Size,
    /// Where the rows of actors without ties begin.
    pub shelf: Option<f64>,
}

/// An actor as it is drawn.
pub(super) struct Figure {
    /// The middle of its shape.
    pub centre: Point,
    /// Radius of the circle that has the shape's area.
    pub radius: f64,
    /// How far the shape reaches from its middle.
    pub reach: f64,
    /// Font size of its label.
    pub letters: f64,
    /// Its label.
    pub label: Vec<String>,
    /// Where the label stands.
    pub side: Side,
}

/// Where a label stands: which side of the shape.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Side {
    Below,
    Above,
    Right,
    Left,
}

/// A tie as it is drawn.
pub(super) struct Line {
    /// Its place in the order of edges.
    pub edge: u32,
    /// The actors, by place.
    pub ends: (usize, usize),
    /// Above 0.
    pub weight: f64,
    /// The control point of a quadratic curve, where a straight line would run through others.
    pub bend: Option<Point>,
}

/// How large shapes and letters are: smaller where there are many.
pub(super) struct Scale {
    most: f64,
    room: f64,
}

/// How wide and dark lines are: less so where there are many, for together they are dark enough.
pub(super) struct Pen {
    least: f64,
    most: f64,
    widest: f64,
    /// Opacity of the weakest and of the strongest line.
    opacity: (f64, f64),
}

/// Arranges a graph about `aspect` times as wide as high. Cost: that of the layout.
pub(super) fn arrange(graph: &EntityGraph, layout: &Layout, aspect: f64) -> Scene {
    let scale = Scale::new(graph);
    let mut lines = lines(graph);
    let mut tied = vec![false; graph.n_nodes()];
    lines.iter().for_each(|line| (tied[line.ends.0], tied[line.ends.1]) = (true, true));
    let mut figures: Vec<Figure> =
        graph.nodes().zip(&tied).map(|((_, node), &tied)| Figure::new(node, tied, &scale)).collect();
    let blocks: Vec<Block> = figures.iter().map(Figure::block).collect();
    let ties: Vec<Tie> = lines.iter().map(|line| Tie { ends: line.ends, weight: line.weight }).collect();
    let placement = (layout.place)(&blocks, &ties, aspect);
    for ((figure, block), &middle) in figures.iter_mut().zip(&blocks).zip(&placement.centres) {
        figure.centre = match figure.side {
            Side::Right => Point { x: middle.x - block.width / 2.0 + figure.reach, y: middle.y },
            _ => block.hub(middle),
        };
    }
    route::bend(&figures, &mut lines);
    route::turn_labels(&mut figures, &lines, placement.size);
    Scene { figures, lines, size: placement.size, shelf: placement.shelf }
}

/// The ties to draw.
fn lines(graph: &EntityGraph) -> Vec<Line> {
    let mut reached = vec![false; graph.n_nodes()];
    let mut lines = Vec::new();
    for (id, a, b, edge) in graph.edges().filter(|(_, a, b, _)| a != b) {
        let ends = (a.0 as usize, b.0 as usize);
        if lines.len() < MAX_LINES || !reached[ends.0] || !reached[ends.1] {
            lines.push(Line { edge: id.0, ends, weight: weight(graph.pull(edge)), bend: None });
        }
        (reached[ends.0], reached[ends.1]) = (true, true);
    }
    lines
}

/// A weight that can be drawn: a saved graph may hold any number.
pub(crate) fn weight(pull: f64) -> f64 {
    if pull.is_finite() { pull.clamp(1e-6, 1e9) } else { 1.0 }
}

impl Scale {
    pub(super) fn new(graph: &EntityGraph) -> Scale {
        Scale::of(graph.nodes().map(|(_, node)| node))
    }

    /// That of these actors.
    pub(super) fn of<'g>(nodes: impl Iterator<Item = &'g Node>) -> Scale {
        let (most, count) = nodes.fold((1, 0), |(most, count), node| (node.sentences.max(most), count + 1));
        Scale { most: most as f64, room: ((150.0 - f64::from(count)) / 115.0).clamp(0.0, 1.0) }
    }

    /// Area in proportion to the sentences, but never too small to see.
    pub(super) fn radius(&self, sentences: u64) -> f64 {
        let (least, largest) = (4.0 + self.room, 15.0 + 8.0 * self.room);
        (largest * (sentences as f64 / self.most).sqrt()).max(least)
    }

    fn letters(&self, sentences: u64) -> f64 {
        let (least, largest) = (10.5 + self.room, 14.0 + 3.0 * self.room);
        let size = least + (largest - least) * (sentences as f64 / self.most).sqrt();
        (size * 2.0).round() / 2.0
    }
}

impl Pen {
    pub(super) fn new(lines: &[Line]) -> Pen {
        let (least, most) = lines
            .iter()
            .fold((f64::MAX, 0.0f64), |(least, most), line| (least.min(line.weight), most.max(line.weight)));
        let least = least.min(most);
        // How many of the strongest lines would need as much ink.
        let ink: f64 = lines.iter().map(|line| line.weight / most.max(f64::MIN_POSITIVE)).sum();
        let crowd = (ink / 300.0).min(1.0);
        let widest = (1.5 + 0.5 * most / least.max(1e-9)).clamp(2.5, 8.0 - 5.5 * crowd);
        let pale = 0.36 - 0.16 * (lines.len() as f64 / 600.0).min(1.0);
        Pen { least, most, widest, opacity: (pale, 0.8 - 0.3 * crowd) }
    }

    /// From the weakest, 0, to the strongest, 1; rather weak where all are the same.
    fn share(&self, weight: f64) -> f64 {
        if self.most > self.least { (weight - self.least) / (self.most - self.least) } else { 0.3 }
    }

    /// In pixels; in proportion to the weight, from a hair.
    pub(super) fn width(&self, weight: f64) -> f64 {
        0.9 + (self.widest - 0.9) * self.share(weight)
    }

    /// From 0 to 1.
    pub(super) fn opacity(&self, weight: f64) -> f64 {
        self.opacity.0 + (self.opacity.1 - self.opacity.0) * self.share(weight).max(0.0).sqrt()
    }

    /// The least and the largest weight drawn.
    pub(super) fn range(&self) -> (f64, f64) {
        (self.least, self.most)
    }
}

impl Figure {
    fn new(node: &Node, tied: bool, scale: &Scale) -> Figure {
        let radius = scale.radius(node.sentences);
        Figure {
            centre: Point::default(),
            radius,
            reach: shape::reach(&node.entity_type, radius),
            letters: scale.letters(node.sentences),
            label: lettering::lines(&plain(&node.name, MAX_LETTERS)),
            side: if tied { Side::Below } else { Side::Right },
        }
    }

    /// The room that shape and label need.
    fn block(&self) -> Block {
        let (label, shape) = (self.label_size(), 2.0 * self.reach);
        let hub = self.reach;
        match self.side {
            Side::Right | Side::Left => {
                Block { width: shape + LABEL_GAP + label.width, height: label.height.max(shape), hub }
            }
            _ => Block { width: label.width.max(shape), height: shape + LABEL_GAP + label.height, hub },
        }
    }

    /// How large the label is.
    pub(super) fn label_size(&self) -> Size {
        let width = self.label.iter().map(|line| lettering::width(line, self.letters)).fold(0.0, f64::max);
        Size { width, height: self.label.len() as f64 * self.letters * LINE }
    }

    /// The middle of the label, if it stands on `side`.
    pub(super) fn label_middle(&self, side: Side) -> Point {
        let size = self.label_size();
        let (dx, dy) = (self.reach + LABEL_GAP + size.width / 2.0, self.reach + LABEL_GAP + size.height / 2.0);
        let Point { x, y } = self.centre;
        match side {
            Side::Below => Point { x, y: y + dy },
            Side::Above => Point { x, y: y - dy },
            Side::Right => Point { x: x + dx, y },
            Side::Left => Point { x: x - dx, y },
        }
    }
}
