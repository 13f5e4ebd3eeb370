//! Every command does its job on the example news.

use std::process::Command;

use serde_json::{Value, json};

use crate::run::{Answer, Place, examples, root};

/// The file of a folder that `actant build` writes by default.
const WRITTEN: [&str; 6] = ["actors.csv", "edges.csv", "graph.dot", "graph.html", "graph.json", "graph.svg"];

#[test]
fn build_writes_the_graph_and_prints_the_top_actors() {
    let place = Place::new();
    let answer = place.run(&["build", &examples()]).is(0);
    assert!(answer.out.contains("12 documents") && answer.out.contains("Ursula von der Leyen"), "{}", answer.out);
    assert_eq!(answer.err, "");
    for name in WRITTEN {
        let text = place.text(&format!("output/{name}"));
        assert!(text.ends_with('\n') && !text.contains('\r'), "{name} has other line ends or no final one");
    }
}

#[test]
fn build_writes_where_and_what_it_is_told() {
    let place = Place::new();
    let answer =
        place.run(&["build", &examples(), "-o", "a/b", "--write", "json,dot", "--quiet", "--measures", "degree"]).is(0);
    assert_eq!(answer.out, "");
    assert_eq!(place.names(), ["a", "a/b", "a/b/graph.dot", "a/b/graph.json", "a/b/log.actant"]);
    let graph: Value = serde_json::from_slice(&place.read("a/b/graph.json")).expect("JSON");
    let measures = graph["nodes"][0]["measures"].as_object().expect("an object");
    assert_eq!(measures.keys().collect::<Vec<_>>(), ["degree"]);
}

#[test]
fn a_build_into_the_same_folder_replaces_the_old_graph() {
    let place = Place::with_graph();
    place.write("one.txt", "Vladimir Putin met Donald Trump.\n");
    place.quick(&["build", "one.txt", "-q"]).is(0);
    let graph: Value = serde_json::from_slice(&place.read("output/graph.json")).expect("JSON");
    assert_eq!(graph["nodes"].as_array().expect("nodes").len(), 2);
}

#[test]
fn top_lists_actors_in_every_form() {
    let place = Place::with_graph();
    let table = place.run(&["top", "-n", "3"]).is(0).out;
    assert_eq!(table.lines().count(), 4, "{table}");
    let json: Value =
        serde_json::from_str(&place.run(&["top", "-n", "3", "--format", "json"]).is(0).out).expect("JSON");
    assert_eq!(json.as_array().map(Vec::len), Some(3));
    let csv = place.run(&["top", "-n", "3", "--format", "csv", "--by", "betweenness", "--type", "place"]).is(0).out;
    let rows: Vec<csv::StringRecord> =
        csv::Reader::from_reader(csv.as_bytes()).records().map(|row| row.expect("CSV")).collect();
    assert!(rows.len() == 3 && rows.iter().all(|row| &row[2] == "place"), "{csv}");
}

#[test]
fn top_is_ordered_by_the_measure_that_is_asked_for() {
    let place = Place::with_graph();
    for by in ["betweenness", "degree", "documents", "mentions", "pagerank", "sentences", "strength"] {
        let out = place.run(&["top", "--format", "json", "--by", by]).is(0).out;
        let rows: Vec<Value> = serde_json::from_str(&out).expect("JSON");
        let values: Vec<f64> = rows.iter().map(|row| row[by].as_f64().expect("a number")).collect();
        assert!(values.is_sorted_by(|a, b| a >= b), "{by}: {values:?}");
    }
}

#[test]
fn why_shows_the_sentences_with_document_date_and_rule() {
    let place = Place::with_graph();
    let text = place.run(&["why", "Jensen Huang", "Nvidia"]).is(0).out;
    assert!(text.contains("2025-05-19") && text.contains(".txt") && text.contains(" by "), "{text}");
    let json: Value =
        serde_json::from_str(&place.run(&["why", "nvidia", "huang", "--format", "json"]).is(0).out).expect("JSON");
    let evidence = json["evidence"].as_array().expect("evidence");
    assert!(!evidence.is_empty());
    for one in evidence {
        let text: Vec<char> = one["text"].as_str().expect("a text").chars().collect();
        let piece = |side: &str| -> String {
            let at = |key: &str| one[side][key].as_u64().expect("a number") as usize;
            text[at("start")..at("end")].iter().collect()
        };
        let both = [piece("source"), piece("target")];
        assert!(
            both.iter().any(|name| name.contains("Huang")) && both.iter().any(|name| name.contains("Nvidia")),
            "{both:?}"
        );
    }
}

