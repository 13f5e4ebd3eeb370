//! `top --stability`: ranks in corpora drawn anew.

use std::sync::LazyLock;

use actant::gazetteer::Gazetteer;
use actant::graph::EntityGraph;
use actant::graph::weights::{self, WEIGHTS};
use actant::log::Log;
use actant::measure::MEASURES;
use actant::model::{Context, Unit};
use actant::{pipeline, read, relate};
use serde_json::Value;

use crate::run::{Place, examples};

/// The log of the example news.
fn log() -> &'static Log {
    static LOG: LazyLock<Log> = LazyLock::new(|| {
        let gazetteer = Gazetteer::builtin();
        let (sources, _) = read::sources(&[examples()]).expect("the examples");
        pipeline::log(&sources, &pipeline::Reader::new(&gazetteer), &|_| {}).expect("a log").0
    });
    &LOG
}

#[test]
fn each_cluster_drawn_once_is_the_graph_itself() {
    let all = vec![Context::Dateline, Context::Byline, Context::Attribution, Context::Role];
    let usual = relate::Options::default();
    let options = [
        usual.clone(),
        relate::Options { demonyms: false, contexts: all, unit: Unit::Paragraph, ..usual.clone() },
        relate::Options { count_copies: true, unit: Unit::Window(3), ..usual.clone() },
        relate::Options { unit: Unit::Document, ..usual },
    ];
    for options in options {
        let clusters = pipeline::clusters(log(), &options);
        assert_eq!(clusters.len(), 11, "one of the twelve stories repeats another");
        for weight in WEIGHTS {
            let graph = pipeline::graph(log(), &options).weighted_by(weight);
            let again = pipeline::drawn(&clusters, &[1; 11], weight);
            let ids = |graph: &EntityGraph| graph.nodes().map(|(_, node)| node.id.clone()).collect::<Vec<_>>();
            assert_eq!(ids(&graph), ids(&again));
            let ties = |graph: &EntityGraph| {
                graph.edges().map(|(_, a, b, edge)| (a, b, edge.n, edge.weight.to_bits())).collect::<Vec<_>>()
            };
            assert_eq!(ties(&graph), ties(&again), "{}", weight.name);
        }
        let graph = pipeline::graph(log(), &options);
        let again = pipeline::drawn(&clusters, &[1; 11], weights::default_weight());
        for row in MEASURES {
            assert_eq!((row.scores)(&graph), (row.scores)(&again), "{}", row.name);
        }
    }
}

fn rows(answer: &str) -> Vec<Value> {
    let rows: Value = serde_json::from_str(answer).expect("JSON");
    rows.as_array().expect("rows").clone()
}

fn places(row: &Value, name: &str) -> (u64, u64) {
    let end = |end: &str| row[format!("{name}_rank_{end}")].as_u64().expect("a number");
    (end("low"), end("high"))
}

#[test]
fn intervals_are_the_same_for_any_threads_and_hold_the_rank() {
    let place = Place::with_graph();
    let by = "sentences,strength,betweenness";
    let run = |threads: &str| {
        let told = ["top", "--by", by, "--stability", "60", "--format", "json", "-n", "100", "--threads", threads];
        place
            .run(&told)
            .is(0)
            .says(&["95 % of 60 corpora", "12 documents in 11 clusters, the largest of 2", "too narrow"])
            .out
    };
    let one = run("1");
    assert_eq!(one, run("2"));
    let rows = rows(&one);
    let (mut wide, mut sure) = (0, 0);
    for row in &rows {
        let (low, high) = places(row, "sentences");
        let rank = row["rank"].as_u64().expect("a number");
        assert!(1 <= low && low <= high && high as usize <= rows.len() + 5, "{row}");
        // Few of so short a list stand outside of what other stories would have made of it.
        sure += usize::from((low..=high).contains(&rank));
        wide += usize::from(low < high);
    }
    assert!(sure * 20 >= rows.len() * 19 && wide * 10 > rows.len() * 9, "{sure} {wide} {}", rows.len());
    let table = place.run(&["top", "--by", by, "--stability", "60", "-n", "1"]).is(0).out;
    let (low, high) = places(&rows[0], "sentences");
    let shown = if low == high { low.to_string() } else { format!("{low}–{high}") };
    assert!(table.lines().nth(1).expect("a row").contains(&format!("  {shown}  ")), "{table}");
    let csv = place.run(&["top", "--stability", "40", "--by", "n", "--format", "csv", "-n", "1"]).is(0).out;
    assert!(csv.starts_with("rank,actor,type,n,n_rank_low,n_rank_high\n"), "{csv}");
}

