//! Scores of the actors in a graph: one file for each measure, one table of all.

mod betweenness;
mod degree;
mod pagerank;

use std::collections::BTreeMap;

use crate::graph::{EntityGraph, NodeId};

/// A row of [`MEASURES`].
pub struct Measure {
    /// The word for it everywhere.
    pub name: &'static str,
    /// What it tells, for people.
    pub about: &'static str,
    /// Its cost, for n nodes and m edges.
    pub cost: &'static str,
    /// Where the method comes from.
    pub source: &'static str,
    /// Whether it is computed by default however large the graph is.
    pub basic: bool,
    /// A score for each node, in order of nodes.
    pub scores: fn(&EntityGraph) -> Vec<f64>,
}

/// Every measure, sorted by name.
pub const MEASURES: &[Measure] = &[
    Measure {
        name: "betweenness",
        about: "how often an actor lies on the shortest way between two others (distance 1/weight)",
        cost: "O(n m + n² log n)",
        source: "Freeman 1977; Brandes 2001",
        basic: false,
        scores: betweenness::scores,
    },
    Measure {
        name: "degree",
        about: "with how many others an actor shares a sentence",
        cost: "O(m)",
        source: "Freeman 1978",
        basic: true,
        scores: degree::degree,
    },
    Measure {
        name: "pagerank",
        about: "how well an actor is tied to well-tied actors (weighted, damping 0.85)",
        cost: "O(m) for each of about 150 rounds",
        source: "Page, Brin, Motwani & Winograd 1999",
        basic: true,
        scores: pagerank::scores,
    },
    Measure {
        name: "strength",
        about: "sum of the weights of an actor's ties",
        cost: "O(m)",
        source: "Barrat et al. 2004",
        basic: true,
        scores: degree::strength,
    },
];

/// Up to this many nodes all measures are computed unless told otherwise, above it the basic ones.
pub const ALL_UP_TO: usize = 200;

/// A graph with the scores of its nodes: what writers write.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The graph.
    pub graph: EntityGraph,
    /// The scores by name of the measure: one for each node, in order of nodes.
    pub scores: Vec<(&'static str, Vec<f64>)>,
    /// What the build was told, as text, for the record.
    pub settings: BTreeMap<String, String>,
}

impl Report {
    /// Measures `graph` with the named rows of [`MEASURES`]; without names, with all of a small graph or the basic ones of
    /// a large one.
    pub fn new(graph: EntityGraph, names: Option<&[&str]>) -> Report {
        let wanted = |measure: &&Measure| match names {
            Some(names) => names.contains(&measure.name),
            None => measure.basic || graph.n_nodes() <= ALL_UP_TO,
        };
        let scores = MEASURES.iter().filter(wanted).map(|measure| (measure.name, (measure.scores)(&graph))).collect();
        Report { graph, scores, settings: BTreeMap::new() }
    }

    /// Keeps the `top` actors with the most sentences and the ties between them; scores stay those of the whole graph.
    pub fn limit(&mut self, top: usize) {
        if self.graph.n_nodes() <= top {
            return;
        }
        let keep: Vec<NodeId> = (0..top as u32).map(NodeId).collect();
        self.graph = self.graph.subgraph(&keep);
        self.scores.iter_mut().for_each(|(_, scores)| scores.truncate(top));
    }

    /// The scores of one measure.
    pub fn scores(&self, name: &str) -> Option<&[f64]> {
        self.scores.iter().find(|(known, _)| *known == name).map(|(_, scores)| scores.as_slice())
    }
}

/// The row of this name.
pub fn measure(name: &str) -> Option<&'static Measure> {
    MEASURES.iter().find(|measure| measure.name == name)
}
