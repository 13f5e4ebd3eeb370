//! What `actant build` and `actant merge` have in common: from the log to the files and the terminal.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use clap::builder::PossibleValuesParser;
use rayon::prelude::*;
use serde_json::json;

use super::console::{Out, visible};
use super::days::DayArgs;
use super::table::{self, Form};
use crate::error::{Error, Result, Warning};
use crate::graph::weights::{self, Weight};
use crate::log::{Log, file};
use crate::measure::{MEASURES, Report};
use crate::model::{Context, Unit};
use crate::relate::Ties;
use crate::write::{self, Sink, Writer, count};
use crate::{pipeline, relate};

/// What becomes of a log: options that need no second reading.
#[derive(clap::Args)]
pub struct OutputArgs {
    /// The folder to write to
    #[arg(id = "output", short, long = "output", value_name = "DIR", default_value = "output")]
    pub folder: PathBuf,
    /// Which formats to write, with commas
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_value = "json,dot,svg,html,csv",
          value_parser = PossibleValuesParser::new(write::names()))]
    write: Vec<String>,
    /// Do not write the log, from which `actant merge` and `--update` go on
    #[arg(long)]
    no_log: bool,
    /// Which measures to compute: basic, all, or names with commas [default: all up to 200 actors, else basic]
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    measures: Vec<String>,
    /// What makes a tie strong
    #[arg(long, value_name = "NAME", default_value = "n", value_parser = PossibleValuesParser::new(weights::names()))]
    weight: String,
    /// Where two must both be named to be tied: sentence, window:K (K sentences in a row), paragraph or document
    #[arg(long, value_name = "UNIT", default_value_t = Unit::Sentence)]
    unit: Unit,
    /// Count a sentence in each document that repeats it
    #[arg(long)]
    count_copies: bool,
    #[command(flatten)]
    days: DayArgs,
    /// Do not count "Russian" for Russia
    #[arg(long)]
    no_demonyms: bool,
    /// Let mentions here tie too
    #[arg(long, value_name = "CONTEXT", value_delimiter = ',', value_parser = PossibleValuesParser::new(context_names()))]
    with: Vec<String>,
    /// Keep at most so many sentences as evidence of a tie, from as many documents as possible; `all` writes every one to
    /// evidence.jsonl beside the graph, which keeps 5
    #[arg(long, value_name = "N", default_value_t = Kept::Most(relate::EVIDENCE))]
    evidence: Kept,
    /// How many actors to print
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    top: usize,
    /// Print nothing but warnings
    #[arg(short, long)]
    pub quiet: bool,
}

/// How many sentences are kept of each tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kept {
    Most(usize),
    All,
}

impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Kept::Most(most) => most.fmt(f),
            Kept::All => f.write_str(ALL),
        }
    }
}

impl FromStr for Kept {
    type Err = &'static str;

    fn from_str(text: &str) -> std::result::Result<Kept, &'static str> {
        if text == ALL { Ok(Kept::All) } else { text.parse().map(Kept::Most).map_err(|_| "expected a number or all") }
    }
}

/// The format that lists every sentence.
const LINES: &str = "evidence";

/// The word for every sentence, on the command line and in the settings of a graph.
pub const ALL: &str = "all";

/// [`OutputArgs`], checked: made before anything is read, so that a wrong option costs no time.
pub struct Plan<'a> {
    args: &'a OutputArgs,
    options: relate::Options,
    writers: Vec<&'static Writer>,
    measures: Option<Vec<&'a str>>,
    weight: &'static Weight,
}

impl OutputArgs {
    /// Checks the options.
    ///
    /// # Errors
    /// There is no such format or measure.
    pub fn plan(&self) -> Result<Plan<'_>> {
        let options = relate::Options {
            demonyms: !self.no_demonyms,
            contexts: self.with.iter().filter_map(|name| context(name)).collect(),
            evidence: match self.evidence {
                Kept::Most(most) => most,
                Kept::All => usize::MAX,
            },
            unit: self.unit,
            count_copies: self.count_copies,
        };
        // Every sentence goes to a file of its own, which `why` looks into.
        let listed = self.write.iter().any(|name| name == LINES);
        let listing = Some(LINES).filter(|_| self.evidence == Kept::All && !listed);
        Ok(Plan {
            args: self,
            options,
            writers: self.write.iter().map(String::as_str).chain(listing).map(write::writer).collect::<Result<_>>()?,
            measures: measures(&self.measures)?,
            weight: weights::weight(&self.weight).unwrap_or_else(weights::default_weight),
        })
    }
}

