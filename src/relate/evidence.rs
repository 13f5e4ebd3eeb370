//! The sentences that are kept to show a tie.

use std::sync::Arc;

use foldhash::HashMap;
use rayon::prelude::*;
use smallvec::SmallVec;
use thin_vec::ThinVec;

use super::meeting::{Folded, Seen};
use super::places::Places;
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
    /// The place of the pair.
    pair: u32,
    document: u32,
    /// The nearest mentions of the two.
    mentions: (u32, u32),
    /// Document and sentence of its copies.
    copies: ThinVec<(u32, u32)>,
}

/// What is chosen for a pair: for most one.
pub(super) type Chosen = SmallVec<[Choice; 1]>;

/// The units [chosen](in_turns) of those where a pair meets, each with at most `limit` of its copies.
pub(super) fn chosen(scenes: &[Scene], folded: &Folded, limit: usize) -> Chosen {
    // Overlapping windows hold the same two sentences.
    let mut places: SmallVec<[&[Seen]; 4]> = folded.iter().collect();
    places.dedup_by_key(|copies| (copies[0].document, copies[0].mentions));
    let choice = |copies: &[Seen]| {
        let rest = &copies[1..copies.len().min(limit.saturating_add(1))];
        let mut copied = ThinVec::new();
        if !rest.is_empty() {
            copied.reserve_exact(rest.len());
            copied.extend(rest.iter().map(|copy| place(scenes, *copy)));
        }
        Choice { pair: 0, document: copies[0].document, mentions: copies[0].mentions, copies: copied }
    };
    if places.len() <= limit {
        return places.into_iter().map(choice).collect();
    }
    let documents: Vec<u32> = places.iter().map(|copies| copies[0].document).collect();
    in_turns(&documents, limit).into_iter().map(|at| choice(places[at])).collect()
}

/// The document and the first sentence of a unit.
fn place(scenes: &[Scene], seen: Seen) -> (u32, u32) {
    let document = scenes[seen.document as usize].document;
    let sentence = |mention: u32| document.mentions[mention as usize].sentence;
    (seen.document, document.number(sentence(seen.mentions.0).min(sentence(seen.mentions.1))))
}

/// Gives pairs the sentences that were chosen for each. Only the documents that hold one are unpacked, some at a time on all
/// threads.
pub(super) fn fetch(log: &Log, chosen: Vec<Chosen>, pairs: &mut [Pair]) {
    /// So much evidence is put together before it is handed out.
    const PART: usize = 4096;
    let packed = log.packed();
    let counts: Vec<u32> = chosen.iter().map(|chosen| chosen.len() as u32).collect();
    let mut choices = by_document(chosen);
    let mut rest = &mut choices[..];
    while !rest.is_empty() {
        let mut end = rest.len().min(PART);
        // A document is unpacked once.
        while end < rest.len() && rest[end].document == rest[end - 1].document {
            end += 1;
        }
        let (part, later) = rest.split_at_mut(end);
        let documents: Vec<&mut [Choice]> = part.chunk_by_mut(|a, b| a.document == b.document).collect();
        let of_document = |choices: &mut [Choice]| -> Vec<(u32, Evidence)> {
            let record = packed[choices[0].document as usize].record();
            let mut texts = Texts::default();
            let taken = choices.iter_mut().map(std::mem::take);
            taken.map(|choice| (choice.pair, evidence(&record, choice, &mut texts))).collect()
        };
        let made: Vec<Vec<(u32, Evidence)>> = documents.into_par_iter().map(of_document).collect();
        for (pair, evidence) in made.into_iter().flatten() {
            let list = &mut pairs[pair as usize].evidence;
            // No room for more than one where there is one, as of most pairs.
            if list.is_empty() {
                list.reserve_exact(counts[pair as usize] as usize);
            }
            list.push(evidence);
        }
        rest = later;
    }
}

/// The choices of all pairs in order of their documents, those of each in order of pairs. Cost: linear.
fn by_document(chosen: Vec<Chosen>) -> Vec<Choice> {
    let mut places = Places::default();
    chosen.iter().flatten().for_each(|choice| places.count(choice.document, 1));
    let mut choices: Vec<Choice> = Vec::new();
    choices.resize_with(places.counted(), Choice::default);
    for (chosen, pair) in chosen.into_iter().zip(0..) {
        for choice in chosen {
            choices[places.next(choice.document)] = Choice { pair, ..choice };
        }
    }
    choices
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
        copies: choice.copies,
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
