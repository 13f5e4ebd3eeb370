//! What a gazetteer knows: entities, and what the forms of their names may stand for.

use super::forms::FormKind;
use crate::model::{Date, EntityType};

/// Somebody or something that has names: a view of an entry, made on demand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity<'g> {
    /// Stable name in every output.
    pub id: &'g str,
    /// The name to show.
    pub name: &'g str,
    /// Its type; nothing for an entry that blocks its names.
    pub entity_type: Option<EntityType>,
    /// Whether a short form may stand alone.
    pub lone: bool,
    /// 0 to 9: how present in the news.
    pub prominence: u8,
    /// What sort of thing (`country`, `media`), or empty.
    pub class: &'g str,
    /// ISO 3166 code of its country, or empty.
    pub country: &'g str,
    /// First day on which the entry holds.
    pub from: Option<Date>,
    /// Last day on which the entry holds.
    pub until: Option<Date>,
}

impl Entity<'_> {
    /// Whether the entry holds on `day`; without a day it does.
    pub fn holds_on(&self, day: Option<Date>) -> bool {
        day.is_none_or(|day| self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until))
    }
}

/// An entity, by the number that its gazetteer gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// What one form of a name may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sense {
    /// Whose name it is.
    pub entity: EntityId,
    /// What sort of form.
    pub kind: FormKind,
    /// Whether this is a form in capitals that the list has in another case.
    pub upper: bool,
    /// Which list has the form: 0 is the first; later lists win where both know a full name.
    pub layer: u8,
}

impl Sense {
    /// Joins the senses of a form. An entity keeps its best kind, one in the case of the list before one in capitals: an
    /// alias that is also its surname stays an alias, `NATO` an acronym though `Nato` in capitals is spelled so too.
    pub fn join(self, senses: &mut Vec<Sense>) {
        match senses.iter_mut().find(|sense| sense.entity == self.entity) {
            Some(sense) => {
                (sense.upper, sense.kind) = (sense.upper, sense.kind).min((self.upper, self.kind));
                sense.layer = sense.layer.max(self.layer);
            }
            None => senses.push(self),
        }
    }
}
