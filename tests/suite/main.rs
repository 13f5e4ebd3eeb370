//! The tests of the whole program, one module for each promise it makes.
//!
//! Cases are data: text files in `tests/data/`, each read by one `check` function. Golden files are written anew with
//! `UPDATE_GOLDEN=1 cargo test`. A test that is ignored names a fault that is known and not mended yet.

mod cases;
mod command_line;
mod contexts;
mod copies;
mod damaged_graph;
mod determinism;
mod faults;
mod given_mentions;
mod hostile_names;
mod layers;
mod linear;
mod log;
mod matching;
mod measures;
mod questions;
mod readme;
mod resolution;
mod rules;
mod run;
mod sentences;
mod shipped;
mod stability;
mod tables;
mod time;
mod word_lists;
