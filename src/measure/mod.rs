//! Scores of the actors in a graph: one file for each measure, one table of all.

mod betweenness;
mod closeness;
mod clustering;
mod communities;
mod core;
mod degree;
mod eigenvector;
mod leiden;
mod pagerank;
mod random;
pub mod stability;

use std::collections::BTreeMap;

pub use betweenness::error_bound;
pub use communities::{Communities, communities};

use rayon::prelude::*;

use crate::graph::backbone::Backbone;
use crate::graph::{EntityGraph, Node, NodeId};

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
        cost: "O(n m + n² log n) up to 2,000 actors, above that sampled",
        source: "Freeman 1977; Brandes 2001; Brandes & Pich 2007",
        basic: false,
        scores: betweenness::scores,
    },
    Measure {
        name: "closeness",
        about: "how near an actor is to all others, in proportion to those it reaches (distance 1/weight)",
        cost: "O(n m + n² log n)",
        source: "Freeman 1978; Wasserman & Faust 1994",
        basic: false,
        scores: closeness::closeness,
    },
    Measure {
        name: "clustering",
        about: "the share of pairs of an actor's neighbours that are tied themselves",
        cost: "O(m √m)",
        source: "Watts & Strogatz 1998",
        basic: false,
        scores: clustering::scores,
    },
    Measure {
        name: "core",
        about: "the largest k for which an actor is in a group whose members have k ties within it",
        cost: "O(m)",
        source: "Seidman 1983; Batagelj & Zaveršnik 2003",
        basic: true,
        scores: core::scores,
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
        name: "eigenvector",
        about: "how well an actor is tied to well-tied actors, by the first eigenvector of each connected part (weighted)",
        cost: "O(m) for each of up to 20,000 rounds",
        source: "Bonacich 1972",
        basic: false,
        scores: eigenvector::scores,
    },
    Measure {
        name: "harmonic",
        about: "the sum of 1/distance to all others (distance 1/weight)",
        cost: "O(n m + n² log n)",
        source: "Marchiori & Latora 2000",
        basic: false,
        scores: closeness::harmonic,
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

/// The name of a count and its value.
pub type Count = (&'static str, fn(&Node) -> u64);

/// What is counted of an actor and orders like a measure, sorted by name.
pub const COUNTS: &[Count] = &[
    ("documents", |node| node.documents),
    ("mentions", |node| node.mentions),
    ("n", |node| node.n),
    ("sentences", |node| node.sentences),
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
    /// Who belongs together.
    pub communities: Communities,
    /// What the build was told, as text, for the record.
    pub settings: BTreeMap<String, String>,
}

impl Report {
    /// Measures `graph` with the named rows of [`MEASURES`]; without names, with all of a small graph or the basic ones of
    /// a large one. Communities are always found.
    pub fn new(graph: EntityGraph, names: Option<&[&str]>) -> Report {
        let wanted = |measure: &&Measure| match names {
            Some(names) => names.contains(&measure.name),
            None => measure.basic || graph.n_nodes() <= ALL_UP_TO,
        };
        let rows: Vec<&Measure> = MEASURES.iter().filter(wanted).collect();
        // Communities are found on one thread.
        let (communities, scores) = rayon::join(
            || communities(&graph),
            || rows.par_iter().map(|measure| (measure.name, (measure.scores)(&graph))).collect(),
        );
        Report { graph, scores, communities, settings: BTreeMap::new() }
    }

    /// Keeps the `top` actors with the most sentences and the ties between them; scores stay those of the whole graph.
    pub fn limit(&mut self, top: usize) {
        if self.graph.n_nodes() <= top {
            return;
        }
        self.keep(&(0..top as u32).map(NodeId).collect::<Vec<_>>());
    }

    /// Keeps these actors, given in order, and the ties between them; scores and communities stay those of the whole graph.
    pub fn keep(&mut self, stay: &[NodeId]) {
        self.graph = self.graph.subgraph(stay);
        self.follow(stay);
    }

    /// Scores and communities of the actors that stay.
    fn follow(&mut self, stay: &[NodeId]) {
        let chosen = |scores: &[f64]| stay.iter().map(|node| scores[node.0 as usize]).collect();
        self.scores.iter_mut().for_each(|(_, scores)| *scores = chosen(scores));
        if !self.communities.of.is_empty() {
            self.communities.of = stay.iter().map(|node| self.communities.of[node.0 as usize]).collect();
        }
    }

    /// Keeps the ties of a backbone, and the actors that keep a tie or never had one; scores and communities stay those of the
    /// whole graph.
    pub fn reduce(&mut self, backbone: &Backbone, level: f64) -> Hidden {
        let (actors, ties) = (self.graph.n_nodes(), self.graph.n_edges());
        let (graph, stay) = self.graph.pruned(&(backbone.keep)(&self.graph, level));
        self.graph = graph;
        self.follow(&stay);
        Hidden { actors: actors - self.graph.n_nodes(), ties: ties - self.graph.n_edges(), of: (actors, ties) }
    }

    /// The name of a node's community.
    pub fn community(&self, node: NodeId) -> Option<&str> {
        let number = *self.communities.of.get(node.0 as usize)?;
        Some(&self.communities.labels[number as usize])
    }

    /// The scores of one measure.
    pub fn scores(&self, name: &str) -> Option<&[f64]> {
        self.scores.iter().find(|(known, _)| *known == name).map(|(_, scores)| scores.as_slice())
    }
}

/// What [`Report::reduce`] left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// So many actors,
    pub actors: usize,
    /// and so many ties,
    pub ties: usize,
    /// of so many actors and ties.
    pub of: (usize, usize),
}

/// The row of this name.
pub fn measure(name: &str) -> Option<&'static Measure> {
    MEASURES.iter().find(|measure| measure.name == name)
}

/// The scores of a row of [`MEASURES`] or [`COUNTS`], in order of nodes; nothing for another name.
pub fn scores(graph: &EntityGraph, name: &str) -> Option<Vec<f64>> {
    let count = COUNTS.iter().find(|(known, _)| *known == name);
    count
        .map(|(_, count)| graph.nodes().map(|(_, node)| count(node) as f64).collect())
        .or_else(|| measure(name).map(|row| (row.scores)(graph)))
}
