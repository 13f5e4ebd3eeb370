//! Eigenvector centrality.

use crate::graph::{Adjacency, EntityGraph};

/// At most so many rounds.
const ROUNDS: usize = 20_000;

/// How well an actor is tied to well-tied actors: each node's score is in proportion to the weighted sum of its neighbours'.
///
/// Each connected part has a solution of its own, and in the one for the whole graph all parts but one are 0. So the parts are
/// solved alone, each scaled to a sum of squares of its share of the tied nodes: the squares of all sum to 1, and on average a node of
/// a small part counts as much as one of a large part. On a connected graph this is NetworkX's `eigenvector_centrality_numpy`. Nodes
/// without ties have 0.
///
/// Power iteration with a shift of half the eigenvalue, without which it would swing for ever on bipartite parts, until no
/// part of a unit vector moves by more than 1e-15 on average, at most 20,000 rounds. A part in which two groups have nearly the same
/// eigenvalue, on a weak bridge, may stop before. Bonacich, J. Math. Sociology 2, 113 (1972).
pub fn scores(graph: &EntityGraph) -> Vec<f64> {
    let lists = graph.adjacency();
    let mut scores = vec![0.0; lists.len()];
    let parts = parts(&lists);
    let tied: usize = parts.iter().map(Vec::len).sum();
    for part in parts {
        let scale = (part.len() as f64 / tied as f64).sqrt();
        let values = solve(&lists, &part);
        for (&node, value) in part.iter().zip(values) {
            scores[node as usize] = value * scale;
        }
    }
    scores
}

/// The connected parts of more than one node, each in order of nodes.
fn parts(lists: &Adjacency) -> Vec<Vec<u32>> {
    let mut seen = vec![false; lists.len()];
    let mut parts = Vec::new();
    for start in 0..lists.len() {
        if seen[start] {
            continue;
        }
        seen[start] = true;
        let mut part = vec![start as u32];
        let mut at = 0;
        while at < part.len() {
            for &(next, pull) in &lists[part[at] as usize] {
                if pull > 0.0 && !std::mem::replace(&mut seen[next as usize], true) {
                    part.push(next);
                }
            }
            at += 1;
        }
        part.sort_unstable();
        if part.len() > 1 {
            parts.push(part);
        }
    }
    parts
}

/// The eigenvector of the largest eigenvalue of one part, of length 1.
fn solve(lists: &Adjacency, part: &[u32]) -> Vec<f64> {
    let mut place = vec![0u32; lists.len()];
    part.iter().zip(0..).for_each(|(&node, at)| place[node as usize] = at);
    // Weights over the largest, so that no sum grows beyond bounds.
    let largest = part.iter().flat_map(|&node| &lists[node as usize]).map(|(_, pull)| *pull).fold(0.0, f64::max);
    let rows: Vec<Vec<(u32, f64)>> = part
        .iter()
        .map(|&node| {
            lists[node as usize].iter().map(|&(other, pull)| (place[other as usize], pull / largest)).collect()
        })
        .collect();
    let mut vector = vec![1.0 / (part.len() as f64).sqrt(); part.len()];
    for _ in 0..ROUNDS {
        let image: Vec<f64> =
            rows.iter().map(|row| row.iter().map(|&(other, pull)| pull * vector[other as usize]).sum()).collect();
        let eigenvalue: f64 = image.iter().zip(&vector).map(|(a, b)| a * b).sum();
        let next: Vec<f64> = image.iter().zip(&vector).map(|(a, b)| a + eigenvalue / 2.0 * b).collect();
        let length = next.iter().map(|value| value * value).sum::<f64>().sqrt();
        let next: Vec<f64> = next.into_iter().map(|value| value / length).collect();
        let moved: f64 = next.iter().zip(&vector).map(|(a, b)| (a - b).abs()).sum();
        vector = next;
        if moved < 1e-15 * part.len() as f64 {
            break;
        }
    }
    vector
}
