//! Far points taken together: Barnes & Hut (1986), "A hierarchical O(N log N) force-calculation algorithm".

use super::Point;

/// A square with the points in it. The squares inside it follow it, up to `skip`.
struct Cell {
    mass: f64,
    /// The middle of its mass.
    centre: Point,
    width: f64,
    /// The first cell that is not inside.
    skip: u32,
    /// Where its points stand in the order of the tree.
    points: (u32, u32),
    /// Whether nothing is inside but points.
    leaf: bool,
}

/// Points in squares.
pub(super) struct Tree {
    cells: Vec<Cell>,
    /// The points, so that those of one cell stand together.
    order: Vec<u32>,
}

/// So many points are not divided further.
const LEAF: usize = 8;
/// Points that are as near as this many halvings of the picture are not divided either.
const DEPTH: u32 = 24;
/// A cell counts as one point where it is so many times as far away as it is wide, squared.
const FAR: f64 = 1.5;

impl Tree {
    /// The tree of points with their masses. O(n log n).
    pub fn new(at: &[Point], mass: &[f64]) -> Tree {
        let (low, high) = super::force::corners(at);
        let width = (high.x - low.x).max(high.y - low.y).max(1e-9);
        let mut tree = Tree { cells: Vec::with_capacity(at.len()), order: (0..at.len() as u32).collect() };
        let mut order = std::mem::take(&mut tree.order);
        tree.divide(at, mass, (&mut order, 0), (low, width), DEPTH);
        tree.order = order;
        tree
    }

    /// How hard all other points push the one at `node`, in proportion to their mass over the distance.
    pub fn push(&self, at: &[Point], mass: &[f64], node: usize) -> Point {
        let here = at[node];
        let mut force = Point::default();
        let mut add = |point: Point, mass: f64| {
            let (dx, dy) = (here.x - point.x, here.y - point.y);
            let strength = mass / (dx * dx + dy * dy).max(1e-4);
            force = Point { x: force.x + strength * dx, y: force.y + strength * dy };
        };
        let mut next = 0;
        while let Some(cell) = self.cells.get(next) {
            let (dx, dy) = (here.x - cell.centre.x, here.y - cell.centre.y);
            if FAR * (dx * dx + dy * dy) > cell.width * cell.width {
                add(cell.centre, cell.mass);
            } else if cell.leaf {
                // The point itself adds nothing: its distance is 0.
                let points = &self.order[cell.points.0 as usize..cell.points.1 as usize];
                points.iter().for_each(|&point| add(at[point as usize], mass[point as usize]));
            } else {
                next += 1;
                continue;
            }
            next = cell.skip as usize;
        }
        force
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
        self.cells.push(Cell { mass: sum, centre, width, skip: 0, points: range, leaf });
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
        if first(points[at]) {
            points.swap(count, at);
            count += 1;
        }
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
        let tree = Tree::new(&at, &mass);
        let (mut off, mut whole) = (0.0, 0.0);
        for node in 0..at.len() {
            let mut all = Point::default();
            for (point, mass) in at.iter().zip(&mass) {
                let (dx, dy) = (at[node].x - point.x, at[node].y - point.y);
                let strength = mass / (dx * dx + dy * dy).max(1e-4);
                all = Point { x: all.x + strength * dx, y: all.y + strength * dy };
            }
            let push = tree.push(&at, &mass, node);
            off += (push.x - all.x).powi(2) + (push.y - all.y).powi(2);
            whole += all.x.powi(2) + all.y.powi(2);
        }
        assert!((off / whole).sqrt() < 0.05, "{}", (off / whole).sqrt());
    }
}
