//! The sentences that are kept to show a tie.

use super::Evidence;
use super::meetings::Seen;
use super::scenes::Scene;
use crate::log::{Line, LogDocument};
use crate::model::{Span, Spot};

/// At most `limit` of the units where a pair meets, each with at most as many of its copies: the first of every document,
/// then the second of every one, and so on, so that no document crowds out the others. In order of document and place.
pub fn chosen(scenes: &[Scene], folded: &[Vec<Seen>], limit: usize) -> Vec<Evidence> {
    // Overlapping windows hold the same two sentences.
    let mut places: Vec<&Vec<Seen>> = folded.iter().collect();
    places.dedup_by_key(|copies| (copies[0].document, copies[0].mentions));
    let mut ranked: Vec<(usize, usize)> = Vec::with_capacity(places.len());
    for document in places.chunk_by(|a, b| a[0].document == b[0].document) {
        let from = ranked.len();
        ranked.extend((0..document.len()).map(|rank| (rank, from + rank)));
    }
    ranked.sort_unstable();
    ranked.truncate(limit);
    let mut chosen: Vec<usize> = ranked.into_iter().map(|(_, at)| at).collect();
    chosen.sort_unstable();
    chosen.into_iter().map(|at| evidence(scenes, places[at], limit)).collect()
}

fn evidence(scenes: &[Scene], copies: &[Seen], limit: usize) -> Evidence {
    let seen = copies[0];
    let document = scenes[seen.document as usize].log;
    let side = |mention: u32| {
        let mention = &document.mentions[mention as usize];
        let spot = Spot { span: mention.span, rule: mention.rule, context: mention.context };
        (&document.lines[mention.line as usize], spot)
    };
    let (source, target) = (side(seen.mentions.0), side(seen.mentions.1));
    let (text, shifts) = joined(document, source.0, target.0);
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

/// The texts of two sentences in order, with how far each has moved.
fn joined(document: &LogDocument, one: &Line, other: &Line) -> (Box<str>, (u32, u32)) {
    if one.sentence == other.sentence {
        return (one.text.clone(), (0, 0));
    }
    let (first, second) = if one.sentence < other.sentence { (one, other) } else { (other, one) };
    let between = if document.number(second.sentence) == document.number(first.sentence) + 1 { " " } else { " … " };
    let moved = (first.text.len() + between.len()) as u32;
    let text = [&first.text, between, &second.text].concat().into();
    (text, if one.sentence < other.sentence { (0, moved) } else { (moved, 0) })
}
