//! Graphology's JSON, which sigma.js draws as it is.
//!
//! Both take what they know by `key` and `attributes` and pass over the rest. `id`, `weight` and the two flags stand beside
//! them for readers of node-link JSON (NetworkX), which take the file for theirs by its `nodes` and `edges`.

use std::f64::consts::PI;

use serde::Serialize;

use super::columns::{self, Value};
use super::json::{Object, write_lines};
use super::layout::{self, Block, Tie};
use super::{Options, Sink, svg};
use crate::error::Result;
use crate::graph::EntityGraph;
use crate::measure::Report;

/// Graphs of so many nodes are laid out; larger ones get a spiral, from which a layout in the browser can start.
const LAID_OUT: usize = 150;

#[derive(Serialize)]
struct Node<'a> {
    key: &'a str,
    id: &'a str,
    attributes: Object<'a>,
}

#[derive(Serialize)]
struct Edge<'a> {
    source: &'a str,
    target: &'a str,
    weight: f64,
    attributes: Object<'a>,
}

/// Writes nodes with label, position, size and colour, and edges with their weight.
pub fn write(report: &Report, options: &Options, sink: &mut Sink) -> Result<()> {
    sink.part("graph.graphology.json", |out| {
        let graph = &report.graph;
        writeln!(out, "{{\"attributes\": {{\"name\": {}}},", serde_json::to_string(&options.title)?)?;
        writeln!(out, "\"options\": {{\"type\": \"undirected\", \"multi\": false, \"allowSelfLoops\": true}},")?;
        writeln!(out, "\"directed\": false, \"multigraph\": false,")?;
        let of_nodes = columns::of_nodes(report);
        let sizes = sizes(graph);
        let places = positions(graph, &sizes);
        let nodes = graph.nodes().map(|(id, node)| {
            // sigma throws on a node without numbers for x and y.
            let (x, y) = places[id.0 as usize];
            let first = vec![
                ("label", Value::Text(&node.name)),
                ("x", Value::Float(x)),
                ("y", Value::Float(y)),
                ("size", Value::Float(sizes[id.0 as usize])),
                ("color", Value::Text(svg::colour(&node.entity_type).strong)),
            ];
            let mut attributes = Object::new(first, &of_nodes, id);
            // sigma takes `type` for the program that draws the node, and throws on one that it does not know.
            attributes.0.iter_mut().filter(|(name, _)| *name == "type").for_each(|(name, _)| *name = "entityType");
            Node { key: &node.id, id: &node.id, attributes }
        });
        write_lines(out, "nodes", nodes)?;
        writeln!(out, ",")?;
        let of_edges = columns::of_edges(report);
        let edges = columns::edges(graph).map(|(id, a, b, edge)| Edge {
            source: &graph.node(a).id,
            target: &graph.node(b).id,
            weight: edge.weight,
            attributes: Object::new(
                vec![("weight", Value::Float(edge.weight))],
                &of_edges,
                columns::Tie::of(graph, id),
            ),
        });
        write_lines(out, "edges", edges)?;
        writeln!(out, "\n}}")
    })
}

/// Sizes by the sentences of a node.
fn sizes(graph: &EntityGraph) -> Vec<f64> {
    let most = graph.nodes().map(|(_, node)| node.sentences).max().unwrap_or(1).max(1) as f64;
    graph.nodes().map(|(_, node)| rounded(3.0 + 12.0 * (node.sentences as f64 / most).sqrt())).collect()
}

fn positions(graph: &EntityGraph, sizes: &[f64]) -> Vec<(f64, f64)> {
    if sizes.len() > LAID_OUT {
        return (0..sizes.len() as u32).map(spiral).collect();
    }
    let block = |size: &f64| Block { width: 6.0 * size, height: 4.0 * size, hub: 2.0 * size };
    let blocks: Vec<Block> = sizes.iter().map(block).collect();
    let ties = columns::edges(graph).filter(|(_, a, b, edge)| a != b && graph.pull(edge) > 0.0);
    let ties: Vec<Tie> =
        ties.map(|(_, a, b, edge)| Tie { ends: (a.0 as usize, b.0 as usize), weight: graph.pull(edge) }).collect();
    // The layout's y grows downwards, sigma's upwards.
    let place = |point: &layout::Point| (rounded(point.x), rounded(-point.y));
    layout::place(&blocks, &ties, 1.5).centres.iter().map(place).collect()
}

/// A place on a sunflower's spiral, the first nodes in the middle: no two nodes share one.
fn spiral(number: u32) -> (f64, f64) {
    let (radius, angle) = ((f64::from(number) + 0.5).sqrt(), f64::from(number) * PI * (3.0 - 5f64.sqrt()));
    (rounded(10.0 * radius * angle.cos()), rounded(10.0 * radius * angle.sin()))
}

/// Three places: machines differ in the last digits of a cosine.
fn rounded(number: f64) -> f64 {
    // Adding 0 turns -0 into 0.
    (number * 1000.0).round() / 1000.0 + 0.0
}
