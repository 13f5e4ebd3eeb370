//! `actant merge`: the graph of logs that were built apart.

use std::path::PathBuf;

use super::console::Outcome;
use super::input::ThreadArgs;
use super::output::OutputArgs;
use crate::error::Result;
use crate::log::file;

/// Arguments of `actant merge`.
#[derive(clap::Args)]
pub struct Args {
    /// Saved logs, or the folders of `actant build` that hold them
    #[arg(required = true, value_name = "LOG")]
    logs: Vec<PathBuf>,
    #[command(flatten)]
    output: OutputArgs,
    #[command(flatten)]
    threads: ThreadArgs,
}

/// Joins the logs; the rest is that of `actant build`.
pub fn run(args: &Args) -> Result<Outcome> {
    let plan = args.output.plan()?;
    args.threads.set()?;
    let (mut log, settings) = file::open(&args.logs[0])?;
    let first = args.logs[0].display().to_string();
    for path in &args.logs[1..] {
        let (other, others) = file::open(path)?;
        file::same_settings(&path.display().to_string(), &others, &first, &settings)?;
        log.merge(&other);
    }
    let undated = plan.carry_out(&log, &settings)?;
    Ok(Outcome { warnings: log.clashes().into_iter().chain(undated).collect() })
}
