//! A file as this program writes it, with each row on a line of its own: its blocks are read on all threads.
//!
//! Nothing is reported from here. A file that is laid out in another way, or is damaged, is left to [`super::whole`].

use std::io::Read;

use rayon::prelude::*;
use serde::Deserialize;

use super::assembly::{Assembly, Head};
use super::edges::{SavedCounts, SavedEdge};
use super::nodes::{SavedDocument, SavedNode};
use super::shared::Shared;
use super::{Depth, SCHEMA, ambiguous, quick};
use crate::measure::Report;

/// So much is read by one thread at a time; rows are longer only where a tie has all its sentences.
const BLOCK: usize = 1 << 20;
/// So many blocks are held.
const BLOCKS: usize = 8;

/// The graph in a file; nothing where it is not as this program writes it.
pub(super) fn read(from: impl Read + Send, depth: Depth) -> Option<Report> {
    read_in(BLOCK, from, depth)
}

/// The same in blocks of so many bytes.
pub(super) fn read_in(size: usize, from: impl Read + Send, depth: Depth) -> Option<Report> {
    let mut rows = Rows { source: Source { from, size, rest: Vec::new() }, blocks: Vec::new() };
    let shared = Shared::default();
    if rows.line()? != b"{" || rows.line()? != format!("\"schema\": {SCHEMA},").as_bytes() {
        return None;
    }
    let mut head = Head::default();
    loop {
        let line = rows.line()?;
        let (key, value) = entry(&line)?;
        match (key, value) {
            (b"documents", b"[") if head.documents.is_none() => {
                let mut documents = Vec::new();
                let parsed = |text: &str| row(text, |saved: SavedDocument| Some(saved.read()));
                let read = |text: &str| part(text, |text| quick::document(text).or_else(|| parsed(text)));
                rows.list(read, |row| documents.push(row))?;
                head.documents = Some(documents);
            }
            (b"ambiguous", b"[") if head.ambiguous.is_empty() => {
                let read = |text: &str| part(text, |text| row(text, |saved| ambiguous::read(saved).ok()));
                rows.list(read, |row| head.ambiguous.push(row))?;
            }
            (b"nodes", b"[") if head.nodes.nodes.is_empty() => {
                let parsed = |text: &str| row(text, |saved: SavedNode| Some(saved.read(&shared)));
                let read = |text: &str| part(text, |text| quick::node(text, &shared).or_else(|| parsed(text)));
                rows.list(read, |row| head.nodes.push(row))?;
            }
            (b"edges", b"[") => return edges(rows, Assembly::new(head).ok()?, depth, &shared),
            (b"settings", value) => head.settings = serde_json::from_slice(value).ok()?,
            (b"corpus", value) => head.corpus = Some(serde_json::from_slice(value).ok()?),
            _ => {}
        }
    }
}

/// The ties, which are the end of the file.
fn edges(mut rows: Rows<impl Read + Send>, mut graph: Assembly, depth: Depth, shared: &Shared) -> Option<Report> {
    let places = std::mem::take(&mut graph.places);
    let place = |id: &str| places.get(id).map(|place| *place as usize);
    let read = |text: &str| {
        let (named, end) = part(text, |text| match depth {
            Depth::All => quick::edge(text, shared).or_else(|| row(text, |saved: SavedEdge| saved.read(shared).ok())),
            Depth::Counts => quick::counted(text).or_else(|| row(text, |saved: SavedCounts| saved.read().ok())),
        })?;
        // One after the other, so that the memory is asked for many at a time: it takes longer to answer than a row to be read.
        let ends = named.iter().map(|(a, b, ..)| Some((place(a)?, place(b)?))).collect::<Option<Vec<_>>>()?;
        let ties = named.into_iter().zip(ends).map(|((_, _, edge, kept), ends)| (ends, edge, kept));
        Some((ties.collect(), end))
    };
    rows.list(read, |((a, b), edge, kept)| graph.builder.add(a, b, edge, kept))?;
    let is_end = rows.line()? == b"}" && rows.line().is_none();
    is_end.then(|| graph.finish())
}

/// A row at the start of a text, as `read` has it, and how long it is there.
fn row<'t, S: Deserialize<'t>, T>(text: &'t str, read: impl FnOnce(S) -> Option<T>) -> Option<(T, usize)> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter();
    let saved = values.next()?.ok()?;
    Some((read(saved)?, values.byte_offset()))
}

