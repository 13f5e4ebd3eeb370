//! An actor by what a person types: id, name or any alias, without case and accents; else the nearest names.

use crate::error::{Error, Result};
use crate::gazetteer::Gazetteer;
use crate::graph::{EntityGraph, NodeId};
use crate::model::Ambiguous;

/// The node that `name` means.
///
/// # Errors
/// There is none (the message has the nearest names), or several fit equally.
pub fn find(graph: &EntityGraph, name: &str) -> Result<NodeId> {
    let wanted = key(name);
    let exact: Vec<NodeId> =
        graph.nodes().filter(|(_, node)| node.id == name || key(&node.name) == wanted).map(|(id, _)| id).collect();
    if let [one] = exact[..] {
        return Ok(one);
    }
    let mut seen: Vec<(u64, NodeId)> = graph
        .nodes()
        .map(|(id, node)| (node.aliases.iter().filter(|(alias, _)| key(alias) == wanted).map(|(_, n)| n).sum(), id))
        .filter(|(times, _)| *times > 0)
        .collect();
    seen.sort_by_key(|(times, id)| (std::cmp::Reverse(*times), *id));
    match seen[..] {
        [(_, one)] => return Ok(one),
        // A form that is nearly always one of them means that one.
        [(most, one), (next, _), ..] if most >= 10 * next => return Ok(one),
        [] => {}
        _ => return Err(several(graph, name, seen.into_iter().map(|(_, id)| id))),
    }
    match by_gazetteer(graph, &wanted)[..] {
        [one] => Ok(one),
        [] => Err(unknown(graph, name, &wanted)),
        ref more => Err(several(graph, name, more.iter().copied())),
    }
}

/// The nodes whose gazetteer entry has this form, though the documents do not.
fn by_gazetteer(graph: &EntityGraph, wanted: &str) -> Vec<NodeId> {
    let gazetteer = Gazetteer::builtin();
    let mut ids: Vec<NodeId> = Vec::new();
    for (form, senses) in gazetteer.forms() {
        if key(&form) == wanted {
            let entities = senses.iter().map(|sense| gazetteer.get(sense.entity).id.into_owned());
            ids.extend(entities.filter_map(|id| graph.nodes().find(|(_, node)| node.id == id).map(|(id, _)| id)));
        }
    }
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn several(graph: &EntityGraph, name: &str, nodes: impl Iterator<Item = NodeId>) -> Error {
    let ids: Vec<String> = nodes.take(8).map(|id| graph.node(id).id.clone()).collect();
    Error::new("", format!("`{name}` may be several actors")).way_out(format!("name one of {}", ids.join(", ")))
}

fn unknown(graph: &EntityGraph, name: &str, wanted: &str) -> Error {
    if let Some(undecided) = graph.ambiguous.iter().find(|undecided| key(&undecided.surface) == wanted) {
        return nobody_decided(name, undecided);
    }
    let mut near: Vec<(f64, &str)> = graph
        .nodes()
        .map(|(_, node)| {
            let names = [key(&node.name)].into_iter().chain(node.aliases.keys().map(|alias| key(alias)));
            let words =
                names.flat_map(|name| name.split(' ').map(str::to_owned).chain([name.clone()]).collect::<Vec<_>>());
            (words.map(|word| strsim::jaro_winkler(&word, wanted)).fold(0.0, f64::max), &*node.name)
        })
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let names: Vec<&str> = near.iter().take_while(|(score, _)| *score > 0.8).take(5).map(|(_, name)| *name).collect();
    let error = Error::new("", format!("no actor called `{name}` in this graph"));
    if names.is_empty() {
        error.way_out("`actant top -n 50` lists the actors")
    } else {
        error.way_out(format!("the nearest are {}", names.join(", ")))
    }
}

fn nobody_decided(name: &str, undecided: &Ambiguous) -> Error {
    let Ambiguous { count, document, sentence, candidates, .. } = undecided;
    let fault = format!(
        "`{name}` is named {count} time{}, and nothing decides who is meant (first in {document}, sentence {})",
        if *count == 1 { "" } else { "s" },
        sentence + 1
    );
    let way_out = match &candidates.iter().collect::<Vec<_>>()[..] {
        [] => "a name list with it (-g FILE) makes it an actor".to_owned(),
        candidates => format!("it may be {}; a name list of your own (-g FILE) decides", candidates.join(" or ")),
    };
    Error::new("", fault).way_out(way_out)
}

/// What is compared: lower case ASCII letters and digits, single blanks.
fn key(name: &str) -> String {
    let ascii = any_ascii::any_ascii(name).to_lowercase().replace(['.', '\''], "");
    ascii.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
