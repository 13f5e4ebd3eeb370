//! From what was counted to the graph: nodes, edges, and the weights of every edge.

use std::sync::Arc;

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
    let ids: Vec<String> = actors.iter().map(|actor| actor.id.to_string()).collect();
    let counts: Vec<u64> = actors.iter().map(|actor| actor.n).collect();
    let mut place = vec![usize::MAX; ids.len()];
    let mut nodes = Vec::new();
    for (number, actor) in actors.into_iter().enumerate().filter(|(_, actor)| actor.n > 0) {
        place[number] = nodes.len();
        nodes.push(node(actor, &ids));
    }
    let shared: Vec<Arc<str>> = documents.iter().map(|document| (*document.id).into()).collect();
    let wants_tests = !figures.partial && rows.iter().any(|row| row.test);
    let tests = if wants_tests { tests(&pairs, &counts, &figures) } else { Vec::new() };
    let mut graph = Builder::new(nodes, weights::default_weight());
    let ends = |pair: &Pair| (place[pair.entities.0 as usize], place[pair.entities.1 as usize]);
    let row = |pair: &Pair| (ends(pair).0, ends(pair).1, pair.n as f64);
    // Each pair becomes an edge where it belongs and is gone: there is never room for all edges twice.
    for at in graph.order(pairs.iter().map(row)) {
        let pair = std::mem::take(&mut pairs[at as usize]);
        let (p, q) = tests.get(at as usize).copied().unwrap_or((f64::NAN, f64::NAN));
        let kept = Kept { fractional: pair.fractional(), decay: pair.decay(), p, q };
        let (a, b) = ends(&pair);
        graph.add(a, b, edge(pair, kept, &shared));
    }
    EntityGraph { ambiguous, ..graph.finish(figures, documents) }
}

fn node(actor: relate::Actor, ids: &[String]) -> Node {
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
            .map(|(number, count)| (ids[number as usize].clone(), count))
            .collect(),
        first: actor.first,
        last: actor.last,
        days: actor.days,
    }
}

fn edge(pair: Pair, kept: Kept, documents: &[Arc<str>]) -> Edge {
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
        contexts: pair.contexts.into(),
        first: pair.first,
        last: pair.last,
        days: pair.days.into(),
        weight: pair.n as f64,
        kept,
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

/// The units of both ends of a pair.
fn ends(pair: &Pair, counts: &[u64]) -> (u64, u64) {
    (counts[pair.entities.0 as usize], counts[pair.entities.1 as usize])
}

/// p and q of every pair, which need all sentences of the corpus to be counted. Pairs that could not have been found out have q = 1.
fn tests(pairs: &[Pair], counts: &[u64], figures: &CorpusFigures) -> Vec<(f64, f64)> {
    let power = power(counts, figures);
    let (units, overlap) = (figures.units, figures.unit.overlap());
    let apart = |pair: &Pair| (ends(pair, counts).0.div_ceil(overlap), ends(pair, counts).1.div_ceil(overlap));
    let tail = |pair: &Pair| significance::upper_tail(pair.n / overlap, apart(pair), units / overlap);
    let mut tests: Vec<(f64, f64)> = pairs.par_iter().map(|pair| (tail(pair), 1.0)).collect();
    let is_testable = |pair: &Pair| significance::is_testable(apart(pair), units / overlap);
    let testable: Vec<usize> = (0..pairs.len()).into_par_iter().filter(|&at| is_testable(&pairs[at])).collect();
    let tested: Vec<f64> = testable.iter().map(|&at| tests[at].0).collect();
    for (&at, adjusted) in testable.iter().zip(significance::adjusted(&tested, power.testable)) {
        tests[at].1 = adjusted;
    }
    tests
}
