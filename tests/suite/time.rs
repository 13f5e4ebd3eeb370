//! What the days of documents tell: first, last, counts by day, and graphs of some days only.

use serde_json::{Value, json};

use crate::run::Place;

/// Three dated stories and one without a day.
fn place() -> Place {
    let place = Place::new();
    for day in ["2025-01-31", "2025-02-01", "2025-02-02"] {
        place.write(&format!("in/{day}.txt"), format!("Mark Rutte met Hakan Fidan. The paper of {day} said so."));
    }
    place.write("in/undated.txt", "Mark Rutte met Hakan Fidan and spoke of ships. Mark Rutte left.");
    place
}

fn graph(place: &Place, options: &[&str], code: i32) -> Value {
    place.run(&[&["build", "in", "-o", "out", "-q", "--count-copies"], options].concat()).is(code);
    serde_json::from_str(&place.text("out/graph.json")).expect("JSON")
}

#[test]
fn ties_and_actors_have_their_days() {
    let place = place();
    let graph = graph(&place, &[], 0);
    let tie = &graph["edges"][0];
    assert_eq!((&tie["n"], &tie["first"], &tie["last"]), (&json!(4), &json!("2025-01-31"), &json!("2025-02-02")));
    assert_eq!(tie["days"], json!({"2025-01-31": 1, "2025-02-01": 1, "2025-02-02": 1}));
    let rutte =
        graph["nodes"].as_array().expect("nodes").iter().find(|node| node["id"] == "mark-rutte").expect("a node");
    assert_eq!((&rutte["n"], &rutte["days"]), (&json!(5), &tie["days"]));
}

#[test]
fn a_profile_counts_by_period() {
    let place = place();
    graph(&place, &[], 0);
    let shown = |per: &str| place.run(&["show", "Rutte", "--graph", "out/graph.json", "--per", per]).is(0).out;
    let rows = |per: &str| {
        let text = shown(per);
        let table = text.split(&format!("\n{per} ")).nth(1).expect("a table").lines().skip(1);
        table.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<String>>()
    };
    assert_eq!(rows("month"), ["2025-01 1", "2025-02 2"]);
    assert_eq!(rows("week"), ["2025-W05 3"]);
    assert_eq!(rows("day"), ["2025-01-31 1", "2025-02-01 1", "2025-02-02 1"]);
}

#[test]
fn a_graph_of_some_days_leaves_the_others_out() {
    let place = place();
    let some = graph(&place, &["--since", "2025-02-01", "--until", "2025-02-01"], 1);
    assert_eq!((&some["corpus"]["documents"], &some["edges"][0]["n"]), (&json!(1), &json!(1)));
    assert_eq!((&some["settings"]["since"], &some["settings"]["until"]), (&json!("2025-02-01"), &json!("2025-02-01")));
    place.run(&["build", "in", "-o", "out", "--since", "2025-02-02"]).is(1).says(&["1 document has no day"]);
    place.run(&["build", "in", "-o", "out", "--until", "2024-12-31"]).is(2).says(&["no document is of these days"]);
    place.run(&["build", "in", "-o", "out", "--since", "May"]).is(2).says(&["expected a day like"]);
}

#[test]
fn the_timeline_of_gephi_has_every_day_of_every_tie() {
    let place = place();
    graph(&place, &["--write", "json,gexf-dynamic"], 0);
    let text = place.text("out/graph.dynamic.gexf");
    let page = roxmltree::Document::parse(&text).expect("XML");
    let edge = page.descendants().find(|node| node.has_tag_name("edge")).expect("an edge");
    let days: Vec<&str> = edge
        .descendants()
        .filter(|node| node.has_tag_name("spell"))
        .filter_map(|node| node.attribute("start"))
        .collect();
    assert_eq!(days, ["2025-01-31", "2025-02-01", "2025-02-02"]);
    let weights: Vec<&str> = edge
        .descendants()
        .filter(|node| node.attribute("for") == Some("by-day"))
        .filter_map(|node| node.attribute("value"))
        .collect();
    assert_eq!(weights, ["1", "1", "1"]);
}

#[test]
fn weights_of_which_less_is_more_draw_by_n() {
    let place = place();
    place.write("in/other.txt", "Mark Rutte met Ajay Banga.");
    graph(&place, &["--weight", "p", "--write", "json,dot"], 0);
    let dot = place.text("out/graph.dot");
    let width = |name: &str| -> f64 {
        let line = dot.lines().find(|line| line.contains(" -- ") && line.contains(name)).expect("an edge");
        line.split("penwidth=")
            .nth(1)
            .and_then(|rest| rest.split(',').next())
            .expect("a width")
            .parse()
            .expect("a number")
    };
    assert!(width("fidan") > width("banga"), "{dot}");
}
