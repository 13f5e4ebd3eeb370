//! The adjacency matrix as one table, for UCINET, R and spreadsheets.

use super::{Options, Sink, columns, csv};
use crate::error::{Error, Result};
use crate::measure::Report;

/// A matrix of more actors has over a hundred million cells, nearly all of them 0.
const MOST: usize = 10_000;

/// Writes a row and a column for each actor; the cells are weights, and 0 where there is no tie.
pub fn write(report: &Report, options: &Options, sink: &mut Sink) -> Result<()> {
    let graph = &report.graph;
    if graph.n_nodes() > MOST {
        return Err(Error::new("matrix", format!("{} actors; a matrix holds at most {MOST}", graph.n_nodes()))
            .way_out("choose a format that holds only the ties, such as gephi or pajek"));
    }
    sink.part("graph.matrix.csv", |out| {
        let names = columns::unique_names(graph, str::to_owned);
        let header = std::iter::once(String::new()).chain(names.iter().cloned()).collect();
        let lists = graph.adjacency();
        let rows = names.iter().zip(lists.iter()).map(|(name, list)| {
            let mut row = vec![String::new(); names.len() + 1];
            row.fill("0".to_owned());
            row[0].clone_from(name);
            for (other, weight) in list.iter().filter(|(_, weight)| weight.is_finite()) {
                row[*other as usize + 1] = weight.to_string();
            }
            row
        });
        csv::rows(out, options, std::iter::once(header).chain(rows))
    })
}
