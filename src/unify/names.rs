//! Entities that are one under two names.
//!
//! Names that no list holds are nodes of their own, by what is written. Two of them are one where one is plainly the other by
//! a row of [`VARIANTS`] or, in one document, of [`SHORTER`]; a likeness of letters is never enough. A listed entity may
//! take names in but never goes into another one: Ford the firm and Ford the president stay two.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::BuildHasher;

use foldhash::HashMap;
use rayon::prelude::*;

use crate::model::EntityType;
use crate::text::lexicon::is_nickname;
use crate::text::words::{Class, class};

/// An entity as its id has it, before names are joined.
#[derive(Clone, Debug)]
pub struct Named<'a> {
    /// The name to show.
    pub name: &'a str,
    /// Its type.
    pub entity_type: &'a EntityType,
    /// Whether a list has it.
    pub listed: bool,
    /// How often it is mentioned.
    pub mentions: u64,
}

/// A row of [`VARIANTS`].
pub struct Variant {
    /// The word for it in the documentation.
    pub name: &'static str,
    /// What it joins, for people.
    pub about: &'static str,
    /// What all variants of a name share, and what sets this one apart (or nothing): names that are set apart in two ways
    /// ("Acme Inc.", "Acme Ltd") are not joined.
    key: fn(&str, &EntityType) -> Option<(String, String)>,
}

/// What makes two names one all over the corpus.
pub const VARIANTS: &[Variant] = &[
    Variant { name: "article", about: "\"The Acme Fund\" and \"Acme Fund\"", key: without_article },
    Variant { name: "legal-form", about: "\"Acme Widgets Inc.\" and \"Acme Widgets\"", key: without_legal_form },
    Variant { name: "middle-initial", about: "\"John R. Velask\" and \"John Velask\"", key: without_initials },
    Variant { name: "spelling", about: "\"Sergej Velaskij\" and \"Sergey Velasky\"", key: transliterated },
];

/// A row of [`SHORTER`].
pub struct Shorter {
    /// The word for it in the documentation.
    pub name: &'static str,
    /// What it joins, for people.
    pub about: &'static str,
    /// Whether the first name is plainly the second one made shorter; both are of the type given.
    fits: fn(&str, &str, &EntityType) -> bool,
}

/// What makes two names one where a document has both, and no other that fits.
pub const SHORTER: &[Shorter] = &[
    Shorter { name: "acronym", about: "\"ZFU\" beside \"Zorvan Farmers Union\"", fits: is_acronym_of },
    Shorter { name: "initial", about: "\"J. Velask\" beside \"John Velask\"", fits: has_initial_of },
    Shorter { name: "nickname", about: "\"Bill Velask\" beside \"William Velask\"", fits: has_nickname_of },
];

/// For each entity, the one that it is. `documents` has the entities of each document, by index, in any order.
///
/// The result does not depend on the order of the documents. Cost: some keys for each entity, and a sort of each document's
/// entities.
pub fn join(entities: &[Named], documents: impl Iterator<Item = Vec<u32>>) -> Vec<u32> {
    let mut sets = Sets { parent: (0..entities.len() as u32).collect() };
    for (short, long) in shorter(entities, documents) {
        sets.unite(entities, short, long);
    }
    let groups: Vec<Vec<Vec<u32>>> = VARIANTS.par_iter().map(|variant| groups(entities, variant)).collect();
    for group in groups.iter().flatten() {
        group.windows(2).for_each(|pair| sets.unite(entities, pair[0], pair[1]));
    }
    (0..entities.len() as u32).map(|entity| sets.root(entity)).collect()
}

/// The entities of one type that share a key and are not set apart.
fn groups(entities: &[Named], variant: &Variant) -> Vec<Vec<u32>> {
    /// Those that share a key, and what sets them apart.
    type Group = (Vec<u32>, BTreeSet<String>);
    let mut groups: BTreeMap<(&EntityType, String), Group> = BTreeMap::new();
    for at in sharing(entities, variant) {
        let entity = &entities[at as usize];
        let Some((key, apart)) = (variant.key)(entity.name, entity.entity_type) else { continue };
        let group = groups.entry((entity.entity_type, key)).or_default();
        group.0.push(at);
        group.1.extend(Some(apart).filter(|apart| !apart.is_empty()));
    }
    groups.into_values().filter(|(group, apart)| group.len() > 1 && apart.len() < 2).map(|(group, _)| group).collect()
}

/// The entities whose key another one has too, told by hashes, and a few more; in order. They are few: one in ten.
fn sharing(entities: &[Named], variant: &Variant) -> Vec<u32> {
    let state = foldhash::fast::FixedState::default();
    let hash = |(at, entity): (u32, &Named)| {
        let (key, _) = (variant.key)(entity.name, entity.entity_type)?;
        Some((state.hash_one((entity.entity_type, key)), at))
    };
    let mut hashes: Vec<(u64, u32)> = (0..).zip(entities).filter_map(hash).collect();
    hashes.sort_unstable();
    let several = hashes.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1);
    let mut sharing: Vec<u32> = several.flatten().map(|(_, at)| *at).collect();
    sharing.sort_unstable();
    sharing
}

