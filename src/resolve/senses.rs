//! Which of its senses a name has here.

use std::borrow::Cow;

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use super::guards::{self, Neighbours};
use crate::find::{Found, Name};
use crate::gazetteer::{EntityId, Facts, FormKind, Gazetteer, Sense, Senses};
use crate::model::{Rule, Span};

/// What was decided for one name.
pub enum Decision {
    /// It stands for the entity of this sense.
    Linked(Sense, Rule),
    /// It is a name, but nothing decides between these senses.
    Abstained(Senses),
}

/// Where a name stands.
#[derive(Clone, Copy)]
pub struct Place<'g> {
    /// Its bytes.
    pub span: Span,
    /// Those of its sentence.
    pub sentence: Span,
    /// The country of the place directly before it: "Russia's Foreign Ministry".
    pub owner: Option<&'g str>,
    /// Whether a title stands directly before it.
    pub titled: bool,
    /// Whether another name stands directly before it, which is no first name: "In Moscow Trump".
    pub behind_name: bool,
}

/// The entities whose full names a document has.
pub struct Present<'t> {
    entities: HashSet<EntityId>,
    /// A bit for each by the end of its number: it turns nearly all others away.
    marks: [u64; MARKS],
    by_name: HashMap<&'t str, EntityId>,
}

const MARKS: usize = 64;

impl<'t> Present<'t> {
    /// Those that a full name or alias stands for without doubt. None where nobody asks for them: no name is a short form, and
    /// none was found by rule.
    pub fn gather(text: &'t str, names: &[Name]) -> Present<'t> {
        let asks = |name: &Name| match &name.found {
            Found::List(senses) => senses.iter().any(|sense| !sense.kind.is_full()),
            Found::Rule { .. } => true,
        };
        let names = if names.iter().any(asks) { names } else { &[] };
        // Half of all names repeat one before them.
        let room = names.len() / 2;
        let (entities, by_name) = (HashSet::with_capacity(room), HashMap::with_capacity(room));
        let mut present = Present { entities, marks: [0; MARKS], by_name };
        for name in names {
            let Found::List(senses) = &name.found else { continue };
            let full = senses.iter().filter(|sense| sense.kind.is_full());
            if full.clone().next().is_none() || guards::is_part_of_longer(text, name.span) {
                continue;
            }
            if let Some(sense) = outstanding(full) {
                present.entities.insert(sense.entity);
                let (word, bit) = mark(sense.entity);
                present.marks[word] |= bit;
                present.by_name.entry(name.span.of(text)).or_insert(sense.entity);
            }
        }
        present
    }

    /// Whether a full name of `entity` stands in the document.
    pub fn has(&self, entity: EntityId) -> bool {
        let (word, bit) = mark(entity);
        self.marks[word] & bit != 0 && self.entities.contains(&entity)
    }

    /// The entity that this full name, as written in the document, stands for.
    pub fn full_name(&self, name: &str) -> Option<EntityId> {
        self.by_name.get(name).copied()
    }
}

/// The word and the bit of an entity's mark.
fn mark(entity: EntityId) -> (usize, u64) {
    (entity.0 as usize / 64 % MARKS, 1 << (entity.0 % 64))
}

/// How much more prominent one candidate must be than every other to be taken for that alone.
const MARGIN: u8 = 2;

/// Decides for one name; nothing when it is no name of this list here (a part of a longer name, an ordinary word).
pub fn decide(
    text: &str,
    place: Place,
    senses: &[Sense],
    present: &Present,
    gazetteer: &Gazetteer,
) -> Option<Decision> {
    let Place { span, sentence, owner, .. } = place;
    if let [sense] = senses
        && sense.kind.is_full()
    {
        // Nine names in ten: there is nothing to choose.
        let is_none = guards::spells_a_word(text, span, sentence, senses)
            || is_person(*sense) && guards::is_part_of_longer(text, span);
        return (!is_none).then(|| Decision::Linked(*sense, rule_of(sense.kind)));
    }
    if senses.is_empty() {
        return None;
    }
    let near = Neighbours::new(text, place);
    let senses = &*by_article(senses, &near);
    // Nearly always all are of one sort.
    let n_full = senses.iter().filter(|sense| sense.kind.is_full()).count();
    let sorted: (Senses, Senses);
    let (full, short): (&[Sense], &[Sense]) = if n_full == 0 {
        (&[], senses)
    } else if n_full == senses.len() {
        (senses, &[])
    } else {
        sorted = senses.iter().copied().partition(|sense| sense.kind.is_full());
        (&sorted.0, &sorted.1)
    };
    if senses.is_empty() || guards::spells_a_word(text, span, sentence, senses) {
        return None;
    }
    if !full.is_empty() {
        if guards::is_part_of_longer(text, span) && full.iter().all(|sense| is_person(*sense)) {
            return None;
        }
        return by_full_name(full, short, &near, present);
    }
    // "Russia's Foreign Ministry": of all bodies called so, that of the country before it.
    if let Some(owner) = owner {
        let of_owner = |sense: &&Sense| sense.facts.is(Facts::STATE) && gazetteer.get(sense.entity).country == owner;
        let owned: Senses = short.iter().filter(of_owner).copied().collect();
        if let [sense] = owned[..]
            && sense.kind == FormKind::Short
        {
            return Some(Decision::Linked(sense, SHORT));
        }
    }
    by_short_form(short, &near, present)
}

/// Rivers, forests and regions have an article where firms have none: "the Amazon", "Amazon".
fn by_article<'s>(senses: &'s [Sense], near: &Neighbours) -> Cow<'s, [Sense]> {
    // A surname is none of a firm.
    let firm = |sense: &Sense| sense.kind != FormKind::Surname && sense.facts.is(Facts::COMPANY);
    let land = |sense: &Sense| sense.facts.is(Facts::LAND);
    if !(senses.len() > 1 && senses.iter().any(firm) && senses.iter().any(land)) {
        return Cow::Borrowed(senses);
    }
    senses.iter().filter(|sense| if near.after_article() { !firm(sense) } else { !land(sense) }).copied().collect()
}

