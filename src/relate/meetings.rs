//! Where each pair meets.

use foldhash::{HashMap, HashSet};
use rayon::prelude::*;
use smallvec::{SmallVec, smallvec};

use super::scenes::{Acting, Scene};
use super::{Folds, WINDOW};
use crate::model::{Context, Unit};
use crate::unify::fold::{Fold, Groups};

/// A unit in which a pair was seen.
#[derive(Clone, Copy)]
pub struct Seen {
    /// The document.
    pub document: u32,
    /// Which unit of it.
    pub unit: u32,
    /// How many act there.
    pub acting: u32,
    /// Of the contexts of the two, the one further from running text.
    pub context: Context,
    /// The nearest mentions of the two.
    pub mentions: (u32, u32),
}

/// Units in which a pair was seen. Most meet once.
pub type Units = SmallVec<[Seen; 1]>;

/// What is gathered for a pair.
#[derive(Default)]
pub struct Meetings {
    /// The units that both share, in order.
    pub seen: Units,
    /// In wider units: the number of each sentence that both share.
    together: Vec<u32>,
    /// How often they stand 1, 2, … sentences apart; at 0 nothing is counted.
    apart: [u64; WINDOW + 1],
    /// The same where both sentences have copies: their numbers, and how far apart they are.
    apart_in_copies: Vec<(u32, u32, u32)>,
}

/// What is gathered for each pair. The table has only places: it stays small while it grows, and nearly all who stand near each
/// other are looked up there in vain.
#[derive(Default)]
struct Pairs {
    places: HashMap<(u32, u32), u32>,
    list: Vec<((u32, u32), Meetings)>,
}

impl Pairs {
    /// That of a pair; nothing is known of a new one.
    fn of(&mut self, pair: (u32, u32)) -> &mut Meetings {
        let place = *self.places.entry(pair).or_insert(self.list.len() as u32);
        if place as usize == self.list.len() {
            self.list.push((pair, Meetings::default()));
        }
        &mut self.list[place as usize].1
    }

    /// That of a pair, if there is something.
    fn known(&mut self, pair: (u32, u32)) -> Option<&mut Meetings> {
        let place = *self.places.get(&pair)?;
        Some(&mut self.list[place as usize].1)
    }
}

/// Finds all pairs that share a unit, and where, in order of their numbers. With `entities`, which tells whose numbers are one
/// entity's, also those that share none but whose entities do, under other numbers.
pub fn all(scenes: &[Scene], folds: &Folds, unit: Unit, entities: Option<&[u32]>) -> Vec<((u32, u32), Meetings)> {
    let mut meetings = Pairs::default();
    for (scene, document) in scenes.iter().zip(0..) {
        for (unit, acting) in scene.units() {
            // In most sentences nobody meets: by entity, the first is the last.
            if acting.first().map(|acting| acting.entity) == acting.last().map(|acting| acting.entity) {
                continue;
            }
            let entities: Vec<&[Acting]> = acting.chunk_by(|a, b| a.entity == b.entity).collect();
            for (at, first) in entities.iter().enumerate() {
                for second in &entities[at + 1..] {
                    let seen = &mut meetings.of((first[0].entity, second[0].entity)).seen;
                    let (a, b) = nearest(first, second);
                    let (context, mentions) = (a.context.max(b.context), (a.mention, b.mention));
                    seen.push(Seen { document, unit, acting: entities.len() as u32, context, mentions });
                }
            }
        }
    }
    // Those who never share a unit get no tie, so all who do must be known before distances are counted.
    let of = |entities: &[u32], (a, b): (u32, u32)| (entities[a as usize], entities[b as usize]);
    let met: Option<HashSet<(u32, u32)>> =
        entities.map(|entities| meetings.list.iter().map(|(pair, _)| of(entities, *pair)).collect());
    let meets = |pair| entities.zip(met.as_ref()).is_some_and(|(entities, met)| met.contains(&of(entities, pair)));
    let repeated = folds.sentences.repeated();
    for (document, scene) in scenes.iter().enumerate() {
        each_near(scene, unit, |pair, near| {
            if meets(pair) {
                meetings.of(pair).count(near, folds.sentences.of(document), &repeated);
            } else if let Some(meetings) = meetings.known(pair) {
                meetings.count(near, folds.sentences.of(document), &repeated);
            }
        });
    }
    let mut list = meetings.list;
    list.par_sort_unstable_by_key(|(pair, _)| *pair);
    list
}

/// Two sentences of a document, one with the first of a pair and one with the other.
struct Near {
    sentences: (u32, u32),
    distance: u32,
}

/// Tells of all who stand up to [`WINDOW`] sentences apart in a document; where the unit is a sentence, of those in different
/// ones.
fn each_near(scene: &Scene, unit: Unit, mut take: impl FnMut((u32, u32), Near)) {
    for (at, first) in scene.acting.iter().enumerate() {
        for second in &scene.acting[at + 1..] {
            let distance = scene.document.number(second.sentence) - scene.document.number(first.sentence);
            if distance as usize > WINDOW {
                break;
            }
            if first.entity == second.entity || distance == 0 && unit == Unit::Sentence {
                continue;
            }
            let (a, b) = if first.entity < second.entity { (first, second) } else { (second, first) };
            take((a.entity, b.entity), Near { sentences: (a.sentence, b.sentence), distance });
        }
    }
}

