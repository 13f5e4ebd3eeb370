//! Ways through the graph: shortest distances, the strongest and the shortest path between two nodes, who is near one.
//!
//! A tie is 1/[pull](EntityGraph::pull) long; one that does not pull leads nowhere.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, VecDeque};

use super::{EdgeId, EntityGraph, NodeId};

/// For each node its neighbours with the length of the tie, in order of nodes.
pub type Lengths = Vec<Vec<(u32, f64)>>;

/// A way from one node to another.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Path {
    /// The nodes on it, both ends included.
    pub nodes: Vec<NodeId>,
    /// The edges between them.
    pub edges: Vec<EdgeId>,
    /// The sum of their lengths.
    pub length: f64,
}

impl EntityGraph {
    /// The neighbours of every node with the length of the tie.
    pub fn lengths(&self) -> Lengths {
        let length = |&(node, pull): &(u32, f64)| (pull > 0.0).then_some((node, 1.0 / pull));
        self.adjacency().iter().map(|list| list.iter().filter_map(length).collect()).collect()
    }

    /// The path of the least length; of equally long ones that with fewer ties, then that over the nodes that come first.
    /// Nothing where no path leads. Cost: O(m + n log n).
    pub fn strongest_path(&self, from: NodeId, to: NodeId) -> Option<Path> {
        self.path(&self.lengths(), from, to)
    }

    /// The path with the fewest ties; of several the shortest by length, then that over the nodes that come first. Nothing
    /// where no path leads. Cost: O(m + n log n).
    pub fn shortest_path(&self, from: NodeId, to: NodeId) -> Option<Path> {
        let lengths = self.lengths();
        // Seen from the end, only ties that lead one step nearer to it are followed.
        let steps = steps(&lengths, to);
        let nearer = |(at, list): (usize, Vec<(u32, f64)>)| {
            list.into_iter().filter(|(next, _)| steps[*next as usize].checked_add(1) == Some(steps[at])).collect()
        };
        let lengths: Lengths = lengths.into_iter().enumerate().map(nearer).collect();
        self.path(&lengths, from, to)
    }

    /// The nodes at most `radius` ties away, with how many ties; the node itself first, then by distance and order.
    pub fn within(&self, node: NodeId, radius: u32) -> Vec<(NodeId, u32)> {
        let steps = steps(&self.lengths(), node);
        let mut near: Vec<(NodeId, u32)> = steps
            .into_iter()
            .enumerate()
            .filter(|(_, far)| *far <= radius)
            .map(|(at, far)| (NodeId(at as u32), far))
            .collect();
        near.sort_by_key(|(node, far)| (*far, *node));
        near
    }

    /// The nodes tied to both, with both ties; those first whose weaker tie is strongest.
    pub fn common(&self, a: NodeId, b: NodeId) -> Vec<(NodeId, EdgeId, EdgeId)> {
        let mut common: Vec<(NodeId, EdgeId, EdgeId)> = self
            .ties(a)
            .into_iter()
            .filter_map(|(node, tie)| self.between(node, b).map(|other| (node, tie, other)))
            .collect();
        // Edges are numbered by strength.
        common.sort_by_key(|(node, one, other)| (one.max(other).0, one.min(other).0, *node));
        common
    }

    fn path(&self, lengths: &Lengths, from: NodeId, to: NodeId) -> Option<Path> {
        // Searched from the end, so that the way back from the start meets the nodes in order.
        let mut search = Search::new(lengths.len());
        let reversed = reversed(lengths);
        search.run(&reversed, to.0);
        if !search.distance[from.0 as usize].is_finite() {
            return None;
        }
        let mut path = Path { nodes: vec![from], edges: Vec::new(), length: search.distance[from.0 as usize] };
        let mut at = from;
        while at != to {
            let next = NodeId(search.next[at.0 as usize]);
            path.edges.push(self.between(at, next).expect("neighbours share an edge"));
            path.nodes.push(next);
            at = next;
        }
        Some(path)
    }
}

/// The distance of every node from `source`, infinite where no path leads. Cost: O(m + n log n).
pub fn distances(lengths: &Lengths, source: u32) -> Vec<f64> {
    let mut search = Search::new(lengths.len());
    search.run(lengths, source);
    search.distance
}

/// How many ties every node is away from `source`; `u32::MAX` where no path leads.
fn steps(lengths: &Lengths, source: NodeId) -> Vec<u32> {
    let mut steps = vec![u32::MAX; lengths.len()];
    let mut queue = VecDeque::from([source.0]);
    steps[source.0 as usize] = 0;
    while let Some(node) = queue.pop_front() {
        for &(next, _) in &lengths[node as usize] {
            if steps[next as usize] == u32::MAX {
                steps[next as usize] = steps[node as usize] + 1;
                queue.push_back(next);
            }
        }
    }
    steps
}

