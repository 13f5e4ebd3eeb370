//! The sentences that are kept to show a tie.

use std::sync::Arc;

use foldhash::HashMap;
use rayon::prelude::*;

use super::meetings::{Folded, Seen};
use super::scenes::Scene;
use super::{Evidence, Pair};
use crate::log::{Line, Log, LogDocument, Record};
use crate::model::{Span, Spot};

/// At most `limit` of a pair's sentences, given the document of each, in order: the first of every document, then the second
/// of every one, and so on, so that no document crowds out the others. Their places, in order.
///
/// ```
/// use actant::relate::evidence::in_turns;
/// assert_eq!(in_turns(&["a", "a", "a", "b", "c", "c"], 4), [0, 1, 3, 4]);
/// ```
pub fn in_turns<D: PartialEq>(documents: &[D], limit: usize) -> Vec<usize> {
    if documents.len() <= limit {
        return (0..documents.len()).collect();
    }
    let mut ranked: Vec<(usize, usize)> = Vec::with_capacity(documents.len());
    for document in documents.chunk_by(|a, b| a == b) {
        let from = ranked.len();
        ranked.extend((0..document.len()).map(|rank| (rank, from + rank)));
    }
    ranked.sort_unstable();
    ranked.truncate(limit);
    let mut chosen: Vec<usize> = ranked.into_iter().map(|(_, at)| at).collect();
    chosen.sort_unstable();
    chosen
}

/// A unit that is chosen as evidence.
#[derive(Default)]
pub(super) struct Choice {
    document: u32,
    /// The nearest mentions of the two.
    mentions: (u32, u32),
    /// Document and sentence of its copies.
    copies: Vec<(u32, u32)>,
}

/// The units [chosen](in_turns) of those where a pair meets, each with at most `limit` of its copies.
pub(super) fn chosen(scenes: &[Scene], folded: &Folded, limit: usize) -> Vec<Choice> {
    // Overlapping windows hold the same two sentences.
    let mut places: Vec<&[Seen]> = folded.iter().collect();
    places.dedup_by_key(|copies| (copies[0].document, copies[0].mentions));
    let documents: Vec<u32> = places.iter().map(|copies| copies[0].document).collect();
    let choice = |at: usize| {
        let seen = places[at][0];
        let copies = places[at][1..].iter().take(limit).map(|copy| place(scenes, *copy)).collect();
        Choice { document: seen.document, mentions: seen.mentions, copies }
    };
    in_turns(&documents, limit).into_iter().map(choice).collect()
}

/// The document and the first sentence of a unit.
fn place(scenes: &[Scene], seen: Seen) -> (u32, u32) {
    let document = scenes[seen.document as usize].document;
    let sentence = |mention: u32| document.mentions[mention as usize].sentence;
    (seen.document, document.number(sentence(seen.mentions.0).min(sentence(seen.mentions.1))))
}

/// Gives pairs the sentences that were chosen for them, by the pair's place. Only the documents that hold one are unpacked, some
/// at a time on all threads.
pub(super) fn fetch(log: &Log, mut choices: Vec<(u32, Choice)>, pairs: &mut [Pair]) {
    /// So much evidence is put together before it is handed out.
    const PART: usize = 4096;
    // No room for more than is chosen: most pairs have one sentence.
    for chosen in choices.chunk_by(|(a, _), (b, _)| a == b) {
        pairs[chosen[0].0 as usize].evidence.reserve_exact(chosen.len());
    }
    // Stable: the evidence of a pair stays in order of place.
    choices.par_sort_by_key(|(_, choice)| choice.document);
    let packed = log.packed();
    let mut rest = &mut choices[..];
    while !rest.is_empty() {
        let mut end = rest.len().min(PART);
        // A document is unpacked once.
        while end < rest.len() && rest[end].1.document == rest[end - 1].1.document {
            end += 1;
        }
        let (part, later) = rest.split_at_mut(end);
        let documents: Vec<&mut [(u32, Choice)]> =
            part.chunk_by_mut(|(_, a), (_, b)| a.document == b.document).collect();
        let of_document = |choices: &mut [(u32, Choice)]| -> Vec<(u32, Evidence)> {
            let record = packed[choices[0].1.document as usize].record();
            let mut texts = Texts::default();
            let taken = choices.iter_mut().map(|(pair, choice)| (*pair, std::mem::take(choice)));
            taken.map(|(pair, choice)| (pair, evidence(&record, choice, &mut texts))).collect()
        };
        let made: Vec<Vec<(u32, Evidence)>> = documents.into_par_iter().map(of_document).collect();
        for (pair, evidence) in made.into_iter().flatten() {
            pairs[pair as usize].evidence.push(evidence);
        }
        rest = later;
    }
}

fn evidence(record: &Record, choice: Choice, texts: &mut Texts) -> Evidence {
    let document = &record.document;
    let side = |mention: u32| {
        let mention = &record.mentions[mention as usize];
        let spot = Spot { span: mention.span, rule: mention.rule, context: mention.context };
        (&document.lines[mention.line as usize], spot)
    };
    let (source, target) = (side(choice.mentions.0), side(choice.mentions.1));
    let (text, shifts) = texts.joined(document, source.0, target.0);
    let shifted = |(_, spot): (_, Spot), by: u32| Spot {
        span: Span { start: spot.span.start + by, end: spot.span.end + by },
        ..spot
    };
    Evidence {
        document: choice.document,
        sentence: document.number(source.0.sentence.min(target.0.sentence)),
        last_sentence: document.number(source.0.sentence.max(target.0.sentence)),
        text,
        source: shifted(source, shifts.0),
        target: shifted(target, shifts.1),
        copies: choice.copies.into(),
    }
}

/// The texts of evidence of a document, each once: in news one sentence ties four pairs.
#[derive(Default)]
struct Texts {
    known: HashMap<(u32, u32), Arc<str>>,
}

impl Texts {
    /// The texts of two sentences in order, with how far each has moved.
    fn joined(&mut self, document: &LogDocument, one: &Line, other: &Line) -> (Arc<str>, (u32, u32)) {
        let (first, second) = if one.sentence <= other.sentence { (one, other) } else { (other, one) };
        let key = (first.sentence, second.sentence);
        if one.sentence == other.sentence {
            return (self.known.entry(key).or_insert_with(|| (*one.text).into()).clone(), (0, 0));
        }
        let between =
            if document.number(second.sentence) == document.number(first.sentence) + 1 { " " } else { " … " };
        let moved = (first.text.len() + between.len()) as u32;
        let whole = || [&first.text, between, &second.text].concat().into();
        let text = self.known.entry(key).or_insert_with(whole).clone();
        (text, if one.sentence < other.sentence { (0, moved) } else { (moved, 0) })
    }
}
