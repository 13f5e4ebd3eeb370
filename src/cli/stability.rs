//! The option `--stability`: how sure a rank is.

use std::path::Path;

use foldhash::HashMap;

use super::console::{self, note};
use super::output;
use crate::error::{Error, Result};
use crate::graph::backbone::Backbone;
use crate::graph::{EntityGraph, Node};
use crate::log::file;
use crate::measure::stability::{self, Places};
use crate::measure::{self, Report};
use crate::write::count;
use crate::{pipeline, relate};

/// Whether ranks get an interval.
#[derive(clap::Args)]
pub struct StabilityArg {
    /// Show between which ranks an actor stands in 95 % of so many corpora, drawn from the documents with replacement; needs the
    /// log beside the graph [default: 200, or 50 of large graphs where a measure is not a basic one]
    #[arg(long, value_name = "DRAWS", num_args = 0..=1)]
    stability: Option<Option<usize>>,
}

/// So many draws steady an interval; more change its ends by a rank or so.
const DRAWS: usize = 200;

/// So many where each takes long.
const FEW_DRAWS: usize = 50;

/// Beyond this a draw costs more than it tells.
const MOST: usize = 100_000;

/// The bootstrap is known to give too narrow intervals with fewer clusters.
const FEW_CLUSTERS: usize = 20;

/// Corpora that can be drawn, for the measures of a table.
pub struct Draws<'a> {
    clusters: relate::Clusters,
    count: usize,
    /// The measures, by name.
    by: &'a [String],
}

/// Who is ranked in a graph.
pub struct Ranked<'a> {
    /// Only these ties count.
    pub backbone: Option<(&'static Backbone, f64)>,
    /// Whether an actor is ranked.
    pub wanted: &'a (dyn Fn(&Node) -> bool + Sync),
    /// How many of them there are.
    pub all: usize,
}

impl StabilityArg {
    /// Finds the log of the graph at `path`, and makes sure that it is its log.
    ///
    /// # Errors
    /// There is no log or another one, or its documents are all one cluster.
    pub fn draws<'a>(&self, path: &Path, report: &Report, by: &'a [String]) -> Result<Option<Draws<'a>>> {
        let Some(asked) = self.stability else { return Ok(None) };
        if let Some(draws) = asked.filter(|draws| !(stability::FEWEST..=MOST).contains(draws)) {
            let expected = format!("expected a number from {} to {MOST}", stability::FEWEST);
            return Err(Error::new("--stability", count(draws as u64, "draw")).way_out(expected));
        }
        let clusters = clusters(path, report)?;
        let dear = |name: &String| measure::measure(name).is_some_and(|row| !row.basic);
        let slow: Vec<&str> = by.iter().filter(|name| dear(name)).map(String::as_str).collect();
        let few = !slow.is_empty() && report.graph.n_nodes() > measure::ALL_UP_TO;
        if few && asked.is_none() {
            note(&format!("{FEW_DRAWS} draws, since {} takes long; --stability {DRAWS} makes more", slow.join(", ")));
        }
        let count = asked.unwrap_or(if few { FEW_DRAWS } else { DRAWS });
        Ok(Some(Draws { clusters, count, by }))
    }
}

/// The clusters of the log beside a graph.
fn clusters(path: &Path, report: &Report) -> Result<relate::Clusters> {
    let beside = path.with_file_name(file::NAME);
    if !beside.is_file() {
        return Err(Error::new(beside.display(), "no such file: --stability draws from the log beside the graph")
            .way_out("build the graph again without --no-log"));
    }
    let (log, _) = file::open(&beside)?;
    let (options, days) = output::saved_options(&report.settings);
    let (wanted, _) = days.of(&log)?;
    let clusters = pipeline::clusters(&wanted, &options);
    let again = pipeline::drawn(&clusters, &vec![1; clusters.len()], report.graph.weight());
    if !is_same(&again, &report.graph) {
        return Err(Error::new(beside.display(), format!("it is not the log of {}", path.display()))
            .way_out("build the graph again, or name the one that was built with this log"));
    }
    if clusters.len() < 2 {
        let documents = count(clusters.of.len() as u64, "document");
        return Err(Error::new("--stability", format!("{documents} and no two that do not repeat each other"))
            .way_out("ranks can be judged only by documents that are independent"));
    }
    Ok(clusters)
}

/// Whether two graphs have the same counts.
fn is_same(a: &EntityGraph, b: &EntityGraph) -> bool {
    let node = |node: &Node| (node.id.clone(), node.n, node.sentences, node.mentions);
    let nodes = a.nodes().map(|(_, n)| node(n)).eq(b.nodes().map(|(_, n)| node(n)));
    nodes && a.edges().map(|(.., x, y, e)| (x, y, e.n)).eq(b.edges().map(|(.., x, y, e)| (x, y, e.n)))
}

impl Draws<'_> {
    /// For each measure, the interval of the ranks of these actors, given by id.
    pub fn intervals(&self, report: &Report, ranked: &Ranked, ids: &[&str]) -> Vec<Vec<Places>> {
        let bar = console::progress(self.count as u64, console::DRAWS, false);
        let weight = report.graph.weight();
        let draws = pipeline::draws(&self.clusters, weight, self.count, &|graph| {
            let places = match ranked.backbone {
                Some((row, level)) => {
                    let (graph, _) = graph.pruned(&(row.keep)(graph, level));
                    self.places(&graph, ranked, ids)
                }
                None => self.places(graph, ranked, ids),
            };
            bar.inc(1);
            places
        });
        bar.finish_and_clear();
        let of =
            |column: usize, actor: usize| -> Vec<Places> { draws.iter().map(|draw| draw[column][actor]).collect() };
        let column = |column| (0..ids.len()).map(|actor| stability::interval(&of(column, actor))).collect();
        (0..self.by.len()).map(column).collect()
    }

    /// For each measure, the places of these actors in one graph.
    fn places(&self, graph: &EntityGraph, ranked: &Ranked, ids: &[&str]) -> Vec<Vec<Places>> {
        let wanted: Vec<(usize, &str)> = graph
            .nodes()
            .filter(|(_, node)| (ranked.wanted)(node))
            .map(|(id, node)| (id.0 as usize, &*node.id))
            .collect();
        let at: HashMap<&str, usize> = wanted.iter().map(|&(at, id)| (id, at)).collect();
        let column = |name: &String| {
            let scores = measure::scores(graph, name).unwrap_or_default();
            let of: Vec<Option<f64>> = ids.iter().map(|id| at.get(id).map(|&at| scores[at])).collect();
            stability::places(wanted.iter().map(|&(at, _)| scores[at]).collect(), &of, ranked.all)
        };
        self.by.iter().map(column).collect()
    }

    /// Says what the intervals rest on.
    pub fn tell(&self) {
        let (clusters, documents) = (self.clusters.len(), self.clusters.of.len());
        let few = if clusters < FEW_CLUSTERS { "; intervals of so few are rather too narrow" } else { "" };
        note(&format!(
            "ranks in {} % of {} corpora drawn anew from {} in {}, the largest of {} (what repeats each other is drawn together){few}",
            stability::PERCENT,
            self.count,
            count(documents as u64, "document"),
            count(clusters as u64, "cluster"),
            self.clusters.largest(),
        ));
    }
}
