//! Names of rows that were read, in memory: a user's list, and the shipped ones before they are compiled.

use std::borrow::Cow;
use std::sync::Arc;

use foldhash::HashMap;

use super::entity::{Entity, EntityId, Facts, Sense, Senses};
use super::forms;
use super::row::Row;
use crate::model::EntityType;

/// Entities and the forms of their names.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    entities: Vec<Entry>,
    by_id: HashMap<Arc<str>, EntityId>,
    forms: HashMap<Box<str>, Senses>,
}

#[derive(Clone, Debug)]
struct Entry {
    row: Row,
    id: EntityId,
    entity_type: Option<EntityType>,
    facts: Facts,
}

impl Lists {
    /// Adds the forms of `row` to the entity `known` to others, or to that with its id here, or to a new one, which is
    /// called `next`. Returns whose they are. Cost: some microseconds, most of it for making the forms.
    pub fn add(&mut self, mut row: Row, layer: u8, known: Option<EntityId>, next: EntityId) -> EntityId {
        let same = |id: &EntityId| {
            self.get(*id).is_some_and(|entity| entity.entity_type.is_some() == (row.entity_type != "none"))
        };
        let entity = known.or_else(|| self.by_id(&row.id).filter(same)).unwrap_or(next);
        forms::each(&row, &mut |form| {
            form.each_spelling(|text, upper| {
                let senses = self.forms.entry(text.into_boxed_str()).or_default();
                Sense { entity, kind: form.kind, upper, layer, facts: Facts::default() }.join(senses);
                Sense::sort(senses);
            });
        });
        if entity == next {
            self.by_id.insert(row.id.as_str().into(), entity);
            let entity_type = (row.entity_type != "none").then(|| EntityType::from_name(&row.entity_type));
            (row.aliases, row.short, row.demonyms) = (Vec::new(), None, Vec::new());
            let mut entry = Entry { row, id: entity, entity_type, facts: Facts::default() };
            entry.facts = Facts::of(&entry.view());
            self.entities.push(entry);
        } else if let Some(entry) = self.entry_mut(entity) {
            entry.row.lone |= row.lone;
            entry.facts = Facts::of(&entry.view());
        }
        entity
    }

    /// The entity with this stable id.
    pub fn by_id(&self, id: &str) -> Option<EntityId> {
        self.by_id.get(id).copied()
    }

    /// The entity that was added under this number. Logarithmic.
    pub fn get(&self, id: EntityId) -> Option<Entity<'_>> {
        self.entry(id).map(Entry::view)
    }

    /// What choosing between senses asks of the entity that was added under this number. Logarithmic.
    pub fn facts(&self, id: EntityId) -> Option<Facts> {
        self.entry(id).map(|entry| entry.facts)
    }

    /// The entity of this number, which nearly always stands where it would if none were missing.
    fn entry(&self, id: EntityId) -> Option<&Entry> {
        let first = self.entities.first()?.id;
        let guess = self.entities.get(id.0.checked_sub(first.0)? as usize).filter(|entry| entry.id == id);
        guess.or_else(|| self.entities.binary_search_by_key(&id, |entry| entry.id).ok().map(|at| &self.entities[at]))
    }

    /// The stable id of the entity that was added under this number. Logarithmic.
    pub fn id(&self, id: EntityId) -> Option<&str> {
        self.entry(id).map(|entry| &*entry.row.id)
    }

    /// Every entity with its number, in order of it.
    pub fn entities(&self) -> impl Iterator<Item = (EntityId, Entity<'_>)> {
        self.entities.iter().map(|entry| (entry.id, entry.view()))
    }

    /// Every form with what it may stand for, sorted by form. Cost: a sort.
    pub fn forms(&self) -> Vec<(&str, &[Sense])> {
        let mut forms: Vec<_> = self.forms.iter().map(|(text, senses)| (&**text, senses.as_slice())).collect();
        forms.sort_unstable_by_key(|(text, _)| *text);
        forms
    }

    /// What this form may stand for.
    pub fn senses(&self, form: &str) -> &[Sense] {
        self.forms.get(form).map_or(&[], Senses::as_slice)
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }

    fn entry_mut(&mut self, id: EntityId) -> Option<&mut Entry> {
        self.entities.binary_search_by_key(&id, |entry| entry.id).ok().map(|at| &mut self.entities[at])
    }
}

impl Entry {
    fn view(&self) -> Entity<'_> {
        Entity {
            id: Cow::Borrowed(&self.row.id),
            name: &self.row.name,
            entity_type: self.entity_type.clone(),
            lone: self.row.lone,
            prominence: self.row.prominence,
            class: &self.row.class,
            country: &self.row.country,
            from: self.row.from,
            until: self.row.until,
        }
    }
}

/// The lists of `rows` alone, numbered from 0.
impl FromIterator<Row> for Lists {
    fn from_iter<I: IntoIterator<Item = Row>>(rows: I) -> Lists {
        let mut lists = Lists::default();
        for row in rows {
            let next = EntityId(lists.entities.len() as u32);
            lists.add(row, 0, None, next);
        }
        lists
    }
}
