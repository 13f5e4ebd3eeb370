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
fn a_run_says_how_many_documents_have_a_day() {
    let place = place();
    let said = place.run(&["build", "in", "-o", "out"]).is(0).out;
    assert!(said.starts_with("4 documents (3 of them dated, from 2025-01-31 to 2025-02-02), "), "{said}");
    let said = place.run(&["build", "in/2025-01-31.txt", "in/undated.txt", "-o", "out"]).is(0).out;
    assert!(said.starts_with("2 documents (1 of them dated, of 2025-01-31), "), "{said}");
    let said = place.run(&["build", "in/2025-01-31.txt", "-o", "out"]).is(0).out;
    assert!(said.starts_with("1 document of 2025-01-31, "), "{said}");
}

fn json(place: &Place, command: &[&str]) -> Value {
    let out = place.run(&[command, &["--graph", "out/graph.json", "--format", "json"]].concat()).is(0).out;
    serde_json::from_str(&out).expect("JSON")
}

#[test]
fn actors_and_ties_are_counted_by_period_in_every_form() {
    let place = place();
    place.write("in/2025-02-09.txt", "Mark Rutte met Ajay Banga. Mark Rutte met Ajay Banga again. Ajay Banga left.");
    graph(&place, &[], 0);
    let week = |period: &str, n: u64, with: &str, shared: u64| json!({"period": period, "n": n, "most_with": with, "shared": shared});
    let rutte = json(&place, &["show", "Rutte", "--per", "week"]);
    // A Sunday is the last day of its week.
    assert_eq!(rutte["periods"], json!([week("2025-W05", 3, "Hakan Fidan", 3), week("2025-W06", 2, "Ajay Banga", 2)]));
    assert!(json(&place, &["show", "Rutte"]).get("periods").is_none());
    let csv =
        |command: &[&str]| place.run(&[command, &["--graph", "out/graph.json", "--format", "csv"]].concat()).is(0).out;
    assert_eq!(csv(&["show", "Banga", "--per", "month"]), "period,n,most_with,shared\n2025-02,3,Mark Rutte,2\n");
    assert_eq!(csv(&["why", "Rutte", "Banga", "--per", "day"]), "period,n,n_a,n_b\n2025-02-09,2,2,3\n");
    let tie = json(&place, &["why", "Fidan", "Rutte", "--per", "month"]);
    let month = |period: &str, n: u64, a: u64, b: u64| json!({"period": period, "n": n, "n_a": a, "n_b": b});
    assert_eq!(tie["periods"], json!([month("2025-01", 1, 1, 1), month("2025-02", 2, 2, 4)]));
    let table = place.run(&["why", "Rutte", "Fidan", "--graph", "out/graph.json", "--per", "month"]).is(0).out;
    let lines: Vec<String> = table.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(
        lines,
        ["month together Mark Rutte Hakan Fidan", "2025-01 1 1 1", "2025-02 2 4 2", "and 1 without a day"]
    );
    place.run(&["why", "Rutte", "Fidan", "--graph", "out/graph.json", "--format", "csv"]).is(2).says(&["--per"]);
    let none = place.run(&["why", "Banga", "Fidan", "--graph", "out/graph.json", "--per", "day"]).is(0).out;
    assert!(none.contains("share no sentence"), "{none}");
}

#[test]
fn the_table_of_days_has_every_count_of_the_graph() {
    let place = place();
    place.write("in/2024-12-30.txt", "Ajay Banga met Mark Rutte.");
    let graph = graph(&place, &[], 0);
    place.run(&["export", "out/graph.json", "-o", "all.days.csv"]).is(0);
    let text = place.text("all.days.csv");
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("source,source_name,target,target_name,day,week,month,n"));
    let mut found: Vec<&str> = lines.collect();
    let mut expected: Vec<String> = Vec::new();
    let name = |id: &Value| {
        let nodes = graph["nodes"].as_array().expect("nodes");
        nodes.iter().find(|node| node["id"] == *id).expect("a node")["name"].as_str().expect("a name")
    };
    let periods = |day: &str| match day {
        "2024-12-30" => "2025-W01,2024-12",
        "2025-01-31" => "2025-W05,2025-01",
        _ => "2025-W05,2025-02",
    };
    for node in graph["nodes"].as_array().expect("nodes") {
        for (day, n) in node["days"].as_object().expect("days") {
            let id = node["id"].as_str().expect("an id");
            expected.push(format!("{id},{},,,{day},{},{n}", name(&node["id"]), periods(day)));
        }
    }
    for edge in graph["edges"].as_array().expect("edges") {
        let end = |end: &str| format!("{},{}", edge[end].as_str().expect("an id"), name(&edge[end]));
        for (day, n) in edge["days"].as_object().expect("days") {
            expected.push(format!("{},{},{day},{},{n}", end("source"), end("target"), periods(day)));
        }
    }
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);
    assert_eq!(found.len(), 4 + 3 + 1 + 3 + 1);
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
    assert_eq!(rows("month"), ["2025-01 1 Hakan Fidan 1", "2025-02 2 Hakan Fidan 2", "and 2 without a day"]);
    assert_eq!(rows("week"), ["2025-W05 3 Hakan Fidan 3", "and 2 without a day"]);
    let day = |day: &str| format!("{day} 1 Hakan Fidan 1");
    assert_eq!(rows("day")[..3], [day("2025-01-31"), day("2025-02-01"), day("2025-02-02")]);
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
