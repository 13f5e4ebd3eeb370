//! Many points, fast: for a page that is looked at piece by piece, where labels need no room of their own.

use super::tree::Tree;
use super::{Placement, Point, Size, Tie, force};

/// So many rounds of forces.
const ROUNDS: usize = 80;
/// The room that a point has on average: a square of so many pixels.
const ROOM: f64 = 44.0;
/// At least so much blank between two points.
const GAP: f64 = 3.0;
/// Between the points with ties and the rows of those without.
const SHELF_GAP: f64 = 60.0;

/// Places points of these radii, given in order of importance. Those of one group (`groups`, numbered from the largest) begin
/// near each other; then the forces of the small layout work, far points taken together; those without ties stand in rows
/// below. O(n log n + m) for each of 80 rounds: see the table of limits for what 5,000 take.
pub fn scatter(radii: &[f64], ties: &[Tie], groups: &[u32], aspect: f64) -> Placement {
    let mut tied = vec![false; radii.len()];
    ties.iter().for_each(|tie| (tied[tie.ends.0], tied[tie.ends.1]) = (true, true));
    let members: Vec<usize> = (0..radii.len()).filter(|&node| tied[node]).collect();
    let single: Vec<usize> = (0..radii.len()).filter(|&node| !tied[node]).collect();
    let mut place = vec![usize::MAX; radii.len()];
    members.iter().enumerate().for_each(|(at, &member)| place[member] = at);
    let own: Vec<Tie> = ties.iter().map(|tie| Tie { ends: (place[tie.ends.0], place[tie.ends.1]), ..*tie }).collect();
    let groups: Vec<u32> = members.iter().map(|&member| groups[member]).collect();
    let own_radii: Vec<f64> = members.iter().map(|&member| radii[member]).collect();
    let mut at = relaxed(&own, &groups, aspect);
    grow(&mut at, aspect);
    for _ in 0..24 {
        if !apart(&mut at, &own_radii) {
            break;
        }
    }
    let mut centres = vec![Point::default(); radii.len()];
    let mut size = shifted(&mut at, &own_radii);
    members.iter().zip(&at).for_each(|(&member, point)| centres[member] = *point);
    let shelf = (!single.is_empty()).then(|| rows(&single, radii, aspect, &mut centres, &mut size));
    Placement { centres, size, shelf }
}

/// Where the forces put them.
fn relaxed(ties: &[Tie], groups: &[u32], aspect: f64) -> Vec<Point> {
    let mut at = seeded(groups);
    if at.is_empty() {
        return at;
    }
    let model = force::Model::new(at.len(), ties);
    let (mut tree, mut forces) = (Tree::default(), vec![Point::default(); at.len()]);
    for round in 0..ROUNDS {
        let left = 1.0 - round as f64 / ROUNDS as f64;
        tree.fill(&at, &model.mass);
        for (node, push) in tree.pushes() {
            forces[node] = Point { x: push.x * model.mass[node], y: push.y * model.mass[node] };
        }
        model.pull(&at, (left * 2.0 - 1.0).max(0.0), &mut forces);
        model.step(&mut at, &forces, left);
    }
    force::turn(&mut at, aspect);
    at
}

/// Every group as a disc of sunflower seeds, the discs as seeds of a larger flower.
fn seeded(groups: &[u32]) -> Vec<Point> {
    let many = groups.iter().max().map_or(0, |&group| group as usize + 1);
    let mut sizes = vec![0usize; many];
    groups.iter().for_each(|&group| sizes[group as usize] += 1);
    let mut before = 0;
    let middles: Vec<usize> = sizes
        .iter()
        .map(|&size| {
            before += size;
            before - size.div_ceil(2)
        })
        .collect();
    let seeds = force::spiral(groups.len(), 0);
    let mut used = vec![0usize; many];
    let place = |&group: &u32| {
        let group = group as usize;
        let (middle, own) = (seeds[middles[group].min(seeds.len() - 1)], seeds[used[group]]);
        used[group] += 1;
        Point { x: middle.x + own.x, y: middle.y + own.y }
    };
    groups.iter().map(place).collect()
}

