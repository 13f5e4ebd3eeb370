//! From what was counted to the graph: nodes, edges, and the weights of every edge.

use std::sync::Arc;

use foldhash::HashMap;
use rayon::prelude::*;

use super::significance::{self, Power};
use super::weights::{self, Kept, WEIGHTS, Weight};
use super::{Builder, Edge, EntityGraph, Evidence, Node};
use crate::model::CorpusFigures;
use crate::relate::{self, Pair, Ties};

impl EntityGraph {
    /// The graph of what was counted, with every weight; the one in use is `n`. Entities that act in no sentence
    /// (only in datelines, bylines, attribution or roles) are no nodes.
    pub fn from_ties(ties: Ties) -> EntityGraph {
        let rows: Vec<&'static Weight> = WEIGHTS.iter().collect();
        with_weights(ties, &rows)
    }

    /// The same graph with `weight` in use, and without the tests against chance where it is none of them: they cost more than
    /// all the rest.
    pub fn from_ties_by(ties: Ties, weight: &'static Weight) -> EntityGraph {
        with_weights(ties, &[weight]).weighted_by(weight)
    }

    /// What the corpus can tell about the pairs of these nodes. Cost: O(n log n).
    pub fn power(&self) -> Power {
        let counts: Vec<u64> = self.nodes().map(|(_, node)| node.n).collect();
        power(&counts, &self.corpus)
    }
}

