//! Who stands with whom: counts for each entity and each pair, with the sentences that show them.
//!
//! Two meet in a unit: a sentence unless told otherwise. A unit that several documents have, copied, counts once in `n`, on
//! which every weight and test runs; `sentences` and `documents` are counted as they stand.

mod ambiguous;
mod clusters;
pub mod evidence;
mod meeting;
mod meetings;
mod places;
mod scenes;

use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;
use thin_vec::ThinVec;

use crate::log::{Log, Record};
use crate::model::{Ambiguous, Context, CorpusFigures, Date, DocumentInfo, EntityType, Spot, Unit};
use crate::unify::fold::Fold;
use crate::unify::{Corpus, CorpusDocument, CorpusEntity, units};
use ambiguous::Undecided;
use evidence::Chosen;
use meeting::{Meeting, Seen};
use meetings::TOGETHER;
use scenes::{Forms, Scene};

/// What counts as acting together.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether "Russian" counts for Russia.
    pub demonyms: bool,
    /// Contexts that tie besides plain text and headings (dateline, byline, attribution, role).
    pub contexts: Vec<Context>,
    /// At most this many sentences are kept as evidence of a pair, each with at most as many copies.
    pub evidence: usize,
    /// Where two must both stand to meet.
    pub unit: Unit,
    /// Whether every copy of a sentence counts.
    pub count_copies: bool,
}

/// So many sentences are kept as evidence of a pair unless told otherwise.
pub const EVIDENCE: usize = 5;

impl Default for Options {
    fn default() -> Options {
        Options { demonyms: true, contexts: Vec::new(), evidence: EVIDENCE, unit: Unit::Sentence, count_copies: false }
    }
}

/// Everything that was counted, by entity number ([`Corpus::entities`]).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ties {
    /// Figures of the whole corpus.
    pub figures: CorpusFigures,
    /// The documents, by id.
    pub documents: Vec<DocumentInfo>,
    /// Each entity of the corpus, by number.
    pub actors: Vec<Actor>,
    /// Each pair that shares a unit, sorted by its two numbers, the smaller first.
    pub pairs: Vec<Pair>,
    /// Names that nothing decides, the most frequent first: at most [`MOST_AMBIGUOUS`].
    pub ambiguous: Vec<Ambiguous>,
}

/// What was counted for one entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Stable id.
    pub id: Arc<str>,
    /// The name to show.
    pub name: Arc<str>,
    /// Its type.
    pub entity_type: EntityType,
    /// Mentions in all contexts.
    pub mentions: u64,
    /// Sentences that mention it, in any context.
    pub sentences: u64,
    /// Units in which it acts, copies folded: what every test and every weight counts.
    pub n: u64,
    /// Documents in which it acts.
    pub documents: u64,
    /// How often each written form occurs, in all contexts.
    pub aliases: BTreeMap<String, u64>,
    /// The entities inside its titles, by number, with how often.
    pub affiliations: BTreeMap<u32, u64>,
    /// Day of the first dated document in which it acts.
    pub first: Option<Date>,
    /// Day of the last one.
    pub last: Option<Date>,
    /// The part of `n` in dated documents by day, in order; a unit with copies is of the day of its first.
    pub days: Days,
}

/// Counts by day, in order of days.
pub type Days = Vec<(Date, u64)>;

/// What was counted for a pair: 112 bytes, for there may be ten million. Lists take room only where they hold something.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pair {
    /// The two entities, the smaller number first.
    pub entities: (u32, u32),
    /// Sentences in which both act.
    pub sentences: u64,
    /// Units in which both act, copies folded.
    pub n: u64,
    /// Documents with such a unit.
    pub documents: u64,
    /// The same, but documents that repeat units of each other in which both act, also over others, are one source.
    pub sources: u64,
    /// In how many of the units k entities act, both among them: k and units, in order.
    pub shared: ThinVec<(u32, u64)>,
    /// How many of the units rest on a mention that does not act, by its context, in order; of two the one that is later in
    /// [`Context`]. A unit of which a copy has both act is none of them.
    pub contexts: ThinVec<(Context, u64)>,
    /// How many pairs of sentences there are that stand 0, 1, … sentences apart in one document, of which one names the first
    /// entity and the other the second. An entity counts once in a sentence; two sentences whose copies stand near each other
    /// in other documents count once.
    pub near: [u64; WINDOW + 1],
    /// Day of the first dated document in which both act in one unit.
    pub first: Option<Date>,
    /// Day of the last one.
    pub last: Option<Date>,
    /// The part of `n` in dated documents by day, in order; a unit with copies is of the day of its first.
    pub days: ThinVec<(Date, u64)>,
    /// Some of these units, by document and place, none a copy of another.
    pub evidence: ThinVec<Evidence>,
}

