//! Degree and strength: how many ties, and how much weight on them.

use crate::graph::EntityGraph;

/// The number of neighbours of each node.
pub fn degree(graph: &EntityGraph) -> Vec<f64> {
    over_ties(graph, |_| 1.0)
}

/// The sum of the weights of each node's edges.
pub fn strength(graph: &EntityGraph) -> Vec<f64> {
    over_ties(graph, |pull| pull)
}

fn over_ties(graph: &EntityGraph, value: impl Fn(f64) -> f64) -> Vec<f64> {
    let mut scores = vec![0.0; graph.n_nodes()];
    for (_, a, b, edge) in graph.edges() {
        let value = value(graph.pull(edge));
        scores[a.0 as usize] += value;
        scores[b.0 as usize] += value;
    }
    scores
}
