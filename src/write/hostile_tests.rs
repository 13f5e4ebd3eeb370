//! A graph of names that try to break out of every format: each format is read back and has every node, every edge and the
//! whole weight.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::Value;

use super::{Options, Sink, WRITERS, writer};
use crate::graph::{Edge, EntityGraph, Evidence, Node};
use crate::measure::Report;
use crate::model::{Context, CorpusFigures, Date, DocumentInfo, EntityType, Rule, Span, Spot};

/// The names; the last three are a 20 KB one and two that are the same.
fn names() -> Vec<String> {
    let names = [
        r#"Ann "Quote" Roe"#,
        "Back\\Slash\\",
        "Turn\\n\\N\\u0027",
        "Smith & Sons <b> 'x'",
        "</script><script>alert(1)</script>",
        "End ]]> Mark --> x",
        "=cmd|' /C calc'!A0",
        "+1+cmd",
        "-2+3+cmd",
        "@SUM(A1)",
        "Line\nBreak\r\nTab\tNext\u{85}Line\u{2028}End",
        "Con\u{1}trol\0\u{7f}\u{fffe}",
        "Dir \u{202e}tfeL\u{202c} Mark\u{200f}",
        "NA",
        "null",
        "semi;colon|bar",
        "digraph",
        "Node",
        "`; MATCH (n) DETACH DELETE n; //",
        "Emoji 😀 Name",
        " blanks ",
    ];
    names.into_iter().map(String::from).chain([long(), "Twin".into(), "Twin".into()]).collect()
}

fn long() -> String {
    "Long Name ".repeat(2_000)
}

/// All names, each tied to the next but for the last, which stands alone. Ids are as hostile as names; two of them are alike
/// once they are cleaned.
pub(super) fn report() -> Report {
    let names = names();
    let last = names.len() - 1;
    let ids = |number: usize| match number {
        0 => "x\u{1}".to_owned(),
        1 => "x\u{2}".to_owned(),
        _ => format!("tie-{number} \"<&'\\;{}", names[number]),
    };
    let node = |(number, name): (usize, &String)| Node {
        id: ids(number),
        name: name.clone(),
        entity_type: EntityType::from_name(["person", "place", "organization", "odd \"type\"; & <so>"][number % 4]),
        mentions: 3,
        sentences: (names.len() - number) as u64,
        n: (names.len() - number) as u64,
        documents: 1,
        aliases: BTreeMap::from([(name.clone(), 2), ("a|b;c".to_owned(), 1)]),
        affiliations: BTreeMap::new(),
        first: Date::new(2025, 5, 19).filter(|_| number % 2 == 0),
        last: None,
        days: Vec::new(),
    };
    let edge = |number: usize| {
        let text = format!("é {} met {}", names[number], names[number + 1]);
        let at = |start: usize, length: usize| Spot {
            span: Span::new(start, start + length),
            rule: const { Rule::named("gazetteer") },
            context: Context::Plain,
        };
        let source = at(3, names[number].len());
        let target = at(text.len() - names[number + 1].len(), names[number + 1].len());
        let document: Arc<str> = "doc \"<&\u{1}".into();
        let copies = [(document.clone(), 3)].into();
        let evidence = Evidence { document, sentence: 0, last_sentence: 0, text: text.into(), source, target, copies };
        let weight = 1.0 + number as f64 / 3.0;
        (
            number,
            number + 1,
            Edge { sentences: 1, n: 1, documents: 1, weight, evidence: [evidence].into(), ..Edge::default() },
        )
    };
    let document = DocumentInfo { id: "doc \"<&\u{1}".into(), title: None, date: Date::new(2025, 5, 19), source: None };
    let mut edges: Vec<_> = (0..last - 1).map(edge).collect();
    // Says nothing, and is in no format.
    edges.push((0, 5, Edge::default()));
    let nodes = names.iter().enumerate().map(node).collect();
    Report::new(EntityGraph::new(nodes, edges, CorpusFigures::default(), vec![document]), None)
}

/// The parts of a format, as text.
fn written(name: &str) -> Vec<String> {
    let mut sink = Sink::memory();
    let options = Options { title: "</description> ]]> \u{1}".into(), ..Options::default() };
    (writer(name).expect("a format").write)(&report(), &options, &mut sink).expect("memory");
    sink.into_parts().into_iter().map(|(_, bytes)| String::from_utf8(bytes).expect("UTF-8")).collect()
}

/// Holds what was read back against the graph: nodes, edges and weight.
fn same(format: &str, nodes: usize, weights: &[f64]) {
    let report = report();
    let expected: Vec<f64> = super::columns::edges(&report.graph).map(|(_, _, _, edge)| edge.weight).collect();
    assert_eq!(nodes, report.graph.n_nodes(), "nodes of {format}");
    assert_eq!(weights.len(), expected.len(), "edges of {format}");
    assert!((weights.iter().sum::<f64>() - expected.iter().sum::<f64>()).abs() < 1e-9, "weight of {format}");
}

