//! Ties that rest on an attribution, a dateline, a byline or a title are there when asked for, and marked.

use serde_json::{Value, json};

use crate::run::Place;

/// Rutte speaks to Reuters twice, and acts with it once in another story; Fidan only speaks to it.
fn place(options: &[&str]) -> Place {
    let place = Place::new();
    place.write(
        "in/a.txt",
        "Mark Rutte told Reuters that the ships would sail. Hakan Fidan told Reuters that they would not.",
    );
    place.write(
        "in/b.txt",
        "Mark Rutte told Reuters that Reuters had been late. The next day Mark Rutte told Reuters a joke.",
    );
    place.run(&[&["build", "in", "-o", "output", "-q", "--write", "json,csv"], options].concat()).is(0);
    place
}

fn edges(place: &Place) -> Vec<Value> {
    let graph: Value = serde_json::from_str(&place.text("output/graph.json")).expect("JSON");
    graph["edges"].as_array().expect("edges").clone()
}

fn tie(place: &Place, name: &str) -> Value {
    let with = |edge: &&Value| [&edge["source"], &edge["target"]].contains(&&json!(name));
    edges(place).iter().find(with).expect("a tie").clone()
}

#[test]
fn ties_are_marked_with_the_contexts_they_rest_on() {
    let place = place(&["--with", "attribution"]);
    let (rutte, fidan) = (tie(&place, "mark-rutte"), tie(&place, "hakan-fidan"));
    assert_eq!((&rutte["n"], &rutte["contexts"]), (&json!(3), &json!({"attribution": 2})));
    assert_eq!((&fidan["n"], &fidan["contexts"]), (&json!(1), &json!({"attribution": 1})));
    assert_eq!((rutte.get("kind"), &fidan["kind"]), (None, &json!("attribution")));
    // Where Reuters also acts in the sentence, the evidence is that name.
    let evidence = rutte["evidence"].as_array().expect("sentences");
    let contexts: Vec<[bool; 2]> =
        evidence.iter().map(|shown| ["source", "target"].map(|end| shown[end]["context"] == "attribution")).collect();
    assert_eq!(contexts.iter().filter(|ends| ends.contains(&true)).count(), 2, "{evidence:?}");
    let late = evidence.iter().find(|shown| shown["text"].as_str().is_some_and(|text| text.contains("late")));
    let late = late.expect("the sentence");
    assert!(late["source"].get("context").is_none() && late["target"].get("context").is_none(), "{late}");
    let why = place.run(&["why", "Rutte", "Reuters"]).is(0).out;
    assert!(why.starts_with("Mark Rutte and Reuters: 3 sentences in 2 documents, 2 by attribution only"), "{why}");
    assert!(why.contains("Reuters by gazetteer in attribution"), "{why}");
    let why: Value =
        serde_json::from_str(&place.run(&["why", "Fidan", "Reuters", "--format", "json"]).is(0).out).expect("JSON");
    assert_eq!((&why["kind"], &why["contexts"]), (&json!("attribution"), &json!({"attribution": 1})));
    assert!(
        [&why["evidence"][0]["source"], &why["evidence"][0]["target"]]
            .iter()
            .any(|end| end["context"] == "attribution")
    );
}

#[test]
fn marks_go_into_other_formats_and_can_be_filtered() {
    let place = place(&["--with", "attribution"]);
    let csv = place.text("output/edges.csv");
    assert!(csv.lines().next().expect("a header").contains(",sources,first,last,kind,acting,"), "{csv}");
    let row = |text: &str| csv.lines().find(|line| line.contains(text)).expect("a row").to_owned();
    assert!(row("hakan-fidan").contains(",attribution,0,") && row("mark-rutte").contains(",acting,1,"), "{csv}");
    for (name, mark) in [
        ("a.gexf", "<attvalue for=\"kind\" value=\"attribution\"/>"),
        ("a.graphml", "<data key=\"edge-kind\">attribution</data>"),
        ("a.node-link.json", "\"kind\":\"attribution\""),
        ("a.cyjs", "\"kind\":\"attribution\""),
        ("a.evidence.jsonl", "_context\":\"attribution\""),
        ("a.dot", "style=dashed"),
        ("a.svg", ", by attribution only</title>"),
        ("a.html", "\"kinds\":{\"1\":\"attribution\"}"),
    ] {
        place.run(&["export", "-o", name]).is(0);
        let text = place.text(name).replace("\": \"", "\":\"");
        assert!(text.contains(mark), "{name}: {text}");
    }
    let show = place.run(&["show", "Fidan", "--format", "csv"]).is(0).out;
    assert!(show.contains(",words,kind\n") && show.contains(",attribution\n"), "{show}");
    let acting = place.run(&["top", "--backbone", "acting", "--format", "csv"]).is(0).says(&["hides 1 of 2 ties"]).out;
    assert!(acting.contains("Mark Rutte") && !acting.contains("Fidan"), "{acting}");
}

#[test]
fn nothing_is_marked_unless_asked_for() {
    let place = place(&[]);
    assert_eq!(edges(&place).len(), 1);
    let text = place.text("output/graph.json");
    let tie = tie(&place, "mark-rutte");
    assert!(tie["n"] == 1 && tie.get("kind").is_none() && tie.get("contexts").is_none(), "{text}");
    assert!(!place.text("output/edges.csv").contains("kind"));
}
