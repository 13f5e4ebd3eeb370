//! How often actors and ties are seen by day, one row for each, for time series and pivot tables.
//!
//! An actor's row has no target. Weeks are those of ISO 8601. What stands in documents without a day has no row.

use super::{Options, Sink, csv};
use crate::error::Result;
use crate::graph::{EntityGraph, Node};
use crate::measure::Report;
use crate::model::{Date, Period};

/// Writes the table: first the actors in order, then the ties, each by day.
pub fn write(report: &Report, options: &Options, sink: &mut Sink) -> Result<()> {
    sink.part("graph.days.csv", |out| {
        let header = COLUMNS.map(String::from).into();
        csv::rows(out, options, std::iter::once(header).chain(rows(&report.graph)))
    })
}

const COLUMNS: [&str; 8] = ["source", "source_name", "target", "target_name", "day", "week", "month", "n"];

fn rows(graph: &EntityGraph) -> impl Iterator<Item = Vec<String>> + '_ {
    let of_actors = graph.nodes().flat_map(|(_, node)| node.days.iter().map(move |day| row(node, None, day)));
    let of_ties = graph
        .edges()
        .flat_map(move |(_, a, b, edge)| edge.days.iter().map(move |day| row(graph.node(a), Some(graph.node(b)), day)));
    of_actors.chain(of_ties)
}

fn row(source: &Node, target: Option<&Node>, (day, n): &(Date, u64)) -> Vec<String> {
    let ends = [Some(source), target]
        .map(|node| node.map_or([String::new(), String::new()], |n| [n.id.clone(), n.name.clone()]));
    let periods = [Period::Day, Period::Week, Period::Month].map(|period| day.period(period));
    ends.concat().into_iter().chain(periods).chain([n.to_string()]).collect()
}