#[test]
fn why_says_who_ties_two_that_share_no_sentence() {
    let place = Place::new();
    place.write("a.txt", "Donald Trump met Vladimir Putin. Donald Trump met Xi Jinping.\n");
    place.quick(&["build", "a.txt", "-q"]).is(0);
    let answer = place.run(&["why", "Putin", "Xi"]).is(0);
    assert!(answer.out.contains("share no sentence") && answer.out.contains("Donald Trump"), "{}", answer.out);
}

#[test]
fn show_says_where_nothing_decides() {
    let place = Place::new();
    place.write("names.csv", "type,name,prominence\nperson,Anna Velask,5\nperson,Boris Velask,5\nplace,Kyiv,5\n");
    place.write("one.txt", "Anna Velask and Boris Velask flew to Kyiv. Then Velask spoke.");
    place.write("two.txt", "In Kyiv Velask and Velask met the press. Mr. Velask smiled.");
    place.run(&["build", "one.txt", "two.txt", "--no-builtin", "-g", "names.csv", "--quiet"]).is(0);
    let text = place.run(&["show", "Anna Velask"]).is(0).out;
    assert!(text.contains("nothing decides: \"Velask\""), "{text}");
    let json: Value =
        serde_json::from_str(&place.run(&["show", "Anna Velask", "--format", "json"]).is(0).out).expect("JSON");
    assert_eq!(json["undecided"][0]["candidates"], serde_json::json!(["anna-velask", "boris-velask"]));
    place.run(&["show", "Velask"]).is(2).says(&["`Velask` is named", "anna-velask or boris-velask"]);
}

#[test]
fn show_describes_an_actor_in_every_form() {
    let place = Place::with_graph();
    let text = place.run(&["show", "Ajay Banga"]).is(0).out;
    assert!(text.contains("World Bank") && text.contains("seen as"), "{text}");
    let json: Value = serde_json::from_str(&place.run(&["show", "Banga", "--format", "json"]).is(0).out).expect("JSON");
    assert_eq!(json["id"], "ajay-banga");
    assert!(place.run(&["show", "ajay-banga", "--format", "csv"]).is(0).out.starts_with("tied to,"));
}

#[test]
fn names_are_found_without_case_accents_and_by_alias() {
    let place = Place::with_graph();
    for name in ["luiz inacio lula da silva", "LULA", "Lula da Silva", "luiz-inacio-lula-da-silva"] {
        let answer = place.run(&["show", name, "--format", "json"]).is(0);
        assert!(answer.out.contains("\"id\":\"luiz-inacio-lula-da-silva\""), "{name}: {}", answer.out);
    }
}

#[test]
fn render_draws_a_picture_that_is_xml() {
    let place = Place::with_graph();
    place.run(&["render", "-o", "a.svg", "--top", "10", "--title", "Ties & <more>"]).is(0);
    let svg = place.text("a.svg");
    let parsed = roxmltree::Document::parse(&svg).expect("XML");
    assert_eq!(parsed.root_element().tag_name().name(), "svg");
    assert!(svg.contains("Ties &amp; &lt;more&gt;") && svg.contains("Nvidia"), "{}", &svg[..svg.len().min(500)]);
}

#[test]
fn render_writes_pixels_and_print() {
    let place = Place::with_graph();
    place.run(&["render", "-o", "a.PNG", "--top", "12"]).is(0);
    place.run(&["render", "-o", "a.pdf", "--top", "12"]).is(0);
    assert!(place.read("a.PNG").starts_with(b"\x89PNG\r\n") && place.read("a.pdf").starts_with(b"%PDF-"));
    place.run(&["render", "-o", "a.tiff"]).is(2).says(&["its ending names no picture", ".png"]);
}

#[test]
fn render_draws_a_part() {
    let place = Place::with_graph();
    let draw = |arguments: &[&str]| {
        place.run(&[&["render", "-o", "a.svg"], arguments].concat()).is(0);
        place.text("a.svg")
    };
    let near = draw(&["--focus", "rutte"]);
    assert!(near.contains(">Hakan Fidan<") && !near.contains("Ajay Banga"));
    assert!(draw(&["--focus", "rutte", "--radius", "2"]).contains("Ajay Banga"));
    let people = draw(&["--type", "person", "--focus", "rutte"]);
    assert!(people.contains(">Hakan Fidan<") && !people.contains(">Turkey<"));
    let community = draw(&["--community", "TSMC"]);
    assert!(community.contains("Nvidia") && !community.contains("Hakan Fidan"));
    place.run(&["render", "-o", "a.svg", "--type", "ship"]).is(2).says(&["no actor of the type `ship`", "person"]);
    place.run(&["render", "-o", "a.svg", "--focus", "nobody at all"]).is(2);
}

