//! One list of a gazetteer, as matching sees it.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use super::Gazetteer;
use super::compiled::Compiled;
use super::compiled::table::{Table, Word};
use super::entity::{Entity, EntityId, Facts, Sense, Senses, StableId};
use super::spelling::plain;
use crate::model::EntityType;
use crate::text::bits::WordBits;

/// Names that are matched together.
pub enum Layer<'g> {
    /// Names of rows: the forms, sorted, with what each may stand for.
    List(Vec<(&'g str, &'g [Sense])>),
    /// A compiled list of a gazetteer.
    Compiled(&'g CompiledLayer, &'g Gazetteer),
}

impl<'g> Layer<'g> {
    /// What the form with this number may stand for as it is `written`; never empty for what was found.
    pub fn senses(&self, form: u32, written: &str) -> Senses {
        match self {
            Layer::List(forms) => Senses::from_slice(forms[form as usize].1),
            Layer::Compiled(layer, gazetteer) => layer.senses(form, written, gazetteer),
        }
    }
}

/// So many numbers are prepared at a time.
const BLOCK: usize = 1024;

type Block = Box<[AtomicU32]>;

/// A compiled list with the place of its entities among those of the gazetteer.
#[derive(Debug)]
pub struct CompiledLayer {
    pub(super) names: Compiled,
    /// The number of its first entity.
    pub(super) first: u32,
    pub(super) layer: u8,
    /// For each entity, once it was asked for, its number in the gazetteer plus 1: that of an earlier list that has it too, or its
    /// own. Empty in the first layer. Asked for only as they are found, and in blocks: a list of ten million names starts at once.
    known: Vec<OnceLock<Block>>,
}

impl Clone for CompiledLayer {
    fn clone(&self) -> CompiledLayer {
        CompiledLayer::new(self.names.clone(), self.first, self.layer)
    }
}

impl CompiledLayer {
    /// The layer of `names`, whose first entity has the number `first`.
    pub(super) fn new(names: Compiled, first: u32, layer: u8) -> CompiledLayer {
        let others = if first == 0 { 0 } else { names.n_entities() as usize };
        let known = (0..others.div_ceil(BLOCK)).map(|_| OnceLock::new()).collect();
        CompiledLayer { names, first, layer, known }
    }

    /// The table that finds its forms in a text.
    pub fn table(&self) -> Table<'_> {
        self.names.table()
    }

    #[inline]
    pub(super) fn get(&self, id: EntityId) -> Option<Entity<'_>> {
        self.number(id).map(|number| self.names.entity(number))
    }

    /// The ids of these entities, where all are of this list.
    pub(super) fn ids_of(&self, entities: &[EntityId]) -> Option<Vec<StableId<'_>>> {
        let numbers: Option<Vec<u32>> = entities.iter().map(|id| self.number(*id)).collect();
        numbers.map(|numbers| self.names.ids(&numbers))
    }

    /// Looks the facts of some senses up, all of this list.
    pub(super) fn tell(&self, senses: &mut [Sense]) {
        self.names.tell(senses, self.first);
    }

    #[inline]
    pub(super) fn facts(&self, id: EntityId) -> Option<Facts> {
        self.number(id).map(|number| self.names.facts(number))
    }

    #[inline]
    pub(super) fn entity_type(&self, id: EntityId) -> Option<Option<EntityType>> {
        self.number(id).map(|number| self.names.entity_type(number))
    }

    pub(super) fn by_id(&self, id: &str, gazetteer: &Gazetteer) -> Option<EntityId> {
        self.names.by_id(id).map(|number| self.global(number, gazetteer))
    }

    /// The entities that no earlier list has.
    pub(super) fn ids<'a>(&'a self, gazetteer: &'a Gazetteer) -> impl Iterator<Item = EntityId> + 'a {
        let all = (0..self.names.n_entities()).map(|number| (number, self.global(number, gazetteer)));
        all.filter(|(number, id)| id.0 == self.first + number).map(|(_, id)| id)
    }

    /// Every form, in each spelling in which it counts.
    pub(super) fn forms<'a>(&'a self, gazetteer: &'a Gazetteer) -> impl Iterator<Item = (String, Senses)> + 'a {
        let names = &self.names;
        let runs = std::iter::successors(Some(0), |first| names.run(*first).last().map(|last| last + 1));
        runs.take_while(|first| *first < names.n_forms()).flat_map(move |first| {
            let texts = names.run(first).map(|form| names.form(form)).filter(|text| !text.is_empty());
            let mut spellings: Vec<String> = texts
                .flat_map(|text| [text.to_owned(), text.to_uppercase(), plain(text), plain(text).to_uppercase()])
                .collect();
            spellings.retain(|text| !text.is_empty());
            spellings.sort_unstable();
            spellings.dedup();
            let senses = spellings.into_iter().map(move |text| {
                let senses = self.senses(first, &text, gazetteer);
                (text, senses)
            });
            senses.filter(|(_, senses)| !senses.is_empty())
        })
    }

    pub(super) fn senses_of(&self, form: &str, gazetteer: &Gazetteer) -> Senses {
        let bits = WordBits::new(form);
        let found = self.table().longest(form, &bits, &Word::at(form, &bits, 0), form.len());
        let found = found.filter(|(end, _)| *end == form.len());
        found.map_or_else(Senses::new, |(_, number)| self.senses(number, form, gazetteer))
    }

    #[inline]
    fn senses(&self, form: u32, written: &str, gazetteer: &Gazetteer) -> Senses {
        let mut senses = self.names.senses(form, written);
        for sense in &mut senses {
            (sense.entity, sense.layer) = (self.global(sense.entity.0, gazetteer), self.layer);
        }
        Sense::sort(&mut senses);
        senses
    }

    /// The number here of an entity of this list.
    #[inline]
    fn number(&self, id: EntityId) -> Option<u32> {
        id.0.checked_sub(self.first).filter(|number| *number < self.names.n_entities())
    }

    /// The number in the gazetteer of an entity of this list. The same whoever asks first: it is a function of the lists.
    #[inline]
    pub(super) fn global(&self, number: u32, gazetteer: &Gazetteer) -> EntityId {
        let own = EntityId(self.first + number);
        let (block, at) = (number as usize / BLOCK, number as usize % BLOCK);
        let Some(block) = self.known.get(block) else { return own };
        let known = &block.get_or_init(|| (0..BLOCK).map(|_| AtomicU32::new(0)).collect())[at];
        match known.load(Ordering::Relaxed).checked_sub(1) {
            Some(id) => EntityId(id),
            None => {
                let entity = self.names.entity(number);
                let id = gazetteer.earlier(&entity, self.first).unwrap_or(own);
                known.store(id.0 + 1, Ordering::Relaxed);
                id
            }
        }
    }
}
