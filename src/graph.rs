//! The graph of entities: an undirected, weighted petgraph whose edges carry their evidence.
//!
//! The only home of petgraph. Node and edge order is fixed: nodes by the sentences they act in, then by id; edges by weight,
//! then by their nodes.

use std::collections::BTreeMap;

use petgraph::graph::{EdgeIndex, NodeIndex, UnGraph};
use petgraph::visit::EdgeRef;

use crate::model::{CorpusFigures, Date, DocumentInfo, EntityType, Rule, Span};
use crate::relate::{self, Ties};

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
    /// Sentences in which it acts.
    pub sentences: u64,
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
}

/// A tie between two entities.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// Sentences in which both act.
    pub sentences: u64,
    /// Documents with such a sentence.
    pub documents: u64,
    /// The weight that orders and draws.
    pub weight: f64,
    /// Some of the sentences.
    pub evidence: Vec<Evidence>,
}

/// A sentence that names both ends of an edge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The document's id.
    pub document: String,
    /// Which sentence of it, from 0.
    pub sentence: u32,
    /// Its text.
    pub text: String,
    /// Where the edge's source stands in `text`, in bytes, and the rule that linked it.
    pub source: (Span, Rule),
    /// Where its target stands.
    pub target: (Span, Rule),
}

/// The graph with what is known about its corpus.
#[derive(Clone, Debug, Default)]
pub struct EntityGraph {
    graph: UnGraph<Node, Edge>,
    /// Figures of the corpus.
    pub corpus: CorpusFigures,
    /// The documents, by id.
    pub documents: Vec<DocumentInfo>,
}

/// A node by its place in the order of nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

/// An edge by its place in the order of edges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EdgeId(pub u32);

impl EntityGraph {
    /// The graph of what was counted; the weight of an edge is its number of sentences. Entities that act in no sentence
    /// (only in datelines, bylines, attribution or roles) are no nodes.
    pub fn from_ties(ties: Ties) -> EntityGraph {
        let ids: Vec<String> = ties.actors.iter().map(|actor| actor.id.to_string()).collect();
        let mut place = vec![usize::MAX; ids.len()];
        let mut nodes = Vec::new();
        for (number, actor) in ties.actors.into_iter().enumerate().filter(|(_, actor)| actor.sentences > 0) {
            place[number] = nodes.len();
            nodes.push(node(actor, &ids));
        }
        let documents = ties.documents;
        let edges = ties.pairs.into_iter().map(|pair| {
            let evidence = pair.evidence.into_iter().map(|evidence| Evidence {
                document: documents[evidence.document as usize].id.clone(),
                sentence: evidence.sentence,
                text: evidence.text.into(),
                source: evidence.source,
                target: evidence.target,
            });
            let edge = Edge {
                sentences: pair.sentences,
                documents: pair.documents,
                weight: pair.sentences as f64,
                evidence: evidence.collect(),
            };
            (place[pair.entities.0 as usize], place[pair.entities.1 as usize], edge)
        });
        let edges = edges.collect();
        EntityGraph::new(nodes, edges, ties.figures, documents)
    }

    /// A graph of these nodes and edges; an edge names its ends by their place in `nodes`. Both are put in order.
    pub fn new(
        nodes: Vec<Node>,
        edges: Vec<(usize, usize, Edge)>,
        corpus: CorpusFigures,
        documents: Vec<DocumentInfo>,
    ) -> EntityGraph {
        let mut order: Vec<usize> = (0..nodes.len()).collect();
        order.sort_by(|&a, &b| nodes[b].sentences.cmp(&nodes[a].sentences).then_with(|| nodes[a].id.cmp(&nodes[b].id)));
        let mut place = vec![0u32; nodes.len()];
        order.iter().enumerate().for_each(|(at, &node)| place[node] = at as u32);
        let mut slots: Vec<Option<Node>> = nodes.into_iter().map(Some).collect();
        let mut graph = UnGraph::with_capacity(order.len(), edges.len());
        for node in order {
            graph.add_node(slots[node].take().expect("each node is taken once"));
        }
        let mut edges: Vec<(u32, u32, Edge)> = edges
            .into_iter()
            .map(|(a, b, edge)| {
                let (a, b) = (place[a], place[b]);
                if a <= b { (a, b, edge) } else { (b, a, turned(edge)) }
            })
            .collect();
        edges.sort_by(|x, y| y.2.weight.total_cmp(&x.2.weight).then((x.0, x.1).cmp(&(y.0, y.1))));
        for (a, b, edge) in edges {
            graph.add_edge(NodeIndex::new(a as usize), NodeIndex::new(b as usize), edge);
        }
        EntityGraph { graph, corpus, documents }
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
        self.graph.node_indices().map(|index| (id(index), &self.graph[index]))
    }

