//! What the units of one pair tell.

use smallvec::{SmallVec, smallvec};
use thin_vec::ThinVec;

use super::WINDOW;
use crate::model::{Context, Unit};
use crate::unify::fold::{Fold, Groups};

/// A unit in which a pair was seen.
#[derive(Clone, Copy)]
pub struct Seen {
    /// The second of the pair.
    pub second: u32,
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

/// Sentences with copies that stand apart: the place of the pair, the numbers of both sentences, and how far apart they are.
pub type Apart = (u32, u32, u32, u32);

/// What is gathered for a pair.
pub struct Meeting<'m> {
    /// The two, the smaller number first.
    pub entities: (u32, u32),
    /// The units that both share, in order.
    pub seen: &'m [Seen],
    /// How often they stand 1, 2, … sentences apart.
    pub apart: &'m [u32; WINDOW],
    /// The same where both sentences have copies.
    pub apart_in_copies: &'m [Apart],
    /// In wider units: the pair's place and the number of each sentence that both share, in order.
    pub together: &'m [(u32, u32)],
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
