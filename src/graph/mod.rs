//! The graph of entities: an undirected, weighted petgraph whose edges carry their evidence.
//!
//! The only home of petgraph. Node and edge order is fixed: nodes by the sentences they act in, then by id; edges by weight,
//! the strongest first, then by their nodes.

mod adjacency;
pub mod backbone;
mod builder;
pub mod compare;
#[cfg(test)]
pub mod fixtures;
mod from_ties;
pub mod paths;
pub mod significance;
pub mod weights;
pub mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use petgraph::graph::{EdgeIndex, NodeIndex, UnGraph};
use petgraph::visit::EdgeRef;
use thin_vec::ThinVec;

pub use adjacency::Adjacency;
pub use builder::Builder;

use crate::model::{Ambiguous, Context, CorpusFigures, Date, DocumentInfo, EntityType, Spot};
use crate::relate::Days;
use crate::relate::evidence::in_turns;
use weights::{Counts, Kept, Values, WEIGHTS, Weight};

/// An entity of the graph.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Stable id.
    pub id: String,
    /// The name to show.
    pub name: String,
    /// Its type.
    pub entity_type: EntityType,
    /// Mentions in all contexts.
    pub mentions: u64,
    /// Sentences that mention it, in any context.
    pub sentences: u64,
    /// Units in which it acts, copies folded, which weights and tests count.
    pub n: u64,
    /// Documents in which it acts.
    pub documents: u64,
    /// How often each written form occurs.
    pub aliases: BTreeMap<String, u64>,
    /// The ids of the entities inside its titles ("Russian President"), with how often.
    pub affiliations: BTreeMap<String, u64>,
    /// Day of the first dated document in which it acts.
    pub first: Option<Date>,
    /// Day of the last one.
    pub last: Option<Date>,
    /// The part of `n` in dated documents by day, in order.
    pub days: Days,
}

/// A tie between two entities: seventy bytes, for there may be ten million. Lists take room only where they hold something, and
/// weights that follow from counts are computed when they are asked for ([`EntityGraph::values`]).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Edge {
    /// Sentences in which both act.
    pub sentences: u64,
    /// Units in which both act, copies folded, which weights and tests count.
    pub n: u64,
    /// Documents with such a unit.
    pub documents: u64,
    /// The same with documents that repeat each other's units as one.
    pub sources: u64,
    /// The part of `n` that rests on a mention that does not act (in a dateline, a byline, an attribution, a role), by its
    /// context, in order. Empty unless such contexts were asked for.
    pub contexts: ThinVec<(Context, u64)>,
    /// Day of the first dated document with such a unit.
    pub first: Option<Date>,
    /// Day of the last one.
    pub last: Option<Date>,
    /// The part of `n` in dated documents by day, in order.
    pub days: ThinVec<(Date, u64)>,
    /// The weight that orders and draws: the value of [`EntityGraph::weight`].
    pub weight: f64,
    /// Some of the sentences, none a copy of another.
    pub evidence: ThinVec<Evidence>,
}

/// A sentence that names both ends of an edge; in wider units also two sentences, one with each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The document's id.
    pub document: Arc<str>,
    /// Which sentence of it, from 0.
    pub sentence: u32,
    /// The same, or where the other end stands in a later sentence, that one.
    pub last_sentence: u32,
    /// Its text, or the two texts.
    pub text: Arc<str>,
    /// Where the edge's source stands in `text`.
    pub source: Spot,
    /// Where its target stands.
    pub target: Spot,
    /// The copies of it in other documents: their ids, and sentences from 0.
    pub copies: ThinVec<(Arc<str>, u32)>,
}

/// The graph with what is known about its corpus.
#[derive(Clone, Debug)]
pub struct EntityGraph {
    // The nodes stand beside it: adding a tie touches those of both ends, and eight bytes of each stay in a cache.
    graph: UnGraph<(), Edge>,
    /// What the weights of each edge need besides its counts; those behind the last are not known.
    kept: Vec<Kept>,
    nodes: Vec<Node>,
    weight: &'static Weight,
    /// Figures of the corpus.
    pub corpus: CorpusFigures,
    /// The documents, by id.
    pub documents: Vec<DocumentInfo>,
    /// Names that nothing decides.
    pub ambiguous: Vec<Ambiguous>,
}

/// A node by its place in the order of nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// An edge by its place in the order of edges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EdgeId(pub u32);

/// The [kind](Edge::kind) of a tie of which some unit has both act.
pub const ACTING: &str = "acting";

impl Edge {
    /// In how many units both act.
    pub fn acting(&self) -> u64 {
        self.n - self.n.min(self.contexts.iter().map(|(_, n)| n).sum())
    }

