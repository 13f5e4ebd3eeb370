//! Closeness and harmonic centrality.

use crate::graph::EntityGraph;
use crate::graph::paths::{self, Lengths};

/// How near a node is to all others: the number of nodes it can reach over the sum of its distances to them, times the share of
/// the other nodes that this number is, so that nearness within a small group does not count as much (Wasserman & Faust). 0 for
/// a node that reaches none. A tie is 1/weight long.
///
/// As NetworkX's `closeness_centrality` with `wf_improved`. Freeman, "Centrality in social networks", Social Networks 1 (1978).
pub fn closeness(graph: &EntityGraph) -> Vec<f64> {
    over_distances(graph, |n, distances| {
        let sum: f64 = distances.iter().sum();
        let reached = distances.len() as f64;
        if sum > 0.0 { reached / sum * (reached / (n as f64 - 1.0)) } else { 0.0 }
    })
}

/// The sum of 1/distance to all other nodes; one that cannot be reached adds 0. A tie is 1/weight long.
///
/// As NetworkX's `harmonic_centrality`. Marchiori & Latora, Physica A 285 (2000); Boldi & Vigna, Internet Mathematics 10 (2014).
pub fn harmonic(graph: &EntityGraph) -> Vec<f64> {
    // An empty sum would be -0.
    over_distances(graph, |_, distances| distances.iter().fold(0.0, |sum, distance| sum + 1.0 / distance))
}

/// For each node, `score` of the number of nodes and the distances to those it reaches, in order of nodes.
fn over_distances(graph: &EntityGraph, score: impl Fn(usize, &[f64]) -> f64) -> Vec<f64> {
    let lengths: Lengths = graph.lengths();
    let n = lengths.len();
    let one = |source: usize| {
        let all = paths::distances(&lengths, source as u32);
        let reached = all.into_iter().enumerate().filter(|(node, distance)| *node != source && distance.is_finite());
        let reached: Vec<f64> = reached.map(|(_, distance)| distance).collect();
        score(n, &reached)
    };
    (0..n).map(one).collect()
}