/// Short names with the only longer one that stands beside them in every document that has one.
fn shorter(entities: &[Named], documents: impl Iterator<Item = Vec<u32>>) -> Vec<(u32, u32)> {
    let fits = |short: u32, long: u32| {
        let (one, other) = (&entities[short as usize], &entities[long as usize]);
        short != long && SHORTER.iter().any(|row| (row.fits)(one.name, other.name, one.entity_type))
    };
    let kin = kin(entities);
    let mut found: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for mut document in documents {
        document.retain(|&at| kin[at as usize] != NONE);
        document.sort_unstable_by_key(|&at| (kin[at as usize], at));
        for group in document.chunk_by(|&a, &b| kin[a as usize] == kin[b as usize]).filter(|group| group.len() > 1) {
            for &short in group.iter().filter(|&&at| !entities[at as usize].listed) {
                let longer = group.iter().copied().filter(|&long| fits(short, long));
                found.entry(short).or_default().extend(longer);
            }
        }
    }
    let only = |(short, longer): (u32, BTreeSet<u32>)| Some((short, *longer.first()?)).filter(|_| longer.len() == 1);
    found.into_iter().filter_map(only).collect()
}

const NONE: u32 = u32::MAX;

/// A number for each entity that it shares with all that it may be short for: people of one surname, organizations of the
/// same initials. It keeps the look for them linear in a document of thousands of names.
fn kin<'a>(entities: &[Named<'a>]) -> Vec<u32> {
    let mut numbers: HashMap<(&'a EntityType, Cow<'a, str>), u32> = HashMap::default();
    let mut number = |entity: &Named<'a>| {
        let key: Cow<'a, str> = match entity.entity_type {
            EntityType::Person => entity.name.rsplit_once(' ')?.1.into(),
            EntityType::Organization if is_capitals(entity.name) => entity.name.replace('.', "").into(),
            EntityType::Organization if entity.name.contains(' ') => initials(entity.name).collect(),
            _ => return None,
        };
        let next = numbers.len() as u32;
        Some(*numbers.entry((entity.entity_type, key)).or_insert(next))
    };
    entities.iter().map(|entity| number(entity).unwrap_or(NONE)).collect()
}

/// Sets of entities that are one, each known by the entity that gives it its id and name.
struct Sets {
    parent: Vec<u32>,
}

impl Sets {
    fn root(&self, entity: u32) -> u32 {
        let mut at = entity;
        while self.parent[at as usize] != at {
            at = self.parent[at as usize];
        }
        at
    }

    /// Joins the sets of two entities, unless a list has both.
    fn unite(&mut self, entities: &[Named], one: u32, other: u32) {
        let (one, other) = (self.root(one), self.root(other));
        let rank = |at: u32| {
            let entity = &entities[at as usize];
            (entity.listed, entity.mentions, entity.name.len(), std::cmp::Reverse(at))
        };
        if one == other || entities[one as usize].listed && entities[other as usize].listed {
            return;
        }
        let (from, to) = if rank(one) < rank(other) { (one, other) } else { (other, one) };
        self.parent[from as usize] = to;
    }
}

fn without_article(name: &str, _: &EntityType) -> Option<(String, String)> {
    let name = name.to_lowercase();
    Some((name.strip_prefix("the ").unwrap_or(&name).to_owned(), String::new()))
}

fn without_legal_form(name: &str, entity_type: &EntityType) -> Option<(String, String)> {
    if *entity_type != EntityType::Organization {
        return None;
    }
    let mut words: Vec<&str> = name.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let mut form = String::new();
    while words.len() > 1
        && let Some(word) = words.last().filter(|word| class(word.trim_end_matches('.')).is(Class::COMPANY))
    {
        form = format!("{} {form}", word.trim_end_matches('.').to_lowercase());
        words.pop();
    }
    (!is_capitals(words.last()?)).then(|| (words.join(" ").to_lowercase(), form))
}

fn without_initials(name: &str, entity_type: &EntityType) -> Option<(String, String)> {
    if *entity_type != EntityType::Person {
        return None;
    }
    let (first, rest) = name.split_once(' ')?;
    let (middle, last) = rest.rsplit_once(' ').map_or((None, rest), |(middle, last)| (Some(middle), last));
    let initials = middle.is_none_or(|middle| middle.split(' ').all(is_initial));
    let full = initials && !is_initial(first) && !is_initial(last);
    full.then(|| (format!("{first} {last}").to_lowercase(), middle.unwrap_or_default().to_owned()))
}