    /// What the tie rests on: [`ACTING`] where both act in some unit, else the commonest of its contexts.
    pub fn kind(&self) -> &'static str {
        let commonest = self.contexts.iter().rev().max_by_key(|(_, n)| *n);
        commonest.filter(|_| self.acting() == 0).map_or(ACTING, |(context, _)| context.name())
    }
}

impl Default for EntityGraph {
    /// No node.
    fn default() -> EntityGraph {
        EntityGraph::new(Vec::new(), Vec::new(), CorpusFigures::default(), Vec::new())
    }
}

impl EntityGraph {
    /// A graph of these nodes and edges; an edge names its ends by their place in `nodes`. Both are put in order. The weights of
    /// the edges are taken for `n`, see [`EntityGraph::called`].
    pub fn new(
        nodes: Vec<Node>,
        edges: Vec<(usize, usize, Edge)>,
        corpus: CorpusFigures,
        documents: Vec<DocumentInfo>,
    ) -> EntityGraph {
        EntityGraph::ordered(nodes, edges, corpus, documents, weights::default_weight())
    }

    /// The same graph; the weights that its edges have already are values of `weight`.
    pub fn called(self, weight: &'static Weight) -> EntityGraph {
        Builder::again(self, weight)
    }

    /// The same graph with another weight in use: edges get its value, 0 where it is not known, and are put in order of it.
    pub fn weighted_by(mut self, weight: &'static Weight) -> EntityGraph {
        let mut same = self.weight.name == weight.name;
        for index in self.graph.edge_indices() {
            let value = self.measure(EdgeId(index.index() as u32), weight.name).unwrap_or_default();
            same &= std::mem::replace(&mut self.graph[index].weight, value).to_bits() == value.to_bits();
        }
        if same { self } else { self.called(weight) }
    }

    /// The same as [`EntityGraph::new`], where the weights are values of `weight`.
    pub fn ordered(
        nodes: Vec<Node>,
        edges: Vec<(usize, usize, Edge)>,
        corpus: CorpusFigures,
        documents: Vec<DocumentInfo>,
        weight: &'static Weight,
    ) -> EntityGraph {
        let mut builder = Builder::new(nodes, weight);
        edges.into_iter().for_each(|(a, b, edge)| builder.add(a, b, edge, Kept::default()));
        builder.finish(corpus, documents)
    }

