//! Local clustering.

use crate::graph::EntityGraph;

/// The share of the pairs of an actor's neighbours that are tied themselves; 0 with fewer than two. Weights do not count.
///
/// As NetworkX's `clustering`. Each triangle is found once, from its node with the fewest ties: O(m sqrt m). Watts & Strogatz, Nature
/// 393 (1998); Chiba & Nishizeki, SIAM J. Comput. 14 (1985).
pub fn scores(graph: &EntityGraph) -> Vec<f64> {
    let lists = graph.adjacency();
    let n = lists.len();
    let rank = |node: usize| (lists[node].len(), node);
    let later = |node: usize| {
        lists[node].iter().map(|(other, _)| *other).filter(move |&other| rank(other as usize) > rank(node))
    };
    let ahead: Vec<Vec<u32>> = (0..n).map(|node| later(node).collect()).collect();
    let mut triangles = vec![0u64; n];
    let mut marked = vec![false; n];
    for node in 0..n {
        ahead[node].iter().for_each(|&other| marked[other as usize] = true);
        for &second in &ahead[node] {
            for &third in ahead[second as usize].iter().filter(|third| marked[**third as usize]) {
                triangles[node] += 1;
                triangles[second as usize] += 1;
                triangles[third as usize] += 1;
            }
        }
        ahead[node].iter().for_each(|&other| marked[other as usize] = false);
    }
    let score = |(found, list): (u64, &[(u32, f64)])| {
        let ties = list.len() as f64;
        if found == 0 { 0.0 } else { 2.0 * found as f64 / (ties * (ties - 1.0)) }
    };
    triangles.into_iter().zip(lists.iter()).map(score).collect()
}
