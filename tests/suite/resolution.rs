//! What each name stands for, and where it stands: cases over the shipped gazetteer.
//!
//! `tests/data/resolve-known-wrong.txt` holds cases of the same form that the program gets wrong so far.

use std::sync::LazyLock;

use actant::gazetteer::Gazetteer;
use actant::log::{LogDocument, file};
use actant::model::{Document, Mention};
use actant::pipeline::{self, Reader};

use crate::cases::{self, Case};
use crate::run::Place;

/// The shipped gazetteer.
pub static GAZETTEER: LazyLock<Gazetteer> = LazyLock::new(Gazetteer::builtin);
/// A reader with it and all rules.
pub static READER: LazyLock<Reader<'static>> = LazyLock::new(|| Reader::new(&GAZETTEER));

#[test]
fn names_stand_for_whom_a_reader_takes_them() {
    cases::check_all("resolve.txt", 60, answer);
}

#[test]
fn cases_known_to_be_wrong_are_still_wrong() {
    cases::check_known_wrong("resolve-known-wrong.txt", answer);
}

#[test]
fn mentions_are_in_order_inside_their_sentences() {
    for case in cases::read("resolve.txt") {
        let reading = read(&case.input);
        let mut at = 0;
        for mention in &reading.mentions {
            assert!(at <= mention.span.start && mention.span.start < mention.span.end, "{}", case.title);
            assert!(reading.sentences[mention.sentence as usize].covers(mention.span), "{}", case.title);
            assert!(mention.entity.is_none() || mention.candidates.is_empty(), "{}", case.title);
            at = mention.span.end;
        }
    }
}

fn read(text: &str) -> pipeline::Reading {
    pipeline::read(Document { text: text.to_owned(), ..Document::default() }, &READER)
}

/// A line for every mention; a `*` in an expected line stands for anything there.
fn answer(case: &Case) -> Vec<String> {
    let reading = read(&case.input);
    let lines = reading.mentions.iter().map(|mention| line(&case.input, mention));
    lines.enumerate().map(|(at, line)| matched(line, case.expected.get(at))).collect()
}

fn line(text: &str, mention: &Mention) -> String {
    let surface = mention.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let entity = mention.entity.as_ref().map_or("?", |key| &*key.id);
    let context = if mention.context.name().is_empty() { "plain" } else { mention.context.name() };
    let (kind, rule) = (mention.kind.name(), mention.rule.name());
    format!("{surface} | {entity} | {} | {kind} | {context} | {rule}", mention.entity_type.name())
}

/// The expected line, where the found one fits it.
pub fn matched(found: String, expected: Option<&String>) -> String {
    let fits = |expected: &&String| {
        let (mut left, mut right) = (found.split(" | "), expected.split(" | "));
        left.by_ref().zip(right.by_ref()).all(|(found, expected)| expected == "*" || found == expected)
            && left.next().is_none()
            && right.next().is_none()
    };
    expected.filter(fits).cloned().unwrap_or(found)
}

#[test]
fn an_undecided_name_has_the_same_candidates_in_every_mention_and_document() {
    let firsts = ["Anna", "Boris", "Clara", "David", "Emil", "Frida", "Georg", "Hanna"];
    let rows = firsts.map(|first| format!("person,{first} Velask,5\n")).concat();
    let place = Place::new();
    place.write("names.csv", format!("type,name,prominence\n{rows}"));
    place.write("in/a.txt", "They asked Mr. Velask. Later Mr. Velask left.\n");
    place.write("in/b.txt", "They asked Mr. Velask.\n");
    place.write("in/c.txt", "Anna Velask met Emil Velask. They asked Mr. Velask. Later Mr. Velask left.\n");
    place.quick(&["build", "in", "-g", "names.csv", "-q"]).is(0);
    let (log, _) = file::open(&place.path("output")).expect("a log");
    let undecided = |document: &LogDocument| -> Vec<Vec<String>> {
        let of_none = document.mentions.iter().filter(|mention| mention.entity.is_none());
        of_none.map(|mention| mention.candidates.iter().map(str::to_owned).collect()).collect()
    };
    let found: Vec<Vec<Vec<String>>> = log.documents().map(|(_, document)| undecided(&document)).collect();
    let ids = |firsts: &[&str]| -> Vec<String> {
        firsts.iter().map(|first| format!("{}-velask", first.to_lowercase())).collect()
    };
    let (all, two) = (ids(&firsts), ids(&["Anna", "Emil"]));
    assert_eq!(found, [vec![all.clone(), all.clone()], vec![all], vec![two.clone(), two]]);
}
