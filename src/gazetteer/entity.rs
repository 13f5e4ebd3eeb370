//! What a gazetteer knows: entities, and what the forms of their names may stand for.

use std::borrow::Cow;
use std::ops::BitOr;

use smallvec::SmallVec;

use super::forms::FormKind;
use super::row::slug_of;
use crate::model::{Date, EntityType};

/// Somebody or something that has names: a view of an entry, made on demand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity<'g> {
    /// Stable name in every output.
    pub id: Cow<'g, str>,
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

/// The stable id of an entity.
#[derive(Clone, Copy)]
pub enum StableId<'g> {
    /// Its own.
    Own(&'g str),
    /// That which is made of this name, and whether it is of ASCII alone.
    Of(&'g [u8], bool),
}

impl<'g> StableId<'g> {
    /// The id.
    pub fn text(self) -> Cow<'g, str> {
        match self {
            StableId::Own(id) => Cow::Borrowed(id),
            StableId::Of(name, is_ascii) => Cow::Owned(slug_of(name, is_ascii)),
        }
    }
}

/// What choosing between senses asks of an entity, in one word: nothing is decoded for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Facts(pub(super) u32);

impl Facts {
    /// A human being.
    pub const PERSON: Facts = Facts(1 << 20);
    /// A place.
    pub const PLACE: Facts = Facts(1 << 21);
    /// An organization.
    pub const ORGANIZATION: Facts = Facts(1 << 22);
    /// An entry that blocks its names.
    pub const BLOCKS: Facts = Facts(1 << 23);
    /// Its short forms may stand alone.
    pub const LONE: Facts = Facts(1 << 24);
    /// It holds only from some day or until some day.
    pub const DATED: Facts = Facts(1 << 25);
    /// A news outlet or network, to which people say things.
    pub const OUTLET: Facts = Facts(1 << 26);
    /// A body of which every state has one.
    pub const STATE: Facts = Facts(1 << 27);
    /// A firm.
    pub const COMPANY: Facts = Facts(1 << 28);
    /// A river, region or the like, whose name has an article.
    pub const LAND: Facts = Facts(1 << 29);
    /// A country or the like, whose team bears its name.
    pub const NATION: Facts = Facts(1 << 30);

    /// The facts of `entity`. The 16 lowest bits stay 0: a compiled list keeps the number of the type there.
    pub fn of(entity: &Entity) -> Facts {
        let of_type = match entity.entity_type {
            None => Facts::BLOCKS.0,
            Some(EntityType::Person) => Facts::PERSON.0,
            Some(EntityType::Place) => Facts::PLACE.0,
            Some(EntityType::Organization) => Facts::ORGANIZATION.0,
            Some(EntityType::Other(_)) => 0,
        };
        let class = CLASSES.binary_search_by_key(&entity.class, |(class, _)| class);
        let of_class = class.map_or(0, |at| CLASSES[at].1.0);
        let dated = entity.from.is_some() || entity.until.is_some();
        let flag = |on: bool, facts: Facts| if on { facts.0 } else { 0 };
        let prominence = u32::from(entity.prominence.min(15)) << 16;
        Facts(of_type | of_class | prominence | flag(entity.lone, Facts::LONE) | flag(dated, Facts::DATED))
    }

    /// Whether one of `facts` is true.
    pub fn is(self, facts: Facts) -> bool {
        self.0 & facts.0 != 0
    }

    /// 0 to 9: how present in the news.
    pub fn prominence(self) -> u8 {
        (self.0 >> 16 & 15) as u8
    }

    /// Whether a surname may mean its bearer where nothing else says who is meant: hardly known people share theirs with too many
    /// others.
    pub fn is_known(self) -> bool {
        self.prominence() >= 4
    }
}

impl BitOr for Facts {
    type Output = Facts;

    fn bitor(self, other: Facts) -> Facts {
        Facts(self.0 | other.0)
    }
}

/// The classes of entities that rules ask for, sorted.
const CLASSES: &[(&str, Facts)] = &[
    ("agency", Facts::STATE),
    ("central-bank", Facts::STATE),
    ("company", Facts::COMPANY),
    ("continent", Facts::NATION),
    ("country", Facts::NATION),
    ("court", Facts::STATE),
    ("desert", Facts::LAND),
    ("government", Facts::STATE),
    ("intelligence", Facts::STATE),
    ("media", Facts::OUTLET),
    ("military", Facts::STATE),
    ("ministry", Facts::STATE),
    ("mountain", Facts::LAND),
    ("parliament", Facts::STATE),
    ("party", Facts::STATE),
    ("police", Facts::STATE),
    ("region", Facts::LAND),
    ("social-network", Facts::OUTLET),
    ("territory", Facts::NATION),
    ("water", Facts::LAND),
];