#[test]
fn render_writes_a_page() {
    let place = Place::with_graph();
    place.run(&["render", "-o", "a.html", "--title", "Grain & <ships>", "--top", "20"]).is(0);
    let page = String::from_utf8(place.read("a.html")).expect("UTF-8");
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("<h1 id=\"title\">Grain &amp; &lt;ships&gt;</h1>"));
    assert!(page.contains("Ursula von der Leyen") && page.ends_with("</html>\n"));
    place.run(&["render", "-o", "a.html", "--engine", "graphviz"]).is(2).says(&["its ending names no picture"]);
}

#[test]
fn export_writes_every_format() {
    let place = Place::with_graph();
    place.run(&["export", "-o", "a.dot"]).is(0);
    place.run(&["export", "-o", "b.json"]).is(0);
    place.run(&["export", "-o", "tables", "--to", "csv"]).is(0);
    place.run(&["export", "-o", "d.svg"]).is(0);
    assert!(place.text("a.dot").starts_with("graph "));
    let link: Value = serde_json::from_slice(&place.read("b.json")).expect("JSON");
    assert!(link["nodes"].is_array() && link["edges"].is_array() && link["directed"] == false);
    assert!(place.read("tables/edges.csv") == place.read("output/edges.csv"), "the edges differ");
    assert_eq!(place.text("tables/actors.csv").lines().count(), place.text("output/actors.csv").lines().count());
    assert_eq!(place.run(&["export", "-o", "-", "--to", "dot"]).is(0).out, place.text("a.dot"));
}

#[test]
fn a_saved_graph_is_the_same_when_it_is_read_and_written_again() {
    let place = Place::with_graph();
    place.run(&["export", "-o", "again.graph.json"]).is(0);
    assert!(
        place.read("again.graph.json") == place.read("output/graph.json"),
        "a graph read and written again is another"
    );
}

#[test]
fn the_saved_graph_lists_the_names_that_nothing_decides() {
    let graph: Value = serde_json::from_slice(&Place::with_graph().read("output/graph.json")).expect("JSON");
    let row = graph["ambiguous"].as_array().and_then(|rows| rows.iter().find(|row| row["surface"] == "Kaseya"));
    let row = row.expect("a surname that no list holds");
    assert_eq!((&row["type"], &row["count"], &row["sentence"]), (&json!("person"), &json!(5), &json!(5)));
    let at = |key: &str| row[key].as_u64().expect("a place") as usize;
    let text: Vec<char> = row["text"].as_str().expect("a sentence").chars().collect();
    assert_eq!(text[at("start")..at("end")].iter().collect::<String>(), "Kaseya");
}

#[test]
fn mentions_point_at_the_text_in_code_points() {
    let place = Place::new();
    let text = "Été. 😀 Vladimir Putin met “Donald Trump”.\n";
    place.write("a.txt", text);
    let points: Vec<char> = text.chars().collect();
    let lines = place.quick(&["mentions", "a.txt"]).is(0).json_lines();
    assert_eq!(lines.len(), 2);
    for line in lines {
        let at = |key: &str| line[key].as_u64().expect("a number") as usize;
        assert_eq!(points[at("start")..at("end")].iter().collect::<String>(), line["text"].as_str().expect("a text"));
        assert_eq!((line["document"].as_str(), line["type"].as_str()), (Some("a.txt"), Some("person")));
    }
}

#[test]
fn mentions_can_leave_demonyms_out() {
    let place = Place::new();
    place.write("a.txt", "Russian troops left Kyiv.\n");
    assert_eq!(place.quick(&["mentions", "a.txt"]).is(0).json_lines().len(), 2);
    assert_eq!(place.quick(&["mentions", "a.txt", "--no-demonyms"]).is(0).json_lines().len(), 1);
}

#[test]
fn sentences_are_numbered_and_point_at_the_text() {
    let place = Place::new();
    place.write("a.txt", "Mr. Éa left. He came back.\n\nThe end\n");
    let lines = place.quick(&["sentences", "a.txt"]).is(0).json_lines();
    let texts: Vec<&str> = lines.iter().map(|line| line["text"].as_str().expect("a text")).collect();
    assert_eq!(texts, ["Mr. Éa left.", "He came back.", "The end"]);
    assert_eq!(lines[1]["start"], 13);
    assert_eq!(lines[2]["sentence"], 3);
}

