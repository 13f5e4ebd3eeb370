use super::*;
use crate::graph::{Edge, EntityGraph, Node};
use crate::write::hostile_tests::report;

fn bytes(report: &Report) -> Vec<u8> {
    let mut sink = Sink::memory();
    write(report, &Options::default(), &mut sink).expect("memory");
    sink.into_parts().remove(0).1
}

fn text(report: &Report) -> String {
    String::from_utf8(bytes(report)).expect("UTF-8")
}

/// The file with the rows of a list in other order.
fn turned(text: &str, key: &str) -> String {
    let (before, rest) = text.split_once(&format!("\"{key}\": [\n")).expect("a list");
    let (list, after) = rest.split_once("\n]").expect("its end");
    let rows: Vec<&str> = list.split(",\n").collect();
    assert!(rows.len() > 2, "{key}");
    let rows: Vec<&str> = rows.into_iter().rev().collect();
    format!("{before}\"{key}\": [\n{}\n]{after}", rows.join(",\n"))
}

#[test]
fn blocks_of_any_size_make_the_same_graph() {
    let written = text(&report());
    for block in [1, 2, 50, 333, 1000, 4096, 1 << 20] {
        let read = lines::read_in(block, written.as_bytes(), Depth::All).expect("the layout of this program");
        assert_eq!(text(&read), written, "blocks of {block}");
    }
}

#[test]
fn a_file_in_any_order_and_layout_is_the_same_graph() {
    let written = text(&report());
    let other = turned(&turned(&written, "edges"), "nodes");
    let read = lines::read(other.as_bytes(), Depth::All).expect("the layout of this program");
    assert_eq!(text(&read), written);
    // Keys in order of the alphabet: ties come before actors.
    let value: serde_json::Value = serde_json::from_str(&other).expect("JSON");
    for layout in [serde_json::to_string(&value), serde_json::to_string_pretty(&value)] {
        let layout = layout.expect("JSON");
        assert!(lines::read(layout.as_bytes(), Depth::All).is_none());
        let Ok((schema, read)) = whole::read(layout.as_bytes(), Depth::All) else { panic!("not read: {layout}") };
        assert_eq!((schema, text(&read)), (SCHEMA, written.clone()));
    }
}

#[test]
fn rows_of_this_program_need_no_parser() {
    let (written, shared) = (text(&report()), shared::Shared::default());
    let rows = |key: &str| {
        let (_, rest) = written.split_once(&format!("\"{key}\": [\n")).expect("a list");
        let (list, _) = rest.split_once("\n]").expect("its end");
        list.split(",\n").map(|row| (row.len(), format!("{row},\n"))).collect::<Vec<(usize, String)>>()
    };
    for (length, row) in rows("documents") {
        assert_eq!(quick::document(&row).map(|(_, length)| length), Some(length), "{row}");
    }
    for (length, row) in rows("nodes") {
        assert_eq!(quick::node(&row, &shared).map(|(_, length)| length), Some(length), "{row}");
    }
    for (length, row) in rows("edges") {
        let lengths = (quick::edge(&row, &shared).map(|(_, l)| l), quick::counted(&row).map(|(_, l)| l));
        // Those with contexts are left to the parser.
        let expected = Some(length).filter(|_| !row.contains("\"contexts\":"));
        assert_eq!(lengths, (expected, expected), "{row}");
    }
}

#[test]
fn counts_alone_are_those_of_the_whole() {
    let written = bytes(&report());
    let all = lines::read(&*written, Depth::All).expect("the layout of this program");
    let Ok((_, whole)) = whole::read(&*written, Depth::Counts) else { panic!("not read") };
    let lines = lines::read(&*written, Depth::Counts).expect("the layout of this program");
    for counts in [lines, whole] {
        let nodes = |report: &Report| report.graph.nodes().map(|(_, node)| node.clone()).collect::<Vec<Node>>();
        assert_eq!(nodes(&counts), nodes(&all));
        assert_eq!((&counts.scores, &counts.communities), (&all.scores, &all.communities));
        assert!(all.graph.edges().any(|(.., edge)| !edge.evidence.is_empty()));
        for ((.., a, b, edge), (.., c, d, whole)) in counts.graph.edges().zip(all.graph.edges()) {
            let Edge { sentences, n, documents, sources, contexts, weight, .. } = whole.clone();
            let expected = Edge { sentences, n, documents, sources, contexts, weight, ..Edge::default() };
            assert_eq!((a, b, edge), (c, d, &expected));
        }
        assert_eq!(counts.graph.n_edges(), all.graph.n_edges());
    }
}

#[test]
fn a_number_that_is_not_finite_is_read_back_as_none() {
    let Report { graph, scores, communities, settings } = report();
    let mut edges: Vec<(usize, usize, Edge)> =
        graph.edges().map(|(_, a, b, edge)| (a.0 as usize, b.0 as usize, edge.clone())).collect();
    edges[1].2.weight = f64::INFINITY;
    edges[2].2.weight = f64::NAN;
    let nodes = graph.nodes().map(|(_, node)| node.clone()).collect();
    let graph = EntityGraph::new(nodes, edges, graph.corpus.clone(), graph.documents.clone());
    let mut report = Report { graph, scores, communities, settings };
    report.scores[0].1[3] = f64::NAN;
    report.scores[1].1[0] = f64::INFINITY;
    let written = text(&report);
    assert_eq!(written.matches("\"weight\":null").count(), 2);
    for read in
        [lines::read(written.as_bytes(), Depth::All), whole::read(written.as_bytes(), Depth::All).ok().map(|r| r.1)]
    {
        let read = read.expect("a saved graph");
        assert_eq!(read.graph.edges().filter(|(.., edge)| edge.weight.is_nan()).count(), 2);
        assert!(read.scores[0].1[3].is_nan() && read.scores[1].1[0].is_nan());
        assert_eq!(text(&read), written);
    }
}
