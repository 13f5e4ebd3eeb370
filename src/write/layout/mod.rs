//! Positions for a picture: what is tied stands together, nothing overlaps, what has no tie stands in rows below.
//!
//! Only `+ - * /` and square roots are used, which are exact to the last bit everywhere: the same blocks and ties give the
//! same picture on every machine. There is no random number, no clock and no order of a hash table.

mod force;
mod obstacles;
mod pack;
mod ring;
mod scatter;
mod separate;
mod settle;
#[cfg(test)]
mod tests;
mod tree;

pub use scatter::scatter;

/// A place, in pixels; y grows downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Down.
    pub y: f64,
}

/// Width and height, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
}

/// A box to place: a shape with its label.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Block {
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
    /// How far below the top of the box its ties end.
    pub hub: f64,
}

impl Block {
    /// Where ties end, when the middle of the box is at `middle`.
    pub fn hub(&self, middle: Point) -> Point {
        Point { x: middle.x, y: middle.y - self.height / 2.0 + self.hub }
    }
}

/// A tie between two blocks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tie {
    /// The two, by their place among the blocks.
    pub ends: (usize, usize),
    /// How strong; above 0.
    pub weight: f64,
}

/// Where blocks stand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Placement {
    /// The middle of each block.
    pub centres: Vec<Point>,
    /// What all of them need, from (0, 0).
    pub size: Size,
    /// Where the rows of blocks without ties begin, if there are any.
    pub shelf: Option<f64>,
}

/// A row of [`LAYOUTS`].
pub struct Layout {
    /// The word for it on the command line.
    pub name: &'static str,
    /// How it looks, for people.
    pub about: &'static str,
    /// Places blocks, given in order of importance, on a plane about so many times as wide as high. No two overlap.
    pub place: fn(&[Block], &[Tie], f64) -> Placement,
}

/// Every layout of a picture, sorted by name.
pub const LAYOUTS: &[Layout] = &[
    Layout { name: "circle", about: "a ring, those beside each other that are tied most strongly", place: ring::place },
    Layout { name: "force", about: "what is tied stands together, groups apart", place },
];

/// The layout with this name.
pub fn layout(name: &str) -> Option<&'static Layout> {
    LAYOUTS.iter().find(|row| row.name == name)
}

/// Places `blocks`, given in order of importance, on a plane about `aspect` times as wide as high. No two blocks overlap.
///
/// Each connected part is laid out by itself: forces between points (Noack 2007), room for the blocks, then a search for
/// places with fewer crossings (after Davidson & Harel 1996). The parts are packed beside each other. Cost: O(n²) for each
/// of some hundred rounds and O(m²) for each of a few, which are cut short where there are many ties: 10 ms for 40 blocks
/// with 130 ties, 100 ms for 150 with 350.
pub fn place(blocks: &[Block], ties: &[Tie], aspect: f64) -> Placement {
    let parts = parts(blocks.len(), ties);
    let mut seat = vec![0; blocks.len()];
    let (single, tied): (Vec<_>, Vec<_>) = parts.into_iter().partition(|part| part.len() == 1);
    single.into_iter().flatten().for_each(|node| seat[node] = usize::MAX);
    let groups = tied.into_iter().map(|members| group(blocks, ties, members, aspect)).collect();
    pack::with_shelf(blocks, groups, &seat, aspect)
}

/// Lays out one connected part.
fn group(blocks: &[Block], ties: &[Tie], members: Vec<usize>, aspect: f64) -> pack::Group {
    let mut place = vec![usize::MAX; blocks.len()];
    members.iter().enumerate().for_each(|(at, &member)| place[member] = at);
    let own: Vec<Tie> = ties
        .iter()
        .filter(|tie| place[tie.ends.0] != usize::MAX && tie.ends.0 != tie.ends.1)
        .map(|tie| Tie { ends: (place[tie.ends.0], place[tie.ends.1]), weight: tie.weight })
        .collect();
    let sizes: Vec<Block> = members.iter().map(|&member| blocks[member]).collect();
    let mut at = force::positions(sizes.len(), &own, aspect);
    separate::spread(&mut at, &sizes, aspect);
    // So far these are the ends of ties; from here on they are the middles of blocks.
    for (point, block) in at.iter_mut().zip(&sizes) {
        point.y += block.height / 2.0 - block.hub;
    }
    separate::separate(&mut at, &sizes);
    settle::settle(&mut at, &sizes, &own);
    pack::Group { members, ties: own, at }
}

/// The connected parts, largest first, then by their first box.
fn parts(n: usize, ties: &[Tie]) -> Vec<Vec<usize>> {
    let mut root: Vec<usize> = (0..n).collect();
    for tie in ties {
        let (a, b) = (find(&mut root, tie.ends.0), find(&mut root, tie.ends.1));
        root[a.max(b)] = a.min(b);
    }
    let mut parts: Vec<Vec<usize>> = vec![Vec::new(); n];
    for node in 0..n {
        let root = find(&mut root, node);
        parts[root].push(node);
    }
    parts.retain(|part| !part.is_empty());
    // Stable: parts of one size stay in the order of their first box.
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    parts
}

/// The first box of the part that `node` is in.
fn find(root: &mut [usize], mut node: usize) -> usize {
    while root[node] != node {
        root[node] = root[root[node]];
        node = root[node];
    }
    node
}

/// The corners of the room that the boxes take up together.
fn bounds(blocks: &[Block], at: &[Point]) -> (Point, Point) {
    let start = (Point { x: f64::MAX, y: f64::MAX }, Point { x: f64::MIN, y: f64::MIN });
    at.iter().zip(blocks).fold(start, |(low, high), (point, block)| {
        let half = (block.width / 2.0, block.height / 2.0);
        (
            Point { x: low.x.min(point.x - half.0), y: low.y.min(point.y - half.1) },
            Point { x: high.x.max(point.x + half.0), y: high.y.max(point.y + half.1) },
        )
    })
}

/// Whether two lines cross between their ends; where they only touch, they do not.
#[inline]
fn crosses(a: (Point, Point), b: (Point, Point)) -> bool {
    let side = |line: (Point, Point), point: Point| {
        (line.1.x - line.0.x) * (point.y - line.0.y) - (line.1.y - line.0.y) * (point.x - line.0.x)
    };
    // Without a branch between the two: whether a line crosses cannot be foreseen.
    (side(a, b.0) * side(a, b.1) < 0.0) & (side(b, a.0) * side(b, a.1) < 0.0)
}

/// Whether a line meets the rectangle that reaches `half` from its middle.
pub(super) fn meets(line: (Point, Point), middle: Point, half: Point) -> bool {
    let (left, right) = (line.0.x.min(line.1.x), line.0.x.max(line.1.x));
    let (top, bottom) = (line.0.y.min(line.1.y), line.0.y.max(line.1.y));
    if right < middle.x - half.x || left > middle.x + half.x || bottom < middle.y - half.y || top > middle.y + half.y {
        return false;
    }
    // Their bounds overlap, so they meet unless all corners are on one side of the line.
    let (dx, dy) = (line.1.x - line.0.x, line.1.y - line.0.y);
    let off = dx * (middle.y - line.0.y) - dy * (middle.x - line.0.x);
    off.abs() <= dx.abs() * half.y + dy.abs() * half.x
}
