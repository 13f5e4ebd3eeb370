//! Mentions as an input: those of `actant mentions`, and those of any other recognizer.

use serde_json::Value;

use crate::run::{Place, examples};

fn graph(place: &Place, folder: &str) -> Value {
    serde_json::from_slice(&place.read(&format!("{folder}/graph.json"))).expect("JSON")
}

#[test]
fn mentions_for_a_build_make_the_graph_of_the_documents() {
    let place = Place::new();
    place.write("more.jsonl", concat!(
        "{\"id\":7,\"text\":\"Russian President Vladimir Putin met Merz.\\nÜber all. Macron left Kyiv.\",\"date\":\"2025-01-02\"}\n",
        "{\"id\":\"x\",\"title\":\"T\",\"source\":\"AP\",\"text\":\"Nobody is here.\"}\n",
        "{\"id\":\"y\",\"text\":\"Smith met Jones. MOSCOW (AP) — Putin told ABC News that Mr. Trump called.\"}\n",
    ));
    let inputs = [&examples(), "more.jsonl"];
    let lines = place.run(&[&["mentions", "--for-build"], &inputs[..]].concat()).is(0).out;
    place.write("m.jsonl", &lines);
    place.run(&[&["build", "-o", "texts", "-q"], &inputs[..]].concat()).is(0);
    place.run(&["build", "-o", "mentions", "-q", "m.jsonl"]).is(0);
    for name in ["graph.json", "edges.csv", "graph.svg"] {
        assert!(place.read(&format!("texts/{name}")) == place.read(&format!("mentions/{name}")), "{name}");
    }
    for unit in ["paragraph", "window:2"] {
        place.run(&[&["build", "-o", "texts", "-q", "--unit", unit], &inputs[..]].concat()).is(0);
        place.run(&["build", "-o", "mentions", "-q", "--unit", unit, "m.jsonl"]).is(0);
        assert!(place.read("texts/graph.json") == place.read("mentions/graph.json"), "{unit}");
    }
    place.run(&[&["build", "-o", "texts", "-q"], &inputs[..]].concat()).is(0);
    place.pipe(&["build", "-", "-o", "piped", "-q"], &lines).is(0);
    assert!(place.read("texts/graph.json") == place.read("piped/graph.json"), "standard input");
    // Lines of one document may come in any order behind that of the document.
    let mut shuffled: Vec<&str> = lines.lines().collect();
    shuffled.sort_by_key(|line| (!line.contains("\"sentences\":["), line.len()));
    place.write("s.jsonl", shuffled.join("\n"));
    place.run(&["build", "-o", "shuffled", "-q", "s.jsonl"]).is(0);
    assert!(place.read("texts/graph.json") == place.read("shuffled/graph.json"), "shuffled");
}

const FOREIGN: &str = r#"{"document":"a","sentence":3,"start":40,"end":45,"text":"Žižek","type":"PER","rule":"my-model"}
{"document":"a","sentence":3,"start":50,"end":54,"text":"NATO","type":"organization","entity":"nato","name":"NATO","kind":"name"}
{"document":"a","sentence":9,"start":240,"end":245,"text":"Žižek","type":"PER"}
{"document":"a","sentence":9,"start":250,"end":255,"text":"Rutte","type":"PER"}
{"document":"b","sentence":1,"start":0,"end":9,"text":"Ever\nGiven","type":"ship"}
{"document":"b","sentence":1,"start":20,"end":25,"text":"Žižek","type":"person"}
{"document":"b","sentence":1,"start":30,"end":35,"text":"Smith","type":"person","entity":null}
"#;

#[test]
fn mentions_of_another_program_make_a_graph_without_tests_against_chance() {
    let place = Place::new();
    place.write("m.jsonl", FOREIGN.replace("\"end\":9", "\"end\":10"));
    let answer = place.run(&["build", "m.jsonl"]).is(0);
    assert!(answer.out.contains("p and q are left out"), "{}", answer.out);
    let graph = graph(&place, "output");
    assert_eq!(graph["corpus"]["units"], 3);
    assert_eq!(graph["corpus"]["partial"], true);
    let ids: Vec<&str> =
        graph["nodes"].as_array().expect("nodes").iter().map(|n| n["id"].as_str().expect("id")).collect();
    assert_eq!(ids, ["zizek", "ever-given", "nato", "rutte"]);
    assert_eq!(graph["nodes"][0]["sentences"], 3);
    assert_eq!(graph["nodes"][1]["type"], "ship");
    let edge = &graph["edges"][0];
    let measures: Vec<&String> = edge["measures"].as_object().expect("measures").keys().collect();
    assert!(!measures.iter().any(|name| *name == "p" || *name == "q") && measures.len() >= 8, "{measures:?}");
    let evidence: Vec<&Value> = graph["edges"].as_array().expect("edges").iter().map(|e| &e["evidence"][0]).collect();
    let nato = evidence.iter().find(|evidence| evidence["sentence"] == 3).expect("a tie in a");
    assert_eq!((&nato["sentence"], &nato["text"]), (&3.into(), &"Žižek … NATO".into()));
    assert_eq!(nato["source"]["rule"], "external");
    for unit in ["window:2", "paragraph"] {
        place.run(&["build", "m.jsonl", "-q", "-o", "wide", "--unit", unit]).is(0);
        let wide = self::graph(&place, "wide");
        assert_eq!(wide["edges"].as_array().expect("edges").len(), 3, "{unit}: sentences 3 and 9 are far apart");
    }
    place.run(&["why", "Žižek", "NATO"]).is(0);
    place.run(&["top", "--backbone", "disparity"]).is(0);
    place.run(&["build", "m.jsonl", "--weight", "q", "-o", "q"]).is(2).says(&["--weight q", "choose another"]);
    // The same from its log, and together with texts.
    place.run(&["merge", "output", "-o", "merged", "-q"]).is(0);
    assert!(place.read("output/graph.json") == place.read("merged/graph.json"));
    place.write("c.txt", "Putin met Trump.\n");
    assert!(place.run(&["build", "m.jsonl", "c.txt", "-o", "both"]).is(0).out.contains("p and q are left out"));
}