    /// The weight in use.
    pub fn weight(&self) -> &'static Weight {
        self.weight
    }

    /// How strongly an edge pulls in paths, PageRank and the like: its weight if that is a positive one, else `n`. Never
    /// negative.
    pub fn pull(&self, edge: &Edge) -> f64 {
        if self.weight.positive { edge.weight.max(0.0) } else { edge.n as f64 }
    }

    /// The first and the last day of its documents and, where not all have a day, how many do. Linear in the documents.
    pub fn period(&self) -> Option<(Date, Date, Option<u64>)> {
        let (first, last) = self.corpus.dates?;
        let dated = self.documents.iter().filter(|document| document.date.is_some()).count() as u64;
        Some((first, last, Some(dated).filter(|dated| *dated < self.corpus.documents)))
    }

    /// How many nodes there are.
    pub fn n_nodes(&self) -> usize {
        self.graph.node_count()
    }

    /// How many edges there are.
    pub fn n_edges(&self) -> usize {
        self.graph.edge_count()
    }

    /// The nodes in order.
    pub fn nodes(&self) -> impl Iterator<Item = (NodeId, &Node)> + Clone {
        (0..).map(NodeId).zip(&self.nodes)
    }

    /// The edges in order, with their ends; the source comes first in the order of nodes.
    pub fn edges(&self) -> impl Iterator<Item = (EdgeId, NodeId, NodeId, &Edge)> + Clone {
        self.graph
            .edge_references()
            .map(|e| (EdgeId(e.id().index() as u32), id(e.source()), id(e.target()), e.weight()))
    }

    /// A node.
    pub fn node(&self, node: NodeId) -> &Node {
        &self.nodes[node.0 as usize]
    }

    /// An edge with its ends.
    pub fn edge(&self, edge: EdgeId) -> (NodeId, NodeId, &Edge) {
        let index = EdgeIndex::new(edge.0 as usize);
        let (a, b) = self.graph.edge_endpoints(index).expect("an edge of this graph");
        (id(a), id(b), &self.graph[index])
    }

    /// The weights of an edge that are known. Cost: about a microsecond.
    pub fn values(&self, edge: EdgeId) -> Values {
        Values::of(&self.counts(edge))
    }

    /// The value of a weight of an edge, if it is known.
    pub fn measure(&self, edge: EdgeId, name: &str) -> Option<f64> {
        WEIGHTS.iter().find(|row| row.name == name)?.of(&self.counts(edge))
    }

    fn kept(&self, edge: EdgeId) -> Kept {
        self.kept.get(edge.0 as usize).copied().unwrap_or_default()
    }

    /// What is known about the two ends of an edge.
    fn counts(&self, edge: EdgeId) -> Counts {
        let kept = self.kept(edge);
        let (a, b, edge) = self.edge(edge);
        // In order of ids, so that no last digit depends on who comes first in this graph.
        let (a, b) = (self.node(a), self.node(b));
        let (a, b) = if a.id <= b.id { (a, b) } else { (b, a) };
        Counts {
            n: edge.n,
            ends: (a.n, b.n),
            units: self.corpus.units,
            documents: edge.documents,
            sources: edge.sources,
            kept,
        }
    }

    /// The edge between two nodes.
    pub fn between(&self, a: NodeId, b: NodeId) -> Option<EdgeId> {
        let edge = self.graph.find_edge(NodeIndex::new(a.0 as usize), NodeIndex::new(b.0 as usize))?;
        Some(EdgeId(edge.index() as u32))
    }

    /// Keeps at most `limit` sentences as evidence of each edge, chosen [in turns](in_turns), and as many
    /// copies of each.
    pub fn limit_evidence(&mut self, limit: usize) {
        for edge in self.graph.edge_weights_mut() {
            let documents: Vec<&str> = edge.evidence.iter().map(|evidence| &*evidence.document).collect();
            let mut kept = in_turns(&documents, limit).into_iter().peekable();
            let mut place = 0..;
            edge.evidence.retain(|_| kept.next_if_eq(&place.next().unwrap_or_default()).is_some());
            edge.evidence.iter_mut().for_each(|evidence| evidence.copies.truncate(limit));
        }
    }

    /// Gives an edge other sentences as evidence.
    pub fn set_evidence(&mut self, edge: EdgeId, evidence: ThinVec<Evidence>) {
        if let Some(known) = self.graph.edge_weight_mut(EdgeIndex::new(edge.0 as usize)) {
            known.evidence = evidence;
        }
    }

    /// The edges of a node with the node at the other end, strongest first.
    pub fn ties(&self, node: NodeId) -> Vec<(NodeId, EdgeId)> {
        let index = NodeIndex::new(node.0 as usize);
        let mut ties: Vec<(NodeId, EdgeId)> = self
            .graph
            .edges(index)
            .map(|e| {
                let other = if e.source() == index { e.target() } else { e.source() };
                (id(other), EdgeId(e.id().index() as u32))
            })
            .collect();
        // Edges are numbered by weight.
        ties.sort_unstable_by_key(|(_, edge)| *edge);
        ties
    }

    /// The graph of the edges for which `keep` has true, in order, and of the nodes that keep a tie or never had one, with the
    /// places those nodes had.
    pub fn pruned(&self, keep: &[bool]) -> (EntityGraph, Vec<NodeId>) {
        let mut stays: Vec<bool> =
            self.graph.node_indices().map(|node| self.graph.neighbors(node).next().is_none()).collect();
        for (_, a, b, _) in self.edges().filter(|(edge, ..)| keep[edge.0 as usize]) {
            stays[a.0 as usize] = true;
            stays[b.0 as usize] = true;
        }
        let stay: Vec<NodeId> = self.nodes().map(|(node, _)| node).filter(|node| stays[node.0 as usize]).collect();
        (self.part(&stay, |edge| keep[edge.0 as usize]), stay)
    }

    /// The graph of these nodes and the edges between them.
    pub fn subgraph(&self, keep: &[NodeId]) -> EntityGraph {
        self.part(keep, |_| true)
    }

    /// The graph of these nodes and of those edges between them that `wanted` takes.
    fn part(&self, keep: &[NodeId], wanted: impl Fn(EdgeId) -> bool) -> EntityGraph {
        let mut place = vec![usize::MAX; self.n_nodes()];
        keep.iter().enumerate().for_each(|(at, node)| place[node.0 as usize] = at);
        let nodes = keep.iter().map(|&node| self.node(node).clone()).collect();
        let mut builder = Builder::new(nodes, self.weight);
        for (id, a, b, edge) in self.edges().filter(|(id, ..)| wanted(*id)) {
            let (a, b) = (place[a.0 as usize], place[b.0 as usize]);
            if a != usize::MAX && b != usize::MAX {
                builder.add(a, b, edge.clone(), self.kept(id));
            }
        }
        let part = builder.finish(self.corpus.clone(), self.documents.clone());
        EntityGraph { ambiguous: self.ambiguous.clone(), ..part }
    }
}

fn id(index: NodeIndex) -> NodeId {
    NodeId(index.index() as u32)
}
