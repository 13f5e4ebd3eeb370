//! The measures give what NetworkX gives, on random graphs with ties, isolated nodes and several components.
//!
//! `tests/data/measures.json` is made by `tests/data/measures.py`.

use std::collections::BTreeMap;

use actant::graph::{Edge, EntityGraph, Node};
use actant::measure::{MEASURES, measure};
use actant::model::{CorpusFigures, EntityType};
use serde::Deserialize;

use crate::cases::data;

#[derive(Deserialize)]
struct Fixture {
    nodes: Vec<String>,
    edges: Vec<(String, String, f64)>,
    scores: BTreeMap<String, BTreeMap<String, f64>>,
}

#[test]
fn every_measure_is_that_of_networkx() {
    let text = std::fs::read_to_string(data("measures.json")).expect("the fixtures");
    let fixtures: Vec<Fixture> = serde_json::from_str(&text).expect("JSON");
    assert_eq!(fixtures.len(), 5);
    for (number, fixture) in fixtures.iter().enumerate() {
        let graph = graph(fixture);
        assert_eq!(fixture.scores.len(), MEASURES.len());
        for (name, expected) in &fixture.scores {
            let row = measure(name).unwrap_or_else(|| panic!("no measure called {name}"));
            let found = (row.scores)(&graph);
            assert_eq!(found.len(), expected.len());
            for ((_, node), score) in graph.nodes().zip(found) {
                let right = expected[&node.id];
                assert!(
                    (score - right).abs() < 1e-9,
                    "graph {number}, {name} of {}: {score}, expected {right}",
                    node.id
                );
            }
        }
    }
}

#[test]
fn the_core_measures_are_in_the_table_which_is_sorted() {
    let names: Vec<&str> = MEASURES.iter().map(|measure| measure.name).collect();
    assert!(names.is_sorted(), "{names:?}");
    for name in
        ["betweenness", "closeness", "clustering", "core", "degree", "eigenvector", "harmonic", "pagerank", "strength"]
    {
        assert!(names.contains(&name), "{name} is missing");
    }
}

#[test]
fn no_measure_fails_on_a_graph_of_no_one_two_or_unconnected_nodes() {
    for (nodes, edges) in [(0, 0), (1, 0), (2, 0), (2, 1), (3, 1)] {
        let names: Vec<String> = (0..nodes).map(|number| format!("n{number}")).collect();
        let edges = (0..edges).map(|_| (names[0].clone(), names[1].clone(), 1.0)).collect();
        let graph = graph(&Fixture { nodes: names, edges, scores: BTreeMap::new() });
        for row in MEASURES {
            let scores = (row.scores)(&graph);
            assert_eq!(scores.len(), nodes, "{}", row.name);
            assert!(scores.iter().all(|score| score.is_finite()), "{}: {scores:?}", row.name);
        }
    }
}

fn graph(fixture: &Fixture) -> EntityGraph {
    let place = |id: &String| fixture.nodes.iter().position(|node| node == id).expect("a node");
    let edges = fixture.edges.iter().map(|(a, b, weight)| (place(a), place(b), edge(*weight))).collect();
    EntityGraph::new(fixture.nodes.iter().map(|id| node(id)).collect(), edges, CorpusFigures::default(), Vec::new())
}

fn edge(weight: f64) -> Edge {
    Edge { sentences: 1, n: 1, documents: 1, weight, ..Edge::default() }
}

fn node(id: &str) -> Node {
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
