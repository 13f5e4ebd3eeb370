//! Lines and boxes that are held against one line or one box, four at a time: without a branch for each, a processor computes two or
//! four in one step. What is found is what [`crosses`](super::crosses) and [`meets`](super::meets) find one by one, to the bit.

use super::Point;

/// So many are looked at together.
const LANES: usize = 4;

type Lanes = [f64; LANES];

/// Where there is nothing: beyond everything.
const NOWHERE: Point = Point { x: f64::INFINITY, y: f64::INFINITY };

/// Lines with a share each.
#[derive(Default)]
pub(super) struct Lines {
    blocks: Vec<FourLines>,
}

/// Both ends and the shares of some lines.
struct FourLines {
    from: (Lanes, Lanes),
    to: (Lanes, Lanes),
    share: Lanes,
}

/// Boxes by their middles.
#[derive(Default)]
pub(super) struct Boxes {
    blocks: Vec<FourBoxes>,
}

struct FourBoxes {
    middle: (Lanes, Lanes),
    half: (Lanes, Lanes),
}

impl Lines {
    /// Lines that go from nowhere to nowhere yet.
    pub fn new(shares: &[f64]) -> Lines {
        let block = |shares: &[f64]| {
            let mut share = [0.0; LANES];
            share[..shares.len()].copy_from_slice(shares);
            let nowhere = ([NOWHERE.x; LANES], [NOWHERE.y; LANES]);
            FourLines { from: nowhere, to: nowhere, share }
        };
        Lines { blocks: shares.chunks(LANES).map(block).collect() }
    }

    /// Puts a line elsewhere.
    pub fn set(&mut self, number: usize, (from, to): (Point, Point)) {
        let (block, lane) = (&mut self.blocks[number / LANES], number % LANES);
        (block.from.0[lane], block.from.1[lane]) = (from.x, from.y);
        (block.to.0[lane], block.to.1[lane]) = (to.x, to.y);
    }

    /// A line.
    pub fn get(&self, number: usize) -> (Point, Point) {
        let (block, lane) = (&self.blocks[number / LANES], number % LANES);
        let (from, to) = (&block.from, &block.to);
        (Point { x: from.0[lane], y: from.1[lane] }, Point { x: to.0[lane], y: to.1[lane] })
    }

    /// The share of a line.
    pub fn share(&self, number: usize) -> f64 {
        self.blocks[number / LANES].share[number % LANES]
    }

    /// The shares of those that cross `line`, added up in order.
    pub fn crossed(&self, line: (Point, Point)) -> f64 {
        let mut sum = 0.0;
        for block in &self.blocks {
            let shares = block.crossed(line);
            // Mostly none does.
            if any(&shares) {
                sum = shares.iter().fold(sum, |sum, share| sum + share);
            }
        }
        sum
    }

    /// Those whose bounds meet a box, in order.
    pub fn near(&self, middle: Point, half: Point, take: impl FnMut(usize)) {
        let (low, high) = (
            Point { x: middle.x - half.x, y: middle.y - half.y },
            Point { x: middle.x + half.x, y: middle.y + half.y },
        );
        each_of(self.blocks.iter().map(|block| block.near(low, high)), take);
    }
}

impl FourLines {
    /// The shares of those that cross a line, 0 for the others.
    #[inline(always)]
    fn crossed(&self, (from, to): (Point, Point)) -> Lanes {
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let mut crossed = [0.0; LANES];
        for (lane, crossed) in crossed.iter_mut().enumerate() {
            let (ax, ay, bx, by) = (self.from.0[lane], self.from.1[lane], self.to.0[lane], self.to.1[lane]);
            let (x, y) = (bx - ax, by - ay);
            let ends = (dx * (ay - from.y) - dy * (ax - from.x)) * (dx * (by - from.y) - dy * (bx - from.x));
            let others = (x * (from.y - ay) - y * (from.x - ax)) * (x * (to.y - ay) - y * (to.x - ax));
            *crossed = if (ends < 0.0) & (others < 0.0) { self.share[lane] } else { 0.0 };
        }
        crossed
    }

    /// 1 for those whose bounds meet those of a box.
    #[inline(always)]
    fn near(&self, low: Point, high: Point) -> Lanes {
        let mut near = [0.0; LANES];
        for (lane, near) in near.iter_mut().enumerate() {
            let (ax, ay, bx, by) = (self.from.0[lane], self.from.1[lane], self.to.0[lane], self.to.1[lane]);
            let (left, right) = if ax < bx { (ax, bx) } else { (bx, ax) };
            let (top, bottom) = if ay < by { (ay, by) } else { (by, ay) };
            let is_far = (right < low.x) | (left > high.x) | (bottom < low.y) | (top > high.y);
            *near = if is_far { 0.0 } else { 1.0 };
        }
        near
    }
}

