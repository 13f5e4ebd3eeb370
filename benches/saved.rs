//! How long it takes to write a large saved graph and to read it back: `cargo bench --bench saved -- 100000 1000000`
//!
//! Each tie has one sentence, which it shares with three others. Each step is a process of its own: the graph is made and
//! written, read and written again, read alone, and read as far as `actant top` needs it. Prints seconds, the size of the file, and how much
//! memory the process had at most so far (on Linux).

mod made;

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use actant::graph::EntityGraph;
use actant::measure::{self, Report};
use actant::model::{Context, DocumentInfo, Rule, Span, Spot};
use actant::relate::{Evidence, Ties};
use actant::write::{self, Sink, saved};

/// What is done to the file, each in a process of its own.
const STEPS: [&str; 4] = ["write", "copy", "read", "top"];

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    if let [step, path, sizes @ ..] = &words[..]
        && STEPS.contains(&&**step)
    {
        return run(step, Path::new(path), &numbers(sizes));
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("graph.json");
    for step in STEPS {
        let program = std::env::current_exe().expect("this program");
        let status = Command::new(program).arg(step).arg(&path).args(&words).status().expect("a process");
        assert!(status.success());
        if step == "write" {
            println!("{:>12} {:8.1} MB", "file", std::fs::metadata(&path).expect("the file").len() as f64 / 1e6);
        }
    }
}

fn numbers(words: &[String]) -> Vec<usize> {
    words.iter().filter_map(|word| word.replace(['_', ','], "").parse().ok()).collect()
}

fn run(step: &str, path: &Path, sizes: &[usize]) {
    match step {
        "write" => {
            let (nodes, edges) = (sizes.first().copied().unwrap_or(10_000), sizes.get(1).copied().unwrap_or(100_000));
            let graph = timed("made", || EntityGraph::from_ties(with_evidence(made::ties(nodes, edges))));
            println!("{:>12} {} nodes, {} edges", "", graph.n_nodes(), graph.n_edges());
            let report = timed("measured", || Report::new(graph, None));
            timed("written", || save(&report, path));
        }
        "copy" => {
            let copy = path.with_file_name("copy.json");
            timed("read, written", || save(&saved::read(path).expect("a saved graph"), &copy));
            assert!(is_same(path, &copy));
        }
        "read" => drop(timed("read", || saved::read(path).expect("a saved graph"))),
        _ => {
            let report = timed("counts read", || saved::read_counts(path).expect("a saved graph"));
            timed("pagerank", || measure::scores(&report.graph, "pagerank"));
        }
    }
}

fn save(report: &Report, path: &Path) {
    let mut sink = Sink::file(path);
    saved::write(report, &write::Options::default(), &mut sink).and_then(|()| sink.commit()).expect("room");
}

/// Whether two files hold the same bytes.
fn is_same(one: &Path, other: &Path) -> bool {
    let open = |path: &Path| BufReader::with_capacity(1 << 20, File::open(path).expect("a file"));
    let (mut one, mut other) = (open(one), open(other));
    loop {
        let (left, right) = (one.fill_buf().expect("a file"), other.fill_buf().expect("a file"));
        let length = left.len().min(right.len());
        if left[..length] != right[..length] || length == 0 {
            return left.is_empty() && right.is_empty();
        }
        one.consume(length);
        other.consume(length);
    }
}

/// Runs something and says how long it took.
fn timed<T>(what: &str, run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = run();
    println!("{what:>12} {:8.2} s    {:8} at most so far", start.elapsed().as_secs_f64(), most_memory());
    result
}

/// The most memory that the process has had, as the system tells it.
fn most_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "?".to_owned(), |line| line.trim().to_owned())
}

fn with_evidence(mut ties: Ties) -> Ties {
    /// Ties of a sentence, and sentences of a document.
    const TIES: usize = 4;
    const SENTENCES: usize = 10;
    let text = |number: usize| format!("Sentence {number} names both of them, and says what they did there and then.");
    let spot =
        |start| Spot { span: Span::new(start, start + 4), rule: Rule::named("gazetteer"), context: Context::Plain };
    for (sentence, pairs) in ties.pairs.chunks_mut(TIES).enumerate() {
        let text: Arc<str> = text(sentence).into();
        let at = (sentence % SENTENCES) as u32;
        for pair in pairs {
            pair.evidence.reserve_exact(1);
            pair.evidence.push(Evidence {
                document: (sentence / SENTENCES) as u32,
                sentence: at,
                last_sentence: at,
                text: text.clone(),
                source: spot(0),
                target: spot(9),
                copies: Default::default(),
            });
        }
    }
    let document = |number| DocumentInfo { id: format!("{number:07}.txt"), title: None, date: None, source: None };
    // Enough that every weight is a number.
    ties.figures.units = 100_000_000;
    ties.documents = (0..=ties.pairs.len() / TIES / SENTENCES).map(document).collect();
    ties
}
