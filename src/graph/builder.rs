//! Putting a graph together, one edge after the other.

use petgraph::graph::{NodeIndex, UnGraph};
use rayon::prelude::*;

use super::weights::{Kept, Weight};
use super::{Edge, EntityGraph, Node};
use crate::model::{CorpusFigures, DocumentInfo};

/// A graph to which edges are added.
///
/// Edges may come in any order. Those that come in [order](Builder::order) are where they belong at once; else all are moved in
/// the end, for which there is room for all of them twice.
pub struct Builder {
    graph: UnGraph<(), Edge>,
    kept: Vec<Kept>,
    nodes: Vec<Node>,
    place: Vec<u32>,
    weight: &'static Weight,
    last: Option<Key>,
    in_order: bool,
}

/// What edges are in order of: strength, the strongest first, and the places of both ends.
type Key = (f64, (u32, u32));

impl Builder {
    /// A graph without edges; the weights of those to come are values of `weight`. The nodes are put in order.
    pub fn new(nodes: Vec<Node>, weight: &'static Weight) -> Builder {
        let mut order: Vec<u32> = (0..nodes.len() as u32).collect();
        let before = |a: &Node, b: &Node| b.sentences.cmp(&a.sentences).then_with(|| a.id.cmp(&b.id));
        order.sort_by(|&a, &b| before(&nodes[a as usize], &nodes[b as usize]));
        let mut place = vec![0; nodes.len()];
        order.iter().zip(0..).for_each(|(&node, at)| place[node as usize] = at);
        let mut graph = UnGraph::with_capacity(nodes.len(), 0);
        for _ in &order {
            graph.add_node(());
        }
        let mut slots: Vec<Option<Node>> = nodes.into_iter().map(Some).collect();
        let nodes = order.iter().map(|&node| slots[node as usize].take().expect("each node is taken once")).collect();
        Builder { graph, kept: Vec::new(), nodes, place, weight, last: None, in_order: true }
    }

    /// Where in the order of nodes the one stands that was given at this place.
    pub fn place(&self, node: usize) -> usize {
        self.place[node] as usize
    }

    /// The order in which these edges belong, of which both ends and the weight are given. Cost: O(m log m), 24 bytes an edge.
    pub fn order(&self, edges: impl Iterator<Item = (usize, usize, f64)>) -> Vec<u32> {
        // As whole numbers, which are compared in half of the time.
        let key = |(at, (a, b, weight))| {
            let (strength, (a, b)) = self.key(a, b, weight);
            (!ordered(strength), u64::from(a) << 32 | u64::from(b), at)
        };
        let mut keys: Vec<(u64, u64, u32)> = (0..).zip(edges).map(key).collect();
        keys.par_sort_unstable();
        keys.into_iter().map(|(.., at)| at).collect()
    }

    /// Adds the edge from the node that was given at place `a` to that at `b`, with what its weights need besides its counts.
    pub fn add(&mut self, a: usize, b: usize, mut edge: Edge, kept: Kept) {
        let key = self.key(a, b, edge.weight);
        if self.place[a] > self.place[b] {
            // The same edge seen from its other end.
            for evidence in &mut edge.evidence {
                std::mem::swap(&mut evidence.source, &mut evidence.target);
            }
        }
        self.in_order &= self.last.is_none_or(|last| compare(&last, &key).is_le());
        self.last = Some(key);
        let (_, (a, b)) = key;
        // No room for what no edge has, as where only counts are read.
        if kept.is_known() {
            self.kept.resize(self.graph.edge_count(), Kept::default());
            self.kept.push(kept);
        }
        self.graph.add_edge(NodeIndex::new(a as usize), NodeIndex::new(b as usize), edge);
    }

    /// The graph.
    pub fn finish(self, corpus: CorpusFigures, documents: Vec<DocumentInfo>) -> EntityGraph {
        if !self.in_order {
            return self.sorted().finish(corpus, documents);
        }
        let Builder { graph, kept, nodes, weight, .. } = self;
        EntityGraph { graph, kept, nodes, weight, corpus, documents, ambiguous: Vec::new() }
    }

    /// The same graph with the weights of its edges taken for values of `weight`.
    pub(super) fn again(graph: EntityGraph, weight: &'static Weight) -> EntityGraph {
        let EntityGraph { graph, kept, nodes, corpus, documents, ambiguous, .. } = graph;
        let builder = Builder { graph, kept, nodes, place: Vec::new(), weight, last: None, in_order: false };
        EntityGraph { ambiguous, ..builder.finish(corpus, documents) }
    }

    /// The same with the edges in order.
    fn sorted(self) -> Builder {
        let Builder { graph, kept, nodes, weight, .. } = self;
        let mut sorted = Builder::new(nodes, weight);
        let (_, mut edges) = graph.into_nodes_edges();
        let order =
            sorted.order(edges.iter().map(|edge| (edge.source().index(), edge.target().index(), edge.weight.weight)));
        sorted.graph.reserve_exact_edges(edges.len());
        for at in order {
            let edge = &mut edges[at as usize];
            let (a, b) = (edge.source().index(), edge.target().index());
            let kept = kept.get(at as usize).copied().unwrap_or_default();
            sorted.add(a, b, std::mem::take(&mut edge.weight), kept);
        }
        sorted
    }

    fn key(&self, a: usize, b: usize, weight: f64) -> Key {
        let strength = if self.weight.larger_is_stronger { weight } else { -weight };
        let (a, b) = (self.place[a], self.place[b]);
        (strength, (a.min(b), a.max(b)))
    }
}

/// A number that has the same place among others as this one has in [`f64::total_cmp`].
fn ordered(value: f64) -> u64 {
    let bits = value.to_bits();
    if bits >> 63 == 0 { bits | 1 << 63 } else { !bits }
}

fn compare(x: &Key, y: &Key) -> std::cmp::Ordering {
    y.0.total_cmp(&x.0).then_with(|| x.1.cmp(&y.1))
}