#[test]
fn standard_input_is_a_text_or_json_lines() {
    let place = Place::new();
    assert_eq!(place.pipe(&["mentions", "-"], "Putin called.\n").is(0).json_lines()[0]["document"], "-");
    let record = "{\"id\": \"n 1\", \"text\": \"Putin called.\"}\n";
    assert_eq!(place.pipe(&["mentions", "-"], record).is(0).json_lines()[0]["document"], "n 1");
}

#[test]
fn folders_files_and_globs_are_inputs() {
    let place = Place::new();
    place.write("in/a.txt", "Putin called.\n");
    place.write("in/deep/b.md", "Trump called.\n");
    place.write("in/deep/.hidden.txt", "Macron called.\n");
    let entities = |arguments: &[&str]| -> Vec<String> {
        let lines = place.quick(&[&["mentions"], arguments].concat()).is(0).json_lines();
        lines.iter().map(|line| line["entity"].as_str().expect("an id").to_owned()).collect()
    };
    assert_eq!(entities(&["in"]), ["vladimir-putin", "donald-trump"]);
    assert_eq!(entities(&["in/*.txt"]), ["vladimir-putin"]);
    assert_eq!(entities(&["in/a.txt", "in/a.txt"]), ["vladimir-putin"]);
}

#[test]
fn a_glob_passes_hidden_files_over() {
    let place = Place::new();
    place.write("in/a.txt", "Putin called.\n");
    place.write("in/.hidden.txt", "Macron called.\n");
    assert_eq!(place.quick(&["mentions", "in/*.txt"]).is(0).json_lines().len(), 1);
}

#[test]
fn gazetteer_check_counts_rows() {
    let place = Place::new();
    place.write("mine.csv", "type,name,aliases\nperson,Ann Roe,A. Roe|Annie Roe\n");
    assert_eq!(place.run(&["gazetteer", "check", "mine.csv"]).is(0).out, "mine.csv: 1 row, 3 names\n");
}

#[test]
fn help_completions_and_manual_name_every_command() {
    let place = Place::new();
    let commands = ["build", "export", "gazetteer", "mentions", "render", "sentences", "show", "top", "why"];
    let pages = [
        vec!["--help"],
        vec!["completions", "bash"],
        vec!["completions", "zsh"],
        vec!["completions", "fish"],
        vec!["man"],
    ];
    for page in pages {
        let out = place.run(&page).is(0).out;
        for command in commands {
            assert!(out.to_lowercase().contains(command), "{page:?} does not name {command}");
        }
    }
    for command in commands {
        assert!(place.run(&[command, "--help"]).is(0).out.contains("Usage:"), "{command}");
    }
    assert!(place.run(&["--version"]).is(0).out.starts_with("actant "));
}

#[test]
fn contexts_and_demonyms_can_be_switched() {
    let place = Place::new();
    place.write("a.txt", "MOSCOW — Russian President Vladimir Putin told Reuters that Kyiv had agreed.\n");
    let nodes = |arguments: &[&str]| -> Vec<String> {
        place.quick(&[&["build", "a.txt", "-q", "--write", "json"], arguments].concat()).is(0);
        let graph: Value = serde_json::from_slice(&place.read("output/graph.json")).expect("JSON");
        let mut ids: Vec<String> = graph["nodes"]
            .as_array()
            .expect("nodes")
            .iter()
            .map(|node| node["id"].as_str().expect("an id").to_owned())
            .collect();
        ids.sort();
        ids
    };
    assert_eq!(nodes(&[]), ["kyiv", "vladimir-putin"]);
    assert_eq!(nodes(&["--with", "dateline"]), ["kyiv", "moscow", "vladimir-putin"]);
    assert_eq!(nodes(&["--with", "attribution,role"]), ["kyiv", "reuters", "russia", "vladimir-putin"]);
    assert_eq!(nodes(&["--with", "role", "--no-demonyms"]), ["kyiv", "vladimir-putin"]);
}

#[test]
fn a_reader_that_stops_early_ends_the_program_quietly() {
    let place = Place::new();
    let story = "Vladimir Putin met Donald Trump in Moscow.\n".repeat(20_000);
    place.write("a.txt", story);
    let script = format!("'{}' mentions a.txt | head -1", env!("CARGO_BIN_EXE_actant"));
    let output = Command::new("sh").args(["-c", &script]).current_dir(place.path(".")).output().expect("a shell");
    let answer = Answer::of(output).is(0);
    assert_eq!((answer.out.lines().count(), answer.err.as_str()), (1, ""));
}

#[test]
fn the_project_has_the_example_news() {
    let stories = std::fs::read_dir(root().join("examples/news")).expect("the examples").count();
    assert!(stories >= 10, "{stories}");
}