#[test]
fn the_order_of_mentions_changes_no_byte() {
    let place = Place::new();
    let mut lines: Vec<&str> = FOREIGN.lines().filter(|line| !line.contains("Ever")).collect();
    let mut build = |folder: &str| {
        lines.rotate_left(2);
        place.write("m.jsonl", lines.join("\n"));
        place.quick(&["build", "m.jsonl", "-q", "-o", folder]).is(0);
        [place.read(&format!("{folder}/log.actant")), place.read(&format!("{folder}/graph.json"))]
    };
    let first = build("a");
    assert!(first == build("b") && first == build("c"));
}

#[test]
fn bad_lines_are_named_and_the_others_are_used() {
    let place = Place::new();
    let bad = [
        ("{\"document\":\"a\"", "not a record"),
        ("{\"document\":\"a\",\"start\":1,\"type\":\"x\"}", "missing field `sentence`"),
        (r#"{"document":"a","sentence":0,"start":0,"end":1,"text":"A","type":"person"}"#, "sentences count from 1"),
        (r#"{"document":"a","sentence":1,"start":5,"end":1,"text":"A","type":"person"}"#, "not as long as from 5 to 1"),
        (r#"{"document":"a","sentence":1,"start":0,"end":1,"text":"A","type":" "}"#, "an empty type"),
        (r#"{"document":"a","sentence":1,"start":0,"end":1,"text":"A","type":"x","kind":"y"}"#, "kind `y`"),
        (r#"{"document":"a","sentence":1,"start":0,"end":1,"text":"A","type":"x","context":"y"}"#, "context: `y`"),
        (r#"{"document":"d","sentences":[{"start":0,"end":9,"text":"short"}]}"#, "sentence 1 is not as long"),
        (r#"{"document":"d","date":"May","sentences":[]}"#, "date `May`"),
        (r#"{"document":"d","hash":"xyz","sentences":[]}"#, "hash `xyz`"),
        (r#"{"document":"e","sentences":[{"start":2,"end":5,"text":"éab"}]}"#, ""),
        (r#"{"document":"e","sentence":2,"start":3,"end":4,"text":"a","type":"x"}"#, "sentence 2; the document has 1"),
        (r#"{"document":"e","sentence":1,"start":3,"end":4,"text":"b","type":"x"}"#, "`b` does not stand there"),
        (r#"{"document":"e","sentence":1,"start":1,"end":2,"text":"é","type":"x"}"#, "`é` does not stand there"),
        (r#"{"document":"e","sentence":1,"start":4,"end":6,"text":"bc","type":"x"}"#, "`bc` does not stand there"),
        (r#"{"document":"e","sentence":1,"start":2,"end":3,"text":"é","type":"x"}"#, ""),
    ];
    let good = FOREIGN.lines().next().expect("a line");
    let lines: Vec<&str> = std::iter::once(good).chain(bad.iter().map(|(line, _)| *line)).collect();
    place.write("m.jsonl", lines.join("\n"));
    let answer = place.quick(&["build", "m.jsonl"]).is(1);
    for (number, (line, fault)) in bad.iter().enumerate() {
        let place = format!("m.jsonl:{}: ", number + 2);
        let said = answer.err.lines().find(|said| said.contains(&place));
        match said {
            Some(said) => assert!(!fault.is_empty() && said.contains(fault), "{line}: {said}"),
            None => assert!(fault.is_empty(), "{line}: {}", answer.err),
        }
    }
    assert_eq!(graph(&place, "output")["corpus"]["mentions"], 2);
    place.quick(&["mentions", "m.jsonl"]).is(1).says(&["m.jsonl: mentions; expected texts"]);
}