fn reversed(lengths: &Lengths) -> Lengths {
    let mut back = vec![Vec::new(); lengths.len()];
    for (from, list) in lengths.iter().enumerate() {
        list.iter().for_each(|&(to, length)| back[to as usize].push((from as u32, length)));
    }
    back
}

/// Dijkstra's search from one node.
struct Search {
    distance: Vec<f64>,
    hops: Vec<u32>,
    /// The node to go to on the way back.
    next: Vec<u32>,
    done: Vec<bool>,
}

impl Search {
    fn new(n: usize) -> Search {
        Search { distance: vec![f64::INFINITY; n], hops: vec![0; n], next: vec![u32::MAX; n], done: vec![false; n] }
    }

    fn run(&mut self, lengths: &Lengths, source: u32) {
        let mut queue = BinaryHeap::new();
        self.distance[source as usize] = 0.0;
        queue.push(Entry { distance: 0.0, hops: 0, node: source });
        while let Some(Entry { distance, hops, node }) = queue.pop() {
            if std::mem::replace(&mut self.done[node as usize], true) {
                continue;
            }
            for &(other, length) in &lengths[node as usize] {
                let at = other as usize;
                let way = (distance + length, hops + 1, node);
                let known = (self.distance[at], self.hops[at], self.next[at]);
                if self.done[at] || better(way, known) == Ordering::Greater || way == known {
                    continue;
                }
                (self.distance[at], self.hops[at], self.next[at]) = way;
                queue.push(Entry { distance: way.0, hops: way.1, node: other });
            }
        }
    }
}

/// The order of ways: by length, number of ties, and the node they lead over.
fn better(a: (f64, u32, u32), b: (f64, u32, u32)) -> Ordering {
    a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2))
}

/// A node to visit; the nearest first, so that the order is always the same.
struct Entry {
    distance: f64,
    hops: u32,
    node: u32,
}

impl Ord for Entry {
    fn cmp(&self, other: &Entry) -> Ordering {
        better((other.distance, other.hops, other.node), (self.distance, self.hops, self.node))
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
    fn paths_are_as_long_as_those_of_networkx() {
        for fixture in fixtures::graphs(include_str!("../../tests/data/measures.json")) {
            let graph = fixture.graph();
            let place = |id: &str| graph.nodes().find(|(_, node)| node.id == id).expect("a node").0;
            let from = place(&fixture.nodes[0]);
            for id in &fixture.nodes {
                let (strongest, shortest) =
                    (graph.strongest_path(from, place(id)), graph.shortest_path(from, place(id)));
                let Some((length, hops)) = fixture.ways.get(id) else {
                    assert!(strongest.is_none() && shortest.is_none(), "{id}");
                    continue;
                };
                let (strongest, shortest) = (strongest.expect("a path"), shortest.expect("a path"));
                assert!((strongest.length - length).abs() < 1e-9, "{id}");
                assert_eq!(shortest.edges.len() as u32, *hops, "{id}");
                for path in [strongest, shortest] {
                    assert_eq!((path.nodes[0], path.nodes[path.edges.len()]), (from, place(id)));
                    let sum: f64 = path.edges.iter().map(|&edge| 1.0 / graph.edge(edge).2.weight).sum();
                    assert!((sum - path.length).abs() < 1e-9);
                }
            }
            let near = graph.within(from, 2);
            let expected = fixture.ways.values().filter(|(_, hops)| *hops <= 2).count();
            assert_eq!((near[0], near.len()), ((from, 0), expected));
        }
    }

    #[test]
    fn common_neighbours_are_ordered_by_the_weaker_tie() {
        let names = ["a", "b", "both", "weak", "other"];
        let ties = [(0, 2, 3.0), (1, 2, 3.0), (0, 3, 9.0), (1, 3, 1.0), (0, 4, 5.0)];
        let edges = ties.iter().map(|&(a, b, weight)| (a, b, fixtures::edge(weight))).collect();
        let nodes = names.iter().map(|name| fixtures::node(name)).collect();
        let graph = EntityGraph::new(nodes, edges, Default::default(), Vec::new());
        let found: Vec<&str> =
            graph.common(NodeId(0), NodeId(1)).iter().map(|(node, ..)| &*graph.node(*node).id).collect();
        assert_eq!(found, ["both", "weak"]);
    }
}
