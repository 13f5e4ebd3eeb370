//! `actant build`: the main job.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use serde_json::json;

use super::console::{self, Out, Outcome, visible};
use super::input::InputArgs;
use super::table::{self, Form};
use crate::error::{Error, Result};
use crate::graph::weights;
use crate::measure::{MEASURES, Report};
use crate::model::{Context, Unit};
use crate::{pipeline, relate, write};

/// Arguments of `actant build`.
#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: InputArgs,
    /// The folder to write to
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    output: PathBuf,
    /// Which formats to write, with commas
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_value = "json,dot,svg,html,csv",
          value_parser = PossibleValuesParser::new(write::names()))]
    write: Vec<String>,
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
    /// Do not count "Russian" for Russia
    #[arg(long)]
    no_demonyms: bool,
    /// Let mentions here tie too
    #[arg(long, value_name = "CONTEXT", value_delimiter = ',', value_parser = PossibleValuesParser::new(context_names()))]
    with: Vec<String>,
    /// Keep at most so many sentences as evidence of a tie
    #[arg(long, value_name = "N", default_value_t = 25)]
    evidence: usize,
    /// How many actors to print
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    top: usize,
    /// Print nothing but warnings
    #[arg(short, long)]
    quiet: bool,
}

/// Builds the graph, writes it and prints the top actors.
pub fn run(args: &Args) -> Result<Outcome> {
    let options = relate::Options {
        demonyms: !args.no_demonyms,
        contexts: contexts(&args.with),
        evidence: args.evidence,
        unit: args.unit,
        count_copies: args.count_copies,
    };
    let writers = args.write.iter().map(|name| write::writer(name)).collect::<Result<Vec<_>>>()?;
    let measures = measures(&args.measures)?;
    let weight = weights::weight(&args.weight).unwrap_or_else(weights::default_weight);
    let input = args.input.open()?;
    let bar = console::progress(input.sources.iter().map(|source| source.size()).sum(), args.quiet);
    let (log, warnings) = pipeline::log(&input.sources, &input.reader(), &|bytes| bar.inc(bytes))?;
    bar.finish_and_clear();
    let mut report = Report::new(pipeline::graph(&log, &options).weighted_by(weight), measures.as_deref());
    report.settings = settings(args);
    let mut sink = write::Sink::folder(&args.output)?;
    for writer in writers {
        sink.enter(writer.folder())?;
        (writer.write)(&report, &write::Options::default(), &mut sink)?;
    }
    let paths = sink.commit()?;
    if !args.quiet {
        print(args, &report, &paths)?;
    }
    Ok(Outcome { warnings: [input.warnings, warnings].concat() })
}

/// The contexts that do not tie by default.
fn context_names() -> impl Iterator<Item = &'static str> {
    Context::NAMES.iter().filter(|(context, _)| !context.acts()).map(|(_, name)| *name)
}

/// The contexts of these names.
fn contexts(names: &[String]) -> Vec<Context> {
    let named = |name: &String| Context::NAMES.iter().find(|(_, known)| known == name).map(|(context, _)| *context);
    names.iter().filter_map(named).collect()
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

/// The settings that change what is in the graph.
fn settings(args: &Args) -> BTreeMap<String, String> {
    let yes = |on: bool| if on { "yes" } else { "no" }.to_owned();
    BTreeMap::from([
        ("demonyms".to_owned(), yes(!args.no_demonyms)),
        ("recognize".to_owned(), args.input.recognize_setting()),
        ("with".to_owned(), args.with.join(",")),
        ("unit".to_owned(), args.unit.to_string()),
        ("count-copies".to_owned(), yes(args.count_copies)),
        ("evidence".to_owned(), args.evidence.to_string()),
    ])
}

fn print(args: &Args, report: &Report, paths: &[PathBuf]) -> Result<()> {
    let mut out = Out::new();
    let (graph, corpus) = (&report.graph, &report.graph.corpus);
    let dates = corpus.dates.map_or_else(String::new, |(first, last)| {
        if first == last { format!(" of {first}") } else { format!(" from {first} to {last}") }
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
    let power = graph.power();
    if graph.n_edges() > 0 && power.is_too_small() {
        out.line("too little text to tell ties from chance: no pair of actors can reach q < 0.05")?;
    }
    let wrote: Vec<String> = paths.iter().map(|path| short_name(path, &args.output)).collect();
    out.line(&format!("wrote {} to {}", wrote.join(", "), visible(&args.output.display().to_string())))?;
    out.close()
}

fn print_top(args: &Args, report: &Report, out: &mut Out) -> Result<()> {
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

/// "1 document", "1,204 documents".
pub fn count(number: u64, noun: &str) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    format!("{text} {noun}{}", if number == 1 { "" } else { "s" })
}

/// Lets the writer of a result be a file, or standard output for `-`.
pub fn deliver(path: &Path, bytes: &[u8]) -> Result<()> {
    if path == Path::new("-") {
        let mut out = Out::new();
        out.bytes(bytes)?;
        return out.close();
    }
    let mut sink = write::Sink::file(path);
    sink.part("", |out| out.write_all(bytes))?;
    sink.commit().map(|_| ())
}