/// exp(-d) for d from 0 to [`WINDOW`]: constants, so that they are the same on every machine.
const DECAY: [f64; WINDOW + 1] = [1.0, 0.367_879_441_171_442_33, 0.135_335_283_236_612_7, 0.049_787_068_367_863_944];

impl Pair {
    /// Sum over the units of 1/(k - 1), where k entities act in one: a unit is shared among those whom it ties.
    /// Newman, Phys. Rev. E 64, 016132 (2001).
    pub fn fractional(&self) -> f64 {
        self.shared.iter().map(|&(acting, units)| units as f64 / (f64::from(acting) - 1.0)).sum()
    }

    /// Sum of exp(-d) over the pairs of sentences d sentences apart ([`Pair::near`]). Spitz & Gertz, SIGIR 2016.
    pub fn decay(&self) -> f64 {
        self.near.iter().zip(DECAY).map(|(times, weight)| *times as f64 * weight).sum()
    }
}

/// A sentence that names both entities of a pair; in wider units also two sentences, one with each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The document's place in the order of ids.
    pub document: u32,
    /// Which sentence of it, from 0.
    pub sentence: u32,
    /// The same, or where the other entity stands in a later sentence, that one.
    pub last_sentence: u32,
    /// Its text, or the two texts with a blank between them, and an ellipsis if there is something between them.
    pub text: Arc<str>,
    /// Where the first entity stands in `text`.
    pub source: Spot,
    /// Where the second stands.
    pub target: Spot,
    /// Where copies of it stand: documents by their place in the order of ids, and sentences from 0.
    pub copies: ThinVec<(u32, u32)>,
}

pub use ambiguous::MOST_AMBIGUOUS;
pub use clusters::Clusters;

/// Sentences further apart than this do not count in [`Pair::near`].
pub const WINDOW: usize = 3;

/// Counts the entities and pairs of `corpus`. Cost: linear in the mentions, in the pairs in all units, and in those within
/// [`WINDOW`] sentences.
pub fn relate(corpus: &Corpus, options: &Options) -> Ties {
    in_parts(corpus, options, TOGETHER)
}

/// The same, with so many meetings in memory at a time.
fn in_parts(corpus: &Corpus, options: &Options, together: usize) -> Ties {
    let folds = Folds::new(corpus, options);
    let named = Named { numbers: None, actors: corpus.entities.iter().map(actor).collect(), entities: None };
    let counted = || (count(&corpus.documents, named, &folds, options, together), figures(corpus, &folds, options));
    let (((mut actors, mut pairs, choices), mut figures), written) =
        rayon::join(counted, || Written::of(corpus, options));
    drop(folds);
    let Written { forms, documents, words, undecided } = written;
    figures.words = words;
    for (actor, forms) in actors.iter_mut().zip(forms) {
        (actor.aliases, actor.affiliations) = (forms.aliases, forms.affiliations);
    }
    evidence::fetch(corpus.log, choices, &mut pairs);
    Ties { figures, documents, actors, pairs, ambiguous: undecided.rows(corpus.log) }
}

/// What only the texts and heads of the documents tell.
struct Written {
    /// Of each entity.
    forms: Vec<Forms>,
    documents: Vec<DocumentInfo>,
    words: u64,
    undecided: Undecided,
}

impl Written {
    /// Passes all documents once.
    fn of(corpus: &Corpus, options: &Options) -> Written {
        let mut written = Written {
            forms: vec![Forms::default(); corpus.entities.len()],
            documents: Vec::with_capacity(corpus.documents.len()),
            words: 0,
            undecided: Undecided::default(),
        };
        for ((id, record), known) in corpus.log.records().zip(&corpus.documents) {
            written.words += u64::from(record.document.words);
            scenes::count_forms(known, &record, options, &mut written.forms);
            written.undecided.count(written.documents.len() as u32, &record);
            written.documents.push(info(id, record, corpus.log));
        }
        written
    }
}

/// Who is counted.
struct Named {
    /// For each document the number of each mention's entity, where these are not those of the corpus.
    numbers: Option<Vec<Vec<Option<u32>>>>,
    /// Who has which number.
    actors: Vec<Actor>,
    /// Where several numbers are one entity: which one, by number.
    entities: Option<Vec<u32>>,
}

/// What was counted: the actors, the pairs in order of their numbers, and for each pair the units that are to be its evidence.
type Counted = (Vec<Actor>, Vec<Pair>, Vec<Chosen>);

