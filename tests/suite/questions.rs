//! Two graphs held against each other, and ties between communities.

use serde_json::Value;

use crate::run::Place;

/// Two periods: Rutte meets Fidan often, then Banga; Fidan is gone. Twenty sentences without a name in each.
fn place() -> Place {
    let place = Place::new();
    let quiet: String = (0..20).map(|number| format!("Nothing of note was said on page {number}. ")).collect();
    let story = |met: &str, times: usize| {
        let met: String = (0..times).map(|time| format!("In round {time} Mark Rutte met {met}. ")).collect();
        format!("{met}{quiet}")
    };
    place.write("old/1.txt", format!("{} Mark Rutte met Ajay Banga.", story("Hakan Fidan", 9)));
    place.write("new/1.txt", story("Ajay Banga", 9));
    for name in ["old", "new"] {
        place.run(&["build", name, "-o", &format!("out-{name}"), "-q"]).is(0);
    }
    place
}

const GRAPHS: [&str; 2] = ["out-old/graph.json", "out-new/graph.json"];

#[test]
fn what_is_gone_and_what_is_stronger_is_told() {
    let place = place();
    let told = place.run(&["diff", GRAPHS[0], GRAPHS[1], "--format", "json"]).is(0).out;
    let told: Value = serde_json::from_str(&told).expect("JSON");
    let changes = |key: &str| -> Vec<(String, String, u64, u64)> {
        let rows = told[key].as_array().expect("rows").iter();
        let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
        let number = |row: &Value, key: &str| row[key].as_u64().expect("a number");
        rows.map(|row| {
            let what = format!("{}{}", text(row, "id"), text(row, "target"));
            (text(row, "change"), what, number(row, "before"), number(row, "after"))
        })
        .collect()
    };
    let row = |change: &str, what: &str, before, after| (change.to_owned(), what.to_owned(), before, after);
    assert_eq!(changes("actors"), [row("gone", "hakan-fidan", 9, 0), row("stronger", "ajay-banga", 1, 9)]);
    assert_eq!(changes("ties"), [row("gone", "mark-rutte", 9, 0), row("stronger", "mark-rutte", 1, 9)]);
    let table = place.run(&["diff", GRAPHS[1], GRAPHS[0], "-n", "1"]).is(0).out;
    assert!(table.contains("new") && table.contains("Hakan Fidan") && table.contains("and 1 tie more"), "{table}");
    let csv = place.run(&["diff", GRAPHS[0], GRAPHS[1], "--format", "csv"]).is(0).out;
    assert_eq!(csv.lines().count(), 5, "{csv}");
    let same = place.run(&["diff", GRAPHS[0], GRAPHS[0]]).is(0).out;
    assert_eq!(same, "no actor changed\n\nno tie changed\n");
}

#[test]
fn a_report_tells_what_is_new() {
    let place = place();
    place.run(&["export", GRAPHS[1], "-o", "new.report.md", "--against", GRAPHS[0]]).is(0);
    let text = place.text("new.report.md");
    assert!(text.contains("\n- gone: Hakan Fidan, 9 sentences before, 0 now\n"), "{text}");
    assert!(text.contains("\n- stronger: Ajay Banga — Mark Rutte, 1 sentence before, 9 now\n"), "{text}");
    place.run(&["export", GRAPHS[1], "-o", "same.report.md", "--against", GRAPHS[1]]).is(0);
    assert!(place.text("same.report.md").contains("\nNo tie changed by more than chance.\n"));
    place
        .run(&["export", GRAPHS[1], "-o", "new.dot", "--against", GRAPHS[0]])
        .is(2)
        .says(&["--against", "--to report"]);
    place.run(&["build", "old", "-o", "out-other", "-q", "--unit", "paragraph"]).is(0);
    place
        .run(&["export", "out-other/graph.json", "-o", "a.report.md", "--against", GRAPHS[0]])
        .is(2)
        .says(&["its unit is"]);
}

#[test]
fn a_report_has_the_figures_and_sentences_of_the_graph() {
    let place = Place::with_graph();
    place.run(&["render", "-o", "a.report.md", "--title", "Week *21*"]).is(0);
    let text = place.text("a.report.md");
    let graph: Value = serde_json::from_str(&place.text("output/graph.json")).expect("JSON");
    assert!(text.starts_with("# Week \\*21\\*\n\n## Corpus\n\n- 12 documents"), "{text}");
    let rows = |key: &str| graph[key].as_array().expect("rows").clone();
    let headings: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("### ")).collect();
    assert_eq!(headings.len(), 20, "{text}");
    let names: Vec<Value> = rows("nodes").iter().take(10).map(|node| node["name"].clone()).collect();
    assert_eq!(names, headings[..10], "the actors come first, in order");
    for (noun, key) in [("actor", "nodes"), ("tie", "edges")] {
        assert!(text.contains(&format!("\nLeft out: {} {noun}s.\n", rows(key).len() - 10)), "{text}");
    }
    let tie = &rows("edges")[0];
    let quoted = tie["evidence"][0]["text"].as_str().expect("a text").split_whitespace().collect::<Vec<_>>().join(" ");
    let after = text.split_once("\n## Ties\n").expect("ties").1;
    assert!(after.lines().find_map(|line| line.strip_prefix("> ")) == Some(&quoted), "{quoted}: {after}");
    assert!(after.contains(&format!("Both are in {} sentences in {} documents, p = ", tie["n"], tie["documents"])));
    let out = place.run(&["export", "--to", "report", "-o", "-"]).is(0).out;
    assert_eq!(out.split_once('\n').expect("lines").1, text.split_once('\n').expect("lines").1);
    assert!(out.starts_with("# Who is named with whom\n"));
}

#[test]
fn graphs_of_other_units_are_not_compared() {
    let place = place();
    place.run(&["build", "old", "-o", "out-other", "-q", "--unit", "paragraph"]).is(0);
    place.run(&["diff", GRAPHS[0], "out-other/graph.json"]).is(2).says(&["its unit is paragraph"]);
}

#[test]
fn ties_between_communities_have_their_sentences() {
    let place = Place::with_graph();
    let told = place.run(&["between", "von der Leyen", "TSMC"]).is(0).out;
    assert!(told.starts_with("the community of ") && told.contains(" actors) and the community of "), "{told}");
    let rows: Value = serde_json::from_str(
        &place.run(&["between", "von der Leyen", "TSMC", "--format", "json", "-n", "1000"]).is(0).out,
    )
    .expect("JSON");
    let graph: Value = serde_json::from_str(&place.text("output/graph.json")).expect("JSON");
    let nodes = graph["nodes"].as_array().expect("nodes");
    let label =
        |key: &str, name: &Value| nodes.iter().find(|node| node[key] == *name).expect("a node")["community"].clone();
    let (a, b) =
        (label("id", &"ursula-von-der-leyen".into()), label("id", &"taiwan-semiconductor-manufacturing-co".into()));
    let crossing = graph["edges"].as_array().expect("edges").iter().filter(|edge| {
        let ends = (label("id", &edge["source"]), label("id", &edge["target"]));
        ends == (a.clone(), b.clone()) || ends == (b.clone(), a.clone())
    });
    let rows = rows.as_array().expect("rows");
    assert_eq!(rows.len(), crossing.count());
    assert!(rows.iter().all(|row| label("name", &row["actor"]) == a && label("name", &row["tied to"]) == b));
    place.run(&["between", "TSMC", "Nvidia"]).is(2).says(&["are in one community"]);
}
