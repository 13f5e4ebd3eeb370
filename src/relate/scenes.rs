//! Who acts where in a document, and what is counted for each entity alone.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::places::Places;
use super::{Actor, Days, Options};
use crate::log::Record;
use crate::model::{Context, Date, Kind, Unit};
use crate::text::chars::one_line;
use crate::unify::fold::Fold;
use crate::unify::{CorpusDocument, CorpusMention, units};

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
pub struct Scene<'c> {
    /// The document.
    pub document: &'c CorpusDocument,
    /// Who acts in which sentence, by sentence and entity, each once.
    pub acting: Box<[Acting]>,
    unit: Unit,
}

impl<'c> Scene<'c> {
    /// Finds who acts, given the entity of each mention.
    pub fn new(document: &'c CorpusDocument, entity: impl Fn(usize) -> Option<u32>, options: &Options) -> Scene<'c> {
        let mut acting: Vec<Acting> = Vec::with_capacity(document.mentions.len());
        for (number, mention) in document.mentions.iter().enumerate().filter(|(_, mention)| acts(mention, options)) {
            let (sentence, entity) = (mention.sentence, entity(number));
            // A heading acts as running text does.
            let context = if mention.context.acts() { Context::Plain } else { mention.context };
            acting.extend(entity.map(|entity| Acting { sentence, entity, context, mention: number as u32 }));
        }
        acting.sort_unstable();
        acting.dedup_by_key(|acting| (acting.sentence, acting.entity));
        // Without room for more: there may be a million of them.
        Scene { document, acting: acting.into(), unit: options.unit }
    }

    /// The units with their numbers; of sentences only those in which somebody acts.
    fn ranges(&self) -> Vec<(u32, Range<u32>)> {
        let sentences = || self.acting.chunk_by(|a, b| a.sentence == b.sentence).map(|acting| acting[0].sentence);
        match self.unit {
            Unit::Sentence => sentences().map(|at| (at, at..at + 1)).collect(),
            _ if self.acting.is_empty() => Vec::new(),
            unit => (0..).zip(units::ranges(unit, self.document)).collect(),
        }
    }

    /// The units in which somebody acts, by number, with those who act there, by entity and sentence.
    pub fn units(&self) -> impl Iterator<Item = (u32, Cow<'_, [Acting]>)> {
        let mut from = 0;
        self.ranges().into_iter().filter_map(move |(number, range)| {
            // Units may overlap, but begin in order.
            from += self.acting[from..].iter().take_while(|acting| acting.sentence < range.start).count();
            let inside = self.acting[from..].iter().take_while(|acting| acting.sentence < range.end).count();
            let inside = &self.acting[from..from + inside];
            if self.unit == Unit::Sentence {
                // In order already, and each once.
                return Some((number, Cow::Borrowed(inside)));
            }
            let mut inside = inside.to_vec();
            let acts = |acting: &Acting| acting.context.acts();
            inside.sort_unstable_by_key(|acting| (acting.entity, !acts(acting), acting.sentence));
            // Where somebody acts in a unit, mentions that do not act tell nothing more.
            inside.dedup_by(|next, last| next.entity == last.entity && acts(last) && !acts(next));
            (!inside.is_empty()).then_some((number, Cow::Owned(inside)))
        })
    }
}

/// Whether a mention acts in the story, so that it counts for ties.
fn acts(mention: &CorpusMention, options: &Options) -> bool {
    (mention.context.acts() || options.contexts.contains(&mention.context)) && counts(mention.kind, options)
}

fn counts(kind: Kind, options: &Options) -> bool {
    kind == Kind::Name || options.demonyms
}

/// Counts mentions in all contexts, and their sentences.
pub fn count_mentions(
    document: &CorpusDocument,
    entity: impl Fn(usize) -> Option<u32>,
    options: &Options,
    actors: &mut [Actor],
) {
    let mut sentences: Vec<(u32, u32)> = Vec::with_capacity(document.mentions.len());
    for (number, mention) in document.mentions.iter().enumerate().filter(|(_, mention)| counts(mention.kind, options)) {
        let Some(entity) = entity(number) else { continue };
        sentences.push((entity, mention.sentence));
        actors[entity as usize].mentions += 1;
    }
    sentences.sort_unstable();
    sentences.dedup();
    sentences.into_iter().for_each(|(entity, _)| actors[entity as usize].sentences += 1);
}

/// What the texts tell of an entity, see [`Actor`].
#[derive(Clone, Default)]
pub struct Forms {
    /// Its written forms.
    pub aliases: BTreeMap<String, u64>,
    /// The entities in its titles.
    pub affiliations: BTreeMap<u32, u64>,
}

/// Counts the written forms of each entity, and the entities in its titles.
pub fn count_forms(document: &CorpusDocument, record: &Record, options: &Options, forms: &mut [Forms]) {
    for (mention, written) in document.mentions.iter().zip(&record.mentions) {
        let Some(entity) = mention.entity().filter(|_| counts(mention.kind, options)) else { continue };
        let surface = one_line(written.span.of(&record.document.lines[written.line as usize].text));
        let aliases = &mut forms[entity as usize].aliases;
        match aliases.get_mut(&*surface) {
            Some(times) => *times += 1,
            None => drop(aliases.insert(surface.into_owned(), 1)),
        }
        if let Some(holder) = written.holder.and_then(|holder| document.mentions[holder as usize].entity()) {
            *forms[holder as usize].affiliations.entry(entity).or_default() += 1;
        }
    }
}

/// Behind the number of any day.
const NO_DAY: u32 = u32::MAX;

/// Counts the units, documents and days in which each entity acts.
pub fn count_units(scenes: &[Scene], fold: &Fold, actors: &mut [Actor]) {
    let mut places = Places::default();
    for scene in scenes {
        scene.units().for_each(|(_, acting)| entities(&acting).for_each(|entity| places.count(entity, 1)));
        count_document(scene, actors);
    }
    // Of every unit that an entity acts in, its number and day; a day is known before none.
    let mut units = vec![(0, NO_DAY); places.counted()];
    for (document, scene) in scenes.iter().enumerate() {
        let day = scene.document.date.map_or(NO_DAY, Date::number);
        for (unit, acting) in scene.units() {
            let number = fold.number(document, unit as usize);
            entities(&acting).for_each(|entity| units[places.next(entity)] = (number, day));
        }
    }
    for (entity, rows) in places.rows() {
        let units = &mut units[rows];
        units.sort_unstable();
        let first = |at: &usize| *at == 0 || units[at - 1].0 != units[*at].0;
        let different = || (0..units.len()).filter(first).map(|at| units[at]);
        let actor = &mut actors[entity as usize];
        actor.n = different().count() as u64;
        actor.days = days(different().map(|(_, day)| Date::from_number(day)));
    }
}

/// The entities of those who act in a unit.
fn entities(acting: &[Acting]) -> impl Iterator<Item = u32> {
    acting.chunk_by(|a, b| a.entity == b.entity).map(|same| same[0].entity)
}

fn count_document(scene: &Scene, actors: &mut [Actor]) {
    let mut entities: Vec<u32> = scene.acting.iter().map(|acting| acting.entity).collect();
    entities.sort_unstable();
    entities.dedup();
    for entity in entities {
        let actor = &mut actors[entity as usize];
        actor.documents += 1;
        if let Some(date) = scene.document.date {
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
