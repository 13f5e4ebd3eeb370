//! Parts of a picture beside each other, and rows of blocks below.

use super::{Block, Placement, Point, Size, Tie};

/// A connected part with the positions of its blocks.
pub(super) struct Group {
    /// The blocks, by their place among all.
    pub members: Vec<usize>,
    /// Their ties, by place in `members`.
    pub ties: Vec<Tie>,
    /// The middle of each.
    pub at: Vec<Point>,
}

/// Height of the bands into which a part is cut to see where another one fits.
const BAND: f64 = 10.0;
/// Blank around a part.
const GAP: f64 = 16.0;
/// Blank between columns and between rows of blocks without ties.
const ROW_GAP: f64 = 10.0;

/// What a part covers: for each band from `top`, from where to where. What lies between two of its blocks belongs to it.
struct Outline {
    top: i64,
    bands: Vec<(f64, f64)>,
}

/// Puts the parts, largest first, each where the whole stays smallest.
pub(super) fn beside(blocks: &[Block], groups: Vec<Group>, aspect: f64) -> Placement {
    let mut centres = vec![Point::default(); blocks.len()];
    let mut placed: Vec<Outline> = Vec::new();
    let mut frame: Option<(Point, Point)> = None;
    for group in &groups {
        let outline = Outline::of(group, blocks);
        let shift = frame.map_or(Point::default(), |frame| best(&outline, &placed, frame, aspect));
        let outline = outline.shifted(shift);
        frame = Some(joined(frame, outline.frame()));
        placed.push(outline);
        for (&member, point) in group.members.iter().zip(&group.at) {
            centres[member] = Point { x: point.x + shift.x, y: point.y + shift.y };
        }
    }
    let all: Vec<usize> = groups.iter().flat_map(|group| group.members.iter().copied()).collect();
    let (low, high) = bounds(blocks, &all, &centres);
    for &member in &all {
        centres[member] = Point { x: centres[member].x - low.x, y: centres[member].y - low.y };
    }
    Placement { centres, size: Size { width: high.x - low.x, height: high.y - low.y }, shelf: None }
}

/// Between the blocks that have ties and the rows of those that have none.
const SHELF_GAP: f64 = 40.0;

/// Groups beside each other, and below them in rows those without a seat (`usize::MAX`), in order.
pub(super) fn with_shelf(blocks: &[Block], groups: Vec<Group>, seat: &[usize], aspect: f64) -> Placement {
    let mut placement = beside(blocks, groups, aspect);
    let single: Vec<usize> = (0..blocks.len()).filter(|&node| seat[node] == usize::MAX).collect();
    if !single.is_empty() {
        let top = if placement.size.height > 0.0 { placement.size.height + SHELF_GAP } else { 0.0 };
        rows(blocks, &single, top, aspect, &mut placement);
        placement.shelf = Some(top);
    }
    placement
}

/// Puts `single` blocks in rows of equal columns below `top`, and the whole picture in the middle of its width.
pub(super) fn rows(blocks: &[Block], single: &[usize], top: f64, aspect: f64, placement: &mut Placement) {
    let widest = single.iter().map(|&node| blocks[node].width).fold(0.0, f64::max);
    let highest = single.iter().map(|&node| blocks[node].height).fold(0.0, f64::max);
    let (cell_width, cell_height) = (widest + ROW_GAP, highest + ROW_GAP);
    let alone = (single.len() as f64 * cell_width * cell_height * aspect).sqrt();
    let room = placement.size.width.max(if placement.size.width > 0.0 { 0.0 } else { alone });
    let columns = ((room + ROW_GAP) / cell_width).floor().clamp(1.0, single.len() as f64);
    let width = columns * cell_width - ROW_GAP;
    let shift = ((width - placement.size.width) / 2.0).max(0.0);
    placement.centres.iter_mut().for_each(|point| point.x += shift);
    placement.size.width = placement.size.width.max(width);
    for (number, &node) in single.iter().enumerate() {
        let (row, column) = ((number / columns as usize) as f64, (number % columns as usize) as f64);
        placement.centres[node] =
            Point { x: column * cell_width + blocks[node].width / 2.0, y: top + row * cell_height + highest / 2.0 };
    }
    let rows = single.len().div_ceil(columns as usize) as f64;
    placement.size.height = top + rows * cell_height - ROW_GAP;
}

fn bounds(blocks: &[Block], of: &[usize], centres: &[Point]) -> (Point, Point) {
    let mut frame = None;
    for &node in of {
        let (point, half) = (centres[node], Point { x: blocks[node].width / 2.0, y: blocks[node].height / 2.0 });
        let own =
            (Point { x: point.x - half.x, y: point.y - half.y }, Point { x: point.x + half.x, y: point.y + half.y });
        frame = Some(joined(frame, own));
    }
    frame.unwrap_or_default()
}

