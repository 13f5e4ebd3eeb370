//! Who appears with whom: `actant` finds the people, places and organizations in documents by name lists and rules, and
//! builds the weighted graph of those that are named in the same sentence, every tie with the sentences that show it. No
//! network, no model; the same input gives the same bytes, whatever the number of threads and the order of the files.
//!
//! ```text
//! inputs ─read─▶ Document ─text─▶ sentences ─find─▶ hits ─recognize─▶ names ─resolve─▶ mentions   each document alone
//!                                               ▲                                         │
//! name lists ─gazetteer─▶ Gazetteer ────────────┘                                        log      union by id
//!                                                                                         ▼
//! files ◀─write─ Report ◀─measure─ EntityGraph ◀─graph─ Ties ◀─relate─ Corpus ◀─unify─── Log
//! ```
//!
//! Data flows one way. Left of the log every document is taken apart alone; right of it everything is a function of the
//! log. Only [`pipeline`] knows the order.
//!
//! # Example
//!
//! ```
//! use actant::log::{Log, LogDocument};
//! use actant::{gazetteer::Gazetteer, measure::Report, model::Document, pipeline, relate};
//!
//! let gazetteer = Gazetteer::builtin();
//! let reader = pipeline::Reader::new(&gazetteer);
//! let text = "Mark Rutte met Hakan Fidan in Istanbul. Mr. Rutte thanked Turkey.";
//! let document = Document { id: "note".into(), text: text.into(), ..Document::default() };
//! let reading = pipeline::read(document, &reader);
//!
//! let mut log = Log::default();
//! let entry = LogDocument::new(&reading.document, &reading.sentences, reading.mentions);
//! log.append(reading.document.id, entry);
//!
//! let graph = pipeline::graph(&log, &relate::Options::default());
//! let report = Report::new(graph, None);
//! let (id, top) = report.graph.nodes().next().expect("somebody is named");
//! assert_eq!((&*top.name, top.sentences), ("Mark Rutte", 2));
//! let (_, tie) = report.graph.ties(id)[0];
//! assert!(report.graph.edge(tie).2.evidence[0].text.contains("Rutte"));
//! ```
//!
//! Files, folders and JSON lines are read by [`read::sources`] and [`pipeline::log`]; [`write::WRITERS`] has the formats of
//! the result.
//!
//! # Modules, in reading order
//!
//! - [`error`]: errors and warnings, one form for both.
//! - [`model`]: the nouns that the stages hand to each other.
//! - [`text`]: characters, folding with offsets, sentences, word lists of the language.
//! - [`gazetteer`]: name lists, and every form of a name.
//! - [`find`]: the names of a gazetteer in a text.
//! - [`recognize`]: names that no list holds, by rule, and which listed names count.
//! - [`resolve`]: which entity each name of a document stands for, and where in the text it stands.
//! - [`log`]: which entities stand in which sentence of which document.
//! - [`unify`]: from the keys of single documents to the entities of the corpus.
//! - [`relate`]: who stands with whom: counts, and evidence.
//! - [`graph`]: the weighted graph.
//! - [`measure`]: scores of its actors.
//! - [`read`]: files to documents.
//! - [`write`](mod@write): reports to files.
//! - [`pipeline`]: the order of all these.

#![deny(missing_docs, unsafe_code)]
#![warn(rustdoc::broken_intra_doc_links)]

pub mod error;
pub mod model;
pub mod text;
pub mod gazetteer;
pub mod find;
pub mod recognize;
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

/// The examples of the README are tests too.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;
