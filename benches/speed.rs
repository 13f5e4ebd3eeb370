//! How fast the program is from start to exit, beside a bare scan with the same names: `cargo bench --bench speed -- [TEXT] [NAMES…]`
//!
//! TEXT is a file of news (without it, the sample stories again and again, with words changed, 4 MB); NAMES are how many names are
//! listed (600, 120,000 and 1,000,000 unless told otherwise), products of the shipped first and last names and all that the text
//! has of the shipped lists first, so that some are found. The scan is the `aho-corasick` crate over the bytes of the text with
//! its fastest automaton of that size, built outside the clock, and a test of the bytes around each match. Everything runs three
//! times on one thread and the median counts, in turn, so that a busy machine slows both.

use std::collections::BTreeSet;
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use actant::find::Matcher;
use actant::gazetteer::Gazetteer;
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

const ROUNDS: usize = 3;

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let number = |word: &String| word.replace(['_', ','], "").parse::<usize>().ok();
    let mut sizes: Vec<usize> = words.iter().filter_map(number).collect();
    if sizes.is_empty() {
        sizes = vec![600, 120_000, 1_000_000];
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = match words.iter().find(|word| number(word).is_none()) {
        Some(path) => fs::read_to_string(path).expect("a text"),
        None => stories(4_000_000),
    };
    let bench =
        Bench { path: folder.path().join("text.txt"), folder: folder.path().to_owned(), bytes: text.len() as f64 };
    fs::write(&bench.path, &text).expect("writes");
    println!("{:.1} MB of text, one thread unless said; MB/s are of the text\n", bench.bytes / 1e6);
    println!("{:<34}{:>10}{:>10}{:>8}", "lists only, JSON and DOT", "scan", "actant", "ratio");
    let listed = listed(&text);
    for size in sizes {
        bench.lists_only(&text, size, &listed);
    }
    bench.everything(&text);
}

/// Where everything is.
struct Bench {
    folder: PathBuf,
    path: PathBuf,
    bytes: f64,
}

impl Bench {
    /// A build with so many names and no rules, against the scan.
    fn lists_only(&self, text: &str, size: usize, listed: &BTreeSet<String>) {
        let names = names(size, listed);
        let list = self.folder.join("names.txt");
        fs::write(&list, names.join("\n")).expect("writes");
        let compiled = self.folder.join("names.actant");
        let start = Instant::now();
        self.run(&["gazetteer", "compile", path(&list), "-o", path(&compiled)]);
        let compiling = start.elapsed().as_secs_f64();
        let size_of_file = fs::metadata(&compiled).map_or(0, |file| file.len());
        let scan = scanner(&names);
        let options =
            ["--no-builtin", "--no-recognize", "--write", "json,dot", "--measures", "basic", "--no-log", "-g"];
        let build = || self.build(&[&options[..], &[path(&compiled)]].concat(), &self.path);
        let [scan, built] = medians([&|| _ = black_box(scan(text)), &build]);
        let (scan, built) = (self.bytes / scan / 1e6, self.bytes / built / 1e6);
        println!("{:<34}{scan:>10.0}{built:>10.0}{:>8.2}", format!("{size} names"), built / scan);
        let each = (size_of_file as f64 - names.iter().map(String::len).sum::<usize>() as f64) / names.len() as f64;
        println!("  compiled in {compiling:.2} s, {each:.0} bytes a name beyond the names");
    }

    /// Builds with everything: speed, threads, twice the text, one story.
    fn everything(&self, text: &str) {
        let (twice, story) = (self.folder.join("twice.txt"), self.folder.join("story.txt"));
        fs::write(&twice, format!("{text}\n\n{}", changed(text))).expect("writes");
        fs::write(&story, stories(2_000)).expect("writes");
        let parts = self.folder.join("parts");
        fs::create_dir(&parts).expect("a folder");
        for (number, part) in pieces(text, 100_000).enumerate() {
            fs::write(parts.join(format!("{number:05}.txt")), part).expect("writes");
        }
        let [one, double] = medians([&|| self.build(&[], &self.path), &|| self.build(&[], &twice)]);
        let [single, threads] = medians([&|| self.build(&[], &parts), &|| self.build(&["--threads", "2"], &parts)]);
        let [short, _] = medians([&|| self.build(&[], &story), &|| ()]);
        println!(
            "\neverything on: {:.1} MB/s; twice the text takes {:.2} times as long",
            self.bytes / one / 1e6,
            double / one
        );
        println!("two threads, in parts of 100 KB: {:.2} times as fast as one", single / threads);
        println!("one story of 2 KB, from start to exit: {:.0} ms", short * 1e3);
    }

