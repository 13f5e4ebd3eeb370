//! What every format says about an actor and about a tie: one list of columns each, so that a new attribute is added once.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hint::black_box;

use foldhash::HashSet;
use serde::{Serialize, Serializer};

use super::text;
use crate::graph::weights::{Values, WEIGHTS};
use crate::graph::{Edge, EdgeId, EntityGraph, Evidence, Node, NodeId};
use crate::measure::Report;
use crate::model::Date;

/// What sort of values a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Whole numbers.
    Integer,
    /// Numbers.
    Float,
    /// Text.
    Text,
    /// Days of the calendar.
    Day,
    /// Lists of texts.
    List,
}

/// One value of a column.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// A whole number.
    Integer(u64),
    /// A finite number.
    Float(f64),
    /// A text.
    Text(&'a str),
    /// A day.
    Day(Date),
    /// Texts, the most frequent first.
    List(Vec<&'a str>),
}

impl<'a> Value<'a> {
    /// The value as text; the items of a list are joined by `separator`, which becomes a blank inside them.
    pub fn text(&self, separator: char) -> Cow<'a, str> {
        match self {
            Value::Integer(number) => number.to_string().into(),
            Value::Float(number) => number.to_string().into(),
            Value::Text(text) => Cow::Borrowed(text),
            Value::Day(day) => day.to_string().into(),
            Value::List(items) => {
                let items: Vec<String> = items.iter().map(|item| item.replace(separator, " ")).collect();
                items.join(separator.encode_utf8(&mut [0; 4])).into()
            }
        }
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Integer(number) => serializer.serialize_u64(*number),
            Value::Float(number) => serializer.serialize_f64(*number),
            Value::Text(text) => serializer.serialize_str(text),
            Value::Day(day) => serializer.collect_str(day),
            Value::List(items) => serializer.collect_seq(items),
        }
    }
}

/// An edge with all its weights: they are computed once for all columns of a row.
#[derive(Clone, Copy)]
pub struct Tie<'r> {
    edge: &'r Edge,
    weights: Values,
}

impl<'r> Tie<'r> {
    /// Computes the weights. Cost: about a microsecond.
    pub fn of(graph: &'r EntityGraph, id: EdgeId) -> Tie<'r> {
        Tie { edge: graph.edge(id).2, weights: graph.values(id) }
    }
}

/// A named attribute of nodes (`I` is [`NodeId`]) or of edges ([`Tie`]).
pub struct Column<'r, I> {
    /// Its name in every format.
    pub name: &'static str,
    /// What sort of values it holds.
    pub kind: Kind,
    value: Box<dyn Fn(I) -> Option<Value<'r>> + Sync + 'r>,
}

impl<'r, I> Column<'r, I> {
    /// The value of a node or an edge; nothing where it has none.
    pub fn value(&self, of: I) -> Option<Value<'r>> {
        (self.value)(of)
    }
}

type Row<T> = (&'static str, Kind, for<'n> fn(&'n T) -> Option<Value<'n>>);

const NODE_COLUMNS: &[Row<Node>] = &[
    ("type", Kind::Text, |node| Some(Value::Text(node.entity_type.name()))),
    ("mentions", Kind::Integer, |node| Some(Value::Integer(node.mentions))),
    ("sentences", Kind::Integer, |node| Some(Value::Integer(node.sentences))),
    ("n", Kind::Integer, |node| Some(Value::Integer(node.n))),
    ("documents", Kind::Integer, |node| Some(Value::Integer(node.documents))),
    ("first", Kind::Day, |node| node.first.map(Value::Day)),
    ("last", Kind::Day, |node| node.last.map(Value::Day)),
    ("aliases", Kind::List, |node| by_count(&node.aliases)),
    ("affiliations", Kind::List, |node| by_count(&node.affiliations)),
];

const EDGE_COLUMNS: &[Row<Edge>] = &[
    ("sentences", Kind::Integer, |edge| Some(Value::Integer(edge.sentences))),
    ("n", Kind::Integer, |edge| Some(Value::Integer(edge.n))),
    ("documents", Kind::Integer, |edge| Some(Value::Integer(edge.documents))),
    ("sources", Kind::Integer, |edge| Some(Value::Integer(edge.sources))),
    ("first", Kind::Day, |edge| edge.first.map(Value::Day)),
    ("last", Kind::Day, |edge| edge.last.map(Value::Day)),
];

/// Only where the graph has ties that rest on a dateline, byline, attribution or role.
const CONTEXT_COLUMNS: &[Row<Edge>] = &[
    ("kind", Kind::Text, |edge| Some(Value::Text(edge.kind()))),
    ("acting", Kind::Integer, |edge| Some(Value::Integer(edge.acting()))),
];

/// Behind the measures: a long text is easier to read at the end of a row.
const EVIDENCE_COLUMNS: &[Row<Edge>] = &[
    ("document", Kind::Text, |edge| first(edge).map(|evidence| Value::Text(&evidence.document))),
    // Sentences count from 1 in every file.
    ("sentence", Kind::Integer, |edge| first(edge).map(|evidence| Value::Integer(u64::from(evidence.sentence) + 1))),
    ("evidence", Kind::Text, |edge| first(edge).map(|evidence| Value::Text(&evidence.text))),
];

/// The columns of nodes: all but id and name, which every format has a place for, then the measures.
pub fn of_nodes(report: &Report) -> Vec<Column<'_, NodeId>> {
    let graph = &report.graph;
    let mut columns: Vec<Column<'_, NodeId>> = Vec::new();
    for &(name, kind, value) in NODE_COLUMNS {
        columns.push(Column { name, kind, value: Box::new(move |id| value(graph.node(id))) });
    }
    for (name, scores) in &report.scores {
        // Neither JSON nor a typed column has a word for a score that is no number.
        let score = |id: NodeId| Some(scores[id.0 as usize]).filter(|score| score.is_finite()).map(Value::Float);
        columns.push(Column { name, kind: Kind::Float, value: Box::new(score) });
    }
    columns
}

