//! `actant diff OLD NEW`: what changed between two graphs.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::console::{Out, Outcome};
use super::done;
use super::table::{self, Form};
use crate::error::{Error, Result};
use crate::graph::compare::{self, Row};
use crate::measure::Report;
use crate::write::{count, saved};

/// Arguments of `actant diff`.
#[derive(clap::Args)]
pub struct Args {
    /// A saved graph
    old: PathBuf,
    /// A later one, or one of another corpus
    new: PathBuf,
    /// At most so many actors and so many ties [default: 15 in a table, else all]
    #[arg(short = 'n', long, value_name = "N")]
    top: Option<usize>,
    /// In what form
    #[arg(long, value_enum, default_value_t = Form::Table)]
    format: Form,
}

const COLUMNS: [&str; 7] = ["change", "actor", "tied to", "before", "after", "g2", "log ratio"];

/// Prints who and what is new, gone, stronger or weaker.
pub fn run(args: &Args) -> Result<Outcome> {
    let (old, new) = (saved::read_counts(&args.old)?, saved::read_counts(&args.new)?);
    same_unit(&old, &args.new, &new)?;
    let (mut actors, mut ties) = compare::changes(&old.graph, &new.graph);
    let found = (actors.len(), ties.len());
    let most = args.top.unwrap_or(if args.format == Form::Table { 15 } else { usize::MAX });
    actors.truncate(most);
    ties.truncate(most);
    let mut out = Out::new();
    match args.format {
        Form::Table => {
            print(&mut out, "actor", &actors, found.0)?;
            out.line("")?;
            print(&mut out, "tie", &ties, found.1)?;
        }
        Form::Csv => {
            let rows: Vec<Vec<serde_json::Value>> = actors.iter().chain(&ties).map(|row| cells(row, true)).collect();
            table::print(&mut out, Form::Csv, &COLUMNS, &rows)?;
        }
        Form::Json => out.line(&as_json(&old, &new, &actors, &ties).to_string())?,
    }
    out.close()?;
    done()
}

/// Holds that both graphs count the same thing; `place` is that of the new one.
pub(super) fn same_unit(old: &Report, place: &Path, new: &Report) -> Result<()> {
    let units = (old.graph.corpus.unit, new.graph.corpus.unit);
    if units.0 == units.1 {
        return Ok(());
    }
    Err(Error::new(place.display(), format!("its unit is {}, that of the other graph {}", units.1, units.0))
        .way_out("build both with the same --unit"))
}

fn print(out: &mut Out, noun: &str, rows: &[Row], found: usize) -> Result<()> {
    if rows.is_empty() {
        return out.line(&format!("no {noun} changed"));
    }
    let is_tie = noun == "tie";
    let columns: Vec<&str> = COLUMNS.into_iter().filter(|column| is_tie || *column != "tied to").collect();
    table::print(out, Form::Table, &columns, &rows.iter().map(|row| cells(row, is_tie)).collect::<Vec<_>>())?;
    if rows.len() < found {
        out.line(&format!("and {} more", count((found - rows.len()) as u64, noun)))?;
    }
    Ok(())
}

/// The cells of a row; with one for the other end of a tie, which an actor leaves empty.
fn cells(row: &Row, both: bool) -> Vec<serde_json::Value> {
    let mut cells = vec![json!(row.change.name()), json!(row.of[0].1)];
    if both {
        cells.push(json!(row.of.get(1).map(|(_, name)| name)));
    }
    cells.extend([json!(row.n.0), json!(row.n.1), json!(row.g2), json!(row.log_ratio)]);
    cells
}

fn as_json(old: &Report, new: &Report, actors: &[Row], ties: &[Row]) -> serde_json::Value {
    let corpus =
        |report: &Report| json!({"documents": report.graph.corpus.documents, "units": report.graph.corpus.units});
    let actor = |row: &Row| {
        json!({"change": row.change.name(), "id": row.of[0].0, "name": row.of[0].1, "before": row.n.0, "after": row.n.1,
               "g2": row.g2, "log_ratio": row.log_ratio})
    };
    let tie = |row: &Row| {
        json!({"change": row.change.name(), "source": row.of[0].0, "target": row.of[1].0, "before": row.n.0,
               "after": row.n.1, "g2": row.g2, "log_ratio": row.log_ratio})
    };
    json!({
        "old": corpus(old), "new": corpus(new),
        "actors": actors.iter().map(actor).collect::<Vec<_>>(), "ties": ties.iter().map(tie).collect::<Vec<_>>(),
    })
}
