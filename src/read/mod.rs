//! Inputs to documents: files, folders, globs, standard input; one file for each format.
//!
//! [`sources`] finds what there is to read, [`Source::read`] reads one of them. A file that cannot be read, or a damaged
//! record, is a warning; the others are read.

mod decode;
mod header;
mod jsonl;
mod mentions;
mod pieces;
mod plain;

use std::borrow::Cow;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use self::pieces::{Piece, Pieces};
use crate::error::{Error, Result, Warning};
use crate::model::{Document, Marked};

/// A row of [`FORMATS`].
pub struct Format {
    /// The word for it in messages.
    pub name: &'static str,
    /// What it is, for people.
    pub about: &'static str,
    /// File endings, without the point.
    pub endings: &'static [&'static str],
    /// Whether a text is of this format; asked where formats share an ending.
    pub fits: fn(&str) -> bool,
    /// How it is read.
    pub read: How,
}

/// Takes a decoded text apart: its documents go to the last argument, faults come back. The name is for ids and messages.
#[derive(Clone, Copy)]
pub enum How {
    /// The whole file.
    Whole(fn(&str, String, Take) -> Vec<Warning>),
    /// Some of its lines, which stand for themselves, with how many there are before them: a file of any size is read in pieces.
    Lines(ReadLines),
}

/// See [`How::Lines`].
pub type ReadLines = fn(&str, &str, usize, Take) -> Vec<Warning>;

/// What a reader hands its documents to.
pub type Take<'a> = &'a mut dyn FnMut(Item);

/// What stands in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A text to read.
    Text(Document),
    /// A document in which somebody else found the names.
    Marked(Marked),
}

/// Every format of texts that can be read, sorted by name.
pub const FORMATS: &[Format] = &[
    Format {
        name: "jsonl",
        about: "one JSON object a line: {\"id\", \"text\", \"title\"?, \"date\"?, \"source\"?}",
        endings: &["jsonl", "ndjson"],
        fits: |text| !mentions::fits(text),
        read: How::Lines(jsonl::read),
    },
    Format {
        name: "mentions",
        about: "what any recognizer found, one JSON object a line, as `actant mentions` prints them",
        endings: &["jsonl", "ndjson"],
        fits: mentions::fits,
        read: How::Whole(mentions::read),
    },
    Format {
        name: "text",
        about: "one document a file, UTF-8 or UTF-16",
        endings: &["txt", "text", "md"],
        fits: |_| true,
        read: How::Whole(plain::read),
    },
];

/// Something to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file.
    File(PathBuf),
    /// Standard input: JSON lines (texts or mentions) when its first character is `{`, else one text.
    Stdin,
}

impl Source {
    /// The name in messages, and the id of a text file's document.
    pub fn name(&self) -> String {
        match self {
            Source::File(path) => path.to_string_lossy().into_owned(),
            Source::Stdin => "-".to_owned(),
        }
    }

    /// How many bytes there are to read, where that is known.
    pub fn size(&self) -> u64 {
        match self {
            Source::File(path) => std::fs::metadata(path).map_or(0, |data| data.len()),
            Source::Stdin => 0,
        }
    }

    /// Reads everything, hands each document to `take` and returns what was wrong.
    pub fn read(&self, take: Take) -> Vec<Warning> {
        let mut warnings = Vec::new();
        if let Err(error) = self.open().and_then(|from| self.read_pieces(Pieces::new(from), take, &mut warnings)) {
            warnings.push(Error::io(self.name(), &error).into_warning().way_out("it was left out"));
        }
        warnings
    }

    fn open(&self) -> io::Result<Box<dyn io::Read>> {
        Ok(match self {
            Source::File(path) => Box::new(File::open(path)?),
            Source::Stdin => Box::new(io::stdin().lock()),
        })
    }

    /// Takes note of what is wrong on the way.
    fn read_pieces(
        &self,
        mut pieces: Pieces<Box<dyn io::Read>>,
        take: Take,
        warnings: &mut Vec<Warning>,
    ) -> io::Result<()> {
        let name = self.name();
        let Some(Piece { mut bytes, is_last }) = pieces.next()? else { return Ok(()) };
        let Some(read) = (!is_last).then(|| self.reader_of_lines(&bytes)).flatten() else {
            pieces.rest(&mut bytes)?;
            warnings.extend(self.read_whole(&name, bytes, take));
            return Ok(());
        };
        let (mut at, mut lines, mut is_damaged) = (0, 0, false);
        loop {
            let length = bytes.len() as u64;
            let (text, damage) = decode::utf8(&name, bytes, at);
            // As in one piece: the first bad place is named.
            warnings.extend(damage.filter(|_| !std::mem::replace(&mut is_damaged, true)));
            warnings.extend(read(&name, &text, lines, take));
            at += length;
            lines += line_ends(&text);
            match pieces.next()? {
                Some(piece) => bytes = piece.bytes,
                None => return Ok(()),
            }
        }
    }

    fn read_whole(&self, name: &str, bytes: Vec<u8>, take: Take) -> Vec<Warning> {
        let (text, mut warnings) = match decode::decode(name, bytes) {
            Ok(decoded) => decoded,
            Err(warning) => return vec![warning],
        };
        warnings.extend(match self.format(&text).read {
            How::Whole(read) => read(name, text, take),
            How::Lines(read) => read(name, &text, 0, take),
        });
        warnings
    }

