//! Communities: groups of actors with more ties among themselves than with others.

use std::cmp::Reverse;

use foldhash::HashMap;

use super::leiden::{self, Level};
use crate::graph::{Adjacency, EntityGraph};

/// Which community each node belongs to, and what the communities are called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Communities {
    /// The community of each node, in order of nodes. They are numbered by size, the largest first, then by their first node.
    pub of: Vec<u32>,
    /// The name of each: that of its strongest actor, with the id behind it where two would be called the same.
    pub labels: Vec<String>,
}

/// The partition that the Leiden algorithm finds for the largest weighted modularity, at resolution 1 and with a fixed seed: the
/// same graph gives the same communities. Every community hangs together; a node without ties is one of its own.
///
/// Nearly O(m). Traag, Waltman & van Eck, "From Louvain to Leiden", Scientific Reports 9, 5233 (2019).
pub fn communities(graph: &EntityGraph) -> Communities {
    let lists = graph.adjacency();
    let strengths: Vec<f64> = lists.iter().map(|list| list.iter().map(|(_, pull)| pull).sum()).collect();
    let found = partition(lists);
    let mut groups: Vec<Vec<u32>> = vec![Vec::new(); found.iter().max().map_or(0, |last| *last as usize + 1)];
    found.iter().zip(0..).for_each(|(community, node)| groups[*community as usize].push(node));
    groups.sort_by_key(|group| (Reverse(group.len()), group[0]));
    let mut of = vec![0; found.len()];
    for (number, group) in groups.iter().enumerate() {
        group.iter().for_each(|&node| of[node as usize] = number as u32);
    }
    Communities { of, labels: labels(graph, &strengths, &groups) }
}

/// The community of each node. In the memory of the lists: those of ten million ties take 320 MB.
fn partition(lists: Adjacency) -> Vec<u32> {
    const SEED: u64 = 1;
    // Weights over the largest, so that their sum stays finite; modularity does not change by it.
    let largest = lists.iter().flatten().map(|(_, pull)| *pull).fold(0.0, f64::max);
    let (mut ties, begins) = lists.into_parts();
    for (ends, node) in begins.windows(2).zip(0..) {
        for (other, pull) in &mut ties[ends[0]..ends[1]] {
            let pulls = *other != node && *pull > 0.0 && largest.is_finite();
            *pull = if pulls { *pull / largest } else { 0.0 };
        }
    }
    leiden::communities(Level::new(ties, begins), SEED)
}

/// The name of each group, given how strongly each node is tied.
fn labels(graph: &EntityGraph, strengths: &[f64], groups: &[Vec<u32>]) -> Vec<String> {
    let nodes: Vec<&crate::graph::Node> = graph.nodes().map(|(_, node)| node).collect();
    let strongest = |group: &Vec<u32>| {
        let first = |a: &u32, b: &u32| strengths[*a as usize].total_cmp(&strengths[*b as usize]).then(b.cmp(a));
        group.iter().copied().max_by(first).expect("a community has members")
    };
    let chosen: Vec<u32> = groups.iter().map(strongest).collect();
    let mut times: HashMap<&str, u32> = HashMap::default();
    chosen.iter().for_each(|&node| *times.entry(&nodes[node as usize].name).or_default() += 1);
    let label = |&node: &u32| {
        let node = nodes[node as usize];
        if times[&*node.name] == 1 { node.name.clone() } else { format!("{} ({})", node.name, node.id) }
    };
    chosen.iter().map(label).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::fixtures;

    #[test]
    fn communities_are_about_as_modular_as_those_of_igraph_and_hang_together() {
        for fixture in fixtures::graphs(include_str!("../../tests/data/measures.json")) {
            let graph = fixture.graph();
            let found = communities(&graph);
            let modularity = modularity(&graph, &found.of);
            let best = fixture.figures["modularity"];
            assert!(modularity > best - 0.02, "modularity {modularity}, igraph reaches {best}");
            assert_eq!(found, communities(&graph));
            for number in 0..found.labels.len() as u32 {
                assert!(hangs_together(&graph, &found.of, number), "community {number}");
            }
        }
    }

    /// The sum over communities of the share of weight inside, minus the square of the share of strength. Newman & Girvan 2004.
    fn modularity(graph: &EntityGraph, of: &[u32]) -> f64 {
        let total: f64 = graph.edges().map(|(_, _, _, edge)| edge.weight).sum();
        let (mut inside, mut strength) = (vec![0.0; of.len()], vec![0.0; of.len()]);
        for (_, a, b, edge) in graph.edges() {
            let (a, b) = (of[a.0 as usize] as usize, of[b.0 as usize] as usize);
            strength[a] += edge.weight / (2.0 * total);
            strength[b] += edge.weight / (2.0 * total);
            inside[a] += if a == b { edge.weight / total } else { 0.0 };
        }
        inside.iter().zip(strength).map(|(inside, strength)| inside - strength * strength).sum()
    }

    fn hangs_together(graph: &EntityGraph, of: &[u32], number: u32) -> bool {
        let keep: Vec<crate::graph::NodeId> =
            graph.nodes().map(|(id, _)| id).filter(|id| of[id.0 as usize] == number).collect();
        let part = graph.subgraph(&keep);
        part.within(crate::graph::NodeId(0), u32::MAX - 1).len() == keep.len()
    }
}
