//! Sums over sentences, held against NetworkX and against slow versions of their formulas.

use proptest::prelude::*;
use serde::Deserialize;

use super::*;
use crate::log::{Line, Log, LogDocument, LogMention};
use crate::model::{Candidates, EntityKey, Kind, Rule, Span};
use crate::text::print::Print;

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
                rule: const { Rule::named("gazetteer") },
                holder: None,
                candidates: Candidates::default(),
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
            assert!(
                (pair.fractional() - expected).abs() < 1e-9,
                "{ends:?}: {}, expected {expected}",
                pair.fractional()
            );
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
            assert!((pair.decay() - expected).abs() < 1e-9, "{a} {b}: {}, expected {expected}", pair.decay());
            assert!(pair.n == pair.sentences && pair.decay() >= pair.n as f64);
        }
    }
}

/// A sentence: its words (equal numbers are equal words) and who acts in it.
type Scene = (u64, Vec<u32>);

/// A log of these documents; `days` are of May 2025, 0 for none.
fn scenes_log(documents: &[(u8, Vec<Scene>)]) -> Log {
    let mut log = Log::default();
    for (number, (day, scenes)) in documents.iter().enumerate() {
        let actors: Vec<Vec<u32>> = scenes.iter().map(|(_, actors)| actors.clone()).collect();
        let mut entry = document(&actors, number as u64);
        // Without a sketch: six words are compared as a whole.
        entry.prints = scenes.iter().map(|&(exact, _)| Print { exact, words: 6, ..Print::default() }).collect();
        entry.paragraphs = (1..scenes.len() as u32).filter(|at| at % 2 == 0).collect();
        entry.date = Date::new(2025, 5, *day);
        log.append(format!("d{number}"), entry);
    }
    log
}

