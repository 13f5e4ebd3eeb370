//! How long each measure takes on a graph like those of news: `cargo bench --bench measures -- 100000 1000000`
//!
//! Nodes come one after the other and tie themselves half to those who have ties already, half to anybody, so that a few have
//! thousands. The numbers drawn are always the same. Prints seconds for each measure and for the communities.

use std::sync::Arc;
use std::time::Instant;

use actant::graph::EntityGraph;
use actant::measure::{self, MEASURES};
use actant::model::EntityType;
use actant::relate::{Actor, Pair, Ties};

/// What takes nodes times edges and is not sampled.
const SLOW: [&str; 2] = ["closeness", "harmonic"];

fn main() {
    let sizes: Vec<usize> = std::env::args().filter_map(|word| word.replace(['_', ','], "").parse().ok()).collect();
    let (nodes, edges) = (sizes.first().copied().unwrap_or(10_000), sizes.get(1).copied().unwrap_or(50_000));
    let start = Instant::now();
    let graph = EntityGraph::from_ties(ties(nodes, edges));
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

/// A graph as the stage before hands it over.
fn ties(nodes: usize, edges: usize) -> Ties {
    let mut state = 1u64;
    let mut draw = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 33) % below as u64) as usize
    };
    let each = (edges / nodes).max(1);
    let mut ends: Vec<u32> = vec![0];
    let mut found: Vec<((u32, u32), u64)> = Vec::with_capacity(edges);
    for node in 1..nodes as u32 {
        for at in 0..each {
            let other = if at % 2 == 0 { ends[draw(ends.len())] } else { draw(node as usize) as u32 };
            found.push(((other.min(node), other.max(node)), 1 + draw(9) as u64));
            ends.extend([node, other]);
        }
    }
    found.retain(|((a, b), _)| a != b);
    found.sort_unstable();
    found.dedup_by_key(|(pair, _)| *pair);
    let actors = (0..nodes).map(actor).collect();
    Ties { actors, pairs: found.into_iter().map(|(entities, n)| pair(entities, n)).collect(), ..Ties::default() }
}

fn actor(number: usize) -> Actor {
    let name: Arc<str> = format!("n{number:07}").into();
    Actor {
        id: name.clone(),
        name,
        entity_type: EntityType::Person,
        mentions: 20,
        sentences: 20,
        n: 20,
        documents: 10,
        aliases: Default::default(),
        affiliations: Default::default(),
        first: None,
        last: None,
        days: Default::default(),
    }
}

fn pair(entities: (u32, u32), n: u64) -> Pair {
    Pair { entities, sentences: n, n, documents: 1, sources: 1, ..Pair::default() }
}
