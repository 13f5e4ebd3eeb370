//! Sums over sentences, held against NetworkX and against slow versions of their formulas.

use serde::Deserialize;

use super::*;
use crate::log::{Line, Log, LogDocument, LogMention};
use crate::model::{EntityKey, Kind};

#[derive(Deserialize)]
struct Data {
    newman: Vec<Newman>,
}

#[derive(Deserialize)]
struct Newman {
    sentences: Vec<Vec<u32>>,
    fractional: Vec<(u32, u32, f64)>,
}

/// A log of two documents: one with every sentence, and a second with the first three again.
fn log(sentences: &[Vec<u32>]) -> Log {
    let mut log = Log::default();
    log.append("one".into(), document(sentences, 1));
    log.append("two".into(), document(&sentences[..3], 2));
    log
}

fn document(sentences: &[Vec<u32>], hash: u64) -> LogDocument {
    let (mut lines, mut mentions) = (Vec::new(), Vec::new());
    for (number, scene) in sentences.iter().enumerate().filter(|(_, scene)| !scene.is_empty()) {
        lines.push(Line { sentence: number as u32, text: "x".into() });
        // Everybody is named twice, and counts once.
        for entity in scene.iter().chain(scene) {
            let name: Arc<str> = format!("e{entity:02}").into();
            mentions.push(LogMention {
                line: lines.len() as u32 - 1,
                span: Span::new(0, 1),
                entity: Some(EntityKey { id: name.clone(), name }),
                entity_type: EntityType::Person,
                kind: Kind::Name,
                context: Context::Plain,
                rule: Rule::named("gazetteer"),
                holder: None,
                candidates: Vec::new(),
            });
        }
    }
    let sentences = sentences.len() as u32;
    LogDocument {
        title: None,
        date: None,
        source: None,
        hash,
        sentences,
        prints: Vec::new(),
        paragraphs: Vec::new(),
        given: false,
        numbers: Vec::new(),
        words: 0,
        lines,
        mentions,
    }
}

/// The number in the id of the entity, which need not be its place in the corpus.
fn entity(ties: &Ties, number: u32) -> u32 {
    ties.actors[number as usize].id[1..].parse().expect("a number")
}

#[test]
fn fractional_counts_are_those_of_networkx() {
    let data: Data = serde_json::from_str(include_str!("../../tests/data/weights.json")).expect("JSON");
    for newman in data.newman {
        let mut log = Log::default();
        log.append("one".into(), document(&newman.sentences, 1));
        let ties = relate(&Corpus::unify(&log), &Options::default());
        assert_eq!(ties.pairs.len(), newman.fractional.len());
        for pair in &ties.pairs {
            let ends = (entity(&ties, pair.entities.0), entity(&ties, pair.entities.1));
            let expected = newman.fractional.iter().find(|(a, b, _)| ends == (*a, *b) || ends == (*b, *a));
            let expected = expected.expect("a pair that NetworkX has").2;
            assert!((pair.fractional - expected).abs() < 1e-9, "{ends:?}: {}, expected {expected}", pair.fractional);
        }
    }
}

#[test]
fn decay_is_the_sum_over_all_sentences_near_each_other() {
    let data: Data = serde_json::from_str(include_str!("../../tests/data/weights.json")).expect("JSON");
    for newman in data.newman {
        let ties = relate(&Corpus::unify(&log(&newman.sentences)), &Options::default());
        assert_eq!(ties.figures.units, newman.sentences.len() as u64 + 3);
        for pair in &ties.pairs {
            let (a, b) = (entity(&ties, pair.entities.0), entity(&ties, pair.entities.1));
            let mut expected = 0.0;
            for document in [&newman.sentences[..], &newman.sentences[..3]] {
                for (at, first) in document.iter().enumerate().filter(|(_, scene)| scene.contains(&a)) {
                    for (other, _) in document.iter().enumerate().filter(|(_, scene)| scene.contains(&b)) {
                        let distance = at.abs_diff(other);
                        expected += if distance <= WINDOW { (-(distance as f64)).exp() } else { 0.0 };
                    }
                    assert!(!first.is_empty());
                }
            }
            assert!((pair.decay - expected).abs() < 1e-9, "{a} {b}: {}, expected {expected}", pair.decay);
            assert!(pair.n == pair.sentences && pair.decay >= pair.n as f64);
        }
    }
}
