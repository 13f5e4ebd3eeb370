//! A passage that several documents repeat counts once, and is listed with its copies.

use serde_json::Value;

use crate::run::Place;

const WIRE: &str =
    "Mark Rutte met Hakan Fidan in Ankara on Monday to speak about ships. Both left early. Rutte thanked Fidan.";
const OWN: &str = "Mark Rutte and Hakan Fidan spoke by telephone about the price of grain.";

/// A wire story, a reprint of it with an edit, and a story of its own.
fn place() -> Place {
    let place = Place::new();
    place.write("in/1.txt", format!("date 2025-05-20\n{WIRE}"));
    let reprint = WIRE.replace("on Monday to", "to");
    place.write("in/2.txt", format!("date 2025-05-19\nThe market was calm.\n{reprint}"));
    place.write("in/3.txt", format!("date 2025-05-21\n{OWN} Rutte thanked Fidan."));
    place
}

/// The saved graph of the place, built with these options.
fn graph(place: &Place, options: &[&str]) -> Value {
    place.run(&[&["build", "in", "-o", "out", "-q"], options].concat()).is(0);
    serde_json::from_str(&place.text("out/graph.json")).expect("JSON")
}

/// The tie between Rutte and Fidan.
fn tie(graph: &Value) -> &Value {
    let is = |edge: &&Value, a: &str, b: &str| edge["source"] == a && edge["target"] == b;
    let edges = graph["edges"].as_array().expect("edges");
    let (a, b) = ("mark-rutte", "hakan-fidan");
    edges.iter().find(|edge| is(edge, a, b) || is(edge, b, a)).expect("a tie")
}

#[test]
fn a_reprint_counts_once_and_is_listed() {
    let place = place();
    let graph = graph(&place, &[]);
    // The long sentence and the two short ones behind it; the short one of the third story stands beside no copy.
    assert_eq!(
        (&graph["corpus"]["sentences"], &graph["corpus"]["copies"], &graph["corpus"]["units"]),
        (&9.into(), &3.into(), &6.into())
    );
    let tie = tie(&graph);
    let counts = ["sentences", "n", "documents", "sources"].map(|key| tie[key].as_u64().expect("a number"));
    assert_eq!(counts, [6, 4, 3, 2]);
    assert_eq!(tie["measures"]["fractional"], 3.0 + 0.5);
    // A copy is of the day of the first.
    assert_eq!(tie["days"], serde_json::json!({"2025-05-19": 2, "2025-05-21": 2}));
    let evidence = tie["evidence"].as_array().expect("evidence");
    let found: Vec<(&str, u64, usize)> = evidence
        .iter()
        .map(|row| {
            let copies = row["copies"].as_array().map_or(0, Vec::len);
            (row["document"].as_str().expect("an id"), row["sentence"].as_u64().expect("a number"), copies)
        })
        .collect();
    assert_eq!(found, [("in/1.txt", 1, 1), ("in/1.txt", 3, 1), ("in/3.txt", 1, 0), ("in/3.txt", 2, 0)]);
    assert_eq!(evidence[0]["copies"], serde_json::json!([{"document": "in/2.txt", "sentence": 2}]));
    let node =
        graph["nodes"].as_array().expect("nodes").iter().find(|node| node["id"] == "mark-rutte").expect("a node");
    assert_eq!((&node["sentences"], &node["n"]), (&6.into(), &4.into()));
}

#[test]
fn copies_are_told_and_can_be_counted() {
    let place = place();
    let told = place.run(&["build", "in", "-o", "out"]).is(0).out;
    assert!(told.contains("9 sentences (3 of them copies)"), "{told}");
    let why = place.run(&["why", "Rutte", "Fidan", "--graph", "out/graph.json"]).is(0).out;
    assert!(why.contains("6 sentences in 3 documents (without copies 4 from 2 sources)"), "{why}");
    assert!(why.contains("also in in/2.txt (2)"), "{why}");
    let raw = graph(&place, &["--count-copies", "--evidence", "6"]);
    let counts = ["sentences", "n", "documents", "sources"].map(|key| tie(&raw)[key].as_u64().expect("a number"));
    assert_eq!(counts, [6, 6, 3, 3]);
    assert_eq!(raw["corpus"]["units"], 9);
    assert_eq!(tie(&raw)["evidence"].as_array().expect("evidence").len(), 6);
}

