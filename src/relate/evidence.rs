//! The sentences that are kept to show a tie.

use std::sync::Arc;

use foldhash::HashMap;

use super::Evidence;
use super::meetings::Seen;
use super::scenes::Scene;
use crate::log::{Line, LogDocument};
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

/// The units [chosen](in_turns) of those where a pair meets, each with at most `limit` of its copies.
pub(super) fn chosen(scenes: &[Scene], folded: &[Vec<Seen>], limit: usize, texts: &mut Texts) -> Vec<Evidence> {
    // Overlapping windows hold the same two sentences.
    let mut places: Vec<&Vec<Seen>> = folded.iter().collect();
    places.dedup_by_key(|copies| (copies[0].document, copies[0].mentions));
    let documents: Vec<u32> = places.iter().map(|copies| copies[0].document).collect();
    in_turns(&documents, limit).into_iter().map(|at| evidence(scenes, places[at], limit, texts)).collect()
}

fn evidence(scenes: &[Scene], copies: &[Seen], limit: usize, texts: &mut Texts) -> Evidence {
    let seen = copies[0];
    let document = scenes[seen.document as usize].log;
    let side = |mention: u32| {
        let mention = &document.mentions[mention as usize];
        let spot = Spot { span: mention.span, rule: mention.rule, context: mention.context };
        (&document.lines[mention.line as usize], spot)
    };
    let (source, target) = (side(seen.mentions.0), side(seen.mentions.1));
    let (text, shifts) = texts.joined(seen.document, document, source.0, target.0);
    let shifted = |(_, spot): (_, Spot), by: u32| Spot {
        span: Span { start: spot.span.start + by, end: spot.span.end + by },
        ..spot
    };
    Evidence {
        document: seen.document,
        sentence: document.number(source.0.sentence.min(target.0.sentence)),
        last_sentence: document.number(source.0.sentence.max(target.0.sentence)),
        text,
        source: shifted(source, shifts.0),
        target: shifted(target, shifts.1),
        copies: copies[1..].iter().take(limit).map(|copy| place(scenes, *copy)).collect(),
    }
}

/// The document and the first sentence of a unit.
fn place(scenes: &[Scene], seen: Seen) -> (u32, u32) {
    let document = scenes[seen.document as usize].log;
    let sentence = |mention: u32| document.lines[document.mentions[mention as usize].line as usize].sentence;
    (seen.document, document.number(sentence(seen.mentions.0).min(sentence(seen.mentions.1))))
}

/// The texts of evidence, each once by document and sentences: in news one sentence ties four pairs.
#[derive(Default)]
pub(super) struct Texts {
    known: HashMap<(u32, u32, u32), Arc<str>>,
}

impl Texts {
    /// The texts of two sentences in order, with how far each has moved.
    fn joined(&mut self, number: u32, document: &LogDocument, one: &Line, other: &Line) -> (Arc<str>, (u32, u32)) {
        let (first, second) = if one.sentence <= other.sentence { (one, other) } else { (other, one) };
        let key = (number, first.sentence, second.sentence);
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