proptest! {
    /// Everything that is folded, held against a slow count by the definitions.
    #[test]
    fn folded_counts_are_those_of_the_definitions(
        documents in prop::collection::vec((0u8..4, prop::collection::vec((0u64..5, prop::collection::vec(0u32..4, 0..4)), 0..5)), 1..5)
    ) {
        // The same words have the same actors.
        let mut documents = documents;
        for (_, actors) in documents.iter_mut().flat_map(|(_, scenes)| scenes) {
            actors.sort_unstable();
            actors.dedup();
        }
        let first: Vec<Scene> = documents.iter().flat_map(|(_, scenes)| scenes.clone()).collect();
        for (words, actors) in documents.iter_mut().flat_map(|(_, scenes)| scenes) {
            *actors = first.iter().find(|(other, _)| other == words).expect("itself").1.clone();
        }
        let log = scenes_log(&documents);
        let ties = relate(&Corpus::unify(&log), &Options::default());
        // A unit is the k-th sentence of these words in a document, wherever.
        let mut units: BTreeMap<(u64, usize), Vec<usize>> = BTreeMap::new();
        for (number, (_, scenes)) in documents.iter().enumerate() {
            for (at, (words, _)) in scenes.iter().enumerate() {
                let rank = scenes[..at].iter().filter(|(other, _)| other == words).count();
                units.entry((*words, rank)).or_default().push(number);
            }
        }
        prop_assert_eq!(ties.figures.units, units.len() as u64);
        let of = |words: u64| &first.iter().find(|(other, _)| *other == words).expect("known").1;
        for pair in &ties.pairs {
            let (a, b) = (entity(&ties, pair.entities.0), entity(&ties, pair.entities.1));
            let shared: Vec<(&(u64, usize), &Vec<usize>)> =
                units.iter().filter(|((words, _), _)| of(*words).contains(&a) && of(*words).contains(&b)).collect();
            prop_assert_eq!(pair.n, shared.len() as u64);
            prop_assert_eq!(pair.sentences, shared.iter().map(|(_, documents)| documents.len() as u64).sum::<u64>());
            let fractional: f64 = shared.iter().map(|((words, _), _)| 1.0 / (of(*words).len() as f64 - 1.0)).sum();
            prop_assert!((pair.fractional() - fractional).abs() < 1e-9);
            let mut holders: Vec<usize> = shared.iter().flat_map(|(_, documents)| (*documents).clone()).collect();
            holders.sort_unstable();
            holders.dedup();
            prop_assert_eq!(pair.documents, holders.len() as u64);
            // Sources: join documents that share a unit until nothing changes.
            let mut source: Vec<usize> = (0..documents.len()).collect();
            for _ in 0..documents.len() {
                for (_, holders) in &shared {
                    let least = holders.iter().map(|&at| source[at]).min().expect("a holder");
                    holders.iter().for_each(|&at| source[at] = least);
                }
            }
            let mut sources: Vec<usize> = holders.iter().map(|&at| source[at]).collect();
            sources.sort_unstable();
            sources.dedup();
            prop_assert_eq!(pair.sources, sources.len() as u64);
            let day = |holders: &[usize]| holders.iter().filter_map(|&at| Date::new(2025, 5, documents[at].0)).min();
            let mut days: BTreeMap<Date, u64> = BTreeMap::new();
            shared.iter().filter_map(|(_, holders)| day(holders)).for_each(|day| *days.entry(day).or_default() += 1);
            prop_assert_eq!(&pair.days, &days.into_iter().collect::<Vec<_>>());
            prop_assert_eq!(pair.evidence.len() as u64, pair.n.min(EVIDENCE as u64));
        }
        for (unit, together) in [(Unit::Sentence, 1), (Unit::Sentence, 5), (Unit::Window(2), 3)] {
            let options = Options { unit, ..Options::default() };
            let corpus = Corpus::unify(&log);
            prop_assert_eq!(in_parts(&corpus, &options, together), relate(&corpus, &options));
        }
    }

    /// Units wider than a sentence, without copies, counted by looking at each.
    #[test]
    fn wider_units_are_counted_as_if_each_were_looked_at(
        scenes in prop::collection::vec(prop::collection::vec(0u32..4, 0..3), 1..8), size in 2u32..5
    ) {
        let numbered: Vec<Scene> = scenes.iter().cloned().zip(100..).map(|(actors, words)| (words, actors)).collect();
        let log = scenes_log(&[(1, numbered)]);
        let n = scenes.len();
        let windows = |size: usize| -> Vec<&[Vec<u32>]> {
            if n < size { vec![&scenes[..]] } else { scenes.windows(size).collect() }
        };
        let kinds: [(Unit, Vec<&[Vec<u32>]>); 3] = [
            (Unit::Window(size), windows(size as usize)),
            (Unit::Paragraph, scenes.chunks(2).collect()),
            (Unit::Document, vec![&scenes[..]]),
        ];
        for (unit, expected) in kinds {
            let ties = relate(&Corpus::unify(&log), &Options { unit, ..Options::default() });
            prop_assert_eq!(ties.figures.units, expected.len() as u64);
            let holds = |scenes: &[Vec<u32>], entity: u32| scenes.iter().any(|scene| scene.contains(&entity));
            for (number, actor) in ties.actors.iter().enumerate() {
                let a = entity(&ties, number as u32);
                prop_assert_eq!(actor.n, expected.iter().filter(|scenes| holds(scenes, a)).count() as u64);
            }
            let mut pairs = 0;
            for a in 0..4 {
                for b in a + 1..4 {
                    let n = expected.iter().filter(|scenes| holds(scenes, a) && holds(scenes, b)).count() as u64;
                    let found = ties.pairs.iter().find(|pair| {
                        (entity(&ties, pair.entities.0), entity(&ties, pair.entities.1)) == (a, b)
                    });
                    prop_assert_eq!(found.map_or(0, |pair| pair.n), n);
                    pairs += usize::from(n > 0);
                    if let Some(pair) = found {
                        let within = |evidence: &Evidence| evidence.last_sentence - evidence.sentence < match unit {
                            Unit::Window(size) => size,
                            _ => 8,
                        };
                        prop_assert!(!pair.evidence.is_empty() && pair.evidence.iter().all(within));
                    }
                }
            }
            prop_assert_eq!(ties.pairs.len(), pairs);
        }
    }
}

