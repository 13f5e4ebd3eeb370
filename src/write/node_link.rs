//! Node-link JSON: `networkx.node_link_graph(data, edges="edges")`.

use std::io::Write;

use serde_json::{Map, Value, json};

use super::{Options, Sink};
use crate::error::Result;
use crate::measure::Report;

/// Writes nodes with their measures, and edges with their weight and first sentence.
pub fn write(report: &Report, _: &Options, sink: &mut Sink) -> Result<()> {
    sink.part("graph.node-link.json", |out| {
        let graph = &report.graph;
        writeln!(out, "{{\"directed\": false, \"multigraph\": false, \"graph\": {{}},\n\"nodes\": [")?;
        for (id, node) in graph.nodes() {
            let mut value = Map::new();
            value.insert("id".into(), json!(node.id));
            value.insert("name".into(), json!(node.name));
            value.insert("type".into(), json!(node.entity_type.name()));
            value.insert("mentions".into(), json!(node.mentions));
            value.insert("sentences".into(), json!(node.sentences));
            value.insert("documents".into(), json!(node.documents));
            for (name, scores) in &report.scores {
                value.insert((*name).into(), json!(scores[id.0 as usize]));
            }
            line(out, Value::Object(value), id.0 as usize + 1 == graph.n_nodes())?;
        }
        writeln!(out, "],\n\"edges\": [")?;
        for (id, a, b, edge) in graph.edges() {
            let value = json!({
                "source": graph.node(a).id,
                "target": graph.node(b).id,
                "weight": edge.weight,
                "sentences": edge.sentences,
                "documents": edge.documents,
                "evidence": edge.evidence.first().map_or("", |evidence| &evidence.text),
            });
            line(out, value, id.0 as usize + 1 == graph.n_edges())?;
        }
        writeln!(out, "]}}")
    })
}

fn line(out: &mut dyn Write, value: Value, last: bool) -> std::io::Result<()> {
    serde_json::to_writer(&mut *out, &value)?;
    writeln!(out, "{}", if last { "" } else { "," })
}
