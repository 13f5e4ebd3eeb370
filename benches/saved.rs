//! How long it takes to write a large saved graph and to read it back: `cargo bench --bench saved -- 100000 1000000`
//!
//! Each tie has one sentence, which it shares with three others. Prints seconds, the size of the file, and how much memory the
//! process had at most so far (on Linux).

mod made;

use std::sync::Arc;
use std::time::Instant;

use actant::graph::EntityGraph;
use actant::measure::Report;
use actant::model::{Context, DocumentInfo, Rule, Span, Spot};
use actant::relate::{Evidence, Ties};
use actant::write::{self, Sink, saved};

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|word| word.replace(['_', ','], "").parse().ok()).collect();
    let (nodes, edges) = (sizes.first().copied().unwrap_or(10_000), sizes.get(1).copied().unwrap_or(100_000));
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("graph.json");
    let graph = timed("made", || EntityGraph::from_ties(with_evidence(made::ties(nodes, edges))));
    println!("{} nodes, {} edges", graph.n_nodes(), graph.n_edges());
    let report = Report { graph, ..Report::default() };
    timed("written", || {
        let mut sink = Sink::file(&path);
        saved::write(&report, &write::Options::default(), &mut sink).and_then(|()| sink.commit()).expect("room")
    });
    let edges = report.graph.n_edges();
    drop(report);
    let bytes = std::fs::metadata(&path).expect("the file").len();
    println!("{:>12} {:8.1} MB", "file", bytes as f64 / 1e6);
    let report = timed("read", || saved::read(&path).expect("a saved graph"));
    assert_eq!(report.graph.n_edges(), edges);
    timed("top", || Report::new(report.graph, Some(&["degree", "strength"])));
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
            pair.evidence.push(Evidence {
                document: (sentence / SENTENCES) as u32,
                sentence: at,
                last_sentence: at,
                text: text.clone(),
                source: spot(0),
                target: spot(9),
                copies: Vec::new(),
            });
        }
    }
    let document = |number| DocumentInfo { id: format!("{number:07}.txt"), title: None, date: None, source: None };
    // Enough that every weight is a number.
    ties.figures.units = 100_000_000;
    ties.documents = (0..=ties.pairs.len() / TIES / SENTENCES).map(document).collect();
    ties
}
