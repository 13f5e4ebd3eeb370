//! Who stands with whom: counts for each entity and each pair, with the sentences that show them.

mod ambiguous;

use std::collections::BTreeMap;
use std::sync::Arc;

use foldhash::HashMap;

use crate::log::{LogDocument, LogMention};
use crate::model::{Ambiguous, Context, CorpusFigures, Date, DocumentInfo, EntityType, Kind, Rule, Span};
use crate::unify::{Corpus, CorpusEntity};

/// What counts as acting together.
#[derive(Clone, Debug)]
pub struct Options {
    /// Whether "Russian" counts for Russia.
    pub demonyms: bool,
    /// Contexts that tie besides plain text and headings (dateline, byline, attribution, role).
    pub contexts: Vec<Context>,
    /// At most this many sentences are kept as evidence of a pair.
    pub evidence: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options { demonyms: true, contexts: Vec::new(), evidence: 25 }
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
    /// Each pair that shares a sentence, sorted by its two numbers, the smaller first.
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
    /// Units in which it acts: what every test and every weight counts. A unit is a sentence.
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
}

/// What was counted for a pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The two entities, the smaller number first.
    pub entities: (u32, u32),
    /// Sentences in which both act.
    pub sentences: u64,
    /// Units in which both act. A unit is a sentence.
    pub n: u64,
    /// Documents with such a sentence.
    pub documents: u64,
    /// Sum over these units of 1/(k - 1), where k entities act in one: a unit is shared among those whom it ties.
    /// Newman, Phys. Rev. E 64, 016132 (2001).
    pub fractional: f64,
    /// Sum of exp(-d) over the pairs of units, at most [`WINDOW`] sentences apart in one document, of which one names the
    /// first entity and the other the second; d is their distance in sentences, 0 for the same one. An entity counts once
    /// in a sentence. Spitz & Gertz, SIGIR 2016.
    pub decay: f64,
    /// Some of these sentences, by document and place.
    pub evidence: Vec<Evidence>,
}

/// A sentence that names both entities of a pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The document's place in the order of ids.
    pub document: u32,
    /// Which sentence of it, from 0.
    pub sentence: u32,
    /// Its text.
    pub text: Box<str>,
    /// Where the first entity stands in `text`, and the rule that linked it.
    pub source: (Span, Rule),
    /// Where the second stands.
    pub target: (Span, Rule),
}

pub use ambiguous::MOST_AMBIGUOUS;

/// Sentences further apart than this do not add to [`Pair::decay`].
pub const WINDOW: usize = 3;

/// exp(-d) for d from 1 to [`WINDOW`]: constants, so that they are the same on every machine.
const DECAY: [f64; WINDOW] = [0.367_879_441_171_442_33, 0.135_335_283_236_612_7, 0.049_787_068_367_863_944];

/// An entity that acts in a line, with its first mention there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Acting {
    line: u32,
    entity: u32,
    mention: u32,
}

/// Where a pair was seen: document, line, how many act there, and the two mentions.
#[derive(Clone, Copy)]
struct Seen {
    document: u32,
    line: u32,
    acting: u32,
    mentions: (u32, u32),
}

/// What is gathered for a pair.
#[derive(Default)]
struct Meetings {
    /// Where they share a sentence, in order.
    seen: Vec<Seen>,
    /// How often they stand 1, 2, … sentences apart.
    apart: [u64; WINDOW],
}