/// One spelling for those that other alphabets bring about: i, y and j are one letter, as are single and double ones.
fn transliterated(name: &str, entity_type: &EntityType) -> Option<(String, String)> {
    /// Shorter names are too easily those of two people: Li Yi, Li Ji.
    const SHORTEST: usize = 9;
    if *entity_type != EntityType::Person || name.len() < SHORTEST || !name.contains(' ') {
        return None;
    }
    let mut key = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        let c = if matches!(c, 'y' | 'j' | 'ï' | 'í' | 'й') { 'i' } else { c };
        if !key.ends_with(c) {
            key.push(c);
        }
    }
    Some((key, String::new()))
}

fn is_acronym_of(short: &str, long: &str, entity_type: &EntityType) -> bool {
    if *entity_type != EntityType::Organization || !is_capitals(short) || !long.contains(' ') {
        return false;
    }
    initials(long).eq(short.chars().filter(|c| *c != '.'))
}

/// The capitals that the words of a name begin with.
fn initials(name: &str) -> impl Iterator<Item = char> {
    name.split([' ', '-']).filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase())
}

fn has_initial_of(short: &str, long: &str, entity_type: &EntityType) -> bool {
    let (Some((short_first, short_last)), Some((first, last))) = (parts(short), parts(long)) else { return false };
    *entity_type == EntityType::Person
        && short_last == last
        && is_initial(short_first)
        && !is_initial(first)
        && short_first.chars().next() == first.chars().next()
}

fn has_nickname_of(short: &str, long: &str, entity_type: &EntityType) -> bool {
    let (Some((nickname, short_last)), Some((first, last))) = (parts(short), parts(long)) else { return false };
    *entity_type == EntityType::Person && short_last == last && is_nickname(nickname, first)
}

/// First name and surname: what is before the first blank, and the last word.
fn parts(name: &str) -> Option<(&str, &str)> {
    Some((name.split_once(' ')?.0, name.rsplit_once(' ')?.1))
}

/// "J." or "J.D."
fn is_initial(word: &str) -> bool {
    word.ends_with('.') && word.chars().all(|c| c == '.' || c.is_uppercase())
}

fn is_capitals(name: &str) -> bool {
    name.chars().count() > 1 && name.chars().all(|c| c.is_uppercase() || c == '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Joins names (`*` before a listed one) of people (or, with `organizations`, of organizations), all of one document, and
    /// checks what each is.
    #[track_caller]
    fn check(entity_type: EntityType, names: &[&str], expected: &[&str]) {
        let bare = |at: usize| names[at].trim_start_matches('*');
        let named = |at: usize| Named {
            name: bare(at),
            entity_type: &entity_type,
            listed: names[at].starts_with('*'),
            mentions: 1,
        };
        let entities: Vec<Named> = (0..names.len()).map(named).collect();
        let joined = join(&entities, std::iter::once((0..names.len() as u32).collect()));
        let found: Vec<&str> = joined.iter().map(|&at| bare(at as usize)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn people_are_one_where_it_is_plain() {
        let check = |names: &[&str], expected: &[&str]| check(EntityType::Person, names, expected);
        check(&["John R. Velask", "John Velask"], &["John R. Velask", "John R. Velask"]);
        check(
            &["John R. Velask", "John P. Velask", "John Velask"],
            &["John R. Velask", "John P. Velask", "John Velask"],
        );
        check(&["Sergej Velaskij", "*Sergey Velasky"], &["Sergey Velasky", "Sergey Velasky"]);
        check(&["J. Velask", "John Velask"], &["John Velask", "John Velask"]);
        check(&["J. Velask", "John Velask", "Jane Velask"], &["J. Velask", "John Velask", "Jane Velask"]);
        check(&["Bill Velask", "William Velask"], &["William Velask", "William Velask"]);
        check(&["Donald Velask", "Ronald Velask"], &["Donald Velask", "Ronald Velask"]);
        check(&["*Wim Velask", "*Willem Velask"], &["Wim Velask", "Willem Velask"]);
        check(&["John Velask", "John Velask Jr."], &["John Velask", "John Velask Jr."]);
        check(&["Li Yi", "Li Ji"], &["Li Yi", "Li Ji"]);
    }

    #[test]
    fn organizations_are_one_where_it_is_plain() {
        let check = |names: &[&str], expected: &[&str]| check(EntityType::Organization, names, expected);
        check(&["Zorvan Farmers Union", "ZFU"], &["Zorvan Farmers Union", "Zorvan Farmers Union"]);
        check(
            &["Zorvan Farmers Union", "Zelen Fruit Union", "ZFU"],
            &["Zorvan Farmers Union", "Zelen Fruit Union", "ZFU"],
        );
        check(&["Acme Widgets Inc.", "Acme Widgets"], &["Acme Widgets Inc.", "Acme Widgets Inc."]);
        check(&["Acme Widgets Inc.", "Acme Widgets Ltd"], &["Acme Widgets Inc.", "Acme Widgets Ltd"]);
        check(&["The Acme Fund", "Acme Fund"], &["The Acme Fund", "The Acme Fund"]);
        check(&["*Ford Inc", "*Ford"], &["Ford Inc", "Ford"]);
    }
}
