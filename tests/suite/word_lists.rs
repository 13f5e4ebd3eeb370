//! The word lists of the rules are clean, say what they are and who reads them, and do not contradict each other.

use std::collections::{BTreeMap, BTreeSet};

use actant::model::{self, Context};
use actant::recognize;

use crate::run::root;

/// One file of `gazetteers/words/`.
struct WordList {
    /// The lines that begin with `#`, without it.
    comments: Vec<String>,
    /// All other lines, without the mark `w`.
    words: Vec<String>,
}

/// Lists that say opposite things of a word, with the words that are both all the same because the rules weigh them elsewhere.
/// Upper and lower case count as one.
const CONTRADICTIONS: &[(&str, &str, &[&str])] = &[
    // After the stop of one the sentence goes on, after that of the other it may end: "Ft. Worth", "20 ft."
    ("abbreviations", "final-abbreviations", &["ft"]),
    ("calendar", "institutions", &[]),
    ("calendar", "organization-heads", &[]),
    ("calendar", "place-tails", &[]),
    ("calendar", "titles", &[]),
    // A language, a rank or a mark of nothing by itself; the end of a company's name behind another word.
    ("company-suffixes", "not-names", &["AB", "NA", "PLC"]),
    ("company-suffixes", "place-tails", &[]),
    ("events", "institutions", &[]),
    // A maker and its aircraft, a body and its meeting, a body and its season.
    ("events", "organization-heads", &["Airbus", "Conference", "League"]),
    ("events", "place-leads", &[]),
    ("events", "place-tails", &[]),
    ("honorifics", "title-modifiers", &[]),
    ("institutions", "place-tails", &[]),
    // "Shares added 3%", "he added".
    ("market-verbs", "speech-verbs", &["added"]),
    ("not-names", "organization-heads", &["TV"]),
    ("not-names", "place-leads", &[]),
    ("not-names", "place-tails", &[]),
    ("organization-followers", "place-followers", &[]),
    // That of money and that of a river.
    ("organization-heads", "place-tails", &["Bank"]),
    ("organization-heads", "place-tails-sure", &[]),
    ("organization-heads", "sentence-starters", &["Police"]),
    // Players, not bodies.
    ("organization-heads", "titles", &["Center", "Guard"]),
    ("organization-nouns", "person-nouns", &[]),
    ("organization-nouns", "place-kinds", &[]),
    // Small words of German and Dutch names that English has too.
    ("particles", "sentence-starters", &["do", "ten"]),
    ("person-nouns", "place-followers", &[]),
    ("place-leads", "sentence-starters", &[]),
    // The man and the town called after him.
    ("place-leads", "titles", &["Saint", "St"]),
    ("place-prepositions", "speech-verbs", &[]),
    ("place-tails", "sentence-starters", &[]),
    // The saint and the street.
    ("place-tails", "titles", &["St"]),
];

/// Stages that read a list and are no rule and no context.
const STAGES: [&str; 1] = ["sentences"];

#[test]
fn words_are_sorted_and_plain() {
    for (name, list) in lists() {
        assert!(list.words.len() > 8, "{name} has {} words", list.words.len());
        for pair in list.words.windows(2) {
            assert!(pair[0] < pair[1], "{name}: {:?} stands before {:?}", pair[0], pair[1]);
        }
        for word in &list.words {
            let plain = !word.is_empty()
                && word.trim() == word
                && !word.contains("  ")
                && !word.contains('\t')
                && !word.ends_with('.');
            assert!(plain, "{name}: {word:?} is blank, padded or ends in a stop");
        }
    }
}

#[test]
fn lists_in_lower_case_are_in_lower_case_and_the_others_in_capitals() {
    for (name, list) in lists() {
        let about = &list.comments[0];
        if about.contains("as written") || about.contains("lower case or capitalised") {
            continue;
        }
        let small = about.contains("lower case");
        let wrong = |word: &&String| {
            let first = word.chars().next().is_some_and(char::is_uppercase);
            if small { word.to_lowercase() != **word } else { !first && word.starts_with(char::is_alphabetic) }
        };
        // "mRNA" and the like have their capital inside.
        let wrong = list.words.iter().filter(|word| !word.chars().skip(1).any(char::is_uppercase) || small).find(wrong);
        assert_eq!(wrong, None, "{name}");
    }
}

#[test]
fn every_list_says_what_it_holds_and_who_reads_it() {
    let rules = recognize::rule_names().into_iter().chain(model::RULES.iter().map(|row| row.name));
    let contexts = Context::NAMES.iter().map(|(_, name)| *name);
    let readers: BTreeSet<&str> = rules.chain(contexts).chain(STAGES).collect();
    for (name, list) in lists() {
        let [about, read_by] = &list.comments[..] else { panic!("{name}: expected two lines of comment") };
        assert!(about.len() > 20 && about.ends_with(['.', ')']), "{name}: {about:?} says too little");
        let named = read_by.strip_prefix("Read by: ").unwrap_or_else(|| panic!("{name}: {read_by:?}"));
        let named: Vec<&str> = named.split(", ").collect();
        let unknown = named.iter().find(|reader| reader.is_empty() || !readers.contains(*reader));
        assert_eq!(unknown, None, "{name}: no rule, context or stage is called so");
        assert!(named.is_sorted(), "{name}: {read_by}");
    }
}

#[test]
fn no_word_stands_in_two_lists_that_contradict_each_other() {
    let lists = lists();
    let folded = |name: &str| -> BTreeSet<String> {
        let list = lists.get(name).unwrap_or_else(|| panic!("there is no list {name}"));
        list.words.iter().map(|word| word.to_lowercase()).collect()
    };
    for (one, other, known) in CONTRADICTIONS {
        let both: BTreeSet<String> = folded(one).intersection(&folded(other)).cloned().collect();
        let known: BTreeSet<String> = known.iter().map(|word| word.to_lowercase()).collect();
        assert_eq!(both, known, "{one} and {other}: found, and known");
    }
}

#[test]
fn what_surely_ends_a_place_ends_a_place() {
    let lists = lists();
    let tails: BTreeSet<&String> = lists["place-tails"].words.iter().collect();
    let lost: Vec<&String> = lists["place-tails-sure"].words.iter().filter(|word| !tails.contains(word)).collect();
    assert!(lost.is_empty(), "{lost:?} are in place-tails-sure only: no rule ends a place with them");
}

fn lists() -> BTreeMap<String, WordList> {
    let folder = std::fs::read_dir(root().join("gazetteers/words")).expect("the folder");
    let read = |path: std::path::PathBuf| {
        let text = std::fs::read_to_string(&path).expect("a list");
        let (comments, words): (Vec<&str>, Vec<&str>) = text.lines().partition(|line| line.starts_with('#'));
        let comments = comments.iter().map(|line| line.trim_start_matches('#').trim().to_owned()).collect();
        let words = words.into_iter().map(|line| line.strip_suffix("\tw").unwrap_or(line).to_owned()).collect();
        (path.file_stem().unwrap_or_default().to_string_lossy().into_owned(), WordList { comments, words })
    };
    folder.map(|entry| read(entry.expect("an entry").path())).collect()
}