fn with_weights(ties: Ties, rows: &[&'static Weight]) -> EntityGraph {
    let Ties { figures, documents, actors, mut pairs, ambiguous } = ties;
    let counts: Vec<u64> = actors.iter().map(|actor| actor.n).collect();
    let (nodes, place) = nodes(actors);
    let shared: Vec<Arc<str>> = documents.iter().map(|document| (*document.id).into()).collect();
    let mut graph = Builder::new(nodes, weights::default_weight());
    let ends = |pair: &Pair| (place[pair.entities.0 as usize], place[pair.entities.1 as usize]);
    let row = |pair: &Pair| (ends(pair).0, ends(pair).1, pair.n as f64);
    let order = graph.order(pairs.iter().map(row));
    let wants_tests = !figures.partial && rows.iter().any(|row| row.test);
    let tests = if wants_tests { Tests::new(&pairs, &counts, &figures) } else { Tests::default() };
    // Each pair becomes an edge where it belongs and is gone: there is never room for all of both. The first stands last, so that
    // the room behind them can be given back.
    put_in_order(&mut pairs, order.iter().rev().copied().collect());
    for at in order {
        let Some(pair) = pairs.pop() else { break };
        if pairs.len().is_multiple_of(GIVEN_BACK) {
            pairs.shrink_to_fit();
        }
        let (p, q) = tests.at(at);
        let kept = Kept { fractional: pair.fractional(), decay: pair.decay(), p, q };
        let (a, b) = ends(&pair);
        graph.add(a, b, edge(pair, &shared), kept);
    }
    EntityGraph { ambiguous, ..graph.finish(figures, documents) }
}

/// The room of so many pairs is given back at a time.
const GIVEN_BACK: usize = 1 << 18;

/// The actors that are nodes, and for each actor where among them it stands.
fn nodes(actors: Vec<relate::Actor>) -> (Vec<Node>, Vec<usize>) {
    let ids: Vec<Arc<str>> = actors.iter().map(|actor| actor.id.clone()).collect();
    let mut place = vec![usize::MAX; ids.len()];
    let mut nodes = Vec::new();
    for (number, actor) in actors.into_iter().enumerate().filter(|(_, actor)| actor.n > 0) {
        place[number] = nodes.len();
        nodes.push(node(actor, &ids));
    }
    (nodes, place)
}

/// Puts at each place the row that stands at the one named there, without room for the rows twice. Cost: O(n).
fn put_in_order<T>(rows: &mut [T], mut order: Vec<u32>) {
    for start in 0..rows.len() {
        let mut at = start;
        // Along the places that change round, each of which is then named itself.
        loop {
            let from = std::mem::replace(&mut order[at], at as u32) as usize;
            if from == start {
                break;
            }
            rows.swap(at, from);
            at = from;
        }
    }
}

fn node(actor: relate::Actor, ids: &[Arc<str>]) -> Node {
    Node {
        id: actor.id.to_string(),
        name: actor.name.to_string(),
        entity_type: actor.entity_type,
        mentions: actor.mentions,
        sentences: actor.sentences,
        n: actor.n,
        documents: actor.documents,
        aliases: actor.aliases,
        affiliations: actor
            .affiliations
            .into_iter()
            .map(|(number, count)| (ids[number as usize].to_string(), count))
            .collect(),
        first: actor.first,
        last: actor.last,
        days: actor.days,
    }
}

fn edge(pair: Pair, documents: &[Arc<str>]) -> Edge {
    let id = |document: u32| documents[document as usize].clone();
    let evidence = pair.evidence.into_iter().map(|evidence| Evidence {
        document: id(evidence.document),
        sentence: evidence.sentence,
        last_sentence: evidence.last_sentence,
        text: evidence.text,
        source: evidence.source,
        target: evidence.target,
        copies: evidence.copies.into_iter().map(|(document, sentence)| (id(document), sentence)).collect(),
    });
    Edge {
        sentences: pair.sentences,
        n: pair.n,
        documents: pair.documents,
        sources: pair.sources,
        contexts: pair.contexts,
        first: pair.first,
        last: pair.last,
        days: pair.days,
        weight: pair.n as f64,
        evidence: evidence.collect(),
    }
}

/// What the corpus can tell of actors with so many units. Windows of K sentences overlap, so that one meeting is in up to K of them: all
/// tests run on a K-th of the counts, rounded to the cautious side.
fn power(counts: &[u64], figures: &CorpusFigures) -> Power {
    let overlap = figures.unit.overlap();
    let apart: Vec<u64> = counts.iter().map(|n| n.div_ceil(overlap)).collect();
    Power::of(&apart, figures.units / overlap)
}

/// The tests against chance of all pairs. Those with the same counts have the same p and q: of 91,000 pairs of news 77,000 have met
/// once, and 19,000 differ.
#[derive(Default)]
struct Tests {
    /// For each pair which of the tests is its.
    of: Vec<u32>,
    p: Vec<f64>,
    q: Vec<f64>,
}

impl Tests {
    /// p and q of every pair, which need all sentences of the corpus to be counted. Pairs that could not have been found out have q = 1.
    fn new(pairs: &[Pair], counts: &[u64], figures: &CorpusFigures) -> Tests {
        let (units, overlap) = (figures.units / figures.unit.overlap(), figures.unit.overlap());
        let mut numbers: HashMap<(u64, u64, u64), u32> = HashMap::default();
        let (mut tested, mut times, mut of) = (Vec::new(), Vec::new(), Vec::with_capacity(pairs.len()));
        for pair in pairs {
            let apart = |entity: u32| counts[entity as usize].div_ceil(overlap);
            let (a, b) = (apart(pair.entities.0), apart(pair.entities.1));
            let key = (pair.n / overlap, a.min(b), a.max(b));
            let number = *numbers.entry(key).or_insert(tested.len() as u32);
            if number as usize == tested.len() {
                tested.push(key);
                times.push(0);
            }
            times[number as usize] += 1;
            of.push(number);
        }
        let test = |&(n, a, b): &(u64, u64, u64)| {
            (significance::upper_tail(n, (a, b), units), significance::is_testable((a, b), units))
        };
        let (p, testable): (Vec<f64>, Vec<bool>) = tested.par_iter().map(test).unzip();
        times.iter_mut().zip(testable).for_each(|(times, testable)| *times *= u64::from(testable));
        let q = significance::adjusted(&p, &times, power(counts, figures).testable);
        Tests { of, p, q }
    }

    /// p and q of a pair; none where no test was made.
    fn at(&self, pair: u32) -> (f64, f64) {
        self.of.get(pair as usize).map_or((f64::NAN, f64::NAN), |&test| (self.p[test as usize], self.q[test as usize]))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::put_in_order;

    proptest! {
        #[test]
        fn rows_come_where_they_are_named(order in Just((0..60u32).collect::<Vec<u32>>()).prop_shuffle()) {
            let rows: Vec<String> = (0..60).map(|row| row.to_string()).collect();
            let expected: Vec<String> = order.iter().map(|from| rows[*from as usize].clone()).collect();
            let mut found = rows;
            put_in_order(&mut found, order);
            prop_assert_eq!(found, expected);
        }
    }
}
