//! Backbones: which ties are worth keeping. One row for each method.

use super::weights::Weight;
use super::{ACTING, Edge, EntityGraph, NodeId};

/// A row of [`BACKBONES`].
#[derive(Debug)]
pub struct Backbone {
    /// The word for it on the command line.
    pub name: &'static str,
    /// What it keeps, for people.
    pub about: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// What its level means, and the one that is used without any; nothing where there is none to give.
    pub level: Level,
    /// For each edge, in order, whether it is kept.
    pub keep: fn(&EntityGraph, f64) -> Vec<bool>,
}

/// What a method needs besides its name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Level {
    /// Nothing.
    None,
    /// A number; this one unless told otherwise.
    Default(f64),
    /// A number that must be given.
    Needed,
}

/// Every method, sorted by name.
pub const BACKBONES: &[Backbone] = &[
    Backbone {
        name: "acting",
        about: "ties of those who both act in some unit, outside datelines, bylines, attributions and titles",
        source: "contexts",
        level: Level::None,
        keep: |graph, _| graph.edges().map(|(.., edge)| edge.kind() == ACTING).collect(),
    },
    Backbone {
        name: "disparity",
        about: "ties that carry more of an actor's strength than a random split would, at this significance",
        source: "Serrano, Boguñá & Vespignani 2009",
        level: Level::Default(0.05),
        keep: |graph, level| disparities(graph).into_iter().map(|alpha| alpha < level).collect(),
    },
    Backbone {
        name: "min-weight",
        about: "ties of at least this weight (of at most, for p and q)",
        source: "threshold",
        level: Level::Needed,
        keep: min_weight,
    },
    Backbone {
        name: "noise-corrected",
        about: "ties stronger than both actors' strengths lead to expect, by so many standard deviations",
        source: "Coscia & Neffke 2017",
        level: Level::Default(1.64),
        keep: |graph, level| excesses(graph).into_iter().map(|(score, deviation)| score > level * deviation).collect(),
    },
    Backbone {
        name: "spanning-tree",
        about: "the strongest ties that still hold together what hangs together, without a circle",
        source: "Kruskal 1956",
        level: Level::None,
        keep: |graph, _| spanning_tree(graph),
    },
    Backbone {
        name: "top-n",
        about: "the strongest so many ties",
        source: "rank",
        level: Level::Needed,
        keep: |graph, level| (0..graph.n_edges()).map(|rank| (rank as f64) < level).collect(),
    },
];

/// The row of this name.
pub fn backbone(name: &str) -> Option<&'static Backbone> {
    BACKBONES.iter().find(|row| row.name == name)
}

/// For each edge in order, the probability that a random split of an end's strength over its ties gives this one so large a
/// share, (1 - w/s)^(k-1), from the end for which it is smaller. An end with a single tie says nothing (1). Cost: O(m).
///
/// The weights are the [pulls](EntityGraph::pull). Serrano, Boguñá & Vespignani, PNAS 106, 6483 (2009).
pub fn disparities(graph: &EntityGraph) -> Vec<f64> {
    let lists = graph.adjacency();
    let strengths: Vec<f64> = lists.iter().map(|list| list.iter().map(|(_, pull)| pull).sum()).collect();
    let side = |node: NodeId, pull: f64| {
        let (ties, strength) = (lists[node.0 as usize].len(), strengths[node.0 as usize]);
        if ties < 2 || strength <= 0.0 { 1.0 } else { (1.0 - pull / strength).max(0.0).powf(ties as f64 - 1.0) }
    };
    graph.edges().map(|(_, a, b, edge)| side(a, graph.pull(edge)).min(side(b, graph.pull(edge)))).collect()
}

/// For each edge in order, how far it is above what the strengths of its ends lead to expect, from -1 to 1, with the standard
/// deviation of that. Cost: O(m).
///
/// The weights are the counts `n`, whatever weight is in use: the method takes a weight for a number of trials that succeeded.
/// The prior of the success probability is hypergeometric. Coscia & Neffke, "Network backboning with noisy data", ICDE 2017.
pub fn excesses(graph: &EntityGraph) -> Vec<(f64, f64)> {
    let mut strengths = vec![0.0; graph.n_nodes()];
    for (_, a, b, edge) in graph.edges() {
        strengths[a.0 as usize] += edge.n as f64;
        strengths[b.0 as usize] += edge.n as f64;
    }
    let total: f64 = strengths.iter().sum();
    graph.edges().map(|(_, a, b, edge)| excess(edge, strengths[a.0 as usize], strengths[b.0 as usize], total)).collect()
}

