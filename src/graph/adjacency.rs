//! The ties of every node in one list.

use std::ops::Index;

use super::EntityGraph;

/// For every node, in order, its neighbours in order, each with the [pull](EntityGraph::pull) of the tie: 32 bytes a tie.
pub struct Adjacency {
    ties: Vec<(u32, f64)>,
    /// Where in `ties` those of each node begin, and the end.
    begins: Vec<usize>,
}

impl EntityGraph {
    /// For every node, its neighbours with the pull of the edge, in order of nodes. Cost: O(m log m).
    pub fn adjacency(&self) -> Adjacency {
        let mut begins = vec![0; self.n_nodes() + 1];
        for (_, a, b, _) in self.edges() {
            begins[a.0 as usize + 1] += 1;
            begins[b.0 as usize + 1] += 1;
        }
        (1..begins.len()).for_each(|node| begins[node] += begins[node - 1]);
        let mut ties = vec![(0, 0.0); 2 * self.n_edges()];
        let mut next = begins.clone();
        for (_, a, b, edge) in self.edges() {
            let pull = self.pull(edge);
            for (from, to) in [(a, b), (b, a)] {
                let place = &mut next[from.0 as usize];
                ties[*place] = (to.0, pull);
                *place += 1;
            }
        }
        // The order of equal ones stays that of the edges.
        begins.windows(2).for_each(|ends| ties[ends[0]..ends[1]].sort_by_key(|(node, _)| *node));
        Adjacency { ties, begins }
    }
}

impl Adjacency {
    /// The neighbours of all nodes behind each other, and where those of each begin, with the end.
    pub fn into_parts(self) -> (Vec<(u32, f64)>, Vec<usize>) {
        (self.ties, self.begins)
    }

    /// How many nodes there are.
    pub fn len(&self) -> usize {
        self.begins.len() - 1
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The neighbours of each node.
    pub fn iter(&self) -> impl Iterator<Item = &[(u32, f64)]> {
        self.begins.windows(2).map(|ends| &self.ties[ends[0]..ends[1]])
    }
}

impl Index<usize> for Adjacency {
    type Output = [(u32, f64)];

    fn index(&self, node: usize) -> &[(u32, f64)] {
        &self.ties[self.begins[node]..self.begins[node + 1]]
    }
}
