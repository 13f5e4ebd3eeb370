//! Graphs of the test data, with what other programs compute for them.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Edge, EntityGraph, Node};
use crate::model::{CorpusFigures, EntityType};

/// A graph with values by name, then by node or edge.
#[derive(Deserialize)]
pub struct Fixture {
    /// The ids of the nodes.
    pub nodes: Vec<String>,
    /// The edges with their weight.
    pub edges: Vec<(String, String, f64)>,
    /// For each node that can be reached from the first one, the length of the strongest path and the ties on the shortest.
    pub ways: BTreeMap<String, (f64, u32)>,
    /// Values for each edge, in order of `edges`.
    pub ties: BTreeMap<String, Vec<f64>>,
    /// Values of the whole graph.
    pub figures: BTreeMap<String, f64>,
}

/// The graphs of a file.
pub fn graphs(text: &str) -> Vec<Fixture> {
    serde_json::from_str(text).expect("fixtures are JSON")
}

impl Fixture {
    /// The graph.
    pub fn graph(&self) -> EntityGraph {
        let place = |id: &String| self.nodes.iter().position(|node| node == id).expect("a node");
        let edges = self.edges.iter().map(|(a, b, weight)| (place(a), place(b), edge(*weight))).collect();
        EntityGraph::new(self.nodes.iter().map(|id| node(id)).collect(), edges, CorpusFigures::default(), Vec::new())
    }

    /// The place in `edges` of the tie between two nodes.
    pub fn place(&self, a: &str, b: &str) -> usize {
        let between = |(x, y, _): &(String, String, f64)| (x == a && y == b) || (x == b && y == a);
        self.edges.iter().position(between).expect("an edge")
    }
}

/// A node without anything but its id.
pub fn node(id: &str) -> Node {
    Node {
        id: id.to_owned(),
        name: id.to_owned(),
        entity_type: EntityType::Person,
        mentions: 1,
        sentences: 1,
        n: 1,
        documents: 1,
        aliases: BTreeMap::new(),
        affiliations: BTreeMap::new(),
        first: None,
        last: None,
        days: Vec::new(),
    }
}

/// An edge without anything but its weight.
pub fn edge(weight: f64) -> Edge {
    Edge { sentences: 1, n: weight as u64, documents: 1, weight, ..Edge::default() }
}
