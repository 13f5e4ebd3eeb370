//! The units in which actors may meet, and which of them are copies.

use std::ops::Range;

use foldhash::{HashMap, HashMapExt};

use super::CorpusDocument;
use super::fold::{Fold, Groups};
use crate::model::Unit;

/// A wider unit is compared with so many before it that share a sentence.
const LOOK_BACK: usize = 16;

/// The units of a document as ranges of its sentences, in order.
///
/// A window is any `K` sentences in a row: all that name two within `K` sentences are counted, and windows overlap. A document
/// with fewer sentences is one window; where only some sentences are known, a window begins at each.
pub fn ranges(unit: Unit, document: &CorpusDocument) -> Vec<Range<u32>> {
    let n = document.sentences;
    match unit {
        Unit::Sentence => (0..n).map(|at| at..at + 1).collect(),
        Unit::Window(size) if document.is_partial() => {
            let end =
                |at: u32| document.numbers.partition_point(|number| *number < document.number(at).saturating_add(size));
            (0..n).map(|at| at..end(at) as u32).collect()
        }
        Unit::Window(size) if n > 0 => (0..=n.saturating_sub(size)).map(|at| at..n.min(at + size)).collect(),
        Unit::Paragraph if n > 0 => {
            let begins = || document.paragraphs.iter().copied().filter(|at| (1..n).contains(at));
            [0].into_iter().chain(begins()).zip(begins().chain([n])).map(|(from, to)| from..to).collect()
        }
        Unit::Document if n > 0 => vec![Range { start: 0, end: n }],
        Unit::Window(_) | Unit::Paragraph | Unit::Document => Vec::new(),
    }
}

/// The numbers of all units, given those of the sentences.
///
/// A window is a copy of one whose sentences are all copies of its own; a paragraph or a document of one that shares more than
/// half of the sentences of the longer of both.
pub fn fold(unit: Unit, documents: &[CorpusDocument], sentences: &Fold) -> Fold {
    if unit == Unit::Sentence {
        return sentences.clone();
    }
    let mut of: Vec<Vec<u32>> = Vec::new();
    let mut sizes = Vec::with_capacity(documents.len());
    for (number, document) in documents.iter().enumerate() {
        let ranges = ranges(unit, document);
        sizes.push(ranges.len());
        let known = sentences.of(number);
        of.extend(ranges.into_iter().map(|range| known[range.start as usize..range.end as usize].to_vec()));
    }
    let mut groups = Groups::new(&sizes);
    if let Unit::Window(_) = unit {
        let mut first: HashMap<&[u32], u32> = HashMap::new();
        (0..).zip(&of).for_each(|(at, window)| groups.join(*first.entry(window).or_insert(at), at));
    } else {
        of.iter_mut().for_each(|unit| unit.sort_unstable());
        join_similar(&of, &mut groups);
    }
    groups.fold()
}

/// Joins units that share more than half of their sentences. Cost: for each sentence a few comparisons.
fn join_similar(of: &[Vec<u32>], groups: &mut Groups) {
    let mut holders: Vec<(u32, u32)> =
        (0..).zip(of).flat_map(|(at, unit)| unit.iter().map(move |&sentence| (sentence, at))).collect();
    holders.sort_unstable();
    for sharing in holders.chunk_by(|a, b| a.0 == b.0) {
        for (rank, &(_, at)) in sharing.iter().enumerate() {
            for &(_, before) in &sharing[rank.saturating_sub(LOOK_BACK)..rank] {
                let (one, other) = (&of[before as usize], &of[at as usize]);
                if groups.of(before) != groups.of(at) && 2 * shared(one, other) > one.len().max(other.len()) {
                    groups.join(before, at);
                }
            }
        }
    }
}

/// How many numbers two sorted lists share.
fn shared(a: &[u32], b: &[u32]) -> usize {
    let mut rest = b;
    let found = |number: &&u32| {
        rest = &rest[rest.partition_point(|other| other < number)..];
        rest.first() == Some(number)
    };
    a.iter().filter(found).count()
}
