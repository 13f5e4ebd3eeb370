//! What a page shows of a report: its first actors, and the ties between them, where they are. A copy of them, which had the
//! sentences of all their ties and all documents too, took a sixth of the time of a page.

use super::MAX_ACTORS;
use crate::graph::{Edge, EdgeId, EntityGraph, Node, NodeId};
use crate::measure::Report;

/// The first actors of a report.
#[derive(Clone, Copy)]
pub(super) struct Shown<'r> {
    report: &'r Report,
    count: usize,
}

impl<'r> Shown<'r> {
    /// At most [`MAX_ACTORS`].
    pub fn new(report: &'r Report) -> Shown<'r> {
        Shown { report, count: report.graph.n_nodes().min(MAX_ACTORS) }
    }

    /// The whole graph.
    pub fn whole(&self) -> &'r EntityGraph {
        &self.report.graph
    }

    /// How many actors are shown.
    pub fn count(&self) -> usize {
        self.count
    }

    /// The actors.
    pub fn nodes(&self) -> impl Iterator<Item = &'r Node> + Clone + use<'r> {
        self.report.graph.nodes().take(self.count).map(|(_, node)| node)
    }

    /// The ties between them, in order of the whole graph's.
    pub fn ties(&self) -> impl Iterator<Item = (EdgeId, NodeId, NodeId, &'r Edge)> + use<'r> {
        let count = self.count;
        // The source comes first in the order of nodes.
        self.report.graph.edges().filter(move |(_, _, target, _)| (target.0 as usize) < count)
    }

    /// The names of communities, of all.
    pub fn labels(&self) -> &'r [String] {
        &self.report.communities.labels
    }

    /// The community of each actor; of none where nobody has one.
    pub fn communities(&self) -> &'r [u32] {
        let of = &self.report.communities.of[..];
        of.get(..self.count).unwrap_or(of)
    }

    /// The scores of the actors by measure.
    pub fn scores(&self) -> impl Iterator<Item = (&'static str, &'r [f64])> + use<'r> {
        let count = self.count;
        self.report.scores.iter().map(move |(name, scores)| (*name, &scores[..count]))
    }
}
