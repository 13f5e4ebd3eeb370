//! Arguments that several commands share: inputs, gazetteers, threads.

use std::path::PathBuf;

use crate::error::{Error, Result, Warning};
use crate::gazetteer::Gazetteer;
use crate::read::{self, Source};

/// What to read, and with which names.
#[derive(clap::Args)]
pub struct InputArgs {
    /// Files, folders, globs, or - for standard input; text, or JSON lines of {"id", "text", "title"?, "date"?, "source"?}
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<String>,
    #[command(flatten)]
    names: NameArgs,
    /// How many threads; the output is the same for any number [default: one for each core]
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
}

#[derive(clap::Args)]
struct NameArgs {
    /// A name list of your own (CSV, see gazetteers/README.md); its names win over the built-in ones. May be repeated
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
    /// What was skipped so far.
    pub warnings: Vec<Warning>,
}

impl InputArgs {
    /// Finds the inputs, reads the name lists and sets the number of threads.
    ///
    /// # Errors
    /// There is nothing to read, or a list cannot be read at all.
    pub fn open(&self) -> Result<Input> {
        self.set_threads()?;
        let (sources, mut warnings) = read::sources(&self.inputs)?;
        let mut gazetteer = if self.names.no_builtin { Gazetteer::default() } else { Gazetteer::builtin() };
        for path in &self.names.gazetteer {
            warnings.extend(gazetteer.add_file(path)?);
        }
        Ok(Input { sources, gazetteer, warnings })
    }

    fn set_threads(&self) -> Result<()> {
        let Some(threads) = self.threads else { return Ok(()) };
        if threads == 0 || threads > 1024 {
            return Err(Error::new("--threads", format!("{threads} threads")).way_out("expected a number from 1 to 1024"));
        }
        rayon::ThreadPoolBuilder::new().num_threads(threads).build_global().map_err(|error| Error::new("--threads", error))
    }
}
