//! A file laid out in any way, read from its start to its end: what is wrong with one that cannot be read is told here.

use std::borrow::Cow;
use std::fmt;
use std::io::{BufReader, Read};
use std::marker::PhantomData;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::assembly::{Assembly, Head};
use super::edges::{SavedCounts, SavedEdge};
use super::nodes::{SavedDocument, SavedNode};
use super::shared::Shared;
use super::{Depth, ambiguous};
use crate::graph::Edge;
use crate::graph::weights::Kept;
use crate::measure::Report;

/// Why a file is no saved graph.
pub(super) enum Fault {
    /// It is damaged at some place.
    Json(serde_json::Error),
    /// It contradicts itself.
    Content(String),
}

/// The version of a file and the graph in it.
pub(super) fn read(from: impl Read, depth: Depth) -> Result<(u32, Report), Fault> {
    let shared = Shared::default();
    let mut json = serde_json::Deserializer::from_reader(BufReader::with_capacity(1 << 18, from));
    let parts = Parts { depth, shared: &shared };
    let (schema, head, edges) = json.deserialize_map(parts).map_err(Fault::Json)?;
    json.end().map_err(Fault::Json)?;
    let mut graph = Assembly::new(head).map_err(Fault::Content)?;
    for (a, b, edge, kept) in edges {
        let ends = (graph.place(&a).map_err(Fault::Content)?, graph.place(&b).map_err(Fault::Content)?);
        graph.builder.add(ends.0, ends.1, edge, kept);
    }
    Ok((schema, graph.finish()))
}

/// Only the version of a file, if it tells one.
pub(super) fn version(from: impl Read) -> Option<u32> {
    #[derive(Deserialize)]
    struct Version {
        schema: u32,
    }
    serde_json::from_reader(BufReader::new(from)).ok().map(|version: Version| version.schema)
}

/// A tie with the ids of its ends.
type Named = (Arc<str>, Arc<str>, Edge, Kept);

/// Reads the parts of the file, in any order.
struct Parts<'s> {
    depth: Depth,
    shared: &'s Shared,
}

impl<'a> Visitor<'a> for Parts<'_> {
    type Value = (u32, Head, Vec<Named>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a saved graph")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let (mut schema, mut head, mut is_there, mut edges) = (None, Head::default(), false, None);
        while let Some(key) = map.next_key::<Cow<str>>()? {
            match &*key {
                "schema" => schema = Some(map.next_value()?),
                "settings" => head.settings = map.next_value()?,
                "corpus" => head.corpus = Some(map.next_value()?),
                "documents" => {
                    let read = |saved: SavedDocument| Ok(saved.read());
                    head.documents = Some(map.next_value_seed(Rows::new(read))?);
                }
                "ambiguous" => head.ambiguous = map.next_value_seed(Rows::new(ambiguous::read))?,
                "nodes" => {
                    is_there = true;
                    head.nodes = Default::default();
                    let push = |saved: SavedNode| {
                        head.nodes.push(saved.read(self.shared));
                        Ok(())
                    };
                    drop::<Vec<()>>(map.next_value_seed(Rows::new(push))?);
                }
                "edges" => edges = Some(self.edges(&mut map)?),
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        let missing = A::Error::missing_field;
        let schema = schema.ok_or_else(|| missing("schema"))?;
        head.corpus.as_ref().ok_or_else(|| missing("corpus"))?;
        head.documents.as_ref().ok_or_else(|| missing("documents"))?;
        is_there.then_some(()).ok_or_else(|| missing("nodes"))?;
        Ok((schema, head, edges.ok_or_else(|| missing("edges"))?))
    }
}

impl Parts<'_> {
    fn edges<'a, A: MapAccess<'a>>(&self, map: &mut A) -> Result<Vec<Named>, A::Error> {
        let shared = self.shared;
        match self.depth {
            Depth::All => map.next_value_seed(Rows::new(|saved: SavedEdge| {
                saved.read(shared).map(|(a, b, edge, kept)| (shared.get(&a), shared.get(&b), edge, kept))
            })),
            Depth::Counts => map.next_value_seed(Rows::new(|saved: SavedCounts| {
                saved.read().map(|(a, b, edge, kept)| (shared.get(&a), shared.get(&b), edge, kept))
            })),
        }
    }
}

/// Reads a list row by row: nothing but what `read` makes of the rows is kept of it.
struct Rows<S, F>(F, PhantomData<S>);

impl<S, F> Rows<S, F> {
    fn new<T>(read: F) -> Rows<S, F>
    where
        F: FnMut(S) -> Result<T, String>,
    {
        Rows(read, PhantomData)
    }
}

impl<'a, S: Deserialize<'a>, T, F: FnMut(S) -> Result<T, String>> DeserializeSeed<'a> for Rows<S, F> {
    type Value = Vec<T>;

    fn deserialize<D: Deserializer<'a>>(self, from: D) -> Result<Vec<T>, D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'a, S: Deserialize<'a>, T, F: FnMut(S) -> Result<T, String>> Visitor<'a> for Rows<S, F> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'a>>(mut self, mut list: A) -> Result<Vec<T>, A::Error> {
        let mut rows = Vec::new();
        while let Some(saved) = list.next_element()? {
            rows.push((self.0)(saved).map_err(A::Error::custom)?);
        }
        Ok(rows)
    }
}
