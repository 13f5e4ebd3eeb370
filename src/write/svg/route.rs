//! Lines around shapes, and labels to where fewer lines are.

use super::super::layout::{Point, Size, meets};
use super::scene::{Figure, Line, Side};

/// How far the middle of a line may be bent aside, in pixels; the first that is free is taken.
const BENDS: [f64; 6] = [16.0, -16.0, 30.0, -30.0, 46.0, -46.0];
/// And at most so far, as a share of its length.
const MOST_BENT: f64 = 0.22;
/// Labels may stand so far out into the margin.
const OVERHANG: Point = Point { x: 16.0, y: 8.0 };
/// A curve is tested as so many straight pieces.
const PIECES: usize = 8;
/// Blank between a line and a shape it has nothing to do with.
const CLEAR: f64 = 3.0;

/// The straight pieces of a line, with the corners of their bounds: most boxes are beside these.
struct Course {
    pieces: Vec<(Point, Point)>,
    low: Point,
    high: Point,
}

/// Bends lines that would run through shapes of others.
pub(super) fn bend(figures: &[Figure], lines: &mut [Line]) {
    for line in lines {
        let straight = hits(figures, line, None);
        let mut least = straight;
        for offset in BENDS {
            if least == 0 {
                break;
            }
            let point = control(figures, line, offset);
            let hits = point.map_or(usize::MAX, |point| hits(figures, line, Some(point)));
            if hits < least {
                (least, line.bend) = (hits, point);
            }
        }
    }
}

/// Turns labels that lines run through to a side with fewer, where there is room.
pub(super) fn turn_labels(figures: &mut [Figure], lines: &[Line], frame: Size) {
    let courses: Vec<(f64, Course)> =
        lines.iter().map(|line| (line.weight, Course::new(figures, line, line.bend))).collect();
    let heaviest = courses.iter().map(|(weight, _)| *weight).fold(f64::MIN_POSITIVE, f64::max);
    for number in 0..figures.len() {
        if figures[number].side != Side::Below {
            continue;
        }
        let crossed = |side: Side| {
            let (middle, half) = label(&figures[number], side);
            let through = |(_, course): &&(f64, Course)| course.meets(middle, half);
            // One strong line is worse than many weak ones.
            courses.iter().filter(through).map(|(weight, _)| 0.2 + 3.0 * weight / heaviest).sum::<f64>()
        };
        // Below is where one looks for a name; elsewhere only with good reason.
        let mut best = (crossed(Side::Below) * 0.6 - 0.1, Side::Below);
        for side in [Side::Above, Side::Right, Side::Left] {
            let crossed = crossed(side);
            if crossed < best.0 && is_free(figures, number, side, frame) {
                best = (crossed, side);
            }
        }
        figures[number].side = best.1;
    }
}

/// Middle and half size of a label, with some blank around.
fn label(figure: &Figure, side: Side) -> (Point, Point) {
    let size = figure.label_size();
    (figure.label_middle(side), Point { x: size.width / 2.0 + 1.0, y: size.height / 2.0 })
}

/// Whether the label would be inside the picture and meet no other label or shape.
fn is_free(figures: &[Figure], number: usize, side: Side, frame: Size) -> bool {
    let (middle, half) = label(&figures[number], side);
    let (dx, dy) = (half.x - OVERHANG.x, half.y - OVERHANG.y);
    if middle.x < dx || middle.x + dx > frame.width || middle.y < dy || middle.y + dy > frame.height {
        return false;
    }
    figures.iter().enumerate().all(|(other, figure)| {
        let reach = figure.reach + CLEAR;
        let (its, size) = label(figure, figure.side);
        other == number
            || (apart(middle, half, figure.centre, Point { x: reach, y: reach })
                && apart(middle, half, its, Point { x: size.x + CLEAR, y: size.y }))
    })
}

/// Whether two rectangles have nothing in common.
fn apart(a: Point, a_half: Point, b: Point, b_half: Point) -> bool {
    (a.x - b.x).abs() >= a_half.x + b_half.x || (a.y - b.y).abs() >= a_half.y + b_half.y
}

/// Through how many shapes of others a line runs.
fn hits(figures: &[Figure], line: &Line, bend: Option<Point>) -> usize {
    let course = Course::new(figures, line, bend);
    let hit = |figure: &Figure| {
        let reach = Point { x: figure.reach + CLEAR, y: figure.reach + CLEAR };
        course.meets(figure.centre, reach)
    };
    figures
        .iter()
        .enumerate()
        .filter(|(number, figure)| *number != line.ends.0 && *number != line.ends.1 && hit(figure))
        .count()
}

/// The control point of a line whose middle is `offset` aside, unless that bends it too much.
fn control(figures: &[Figure], line: &Line, offset: f64) -> Option<Point> {
    let (a, b) = (figures[line.ends.0].centre, figures[line.ends.1].centre);
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length = (dx * dx + dy * dy).sqrt();
    // The curve goes half as far as its control point.
    let aside = 2.0 * offset / length.max(1.0);
    let point = Point { x: (a.x + b.x) / 2.0 - dy * aside, y: (a.y + b.y) / 2.0 + dx * aside };
    (offset.abs() <= MOST_BENT * length).then_some(point)
}

impl Course {
    fn new(figures: &[Figure], line: &Line, bend: Option<Point>) -> Course {
        let pieces = pieces(figures, line, bend);
        let (mut low, mut high) = (pieces[0].0, pieces[0].0);
        for point in pieces.iter().flat_map(|&(from, to)| [from, to]) {
            low = Point { x: low.x.min(point.x), y: low.y.min(point.y) };
            high = Point { x: high.x.max(point.x), y: high.y.max(point.y) };
        }
        Course { pieces, low, high }
    }

    /// Whether it meets the rectangle that reaches `half` from its middle.
    fn meets(&self, middle: Point, half: Point) -> bool {
        let beside = self.high.x < middle.x - half.x || self.low.x > middle.x + half.x;
        let above = self.high.y < middle.y - half.y || self.low.y > middle.y + half.y;
        !beside && !above && self.pieces.iter().any(|piece| meets(*piece, middle, half))
    }
}

/// A line in straight pieces.
fn pieces(figures: &[Figure], line: &Line, bend: Option<Point>) -> Vec<(Point, Point)> {
    let (a, b) = (figures[line.ends.0].centre, figures[line.ends.1].centre);
    let Some(c) = bend else { return vec![(a, b)] };
    let point = |step: usize| {
        let t = step as f64 / PIECES as f64;
        let (of_a, of_c, of_b) = ((1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t);
        Point { x: a.x * of_a + c.x * of_c + b.x * of_b, y: a.y * of_a + c.y * of_c + b.y * of_b }
    };
    (0..PIECES).map(|step| (point(step), point(step + 1))).collect()
}