#[test]
fn wider_units_tie_those_who_share_no_sentence() {
    let place = Place::new();
    place.write("in/1.txt", "Mark Rutte spoke. Nobody heard it. Hakan Fidan left.\n\nThe World Bank waited.");
    let ties = |unit: &str| {
        let graph = graph(&place, &["--unit", unit]);
        let edges = graph["edges"].as_array().expect("edges").clone();
        (graph["corpus"]["units"].as_u64().expect("a number"), edges)
    };
    let counted = |unit: &str| {
        let (units, edges) = ties(unit);
        (units, edges.len())
    };
    assert_eq!([counted("sentence"), counted("window:2"), counted("window:3")], [(4, 0), (3, 1), (2, 2)]);
    assert_eq!([counted("paragraph"), counted("document")], [(2, 1), (1, 3)]);
    let (_, edges) = ties("paragraph");
    assert_eq!((&edges[0]["sentences"], &edges[0]["n"]), (&0.into(), &1.into()));
    let evidence = &edges[0]["evidence"][0];
    assert_eq!((&evidence["sentence"], &evidence["last_sentence"]), (&1.into(), &3.into()));
    assert_eq!(evidence["text"], "Mark Rutte spoke. … Hakan Fidan left.");
    let why = place.run(&["why", "Rutte", "Fidan", "--graph", "out/graph.json"]).is(0).out;
    assert!(why.contains("1 paragraph (0 sentences) in 1 document") && why.contains("1, 3"), "{why}");
    place.run(&["build", "in", "--unit", "window:1"]).is(2).says(&["window:K with K from 2"]);
}

#[test]
fn all_evidence_goes_to_a_file_that_why_looks_into() {
    let place = place();
    place.write("in/4.txt", "Mark Rutte saw Hakan Fidan in May. Mark Rutte wrote a letter to Hakan Fidan.");
    // The first sentence of each document, then the second of the first two.
    let few = ["--evidence", "3"];
    let chosen = |graph: &Value| -> Vec<(String, u64)> {
        let rows = tie(graph)["evidence"].as_array().expect("evidence");
        rows.iter()
            .map(|row| (row["document"].as_str().expect("an id").to_owned(), row["sentence"].as_u64().expect("one")))
            .collect()
    };
    let first = |names: [&str; 3]| names.map(|name| (name.to_owned(), 1)).to_vec();
    assert_eq!(chosen(&graph(&place, &few)), first(["in/1.txt", "in/3.txt", "in/4.txt"]));
    let kept = graph(&place, &["--evidence", "all", "--write", "json"]);
    assert_eq!((chosen(&kept).len(), tie(&kept)["n"].as_u64()), (5, Some(6)));
    let lines = place
        .text("out/evidence.jsonl")
        .lines()
        .filter(|line| line.contains("mark-rutte") && line.contains("hakan-fidan"))
        .count();
    assert_eq!(lines, 6);
    let why = |graph: &str| place.run(&["why", "Rutte", "Fidan", "--format", "json", "--graph", graph]);
    let rows = |out: &str| serde_json::from_str::<Value>(out).expect("JSON")["evidence"].as_array().map(Vec::len);
    let all = why("out/graph.json").is(0).out;
    assert_eq!(rows(&all), Some(6));
    // The copies of a sentence stand there too.
    assert!(all.contains(r#""copies":[{"document":"in/2.txt","sentence":2}]"#), "{all}");
    // A file of another graph, or none, is said and not used.
    let lines = place.text("out/evidence.jsonl");
    place.write("out/evidence.jsonl", lines.lines().next().expect("a line"));
    let answer = why("out/graph.json").is(1);
    assert_eq!(rows(&answer.out), Some(5));
    assert!(answer.err.contains("not the sentences of this graph"), "{}", answer.err);
    std::fs::remove_file(place.path("out/evidence.jsonl")).expect("it was there");
    assert_eq!(rows(&why("out/graph.json").is(1).out), Some(5));
    place.run(&["build", "in", "--evidence", "some"]).is(2).says(&["expected a number or all"]);
}
