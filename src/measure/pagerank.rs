//! Weighted PageRank.

use crate::graph::EntityGraph;

/// The share of a walker's time at each node: at every step it follows an edge with probability 0.85, in proportion to the
/// weights, else it jumps to any node. Sums to 1. A node without edges passes its share to all.
///
/// Power iteration until no share moves by more than 1e-15 in sum, at most 1,000 rounds; the error is then below 1e-14.
/// petgraph's `page_rank` ignores weights, so this is our own. Page, Brin, Motwani & Winograd, "The PageRank citation ranking",
/// Stanford 1999.
pub fn scores(graph: &EntityGraph) -> Vec<f64> {
    const DAMPING: f64 = 0.85;
    const ROUNDS: usize = 1000;
    const TOLERANCE: f64 = 1e-15;
    let mut lists = graph.adjacency();
    let n = lists.len();
    if n == 0 {
        return Vec::new();
    }
    let strengths: Vec<f64> = lists.iter().map(|list| list.iter().map(|(_, weight)| weight).sum()).collect();
    // What of each neighbour's share flows here.
    lists.set_pulls(|from, weight| weight / strengths[from as usize]);
    let mut shares = vec![1.0 / n as f64; n];
    for _ in 0..ROUNDS {
        let dangling: f64 = (0..n).filter(|&node| strengths[node] == 0.0).map(|node| shares[node]).sum();
        let base = (1.0 - DAMPING + DAMPING * dangling) / n as f64;
        let share = |list: &[(u32, f64)]| {
            let flow: f64 = list.iter().map(|&(from, part)| shares[from as usize] * part).sum();
            base + DAMPING * flow
        };
        let next: Vec<f64> = lists.iter().map(share).collect();
        let moved: f64 = next.iter().zip(&shares).map(|(a, b)| (a - b).abs()).sum();
        shares = next;
        if moved < TOLERANCE {
            break;
        }
    }
    shares
}
