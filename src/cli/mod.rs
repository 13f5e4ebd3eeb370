//! The command line: arguments, messages, exit codes. One file for each subcommand.
//!
//! Results go to standard output or to `-o`; progress and warnings go to standard error. Exit codes: 0 done, 1 done but some
//! input was skipped or damaged, 2 nothing done.

mod backbone;
mod between;
mod build;
mod common;
mod console;
mod days;
mod diff;
mod ego;
mod eval;
mod export;
mod gazetteer;
mod input;
mod lookup;
mod man;
mod meanings;
mod mentions;
mod merge;
mod output;
mod part;
mod path;
mod periods;
mod render;
mod sentences;
mod show;
mod stability;
mod table;
mod top;
mod undecided;
mod unfinished;
mod why;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::error::Result;
use crate::graph::NodeId;
use crate::measure::Report;
use crate::write::saved;
use console::Outcome;

/// Who appears with whom: finds people, places and organizations in documents and builds the weighted graph of those named
/// in the same sentence, every tie with the sentences that show it.
#[derive(Parser)]
#[command(name = "actant", version, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = "Exit codes: 0 done; 1 done, but some input was skipped or damaged; 2 nothing done.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Show the ties between two communities
    Between(between::Args),
    /// Read documents and write their graph: graph.json, graph.dot, graph.svg, graph.html, actors.csv, edges.csv
    Build(build::Args),
    /// List who is tied to both of two actors
    Common(common::Args),
    /// Print the completion script of a shell
    Completions(man::Completions),
    /// Tell what is new, gone, stronger or weaker in one of two graphs
    Diff(diff::Args),
    /// List the actors around one, up to a number of ties away
    Ego(ego::Args),
    /// Score mentions against marks made by a reader
    Eval(eval::Args),
    /// Write the graph for another program
    Export(export::Args),
    /// Check name lists
    #[command(subcommand)]
    Gazetteer(gazetteer::Command),
    /// Print the manual page
    Man,
    /// Print every mention as JSON lines
    Mentions(mentions::Args),
    /// Join the logs of documents that were built apart, and write their graph as one build of all would
    Merge(merge::Args),
    /// Show how two actors are tied over others: the strongest and the shortest path
    Path(path::Args),
    /// Draw the graph
    Render(render::Args),
    /// Print every sentence as JSON lines
    Sentences(sentences::Args),
    /// Show one actor: names seen, measures, strongest ties
    Show(show::Args),
    /// List the most central actors
    Top(top::Args),
    /// Show the sentences that tie two actors
    Why(why::Args),
}

/// The saved graph that a command reads.
#[derive(clap::Args)]
struct GraphArg {
    /// The saved graph
    #[arg(long, value_name = "FILE", default_value = "output/graph.json")]
    graph: PathBuf,
}

impl GraphArg {
    fn path(&self) -> &Path {
        &self.graph
    }

    fn read(&self) -> Result<Report> {
        saved::read(&self.graph)
    }

    /// Without what only those need that show sentences, days or tests.
    fn read_counts(&self) -> Result<Report> {
        saved::read_counts(&self.graph)
    }
}

/// Two actors of a saved graph.
#[derive(clap::Args)]
struct PairArgs {
    /// An actor: name, alias or id
    #[arg(value_name = "A")]
    first: String,
    /// Another one
    #[arg(value_name = "B")]
    second: String,
    #[command(flatten)]
    graph: GraphArg,
}

impl PairArgs {
    /// The graph, and the two in it.
    fn read(&self) -> Result<(Report, NodeId, NodeId)> {
        self.find(self.graph.read()?)
    }

    /// The same without what only those need that show sentences, days or tests.
    fn read_counts(&self) -> Result<(Report, NodeId, NodeId)> {
        self.find(self.graph.read_counts()?)
    }

    fn find(&self, report: Report) -> Result<(Report, NodeId, NodeId)> {
        let (a, b) = (lookup::find(&report.graph, &self.first)?, lookup::find(&report.graph, &self.second)?);
        Ok((report, a, b))
    }
}

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.command {
        Command::Between(args) => between::run(&args),
        Command::Build(args) => build::run(&args),
        Command::Common(args) => common::run(&args),
        Command::Completions(args) => man::completions(&args, &mut Cli::command()),
        Command::Diff(args) => diff::run(&args),
        Command::Ego(args) => ego::run(&args),
        Command::Eval(args) => eval::run(&args),
        Command::Export(args) => export::run(&args),
        Command::Gazetteer(command) => gazetteer::run(&command),
        Command::Man => man::page(Cli::command()),
        Command::Mentions(args) => mentions::run(&args),
        Command::Merge(args) => merge::run(&args),
        Command::Path(args) => path::run(&args),
        Command::Render(args) => render::run(&args),
        Command::Sentences(args) => sentences::run(&args),
        Command::Show(args) => show::run(&args),
        Command::Top(args) => top::run(&args),
        Command::Why(args) => why::run(&args),
    };
    console::finish(outcome)
}

/// The result of a command that had nothing to skip.
fn done() -> Result<Outcome> {
    Ok(Outcome::default())
}
