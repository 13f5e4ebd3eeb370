//! How long it takes to find the copies among many sentences: `cargo bench --bench copies -- 250000 500000 1000000`
//!
//! Documents are made of sentences of words drawn as often as words are (Zipf); every tenth document is an earlier one with a word
//! changed in every third sentence, and one in thirty sentences is a set phrase. The numbers drawn are always the same. With files,
//! folders or JSON lines instead of numbers, their documents are taken: a quarter, a half, and all of them.

use std::time::Instant;

use actant::log::LogDocument;
use actant::model::Document;
use actant::read::{self, Item};
use actant::text;
use actant::unify::copies;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let sizes: Vec<usize> = words.iter().filter_map(|word| word.replace(['_', ','], "").parse().ok()).collect();
    match (sizes.is_empty(), words.is_empty()) {
        (false, _) => sizes.iter().for_each(|&size| time(&made(size))),
        (true, true) => [25_000, 50_000, 100_000].iter().for_each(|&size| time(&made(size))),
        (true, false) => {
            let documents = given(&words);
            [4, 2, 1].iter().for_each(|part| time(&documents[..documents.len() / part]));
        }
    }
}

/// Prints one line.
fn time(documents: &[LogDocument]) {
    let sizes: Vec<usize> = documents.iter().map(|document| document.prints.len()).collect();
    let prints = documents.iter().flat_map(|document| document.prints.iter().copied()).collect();
    let start = Instant::now();
    let fold = copies::of_sentences(&sizes, prints);
    let seconds = start.elapsed().as_secs_f64();
    let sentences = fold.count() + fold.copies();
    let each = seconds * 1e9 / sentences.max(1) as f64;
    println!("{sentences:>9} sentences {seconds:8.3} s {each:6.0} ns each   {} copies", fold.copies());
}

/// So many sentences, as a document's entry in the log has them.
fn made(sentences: usize) -> Vec<LogDocument> {
    /// Sentences of a document, and words of a sentence.
    const LONG: usize = 20;
    let mut state = 1u64;
    let mut draw = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    // The word of rank r is drawn with a chance of about 1/r.
    let word = move |draw: &mut dyn FnMut(usize) -> usize| {
        (50_000f64.powf(draw(1 << 30) as f64 / (1u64 << 30) as f64)) as usize
    };
    let mut stories: Vec<Vec<Vec<usize>>> = Vec::new();
    while stories.len() * LONG < sentences {
        let mut story: Vec<Vec<usize>> = match stories.len() {
            known if known % 10 == 9 => stories[draw(known)].clone(),
            _ => (0..LONG).map(|_| (0..LONG).map(|_| word(&mut draw)).collect()).collect(),
        };
        if stories.len() % 10 == 9 {
            story.iter_mut().step_by(3).for_each(|sentence| sentence[4] = word(&mut draw));
        }
        for sentence in &mut story {
            if draw(30) == 0 {
                let phrase = draw(20);
                *sentence = (0..8).map(|at| phrase * 8 + at).collect();
            }
        }
        stories.push(story);
    }
    let sentence =
        |words: &Vec<usize>| words.iter().map(|word| format!("w{word}x")).collect::<Vec<_>>().join(" ") + ".";
    let capital = |text: String| text.replacen('w', "W", 1);
    let text =
        |story: &Vec<Vec<usize>>| story.iter().map(|words| capital(sentence(words))).collect::<Vec<_>>().join(" ");
    stories.iter().map(|story| entry(&text(story))).collect()
}

/// The documents of files.
fn given(inputs: &[String]) -> Vec<LogDocument> {
    let (sources, _) = read::sources(inputs).expect("inputs");
    let mut entries = Vec::new();
    for source in &sources {
        source.read(&mut |item| match item {
            Item::Text(document) => entries.push(entry(&document.text)),
            Item::Marked(_) => {}
        });
    }
    entries
}

fn entry(text: &str) -> LogDocument {
    let document = Document { text: text.to_owned(), ..Document::default() };
    LogDocument::new(&document, &text::sentences(text, 0), Vec::new())
}