/// Counts actors and pairs by their numbers; see [`meetings::each_part`].
fn count(documents: &[CorpusDocument], named: Named, folds: &Folds, options: &Options, together: usize) -> Counted {
    let Named { numbers, mut actors, entities } = named;
    let entity = |at: usize, mention: usize| match &numbers {
        Some(numbers) => numbers[at][mention],
        None => documents[at].mentions[mention].entity(),
    };
    let scene = |(at, document)| Scene::new(document, |mention| entity(at, mention), options);
    let scenes: Vec<Scene> = documents.par_iter().enumerate().map(scene).collect();
    let of_actors = || {
        for (at, document) in documents.iter().enumerate() {
            scenes::count_mentions(document, |mention| entity(at, mention), options, &mut actors);
        }
        scenes::count_units(&scenes, folds.units(), &mut actors);
    };
    let of_pairs = || {
        let (mut pairs, mut choices) = (Vec::new(), Vec::new());
        meetings::each_part((&scenes, folds, options.unit), entities.as_deref(), together, |meetings| {
            let pair = |place: usize| pair(&scenes, &meetings.at(place), folds, options);
            let (mut its, mut chosen) = (Vec::new(), Vec::new());
            (0..meetings.len()).into_par_iter().map(pair).unzip_into_vecs(&mut its, &mut chosen);
            pairs.push(its);
            choices.push(chosen);
        });
        (joined(pairs), joined(choices))
    };
    let ((pairs, choices), ()) = rayon::join(of_pairs, of_actors);
    (actors, pairs, choices)
}

/// The parts behind each other; one alone, as of most corpora, is not copied.
fn joined<T>(parts: Vec<Vec<T>>) -> Vec<T> {
    parts
        .into_iter()
        .reduce(|mut all, part| {
            all.extend(part);
            all
        })
        .unwrap_or_default()
}

/// Which units and which sentences are copies.
struct Folds<'c> {
    sentences: Cow<'c, Fold>,
    /// Of units that are more than a sentence.
    wider: Option<Fold>,
}

impl Folds<'_> {
    fn new<'c>(corpus: &'c Corpus, options: &Options) -> Folds<'c> {
        let sentences = if options.count_copies {
            let sizes: Vec<usize> = corpus.documents.iter().map(|document| document.sentences as usize).collect();
            Cow::Owned(Fold::plain(&sizes))
        } else {
            Cow::Borrowed(&corpus.sentences)
        };
        let wider = (options.unit != Unit::Sentence).then(|| units::fold(options.unit, &corpus.documents, &sentences));
        Folds { sentences, wider }
    }

    fn units(&self) -> &Fold {
        self.wider.as_ref().unwrap_or(&self.sentences)
    }
}

fn actor(entity: &CorpusEntity) -> Actor {
    Actor {
        id: entity.id.clone(),
        name: entity.name.clone(),
        entity_type: entity.entity_type.clone(),
        mentions: 0,
        sentences: 0,
        n: 0,
        documents: 0,
        aliases: BTreeMap::new(),
        affiliations: BTreeMap::new(),
        first: None,
        last: None,
        days: Vec::new(),
    }
}

fn info(id: &str, record: Record, log: &Log) -> DocumentInfo {
    let source = record.source(log).map(str::to_owned);
    DocumentInfo { id: id.to_owned(), title: record.document.title, date: record.document.date, source }
}

/// Figures of the corpus, but for its words.
fn figures(corpus: &Corpus, folds: &Folds, options: &Options) -> CorpusFigures {
    let documents = &corpus.documents;
    let sum = |count: fn(&CorpusDocument) -> usize| documents.iter().map(|document| count(document) as u64).sum();
    let dates = || documents.iter().filter_map(|document| document.date);
    CorpusFigures {
        documents: documents.len() as u64,
        sentences: sum(|document| document.sentences as usize),
        unit: options.unit,
        units: folds.units().count(),
        copies: folds.sentences.copies(),
        words: 0,
        mentions: sum(|document| document.mentions.len()),
        abstained: sum(|document| document.mentions.iter().filter(|mention| mention.entity().is_none()).count()),
        partial: documents.iter().any(|document| document.is_partial()),
        dates: dates().min().zip(dates().max()),
    }
}

fn pair(scenes: &[Scene], meeting: &Meeting, folds: &Folds, options: &Options) -> (Pair, Chosen) {
    let folded = meeting.folded(folds.units());
    let date = |seen: &Seen| scenes[seen.document as usize].document.date;
    let dates = || meeting.seen.iter().filter_map(date);
    let pair = Pair {
        entities: meeting.entities,
        sentences: meeting.sentences(options.unit),
        n: folded.len() as u64,
        documents: meeting.documents(),
        sources: meeting.sources(&folded),
        shared: meeting::shared(&folded),
        contexts: meeting::contexts(&folded),
        near: meeting.near(folded.len() as u64, options.unit),
        first: dates().min(),
        last: dates().max(),
        days: meeting::counted(folded.iter().filter_map(|copies| copies.iter().filter_map(date).min())),
        evidence: ThinVec::new(),
    };
    (pair, evidence::chosen(scenes, &folded, options.evidence))
}

#[cfg(test)]
mod tests;