    /// The edges in order, with their ends; the source comes first in the order of nodes.
    pub fn edges(&self) -> impl Iterator<Item = (EdgeId, NodeId, NodeId, &Edge)> + Clone {
        self.graph
            .edge_references()
            .map(|e| (EdgeId(e.id().index() as u32), id(e.source()), id(e.target()), e.weight()))
    }

    /// A node.
    pub fn node(&self, node: NodeId) -> &Node {
        &self.graph[NodeIndex::new(node.0 as usize)]
    }

    /// An edge with its ends.
    pub fn edge(&self, edge: EdgeId) -> (NodeId, NodeId, &Edge) {
        let index = EdgeIndex::new(edge.0 as usize);
        let (a, b) = self.graph.edge_endpoints(index).expect("an edge of this graph");
        (id(a), id(b), &self.graph[index])
    }

    /// The edge between two nodes.
    pub fn between(&self, a: NodeId, b: NodeId) -> Option<EdgeId> {
        let edge = self.graph.find_edge(NodeIndex::new(a.0 as usize), NodeIndex::new(b.0 as usize))?;
        Some(EdgeId(edge.index() as u32))
    }

    /// The edges of a node with the node at the other end, heaviest first.
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

    /// For every node, its neighbours with the weight of the edge, in order of nodes.
    pub fn adjacency(&self) -> Vec<Vec<(u32, f64)>> {
        let mut lists = vec![Vec::new(); self.n_nodes()];
        for (_, a, b, edge) in self.edges() {
            lists[a.0 as usize].push((b.0, edge.weight));
            lists[b.0 as usize].push((a.0, edge.weight));
        }
        lists.iter_mut().for_each(|list| list.sort_unstable_by_key(|(node, _)| *node));
        lists
    }

    /// The graph of these nodes and the edges between them.
    pub fn subgraph(&self, keep: &[NodeId]) -> EntityGraph {
        let mut place = vec![usize::MAX; self.n_nodes()];
        keep.iter().enumerate().for_each(|(at, node)| place[node.0 as usize] = at);
        let nodes = keep.iter().map(|&node| self.node(node).clone()).collect();
        let edges = self
            .edges()
            .map(|(_, a, b, edge)| (place[a.0 as usize], place[b.0 as usize], edge))
            .filter(|(a, b, _)| *a != usize::MAX && *b != usize::MAX)
            .map(|(a, b, edge)| (a, b, edge.clone()))
            .collect();
        EntityGraph::new(nodes, edges, self.corpus.clone(), self.documents.clone())
    }
}

fn node(actor: relate::Actor, ids: &[String]) -> Node {
    Node {
        id: actor.id.to_string(),
        name: actor.name.to_string(),
        entity_type: actor.entity_type,
        mentions: actor.mentions,
        sentences: actor.sentences,
        documents: actor.documents,
        aliases: actor.aliases,
        affiliations: actor
            .affiliations
            .into_iter()
            .map(|(number, count)| (ids[number as usize].clone(), count))
            .collect(),
        first: actor.first,
        last: actor.last,
    }
}

fn id(index: NodeIndex) -> NodeId {
    NodeId(index.index() as u32)
}

/// The same edge seen from its other end.
fn turned(mut edge: Edge) -> Edge {
    for evidence in &mut edge.evidence {
        std::mem::swap(&mut evidence.source, &mut evidence.target);
    }
    edge
}