/// Key and value of a line like `"key": value,`; the last comma may be missing.
fn entry(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let line = line.strip_prefix(b"\"")?;
    let end = line.iter().position(|&byte| byte == b'"')?;
    let value = line[end..].strip_prefix(b"\": ")?;
    Some((&line[..end], value.strip_suffix(b",").unwrap_or(value)))
}

/// The lines of a file.
struct Rows<R> {
    source: Source<R>,
    blocks: Vec<Block>,
}

/// Whole lines, with how much of them is read.
type Block = (Vec<u8>, usize);

/// Where the blocks come from.
struct Source<R> {
    from: R,
    /// About so many bytes are a block.
    size: usize,
    /// The beginning of the next line.
    rest: Vec<u8>,
}

/// Rows of a block, and where the list ends, if it does in this block.
type Part<T> = (Vec<T>, Option<usize>);

impl<R: Read + Send> Rows<R> {
    /// The next line without its end.
    fn line(&mut self) -> Option<Vec<u8>> {
        if self.blocks.is_empty() {
            self.blocks = self.source.blocks()?;
        }
        let (block, at) = self.blocks.first_mut()?;
        let length = block[*at..].iter().position(|&byte| byte == b'\n')?;
        let line = block[*at..*at + length].to_vec();
        *at += length + 1;
        if *at == block.len() {
            self.blocks.remove(0);
        }
        Some(line)
    }

    /// Reads the rows of a list with `part` up to its end and gives them to `take`, in order.
    fn list<T: Send>(
        &mut self,
        part: impl Fn(&str) -> Option<Part<T>> + Sync,
        mut take: impl FnMut(T) + Send,
    ) -> Option<()> {
        let mut done: Vec<Vec<T>> = Vec::new();
        loop {
            let mut held = std::mem::take(&mut self.blocks);
            let part = |(block, at): &Block| part(std::str::from_utf8(&block[*at..]).ok()?);
            let read = || held.par_iter().map(part).collect::<Vec<_>>();
            // What was read before is taken in the meantime, and the next blocks come from the disk.
            let meanwhile = || {
                std::mem::take(&mut done).into_iter().flatten().for_each(&mut take);
                self.source.blocks()
            };
            let (parts, next): (Vec<Option<Part<T>>>, _) = rayon::join(read, meanwhile);
            let mut next = next?;
            for (number, found) in parts.into_iter().enumerate() {
                let (rows, end) = found?;
                done.push(rows);
                let Some(at) = end else { continue };
                held.drain(..number);
                held[0].1 += at;
                if held[0].1 == held[0].0.len() {
                    held.remove(0);
                }
                held.append(&mut next);
                self.blocks = held;
                done.into_iter().flatten().for_each(take);
                return Some(());
            }
            if next.is_empty() {
                return None;
            }
            self.blocks = next;
        }
    }
}

/// The rows at the start of a text up to its end or that of the list.
fn part<'t, T>(text: &'t str, row: impl Fn(&'t str) -> Option<(T, usize)>) -> Option<Part<T>> {
    let mut rows = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if text[at..].starts_with(']') {
            let end = text[at..].strip_prefix("],\n").or_else(|| text[at..].strip_prefix("]\n"))?;
            return Some((rows, Some(text.len() - end.len())));
        }
        let (value, length) = row(&text[at..])?;
        rows.push(value);
        let behind = &text[at + length..];
        let next = behind.strip_prefix(",\n").or_else(|| behind.strip_prefix('\n'))?;
        at = text.len() - next.len();
    }
    Some((rows, None))
}

impl<R: Read> Source<R> {
    /// The next blocks; none at the end of the file. What cannot be read is left to who reads it again.
    fn blocks(&mut self) -> Option<Vec<Block>> {
        let mut blocks = Vec::new();
        while blocks.len() < BLOCKS {
            let mut block = std::mem::take(&mut self.rest);
            let line_end = loop {
                let before = block.len();
                let read = (&mut self.from).take(self.size as u64).read_to_end(&mut block).ok()?;
                if let Some(end) = block[before..].iter().rposition(|&byte| byte == b'\n') {
                    break before + end + 1;
                }
                if read == 0 {
                    break block.len();
                }
            };
            if block.is_empty() {
                break;
            }
            self.rest = block.split_off(line_end);
            blocks.push((block, 0));
        }
        Some(blocks)
    }
}
