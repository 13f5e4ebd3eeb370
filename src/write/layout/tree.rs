//! Far points taken together: Barnes & Hut (1986), "A hierarchical O(N log N) force-calculation algorithm".

use std::ops::Range;

use rayon::prelude::*;

use super::Point;

/// A square with the points in it. The squares inside it follow it, up to `skip`.
struct Cell {
    mass: f64,
    /// The middle of its mass.
    centre: Point,
    /// Its width, squared.
    area: f64,
    /// The first cell that is not inside.
    skip: u32,
    /// Where its points stand in the order of the tree.
    points: (u32, u32),
    /// Whether nothing is inside but points.
    leaf: bool,
}

/// A point with its mass.
type Body = (Point, f64);

/// Points in squares. One tree is used for many rounds, in the same memory.
#[derive(Default)]
pub(super) struct Tree {
    cells: Vec<Cell>,
    /// The points, so that those of one cell stand together.
    order: Vec<u32>,
    /// The same with their masses: they are read one after the other.
    bodies: Vec<Body>,
    /// What pushes each, in this order.
    pushes: Vec<Point>,
}

/// So many points are not divided further.
const LEAF: usize = 8;
/// Points that are as near as this many halvings of the picture are not divided either.
const DEPTH: u32 = 24;
/// A cell counts as one point where it is so many times as far away as it is wide, squared.
const FAR: f64 = 1.5;
/// So many neighbours in the order of the tree go through it together: they mostly want the same of a cell, and what is to be
/// computed for all of them a processor computes two or four at a time. The sum of each has its terms in the same order as if it
/// went alone, so not a bit is different, in a third of the time.
const LANES: usize = 8;
/// And so many such groups are one thread's at a time.
const GROUPS: usize = 64;

/// A number for each of some neighbours.
type Lanes = [f64; LANES];

impl Tree {
    /// Puts points with their masses into the tree, instead of those before. O(n log n).
    pub fn fill(&mut self, at: &[Point], mass: &[f64]) {
        let (low, high) = super::force::corners(at);
        let width = (high.x - low.x).max(high.y - low.y).max(1e-9);
        self.cells.clear();
        let mut order = std::mem::take(&mut self.order);
        order.clear();
        order.extend(0..at.len() as u32);
        self.divide(at, mass, (&mut order, 0), (low, width), DEPTH);
        self.bodies.clear();
        self.bodies.extend(order.iter().map(|&point| (at[point as usize], mass[point as usize])));
        self.order = order;
    }

    /// How hard all other points push each one, in proportion to their mass over the distance; with the place of each.
    pub fn pushes(&mut self) -> impl Iterator<Item = (usize, Point)> {
        let mut pushes = std::mem::take(&mut self.pushes);
        pushes.resize(self.bodies.len(), Point::default());
        let groups = self.bodies.par_chunks(LANES).zip(pushes.par_chunks_mut(LANES));
        groups.with_min_len(GROUPS).for_each(|(bodies, pushes)| {
            let mut group = Group::new(bodies);
            let mut asking = [0.0; LANES];
            asking[..bodies.len()].fill(1.0);
            self.ask(0..self.cells.len(), &asking, &mut group);
            for (lane, push) in pushes.iter_mut().enumerate() {
                *push = Point { x: group.force.0[lane], y: group.force.1[lane] };
            }
        });
        self.pushes = pushes;
        self.order.iter().map(|&point| point as usize).zip(self.pushes.iter().copied())
    }

    /// Adds what these cells push those of a group that are `asking` (1, the others 0).
    fn ask(&self, cells: Range<usize>, asking: &Lanes, group: &mut Group) {
        let mut next = cells.start;
        while next < cells.end {
            let cell = &self.cells[next];
            let way = group.way(cell.centre);
            let (mut far, mut near) = ([0.0; LANES], [0.0; LANES]);
            for lane in 0..LANES {
                far[lane] = if FAR * way.square[lane] > cell.area { asking[lane] } else { 0.0 };
                near[lane] = asking[lane] - far[lane];
            }
            if any(&far) {
                group.add(&way, cell.mass, &far);
            }
            if any(&near) {
                if cell.leaf {
                    // The point itself adds nothing: its distance is 0.
                    for (point, mass) in &self.bodies[cell.points.0 as usize..cell.points.1 as usize] {
                        group.add(&group.way(*point), *mass, &near);
                    }
                } else {
                    self.ask(next + 1..cell.skip as usize, &near, group);
                }
            }
            next = cell.skip as usize;
        }
    }

