//! The order of the stages: the only module that knows it.
//!
//! Documents are read and taken apart in parallel; each becomes a [`LogDocument`]. The log is then unified, related and turned
//! into the graph. The result depends on the inputs and settings alone, not on threads or the order of files.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use rayon::prelude::*;

use crate::error::{Error, Result, Warning};
use crate::find::{Hit, Matcher};
use crate::gazetteer::Gazetteer;
use crate::graph::EntityGraph;
use crate::graph::weights::Weight;
use crate::log::{Log, LogDocument, file};
use crate::measure::stability;
use crate::model::{Document, Mention, Span};
use crate::read::{Item, Source};
use crate::recognize::{self, recognize};
use crate::relate::{self, Clusters, Ties};
use crate::resolve::resolve;
use crate::text::sentences;
use crate::unify::Corpus;

/// A document with its sentences and the mentions in them.
#[derive(Debug)]
pub struct Reading {
    /// The document.
    pub document: Document,
    /// Its sentences, in order.
    pub sentences: Vec<Span>,
    /// Its mentions, in order.
    pub mentions: Vec<Mention>,
}

/// What every document is read with. Shared by all threads.
pub struct Reader<'g> {
    /// The names of the lists.
    pub matcher: Matcher<'g>,
    /// Which rules find further names.
    pub recognize: recognize::Options,
}

impl<'g> Reader<'g> {
    /// A reader with the names of `gazetteer` and all rules.
    pub fn new(gazetteer: &'g Gazetteer) -> Reader<'g> {
        Reader { matcher: Matcher::new(gazetteer), recognize: recognize::Options::default() }
    }

    /// What decides what is found in a document, besides its text: the program (its version, and a hash of the code and word
    /// lists that read), the names and the rules.
    pub fn settings(&self) -> file::Settings {
        let mut without = self.recognize.without.clone();
        without.sort();
        without.dedup();
        let recognize = match (self.recognize.lists_only, &without[..]) {
            (true, _) => "no".to_owned(),
            (false, []) => "yes".to_owned(),
            (false, without) => format!("without {}", without.join(",")),
        };
        file::Settings::from([
            ("program".to_owned(), format!("actant {} {}", env!("CARGO_PKG_VERSION"), env!("ACTANT_READING"))),
            ("names".to_owned(), format!("{:016x}", self.matcher.gazetteer().digest())),
            ("recognize".to_owned(), recognize),
        ])
    }
}

/// Takes one document apart: sentences, names, entities. Pure.
///
/// ```
/// use actant::{gazetteer::Gazetteer, model::Document, pipeline};
/// let gazetteer = Gazetteer::builtin();
/// let document = Document { text: "Putin called. Russia waited.".into(), ..Document::default() };
/// let reading = pipeline::read(document, &pipeline::Reader::new(&gazetteer));
/// assert_eq!((reading.sentences.len(), reading.mentions.len()), (2, 2));
/// ```
pub fn read(document: Document, reader: &Reader) -> Reading {
    let Reader { matcher, recognize: options } = reader;
    let mut hits = matcher.find(&document.text);
    hits.retain(|hit| hit.span.start as usize >= document.body);
    let sentences = join_across(sentences(&document.text, document.body), &hits);
    let names = recognize(&document, &sentences, &hits, matcher.gazetteer(), options);
    // Room for the mentions.
    drop(hits);
    let mentions = resolve(&document, &sentences, &names, matcher.gazetteer());
    Reading { document, sentences, mentions }
}

/// Joins two sentences where a name goes on over the break between them: the break was that of a line only.
fn join_across(sentences: Vec<Span>, hits: &[Hit]) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::with_capacity(sentences.len());
    let mut hits = hits.iter().peekable();
    for span in sentences {
        while hits.next_if(|hit| hit.span.end <= span.start).is_some() {}
        match (joined.last_mut(), hits.peek()) {
            (Some(last), Some(hit)) if hit.span.start < last.end && hit.span.end > span.start => last.end = span.end,
            _ => joined.push(span),
        }
    }
    joined
}

/// What takes a document that was just read, with its id.
pub type Keep<'a> = &'a (dyn Fn(&str, &LogDocument) + Sync);

