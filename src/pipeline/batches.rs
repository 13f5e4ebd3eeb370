//! How documents come from their sources to the stages: some at a time, on all threads, in bounded memory.

use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::{Reader, Reading, read_together};
use crate::error::{Result, Warning};
use crate::model::Document;
use crate::read::{Item, Source};

/// Reads every source and hands the documents to `take`, some at a time, in any order, from several threads. Returns what was
/// wrong, sorted, each with the place it happened at. `progress` is told the bytes of every source when it is done.
pub fn each_document(
    sources: &[Source],
    progress: &(dyn Fn(u64) + Sync),
    take: &(dyn Fn(Vec<Item>) + Sync),
) -> Vec<Warning> {
    let read = |sources: Vec<&Source>| {
        let warnings = match sources[..] {
            [source] => read_in_batches(source, take),
            _ => {
                let mut items = Vec::new();
                let warnings = sources.iter().flat_map(|source| source.read(&mut |item| items.push(item))).collect();
                take(items);
                warnings
            }
        };
        sources.iter().for_each(|source| progress(source.size()));
        warnings
    };
    let mut warnings: Vec<Warning> = groups_of(sources).into_par_iter().flat_map_iter(read).collect();
    warnings.sort();
    warnings
}

/// Sources that are taken apart together. Those of unknown size (standard input, a pipe) are alone.
fn groups_of(sources: &[Source]) -> Vec<Vec<&Source>> {
    shares(sources.iter().collect(), |source| source.size().wrapping_sub(1))
}

/// While some batches are taken apart the next is read; one that is full before one of these is done is taken apart by this thread
/// too.
fn read_in_batches(source: &Source, take: &(dyn Fn(Vec<Item>) + Sync)) -> Vec<Warning> {
    let bytes = |item: &Item| match item {
        Item::Text(document) => document.text.len(),
        Item::Marked(marked) => marked.document.text.len(),
    };
    let all = |items: Vec<Item>| shares(items, |item| bytes(item) as u64).into_par_iter().for_each(take);
    /// With one alone the other threads had nothing to do while the next was read, if this one had helped to end it: a sixth of the
    /// time of two threads.
    const AHEAD: usize = 2;
    let (mut batch, waiting) = (Batch::new(), AtomicUsize::new(0));
    rayon::scope(|scope| {
        let (all, waiting) = (&all, &waiting);
        let warnings = source.read(&mut |item| {
            let bytes = bytes(&item);
            if !batch.add(item, bytes) {
                return;
            }
            let items = batch.take();
            if waiting.load(Ordering::Acquire) == AHEAD {
                return all(items);
            }
            waiting.fetch_add(1, Ordering::AcqRel);
            scope.spawn(move |_| {
                all(items);
                waiting.fetch_sub(1, Ordering::AcqRel);
            });
        });
        all(batch.take());
        warnings
    })
}

/// Reads every source and hands each reading to `take`, in order of the sources and of the documents in them. Documents are
/// taken apart in parallel, a part of a large source or many small sources at a time.
///
/// # Errors
/// `take` fails; nothing more is taken apart then.
pub fn read_in_order(
    sources: &[Source],
    reader: &Reader,
    take: &mut dyn FnMut(Reading) -> Result<()>,
) -> Result<Vec<Warning>> {
    /// So many small sources are held at once, for each thread.
    const TOGETHER: usize = 64;
    /// A source up to so many bytes is held in memory as a whole.
    const SMALL: u64 = 4 << 20;
    let is_small = |source: &&Source| matches!(source, Source::File(_)) && source.size() <= SMALL;
    let (mut warnings, mut rest) = (Vec::new(), sources);
    while let [first, ..] = rest {
        let small = rest.iter().take(TOGETHER * rayon::current_num_threads()).take_while(is_small).count();
        if small == 0 {
            warnings.extend(read_in_parts(first, reader, take)?);
        }
        let read = |sources: Vec<&Source>| {
            let mut documents = Vec::new();
            let texts = |source: &&Source| read_texts(source, &mut |document| documents.push(document));
            let warnings = sources.iter().flat_map(texts).collect();
            (read_all(documents, reader), warnings)
        };
        let read: Vec<(Vec<Reading>, Vec<Warning>)> = groups_of(&rest[..small]).into_par_iter().map(read).collect();
        for (readings, faults) in read {
            warnings.extend(faults);
            readings.into_iter().try_for_each(&mut *take)?;
        }
        rest = &rest[small.max(1)..];
    }
    Ok(warnings)
}

