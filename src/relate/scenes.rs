//! Who acts where in a document, and what is counted for each entity alone.

use std::ops::Range;

use super::{Actor, Days, Options};
use crate::log::{LogDocument, LogMention};
use crate::model::{Context, Date, Kind};
use crate::unify::fold::Fold;
use crate::unify::units;

/// An entity that acts in a sentence, with its first mention there in the context nearest to running text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Acting {
    /// Which sentence, from 0.
    pub sentence: u32,
    /// The entity.
    pub entity: u32,
    /// Where it stands; running text comes first.
    pub context: Context,
    /// The mention, by its place among those of the document.
    pub mention: u32,
}

/// A document with those who act in it.
pub struct Scene<'l> {
    /// The document.
    pub log: &'l LogDocument,
    /// Who acts in which sentence, by sentence and entity, each once.
    pub acting: Vec<Acting>,
    /// Its units.
    units: Vec<Range<u32>>,
}

impl<'l> Scene<'l> {
    /// Finds who acts, given the entity of each mention.
    pub fn new(log: &'l LogDocument, entities: &[Option<u32>], options: &Options) -> Scene<'l> {
        let mut acting: Vec<Acting> = Vec::new();
        for ((mention, entity), number) in log.mentions.iter().zip(entities).zip(0..) {
            let sentence = log.lines[mention.line as usize].sentence;
            let entity = entity.filter(|_| acts(mention, options));
            // A heading acts as running text does.
            let context = if mention.context.acts() { Context::Plain } else { mention.context };
            acting.extend(entity.map(|entity| Acting { sentence, entity, context, mention: number }));
        }
        acting.sort_unstable();
        acting.dedup_by_key(|acting| (acting.sentence, acting.entity));
        Scene { log, acting, units: units::ranges(options.unit, log) }
    }

    /// The units in which somebody acts, by number, with those who act there, by entity and sentence.
    pub fn units(&self) -> impl Iterator<Item = (u32, Vec<Acting>)> {
        let mut from = 0;
        self.units.iter().zip(0..).filter_map(move |(range, number)| {
            // Units may overlap, but begin in order.
            from += self.acting[from..].iter().take_while(|acting| acting.sentence < range.start).count();
            let inside = self.acting[from..].iter().take_while(|acting| acting.sentence < range.end);
            let mut inside: Vec<Acting> = inside.copied().collect();
            let acts = |acting: &Acting| acting.context.acts();
            inside.sort_unstable_by_key(|acting| (acting.entity, !acts(acting), acting.sentence));
            // Where somebody acts in a unit, mentions that do not act tell nothing more.
            inside.dedup_by(|next, last| next.entity == last.entity && acts(last) && !acts(next));
            (!inside.is_empty()).then_some((number, inside))
        })
    }
}

/// Whether a mention acts in the story, so that it counts for ties.
fn acts(mention: &LogMention, options: &Options) -> bool {
    (mention.context.acts() || options.contexts.contains(&mention.context)) && counts(mention, options)
}

fn counts(mention: &LogMention, options: &Options) -> bool {
    mention.kind == Kind::Name || options.demonyms
}

/// Counts mentions in all contexts: the sentences, forms and titles of each entity.
pub fn count_mentions(document: &LogDocument, entities: &[Option<u32>], options: &Options, actors: &mut [Actor]) {
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

/// Counts the units, documents and days in which each entity acts.
pub fn count_units(scenes: &[Scene], fold: &Fold, actors: &mut [Actor]) {
    // Of every unit that an entity acts in, its number and day; a day is known before none.
    let mut units: Vec<Vec<(u32, bool, Option<Date>)>> = vec![Vec::new(); actors.len()];
    for (document, scene) in scenes.iter().enumerate() {
        let date = scene.log.date;
        for (unit, acting) in scene.units() {
            let unit = (fold.number(document, unit as usize), date.is_none(), date);
            for entity in acting.chunk_by(|a, b| a.entity == b.entity) {
                units[entity[0].entity as usize].push(unit);
            }
        }
        count_document(scene, actors);
    }
    for (actor, mut units) in actors.iter_mut().zip(units) {
        units.sort_unstable();
        units.dedup_by_key(|(unit, ..)| *unit);
        actor.n = units.len() as u64;
        actor.days = days(units.into_iter().map(|(.., date)| date));
    }
}

fn count_document(scene: &Scene, actors: &mut [Actor]) {
    let mut entities: Vec<u32> = scene.acting.iter().map(|acting| acting.entity).collect();
    entities.sort_unstable();
    entities.dedup();
    for entity in entities {
        let actor = &mut actors[entity as usize];
        actor.documents += 1;
        if let Some(date) = scene.log.date {
            actor.first = Some(actor.first.map_or(date, |first| first.min(date)));
            actor.last = actor.last.max(Some(date));
        }
    }
}

/// How often each day is there; what has none is left out.
pub fn days(dates: impl Iterator<Item = Option<Date>>) -> Days {
    let mut dates: Vec<Date> = dates.flatten().collect();
    dates.sort_unstable();
    dates.chunk_by(|a, b| a == b).map(|day| (day[0], day.len() as u64)).collect()
}
