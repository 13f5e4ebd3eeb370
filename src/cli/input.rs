//! Arguments that several commands share: inputs, gazetteers, threads.

use std::cell::Cell;
use std::path::PathBuf;
use std::thread::JoinHandle;

use clap::builder::PossibleValuesParser;

use crate::error::{Error, Result, Warning};
use crate::find::Matcher;
use crate::gazetteer::Gazetteer;
use crate::gazetteer::compiled::Compiled;
use crate::pipeline::Reader;
use crate::read::{self, Source};
use crate::recognize;

/// What to read, and with which names.
#[derive(clap::Args)]
pub struct InputArgs {
    /// Files, folders, globs, or - for standard input; text, or JSON lines of {"id", "text", "title"?, "date"?, "source"?}
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,
    #[command(flatten)]
    names: NameArgs,
    /// Find only the names of the lists
    #[arg(long)]
    no_recognize: bool,
    /// Do not use these rules, with commas (`actant mentions` prints the rule of each mention)
    #[arg(long, value_name = "RULE", value_delimiter = ',', value_parser = PossibleValuesParser::new(recognize::rule_names()))]
    without: Vec<String>,
    #[command(flatten)]
    threads: ThreadArgs,
}

/// How many threads work.
#[derive(clap::Args)]
pub struct ThreadArgs {
    /// How many threads; the output is the same for any number [default: one for each core]
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

#[derive(clap::Args)]
struct NameArgs {
    /// A name list of your own (CSV, see gazetteers/README.md; one name a line: .txt; compiled: .actant); its names win over the built-in ones. May be
    /// repeated
    #[arg(short, long, value_name = "FILE")]
    gazetteer: Vec<PathBuf>,
    /// Leave the built-in names out
    #[arg(long, requires = "gazetteer")]
    no_builtin: bool,
}

/// What [`InputArgs`] came to.
pub struct Input {
    /// What to read, in order.
    pub sources: Vec<Source>,
    /// The names.
    pub gazetteer: Gazetteer,
    /// Which rules find further names.
    pub recognize: recognize::Options,
    /// What was skipped so far.
    pub warnings: Vec<Warning>,
    /// Looks for damage in mapped lists while they are already in use.
    check: Cell<Option<JoinHandle<Result<()>>>>,
}

impl Input {
    /// What every document is read with.
    pub fn reader(&self) -> Reader<'_> {
        Reader { matcher: Matcher::new(&self.gazetteer), recognize: self.recognize.clone() }
    }

    /// Waits until every compiled list has been compared with its checksum: what was found with it counts only then.
    ///
    /// # Errors
    /// One is damaged.
    pub fn confirm(&self) -> Result<()> {
        match self.check.take() {
            Some(check) => check.join().expect("comparing does not panic"),
            None => Ok(()),
        }
    }
}

impl InputArgs {
    /// Finds the inputs, reads the name lists and sets the number of threads.
    ///
    /// # Errors
    /// There is nothing to read, or a list cannot be read at all.
    pub fn open(&self) -> Result<Input> {
        self.threads.set()?;
        let (sources, mut warnings) = read::sources(&self.inputs)?;
        let mut gazetteer = if self.names.no_builtin { Gazetteer::default() } else { Gazetteer::builtin() };
        for path in &self.names.gazetteer {
            warnings.extend(gazetteer.add_file(path)?);
        }
        let recognize = recognize::Options { lists_only: self.no_recognize, without: self.without.clone() };
        let mapped: Vec<Compiled> = gazetteer.compiled().filter(|names| names.is_mapped()).cloned().collect();
        let check =
            (!mapped.is_empty()).then(|| std::thread::spawn(move || mapped.iter().try_for_each(Compiled::check)));
        Ok(Input { sources, gazetteer, recognize, warnings, check: Cell::new(check) })
    }
}

impl ThreadArgs {
    /// Sets the number of threads.
    ///
    /// # Errors
    /// It is none that can be had.
    pub fn set(&self) -> Result<()> {
        let Some(threads) = self.threads else { return Ok(()) };
        if threads == 0 || threads > 1024 {
            return Err(
                Error::new("--threads", format!("{threads} threads")).way_out("expected a number from 1 to 1024")
            );
        }
        rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build_global()
            .map_err(|error| Error::new("--threads", error))
    }
}
