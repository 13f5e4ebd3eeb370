//! The order of the stages: the only module that knows it.
//!
//! Documents are read and taken apart in parallel; each becomes a [`LogDocument`]. The log is then unified, related and turned
//! into the graph. The result depends on the inputs and settings alone, not on threads or the order of files.

mod batches;

use std::sync::Mutex;

use rayon::prelude::*;

use crate::error::{Error, Result, Warning};
use crate::find::{Finder, Hit, Matcher};
use crate::gazetteer::Gazetteer;
use crate::graph::EntityGraph;
use crate::graph::weights::Weight;
use crate::log::{Log, LogDocument, Packed, file};
use crate::measure::stability;
use crate::model::{Apart, Document, Mention, Span};
use crate::read::{Item, Source};
use crate::recognize::{self, recognize};
use crate::relate::{self, Clusters, Ties};
use crate::resolve::resolve;
use crate::text::sentences;
use crate::unify::Corpus;
use batches::each_document;
pub use batches::read_in_order;

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
    let mut readings = Vec::new();
    read_together(vec![document], reader, &mut |reading| readings.push(reading));
    readings.remove(0)
}

/// Takes each of some documents apart and hands the readings to `take`, in order. The names of all lists are found in all documents
/// first: their table is larger than what a processor keeps at hand, and so is what the stages behind do.
fn read_together(documents: Vec<Document>, reader: &Reader, take: &mut dyn FnMut(Reading)) {
    let mut finder = Finder::new(&reader.matcher);
    let find = |document: Document| {
        let mut hits = finder.find(&document.text);
        hits.retain(|hit| hit.span.start as usize >= document.body);
        (document, hits)
    };
    let found: Vec<(Document, Vec<Hit>)> = documents.into_iter().map(find).collect();
    let groups = batches::groups(found, batches::AT_HAND, |(document, _)| document.text.len() as u64);
    groups.into_iter().flat_map(|group| take_apart(group, reader)).for_each(take);
}

/// Takes documents apart in which the names of the lists were found, all through one stage before any goes to the next: a stage's
/// code is larger than what a processor keeps at hand.
fn take_apart(found: Vec<(Document, Vec<Hit>)>, reader: &Reader) -> Vec<Reading> {
    let gazetteer = reader.matcher.gazetteer();
    let (documents, hits): (Vec<Document>, Vec<Vec<Hit>>) = found.into_iter().unzip();
    let cut = |(document, hits): (&Document, &Vec<Hit>)| join_across(sentences(&document.text, document.body), hits);
    let sentences: Vec<Vec<Span>> = documents.iter().zip(&hits).map(cut).collect();
    let names = recognize(&apart(&documents, &sentences, &hits), gazetteer, &reader.recognize);
    // Room for the mentions.
    drop(hits);
    let mentions = resolve(&apart(&documents, &sentences, &names), gazetteer);
    let readings = documents.into_iter().zip(sentences).zip(mentions);
    readings.map(|((document, sentences), mentions)| Reading { document, sentences, mentions }).collect()
}

/// The documents with their sentences, and what was found in them.
fn apart<'d, T>(documents: &'d [Document], sentences: &'d [Vec<Span>], found: &'d [Vec<T>]) -> Vec<Apart<'d, T>> {
    let parts = documents.iter().zip(sentences).zip(found);
    parts.map(|((document, sentences), found)| Apart { document, sentences, found }).collect()
}

/// Joins two sentences where a name goes on over the break between them: the break was that of a line only.
fn join_across(mut sentences: Vec<Span>, hits: &[Hit]) -> Vec<Span> {
    let mut hits = hits.iter().peekable();
    sentences.dedup_by(|span, last| {
        while hits.next_if(|hit| hit.span.end <= span.start).is_some() {}
        let goes_on = hits.peek().is_some_and(|hit| hit.span.start < last.end && hit.span.end > span.start);
        if goes_on {
            last.end = span.end;
        }
        goes_on
    });
    sentences
}

/// What takes a document that was just read and is in the log now, with its id.
pub type Keep<'a> = &'a (dyn Fn(&Mutex<Log>, String, Packed) + Sync);

