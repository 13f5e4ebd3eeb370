//! Where each pair meets.

use std::ops::Range;

use foldhash::HashSet;
use smallvec::{SmallVec, smallvec};
use thin_vec::ThinVec;

use super::places::Places;
use super::scenes::{Acting, Scene};
use super::{Folds, WINDOW};
use crate::model::{Context, Unit};
use crate::unify::fold::{Fold, Groups};

/// A unit in which a pair was seen.
#[derive(Clone, Copy)]
pub struct Seen {
    /// The second of the pair.
    second: u32,
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

/// What is gathered for all pairs, in lists that all share: a table with a place and lists for each pair was three times as large, and
/// most of its cost was to wait for memory.
#[derive(Default)]
pub struct Meetings {
    /// The pairs in order of their numbers, the smaller first, and where in `seen` the units of each end.
    pairs: Vec<((u32, u32), usize)>,
    /// The units that both share, in order.
    seen: Vec<Seen>,
    /// How often each pair stands 1, 2, … sentences apart.
    apart: Vec<[u32; WINDOW]>,
    /// The same where both sentences have copies, see [`Apart`]; in order.
    apart_in_copies: Vec<Apart>,
    /// In wider units: the pair's place and the number of each sentence that both share, in order.
    together: Vec<(u32, u32)>,
}

/// Sentences with copies that stand apart: the place of the pair, the numbers of both sentences, and how far apart they are.
type Apart = (u32, u32, u32, u32);

/// What is gathered for a pair.
pub struct Meeting<'m> {
    /// The two, the smaller number first.
    pub entities: (u32, u32),
    /// The units that both share, in order.
    pub seen: &'m [Seen],
    apart: &'m [u32; WINDOW],
    apart_in_copies: &'m [Apart],
    together: &'m [(u32, u32)],
}

/// Finds all pairs that share a unit, and where. With `entities`, which tells whose numbers are one entity's, also those that share
/// none but whose entities do, under other numbers.
pub fn all(scenes: &[Scene], folds: &Folds, unit: Unit, entities: Option<&[u32]>) -> Meetings {
    let mut meetings = Meetings::shared_by(scenes);
    if let Some(entities) = entities {
        let of = |(a, b): (u32, u32)| (entities[a as usize], entities[b as usize]);
        let met: HashSet<(u32, u32)> = meetings.pairs.iter().map(|(pair, _)| of(*pair)).collect();
        let mut others: HashSet<(u32, u32)> = HashSet::default();
        for scene in scenes {
            each_near(scene, unit, |pair, _| others.extend(met.contains(&of(pair)).then_some(pair)));
        }
        meetings.add(others);
    }
    // Those who never share a unit get no tie, so all who do must be known before distances are counted.
    meetings.apart = vec![[0; WINDOW]; meetings.pairs.len()];
    meetings.count_near(scenes, folds, unit);
    meetings
}

/// Tells of every unit in which several act, by document and unit: who acts there, by entity, and where those of each stand.
fn each_shared(scenes: &[Scene], mut take: impl FnMut((u32, u32), &[Acting], &[Range<usize>])) {
    let mut entities: Vec<Range<usize>> = Vec::new();
    for (scene, document) in scenes.iter().zip(0..) {
        for (unit, acting) in scene.units() {
            // In most sentences nobody meets: by entity, the first is the last.
            if acting.first().map(|acting| acting.entity) == acting.last().map(|acting| acting.entity) {
                continue;
            }
            entities.clear();
            for same in acting.chunk_by(|a, b| a.entity == b.entity) {
                let from = entities.last().map_or(0, |last| last.end);
                entities.push(from..from + same.len());
            }
            take((document, unit), &acting, &entities);
        }
    }
}

impl Meetings {
    /// All units that two share. Those of each first entity are counted, put side by side and ordered by the second.
    fn shared_by(scenes: &[Scene]) -> Meetings {
        let mut places = Places::default();
        each_shared(scenes, |_, acting, entities| {
            let rest = (0..entities.len()).rev();
            entities.iter().zip(rest).for_each(|(first, rest)| places.count(acting[first.start].entity, rest));
        });
        let none = Seen { second: 0, document: 0, unit: 0, acting: 0, context: Context::Plain, mentions: (0, 0) };
        let mut seen = vec![none; places.counted()];
        each_shared(scenes, |(document, unit), all, entities| {
            let acting = entities.len() as u32;
            for (at, first) in entities.iter().enumerate() {
                for second in &entities[at + 1..] {
                    let (a, b) = nearest(&all[first.clone()], &all[second.clone()]);
                    let (context, mentions) = (a.context.max(b.context), (a.mention, b.mention));
                    seen[places.next(a.entity)] = Seen { second: b.entity, document, unit, acting, context, mentions };
                }
            }
        });
        let mut pairs = Vec::new();
        for (first, rows) in places.rows() {
            let mut end = rows.start;
            let seen = &mut seen[rows];
            seen.sort_unstable_by_key(|seen| (seen.second, seen.document, seen.unit));
            for of_pair in seen.chunk_by(|a, b| a.second == b.second) {
                end += of_pair.len();
                pairs.push(((first, of_pair[0].second), end));
            }
        }
        Meetings { pairs, seen, ..Meetings::default() }
    }

    /// Adds those of these pairs that share no unit.
    fn add(&mut self, mut pairs: HashSet<(u32, u32)>) {
        self.pairs.iter().for_each(|(pair, _)| _ = pairs.remove(pair));
        self.pairs.extend(pairs.into_iter().map(|pair| (pair, 0)));
        self.pairs.sort_unstable();
        let mut end = 0;
        for (_, its) in &mut self.pairs {
            end = end.max(*its);
            *its = end;
        }
    }

