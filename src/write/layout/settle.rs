//! The last touch: every box looks around for a place where fewer lines run into each other and into boxes.
//!
//! A plain descent with the costs of Davidson & Harel (1996), "Drawing graphs nicely using simulated annealing", without
//! the annealing: the forces have already found the large shape, which stays as it is.

use super::obstacles::{Boxes, Lines};
use super::{Block, Point, Tie, meets};

/// The ways a box may go, as unit vectors.
const DIRECTIONS: [(f64, f64); 8] =
    [(1.0, 0.0), (0.7, 0.7), (0.0, 1.0), (-0.7, 0.7), (-1.0, 0.0), (-0.7, -0.7), (0.0, -1.0), (0.7, -0.7)];
/// How far in each round, in pixels.
const STEPS: [f64; 9] = [90.0, 55.0, 35.0, 20.0, 60.0, 35.0, 20.0, 10.0, 5.0];
/// Rounds end when about so many pairs of lines have been compared for each pair of boxes: some 15 ms for 30 boxes.
const BUDGET: usize = 4_500;
/// And when so many have been compared in all: some 100 ms.
const MOST: usize = 25_000_000;
/// At least so much blank between two boxes.
const GAP: f64 = 6.0;

/// The cost of a line through a label.
const LABEL: f64 = 1.0;
/// And through a shape: it looks as if it ended there.
const SHAPE: f64 = 6.0;
/// Even a weak line through something costs so much.
const WEAK: f64 = 0.3;
/// Of two of the strongest lines that cross.
const CROSSING: f64 = 1.0;
/// Of each pixel of the strongest line.
const LENGTH: f64 = 1.0 / 60.0;
/// Of two boxes as near as boxes are on average.
const NEAR: f64 = 0.1;
/// Of standing so far, in pixels, from where the forces had put a box.
const DRIFT: f64 = 120.0;

/// Moves boxes to better places inside the room they take up together. They must not overlap, and will not.
pub(super) fn settle(at: &mut [Point], blocks: &[Block], ties: &[Tie]) {
    let mut plan = Plan::new(at, blocks, ties);
    let round: usize = plan.own.iter().map(|own| (own.len() + 1) * ties.len() * DIRECTIONS.len()).sum();
    let budget = (BUDGET * blocks.len() * blocks.len()).min(MOST);
    for (number, &reach) in STEPS.iter().enumerate() {
        if (number + 1) * round > budget {
            break;
        }
        // The least important first: they make room for the others.
        (0..blocks.len()).rev().for_each(|node| plan.improve(node, reach));
    }
    at.copy_from_slice(&plan.at);
}

struct Plan<'a> {
    blocks: &'a [Block],
    ties: &'a [Tie],
    /// The ties of each box.
    own: Vec<Vec<usize>>,
    /// Where the boxes stood at first.
    home: Vec<Point>,
    /// Where they stand.
    at: Vec<Point>,
    /// The same, to find those near a line.
    boxes: Boxes,
    /// Where their ties end.
    hubs: Vec<Point>,
    /// The ties, from hub to hub; with the weight of each as a share of the heaviest, as a square root: about how wide its line
    /// looks.
    lines: Lines,
    /// The corners that no box may pass.
    frame: (Point, Point),
    /// About how far boxes are from each other, squared.
    pitch: f64,
}