fn excess(edge: &Edge, first: f64, second: f64, total: f64) -> (f64, f64) {
    let w = edge.n as f64;
    let product = first * second;
    let mean = product / (total * total);
    let variance = product * (total - first) * (total - second) / (total.powi(4) * (total - 1.0));
    let kappa = total / product;
    let score = (kappa * w - 1.0) / (kappa * w + 1.0);
    // The beta prior with this mean and variance, and what it becomes after w successes in so many trials.
    let alpha = mean * mean / variance * (1.0 - mean) - mean;
    let beta = mean / variance * (1.0 - mean * mean) - (1.0 - mean);
    let share = (alpha + w) / (alpha + beta + total);
    let slope = 1.0 / product - total * (first + second) / (product * product);
    let factor = 2.0 * (kappa + w * slope) / (kappa * w + 1.0).powi(2);
    let deviation = (total * share * (1.0 - share)).sqrt() * factor.abs();
    // A graph of one edge leaves nothing to expect: it is kept.
    if deviation.is_finite() { (score, deviation) } else { (1.0, 0.0) }
}

fn min_weight(graph: &EntityGraph, level: f64) -> Vec<bool> {
    let weight: &Weight = graph.weight();
    let strong = |value: f64| if weight.larger_is_stronger { value >= level } else { value <= level };
    graph.edges().map(|(_, _, _, edge)| strong(edge.weight)).collect()
}

/// Edges are in order of strength, so the first that joins two parts is the strongest. Cost: nearly O(m).
fn spanning_tree(graph: &EntityGraph) -> Vec<bool> {
    let mut parts = petgraph::unionfind::UnionFind::<u32>::new(graph.n_nodes());
    graph.edges().map(|(_, a, b, _)| parts.union(a.0, b.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::fixtures::{self, Fixture};

    fn all() -> Vec<Fixture> {
        fixtures::graphs(include_str!("../../tests/data/measures.json"))
    }

    #[track_caller]
    fn same(fixture: &Fixture, graph: &EntityGraph, name: &str, found: &[f64]) {
        for ((_, a, b, _), found) in graph.edges().zip(found) {
            let expected = fixture.ties[name][fixture.place(&graph.node(a).id, &graph.node(b).id)];
            assert!((found - expected).abs() < 1e-9, "{name}: {found}, expected {expected}");
        }
    }

    #[test]
    fn disparities_and_excesses_are_those_of_the_papers() {
        for fixture in all() {
            let graph = fixture.graph();
            same(&fixture, &graph, "disparity", &disparities(&graph));
            let (scores, deviations): (Vec<f64>, Vec<f64>) = excesses(&graph).into_iter().unzip();
            same(&fixture, &graph, "noise-corrected score", &scores);
            same(&fixture, &graph, "noise-corrected deviation", &deviations);
        }
    }

    #[test]
    fn the_spanning_tree_is_as_heavy_as_that_of_networkx() {
        for fixture in all() {
            let graph = fixture.graph();
            let (tree, _) = graph.pruned(&spanning_tree(&graph));
            let weight: f64 = tree.edges().map(|(_, _, _, edge)| edge.weight).sum();
            assert_eq!(
                (weight, tree.n_edges() as f64),
                (fixture.figures["spanning weight"], fixture.figures["spanning ties"])
            );
            assert_eq!(tree.n_nodes(), graph.n_nodes());
        }
    }

    #[test]
    fn thresholds_count_from_the_strong_end() {
        let graph = all()[0].graph();
        let kept = |name: &str, level: f64| {
            let keep = (backbone(name).expect("a row").keep)(&graph, level);
            keep.into_iter().filter(|kept| *kept).count()
        };
        assert_eq!(kept("top-n", 3.0), 3);
        assert_eq!(kept("top-n", 1e9), graph.n_edges());
        assert_eq!(kept("min-weight", 2.0), graph.edges().filter(|(_, _, _, edge)| edge.weight >= 2.0).count());
        let smallest = graph.clone().called(crate::graph::weights::weight("p").expect("a row"));
        let keep = min_weight(&smallest, 1.0);
        assert!(keep[0] && keep.windows(2).all(|two| two[0] >= two[1]));
    }

    #[test]
    fn no_method_fails_on_graphs_of_one_edge_or_none() {
        let one = EntityGraph::new(
            vec![fixtures::node("a"), fixtures::node("b")],
            vec![(0, 1, fixtures::edge(1.0))],
            Default::default(),
            Vec::new(),
        );
        for row in BACKBONES {
            assert_eq!((row.keep)(&EntityGraph::default(), 1.0), Vec::<bool>::new());
            assert_eq!((row.keep)(&one, 1.0).len(), 1, "{}", row.name);
        }
    }
}
