//! Standard output and standard error: whole lines, no control characters, a quiet end when the reader has gone.

use std::io::{self, BufWriter, IsTerminal, StderrLock, StdoutLock, Write};
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressStyle};

use crate::error::{Error, Result, Warning};

/// What a command that came to its end has to say.
#[derive(Default)]
pub struct Outcome {
    /// What was left out or damaged.
    pub warnings: Vec<Warning>,
}

/// Says something on standard error that is no warning.
pub fn note(text: &str) {
    // Nothing can be done when standard error is closed.
    let _ = writeln!(io::stderr().lock(), "actant: {}", visible(text));
}

/// At most so many warnings are printed; the rest is counted.
const MAX_WARNINGS: usize = 20;

/// Prints what has to be said and gives the exit code.
pub fn finish(outcome: Result<Outcome>) -> ExitCode {
    let mut err = io::stderr().lock();
    match outcome {
        Ok(outcome) if outcome.warnings.is_empty() => ExitCode::SUCCESS,
        Ok(outcome) => {
            print_warnings(&mut err, &outcome.warnings);
            ExitCode::from(1)
        }
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // Nothing can be done when standard error is closed too.
            let _ = writeln!(err, "actant: error: {}", visible(&error.to_string()));
            ExitCode::from(2)
        }
    }
}

fn print_warnings(err: &mut StderrLock, warnings: &[Warning]) {
    for warning in warnings.iter().take(MAX_WARNINGS) {
        let _ = writeln!(err, "actant: warning: {}", visible(&warning.to_string()));
    }
    if warnings.len() > MAX_WARNINGS {
        let _ = writeln!(err, "actant: and {} more warnings", warnings.len() - MAX_WARNINGS);
    }
}

/// Standard output, buffered. [`Out::close`] must be called: dropping it would hide a full disk.
pub struct Out {
    inner: BufWriter<StdoutLock<'static>>,
}

impl Out {
    /// Locks standard output.
    pub fn new() -> Out {
        Out { inner: BufWriter::with_capacity(1 << 16, io::stdout().lock()) }
    }

    /// Writes text.
    pub fn text(&mut self, text: &str) -> Result<()> {
        self.bytes(text.as_bytes())
    }

    /// Writes a line.
    pub fn line(&mut self, text: &str) -> Result<()> {
        self.text(text)?;
        self.bytes(b"\n")
    }

    /// Writes bytes.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<()> {
        self.inner.write_all(bytes).map_err(|error| stdout_error(&error))
    }

    /// Writes what is still buffered.
    pub fn close(mut self) -> Result<()> {
        self.inner.flush().map_err(|error| stdout_error(&error))
    }
}

const CLOSED: &str = "standard output: closed";

fn stdout_error(error: &io::Error) -> Error {
    if error.kind() == io::ErrorKind::BrokenPipe { Error::new("", CLOSED) } else { Error::io("standard output", error) }
}

fn is_closed_pipe(error: &Error) -> bool {
    error.to_string() == CLOSED
}

/// Control characters and direction marks of names and texts made visible, so that nothing but letters reaches a terminal.
pub fn visible(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' | '\r' => ' ',
            '\0'..='\x1f'
            | '\x7f'..='\u{9f}'
            | '\u{61c}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}' => '\u{fffd}',
            c => c,
        })
        .collect()
}

/// What a bar says of bytes.
pub const BYTES: &str = "{bar:40} {bytes}/{total_bytes} {bytes_per_sec} {eta}";

/// What it says of draws.
pub const DRAWS: &str = "{bar:40} {pos}/{len} draws {eta}";

/// A bar on standard error for a `total` of what `says` names: on a terminal only, and only once a second has passed.
pub fn progress(total: u64, says: &str, quiet: bool) -> ProgressBar {
    if quiet || total == 0 || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::hidden();
    bar.set_length(total);
    let style = ProgressStyle::with_template(says);
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    let late = bar.clone();
    std::thread::spawn(move || {
        std::thread::sleep(std::time::Duration::from_secs(1));
        if !late.is_finished() {
            late.set_draw_target(indicatif::ProgressDrawTarget::stderr());
        }
    });
    bar
}