    /// How lines are read that begin so, if they can be read without those behind them.
    fn reader_of_lines(&self, start: &[u8]) -> Option<ReadLines> {
        if !decode::is_utf8(start) {
            return None;
        }
        // Three times as fast as `from_utf8_lossy` alone.
        let text = std::str::from_utf8(start).map_or_else(|_| String::from_utf8_lossy(start), Cow::Borrowed);
        match self.format(&text).read {
            How::Lines(read) => Some(read),
            How::Whole(_) => None,
        }
    }

    /// The format of a text that begins so.
    fn format(&self, start: &str) -> &'static Format {
        let ending = match self {
            Source::File(path) => ending_of(path),
            Source::Stdin if start.trim_start().starts_with('{') => "jsonl".to_owned(),
            Source::Stdin => "txt".to_owned(),
        };
        formats_of(&ending).find(|format| (format.fits)(start)).unwrap_or_else(plain_format)
    }
}

/// How many lines end in `text`; counted in bytes at first, sixteen of them at once.
fn line_ends(text: &str) -> usize {
    let few = |bytes: &[u8]| bytes.iter().map(|&byte| u8::from(byte == b'\n')).sum::<u8>();
    text.as_bytes().chunks(u8::MAX.into()).map(few).map(usize::from).sum()
}

/// Finds what `inputs` name: `-`, files, folders (with what is in them), globs. In order of path, each file once.
///
/// In a folder, files of a known ending are read, hidden ones are passed over, and others are reported; a file that is named
/// itself is read whatever its ending.
///
/// # Errors
/// Nothing was named, an input does not exist, or there is nothing to read in any of them.
pub fn sources(inputs: &[String]) -> Result<(Vec<Source>, Vec<Warning>)> {
    if inputs.is_empty() {
        return Err(Error::new("", "no input").way_out("name a file, a folder, a glob or - for standard input"));
    }
    let (mut found, mut warnings) = (Vec::new(), Vec::new());
    for input in inputs {
        if input == "-" {
            found.push(Source::Stdin);
            continue;
        }
        for path in expand(input)? {
            if path.is_dir() {
                walk(&path, &mut found, &mut warnings);
            } else {
                found.push(Source::File(path));
            }
        }
    }
    found.sort_by_key(Source::name);
    found.dedup();
    if found.is_empty() {
        let place = inputs.join(", ");
        let error = Error::new(place, "nothing to read here");
        return Err(match warnings.first() {
            Some(warning) => error.way_out(format!("{warning}")),
            None => error.way_out(format!("expected files that end in {}", endings())),
        });
    }
    Ok((found, warnings))
}

/// The paths that one argument names: itself, or what it matches as a glob.
fn expand(input: &str) -> Result<Vec<PathBuf>> {
    let path = Path::new(input);
    if path.exists() {
        return Ok(vec![path.to_owned()]);
    }
    if path.symlink_metadata().is_ok() {
        return Err(Error::new(input, "a link that leads nowhere"));
    }
    if !input.contains(['*', '?', '[']) {
        return Err(Error::new(input, "no such file or folder").way_out("check the path"));
    }
    // As in a folder, hidden files are passed over.
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..glob::MatchOptions::new() };
    let matches =
        glob::glob_with(input, options).map_err(|error| Error::new(input, format!("not a glob: {}", error.msg)))?;
    let paths: Vec<PathBuf> = matches.filter_map(|path| path.ok()).collect();
    if paths.is_empty() {
        return Err(Error::new(input, "no file matches this glob"));
    }
    Ok(paths)
}

/// All files below a folder.
fn walk(folder: &Path, found: &mut Vec<Source>, warnings: &mut Vec<Warning>) {
    let walker = ignore::WalkBuilder::new(folder).standard_filters(false).hidden(true).follow_links(false).build();
    for entry in walker {
        match entry {
            Err(error) => warnings.push(Warning::new("", error).way_out("it was left out")),
            Ok(entry) if !entry.file_type().is_some_and(|kind| kind.is_file()) => {}
            Ok(entry) if formats_of(&ending_of(entry.path())).next().is_some() => {
                found.push(Source::File(entry.into_path()))
            }
            Ok(entry) => warnings.push(
                Warning::new(entry.path().display(), "left out: not a format that is read in folders")
                    .way_out(format!("expected {}; name the file itself to read it as text", endings())),
            ),
        }
    }
}

/// The rows with this ending.
fn formats_of(ending: &str) -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().filter(move |format| format.endings.contains(&ending))
}

fn ending_of(path: &Path) -> String {
    path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase()
}

fn plain_format() -> &'static Format {
    FORMATS.iter().find(|format| format.name == "text").expect("a row of the table")
}

/// ".jsonl, .ndjson, .txt"
fn endings() -> String {
    let mut endings: Vec<String> = Vec::new();
    for ending in FORMATS.iter().flat_map(|format| format.endings).map(|ending| format!(".{ending}")) {
        if !endings.contains(&ending) {
            endings.push(ending);
        }
    }
    endings.join(", ")
}