/// The mentions of two entities that stand nearest; of equally near ones the first.
fn nearest<'a>(a: &'a [Acting], b: &'a [Acting]) -> (&'a Acting, &'a Acting) {
    let (mut i, mut j) = (0, 0);
    let (mut best, mut pair) = (u32::MAX, (&a[0], &b[0]));
    while let (Some(one), Some(other)) = (a.get(i), b.get(j)) {
        let distance = one.sentence.abs_diff(other.sentence);
        if distance < best {
            (best, pair) = (distance, (one, other));
        }
        if one.sentence < other.sentence { i += 1 } else { j += 1 }
    }
    pair
}

/// The units that a pair shares, each with its copies.
pub struct Folded {
    seen: Units,
    /// Where in `seen` those of each unit end.
    ends: SmallVec<[u32; 1]>,
}

impl Folded {
    /// How many units there are, copies folded.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// A unit with its copies, by the place of its first.
    pub fn unit(&self, at: usize) -> &[Seen] {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.seen[start as usize..self.ends[at] as usize]
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &[Seen]> {
        (0..self.len()).map(|at| self.unit(at))
    }
}

impl Meetings {
    /// The units with their copies, by the place of the first.
    pub fn folded(&self, fold: &Fold) -> Folded {
        if self.seen.len() == 1 {
            return Folded { seen: self.seen.clone(), ends: smallvec![1] };
        }
        let number = |seen: &Seen| fold.number(seen.document as usize, seen.unit as usize);
        let mut numbered: Vec<(u32, u32)> = self.seen.iter().map(number).zip(0..).collect();
        numbered.sort_unstable();
        // Behind each the place of the first of its unit: in order of that.
        let mut placed: Vec<(u32, u32)> = Vec::with_capacity(numbered.len());
        for group in numbered.chunk_by(|a, b| a.0 == b.0) {
            placed.extend(group.iter().map(|&(_, at)| (group[0].1, at)));
        }
        placed.sort_unstable();
        let mut folded = Folded { seen: Units::with_capacity(placed.len()), ends: SmallVec::new() };
        for group in placed.chunk_by(|a, b| a.0 == b.0) {
            folded.seen.extend(group.iter().map(|&(_, at)| self.seen[at as usize]));
            folded.ends.push(folded.seen.len() as u32);
        }
        folded
    }

    /// How many sentences they share, copies counted.
    pub fn sentences(&self, unit: Unit) -> u64 {
        (if unit == Unit::Sentence { self.seen.len() } else { self.together.len() }) as u64
    }

    /// See [`super::Pair::near`]; `n` is the number of units they share, copies folded.
    pub fn near(&self, n: u64, unit: Unit) -> [u64; WINDOW + 1] {
        let mut together = self.together.clone();
        together.sort_unstable();
        together.dedup();
        let mut copied = self.apart_in_copies.clone();
        copied.sort_unstable();
        copied.dedup_by_key(|(a, b, _)| (*a, *b));
        let mut near = self.apart;
        copied.iter().for_each(|(.., distance)| near[*distance as usize] += 1);
        near[0] = if unit == Unit::Sentence { n } else { together.len() as u64 };
        near
    }

    /// Takes note of two sentences. `numbers` has one for each sentence of the document; `repeated` tells which of these have
    /// copies.
    fn count(&mut self, near: Near, numbers: &[u32], repeated: &[bool]) {
        let (a, b) = (numbers[near.sentences.0 as usize], numbers[near.sentences.1 as usize]);
        if near.distance == 0 {
            self.together.push(a);
        } else if repeated[a as usize] && repeated[b as usize] {
            self.apart_in_copies.push((a, b, near.distance));
        } else {
            self.apart[near.distance as usize] += 1;
        }
    }

    /// How many documents have a unit with both.
    pub fn documents(&self) -> u64 {
        self.seen.chunk_by(|a, b| a.document == b.document).count() as u64
    }

    /// The same with documents that hold copies of each other's units as one.
    pub fn sources(&self, folded: &Folded) -> u64 {
        if self.seen.len() == 1 {
            return 1;
        }
        let documents: Vec<u32> =
            self.seen.chunk_by(|a, b| a.document == b.document).map(|seen| seen[0].document).collect();
        let place = |seen: &Seen| documents.partition_point(|&document| document < seen.document) as u32;
        let mut groups = Groups::new(&[documents.len()]);
        for copies in folded.iter() {
            copies.iter().for_each(|seen| groups.join(place(&copies[0]), place(seen)));
        }
        groups.range(0).filter(|&at| groups.of(at) == at).count() as u64
    }
}

/// In how many of these units how many act, see [`super::Pair::shared`].
pub fn shared(folded: &Folded) -> Vec<(u32, u64)> {
    counted(folded.iter().map(|copies| copies[0].acting).collect())
}

/// How many of these units rest on which context, see [`super::Pair::contexts`].
pub fn contexts(folded: &Folded) -> Vec<(Context, u64)> {
    let contexts = folded.iter().filter_map(|copies| copies.iter().map(|seen| seen.context).min());
    counted(contexts.filter(|context| !context.acts()).collect())
}

/// Each value with how often it is there, in order.
fn counted<T: Copy + Ord>(mut values: Vec<T>) -> Vec<(T, u64)> {
    values.sort_unstable();
    values.chunk_by(|a, b| a == b).map(|equal| (equal[0], equal.len() as u64)).collect()
}