impl Plan<'_> {
    /// Makes the graph of `log`, which was read with `settings`, writes everything and prints the top actors. The log is written
    /// whole, also where the graph is of some days only.
    ///
    /// # Errors
    /// No document is of the wanted days, or the folder cannot be written to.
    pub fn carry_out(&self, log: &Log, settings: &file::Settings) -> Result<Option<Warning>> {
        let (wanted, warning) = self.args.days.of(log)?;
        let mut sink = Sink::folder(&self.args.folder)?;
        let mut saved = sink.beside();
        let save = || {
            if self.args.no_log { Ok(()) } else { saved.part(file::NAME, |out| file::write(log, settings, out)) }
        };
        let ties = pipeline::ties(&wanted, &self.options);
        // One thread puts the graph together and finds communities; others save the log.
        let (report, save) = rayon::join(|| self.report(ties, settings), save);
        let mut report = report?;
        // Those that list every sentence come first: the others have a few of each tie.
        let (listing, others) = self.writers.iter().partition::<Vec<&Writer>, _>(|writer| writer.lists_evidence());
        write_all(&listing, &report, &mut sink)?;
        if self.args.evidence == Kept::All {
            report.graph.limit_evidence(relate::EVIDENCE);
        }
        write_all(&others, &report, &mut sink)?;
        save?;
        sink.join(saved);
        let paths = sink.commit()?;
        if !self.args.quiet {
            print(self.args, &report, &paths)?;
        }
        // The program is about to end: taking a large graph apart first was 4 % of a build.
        std::mem::forget(report);
        Ok(warning)
    }

    /// The measured graph.
    fn report(&self, ties: Ties, settings: &file::Settings) -> Result<Report> {
        let graph = pipeline::graph_of(ties);
        if graph.corpus.partial && self.weight.test {
            let what = "the sentences of some documents are not all known, only their mentions";
            return Err(Error::new(format_args!("--weight {}", self.weight.name), what)
                .way_out("choose another weight, or give the documents (see `actant mentions --for-build`)"));
        }
        let mut report = Report::new(graph.weighted_by(self.weight), self.measures.as_deref());
        report.settings = self.settings(settings);
        Ok(report)
    }

    /// The settings that change what is in the graph.
    fn settings(&self, read_with: &file::Settings) -> BTreeMap<String, String> {
        let yes = |on: bool| if on { "yes" } else { "no" }.to_owned();
        let own = [
            ("demonyms".to_owned(), yes(self.options.demonyms)),
            ("recognize".to_owned(), read_with.get("recognize").cloned().unwrap_or_default()),
            ("with".to_owned(), self.args.with.join(",")),
            ("unit".to_owned(), self.options.unit.to_string()),
            ("count-copies".to_owned(), yes(self.options.count_copies)),
            ("evidence".to_owned(), self.args.evidence.to_string()),
        ];
        own.into_iter().chain(self.args.days.settings()).collect()
    }
}

/// Writes all formats, each on a thread; the parts stand in the sink in order of the formats.
fn write_all(writers: &[&Writer], report: &Report, sink: &mut Sink) -> Result<()> {
    let beside = || sink.beside();
    let written: Vec<Result<Sink>> = writers
        .par_iter()
        .map(|writer| {
            let mut sink = beside();
            sink.enter(writer.folder())?;
            (writer.write)(report, &write::Options::default(), &mut sink).map(|()| sink)
        })
        .collect();
    written.into_iter().try_for_each(|written| written.map(|written| sink.join(written)))
}

/// What a log becomes with the settings of a saved graph; those that it does not have are the usual ones.
pub fn saved_options(settings: &BTreeMap<String, String>) -> (relate::Options, DayArgs) {
    let value = |name: &str| settings.get(name).map_or("", String::as_str);
    let options = relate::Options {
        demonyms: value("demonyms") != "no",
        contexts: value("with").split(',').filter_map(context).collect(),
        unit: value("unit").parse().unwrap_or_default(),
        count_copies: value("count-copies") == "yes",
        ..relate::Options::default()
    };
    (options, DayArgs::saved(settings))
}