/// The columns of edges: all but ends and weight, which every format has a place for, with all weights that are no counts.
pub fn of_edges(report: &Report) -> Vec<Column<'_, Tie<'_>>> {
    let graph = &report.graph;
    let mut columns: Vec<Column<'_, Tie<'_>>> = Vec::new();
    columns.extend(EDGE_COLUMNS.iter().copied().map(of_edge));
    if graph.edges().any(|(.., edge)| !edge.contexts.is_empty()) {
        columns.extend(CONTEXT_COLUMNS.iter().copied().map(of_edge));
    }
    for (place, row) in WEIGHTS.iter().enumerate().filter(|(_, row)| !row.count) {
        let value = move |tie: Tie<'_>| tie.weights.at(place).map(Value::Float);
        columns.push(Column { name: row.name, kind: Kind::Float, value: Box::new(value) });
    }
    columns.extend(EVIDENCE_COLUMNS.iter().copied().map(of_edge));
    columns
}

fn of_edge<'r>((name, kind, value): Row<Edge>) -> Column<'r, Tie<'r>> {
    Column { name, kind, value: Box::new(move |tie| value(tie.edge)) }
}

/// The edges that say something: Gephi drops those of weight 0, so no format has them.
pub fn edges(graph: &EntityGraph) -> impl Iterator<Item = (EdgeId, NodeId, NodeId, &Edge)> + Clone {
    graph.edges().filter(|(_, _, _, edge)| edge.weight != 0.0 && edge.weight.is_finite())
}

/// A name for each node, for formats that know a node by it: where two share one, the later is told apart by its id.
/// `clean` makes a name one that the format can hold.
pub fn unique_names(graph: &EntityGraph, clean: impl Fn(&str) -> String) -> Vec<String> {
    let mut taken: HashSet<String> = HashSet::default();
    let unique = |(_, node): (NodeId, &Node)| {
        let mut name = clean(&text::label(&node.name, text::MAX_LABEL));
        if taken.contains(&name) {
            name = clean(&format!("{name} ({})", text::id(&node.id)));
        }
        while !taken.insert(name.clone()) {
            name.push('*');
        }
        name
    };
    graph.nodes().map(unique).collect()
}

/// Looks at what the rows of this edge and the next ones need, once for some of them: their ends and sentences stand anywhere in memory,
/// which is waited for once when it is asked for together, and once for each when it is not. On a busy machine `edges.csv` took a sixth
/// less time, the edges of `graph.json` a twelfth.
pub fn ask_ahead(graph: &EntityGraph, edge: usize) {
    const TOGETHER: usize = 16;
    if !edge.is_multiple_of(TOGETHER) {
        return;
    }
    let letter = |text: &str| text.as_bytes().first().copied().unwrap_or_default();
    let look = |edge: usize| {
        let (a, b, edge) = graph.edge(EdgeId(edge as u32));
        let ends = letter(&graph.node(a).id) ^ letter(&graph.node(b).id);
        first(edge).map_or(ends, |evidence| ends ^ letter(&evidence.text) ^ letter(&evidence.document))
    };
    let next = edge..graph.n_edges().min(edge + TOGETHER);
    black_box(next.fold(0, |seen, edge| seen ^ look(edge)));
}

fn first(edge: &Edge) -> Option<&Evidence> {
    edge.evidence.first()
}

fn by_count(counts: &BTreeMap<String, u64>) -> Option<Value<'_>> {
    let mut counts: Vec<(&String, &u64)> = counts.iter().collect();
    counts.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    let items: Vec<&str> = counts.into_iter().map(|(item, _)| item.as_str()).collect();
    (!items.is_empty()).then_some(Value::List(items))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_as_short_as_they_read_back() {
        let check = |value: Value<'_>, text: &str, json: &str| {
            assert_eq!(value.text('|'), text);
            assert_eq!(serde_json::to_string(&value).expect("JSON"), json);
        };
        check(Value::Integer(u64::MAX), "18446744073709551615", "18446744073709551615");
        check(Value::Float(0.1 + 0.2), "0.30000000000000004", "0.30000000000000004");
        check(Value::Float(3.0), "3", "3.0");
        check(Value::Text("a\"b"), "a\"b", "\"a\\\"b\"");
        check(Value::Day(Date::new(2025, 5, 19).expect("a day")), "2025-05-19", "\"2025-05-19\"");
        check(Value::List(vec!["a|b", "c"]), "a b|c", "[\"a|b\",\"c\"]");
    }
}
