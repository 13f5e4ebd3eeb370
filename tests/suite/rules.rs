//! What each rule finds, and what it leaves alone: `tests/data/rules/NAME.txt` holds the cases of the rule `NAME`.
//!
//! A case is a text and a line `surface | type | rule` for each mention in it; `*` stands for anything. Most names in the texts
//! are invented, so that no list can know them. `NAME-known-wrong.txt`, where there is one, holds cases of the same form that
//! the program gets wrong so far.

use std::collections::BTreeSet;

use actant::gazetteer::{self, Gazetteer, Row};
use actant::model::{self, Document};
use actant::pipeline::{self, Reader};
use actant::recognize;

use crate::cases::{self, Case};
use crate::resolution::{GAZETTEER, READER, matched};
use crate::shipped;

/// Rules that say what is no name: no mention carries their word.
const SILENT: [&str; 2] = ["blocked", "event"];

/// Fewer cases than these do not show what a rule does.
const AT_LEAST: usize = 8;

#[test]
fn every_rule_finds_what_it_should_and_no_more() {
    let failures: String =
        rule_names().iter().map(|rule| cases::failures(&file(rule), AT_LEAST, |case| answer(case, &READER))).collect();
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn cases_known_to_be_wrong_are_still_wrong() {
    for name in stems().iter().filter(|stem| stem.ends_with(WRONG)) {
        cases::check_known_wrong(&file(name), |case| answer(case, &READER));
    }
}

#[test]
fn every_rule_has_a_file_and_every_file_a_rule() {
    let rules: BTreeSet<String> = rule_names().into_iter().map(str::to_owned).collect();
    let stems = stems();
    let tested: BTreeSet<String> =
        stems.iter().map(|stem| stem.strip_suffix(WRONG).unwrap_or(stem).to_owned()).collect();
    assert_eq!(tested, rules);
    assert!(rules.is_subset(&stems), "a file of known faults only: {:?}", rules.difference(&stems));
}

#[test]
fn every_rule_has_cases_for_it_and_against_it() {
    for rule in rule_names().into_iter().filter(|rule| !SILENT.contains(rule)) {
        let end = format!(" | {rule}");
        let (with, without): (Vec<Case>, Vec<Case>) = cases::read(&file(rule))
            .into_iter()
            .partition(|case| case.expected.iter().any(|line| line.ends_with(&end)));
        assert!(with.len() >= 3, "{rule}: {} cases in which it finds something; expected at least 3", with.len());
        assert!(without.len() >= 3, "{rule}: {} cases in which it finds nothing; expected at least 3", without.len());
    }
}

/// The lists and the rules of resolution, which live on them, cannot be switched off: their names are taken away.
#[test]
fn without_its_rule_a_file_has_other_mentions() {
    let (empty, curated, unblocked) =
        (Gazetteer::default(), curated(|_| true), curated(|row| row.entity_type != "none"));
    let (unlisted, curated, unblocked) = (Reader::new(&empty), Reader::new(&curated), Reader::new(&unblocked));
    let mut reader = Reader::new(&GAZETTEER);
    let switches = recognize::rule_names();
    for rule in rule_names() {
        reader.recognize.without = vec![rule.to_owned()];
        let (all, other) = match rule {
            "blocked" => (&curated, &unblocked),
            rule if switches.contains(&rule) => (&*READER, &reader),
            _ => (&*READER, &unlisted),
        };
        let (changed, same): (Vec<Case>, Vec<Case>) =
            cases::read(&file(rule)).into_iter().partition(|case| names(case, other) != names(case, all));
        assert!(!changed.is_empty(), "{rule}: all cases have the same names and types without it");
        assert!(!same.is_empty(), "{rule}: no case is left as it is without it");
    }
}

/// The curated lists, with the rows that are `wanted`.
fn curated(wanted: impl Fn(&Row) -> bool) -> Gazetteer {
    let mut gazetteer = Gazetteer::default();
    for path in shipped::curated() {
        let (mut rows, _) = gazetteer::read_file(&path).expect("a list");
        rows.retain(&wanted);
        gazetteer.add(rows);
    }
    gazetteer
}

/// What the stem of a file with known faults ends in.
const WRONG: &str = "-known-wrong";

/// Every rule of recognition or resolution; what other programs found, no rule here does.
fn rule_names() -> BTreeSet<&'static str> {
    let recognition = recognize::RULES.iter().map(|row| row.name);
    recognition
        .chain(recognize::rule_names())
        .chain(model::RULES.iter().map(|row| row.name))
        .filter(|name| *name != "external")
        .collect()
}

fn file(stem: &str) -> String {
    format!("rules/{stem}.txt")
}

/// The names of the files, without their ending.
fn stems() -> BTreeSet<String> {
    let entries = std::fs::read_dir(cases::data("rules")).expect("the folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    names.map(|name| name.strip_suffix(".txt").unwrap_or(&name).to_owned()).collect()
}

fn answer(case: &Case, reader: &Reader) -> Vec<String> {
    let lines = mentions(case, reader).into_iter().map(|(name, rule)| format!("{name} | {rule}"));
    lines.enumerate().map(|(at, line)| matched(line, case.expected.get(at))).collect()
}

fn names(case: &Case, reader: &Reader) -> Vec<String> {
    mentions(case, reader).into_iter().map(|(name, _)| name).collect()
}

/// Each mention as `surface | type`, and its rule.
fn mentions(case: &Case, reader: &Reader) -> Vec<(String, &'static str)> {
    let reading = pipeline::read(Document { text: case.input.clone(), ..Document::default() }, reader);
    let name = |mention: &model::Mention| {
        let surface = mention.span.of(&case.input).split_whitespace().collect::<Vec<_>>().join(" ");
        (format!("{surface} | {}", mention.entity_type.name()), mention.rule.name())
    };
    reading.mentions.iter().map(name).collect()
}