/// What the log keeps of a document, with its id; what has not changed is taken from `saved`, what is read goes to `keep` too.
fn entry(item: Item, saved: &Log, reader: &Reader, keep: Keep) -> (String, LogDocument) {
    match item {
        Item::Marked(mut marked) => {
            name_entities(&mut marked.mentions, reader.matcher.gazetteer());
            (marked.document.id.clone(), LogDocument::marked(marked))
        }
        Item::Text(document) => match saved.same(&document) {
            Some(known) => (document.id, known),
            None => {
                let reading = read(document, reader);
                let entry = LogDocument::new(&reading.document, &reading.sentences, reading.mentions);
                keep(&reading.document.id, &entry);
                (reading.document.id, entry)
            }
        },
    }
}

/// Makes the ids of entities that have a name only, as those of names found by rule are made.
fn name_entities(mentions: &mut [Mention], gazetteer: &Gazetteer) {
    for mention in mentions {
        let Some(key) = mention.entity.as_mut().filter(|key| key.id.is_empty()) else { continue };
        key.id = gazetteer.id_for(&key.name, &mention.entity_type).into();
        mention.entity.take_if(|key| key.id.is_empty());
    }
}

/// So many bytes of text keep all threads busy for a while.
const FULL: usize = 4 << 20;

/// Documents that are taken apart together: a source of millions is never in memory as a whole.
struct Batch<T> {
    items: Vec<T>,
    bytes: usize,
}

impl<T> Batch<T> {
    fn new() -> Batch<T> {
        Batch { items: Vec::new(), bytes: 0 }
    }

    /// Adds a document with so many bytes of text; whether the batch is full now.
    fn add(&mut self, item: T, bytes: usize) -> bool {
        self.bytes += bytes;
        self.items.push(item);
        self.bytes >= FULL
    }

    /// Its documents; it is empty then.
    fn take(&mut self) -> Vec<T> {
        self.bytes = 0;
        std::mem::take(&mut self.items)
    }
}

/// Reads every source and hands each document to `take`, in any order, from several threads. Returns what was wrong, sorted,
/// each with the place it happened at. `progress` is told the bytes of every source when it is done.
fn each_document(sources: &[Source], progress: &(dyn Fn(u64) + Sync), take: &(dyn Fn(Item) + Sync)) -> Vec<Warning> {
    let mut warnings: Vec<Warning> = sources
        .par_iter()
        .flat_map_iter(|source| {
            let warnings = read_in_batches(source, take);
            progress(source.size());
            warnings
        })
        .collect();
    warnings.sort();
    warnings
}

/// While one batch is taken apart the next is read; one that is full before that is done is taken apart by this thread too.
fn read_in_batches(source: &Source, take: &(dyn Fn(Item) + Sync)) -> Vec<Warning> {
    let all = |items: Vec<Item>| items.into_par_iter().for_each(take);
    let (mut batch, busy) = (Batch::new(), AtomicBool::new(false));
    let bytes = |item: &Item| match item {
        Item::Text(document) => document.text.len(),
        Item::Marked(marked) => marked.document.text.len(),
    };
    rayon::scope(|scope| {
        let (all, busy) = (&all, &busy);
        let warnings = source.read(&mut |item| {
            let bytes = bytes(&item);
            if !batch.add(item, bytes) {
                return;
            }
            let items = batch.take();
            if busy.swap(true, Ordering::AcqRel) {
                return all(items);
            }
            scope.spawn(move |_| {
                all(items);
                busy.store(false, Ordering::Release);
            });
        });
        all(batch.take());
        warnings
    })
}