fn json(name: &str) -> Value {
    serde_json::from_str(&written(name)[0]).expect("JSON")
}

fn table(text: &str) -> Vec<csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|row| row.expect("CSV with rows of one length")).collect()
}

fn texts<'v>(items: &'v Value, at: &str) -> BTreeSet<&'v str> {
    let items = items.as_array().expect("a list");
    items.iter().map(|item| item.pointer(at).and_then(Value::as_str).expect("a text")).collect()
}

fn check_json(format: &str, nodes: &str, edges: &str, id: &str, name: &str, inside: &str) {
    let value = json(format);
    let (nodes, edges) = (value.pointer(nodes).expect("nodes"), value.pointer(edges).expect("edges"));
    let ids = texts(nodes, id);
    let weights: Vec<f64> = edges
        .as_array()
        .expect("a list")
        .iter()
        .map(|edge| edge.pointer(&format!("{inside}/weight")).and_then(Value::as_f64).expect("a number"))
        .collect();
    same(format, ids.len(), &weights);
    assert_eq!(texts(nodes, name), names().iter().map(String::as_str).collect(), "{format} keeps every name whole");
    let ends = if format == "cytoscape" { inside } else { "" };
    for end in ["source", "target"] {
        assert!(texts(edges, &format!("{ends}/{end}")).is_subset(&ids), "{format} has no loose {end}");
    }
}

#[test]
fn formats_of_json_keep_everything() {
    check_json("d3", "/nodes", "/links", "/id", "/name", "");
    check_json("cytoscape", "/elements/nodes", "/elements/edges", "/data/id", "/data/name", "/data");
    check_json("graphology", "/nodes", "/edges", "/key", "/attributes/label", "/attributes");
    let value = json("cytoscape");
    let edges = texts(&value["elements"]["edges"], "/data/id");
    assert!(edges.is_disjoint(&texts(&value["elements"]["nodes"], "/data/id")), "one space of ids");
    let value = json("graphology");
    let places: BTreeSet<String> = value["nodes"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|node| format!("{} {}", node["attributes"]["x"], node["attributes"]["y"]))
        .collect();
    assert_eq!(places.len(), names().len(), "each node has its own place");
}

#[test]
fn formats_of_xml_are_well_formed_and_complete() {
    for (format, name) in [("gexf", "label"), ("graphml", "id")] {
        let text = &written(format)[0];
        let document = roxmltree::Document::parse(text).expect("XML");
        let named = |tag: &str| document.descendants().filter(|node| node.tag_name().name() == tag).collect::<Vec<_>>();
        let ids: BTreeSet<&str> = named("node").iter().map(|node| node.attribute("id").expect("an id")).collect();
        let weights: Vec<f64> = named("edge").iter().map(|edge| weight(*edge)).collect();
        same(format, ids.len(), &weights);
        for edge in named("edge") {
            assert!(
                ids.contains(edge.attribute("source").expect("an end"))
                    && ids.contains(edge.attribute("target").expect("an end"))
            );
        }
        for node in named("node") {
            assert!(node.attribute(name).expect("a name").chars().count() <= 201, "labels are cut");
        }
        assert!(!text.contains(['\0', '\u{1}', '\u{fffe}']) && text.ends_with(">\n"), "{format}");
    }
}

fn weight(edge: roxmltree::Node<'_, '_>) -> f64 {
    let data =
        || edge.children().find(|child| child.attribute("key") == Some("edge-weight")).and_then(|child| child.text());
    edge.attribute("weight").or_else(data).expect("a weight").parse().expect("a number")
}

#[test]
fn tables_are_whole_and_hold_no_formula() {
    for (format, weight) in [("gephi", 3), ("neo4j", 2)] {
        let parts = written(format);
        let (nodes, edges) = (table(&parts[0]), table(&parts[1]));
        let weights: Vec<f64> = edges[1..].iter().map(|row| row[weight].parse().expect("a number")).collect();
        let ids: BTreeSet<&str> = nodes[1..].iter().map(|row| &row[0]).collect();
        same(format, ids.len(), &weights);
        assert!(
            edges[1..].iter().all(|row| ids.contains(&row[0]) && ids.contains(&row[1])),
            "{format} has no loose end"
        );
        let labels =
            nodes[1..].iter().all(|row| row.iter().next_back().is_some_and(|cell| cell.matches(';').count() == 1));
        assert!(format == "gephi" || labels, "two labels each");
    }
    let rows = table(&written("matrix")[0]);
    assert!(rows.iter().all(|row| row.len() == rows.len()), "the matrix is square");
    let cell = |a: usize, b: usize| rows[a][b].parse::<f64>().expect("a number");
    let pairs = (1..rows.len()).flat_map(|a| (a + 1..rows.len()).map(move |b| (a, b)));
    assert!(pairs.clone().all(|(a, b)| cell(a, b) == cell(b, a)), "the matrix is symmetric");
    let weights: Vec<f64> = pairs.map(|(a, b)| cell(a, b)).filter(|weight| *weight != 0.0).collect();
    same("matrix", rows[0].iter().skip(1).collect::<BTreeSet<_>>().len(), &weights);
    for part in ["gephi", "neo4j", "matrix", "evidence-csv"].into_iter().flat_map(written) {
        for cell in table(&part).iter().flatten() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !cell.contains(['\n', '\0']), "{cell:?}");
        }
    }
}