/// Adds some documents to a log beside `saved`: what has not changed is taken from there, what is read goes to `keep` too.
fn take_in(items: Vec<Item>, saved: &Log, reader: &Reader, log: &Mutex<Log>, keep: Keep) {
    let mut unread = Vec::new();
    for item in items {
        match item {
            Item::Marked(mut marked) => {
                name_entities(&mut marked.mentions, reader.matcher.gazetteer());
                let id = marked.document.id.clone();
                Log::append_shared(log, &id, LogDocument::marked(marked));
            }
            Item::Text(document) => match saved.same(&document) {
                Some(known) => log.lock().expect(UNHURT).take(&document.id, &known),
                None => unread.push(document),
            },
        }
    }
    let mut entries = Vec::with_capacity(unread.len());
    read_together(unread, reader, &mut |Reading { document, sentences, mentions }| {
        let entry = LogDocument::new(&document, &sentences, mentions);
        entries.push((document.id, entry));
    });
    for (id, entry) in entries {
        let packed = Log::append_shared(log, &id, entry);
        keep(log, id, packed);
    }
}

/// Why the log is there to be had.
const UNHURT: &str = "no reader panics while it holds the log";

/// Makes the ids of entities that have a name only, as those of names found by rule are made.
fn name_entities(mentions: &mut [Mention], gazetteer: &Gazetteer) {
    for mention in mentions {
        let Some(key) = mention.entity.as_mut().filter(|key| key.id.is_empty()) else { continue };
        key.id = gazetteer.id_for(&key.name, &mention.entity_type).into();
        mention.entity.take_if(|key| key.id.is_empty());
    }
}

/// The log of everything in `sources`, with what was wrong on the way. `progress` is told the bytes of every source when it is
/// done.
///
/// # Errors
/// Not one document could be read.
pub fn log(sources: &[Source], reader: &Reader, progress: &(dyn Fn(u64) + Sync)) -> Result<(Log, Vec<Warning>)> {
    update(&Log::default(), sources, reader, progress, &|_, _, _| ())
}

/// The same log as [`log`] makes. Documents that `saved` has with the same id, text, title, day and source are taken from it,
/// and their text is only hashed; `saved` must have been read with the same [`Reader::settings`]. Every other document with a
/// text goes to `keep` when it is in the log, from several threads.
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
    let log = Mutex::new(saved.beside());
    let mut warnings = each_document(sources, progress, &|items| take_in(items, saved, reader, &log, keep));
    let log = log.into_inner().expect(UNHURT);
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

    #[test]
    fn documents_taken_apart_together_say_nothing_about_each_other() {
        let gazetteer = Gazetteer::builtin();
        // Each has a word that another one would decide: a surname, an organization's last word, a type, an acronym.
        let texts = [
            "Zoltan Averidge met Mark Rutte. Averidge left.",
            "Averidge said no, Rutte yes.",
            "",
            "The Velmora Foundation (VLF) gave money to Brenwick, a town in Ohio.",
            "The Foundation gave more. Brenwick was glad of VLF.\n\nAVERIDGE WINS",
        ];
        let document = |text: &&str| Document { text: (*text).into(), ..Document::default() };
        let documents: Vec<Document> = texts.iter().map(document).collect();
        let parts = |reading: Reading| (reading.document, reading.sentences, reading.mentions);
        for lists_only in [false, true] {
            let mut reader = Reader::new(&gazetteer);
            reader.recognize.lists_only = lists_only;
            let alone: Vec<_> = documents.iter().map(|document| parts(read(document.clone(), &reader))).collect();
            let mut together = Vec::new();
            read_together(documents.clone(), &reader, &mut |reading| together.push(parts(reading)));
            assert_eq!(together, alone);
            // As one document they do.
            let text = texts.join("\n\n");
            let joined = read(Document { text, ..Document::default() }, &reader);
            let count: usize = alone.iter().map(|(.., mentions)| mentions.len()).sum();
            assert!(count > 0 && (lists_only || joined.mentions.len() > count), "{count}");
        }
    }
}
