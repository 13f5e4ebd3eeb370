//! Weighted betweenness.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::graph::EntityGraph;

/// For each node, the share of shortest ways between two others that lead through it, over all pairs of others; an edge
/// is 1/weight long, and equally short ways share. Between 0 and 1.
///
/// Exact: one Dijkstra search from every node. Lengths are added from the source outwards in `f64` and compared exactly,
/// as NetworkX does, so that the same ways count as equally short. Brandes, "A faster algorithm for betweenness
/// centrality", J. Math. Sociology 25 (2001).
pub fn scores(graph: &EntityGraph) -> Vec<f64> {
    let lists: Vec<Vec<(u32, f64)>> = graph
        .adjacency()
        .into_iter()
        .map(|list| {
            list.into_iter().filter(|(_, weight)| *weight > 0.0).map(|(node, weight)| (node, 1.0 / weight)).collect()
        })
        .collect();
    let n = lists.len();
    let mut scores = vec![0.0; n];
    let mut search = Search::new(n);
    for source in 0..n as u32 {
        search.run(&lists, source);
        search.add_dependencies(source, &mut scores);
    }
    let pairs = (n as f64 - 1.0) * (n as f64 - 2.0);
    if n > 2 {
        scores.iter_mut().for_each(|score| *score /= pairs);
    }
    scores
}

/// Shortest ways from one node, with their number; buffers are kept from source to source.
struct Search {
    distance: Vec<f64>,
    done: Vec<bool>,
    ways: Vec<f64>,
    before: Vec<Vec<u32>>,
    order: Vec<u32>,
    dependency: Vec<f64>,
}

impl Search {
    fn new(n: usize) -> Search {
        Search {
            distance: vec![f64::INFINITY; n],
            done: vec![false; n],
            ways: vec![0.0; n],
            before: vec![Vec::new(); n],
            order: Vec::with_capacity(n),
            dependency: vec![0.0; n],
        }
    }

    fn run(&mut self, lists: &[Vec<(u32, f64)>], source: u32) {
        self.distance.fill(f64::INFINITY);
        self.done.fill(false);
        self.ways.fill(0.0);
        self.before.iter_mut().for_each(Vec::clear);
        self.order.clear();
        let mut queue = BinaryHeap::new();
        self.distance[source as usize] = 0.0;
        self.ways[source as usize] = 1.0;
        queue.push(Entry { distance: 0.0, node: source });
        while let Some(Entry { distance, node }) = queue.pop() {
            if std::mem::replace(&mut self.done[node as usize], true) {
                continue;
            }
            self.order.push(node);
            for &(next, length) in &lists[node as usize] {
                let (at, way) = (next as usize, distance + length);
                if self.done[at] || way > self.distance[at] {
                    continue;
                }
                if way < self.distance[at] {
                    self.distance[at] = way;
                    self.ways[at] = 0.0;
                    self.before[at].clear();
                    queue.push(Entry { distance: way, node: next });
                }
                self.ways[at] += self.ways[node as usize];
                self.before[at].push(node);
            }
        }
    }

    fn add_dependencies(&mut self, source: u32, scores: &mut [f64]) {
        self.dependency.fill(0.0);
        for &node in self.order.iter().rev() {
            let at = node as usize;
            let share = (1.0 + self.dependency[at]) / self.ways[at];
            for &before in &self.before[at] {
                self.dependency[before as usize] += self.ways[before as usize] * share;
            }
            if node != source {
                scores[at] += self.dependency[at];
            }
        }
    }
}

/// A node to visit; the nearest first, then the smallest number, so that the order is always the same.
struct Entry {
    distance: f64,
    node: u32,
}

impl Ord for Entry {
    fn cmp(&self, other: &Entry) -> Ordering {
        other.distance.total_cmp(&self.distance).then_with(|| other.node.cmp(&self.node))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Entry) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Entry) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Entry {}
