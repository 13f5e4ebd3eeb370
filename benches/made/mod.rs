//! Graphs like those of news, made of numbers that are always the same: nodes come one after the other and tie themselves half to those
//! who have ties already, half to anybody, so that a few have thousands.

use std::sync::Arc;

use actant::model::EntityType;
use actant::relate::{Actor, Pair, Ties};

/// A graph as the stage before hands it over.
pub fn ties(nodes: usize, edges: usize) -> Ties {
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