impl<'a> Plan<'a> {
    fn new(at: &[Point], blocks: &'a [Block], ties: &'a [Tie]) -> Plan<'a> {
        let heaviest = ties.iter().map(|tie| tie.weight).fold(f64::MIN_POSITIVE, f64::max);
        let mut own = vec![Vec::new(); blocks.len()];
        for (number, tie) in ties.iter().enumerate() {
            own[tie.ends.0].push(number);
            own[tie.ends.1].push(number);
        }
        let frame = super::bounds(blocks, at);
        let hubs: Vec<Point> = blocks.iter().zip(at).map(|(block, &point)| block.hub(point)).collect();
        let shares: Vec<f64> = ties.iter().map(|tie| (tie.weight / heaviest).sqrt()).collect();
        let mut lines = Lines::new(&shares);
        (0..).zip(ties).for_each(|(number, tie)| lines.set(number, (hubs[tie.ends.0], hubs[tie.ends.1])));
        let mut boxes = Boxes::new(blocks.iter().map(half));
        (0..).zip(at).for_each(|(number, &point)| boxes.set(number, point));
        Plan {
            blocks,
            ties,
            own,
            home: at.to_vec(),
            at: at.to_vec(),
            boxes,
            lines,
            hubs,
            frame,
            pitch: (frame.1.x - frame.0.x) * (frame.1.y - frame.0.y) / at.len() as f64,
        }
    }

    /// Moves a box to the best of the places around it, if one is better than its own.
    fn improve(&mut self, node: usize, reach: f64) {
        let here = self.at[node];
        let (mut best, mut place) = (self.cost(node, f64::MAX) - 1e-6, here);
        for (dx, dy) in DIRECTIONS {
            let there = Point { x: here.x + dx * reach, y: here.y + dy * reach };
            if self.free(node, there) {
                self.move_to(node, there);
                let cost = self.cost(node, best);
                (best, place) = if cost < best { (cost, there) } else { (best, place) };
            }
        }
        self.move_to(node, place);
    }

    fn move_to(&mut self, node: usize, place: Point) {
        self.at[node] = place;
        self.boxes.set(node, place);
        self.hubs[node] = self.blocks[node].hub(place);
        for &number in &self.own[node] {
            let ends = self.ties[number].ends;
            self.lines.set(number, (self.hubs[ends.0], self.hubs[ends.1]));
        }
    }

    /// Whether a box would be inside the frame and overlap nothing.
    fn free(&self, node: usize, to: Point) -> bool {
        let own = self.blocks[node];
        let (low, high) = self.frame;
        let (dx, dy) = (own.width / 2.0, own.height / 2.0);
        if to.x - dx < low.x || to.x + dx > high.x || to.y - dy < low.y || to.y + dy > high.y {
            return false;
        }
        self.at.iter().zip(self.blocks).enumerate().all(|(other, (point, block))| {
            other == node
                || (point.x - to.x).abs() >= (block.width + own.width) / 2.0 + GAP
                || (point.y - to.y).abs() >= (block.height + own.height) / 2.0 + GAP
        })
    }

    /// What is wrong with the place of a box. Stops where it is more than `limit`.
    fn cost(&self, node: usize, limit: f64) -> f64 {
        let to = self.at[node];
        let (hx, hy) = (to.x - self.home[node].x, to.y - self.home[node].y);
        let mut cost = (hx * hx + hy * hy) / (DRIFT * DRIFT);
        for (other, point) in self.at.iter().enumerate() {
            let (dx, dy) = (point.x - to.x, point.y - to.y);
            cost += if other == node { 0.0 } else { NEAR * self.pitch / (dx * dx + dy * dy + 1.0) };
        }
        // It only grows from here on.
        if cost > limit {
            return cost;
        }
        self.lines.near(to, half(&self.blocks[node]), |number| {
            let ends = self.ties[number].ends;
            if ends.0 != node && ends.1 != node {
                cost += self.through(number, node, to);
            }
        });
        for &number in &self.own[node] {
            if cost > limit {
                break;
            }
            cost += self.cost_of_line(number, node);
        }
        cost
    }

    /// What is wrong with a tie of `node`.
    fn cost_of_line(&self, number: usize, node: usize) -> f64 {
        let (line, share) = (self.lines.get(number), self.lines.share(number));
        let (dx, dy) = (line.0.x - line.1.x, line.0.y - line.1.y);
        let mut cost = LENGTH * share * (dx * dx + dy * dy).sqrt();
        // Lines that share an end cannot cross.
        cost += CROSSING * share * self.lines.crossed(line);
        let ends = self.ties[number].ends;
        let far = if ends.0 == node { ends.1 } else { ends.0 };
        self.boxes.near(line, |other| {
            if other != node && other != far {
                cost += self.through(number, other, self.at[other]);
            }
        });
        cost
    }

    /// What it costs that a line runs through a box at `to`, if it does.
    fn through(&self, number: usize, node: usize, to: Point) -> f64 {
        let (line, block) = (self.lines.get(number), self.blocks[node]);
        if !meets(line, to, half(&block)) {
            return 0.0;
        }
        let reach = block.hub + 2.0;
        let shape = meets(line, self.hubs[node], Point { x: reach, y: reach });
        (WEAK + self.lines.share(number)) * if shape { LABEL + SHAPE } else { LABEL }
    }
}

/// Half the width and height of a box.
fn half(block: &Block) -> Point {
    Point { x: block.width / 2.0, y: block.height / 2.0 }
}
