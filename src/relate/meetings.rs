//! Where each pair meets.

use foldhash::HashMap;

use super::scenes::{Acting, Scene};
use super::{Folds, WINDOW};
use crate::model::Unit;
use crate::unify::fold::{Fold, Groups};

/// exp(-d) for d from 1 to [`WINDOW`]: constants, so that they are the same on every machine.
const DECAY: [f64; WINDOW] = [0.367_879_441_171_442_33, 0.135_335_283_236_612_7, 0.049_787_068_367_863_944];

/// A unit in which a pair was seen.
#[derive(Clone, Copy)]
pub struct Seen {
    /// The document.
    pub document: u32,
    /// Which unit of it.
    pub unit: u32,
    /// How many act there.
    pub acting: u32,
    /// The nearest mentions of the two.
    pub mentions: (u32, u32),
}

/// What is gathered for a pair.
#[derive(Default)]
pub struct Meetings {
    /// The units that both share, in order.
    pub seen: Vec<Seen>,
    /// In wider units: the number of each sentence that both share.
    together: Vec<u32>,
    /// How often they stand 1, 2, … sentences apart.
    apart: [u64; WINDOW],
    /// The same where both sentences have copies: their numbers, and how far apart they are.
    apart_in_copies: Vec<(u32, u32, u32)>,
}

/// Finds all pairs that share a unit, and where.
pub fn all(scenes: &[Scene], folds: &Folds, unit: Unit) -> HashMap<(u32, u32), Meetings> {
    let mut meetings: HashMap<(u32, u32), Meetings> = HashMap::default();
    for (scene, document) in scenes.iter().zip(0..) {
        for (unit, acting) in scene.units() {
            let entities: Vec<&[Acting]> = acting.chunk_by(|a, b| a.entity == b.entity).collect();
            for (at, first) in entities.iter().enumerate() {
                for second in &entities[at + 1..] {
                    let seen = &mut meetings.entry((first[0].entity, second[0].entity)).or_default().seen;
                    let mentions = nearest(first, second);
                    seen.push(Seen { document, unit, acting: entities.len() as u32, mentions });
                }
            }
        }
    }
    // Those who never share a unit get no tie, so all who do must be known before distances are counted.
    let repeated = folds.sentences.repeated();
    for (document, scene) in scenes.iter().enumerate() {
        count_near(scene, folds.sentences.of(document), &repeated, unit, &mut meetings);
    }
    meetings
}

/// Counts how often those who meet somewhere stand up to [`WINDOW`] sentences apart here. `numbers` has one for each sentence;
/// `repeated` tells which of these have copies.
fn count_near(
    scene: &Scene,
    numbers: &[u32],
    repeated: &[bool],
    unit: Unit,
    meetings: &mut HashMap<(u32, u32), Meetings>,
) {
    for (at, first) in scene.acting.iter().enumerate() {
        for second in &scene.acting[at + 1..] {
            let distance = scene.log.number(second.sentence) - scene.log.number(first.sentence);
            if distance as usize > WINDOW {
                break;
            }
            if first.entity == second.entity || distance == 0 && unit == Unit::Sentence {
                continue;
            }
            let (a, b) = if first.entity < second.entity { (first, second) } else { (second, first) };
            let Some(meetings) = meetings.get_mut(&(a.entity, b.entity)) else { continue };
            let of = |acting: &Acting| numbers[acting.sentence as usize];
            if distance == 0 {
                meetings.together.push(of(a));
            } else if repeated[of(a) as usize] && repeated[of(b) as usize] {
                meetings.apart_in_copies.push((of(a), of(b), distance));
            } else {
                meetings.apart[distance as usize - 1] += 1;
            }
        }
    }
}

/// The mentions of two entities that stand nearest; of equally near ones the first.
fn nearest(a: &[Acting], b: &[Acting]) -> (u32, u32) {
    let (mut i, mut j) = (0, 0);
    let (mut best, mut mentions) = (u32::MAX, (0, 0));
    while let (Some(one), Some(other)) = (a.get(i), b.get(j)) {
        let distance = one.sentence.abs_diff(other.sentence);
        if distance < best {
            (best, mentions) = (distance, (one.mention, other.mention));
        }
        if one.sentence < other.sentence { i += 1 } else { j += 1 }
    }
    mentions
}

impl Meetings {
    /// The units with their copies, by the place of the first.
    pub fn folded(&self, fold: &Fold) -> Vec<Vec<Seen>> {
        let number = |seen: &Seen| fold.number(seen.document as usize, seen.unit as usize);
        let mut numbered: Vec<(u32, usize)> = self.seen.iter().map(number).zip(0..).collect();
        numbered.sort_unstable();
        let mut groups: Vec<&[(u32, usize)]> = numbered.chunk_by(|a, b| a.0 == b.0).collect();
        groups.sort_unstable_by_key(|group| group[0].1);
        groups.into_iter().map(|group| group.iter().map(|&(_, at)| self.seen[at]).collect()).collect()
    }

    /// How many sentences they share, copies counted.
    pub fn sentences(&self, unit: Unit) -> u64 {
        (if unit == Unit::Sentence { self.seen.len() } else { self.together.len() }) as u64
    }

    /// See [`super::Pair::decay`]; `n` is the number of units they share, copies folded.
    pub fn decay(&self, n: u64, unit: Unit) -> f64 {
        let mut together = self.together.clone();
        together.sort_unstable();
        together.dedup();
        let mut near = self.apart_in_copies.clone();
        near.sort_unstable();
        near.dedup_by_key(|(a, b, _)| (*a, *b));
        let mut apart = self.apart;
        near.iter().for_each(|(.., distance)| apart[*distance as usize - 1] += 1);
        let same = if unit == Unit::Sentence { n } else { together.len() as u64 };
        same as f64 + apart.iter().zip(DECAY).map(|(times, weight)| *times as f64 * weight).sum::<f64>()
    }

    /// How many documents have a unit with both.
    pub fn documents(&self) -> u64 {
        self.seen.chunk_by(|a, b| a.document == b.document).count() as u64
    }

    /// The same with documents that hold copies of each other's units as one.
    pub fn sources(&self, folded: &[Vec<Seen>]) -> u64 {
        let documents: Vec<u32> =
            self.seen.chunk_by(|a, b| a.document == b.document).map(|seen| seen[0].document).collect();
        let place = |seen: &Seen| documents.partition_point(|&document| document < seen.document) as u32;
        let mut groups = Groups::new(&[documents.len()]);
        for copies in folded {
            copies.iter().for_each(|seen| groups.join(place(&copies[0]), place(seen)));
        }
        groups.range(0).filter(|&at| groups.of(at) == at).count() as u64
    }
}