/// An entity, by the number that its gazetteer gave it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// What one form of a name may stand for: nearly always one or two entities.
pub type Senses = SmallVec<[Sense; 4]>;

/// One thing that a form of a name may stand for.
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
    /// What is asked of the entity. Looked up once for all mentions of a name, when it is found; nothing before that.
    pub facts: Facts,
}

impl Sense {
    /// Joins the senses of a form. An entity keeps its best kind, one in the case of the list before one in capitals: an
    /// alias that is also its surname stays an alias, `NATO` an acronym though `Nato` in capitals is spelled so too.
    pub fn join(self, senses: &mut Senses) {
        match senses.iter_mut().find(|sense| sense.entity == self.entity) {
            Some(sense) => sense.merge(self),
            None => senses.push(self),
        }
    }

    /// [`Sense::join`] of one after the other. Linear where most have a larger number than those before them, as from list to list:
    /// a surname may have hundreds of bearers, who took a third of a build when each was looked for.
    pub fn join_all(more: impl IntoIterator<Item = Sense>, senses: &mut Senses) {
        let mut highest = senses.iter().map(|sense| sense.entity).max();
        for sense in more {
            if Some(sense.entity) > highest {
                highest = Some(sense.entity);
                senses.push(sense);
            } else {
                sense.join(senses);
            }
        }
    }

    /// The same for senses of one list, in order of their entities. No search where they are in that order already, as those of
    /// one form are.
    pub fn join_equal(senses: &mut Senses) {
        if !senses.is_sorted_by(|one, next| one.entity < next.entity) {
            senses.sort_unstable_by_key(|sense| sense.entity);
            senses.dedup_by(|sense, first| {
                let same = sense.entity == first.entity;
                if same {
                    first.merge(*sense);
                }
                same
            });
        }
    }

    fn merge(&mut self, other: Sense) {
        (self.upper, self.kind) = (self.upper, self.kind).min((other.upper, other.kind));
        self.layer = self.layer.max(other.layer);
    }

    /// Puts the senses of a form in their order: those in the case of the list before those in capitals, then by entity. It
    /// decides between equals, so it must not depend on how a list is kept.
    #[inline]
    pub fn sort(senses: &mut Senses) {
        if senses.len() > 1 {
            senses.sort_unstable_by_key(|sense| (sense.upper, sense.entity));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const KINDS: [FormKind; 3] = [FormKind::Full, FormKind::Acronym, FormKind::Surname];

    fn senses() -> impl Strategy<Value = Vec<Sense>> {
        let sense = (0..12u32, 0..KINDS.len(), any::<bool>(), 0..3u8).prop_map(|(entity, kind, upper, layer)| Sense {
            entity: EntityId(entity),
            kind: KINDS[kind],
            upper,
            layer,
            facts: Facts::default(),
        });
        // In order, as lists have them, or not.
        (prop::collection::vec(sense, 0..20), any::<bool>()).prop_map(|(mut senses, in_order)| {
            if in_order {
                senses.sort_by_key(|sense| sense.entity);
            }
            senses
        })
    }

    proptest! {
        #[test]
        fn all_together_are_joined_as_one_by_one(lists in prop::collection::vec(senses(), 0..3)) {
            let (mut together, mut one_by_one) = (Senses::new(), Senses::new());
            for list in lists {
                Sense::join_all(list.iter().copied(), &mut together);
                list.iter().for_each(|sense| sense.join(&mut one_by_one));
            }
            prop_assert_eq!(together, one_by_one);
        }

        #[test]
        fn those_of_equal_entities_are_joined_as_one_by_one(list in senses()) {
            let (mut together, mut one_by_one) = (Senses::from_slice(&list), Senses::new());
            Sense::join_equal(&mut together);
            list.iter().for_each(|sense| sense.join(&mut one_by_one));
            one_by_one.sort_unstable_by_key(|sense| sense.entity);
            prop_assert_eq!(together, one_by_one);
        }
    }
}