/// Thirty stories: Rutte stands in all, twice; Fidan and Banga once in every second one each; Modi ten times, in one only.
fn sure_and_unsure() -> Place {
    let place = Place::new();
    for number in 0..30 {
        let other = if number % 2 == 0 { "Hakan Fidan" } else { "Ajay Banga" };
        let once = if number == 7 { "Narendra Modi spoke of rice. ".repeat(40) } else { String::new() };
        let text = format!("Mark Rutte met {other} on matter {number}. Of {number} Mark Rutte said little. {once}");
        place.write(&format!("in/{number:02}.txt"), text);
    }
    place
}

#[test]
fn who_stands_in_one_document_has_a_rank_nobody_can_be_sure_of() {
    let place = sure_and_unsure();
    place.run(&["build", "in", "-o", "output", "-q"]).is(0);
    let rows = rows(&place.run(&["top", "--by", "n", "--stability", "--format", "json"]).is(0).out);
    let of = |name: &str| rows.iter().find(|row| row["actor"] == name).map(|row| places(row, "n")).expect("an actor");
    let modi = of("Narendra Modi");
    // Not drawn in a third of the corpora, and first where it is drawn twice.
    assert_eq!(modi, (1, 4));
    assert_eq!(of("Mark Rutte"), (1, 2));
    assert_eq!((of("Hakan Fidan").1, of("Ajay Banga").1), (4, 4));
    let people = place.run(&["top", "--by", "degree", "--stability", "50", "--backbone", "top-n:1"]).is(0);
    assert!(people.out.contains("Mark Rutte"), "{}", people.out);
}

#[test]
fn what_cannot_be_judged_is_said() {
    let place = sure_and_unsure();
    place.run(&["build", "in", "-o", "output", "-q"]).is(0);
    let ask = |more: &[&str]| place.run(&[&["top", "-n", "3"], more].concat());
    ask(&["--stability", "10"]).is(2).says(&["10 draws", "expected a number from 40"]);
    ask(&["--stability", "--by", "fame"]).is(2).says(&["no such measure: `fame`"]);
    // A graph of some days, or of wider units, is drawn as it was made.
    let log = place.read("output/log.actant");
    place.run(&["merge", "output", "-o", "wide", "-q", "--unit", "document", "--no-demonyms"]).is(0);
    place.run(&["top", "wide/graph.json", "--stability", "40"]).is(0);
    // The log of other documents.
    place.write("in/31.txt", "Mark Rutte met Ajay Banga again.");
    place.run(&["build", "in", "-o", "output", "-q"]).is(0);
    place.write("output/log.actant", log);
    ask(&["--stability"]).is(2).says(&["it is not the log of", "build the graph again"]);
    std::fs::remove_file(place.path("output/log.actant")).expect("the log");
    ask(&["--stability"]).is(2).says(&["log.actant: no such file", "--no-log"]);
    ask(&[]).is(0);
    // One story, and its reprint.
    let story = "Mark Rutte met Hakan Fidan in a small town by the sea.";
    place.write("one/a.txt", story);
    place.write("one/b.txt", format!("{story} Nobody else came."));
    place.run(&["build", "one", "-o", "output", "-q"]).is(0);
    ask(&["--stability"]).is(2).says(&["2 documents and no two that do not repeat each other"]);
}