/// Counts the entities and pairs of `corpus`. Cost: linear in the mentions, and in the pairs within [`WINDOW`] sentences.
pub fn relate(corpus: &Corpus, options: &Options) -> Ties {
    let documents: Vec<(&str, &LogDocument)> = corpus.log.documents().collect();
    let mut actors: Vec<Actor> = corpus.entities.iter().map(actor).collect();
    let mut meetings: HashMap<(u32, u32), Meetings> = HashMap::default();
    let mut scenes: Vec<Vec<Acting>> = Vec::with_capacity(documents.len());
    for (number, (_, document)) in documents.iter().enumerate() {
        let entities: Vec<Option<u32>> = corpus.numbers(document).collect();
        count_mentions(document, &entities, options, &mut actors);
        let acting = acting(document, &entities, options);
        for line in acting.chunk_by(|a, b| a.line == b.line) {
            for (at, first) in line.iter().enumerate() {
                actors[first.entity as usize].n += 1;
                for second in &line[at + 1..] {
                    meetings.entry((first.entity, second.entity)).or_default().seen.push(Seen {
                        document: number as u32,
                        line: first.line,
                        acting: line.len() as u32,
                        mentions: (first.mention, second.mention),
                    });
                }
            }
        }
        count_documents(document, &acting, &mut actors);
        scenes.push(acting);
    }
    // Those who never share a sentence get no tie, so all who do must be known before distances are counted.
    for ((_, document), acting) in documents.iter().zip(&scenes) {
        count_apart(document, acting, &mut meetings);
    }
    let mut pairs: Vec<Pair> =
        meetings.into_iter().map(|(entities, meetings)| pair(&documents, entities, &meetings, options)).collect();
    pairs.sort_unstable_by_key(|pair| pair.entities);
    let ambiguous = ambiguous::ambiguous(&documents);
    Ties { figures: figures(&documents), documents: documents.iter().map(info).collect(), actors, pairs, ambiguous }
}

/// Who acts in each line, by line and entity, each once.
fn acting(document: &LogDocument, entities: &[Option<u32>], options: &Options) -> Vec<Acting> {
    let mut acting: Vec<Acting> = Vec::new();
    for (at, (mention, entity)) in document.mentions.iter().zip(entities).enumerate() {
        let entity = entity.filter(|_| acts(mention, options));
        acting.extend(entity.map(|entity| Acting { line: mention.line, entity, mention: at as u32 }));
    }
    acting.sort_unstable();
    acting.dedup_by_key(|acting| (acting.line, acting.entity));
    acting
}

/// Counts how often those who share a sentence somewhere stand one to [`WINDOW`] sentences apart here.
fn count_apart(document: &LogDocument, acting: &[Acting], meetings: &mut HashMap<(u32, u32), Meetings>) {
    let sentence = |acting: &Acting| document.lines[acting.line as usize].sentence;
    for (at, first) in acting.iter().enumerate() {
        for second in &acting[at + 1..] {
            let distance = (sentence(second) - sentence(first)) as usize;
            if distance > WINDOW {
                break;
            }
            if distance == 0 || first.entity == second.entity {
                continue;
            }
            let pair = (first.entity.min(second.entity), first.entity.max(second.entity));
            if let Some(meetings) = meetings.get_mut(&pair) {
                meetings.apart[distance - 1] += 1;
            }
        }
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
    }
}

fn info((id, document): &(&str, &LogDocument)) -> DocumentInfo {
    DocumentInfo {
        id: id.to_string(),
        title: document.title.clone(),
        date: document.date,
        source: document.source.clone(),
    }
}

fn figures(documents: &[(&str, &LogDocument)]) -> CorpusFigures {
    let sum = |count: fn(&LogDocument) -> u64| documents.iter().map(|(_, document)| count(document)).sum();
    let dates = || documents.iter().filter_map(|(_, document)| document.date);
    CorpusFigures {
        documents: documents.len() as u64,
        sentences: sum(|document| document.sentences.into()),
        units: sum(|document| document.sentences.into()),
        words: sum(|document| document.words.into()),
        mentions: sum(|document| document.mentions.len() as u64),
        abstained: sum(|document| document.mentions.iter().filter(|mention| mention.entity.is_none()).count() as u64),
        partial: documents.iter().any(|(_, document)| document.partial),
        dates: dates().min().zip(dates().max()),
    }
}