    /// Adds the cell of `points`, which stand from `from` in the order, and those inside it.
    fn divide(
        &mut self,
        at: &[Point],
        mass: &[f64],
        (points, from): (&mut [u32], usize),
        (corner, width): (Point, f64),
        depth: u32,
    ) {
        if points.is_empty() {
            return;
        }
        let own = self.cells.len();
        let leaf = points.len() <= LEAF || depth == 0;
        let range = (from as u32, (from + points.len()) as u32);
        let (sum, centre) = middle(at, mass, points);
        self.cells.push(Cell { mass: sum, centre, area: width * width, skip: 0, points: range, leaf });
        if !leaf {
            let half = width / 2.0;
            let (x, y) = (corner.x + half, corner.y + half);
            let below = partition(points, |point| at[point as usize].y < y);
            let (top, bottom) = points.split_at_mut(below);
            let mut start = from;
            for (row, dy) in [(top, 0.0), (bottom, half)] {
                let right = partition(row, |point| at[point as usize].x < x);
                let (first, second) = row.split_at_mut(right);
                for (part, dx) in [(first, 0.0), (second, half)] {
                    let (length, corner) = (part.len(), Point { x: corner.x + dx, y: corner.y + dy });
                    self.divide(at, mass, (part, start), (corner, half), depth - 1);
                    start += length;
                }
            }
        }
        self.cells[own].skip = self.cells.len() as u32;
    }
}

/// Neighbours that go through the tree together, and what has pushed them so far.
struct Group {
    at: (Lanes, Lanes),
    force: (Lanes, Lanes),
}

/// From a point to each of a group.
struct Way {
    x: Lanes,
    y: Lanes,
    /// The distance, squared.
    square: Lanes,
}

impl Group {
    fn new(bodies: &[Body]) -> Group {
        let mut group = Group { at: Default::default(), force: Default::default() };
        for (lane, (at, _)) in bodies.iter().enumerate() {
            (group.at.0[lane], group.at.1[lane]) = (at.x, at.y);
        }
        group
    }

    #[inline(always)]
    fn way(&self, from: Point) -> Way {
        let mut way = Way { x: [0.0; LANES], y: [0.0; LANES], square: [0.0; LANES] };
        for lane in 0..LANES {
            let (x, y) = (self.at.0[lane] - from.x, self.at.1[lane] - from.y);
            (way.x[lane], way.y[lane], way.square[lane]) = (x, y, x * x + y * y);
        }
        way
    }

    /// Lets a mass push those for whom `whom` is 1; what is 0 adds nothing.
    #[inline(always)]
    fn add(&mut self, way: &Way, mass: f64, whom: &Lanes) {
        for (lane, whom) in whom.iter().enumerate() {
            let square = if way.square[lane] > 1e-4 { way.square[lane] } else { 1e-4 };
            let strength = mass / square * whom;
            self.force.0[lane] += strength * way.x[lane];
            self.force.1[lane] += strength * way.y[lane];
        }
    }
}

/// Whether one of them is not 0; none is below.
#[inline(always)]
fn any(lanes: &Lanes) -> bool {
    // Not one after the other: a sum of two waits for the one before.
    let [a, b, c, d, e, f, g, h] = lanes;
    ((a + e) + (b + f)) + ((c + g) + (d + h)) > 0.0
}

/// The mass of points and its middle.
fn middle(at: &[Point], mass: &[f64], points: &[u32]) -> (f64, Point) {
    let (mut sum, mut x, mut y) = (0.0, 0.0, 0.0);
    for &point in points {
        let (place, own) = (at[point as usize], mass[point as usize]);
        (sum, x, y) = (sum + own, x + own * place.x, y + own * place.y);
    }
    (sum, Point { x: x / sum, y: y / sum })
}

/// Puts those that `first` takes before the others; how many they are.
fn partition(points: &mut [u32], first: impl Fn(u32) -> bool) -> usize {
    let mut count = 0;
    for at in 0..points.len() {
        // Without a branch: on which side a point is cannot be foreseen.
        let (point, other) = (points[at], points[count]);
        let is_first = first(point);
        points[at] = if is_first { other } else { point };
        points[count] = if is_first { point } else { other };
        count += usize::from(is_first);
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_push_is_nearly_that_of_all_points_one_by_one() {
        let seeds = super::super::force::spiral(700, 1);
        // Two clouds, and some points in one place.
        let mut at: Vec<Point> = seeds
            .iter()
            .enumerate()
            .map(|(number, seed)| Point { x: seed.x * 1.7 + 90.0 * f64::from(number % 2 == 0), y: seed.y })
            .collect();
        at.extend([Point { x: 3.0, y: 3.0 }; 20]);
        let mass: Vec<f64> = (0..at.len()).map(|number| 0.3 + (number % 7) as f64).collect();
        let mut tree = Tree::default();
        tree.fill(&seeds, &vec![1.0; seeds.len()]);
        tree.fill(&at, &mass);
        let (mut off, mut whole) = (0.0, 0.0);
        for (node, push) in tree.pushes() {
            let mut all = Point::default();
            for (point, mass) in at.iter().zip(&mass) {
                let (dx, dy) = (at[node].x - point.x, at[node].y - point.y);
                let strength = mass / (dx * dx + dy * dy).max(1e-4);
                all = Point { x: all.x + strength * dx, y: all.y + strength * dy };
            }
            off += (push.x - all.x).powi(2) + (push.y - all.y).powi(2);
            whole += all.x.powi(2) + all.y.powi(2);
        }
        assert!((off / whole).sqrt() < 0.05, "{}", (off / whole).sqrt());
    }
}
