//! Forces: ties pull, all push (Noack 2007, "Energy models for graph clustering": the edge-repulsion LinLog model).
//!
//! A pull that does not grow with distance (LinLog) sets groups of well-tied nodes apart, but is easily caught in a poor
//! arrangement; so the first rounds pull in proportion to the distance and the last ones do not.

use rayon::prelude::*;

use super::{Point, Tie, crosses};

/// Rounds of each start.
const ROUNDS: usize = 300;
/// How many starts are tried.
const STARTS: usize = 3;
/// So many of the heaviest ties decide which start is best.
const STRONG: usize = 500;

/// Positions in no unit, around (0, 0), turned so that they fill a rectangle about `aspect` times as wide as high.
///
/// Several starts are tried; the one with the fewest crossings of strong ties is kept.
pub(super) fn positions(n: usize, ties: &[Tie], aspect: f64) -> Vec<Point> {
    let model = Model::new(n, ties);
    let relaxed = |start: usize| {
        let at = model.relax(spiral(n, start));
        (model.tangle(&at), at)
    };
    let tried: Vec<(f64, Vec<Point>)> = (0..STARTS).into_par_iter().map(relaxed).collect();
    // The first of equally good ones.
    let best = tried.into_iter().min_by(|(a, _), (b, _)| a.total_cmp(b));
    let mut at = best.map_or_else(Vec::new, |(_, at)| at);
    turn(&mut at, aspect);
    at
}

/// What pulls and pushes.
pub(super) struct Model {
    /// With the square root of the weight, as a share of the mean mass.
    ties: Vec<Tie>,
    /// How strongly each node pushes: the sum of its ties.
    pub mass: Vec<f64>,
    gravity: f64,
}

impl Model {
    pub fn new(n: usize, ties: &[Tie]) -> Model {
        let mut mass = vec![0.0; n];
        for tie in ties {
            mass[tie.ends.0] += tie.weight.sqrt();
            mass[tie.ends.1] += tie.weight.sqrt();
        }
        let mean = mass.iter().sum::<f64>() / n as f64;
        // Nobody is so light that others come to lie on it.
        mass.iter_mut().for_each(|mass| *mass = *mass / mean + 0.3);
        let gravity = 0.02 * mass.iter().sum::<f64>().sqrt();
        let ties = ties.iter().map(|tie| Tie { weight: tie.weight.sqrt() / mean, ..*tie }).collect();
        Model { ties, mass, gravity }
    }

    /// Lets the forces work.
    fn relax(&self, mut at: Vec<Point>) -> Vec<Point> {
        let mut force = vec![Point::default(); at.len()];
        let mut columns = Columns::default();
        for round in 0..ROUNDS {
            let left = 1.0 - round as f64 / ROUNDS as f64;
            self.push(&at, &mut force, &mut columns);
            self.pull(&at, (left * 2.0 - 1.0).max(0.0), &mut force);
            self.step(&mut at, &force, left);
        }
        at
    }

    /// What all push each other, instead of what is in `force`.
    fn push(&self, at: &[Point], force: &mut [Point], columns: &mut Columns) {
        columns.place(at);
        for a in 0..at.len() {
            columns.push(a, &self.mass);
        }
        for (force, (x, y)) in force.iter_mut().zip(columns.force.0.iter().zip(&columns.force.1)) {
            *force = Point { x: *x, y: *y };
        }
    }

    /// `spring` 1: in proportion to the distance; 0: the same at any distance.
    pub fn pull(&self, at: &[Point], spring: f64, force: &mut [Point]) {
        for tie in &self.ties {
            let (a, b) = tie.ends;
            let (dx, dy) = (at[a].x - at[b].x, at[a].y - at[b].y);
            let distance = (dx * dx + dy * dy).sqrt().max(1e-6);
            let strength = tie.weight * (spring + (1.0 - spring) / distance);
            force[a].x -= strength * dx;
            force[a].y -= strength * dy;
            force[b].x += strength * dx;
            force[b].y += strength * dy;
        }
    }