/// Whether a mention acts in the story, so that it counts for ties.
fn acts(mention: &LogMention, options: &Options) -> bool {
    (mention.context.acts() || options.contexts.contains(&mention.context)) && counts(mention, options)
}

fn counts(mention: &LogMention, options: &Options) -> bool {
    mention.kind == Kind::Name || options.demonyms
}

fn count_mentions(document: &LogDocument, entities: &[Option<u32>], options: &Options, actors: &mut [Actor]) {
    let mut lines: Vec<(u32, u32)> = Vec::new();
    for (mention, entity) in document.mentions.iter().zip(entities) {
        let Some(entity) = *entity else { continue };
        if !counts(mention, options) {
            continue;
        }
        lines.push((entity, mention.line));
        let actor = &mut actors[entity as usize];
        actor.mentions += 1;
        let surface = mention.span.of(&document.lines[mention.line as usize].text);
        let surface = surface.split_whitespace().collect::<Vec<_>>().join(" ");
        *actor.aliases.entry(surface).or_default() += 1;
        if let Some(holder) = mention.holder.and_then(|holder| entities[holder as usize]) {
            *actors[holder as usize].affiliations.entry(entity).or_default() += 1;
        }
    }
    lines.sort_unstable();
    lines.dedup();
    lines.into_iter().for_each(|(entity, _)| actors[entity as usize].sentences += 1);
}

fn count_documents(document: &LogDocument, acting: &[Acting], actors: &mut [Actor]) {
    let mut entities: Vec<u32> = acting.iter().map(|acting| acting.entity).collect();
    entities.sort_unstable();
    entities.dedup();
    for entity in entities {
        let actor = &mut actors[entity as usize];
        actor.documents += 1;
        if document.date.is_some() {
            actor.first = actor.first.min(document.date).or(document.date);
            actor.last = actor.last.max(document.date);
        }
    }
}

fn pair(all: &[(&str, &LogDocument)], entities: (u32, u32), meetings: &Meetings, options: &Options) -> Pair {
    let seen = &meetings.seen;
    let apart: f64 = meetings.apart.iter().zip(DECAY).map(|(times, weight)| *times as f64 * weight).sum();
    Pair {
        entities,
        sentences: seen.len() as u64,
        n: seen.len() as u64,
        documents: seen.chunk_by(|a, b| a.document == b.document).count() as u64,
        fractional: seen.iter().map(|seen| 1.0 / f64::from(seen.acting - 1)).sum(),
        decay: seen.len() as f64 + apart,
        evidence: choose(seen, options.evidence).into_iter().map(|seen| evidence(all, seen)).collect(),
    }
}

/// At most `limit` of the places where a pair was seen: the first of every document, then the second of every one, and
/// so on, so that no document crowds out the others. In order of document and place.
fn choose(seen: &[Seen], limit: usize) -> Vec<Seen> {
    if seen.len() <= limit {
        return seen.to_vec();
    }
    let mut ranked: Vec<(usize, usize)> = Vec::with_capacity(seen.len());
    for document in seen.chunk_by(|a, b| a.document == b.document) {
        let from = ranked.len();
        ranked.extend((0..document.len()).map(|rank| (rank, from + rank)));
    }
    ranked.sort_unstable();
    let mut chosen: Vec<usize> = ranked.into_iter().take(limit).map(|(_, at)| at).collect();
    chosen.sort_unstable();
    chosen.into_iter().map(|at| seen[at]).collect()
}

fn evidence(all: &[(&str, &LogDocument)], seen: Seen) -> Evidence {
    let (_, document) = all[seen.document as usize];
    let side = |mention: u32| {
        let mention = &document.mentions[mention as usize];
        (mention.span, mention.rule)
    };
    let line = &document.lines[seen.line as usize];
    Evidence {
        document: seen.document,
        sentence: line.sentence,
        text: line.text.clone(),
        source: side(seen.mentions.0),
        target: side(seen.mentions.1),
    }
}

#[cfg(test)]
mod tests;
