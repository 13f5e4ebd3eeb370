//! Where each pair meets.

use std::ops::Range;

use foldhash::HashSet;

use super::meeting::{Apart, Meeting, Seen};
use super::places::Places;
use super::scenes::{Acting, Scene};
use super::{Folds, WINDOW};
use crate::model::{Context, Unit};
use crate::unify::fold::Fold;

/// What is gathered for some pairs, in lists that all share: a table with a place and lists for each pair was three times as large,
/// and most of its cost was to wait for memory.
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

/// So many units of pairs are gathered at a time, 28 bytes each: those of 500 MB of news.
pub const TOGETHER: usize = 4 << 20;

/// Finds all pairs that share a unit, and where, and hands them to `take` in their order, those with about `together` units at a time:
/// of a larger corpus only these are in memory at once. With `entities`, which tells whose numbers are one entity's, also those that
/// share none but whose entities do, under other numbers; all of these at a time.
pub fn each_part(
    (scenes, folds, unit): (&[Scene], &Folds, Unit),
    entities: Option<&[u32]>,
    together: usize,
    mut take: impl FnMut(Meetings),
) {
    let mut places = Places::default();
    each_shared(scenes, |_, acting, entities| {
        let rest = (0..entities.len()).rev();
        entities.iter().zip(rest).for_each(|(first, rest)| places.count(acting[first.start].entity, rest));
    });
    let repeated = folds.sentences.repeated();
    for firsts in places.parts(if entities.is_some() { usize::MAX } else { together }) {
        let mut meetings = Meetings::shared_by(scenes, places.only(&firsts), &firsts);
        if let Some(entities) = entities {
            meetings.add(others(scenes, unit, &meetings, entities));
        }
        // Those who never share a unit get no tie, so all who do must be known before distances are counted.
        meetings.apart = vec![[0; WINDOW]; meetings.pairs.len()];
        meetings.count_near(scenes, &folds.sentences, &repeated, unit);
        take(meetings);
    }
}

/// Pairs that stand near each other and whose entities share a unit, maybe under other numbers.
fn others(scenes: &[Scene], unit: Unit, meetings: &Meetings, entities: &[u32]) -> HashSet<(u32, u32)> {
    let of = |(a, b): (u32, u32)| (entities[a as usize], entities[b as usize]);
    let met: HashSet<(u32, u32)> = meetings.pairs.iter().map(|(pair, _)| of(*pair)).collect();
    let mut others: HashSet<(u32, u32)> = HashSet::default();
    for scene in scenes {
        each_near(scene, unit, |pair, _| others.extend(met.contains(&of(pair)).then_some(pair)));
    }
    others
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
    /// All units that one of the first entities shares with one behind it, so many as `places` counted. Those of each are put side by
    /// side and ordered by the second.
    fn shared_by(scenes: &[Scene], mut places: Places, firsts: &Range<u32>) -> Meetings {
        let none = Seen { second: 0, document: 0, unit: 0, acting: 0, context: Context::Plain, mentions: (0, 0) };
        let mut seen = vec![none; places.counted()];
        each_shared(scenes, |(document, unit), all, entities| {
            let acting = entities.len() as u32;
            let is_wanted = |first: &&Range<usize>| firsts.contains(&all[first.start].entity);
            for (at, first) in (0..).zip(entities).filter(|(_, first)| is_wanted(first)) {
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

    /// Counts how far apart those stand who share a unit, given the numbers of the sentences and which of these several have.
    fn count_near(&mut self, scenes: &[Scene], sentences: &Fold, repeated: &[bool], unit: Unit) {
        // Where the pairs of each entity are that it is the first of.
        let mut places = Places::default();
        self.pairs.iter().for_each(|(pair, _)| places.count(pair.0, 1));
        places.counted();
        let seconds: Vec<u32> = self.pairs.iter().map(|(pair, _)| pair.1).collect();
        let place = |(first, second): (u32, u32)| {
            let its = places.of(first);
            Some(its.start + seconds[its].binary_search(&second).ok()?)
        };
        for (document, scene) in scenes.iter().enumerate() {
            let numbers = sentences.of(document);
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
