//! Names that nothing decides, for the answers about an actor.

use serde_json::{Value, json};

use super::console::visible;
use crate::graph::{EntityGraph, Node};
use crate::model::Ambiguous;

/// The undecided names that may mean this actor, the most frequent first.
pub fn of<'g>(graph: &'g EntityGraph, node: &'g Node) -> impl Iterator<Item = &'g Ambiguous> {
    graph.ambiguous.iter().filter(|name| name.candidates.contains(&node.id))
}

/// A line on them: `"Bush" 3 (george-bush or jeb-bush)`; empty when there is none.
pub fn line(graph: &EntityGraph, node: &Node) -> String {
    /// More would hide the rest of the profile.
    const MOST: usize = 5;
    let names: Vec<String> = of(graph, node).map(told).collect();
    match names.len() {
        0 => String::new(),
        n if n > MOST => format!("{} and {} more", names[..MOST].join("; "), n - MOST),
        _ => names.join("; "),
    }
}

/// The same for programs.
pub fn as_json(graph: &EntityGraph, node: &Node) -> Vec<Value> {
    let as_json = |name: &Ambiguous| json!({"text": name.surface, "count": name.count, "candidates": candidates(name)});
    of(graph, node).map(as_json).collect()
}

fn told(name: &Ambiguous) -> String {
    format!("\"{}\" {} ({})", visible(&name.surface), name.count, visible(&candidates(name).join(" or ")))
}

fn candidates(name: &Ambiguous) -> Vec<&str> {
    name.candidates.iter().collect()
}
