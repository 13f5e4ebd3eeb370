//! Names that try to break out of every format: each export is read back and still has them.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::run::Place;

/// The names, and one of 400 characters.
fn names() -> Vec<String> {
    let long = format!("Long {}", "Name ".repeat(79).trim_end());
    [
        r#"Ann "Quote" Roe"#,
        "Back\\Slash\\",
        "Turn\\n\\N\\l",
        "Smith & Sons <b>",
        "</script><script>alert(1)</script>",
        "End ]]> Mark --> x",
        "=cmd|' /C calc'!A0",
        "+1+cmd",
        "@SUM(A1)",
        "Dir \u{202e}tfeL\u{202c} Mark",
        "Zero\u{200b}Width",
        "javascript:alert(1)",
        "{{template}} ${x} %s %n",
        "'; DROP TABLE nodes; --",
        "Emoji 😀 Name",
        "graph -- digraph {}",
        &long,
    ]
    .map(str::to_owned)
    .into()
}

/// A graph of all these names, every one with its neighbour in the list.
fn graph() -> Place {
    let place = Place::new();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["id", "type", "name", "case"]).expect("CSV");
    for (number, name) in names().iter().enumerate() {
        let kind = ["person", "place", "organization", "odd \"type\" & <so>"][number % 4];
        writer.write_record([&format!("id {number} \"<&\\'"), kind, name, "exact"]).expect("CSV");
    }
    place.write("mine.csv", writer.into_inner().expect("CSV"));
    let text = names().windows(2).map(|pair| format!("Then {} met {} .\n\n", pair[0], pair[1])).collect::<String>();
    let record = json!({"id": "doc \"<&\\'\u{1}", "text": text, "title": "=A1 \"<&]]>", "date": "2025-05-19", "source": "a\u{0}b"});
    place.write("a.jsonl", format!("{record}\n"));
    place.run(&["build", "a.jsonl", "-g", "mine.csv", "--no-builtin", "-q"]).is(0);
    place
}

fn nodes(json: &[u8]) -> Vec<Value> {
    let graph: Value = serde_json::from_slice(json).expect("JSON");
    graph["nodes"].as_array().expect("nodes").clone()
}

/// What a text format may keep of a name: invisible characters may go.
fn plain(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '\u{200b}' | '\u{202c}' | '\u{202e}' | '\u{fffd}')).collect()
}

#[test]
fn the_saved_graph_has_every_name_as_it_is() {
    let place = graph();
    let found: BTreeSet<String> = nodes(&place.read("output/graph.json"))
        .iter()
        .map(|node| node["name"].as_str().expect("a name").to_owned())
        .collect();
    assert_eq!(found, names().into_iter().collect());
    place.run(&["top", "-n", "50"]).is(0);
    place.run(&["show", "Smith & Sons <b>"]).is(0);
    place.run(&["why", "id 0 \"<&\\'", "id 1 \"<&\\'"]).is(0);
}

#[test]
fn node_link_json_has_every_name_as_it_is() {
    let place = graph();
    place.run(&["export", "-o", "a.json"]).is(0);
    let found: BTreeSet<String> =
        nodes(&place.read("a.json")).iter().map(|node| node["name"].as_str().expect("a name").to_owned()).collect();
    assert_eq!(found, names().into_iter().collect());
}

#[test]
fn tables_are_csv_and_hold_no_formula() {
    let place = graph();
    for file in ["actors.csv", "edges.csv"] {
        let bytes = place.read(&format!("output/{file}"));
        let mut reader = csv::Reader::from_reader(&bytes[..]);
        let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("CSV")).collect();
        assert!(rows.len() >= names().len() - 1, "{file} has {} rows", rows.len());
        for cell in rows.iter().flatten() {
            let number = cell.parse::<f64>().is_ok();
            assert!(number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{file}: {cell:?}");
        }
    }
    let actors = place.text("output/actors.csv");
    let mut reader = csv::Reader::from_reader(actors.as_bytes());
    let found: BTreeSet<String> =
        reader.records().map(|row| plain(row.expect("CSV")[1].trim_start_matches('\''))).collect();
    assert_eq!(found, names().iter().map(|name| plain(name.trim_start_matches('\''))).collect());
}