    /// Moves everything along its force, less far from round to round. Gravity keeps weakly tied groups on the canvas.
    pub fn step(&self, at: &mut [Point], force: &[Point], left: f64) {
        let reach = 0.3 * (at.len() as f64).sqrt() * left * left + 1e-3;
        for ((point, force), mass) in at.iter_mut().zip(force).zip(&self.mass) {
            let away = (point.x * point.x + point.y * point.y).sqrt().max(1e-9);
            let dx = force.x / mass - self.gravity * point.x / away;
            let dy = force.y / mass - self.gravity * point.y / away;
            let length = (dx * dx + dy * dy).sqrt();
            let scale = if length > reach { reach / length } else { 1.0 };
            *point = Point { x: point.x + dx * scale * 0.5, y: point.y + dy * scale * 0.5 };
        }
    }

    /// Crossings, each as bad as both lines are strong.
    fn tangle(&self, at: &[Point]) -> f64 {
        let line = |tie: &Tie| (at[tie.ends.0], at[tie.ends.1]);
        let strong = &self.ties[..self.ties.len().min(STRONG)];
        let mut tangle = 0.0;
        for (number, a) in strong.iter().enumerate() {
            for b in &strong[..number] {
                let apart =
                    a.ends.0 != b.ends.0 && a.ends.0 != b.ends.1 && a.ends.1 != b.ends.0 && a.ends.1 != b.ends.1;
                if apart && crosses(line(a), line(b)) {
                    tangle += a.weight * b.weight;
                }
            }
        }
        tangle
    }
}

/// Points and forces, what is across and what is down apart: with the next two pushes side by side a processor computes them in one
/// step, and only the sum of all that push one of them is put together one by one.
#[derive(Default)]
struct Columns {
    at: (Vec<f64>, Vec<f64>),
    force: (Vec<f64>, Vec<f64>),
    /// How the one whose turn it is pushes those behind it.
    push: (Vec<f64>, Vec<f64>),
}

impl Columns {
    /// Puts the points somewhere, without forces.
    fn place(&mut self, at: &[Point]) {
        for (column, of) in
            [(&mut self.at.0, (|point| point.x) as fn(&Point) -> f64), (&mut self.at.1, |point| point.y)]
        {
            column.clear();
            column.extend(at.iter().map(of));
        }
        for column in [&mut self.force.0, &mut self.force.1, &mut self.push.0, &mut self.push.1] {
            column.clear();
            column.resize(at.len(), 0.0);
        }
    }

    /// Lets one push all behind it, and them push it.
    fn push(&mut self, a: usize, mass: &[f64]) {
        let (here, own) = ((self.at.0[a], self.at.1[a]), mass[a]);
        let (x, y, mass) = (&self.at.0[a + 1..], &self.at.1[a + 1..], &mass[a + 1..]);
        let (fx, fy) = (&mut self.force.0[a + 1..], &mut self.force.1[a + 1..]);
        let (px, py) = (&mut self.push.0[a + 1..], &mut self.push.1[a + 1..]);
        let count = x.len();
        assert!(
            [y.len(), mass.len(), fx.len(), fy.len(), px.len(), py.len()] == [count; 6],
            "columns are of one length"
        );
        for b in 0..count {
            let (dx, dy) = (here.0 - x[b], here.1 - y[b]);
            let square = dx * dx + dy * dy;
            let strength = own * mass[b] / if square > 1e-4 { square } else { 1e-4 };
            (px[b], py[b]) = (strength * dx, strength * dy);
            fx[b] -= px[b];
            fy[b] -= py[b];
        }
        let all = px.iter().zip(py).fold((0.0, 0.0), |sum, (x, y)| (sum.0 + *x, sum.1 + *y));
        self.force.0[a] += all.0;
        self.force.1[a] += all.1;
    }
}

