//! Errors and warnings, written for people: where, what, and the way out.
//!
//! Both are plain text in three parts, so that every message has the same form:
//! `place: what was found and expected; what to do`. Lower case, no full stop.

use std::fmt;

/// Why something could not be done at all.
///
/// Returned by functions at the edges (reading, writing, arguments). The core (text, find, resolve, relate,
/// graph, measure) cannot fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(Box<Message>);

/// Why one record, line or file was left out or used in part; the run goes on.
///
/// Warnings are data: stages return them beside their value, the command line prints them and exits with 1.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Warning(Box<Message>);

/// The result of an operation at an edge.
pub type Result<T> = std::result::Result<T, Error>;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Message {
    place: String,
    what: String,
    way_out: Option<String>,
}

impl Error {
    /// An error at `place` (a file, `file:line`, an option); an empty place is not printed.
    pub fn new(place: impl fmt::Display, what: impl fmt::Display) -> Error {
        Error(Box::new(Message::new(place, what)))
    }

    /// An input or output error of the operating system at `place`, without its "os error" number.
    pub fn io(place: impl fmt::Display, error: &std::io::Error) -> Error {
        Error::new(place, io_text(error))
    }

    /// Adds what the reader can do about it.
    pub fn way_out(mut self, text: impl fmt::Display) -> Error {
        self.0.way_out = Some(text.to_string());
        self
    }

    /// The same message as a warning: the caller decided to go on.
    pub fn into_warning(self) -> Warning {
        Warning(self.0)
    }
}

impl Warning {
    /// A warning at `place` (a file, `file:line`); an empty place is not printed.
    pub fn new(place: impl fmt::Display, what: impl fmt::Display) -> Warning {
        Warning(Box::new(Message::new(place, what)))
    }

    /// Adds what the reader can do about it.
    pub fn way_out(mut self, text: impl fmt::Display) -> Warning {
        self.0.way_out = Some(text.to_string());
        self
    }

    /// The same message as an error: the caller decided to stop.
    pub fn into_error(self) -> Error {
        Error(self.0)
    }
}

impl Message {
    fn new(place: impl fmt::Display, what: impl fmt::Display) -> Message {
        Message { place: place.to_string(), what: what.to_string(), way_out: None }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.place.is_empty() {
            write!(f, "{}: ", self.place)?;
        }
        f.write_str(&self.what)?;
        match &self.way_out {
            Some(text) => write!(f, "; {text}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {}

/// The operating system's words in lower case: `no such file or directory`.
fn io_text(error: &std::io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text);
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}