fn joined(frame: Option<(Point, Point)>, own: (Point, Point)) -> (Point, Point) {
    let Some((low, high)) = frame else { return own };
    (Point { x: low.x.min(own.0.x), y: low.y.min(own.0.y) }, Point { x: high.x.max(own.1.x), y: high.y.max(own.1.y) })
}

/// The shift of `outline` that keeps it clear of `placed` and the frame of all smallest, nearest to the middle.
fn best(outline: &Outline, placed: &[Outline], frame: (Point, Point), aspect: f64) -> Point {
    let own = outline.frame();
    let (width, height) = (own.1.x - own.0.x, own.1.y - own.0.y);
    let mut best = (f64::MAX, f64::MAX, Point::default());
    let bands = |from: f64, to: f64| (from / BAND).floor() as i64..=(to / BAND).ceil() as i64;
    for band in bands(frame.0.y - height, frame.1.y) {
        for column in bands(frame.0.x - width, frame.1.x) {
            let corner = Point { x: column as f64 * BAND, y: band as f64 * BAND };
            let shift = Point { x: corner.x - own.0.x, y: corner.y - own.0.y };
            let (low, high) = joined(Some(frame), (corner, Point { x: corner.x + width, y: corner.y + height }));
            let cost =
                ((high.x - low.x) / aspect).max(high.y - low.y) + 0.2 * ((high.x - low.x) / aspect + high.y - low.y);
            let dx = corner.x + width / 2.0 - (frame.0.x + frame.1.x) / 2.0;
            let dy = corner.y + height / 2.0 - (frame.0.y + frame.1.y) / 2.0;
            let off = dx * dx / (aspect * aspect) + dy * dy;
            if (cost, off) < (best.0, best.1) && placed.iter().all(|other| other.clear_of(outline, shift)) {
                best = (cost, off, shift);
            }
        }
    }
    best.2
}

impl Outline {
    fn of(group: &Group, blocks: &[Block]) -> Outline {
        let (low, high) = {
            let sizes: Vec<Block> = group.members.iter().map(|&member| blocks[member]).collect();
            bounds(&sizes, &(0..sizes.len()).collect::<Vec<_>>(), &group.at)
        };
        let top = ((low.y - GAP) / BAND).floor() as i64;
        let bottom = ((high.y + GAP) / BAND).floor() as i64;
        let mut outline = Outline { top, bands: vec![(f64::MAX, f64::MIN); (bottom - top + 1) as usize] };
        for (point, &member) in group.at.iter().zip(&group.members) {
            let size = blocks[member];
            let (dx, dy) = (size.width / 2.0 + GAP, size.height / 2.0 + GAP);
            outline.cover(point.y - dy, point.y + dy, point.x - dx, point.x + dx);
        }
        for tie in &group.ties {
            let (a, b) = (group.at[tie.ends.0], group.at[tie.ends.1]);
            // A tie is covered by small steps: one for each band is enough, since only its ends are beyond them.
            let steps = ((a.y - b.y).abs() / BAND).ceil().max(1.0);
            for step in 0..=steps as usize {
                let share = step as f64 / steps;
                let (x, y) = (a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share);
                outline.cover(y, y, x - GAP, x + GAP);
            }
        }
        outline
    }

    fn cover(&mut self, top: f64, bottom: f64, left: f64, right: f64) {
        let last = self.bands.len() as i64 - 1;
        let band = |y: f64| ((y / BAND).floor() as i64 - self.top).clamp(0, last) as usize;
        for (low, high) in &mut self.bands[band(top)..=band(bottom)] {
            *low = low.min(left);
            *high = high.max(right);
        }
    }

    fn frame(&self) -> (Point, Point) {
        let left = self.bands.iter().map(|band| band.0).fold(f64::MAX, f64::min);
        let right = self.bands.iter().map(|band| band.1).fold(f64::MIN, f64::max);
        let top = self.top as f64 * BAND;
        (Point { x: left, y: top }, Point { x: right, y: top + self.bands.len() as f64 * BAND })
    }

    /// Whether `other`, shifted by whole bands down, has no place in common.
    fn clear_of(&self, other: &Outline, shift: Point) -> bool {
        let top = other.top + (shift.y / BAND).round() as i64;
        other.bands.iter().enumerate().all(|(number, (low, high))| {
            let band = usize::try_from(top + number as i64 - self.top).ok().and_then(|band| self.bands.get(band));
            band.is_none_or(|(own_low, own_high)| high + shift.x <= *own_low || low + shift.x >= *own_high)
        })
    }

    fn shifted(mut self, shift: Point) -> Outline {
        self.top += (shift.y / BAND).round() as i64;
        self.bands.iter_mut().for_each(|(low, high)| (*low, *high) = (*low + shift.x, *high + shift.x));
        self
    }
}