fn by_full_name(full: &[Sense], short: &[Sense], near: &Neighbours, present: &Present) -> Option<Decision> {
    // "Jordan" is a country, but in a story on Michael Jordan it is the man; "Rio" beside "Rio Tinto" is the firm.
    let here: Senses = short.iter().filter(|sense| present.has(sense.entity)).copied().collect();
    if let [sense] = here[..]
        && !near.after_place_word()
        && !full.iter().any(|sense| present.has(sense.entity) && sense.kind != FormKind::Full)
    {
        let rule = match sense.kind {
            FormKind::Surname if near.titled => TITLE,
            kind => rule_of(kind),
        };
        return Some(Decision::Linked(sense, rule));
    }
    match outstanding(full.iter()) {
        Some(sense) => Some(Decision::Linked(sense, rule_of(sense.kind))),
        None => Some(Decision::Abstained(Senses::from_slice(full))),
    }
}

fn by_short_form(short: &[Sense], near: &Neighbours, present: &Present) -> Option<Decision> {
    if near.other_name_part() {
        return None;
    }
    let rule = match short[0].kind {
        FormKind::Surname if near.titled => TITLE,
        FormKind::Surname => SURNAME,
        _ => SHORT,
    };
    let link = |sense: Sense| Some(Decision::Linked(sense, rule));
    let here: Senses = short.iter().filter(|sense| present.has(sense.entity)).copied().collect();
    if let [sense] = here[..] {
        return link(sense);
    }
    let is_lone = |sense: &&Sense| sense.facts.is(Facts::LONE);
    let known = || short.iter().filter(|sense| sense.facts.is_known());
    match here[..] {
        [] => {}
        // Several Trumps in one story: the bare name is the one that is known by it.
        _ => match here.iter().find(is_lone) {
            Some(sense) => return link(*sense),
            None => return Some(Decision::Abstained(here)),
        },
    }
    if let Some(sense) = outstanding(short.iter().filter(is_lone)) {
        return link(sense);
    }
    if near.titled {
        return match outstanding(known()) {
            Some(sense) if is_person(sense) => link(sense),
            _ => Some(Decision::Abstained(Senses::from_slice(short))),
        };
    }
    let several = known().nth(1).is_some() && known().next().is_some_and(|sense| is_person(*sense));
    (several && !near.starts_sentence()).then(|| Decision::Abstained(known().copied().collect()))
}

/// The only sense, or the one whose entity is far more prominent than all others.
fn outstanding<'s>(senses: impl Iterator<Item = &'s Sense> + Clone) -> Option<Sense> {
    let best = senses.clone().max_by_key(|sense| sense.facts.prominence())?;
    let high = best.facts.prominence();
    let mut rivals = senses.filter(|sense| sense.entity != best.entity);
    let near = |sense: &Sense| sense.facts.prominence() + MARGIN > high;
    (!rivals.any(near)).then_some(*best)
}

fn is_person(sense: Sense) -> bool {
    sense.facts.is(Facts::PERSON)
}

const TITLE: Rule = Rule::named("title");
const SURNAME: Rule = Rule::named("surname");
const SHORT: Rule = Rule::named("short");

fn rule_of(kind: FormKind) -> Rule {
    match kind {
        FormKind::Full => const { Rule::named("gazetteer") },
        FormKind::Acronym => const { Rule::named("acronym") },
        FormKind::Initials => const { Rule::named("initials") },
        FormKind::Demonym => const { Rule::named("demonym") },
        FormKind::Surname => SURNAME,
        FormKind::Short => SHORT,
    }
}
