//! Boxes apart: from positions of points to positions of blocks that do not overlap.

use super::{Block, Point};

/// At least so much blank between two blocks.
const GAP: f64 = 6.0;
/// How many times the area of all blocks a picture takes up before they are pushed apart.
const ROOM: f64 = 2.6;

/// Blows positions up to the room that the blocks need, about `aspect` times as wide as high.
pub(super) fn spread(at: &mut [Point], blocks: &[Block], aspect: f64) {
    let area: f64 = blocks.iter().map(|size| (size.width + GAP) * (size.height + GAP)).sum();
    let extent = |of: fn(&Point) -> f64| {
        let (low, high) = at.iter().map(of).fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)));
        (high - low).max(1e-6)
    };
    let (width, height) = (extent(|point| point.x), extent(|point| point.y));
    // Boxes are wider than high, so some stretching is welcome; more would hide the groups.
    let stretch = (aspect * height / width).clamp(0.8, 1.8);
    let scale = (area * ROOM / (width * stretch * height.max(width * 0.2))).sqrt();
    for point in at.iter_mut() {
        *point = Point { x: point.x * stretch * scale, y: point.y * scale };
    }
}

/// Pushes blocks apart until no two are nearer than [`GAP`]. Where pushing does not help, the picture grows.
pub(super) fn separate(at: &mut [Point], blocks: &[Block]) {
    // A box is pushed out of another the short way, which may push it into a third; growing always ends this.
    for _ in 0..400 {
        for _ in 0..60 {
            if !push_apart(at, blocks) {
                return;
            }
        }
        at.iter_mut().for_each(|point| *point = Point { x: point.x * 1.04, y: point.y * 1.04 });
    }
}

/// One round over all pairs; whether any two were too near.
fn push_apart(at: &mut [Point], blocks: &[Block]) -> bool {
    let mut moved = false;
    for a in 0..at.len() {
        for b in a + 1..at.len() {
            let (dx, dy) = (at[b].x - at[a].x, at[b].y - at[a].y);
            let near_x = (blocks[a].width + blocks[b].width) / 2.0 + GAP - dx.abs();
            let near_y = (blocks[a].height + blocks[b].height) / 2.0 + GAP - dy.abs();
            if near_x <= 1e-6 || near_y <= 1e-6 {
                continue;
            }
            moved = true;
            if near_x < near_y {
                let push = (near_x / 2.0 + 1e-6) * if dx < 0.0 { -1.0 } else { 1.0 };
                at[a].x -= push;
                at[b].x += push;
            } else {
                let push = (near_y / 2.0 + 1e-6) * if dy < 0.0 { -1.0 } else { 1.0 };
                at[a].y -= push;
                at[b].y += push;
            }
        }
    }
    moved
}
