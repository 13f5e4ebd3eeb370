//! Large and hostile texts take time in proportion to their size: each bound is many times what is needed.

use std::time::{Duration, Instant};

use actant::gazetteer::Gazetteer;
use actant::model::Document;
use actant::pipeline::{self, Reader};
use actant::text::{Folded, sentences};

use crate::cases::data;

const BOUND: Duration = Duration::from_secs(5);

fn in_time<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    assert!(start.elapsed() < BOUND, "{what} took {:?}", start.elapsed());
    result
}

#[test]
fn one_line_of_10_mb_without_a_stop_is_cut_in_linear_time() {
    let text = "word and ".repeat(10_000_000 / 9);
    let found = in_time("a line without stops", || sentences(&text, 0));
    assert!(found.len() > 100 && found.iter().all(|span| span.end - span.start <= 64 * 1024));
}

#[test]
fn one_word_of_10_mb_is_cut_in_linear_time() {
    let text = "é".repeat(5_000_000);
    assert!(in_time("a word", || sentences(&text, 0)).len() > 100);
}

#[test]
fn two_million_lines_of_one_character_are_linear() {
    let text = "x\n".repeat(2_000_000);
    assert_eq!(in_time("short lines", || sentences(&text, 0)).len(), 2_000_000);
}

#[test]
fn runs_of_marks_are_linear() {
    for mark in [".", "\"", "?", "\"? ", "… ", "(", "1. ", "A. ", "?\" A", "\u{2028}", "\r\n"] {
        let text = mark.repeat(4_000_000 / mark.len());
        in_time(&format!("a run of {mark:?}"), || sentences(&text, 0));
    }
}

#[test]
fn a_million_empty_lines_in_wrapped_text_are_linear() {
    let wrapped = "these lines are broken in the middle of\nsentences and so the breaks do not end\nanything at all\n";
    let text = wrapped.to_owned() + &"\n".repeat(100_000) + "The end.";
    in_time("empty lines in wrapped text", || sentences(&text, 0));
}

#[test]
fn folding_of_decomposed_letters_is_linear() {
    let text = "e\u{301} ".repeat(300_000);
    let folded = in_time("decomposed letters", || Folded::new(&text));
    assert_eq!(folded.text.len(), 900_000);
}

#[test]
fn short_names_in_capitals_on_one_long_line_are_linear() {
    let mut gazetteer = Gazetteer::default();
    gazetteer.add_file(&data("names.csv")).expect("the names");
    let reader = Reader::new(&gazetteer);
    let text = "word XI ".repeat(250_000);
    in_time("XI on one line", || reader.matcher.find(&text));
}

#[test]
fn names_without_end_on_one_line_are_linear() {
    for name in ["World Bank ", "Donald Trump ", "Mr. Trump ", "Russian President Vladimir Putin "] {
        read_many(name);
    }
}

#[test]
fn outlets_without_end_on_one_line_are_linear() {
    read_many("Reuters ");
}

fn read_many(name: &str) {
    let mut gazetteer = Gazetteer::default();
    gazetteer.add_file(&data("names.csv")).expect("the names");
    let reader = Reader::new(&gazetteer);
    let document = Document { text: name.repeat(2_000_000 / name.len()), ..Document::default() };
    let reading = in_time(&format!("a line of {name:?}"), || pipeline::read(document, &reader));
    assert!(!reading.mentions.is_empty());
}
