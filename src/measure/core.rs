//! Core numbers.

use crate::graph::EntityGraph;

/// The largest k so that the node is in a group whose members each have k ties or more within it. Weights do not count.
///
/// Nodes are taken away in order of the ties that are left to them, from lists by that number: O(m). As NetworkX's
/// `core_number`. Seidman, Social Networks 5 (1983); Batagelj & Zaveršnik, arXiv cs/0310049 (2003).
pub fn scores(graph: &EntityGraph) -> Vec<f64> {
    let lists = graph.adjacency();
    let mut left: Vec<usize> = lists.iter().map(<[_]>::len).collect();
    let mut waiting: Vec<Vec<u32>> = vec![Vec::new(); left.iter().max().map_or(0, |most| most + 1)];
    left.iter().enumerate().for_each(|(node, &ties)| waiting[ties].push(node as u32));
    let mut scores = vec![0.0; lists.len()];
    let mut gone = vec![false; lists.len()];
    let mut k = 0;
    while k < waiting.len() {
        let Some(node) = waiting[k].pop() else {
            k += 1;
            continue;
        };
        // A node stands in the list of every number it has had.
        if std::mem::replace(&mut gone[node as usize], true) {
            continue;
        }
        scores[node as usize] = k as f64;
        for &(other, _) in &lists[node as usize] {
            let other = other as usize;
            if !gone[other] && left[other] > k {
                left[other] -= 1;
                waiting[left[other]].push(other as u32);
            }
        }
    }
    scores
}
