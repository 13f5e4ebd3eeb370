//! All on a ring, neighbours beside their strongest tie: what crosses the ring ties what does not stand together.

use super::{Block, Placement, Point, Tie, pack, separate};

/// Between two boxes on the ring, in pixels.
const GAP: f64 = 14.0;

/// Places the blocks that have ties on a ring, in the order of [`walk`]; the others below. Cost: O(n²).
pub(super) fn place(blocks: &[Block], ties: &[Tie], aspect: f64) -> Placement {
    let order = walk(blocks.len(), ties);
    // The ring is as long as its boxes are together; 44/7 is near enough to its length over its radius.
    let length: f64 = order.iter().map(|&at| blocks[at].width.max(blocks[at].height) + GAP).sum();
    let (wide, high) = (length / (44.0 / 7.0) * aspect.sqrt(), length / (44.0 / 7.0) / aspect.sqrt());
    let mut at: Vec<Point> = (0..order.len())
        .map(|place| {
            let (x, y) = on_circle(4.0 * place as f64 / order.len() as f64);
            Point { x: x * wide, y: y * high }
        })
        .collect();
    let sizes: Vec<Block> = order.iter().map(|&member| blocks[member]).collect();
    separate::separate(&mut at, &sizes);
    let mut seat = vec![usize::MAX; blocks.len()];
    order.iter().enumerate().for_each(|(place, &member)| seat[member] = place);
    let own = ties.iter().filter(|tie| tie.ends.0 != tie.ends.1);
    let own = own.map(|tie| Tie { ends: (seat[tie.ends.0], seat[tie.ends.1]), ..*tie }).collect();
    let groups = if order.is_empty() { Vec::new() } else { vec![pack::Group { members: order, ties: own, at }] };
    pack::with_shelf(blocks, groups, &seat, aspect)
}

/// Those that have ties: from the first one on always to the strongest tied one that is left, or else to the first one left.
fn walk(n: usize, ties: &[Tie]) -> Vec<usize> {
    let mut tied: Vec<Vec<(usize, f64)>> = vec![Vec::new(); n];
    for tie in ties.iter().filter(|tie| tie.ends.0 != tie.ends.1) {
        tied[tie.ends.0].push((tie.ends.1, tie.weight));
        tied[tie.ends.1].push((tie.ends.0, tie.weight));
    }
    let mut left: Vec<bool> = tied.iter().map(|ties| !ties.is_empty()).collect();
    let mut order = Vec::new();
    let mut next = left.iter().position(|&left| left);
    while let Some(at) = next {
        left[at] = false;
        order.push(at);
        let strongest =
            tied[at].iter().filter(|(other, _)| left[*other]).max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        next = strongest.map(|(other, _)| *other).or_else(|| left.iter().position(|&left| left));
    }
    order
}

/// The point of the unit circle at `turn` quarters, by the rational parametrisation of each quarter: no sine, so that it is the
/// same on every machine. The points of one quarter are not quite evenly spaced.
fn on_circle(turn: f64) -> (f64, f64) {
    let quarter = turn.floor();
    let t = turn - quarter;
    let (x, y) = ((1.0 - t * t) / (1.0 + t * t), 2.0 * t / (1.0 + t * t));
    match quarter as usize % 4 {
        0 => (x, y),
        1 => (-y, x),
        2 => (-x, -y),
        _ => (y, -x),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_on_the_ring_are_tied() {
        let tie = |a, b, weight| Tie { ends: (a, b), weight };
        assert_eq!(walk(6, &[tie(0, 2, 5.0), tie(0, 1, 1.0), tie(2, 4, 3.0), tie(3, 4, 1.0)]), [0, 2, 4, 3, 1]);
        for step in 0..40 {
            let (x, y) = on_circle(f64::from(step) / 10.0);
            assert!((x * x + y * y - 1.0).abs() < 1e-12);
        }
    }
}
