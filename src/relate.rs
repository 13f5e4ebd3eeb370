//! Who stands with whom: counts for each entity and each pair, with the sentences that show them.

use std::collections::BTreeMap;
use std::sync::Arc;

use foldhash::HashMap;

use crate::log::{LogDocument, LogMention};
use crate::model::{Context, CorpusFigures, Date, DocumentInfo, EntityType, Kind, Rule, Span};
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ties {
    /// Figures of the whole corpus.
    pub figures: CorpusFigures,
    /// The documents, by id.
    pub documents: Vec<DocumentInfo>,
    /// Each entity of the corpus, by number.
    pub actors: Vec<Actor>,
    /// Each pair that shares a sentence, sorted by its two numbers, the smaller first.
    pub pairs: Vec<Pair>,
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
    /// Sentences in which it acts.
    pub sentences: u64,
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The two entities, the smaller number first.
    pub entities: (u32, u32),
    /// Sentences in which both act.
    pub sentences: u64,
    /// Documents with such a sentence.
    pub documents: u64,
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

/// Where a pair was seen: document, line, and the two mentions.
#[derive(Clone, Copy)]
struct Seen {
    document: u32,
    line: u32,
    mentions: (u32, u32),
}

/// Counts the entities and pairs of `corpus`. Cost: linear in the mentions, and in the pairs of each sentence.
pub fn relate(corpus: &Corpus, options: &Options) -> Ties {
    let documents: Vec<(&str, &LogDocument)> = corpus.log.documents().collect();
    let mut actors: Vec<Actor> = corpus.entities.iter().map(actor).collect();
    let mut seen: HashMap<(u32, u32), Vec<Seen>> = HashMap::default();
    for (number, (_, document)) in documents.iter().enumerate() {
        let entities: Vec<Option<u32>> = corpus.numbers(document).collect();
        count_mentions(document, &entities, options, &mut actors);
        let mut acting: Vec<(u32, u32)> = Vec::new();
        for (mention, entity) in entities.iter().enumerate() {
            acting.extend(entity.filter(|_| acts(&document.mentions[mention], options)).map(|e| (e, mention as u32)));
        }
        for line in acting.chunk_by(|a, b| line_of(document, a.1) == line_of(document, b.1)) {
            let mut line: Vec<(u32, u32)> = line.to_vec();
            line.sort_unstable();
            line.dedup_by_key(|(entity, _)| *entity);
            for (at, first) in line.iter().enumerate() {
                actors[first.0 as usize].sentences += 1;
                for second in &line[at + 1..] {
                    seen.entry((first.0, second.0)).or_default().push(Seen {
                        document: number as u32,
                        line: line_of(document, first.1),
                        mentions: (first.1, second.1),
                    });
                }
            }
        }
        count_documents(document, acting, &mut actors);
    }
    let mut pairs: Vec<Pair> =
        seen.into_iter().map(|(entities, seen)| pair(&documents, entities, &seen, options)).collect();
    pairs.sort_unstable_by_key(|pair| pair.entities);
    Ties { figures: figures(&documents), documents: documents.iter().map(info).collect(), actors, pairs }
}

fn actor(entity: &CorpusEntity) -> Actor {
    Actor {
        id: entity.id.clone(),
        name: entity.name.clone(),
        entity_type: entity.entity_type.clone(),
        mentions: 0,
        sentences: 0,
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
        words: sum(|document| document.words.into()),
        mentions: sum(|document| document.mentions.len() as u64),
        abstained: sum(|document| document.mentions.iter().filter(|mention| mention.entity.is_none()).count() as u64),
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

fn line_of(document: &LogDocument, mention: u32) -> u32 {
    document.mentions[mention as usize].line
}

fn count_mentions(document: &LogDocument, entities: &[Option<u32>], options: &Options, actors: &mut [Actor]) {
    for (mention, entity) in document.mentions.iter().zip(entities) {
        let Some(entity) = *entity else { continue };
        if !counts(mention, options) {
            continue;
        }
        let actor = &mut actors[entity as usize];
        actor.mentions += 1;
        let surface = mention.span.of(&document.lines[mention.line as usize].text);
        let surface = surface.split_whitespace().collect::<Vec<_>>().join(" ");
        *actor.aliases.entry(surface).or_default() += 1;
        if let Some(holder) = mention.holder.and_then(|holder| entities[holder as usize]) {
            *actors[holder as usize].affiliations.entry(entity).or_default() += 1;
        }
    }
}

fn count_documents(document: &LogDocument, acting: Vec<(u32, u32)>, actors: &mut [Actor]) {
    let mut entities: Vec<u32> = acting.into_iter().map(|(entity, _)| entity).collect();
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

fn pair(all: &[(&str, &LogDocument)], entities: (u32, u32), seen: &[Seen], options: &Options) -> Pair {
    let documents = seen.chunk_by(|a, b| a.document == b.document).count() as u64;
    let evidence = choose(seen, options.evidence).into_iter().map(|seen| evidence(all, seen)).collect();
    Pair { entities, sentences: seen.len() as u64, documents, evidence }
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
