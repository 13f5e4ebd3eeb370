//! Weighted betweenness.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use rayon::prelude::*;

use super::random::Random;
use crate::graph::EntityGraph;

/// Up to so many nodes the search starts from each of them.
const EXACT: usize = 2_000;

/// In larger graphs it starts from at most so many, drawn once and for all.
const PIVOTS: usize = 1_000;

/// From fewer, where nodes and edges times searches would be more than this, but never fewer than [`FEWEST`]: a search takes
/// half a second at 100,000 nodes and 1,000,000 edges.
const WORK: usize = 70_000_000;
const FEWEST: usize = 64;

/// For each node, the share of shortest ways between two others that lead through it, over all pairs of others; an edge
/// is 1/weight long, and equally short ways share. Between 0 and 1.
///
/// Exact up to 2,000 nodes: one Dijkstra search from every node. Lengths are added from the source outwards in `f64` and compared
/// exactly, as NetworkX does, so that the same ways count as equally short. Brandes, "A faster algorithm for betweenness
/// centrality", J. Math. Sociology 25 (2001).
///
/// Above, from k nodes drawn without replacement, the same ones every time, and scaled up (Brandes & Pich, Int. J. Bifurcation
/// and Chaos 17, 2007); k is 1,000 up to about 70,000 nodes and edges together, and falls to 64 at a million. A score is then the
/// mean of k values between 0 and 1, so by Hoeffding's inequality one is off by more than [`error_bound`] with a probability of at
/// most 5 %: 0.043 for 1,000, 0.17 for 64. In practice errors are far smaller, since most of these values are near 0; small scores
/// should not be compared with each other.
pub fn scores(graph: &EntityGraph) -> Vec<f64> {
    from_pivots(graph, pivots(graph.n_nodes(), graph.n_edges()))
}

/// From how many nodes a graph of this size is searched.
fn pivots(nodes: usize, edges: usize) -> usize {
    if nodes <= EXACT { nodes } else { (WORK / (nodes + edges)).clamp(FEWEST, PIVOTS) }
}

/// By how much one score of a graph of this size may be off, but for one time in twenty; 0 where scores are exact.
pub fn error_bound(nodes: usize, edges: usize) -> f64 {
    if nodes <= EXACT { 0.0 } else { (40f64.ln() / (2 * pivots(nodes, edges)) as f64).sqrt() }
}

fn from_pivots(graph: &EntityGraph, pivots: usize) -> Vec<f64> {
    /// Searches that share a sum. Sums are added in their order, so that threads change no digit.
    const SHARE: usize = 16;
    let lists = graph.lengths();
    let n = lists.len();
    let sources: Vec<u32> = if pivots >= n { (0..n as u32).collect() } else { drawn(n, pivots) };
    let sum = |sources: &[u32]| {
        let (mut search, mut scores) = (Search::new(n), vec![0.0; n]);
        for &source in sources {
            search.run(&lists, source);
            search.add_dependencies(source, &mut scores);
        }
        scores
    };
    let mut scores = vec![0.0; n];
    for sum in sources.par_chunks(SHARE).map(sum).collect::<Vec<Vec<f64>>>() {
        scores.iter_mut().zip(sum).for_each(|(score, more)| *score += more);
    }
    let pairs = (n as f64 - 1.0) * (n as f64 - 2.0) * (sources.len() as f64 / n as f64);
    if n > 2 {
        scores.iter_mut().for_each(|score| *score /= pairs);
    }
    scores
}

/// So many of the numbers below `n`, always the same, in order.
fn drawn(n: usize, count: usize) -> Vec<u32> {
    let mut random = Random::new(0);
    let mut numbers: Vec<u32> = (0..n as u32).collect();
    let count = count.min(n);
    (0..count).for_each(|at| numbers.swap(at, at + random.below(n - at)));
    numbers.truncate(count);
    numbers.sort_unstable();
    numbers
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::fixtures;

    #[test]
    fn sampled_scores_are_within_their_bound() {
        for fixture in fixtures::graphs(include_str!("../../tests/data/measures.json")) {
            let graph = fixture.graph();
            let pivots = graph.n_nodes() * 2 / 3;
            let bound = ((40.0 * graph.n_nodes() as f64).ln() / (2.0 * pivots as f64)).sqrt();
            let exact = scores(&graph);
            for (sampled, exact) in from_pivots(&graph, pivots).into_iter().zip(&exact) {
                assert!((sampled - exact).abs() < bound, "{sampled}, exactly {exact}");
            }
            assert_eq!(from_pivots(&graph, usize::MAX), exact);
        }
    }

    #[test]
    fn large_graphs_are_searched_from_fewer_nodes() {
        assert_eq!(
            [(2_000, 9_000), (9_000, 50_000), (100_000, 1_000_000)].map(|(n, m)| pivots(n, m)),
            [2_000, 1_000, 64]
        );
        assert_eq!(error_bound(2_000, 9_000), 0.0);
        assert!((error_bound(100_000, 1_000_000) - 0.17).abs() < 0.01);
    }

    #[test]
    fn pivots_are_different_nodes() {
        let pivots = drawn(5_000, 1_000);
        assert_eq!(pivots.len(), 1_000);
        assert!(pivots.windows(2).all(|two| two[0] < two[1]) && pivots[999] < 5_000);
    }
}