#[test]
fn a_formula_that_begins_as_a_number_is_made_harmless() {
    let place = Place::new();
    place.write("mine.csv", "type,name,case\nperson,-2+3+cmd,exact\n");
    place.write("a.txt", "Then -2+3+cmd left.\n");
    place.run(&["build", "a.txt", "-g", "mine.csv", "--no-builtin", "-q"]).is(0);
    let actors = place.text("output/actors.csv");
    assert!(actors.contains("'-2+3+cmd"), "{actors}");
}

#[test]
fn raw_tables_have_every_name_as_it_is() {
    let place = graph();
    place.run(&["export", "-o", "raw", "--to", "csv", "--csv-raw"]).is(0);
    let bytes = place.read("raw/actors.csv");
    let found: BTreeSet<String> =
        csv::Reader::from_reader(&bytes[..]).records().map(|row| row.expect("CSV")[1].to_owned()).collect();
    assert_eq!(found, names().into_iter().collect());
}

#[test]
fn the_table_of_top_holds_no_formula() {
    let place = graph();
    let out = place.run(&["top", "-n", "50", "--format", "csv"]).is(0).out;
    let mut reader = csv::Reader::from_reader(out.as_bytes());
    for cell in
        reader.records().map(|row| row.expect("CSV")).flat_map(|row| row.iter().map(str::to_owned).collect::<Vec<_>>())
    {
        assert!(cell.parse::<f64>().is_ok() || !cell.starts_with(['=', '+', '-', '@']), "{cell:?}");
    }
}

#[test]
fn dot_is_read_by_a_parser_and_has_every_name() {
    let place = graph();
    let text = place.text("output/graph.dot");
    graphviz_rust::parse(&text).expect("DOT");
    for name in names().iter().filter(|name| name.len() < 200) {
        let label = format!("label=\"{}\"", name.replace('\\', r"\\").replace('"', "\\\""));
        assert!(text.contains(&label), "{label} in {text}");
    }
    assert!(!text.contains(['\u{1}', '\0']) && text.lines().all(|line| line.matches("label=").count() <= 1));
}

#[test]
fn the_picture_is_xml_and_runs_nothing() {
    let place = graph();
    place.run(&["render", "-o", "a.svg", "--title", "</title><script>alert(1)</script>]]>"]).is(0);
    for file in ["a.svg", "output/graph.svg"] {
        let svg = place.text(file);
        let document = roxmltree::Document::parse(&svg).expect("XML");
        for node in document.descendants().filter(|node| node.is_element()) {
            assert!(
                !matches!(node.tag_name().name(), "script" | "foreignObject" | "b"),
                "{file}: {:?}",
                node.tag_name()
            );
            for attribute in node.attributes() {
                assert!(
                    !attribute.name().starts_with("on") && !attribute.value().starts_with("javascript:"),
                    "{attribute:?}"
                );
            }
        }
        let text: String = document.descendants().filter_map(|node| node.text()).collect();
        assert!(text.contains("Smith & Sons <b>"), "{file} lost a name");
    }
}

#[test]
fn dot_is_the_same_from_a_graph_that_was_saved() {
    let place = graph();
    place.run(&["export", "-o", "again.dot"]).is(0);
    assert!(place.read("again.dot") == place.read("output/graph.dot"));
}

#[test]
fn mentions_of_hostile_names_are_json_lines() {
    let place = graph();
    let lines = place.run(&["mentions", "a.jsonl", "-g", "mine.csv", "--no-builtin"]).is(0).json_lines();
    assert_eq!(lines.len(), 2 * (names().len() - 1));
}
