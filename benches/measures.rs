//! How long each measure takes on a graph like those of news: `cargo bench --bench measures -- 100000 1000000`
//!
//! Prints seconds for each measure and for the communities.

mod made;

use std::time::Instant;

use actant::graph::EntityGraph;
use actant::measure::{self, MEASURES};

/// What takes nodes times edges and is not sampled.
const SLOW: [&str; 2] = ["closeness", "harmonic"];

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|word| word.replace(['_', ','], "").parse().ok()).collect();
    let (nodes, edges) = (sizes.first().copied().unwrap_or(10_000), sizes.get(1).copied().unwrap_or(50_000));
    let start = Instant::now();
    let graph = EntityGraph::from_ties(made::ties(nodes, edges));
    println!("{} nodes, {} edges, made in {:.2} s", graph.n_nodes(), graph.n_edges(), start.elapsed().as_secs_f64());
    let mut all = 0.0;
    for row in MEASURES.iter().filter(|row| nodes <= 2_000 || !SLOW.contains(&row.name)) {
        let start = Instant::now();
        let scores = (row.scores)(&graph);
        let seconds = start.elapsed().as_secs_f64();
        all += seconds;
        let most = scores.iter().copied().fold(0.0, f64::max);
        println!("{:>12} {seconds:8.2} s   highest {most:.4}", row.name);
    }
    let start = Instant::now();
    let communities = measure::communities(&graph);
    let seconds = start.elapsed().as_secs_f64();
    println!("{:>12} {seconds:8.2} s   {} of them", "communities", communities.labels.len());
    println!("{:>12} {:8.2} s", "together", all + seconds);
}