/// Documents with one number are one cluster.
fn slow_clusters(documents: &[(u8, Vec<Scene>)]) -> Vec<u32> {
    let words = |at: usize| documents[at].1.iter().filter(|(_, actors)| !actors.is_empty()).map(|(words, _)| *words);
    let mut of: Vec<u32> = (0..documents.len() as u32).collect();
    for _ in 0..documents.len() {
        for (one, other) in (0..documents.len()).flat_map(|one| (0..one).map(move |other| (one, other))) {
            if words(one).any(|word| words(other).any(|known| known == word)) {
                let least = of[one].min(of[other]);
                (of[one], of[other]) = (least, least);
            }
        }
    }
    let mut firsts: Vec<u32> = of.clone();
    firsts.sort_unstable();
    firsts.dedup();
    of.iter().map(|first| firsts.iter().position(|known| known == first).expect("known") as u32).collect()
}

/// Sentences, units, documents and sources; and the two lists of counts.
type Counts = ([u64; 4], Vec<(u32, u64)>, [u64; WINDOW + 1]);

/// What a draw must get right, by ids.
#[derive(Debug, PartialEq)]
struct Drawn {
    figures: [u64; 3],
    actors: Vec<(Arc<str>, [u64; 4])>,
    pairs: Vec<(Arc<str>, Arc<str>, Counts)>,
}

fn drawn(ties: &Ties) -> Drawn {
    let id = |number: u32| ties.actors[number as usize].id.clone();
    let actors = ties.actors.iter().filter(|actor| actor.mentions > 0);
    let pair = |pair: &Pair| {
        let counts = [pair.sentences, pair.n, pair.documents, pair.sources];
        (id(pair.entities.0), id(pair.entities.1), (counts, pair.shared.to_vec(), pair.near))
    };
    Drawn {
        figures: [ties.figures.documents, ties.figures.sentences, ties.figures.units],
        actors: actors
            .map(|actor| (actor.id.clone(), [actor.mentions, actor.sentences, actor.n, actor.documents]))
            .collect(),
        pairs: ties.pairs.iter().map(pair).collect(),
    }
}

proptest! {
    /// A draw of clusters, held against a corpus in which each of its documents stands so often, under other ids and with
    /// other words, so that only documents of one drawn cluster are copies.
    #[test]
    fn a_draw_counts_what_a_corpus_of_the_drawn_documents_does(
        documents in prop::collection::vec((0u8..4, prop::collection::vec((0u64..9, prop::collection::vec(0u32..4, 0..4)), 0..5)), 1..6),
        times in prop::collection::vec(0u32..3, 6),
        unit in prop::sample::select(vec![Unit::Sentence, Unit::Window(2), Unit::Paragraph, Unit::Document]),
        count_copies in any::<bool>(),
    ) {
        let mut documents = documents;
        let first: Vec<Scene> = documents.iter().flat_map(|(_, scenes)| scenes.clone()).collect();
        for (number, (words, actors)) in documents.iter_mut().flat_map(|(_, scenes)| scenes).enumerate() {
            *actors = first.iter().find(|(other, _)| other == words).expect("itself").1.clone();
            actors.sort_unstable();
            actors.dedup();
            // No two sentences without an actor are copies.
            *words = if actors.is_empty() { 100 + number as u64 } else { *words };
        }
        let options = Options { unit, count_copies, ..Options::default() };
        let log = scenes_log(&documents);
        let corpus = Corpus::unify(&log);
        let clusters = Clusters::new(&corpus, &options);
        prop_assert_eq!(&clusters.of, &slow_clusters(&documents));
        prop_assert_eq!(drawn(&clusters.drawn(&vec![1; clusters.len()])), drawn(&relate(&corpus, &options)));
        let mut repeated = Log::default();
        for (number, (day, scenes)) in documents.iter().enumerate() {
            for time in 0..times[clusters.of[number] as usize] {
                let salted = scenes.iter().map(|(words, actors)| {
                    (words + 1000 * u64::from(time + 3 * clusters.of[number]), actors.clone())
                });
                let one = scenes_log(&[(*day, salted.collect())]);
                let (_, entry) = one.documents().next().expect("a document");
                let hash = (number as u64) << 8 | u64::from(time);
                repeated.append(format!("d{number}-{time}"), LogDocument { hash, ..entry.clone() });
            }
        }
        let expected = relate(&Corpus::unify(&repeated), &options);
        prop_assert_eq!(drawn(&clusters.drawn(&times)), drawn(&expected));
    }
}