/// The contexts that do not tie by default.
fn context_names() -> impl Iterator<Item = &'static str> {
    Context::NAMES.iter().filter(|(context, _)| !context.acts()).map(|(_, name)| *name)
}

/// The context of this name that does not tie by default.
fn context(name: &str) -> Option<Context> {
    Context::from_name(name).filter(|context| !context.acts())
}

/// The measures that a list names; nothing for the default.
fn measures(names: &[String]) -> Result<Option<Vec<&str>>> {
    let all = || MEASURES.iter().map(|measure| measure.name);
    match names {
        [] => return Ok(None),
        [one] if one == "all" => return Ok(Some(all().collect())),
        [one] if one == "basic" => {
            return Ok(Some(MEASURES.iter().filter(|row| row.basic).map(|row| row.name).collect()));
        }
        _ => {}
    }
    if let Some(unknown) = names.iter().find(|name| !all().any(|known| known == *name)) {
        return Err(Error::new("--measures", format!("no such measure: `{unknown}`"))
            .way_out(format!("expected basic, all, or some of {}", all().collect::<Vec<_>>().join(", "))));
    }
    Ok(Some(names.iter().map(String::as_str).collect()))
}

fn print(args: &OutputArgs, report: &Report, paths: &[PathBuf]) -> Result<()> {
    let mut out = Out::new();
    let (graph, corpus) = (&report.graph, &report.graph.corpus);
    let dates = graph.period().map_or_else(String::new, |(first, last, dated)| {
        let days = if first == last { format!("of {first}") } else { format!("from {first} to {last}") };
        dated.map_or_else(|| format!(" {days}"), |dated| format!(" ({dated} of them dated, {days})"))
    });
    let copies = match corpus.copies {
        0 => String::new(),
        copies => format!(" ({copies} of them copies)"),
    };
    out.line(&format!(
        "{}{dates}, {}{copies}, {}",
        count(corpus.documents, "document"),
        count(corpus.sentences, "sentence"),
        count(corpus.words, "word")
    ))?;
    out.line(&format!(
        "{}, {}, {}\n",
        count(corpus.mentions, "mention"),
        count(graph.n_nodes() as u64, "actor"),
        count(graph.n_edges() as u64, "tie")
    ))?;
    if graph.n_nodes() == 0 {
        out.line("no name was found; add a name list of your own with -g FILE")?;
    } else {
        print_top(args, report, &mut out)?;
    }
    if corpus.partial {
        out.line("p and q are left out: the sentences of some documents are not all known, only their mentions")?;
    } else if graph.n_edges() > 0 && graph.power().is_too_small() {
        out.line("too little text to tell ties from chance: no pair of actors can reach q < 0.05")?;
    }
    let wrote: Vec<String> = paths.iter().map(|path| short_name(path, &args.folder)).collect();
    out.line(&format!("wrote {} to {}", wrote.join(", "), visible(&args.folder.display().to_string())))?;
    out.close()
}

fn print_top(args: &OutputArgs, report: &Report, out: &mut Out) -> Result<()> {
    let graph = &report.graph;
    let columns = ["actor", "type", "sentences", "documents", "ties", "strongest tie"];
    let rows: Vec<Vec<serde_json::Value>> = graph
        .nodes()
        .take(args.top)
        .map(|(id, node)| {
            let ties = graph.ties(id);
            let strongest = ties.first().map_or_else(String::new, |(other, edge)| {
                format!("{} ({})", graph.node(*other).name, graph.edge(*edge).2.n)
            });
            vec![
                json!(node.name),
                json!(node.entity_type.name()),
                json!(node.sentences),
                json!(node.documents),
                json!(ties.len()),
                json!(strongest),
            ]
        })
        .collect();
    table::print(out, Form::Table, &columns, &rows)?;
    out.line("")
}

fn short_name(path: &Path, folder: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).to_string_lossy().into_owned()
}
