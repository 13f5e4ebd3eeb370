//! actant
pub mod error;
pub mod model;
pub mod text;
pub mod gazetteer;
pub mod find;
pub mod resolve;
pub mod log;
pub mod unify;
pub mod relate;
pub mod graph;
pub mod measure;
pub mod read;
pub mod write;
pub mod pipeline;
#[doc(hidden)]
pub mod cli;