/// Blows positions up to the room that the points need.
fn grow(at: &mut [Point], aspect: f64) {
    let (low, high) = force::corners(at);
    let (width, height) = ((high.x - low.x).max(1e-6), (high.y - low.y).max(1e-6));
    let stretch = (aspect * height / width).clamp(0.8, 1.4);
    let scale = (at.len() as f64 * ROOM * ROOM / (width * stretch * height)).sqrt();
    // A line of points has no area; it must not become endless.
    let scale = scale.min(at.len() as f64 * ROOM / width.max(height));
    at.iter_mut().for_each(|point| *point = Point { x: point.x * stretch * scale, y: point.y * scale });
}

/// Pushes points apart that touch; whether any did. Only those of neighbouring columns are compared.
fn apart(at: &mut [Point], radii: &[f64]) -> bool {
    let widest = 2.0 * radii.iter().copied().fold(0.0, f64::max) + GAP;
    let mut order: Vec<(i64, u32)> = at.iter().map(|point| sortable(point.x)).zip(0..).collect();
    order.sort_unstable();
    let mut moved = false;
    for (number, &(_, a)) in order.iter().enumerate() {
        let a = a as usize;
        for &(_, b) in &order[number + 1..] {
            let b = b as usize;
            let (dx, dy) = (at[b].x - at[a].x, at[b].y - at[a].y);
            if dx > widest {
                break;
            }
            let room = radii[a] + radii[b] + GAP;
            let square = dx * dx + dy * dy;
            if square >= room * room {
                continue;
            }
            moved = true;
            let distance = square.sqrt();
            let (ux, uy) = if distance > 1e-6 { (dx / distance, dy / distance) } else { (0.6, 0.8) };
            let push = (room - distance) / 2.0 + 1e-3;
            at[a] = Point { x: at[a].x - ux * push, y: at[a].y - uy * push };
            at[b] = Point { x: at[b].x + ux * push, y: at[b].y + uy * push };
        }
    }
    moved
}

/// A whole number for each number, in the order of [`f64::total_cmp`]: sorting these takes a third of the time.
fn sortable(number: f64) -> i64 {
    let bits = number.to_bits() as i64;
    // Of negative ones larger bits are less.
    bits ^ (((bits >> 63) as u64) >> 1) as i64
}

/// Moves all to (0, 0) and returns what they need.
fn shifted(at: &mut [Point], radii: &[f64]) -> Size {
    if at.is_empty() {
        return Size::default();
    }
    let most = radii.iter().copied().fold(0.0, f64::max);
    let (low, high) = force::corners(at);
    at.iter_mut().for_each(|point| *point = Point { x: point.x - low.x + most, y: point.y - low.y + most });
    Size { width: high.x - low.x + 2.0 * most, height: high.y - low.y + 2.0 * most }
}

/// Puts points without ties in rows below; where these begin.
fn rows(single: &[usize], radii: &[f64], aspect: f64, centres: &mut [Point], size: &mut Size) -> f64 {
    let top = if size.height > 0.0 { size.height + SHELF_GAP } else { 0.0 };
    let alone = (single.len() as f64 * aspect).sqrt() * ROOM;
    let columns = (size.width.max(alone) / ROOM).floor().max(1.0) as usize;
    let most = radii.iter().copied().fold(0.0, f64::max);
    for (number, &node) in single.iter().enumerate() {
        let (row, column) = ((number / columns) as f64, (number % columns) as f64);
        centres[node] = Point { x: most + column * ROOM, y: top + most + row * ROOM };
    }
    let rows = single.len().div_ceil(columns) as f64;
    size.width = size.width.max(single.len().min(columns) as f64 * ROOM);
    size.height = top + rows * ROOM;
    top
}