    fn build(&self, options: &[&str], input: &Path) {
        let out = self.folder.join("out");
        let threads: &[&str] = if options.contains(&"--threads") { &[] } else { &["--threads", "1"] };
        self.run(&[&["build", "-q", "-o", path(&out), path(input)], threads, options].concat());
    }

    fn run(&self, arguments: &[&str]) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_actant"));
        let status = command.args(arguments).stdout(Stdio::null()).status().expect("it runs");
        assert!(status.code().is_some_and(|code| code < 2), "{arguments:?}: {status}");
    }
}

/// The median seconds of two things that are done in turn.
fn medians(what: [&dyn Fn(); 2]) -> [f64; 2] {
    let mut seconds = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        for (what, seconds) in what.iter().zip(&mut seconds) {
            let start = Instant::now();
            what();
            seconds.push(start.elapsed().as_secs_f64());
        }
    }
    seconds.map(|mut seconds| {
        seconds.sort_by(f64::total_cmp);
        seconds[ROUNDS / 2]
    })
}

/// A scan for the names that counts those with no letter or digit beside them.
fn scanner(names: &[String]) -> impl Fn(&str) -> usize {
    // A DFA of 600 names fits the caches; of more names it is slower than the contiguous automaton, or too large.
    let kind = if names.len() <= 1_000 { AhoCorasickKind::DFA } else { AhoCorasickKind::ContiguousNFA };
    let builder = AhoCorasick::builder().kind(Some(kind)).match_kind(MatchKind::LeftmostLongest).build(names);
    let automaton = builder.expect("an automaton");
    move |text| {
        let bytes = text.as_bytes();
        let word = |at: Option<&u8>| at.is_some_and(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii());
        let alone =
            |start: usize, end: usize| !word(start.checked_sub(1).map(|at| &bytes[at])) && !word(bytes.get(end));
        automaton.find_iter(bytes).filter(|found| alone(found.start(), found.end())).count()
    }
}

/// The names of the shipped lists that stand in a text.
fn listed(text: &str) -> BTreeSet<String> {
    let gazetteer = Gazetteer::builtin();
    let piece = pieces(text, 2_000_000).next().unwrap_or("");
    let hits = Matcher::new(&gazetteer).find(piece);
    let names = hits.iter().map(|hit| hit.span.of(piece));
    names.filter(|name| name.len() > 3 && !name.contains('\n')).map(str::to_owned).collect()
}

/// So many names: those listed, and products of the shipped first and last names, the same on every machine.
fn names(size: usize, listed: &BTreeSet<String>) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("gazetteers/compiled");
    let read = |file: &str| fs::read_to_string(root.join(file)).expect("a shipped list");
    let (firsts, lasts) = (read("first-names.txt"), read("last-names.txt"));
    let words = |text: &'static str| -> Vec<&'static str> {
        text.lines()
            .filter(|line| !line.starts_with('#') && !line.is_empty())
            .filter_map(|line| line.split('\t').next())
            .collect()
    };
    let (firsts, lasts) = (words(firsts.leak()), words(lasts.leak()));
    let products = (0usize..).map(|at| {
        let (first, last) = (at * 7919 % firsts.len(), (at * 104_729 + at / firsts.len()) % lasts.len());
        format!("{} {}", firsts[first], lasts[last])
    });
    listed.iter().cloned().chain(products).take(size).collect()
}

/// The sample stories again and again with words changed, up to so many bytes.
fn stories(bytes: usize) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/news");
    let mut paths: Vec<PathBuf> =
        fs::read_dir(root).expect("stories").map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    let mut once: Vec<String> = paths.iter().map(|path| fs::read_to_string(path).expect("a story")).collect();
    let mut text = String::new();
    while text.len() < bytes {
        text.push_str(&once.join("\n\n"));
        text.push_str("\n\n");
        once.iter_mut().for_each(|story| *story = changed(story));
    }
    pieces(&text, bytes).next().unwrap_or("").to_owned()
}

/// A text with every fifth small word turned round, so that it is no copy.
fn changed(text: &str) -> String {
    let turn = |(at, word): (usize, &str)| match at % 5 == 0
        && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b' ')
    {
        true => word.trim_end().chars().rev().chain(word.chars().rev().take_while(|c| *c == ' ')).collect(),
        false => word.to_owned(),
    };
    text.split_inclusive(' ').enumerate().map(turn).collect()
}

/// A text in pieces of about so many bytes, cut at line ends.
fn pieces(text: &str, bytes: usize) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let from = rest.char_indices().map(|(at, _)| at).find(|at| *at + 4 > bytes).unwrap_or(rest.len());
        let cut = rest[from..].find('\n').map_or(rest.len(), |at| from + at + 1);
        let (piece, left) = rest.split_at(cut);
        rest = left;
        (!piece.is_empty()).then_some(piece)
    })
}

fn path(path: &Path) -> &str {
    path.to_str().expect("a path of letters")
}