impl Boxes {
    /// Boxes of these half widths and heights, which stand nowhere yet.
    pub fn new(halves: impl Iterator<Item = Point>) -> Boxes {
        let mut boxes = Boxes::default();
        for (number, half) in halves.enumerate() {
            if number % LANES == 0 {
                let nowhere = ([NOWHERE.x; LANES], [NOWHERE.y; LANES]);
                boxes.blocks.push(FourBoxes { middle: nowhere, half: Default::default() });
            }
            let block = &mut boxes.blocks[number / LANES];
            (block.half.0[number % LANES], block.half.1[number % LANES]) = (half.x, half.y);
        }
        boxes
    }

    /// Puts a box elsewhere.
    pub fn set(&mut self, number: usize, middle: Point) {
        let (block, lane) = (&mut self.blocks[number / LANES], number % LANES);
        (block.middle.0[lane], block.middle.1[lane]) = (middle.x, middle.y);
    }

    /// Those that meet the bounds of a line, in order.
    pub fn near(&self, (from, to): (Point, Point), take: impl FnMut(usize)) {
        let low = Point { x: from.x.min(to.x), y: from.y.min(to.y) };
        let high = Point { x: from.x.max(to.x), y: from.y.max(to.y) };
        each_of(self.blocks.iter().map(|block| block.near(low, high)), take);
    }
}

impl FourBoxes {
    /// 1 for those that have something in common with a rectangle.
    #[inline(always)]
    fn near(&self, low: Point, high: Point) -> Lanes {
        let mut near = [0.0; LANES];
        for (lane, near) in near.iter_mut().enumerate() {
            let (x, y, dx, dy) = (self.middle.0[lane], self.middle.1[lane], self.half.0[lane], self.half.1[lane]);
            let is_far = (high.x < x - dx) | (low.x > x + dx) | (high.y < y - dy) | (low.y > y + dy);
            *near = if is_far { 0.0 } else { 1.0 };
        }
        near
    }
}

/// Tells of the numbers of those that are not 0, in order.
#[inline(always)]
fn each_of(blocks: impl Iterator<Item = Lanes>, mut take: impl FnMut(usize)) {
    for (lanes, number) in blocks.zip((0..).step_by(LANES)) {
        // Mostly none is.
        if any(&lanes) {
            (0..LANES).filter(|&lane| lanes[lane] != 0.0).for_each(|lane| take(number + lane));
        }
    }
}

/// Whether one of them is not 0; none is below.
#[inline(always)]
fn any([a, b, c, d]: &Lanes) -> bool {
    (a + b) + (c + d) > 0.0
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{crosses, meets};
    use super::*;

    /// Few places, so that lines touch and lie on each other.
    fn points(count: usize) -> impl Strategy<Value = Vec<(Point, Point)>> {
        let point = || (0..9i32, 0..9i32).prop_map(|(x, y)| Point { x: f64::from(x) / 3.0, y: f64::from(y) * 0.7 });
        prop::collection::vec((point(), point()), 1..count)
    }

    proptest! {
        #[test]
        fn lines_and_boxes_are_found_that_cross_and_meet_one_by_one(lines in points(11), boxes in points(11)) {
            let shares: Vec<f64> = (1..=lines.len()).map(|number| 1.0 / number as f64).collect();
            let mut many = Lines::new(&shares);
            (0..).zip(&lines).for_each(|(number, line)| many.set(number, *line));
            let mut blocks = Boxes::new(boxes.iter().map(|(_, half)| *half));
            (0..).zip(&boxes).for_each(|(number, (middle, _))| blocks.set(number, *middle));
            for (number, &line) in lines.iter().enumerate() {
                prop_assert_eq!((many.get(number), many.share(number)), (line, shares[number]));
                let crossing = lines.iter().zip(&shares).filter(|(other, _)| crosses(line, **other));
                prop_assert_eq!(many.crossed(line), crossing.map(|(_, share)| *share).sum::<f64>());
                let mut near = Vec::new();
                blocks.near(line, |number| near.push(number));
                prop_assert!(near.is_sorted());
                for (place, (middle, half)) in boxes.iter().enumerate() {
                    prop_assert!(near.contains(&place) || !meets(line, *middle, *half));
                }
                prop_assert!(near.iter().all(|&place| place < boxes.len()));
            }
            for (middle, half) in boxes {
                let mut near = Vec::new();
                many.near(middle, half, |number| near.push(number));
                prop_assert!(near.is_sorted() && near.iter().all(|&number| number < lines.len()));
                for (number, line) in lines.iter().enumerate() {
                    prop_assert!(near.contains(&number) || !meets(*line, middle, half));
                }
            }
        }
    }
}