    /// How many pairs there are.
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// A pair by its place.
    pub fn at(&self, place: usize) -> Meeting<'_> {
        let (entities, end) = self.pairs[place];
        let begin = place.checked_sub(1).map_or(0, |before| self.pairs[before].1);
        Meeting {
            entities,
            seen: &self.seen[begin..end],
            apart: &self.apart[place],
            apart_in_copies: of_pair(&self.apart_in_copies, |row| row.0, place as u32),
            together: of_pair(&self.together, |row| row.0, place as u32),
        }
    }

    /// Counts how far apart those stand who share a unit.
    fn count_near(&mut self, scenes: &[Scene], folds: &Folds, unit: Unit) {
        let repeated = folds.sentences.repeated();
        // Where the pairs of each entity begin that it is the first of.
        let last = self.pairs.last().map_or(0, |(pair, _)| pair.0 as usize + 1);
        let mut begins = vec![0; last + 1];
        self.pairs.iter().for_each(|(pair, _)| begins[pair.0 as usize + 1] += 1);
        (1..begins.len()).for_each(|first| begins[first] += begins[first - 1]);
        let seconds: Vec<u32> = self.pairs.iter().map(|(pair, _)| pair.1).collect();
        let place = |(first, second): (u32, u32)| {
            let (begin, end) = (*begins.get(first as usize)?, *begins.get(first as usize + 1)?);
            Some(begin + seconds[begin..end].binary_search(&second).ok()?)
        };
        for (document, scene) in scenes.iter().enumerate() {
            let numbers = folds.sentences.of(document);
            each_near(scene, unit, |pair, near| {
                // Nearly all who stand near each other share nothing.
                let Some(place) = place(pair) else { return };
                let (a, b) = (numbers[near.sentences.0 as usize], numbers[near.sentences.1 as usize]);
                if near.distance == 0 {
                    self.together.push((place as u32, a));
                } else if repeated[a as usize] && repeated[b as usize] {
                    push_once(&mut self.apart_in_copies, (place as u32, a, b, near.distance));
                } else {
                    self.apart[place][near.distance as usize - 1] += 1;
                }
            });
        }
        self.together.sort_unstable();
        thin_out(&mut self.apart_in_copies);
    }
}

/// Adds a row. Whenever there is no more room those that stand there several times are thinned out: of a passage that fifty documents
/// have all fifty would be kept until the end, a fifth of the memory that 1 GB of news took.
fn push_once(rows: &mut Vec<Apart>, row: Apart) {
    /// So many are kept before any is looked at.
    const ROOM: usize = 1 << 16;
    if rows.len() == rows.capacity() {
        thin_out(rows);
        // Half of it is free again, or there is twice as much: a row is sorted a few times at most.
        rows.reserve_exact(rows.len().max(ROOM));
    }
    rows.push(row);
}

/// Puts rows in order, those of the same sentences once, with their least distance.
fn thin_out(rows: &mut Vec<Apart>) {
    rows.sort_unstable();
    rows.dedup_by_key(|row| (row.0, row.1, row.2));
}

/// The rows of a pair, of rows in order of pairs.
fn of_pair<T>(rows: &[T], pair: impl Fn(&T) -> u32, place: u32) -> &[T] {
    let rows = &rows[rows.partition_point(|row| pair(row) < place)..];
    &rows[..rows.iter().take_while(|row| pair(row) == place).count()]
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

impl Meeting<'_> {
    /// The units with their copies, by the place of the first.
    pub fn folded(&self, fold: &Fold) -> Folded {
        if self.seen.len() == 1 {
            return Folded { seen: self.seen.into(), ends: smallvec![1] };
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
        let mut near = [0; WINDOW + 1];
        near[0] = match unit {
            Unit::Sentence => n,
            _ => self.together.chunk_by(|a, b| a == b).count() as u64,
        };
        near[1..].iter_mut().zip(self.apart).for_each(|(near, apart)| *near = u64::from(*apart));
        self.apart_in_copies.iter().for_each(|apart| near[apart.3 as usize] += 1);
        near
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
pub fn shared(folded: &Folded) -> ThinVec<(u32, u64)> {
    counted(folded.iter().map(|copies| copies[0].acting))
}

/// How many of these units rest on which context, see [`super::Pair::contexts`].
pub fn contexts(folded: &Folded) -> ThinVec<(Context, u64)> {
    let contexts = folded.iter().filter_map(|copies| copies.iter().map(|seen| seen.context).min());
    counted(contexts.filter(|context| !context.acts()))
}

/// Each value with how often it is there, in order; without room for more.
pub fn counted<T: Copy + Ord>(values: impl Iterator<Item = T>) -> ThinVec<(T, u64)> {
    let mut values: SmallVec<[T; 8]> = values.collect();
    values.sort_unstable();
    let equal = || values.chunk_by(|a, b| a == b);
    let mut counted = ThinVec::new();
    if !values.is_empty() {
        counted.reserve_exact(equal().count());
        counted.extend(equal().map(|equal| (equal[0], equal.len() as u64)));
    }
    counted
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn sentences_with_copies_are_kept_once_with_their_least_distance() {
        let mut rows = Vec::new();
        let mut expected: BTreeMap<(u32, u32, u32), u32> = BTreeMap::new();
        let mut state = 1u32;
        let mut random = |below| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) % below
        };
        for _ in 0..300_000 {
            let (place, a, b, distance) = (random(3), random(300), random(100), 1 + random(3));
            push_once(&mut rows, (place, a, b, distance));
            let least = expected.entry((place, a, b)).or_insert(distance);
            *least = distance.min(*least);
        }
        assert!(rows.capacity() < 300_000);
        thin_out(&mut rows);
        assert!(rows.into_iter().map(|(place, a, b, distance)| ((place, a, b), distance)).eq(expected));
    }
}