/// Sunflower seeds: the golden angle spreads any number of points evenly, the most important in the middle. Other starts
/// give the seeds to the nodes in another order.
pub(super) fn spiral(n: usize, start: usize) -> Vec<Point> {
    // The cosine and sine of 137.5°, the golden angle.
    const TURN: Point = Point { x: -0.737_368_878_078_320_1, y: 0.675_490_294_261_523_8 };
    let mut direction = Point { x: 1.0, y: 0.0 };
    let mut seeds: Vec<Point> = Vec::with_capacity(n);
    for number in 0..n {
        let radius = (number as f64 + 0.5).sqrt();
        seeds.push(Point { x: radius * direction.x, y: radius * direction.y });
        direction = turned(direction, TURN);
    }
    // A step through the seeds that shares no factor with their number reaches each of them.
    let step = (start * n / STARTS + 1..).find(|&step| gcd(step, n) == 1).unwrap_or(1);
    (0..n).map(|number| seeds[number * step % n]).collect()
}

fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

fn turned(point: Point, by: Point) -> Point {
    Point { x: point.x * by.x - point.y * by.y, y: point.x * by.y + point.y * by.x }
}

/// Turns the positions so that they fill a rectangle about `aspect` times as wide as high, the most important node in the
/// upper left.
pub(super) fn turn(at: &mut [Point], aspect: f64) {
    // Cosine and sine of 7.5°: 24 such steps are half a turn.
    const STEP: Point = Point { x: 0.991_444_861_373_810_4, y: 0.130_526_192_220_051_6 };
    level(at);
    let mut tried = at.to_vec();
    let mut least = f64::MAX;
    for _ in 0..24 {
        let (low, high) = corners(&tried);
        let (width, height) = (high.x - low.x, high.y - low.y);
        let room = (width / aspect).max(height);
        let waste = room * room + 0.5 * width * height;
        if waste < least {
            least = waste;
            at.copy_from_slice(&tried);
        }
        tried.iter_mut().for_each(|point| *point = turned(*point, STEP));
    }
    let (low, high) = corners(at);
    let middle = Point { x: (low.x + high.x) / 2.0, y: (low.y + high.y) / 2.0 };
    let flip = (if at[0].x > middle.x { -1.0 } else { 1.0 }, if at[0].y > middle.y { -1.0 } else { 1.0 });
    for point in at.iter_mut() {
        *point = Point { x: (point.x - middle.x) * flip.0, y: (point.y - middle.y) * flip.1 };
    }
}

/// Turns the two nodes that are farthest from each other to the same height.
fn level(at: &mut [Point]) {
    let mut far = (0.0, Point { x: 1.0, y: 0.0 });
    let rim = rim(at);
    for (number, a) in rim.iter().enumerate() {
        for b in &rim[..number] {
            let (dx, dy) = (a.x - b.x, a.y - b.y);
            far = if dx * dx + dy * dy > far.0 { (dx * dx + dy * dy, Point { x: dx, y: -dy }) } else { far };
        }
    }
    let length = (far.1.x * far.1.x + far.1.y * far.1.y).sqrt();
    let back = Point { x: far.1.x / length, y: far.1.y / length };
    at.iter_mut().for_each(|point| *point = turned(*point, back));
}

/// Those that may be one of the two that are farthest from each other, in their order: all pairs of 5,000 were a fifth of their
/// layout.
fn rim(at: &[Point]) -> Vec<Point> {
    let (low, high) = corners(at);
    let middle = Point { x: (low.x + high.x) / 2.0, y: (low.y + high.y) / 2.0 };
    let distance = |a: Point, b: Point| ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).sqrt();
    let outermost = at.iter().copied().fold(middle, |outermost, point| {
        if distance(point, middle) > distance(outermost, middle) { point } else { outermost }
    });
    // The two are so far from each other at least, and the way over the middle is no shorter.
    let least = at.iter().map(|&point| distance(point, outermost)).fold(0.0, f64::max) * (1.0 - 1e-9);
    let most = distance(outermost, middle);
    at.iter().copied().filter(|&point| distance(point, middle) + most >= least).collect()
}

pub(super) fn corners(at: &[Point]) -> (Point, Point) {
    let start = (Point { x: f64::MAX, y: f64::MAX }, Point { x: f64::MIN, y: f64::MIN });
    at.iter().fold(start, |(low, high), point| {
        (
            Point { x: low.x.min(point.x), y: low.y.min(point.y) },
            Point { x: high.x.max(point.x), y: high.y.max(point.y) },
        )
    })
}