#[test]
fn sentences_without_an_actor_join_no_documents() {
    let log = scenes_log(&[
        (1, vec![(1, vec![0, 1]), (9, vec![])]),
        (1, vec![(2, vec![0, 1]), (9, vec![])]),
        (1, vec![(2, vec![0, 1])]),
    ]);
    let corpus = Corpus::unify(&log);
    let clusters = Clusters::new(&corpus, &Options::default());
    assert_eq!((&clusters.of[..], clusters.len()), (&[0, 1, 1][..], 2));
    // Three units in all: the shared sentence without an actor is one of the first document's.
    let units = |times: [u32; 2]| clusters.drawn(&times).figures.units;
    assert_eq!((units([1, 1]), units([2, 0]), units([0, 2])), (3, 4, 2));
}

proptest! {
    /// Contexts on which ties rest, by looking at every sentence. Everybody is named twice in a sentence.
    #[test]
    fn contexts_are_counted_where_somebody_does_not_act(
        scenes in prop::collection::vec(prop::collection::vec(0u32..4, 0..4), 1..6),
        contexts in prop::collection::vec(prop::sample::select(Context::NAMES.to_vec()), 48),
    ) {
        let scenes: Vec<Vec<u32>> = scenes.into_iter().map(|mut scene| { scene.sort_unstable(); scene.dedup(); scene }).collect();
        let mut entry = document(&scenes, 1);
        entry.mentions.iter_mut().zip(&contexts).for_each(|(mention, (context, _))| mention.context = *context);
        let mut log = Log::default();
        log.append("one".into(), entry.clone());
        let all = Context::NAMES.iter().map(|(context, _)| *context).filter(|context| !context.acts()).collect();
        let ties = relate(&Corpus::unify(&log), &Options { contexts: all, ..Options::default() });
        let mut slow: BTreeMap<(u32, u32), BTreeMap<Context, u64>> = BTreeMap::new();
        // Where an entity stands in a sentence: the mention nearest to acting.
        let of = |line: u32, entity: u32| -> Context {
            let named = |mention: &&LogMention| {
                mention.line == line && mention.entity.as_ref().is_some_and(|key| key.id[1..] == format!("{entity:02}"))
            };
            let contexts = entry.mentions.iter().filter(named).map(|mention| mention.context);
            contexts.map(|context| if context.acts() { Context::Plain } else { context }).min().expect("a mention")
        };
        for (line, scene) in scenes.iter().filter(|scene| !scene.is_empty()).enumerate() {
            for (at, &a) in scene.iter().enumerate() {
                for &b in &scene[at + 1..] {
                    let counts = slow.entry((a, b)).or_default();
                    let context = of(line as u32, a).max(of(line as u32, b));
                    *counts.entry(context).or_default() += u64::from(!context.acts());
                }
            }
        }
        prop_assert_eq!(ties.pairs.len(), slow.len());
        for pair in &ties.pairs {
            let known = &slow[&(entity(&ties, pair.entities.0), entity(&ties, pair.entities.1))];
            let expected: Vec<(Context, u64)> = known.iter().map(|(context, n)| (*context, *n)).filter(|(_, n)| *n > 0).collect();
            prop_assert_eq!(&pair.contexts, &expected);
            let shown = pair.evidence.iter().filter(|shown| !shown.source.context.acts() || !shown.target.context.acts());
            prop_assert_eq!(shown.count() as u64, expected.iter().map(|(_, n)| n).sum::<u64>());
        }
    }
}
