//! One list of a gazetteer, as matching sees it.

use foldhash::HashMap;

use super::compiled::Compiled;
use super::compiled::table::Table;
use super::entity::{Entity, EntityId, Facts, Sense, Senses};
use crate::model::EntityType;
use crate::text::bits::WordBits;

/// Names that are matched together.
pub enum Layer<'g> {
    /// Names of rows: the forms, sorted, with what each may stand for.
    List(Vec<(&'g str, &'g [Sense])>),
    /// A compiled list.
    Compiled(&'g CompiledLayer),
}

impl<'g> Layer<'g> {
    /// What the form with this number may stand for; never empty.
    pub fn senses(&self, form: u32) -> Senses {
        match self {
            Layer::List(forms) => Senses::from_slice(forms[form as usize].1),
            Layer::Compiled(layer) => layer.senses(form).collect(),
        }
    }
}

/// A compiled list with the place of its entities among those of the gazetteer.
#[derive(Clone, Debug)]
pub struct CompiledLayer {
    pub(super) names: Compiled,
    /// The number of its first entity.
    pub(super) first: u32,
    pub(super) layer: u8,
    /// Its entities that an earlier list has too.
    pub(super) known: HashMap<u32, EntityId>,
}

impl CompiledLayer {
    /// The table that finds its forms in a text.
    pub fn table(&self) -> Table<'_> {
        self.names.table()
    }

    #[inline]
    pub(super) fn get(&self, id: EntityId) -> Option<Entity<'_>> {
        self.number(id).map(|number| self.names.entity(number))
    }

    #[inline]
    pub(super) fn facts(&self, id: EntityId) -> Option<Facts> {
        self.number(id).map(|number| self.names.facts(number))
    }

    #[inline]
    pub(super) fn entity_type(&self, id: EntityId) -> Option<Option<EntityType>> {
        self.number(id).map(|number| self.names.entity_type(number))
    }

    pub(super) fn by_id(&self, id: &str) -> Option<EntityId> {
        self.names.by_id(id).map(|number| self.global(number))
    }

    /// The entities that no earlier list has.
    pub(super) fn ids(&self) -> impl Iterator<Item = EntityId> {
        let own = (0..self.names.n_entities()).filter(|number| !self.known.contains_key(number));
        own.map(|number| EntityId(self.first + number))
    }

    pub(super) fn forms(&self) -> impl Iterator<Item = (&str, Vec<Sense>)> {
        (0..self.names.n_forms()).map(|form| (self.names.form(form), self.senses(form).collect()))
    }

    pub(super) fn senses_of(&self, form: &str) -> impl Iterator<Item = Sense> {
        let found =
            self.table().longest(form, &WordBits::new(form), 0, form.len()).filter(|(end, _)| *end == form.len());
        found.into_iter().flat_map(|(_, number)| self.senses(number))
    }

    #[inline]
    fn senses(&self, form: u32) -> impl Iterator<Item = Sense> {
        self.names.senses(form).map(|sense| Sense { entity: self.global(sense.entity.0), layer: self.layer, ..sense })
    }

    /// The number here of an entity of this list.
    #[inline]
    fn number(&self, id: EntityId) -> Option<u32> {
        id.0.checked_sub(self.first).filter(|number| *number < self.names.n_entities())
    }

    fn global(&self, number: u32) -> EntityId {
        if self.known.is_empty() {
            return EntityId(self.first + number);
        }
        self.known.get(&number).copied().unwrap_or(EntityId(self.first + number))
    }
}