#[test]
fn pajek_has_a_line_for_each() {
    let text = &written("pajek")[0];
    let (vertices, edges) = text.split_once("*Edges\n").expect("edges");
    let names: BTreeSet<&str> = vertices.lines().skip(1).map(|line| line.split_once(' ').expect("a name").1).collect();
    assert!(names.iter().all(|name| name.matches('"').count() == 2 && !name.contains('\\')), "{names:?}");
    let weights: Vec<f64> =
        edges.lines().map(|line| line.rsplit(' ').next().expect("a weight").parse().expect("a number")).collect();
    same("pajek", names.len(), &weights);
}

#[test]
fn cypher_stays_inside_its_strings() {
    let text = &written("cypher")[0];
    let mut code = String::new();
    let (mut quote, mut escaped) = (None, false);
    for c in text.chars() {
        match quote {
            None if matches!(c, '\'' | '`') => quote = Some(c),
            None => code.push(c),
            Some(_) if escaped => escaped = false,
            Some('\'') if c == '\\' => escaped = true,
            Some(open) if c == open => quote = None,
            Some(_) => {}
        }
    }
    assert_eq!(quote, None, "every string ends");
    assert!(!code.contains("DETACH") && !code.contains("alert"), "{code}");
    assert!(!text.contains("\\u") && !text.contains("\\U"), "no escape that is replaced before strings are read");
    let rows = |start: &str| code.lines().filter(|line| line.starts_with(start)).count();
    assert_eq!(rows("{id: "), names().len());
    let weights: Vec<f64> = code
        .lines()
        .filter(|line| line.starts_with("{source: "))
        .map(|line| line.split("weight: ").nth(1).and_then(|rest| rest.split(',').next()).expect("a weight"))
        .map(|number| number.parse().expect("a number"))
        .collect();
    same("cypher", rows("{id: "), &weights);
}

#[test]
fn evidence_marks_its_names_by_code_points() {
    let (lines, rows) = (&written("evidence")[0], table(&written("evidence-csv")[0]));
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!((lines.len(), rows.len()), (names().len() - 2, names().len() - 1));
    for line in &lines {
        let text: Vec<char> = line["text"].as_str().expect("a text").chars().collect();
        for side in ["source", "target"] {
            let at = |end: &str| line[&format!("{side}_{end}")].as_u64().expect("a number") as usize;
            let name: String = text[at("start")..at("end")].iter().collect();
            assert_eq!(name, line[&format!("{side}_name")].as_str().expect("a name"));
        }
        assert_eq!((&line["date"], &line["sentence"]), (&"2025-05-19".into(), &1.into()));
    }
}

#[test]
fn no_name_is_markup_in_a_report() {
    let text = &written("report")[0];
    for line in text.lines() {
        // What the report itself writes; behind it nothing is the beginning of a heading, a list, a quotation or a rule.
        let rest = ["### ", "## ", "# ", "- ", "> "].iter().find_map(|own| line.strip_prefix(own)).unwrap_or(line);
        let number = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let list = number.len() < rest.len() && number.starts_with(['.', ')']);
        assert!(line == ">" || !list && !rest.starts_with(['-', '+', '=', '>', '#', ' ', '\t']), "{line:?}");
        let (mut escaped, mut bare) = (false, false);
        for c in rest.chars() {
            bare |= !escaped && "`*_[]<|~&$".contains(c) && !rest.ends_with("q < 0.05");
            escaped = c == '\\' && !escaped;
        }
        assert!(!bare && !escaped, "{line:?}");
        assert!(!line.chars().any(|c| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2028}')), "{line:?}");
    }
    let (before, after) = text.split_once("\n## Ties\n").expect("ties");
    let headings = |part: &str| part.lines().filter(|line| line.starts_with("### ")).count();
    assert_eq!((headings(before), headings(after)), (10, 10));
    assert!(before.contains(r"### \</script>\<script>alert(1)\</script>"), "{before}");
    assert!(before.contains("### Line Break Tab Next Line End\n") || after.contains("Line Break Tab Next Line End"));
    assert!(before.contains("Left out: 14 actors."), "{before}");
}

#[test]
fn every_format_is_text_with_line_feeds() {
    // Pictures have tests of their own.
    for row in WRITERS.iter().filter(|row| !["pdf", "png", "svg"].contains(&row.name)) {
        for text in written(row.name) {
            assert!(text.ends_with('\n') && !text.contains('\r') && !text.contains('\0'), "{}", row.name);
        }
    }
}