/// As [`read_in_order`], for one source that is not held in memory as a whole.
fn read_in_parts(
    source: &Source,
    reader: &Reader,
    take: &mut dyn FnMut(Reading) -> Result<()>,
) -> Result<Vec<Warning>> {
    let (mut part, mut done) = (Batch::new(), Ok(()));
    let mut take_apart = |part: Vec<Document>| read_all(part, reader).into_iter().try_for_each(&mut *take);
    let warnings = read_texts(source, &mut |document| {
        if done.is_err() {
            return;
        }
        let bytes = document.text.len();
        if part.add(document, bytes) {
            done = take_apart(part.take());
        }
    });
    done?;
    take_apart(part.take())?;
    Ok(warnings)
}

/// Hands the documents of a source that have a text to `take`.
fn read_texts(source: &Source, take: &mut dyn FnMut(Document)) -> Vec<Warning> {
    let mut without_text = 0;
    let mut warnings = source.read(&mut |item| match item {
        Item::Text(document) => take(document),
        Item::Marked(_) => without_text += 1,
    });
    if without_text > 0 {
        warnings.push(Warning::new(source.name(), "mentions; expected texts").way_out("it was left out"));
    }
    warnings
}

/// Takes documents apart on all threads, and keeps their order.
fn read_all(documents: Vec<Document>, reader: &Reader) -> Vec<Reading> {
    let read = |documents: Vec<Document>| {
        let mut readings = Vec::with_capacity(documents.len());
        read_together(documents, reader, &mut |reading| readings.push(reading));
        readings
    };
    shares(documents, |document| document.text.len() as u64).into_par_iter().flat_map_iter(read).collect()
}

/// How many of so many bytes of text are one thread's at a time. The names of the lists are found in all of them first, with their
/// table at hand; of less text there are shares for all threads.
fn share(total: u64) -> u64 {
    const SHARE: u64 = 128 << 10;
    (total / (4 * rayon::current_num_threads() as u64)).clamp(AT_HAND, SHARE)
}

/// So many bytes of text, with what is found in them (twenty times as much), stay in the cache of a core.
pub const AT_HAND: u64 = 16 << 10;

/// Items that a thread takes at a time, in order.
fn shares<T>(items: Vec<T>, size: impl Fn(&T) -> u64) -> Vec<Vec<T>> {
    let total = items.iter().map(&size).fold(0, u64::saturating_add);
    groups(items, share(total), size)
}

/// What is together about so large, in order.
pub fn groups<T>(items: impl IntoIterator<Item = T>, together: u64, size: impl Fn(&T) -> u64) -> Vec<Vec<T>> {
    let (mut groups, mut group, mut bytes) = (Vec::new(), Vec::new(), 0u64);
    for item in items {
        bytes = bytes.saturating_add(size(&item));
        if bytes > together && !group.is_empty() {
            groups.push(std::mem::take(&mut group));
            bytes = size(&item);
        }
        group.push(item);
    }
    groups.extend(Some(group).filter(|group| !group.is_empty()));
    groups
}

/// Documents that are taken apart together: a source of millions is never in memory as a whole.
struct Batch<T> {
    items: Vec<T>,
    bytes: usize,
    /// So many bytes of text are enough.
    full: usize,
}

impl<T> Batch<T> {
    fn new() -> Batch<T> {
        /// So many bytes of text keep a thread busy for a while, and what is found in them is still in the caches when it is
        /// written: with 4 MB the time was a tenth more.
        const EACH: usize = 512 << 10;
        Batch { items: Vec::new(), bytes: 0, full: EACH * rayon::current_num_threads() }
    }

    /// Adds a document with so many bytes of text; whether the batch is full now.
    fn add(&mut self, item: T, bytes: usize) -> bool {
        self.bytes += bytes;
        self.items.push(item);
        self.bytes >= self.full
    }

    /// Its documents; it is empty then.
    fn take(&mut self) -> Vec<T> {
        self.bytes = 0;
        std::mem::take(&mut self.items)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_keep_the_order_and_are_bounded_but_for_what_is_large_alone() {
        let sizes = [1, 2, 16 << 10, 1, 8 << 10, 8 << 10, u64::MAX, 0, 0, u64::MAX];
        let grouped = groups(sizes, 16 << 10, |size| *size);
        assert_eq!(grouped.concat(), sizes);
        assert!(grouped.iter().all(|group| group.len() == 1 || group.iter().sum::<u64>() <= 16 << 10));
        assert_eq!(grouped.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1, 2, 1, 1, 2, 1]);
        assert!(groups([], 1, |size| *size).is_empty());
    }
}
