//! The shipped name lists are whole, clean and part of the binary.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use actant::gazetteer::{Gazetteer, Row, read_file};
use actant::text::lexicon::english;

use crate::cases::data;
use crate::run::{Place, root};

/// The CSV files of the folder, sorted.
pub fn curated() -> Vec<PathBuf> {
    let folder = std::fs::read_dir(root().join("gazetteers")).expect("the folder");
    let mut paths: Vec<PathBuf> = folder.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "csv"));
    paths.sort();
    paths
}

/// Their names.
fn files() -> Vec<String> {
    curated().iter().map(|path| path.file_name().unwrap_or_default().to_string_lossy().into_owned()).collect()
}

/// The ids of the lists that the script compiles.
fn compiled_ids() -> BTreeSet<String> {
    let folder = root().join("gazetteers/compiled");
    let entries = std::fs::read_dir(folder).expect("the folder").map(|entry| entry.expect("an entry").path());
    let lists = entries.filter(|path| path.extension().is_some_and(|ending| ending == "csv"));
    lists.flat_map(|path| read_file(&path).expect("a list").0).map(|row| row.id).collect()
}

fn rows() -> Vec<(String, Row)> {
    let read = |name: String| {
        let (rows, _) = read_file(&root().join("gazetteers").join(&name)).expect("a list");
        rows.into_iter().map(move |row| (name.clone(), row))
    };
    files().into_iter().flat_map(read).collect()
}

#[test]
fn every_row_of_the_folder_is_in_the_binary_and_nothing_else() {
    let gazetteer = Gazetteer::builtin();
    let rows = rows();
    for (file, row) in &rows {
        assert!(gazetteer.by_id(&row.id).is_some(), "{} of {file} is not in the binary", row.id);
    }
    let ids: BTreeSet<&str> = rows.iter().map(|(_, row)| row.id.as_str()).collect();
    let compiled = compiled_ids();
    let foreign =
        gazetteer.entities().find(|(_, entity)| !ids.contains(&*entity.id) && !compiled.contains(&*entity.id));
    assert!(foreign.is_none(), "{foreign:?} is in no list of the folder");
}

#[test]
fn every_list_reads_without_a_fault_and_has_enough_names() {
    for name in files() {
        let (_, warnings) = read_file(&root().join("gazetteers").join(&name)).expect("a list");
        assert!(warnings.is_empty(), "{name}: {warnings:?}");
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (_, row) in rows() {
        *counts.entry(row.entity_type).or_default() += 1;
    }
    for (kind, at_least) in [("person", 600), ("organization", 600), ("place", 600)] {
        assert!(counts[kind] >= at_least, "{counts:?}");
    }
    let known = ["none", "organization", "person", "place"];
    assert_eq!(counts.keys().map(String::as_str).collect::<Vec<_>>(), known);
}

#[test]
fn no_two_rows_share_an_id() {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for (file, row) in rows() {
        if let Some(other) = seen.insert(row.id.clone(), file.clone()) {
            panic!("{} stands in {other} and in {file}", row.id);
        }
    }
}

#[test]
fn ids_are_plain_and_rows_sorted() {
    let mut before = (String::new(), String::new());
    for (file, row) in rows() {
        let plain = row.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        assert!(plain, "{file}: {}", row.id);
        assert!(before.0 != file || before.1 < row.id, "{file}: {} stands behind {}", row.id, before.1);
        before = (file, row.id);
    }
}

#[test]
fn checking_the_lists_says_nothing_but_known_shared_names() {
    let place = Place::new();
    let known = std::fs::read_to_string(data("known-shared-names.txt")).unwrap_or_default();
    let known: BTreeSet<&str> = known.lines().filter(|line| !line.starts_with("//")).collect();
    let mut said = BTreeSet::new();
    for name in files() {
        let path = root().join("gazetteers").join(&name).display().to_string();
        let answer = place.run(&["gazetteer", "check", &path]);
        assert!(matches!(answer.code, Some(0 | 1)), "{answer:?}");
        said.extend(answer.err.lines().map(|line| line.replace(&path, &name).replace("actant: warning: ", "")));
    }
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        let text: String = said.iter().map(|line| format!("{line}\n")).collect();
        let head = "// Full names that two rows share on purpose, as `actant gazetteer check` says it.\n";
        std::fs::write(data("known-shared-names.txt"), head.to_owned() + &text).expect("the golden file");
        return;
    }
    let said: BTreeSet<&str> = said.iter().map(String::as_str).collect();
    assert_eq!(said, known);
}

#[test]
fn what_everybody_writes_about_is_there() {
    let gazetteer = Gazetteer::builtin();
    for id in ["united-states", "russia", "donald-trump", "vladimir-putin", "nato", "european-union", "kyiv", "reuters"]
    {
        assert!(gazetteer.by_id(id).is_some(), "{id}");
    }
}

#[test]
fn word_lists_are_not_empty() {
    let words = english();
    let sizes = [
        words.abbreviations.len(),
        words.starters.len(),
        words.titles.len(),
        words.honorifics.len(),
        words.name_tails.len(),
    ];
    assert!(sizes.iter().all(|size| *size > 20), "{sizes:?}");
    assert!(words.speech_verbs.contains("said") && words.titles.contains("president"));
}