/// Reads every source and hands each reading to `take`, in order of the sources and of the documents in them. Documents are
/// taken apart in parallel, some megabytes of a large source or many small sources at a time.
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
    let is_small = |source: &&Source| matches!(source, Source::File(_)) && source.size() <= FULL as u64;
    let (mut warnings, mut rest) = (Vec::new(), sources);
    while let [first, ..] = rest {
        let small = rest.iter().take(TOGETHER * rayon::current_num_threads()).take_while(is_small).count();
        if small == 0 {
            warnings.extend(read_in_parts(first, reader, take)?);
        }
        let read_one = |source: &Source| {
            let mut documents = Vec::new();
            let warnings = read_texts(source, &mut |document| documents.push(document));
            (documents.into_par_iter().map(|document| read(document, reader)).collect(), warnings)
        };
        let read: Vec<(Vec<Reading>, Vec<Warning>)> = rest[..small].par_iter().map(read_one).collect();
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
    let mut take_apart = |part: Vec<Document>| {
        let readings: Vec<Reading> = part.into_par_iter().map(|document| read(document, reader)).collect();
        readings.into_iter().try_for_each(&mut *take)
    };
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

/// The log of everything in `sources`, with what was wrong on the way. `progress` is told the bytes of every source when it is
/// done.
///
/// # Errors
/// Not one document could be read.
pub fn log(sources: &[Source], reader: &Reader, progress: &(dyn Fn(u64) + Sync)) -> Result<(Log, Vec<Warning>)> {
    update(&Log::default(), sources, reader, progress, &|_, _| ())
}

/// The same log as [`log`] makes. Documents that `saved` has with the same id, text, title, day and source are taken from it,
/// and their text is only hashed; `saved` must have been read with the same [`Reader::settings`]. Every other document with a
/// text is shown to `keep`, from several threads.
///
/// # Errors
/// Not one document could be read.
pub fn update(
    saved: &Log,
    sources: &[Source],
    reader: &Reader,
    progress: &(dyn Fn(u64) + Sync),
    keep: Keep,
) -> Result<(Log, Vec<Warning>)> {
    let log = Mutex::new(Log::default());
    let mut warnings = each_document(sources, progress, &|item| {
        let (id, entry) = entry(item, saved, reader, keep);
        Log::append_shared(&log, id, entry);
    });
    let log = log.into_inner().expect("no reader panics while it holds the log");
    warnings.extend(log.clashes());
    warnings.sort();
    if log.is_empty() {
        let error = Error::new("", "no document could be read");
        return Err(match warnings.first() {
            Some(warning) => error.way_out(warning),
            None => error,
        });
    }
    Ok((log, warnings))
}

/// The graph of a log.
pub fn graph(log: &Log, options: &relate::Options) -> EntityGraph {
    graph_of(ties(log, options))
}

/// What is counted of a log, on all threads.
pub fn ties(log: &Log, options: &relate::Options) -> Ties {
    relate::relate(&Corpus::unify(log), options)
}

/// The graph of what was counted, most of it on one thread.
pub fn graph_of(ties: Ties) -> EntityGraph {
    EntityGraph::from_ties(ties)
}

/// The documents of a log in clusters, from which other corpora can be drawn.
pub fn clusters(log: &Log, options: &relate::Options) -> Clusters {
    Clusters::new(&Corpus::unify(log), options)
}

/// The graph of a corpus that has each cluster so often, with `weight` in use and no other.
pub fn drawn(clusters: &Clusters, times: &[u32], weight: &'static Weight) -> EntityGraph {
    EntityGraph::from_ties_by(clusters.drawn(times), weight)
}

/// What `look` sees in the graphs of so many corpora, drawn from the clusters with replacement; in order of draws, which are the
/// same every time. Draws run in parallel.
pub fn draws<T: Send>(
    clusters: &Clusters,
    weight: &'static Weight,
    count: usize,
    look: &(dyn Fn(&EntityGraph) -> T + Sync),
) -> Vec<T> {
    let graph = |draw| drawn(clusters, &stability::times(draw, clusters.len()), weight);
    (0..count as u64).into_par_iter().map(|draw| look(&graph(draw))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_over_a_line_break_joins_its_sentences() {
        let gazetteer = Gazetteer::builtin();
        let text = "He met Vladimir\nPutin yesterday.\nA heading\nThen he left.";
        let document = Document { text: text.into(), ..Document::default() };
        let reading = read(document, &Reader::new(&gazetteer));
        let found: Vec<&str> = reading.sentences.iter().map(|s| s.of(text)).collect();
        assert_eq!(found, ["He met Vladimir\nPutin yesterday.", "A heading", "Then he left."]);
    }
}
