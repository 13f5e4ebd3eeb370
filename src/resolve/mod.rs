//! Links the names of one document to entities, each with the rule that decided, and marks where each stands.
//!
//! Pure and per document: what is decided here never looks at another document. Full names link by themselves; a lone
//! surname links to the fuller name in the document, else to a prominent bearer, else it abstains.

mod context;
mod guards;
mod senses;

use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};
use smallvec::SmallVec;

use crate::find::{Found, Name};
use crate::gazetteer::{EntityId, Facts, FormKind, Gazetteer, Sense, Senses};
use crate::model::{Apart, Candidates, Context, EntityKey, EntityType, Kind, Mention, Rule};
use crate::text::chars::one_line;
use senses::{Decision, Place, Present};

/// The mentions of each of some documents, in order of place: each name, linked where something decides. Each document alone;
/// together because each step is done with all of them before the next begins, while its code is at hand.
///
/// Linear in the texts, and in the names times their senses.
pub fn resolve(documents: &[Apart<Name>], gazetteer: &Gazetteer) -> Vec<Vec<Mention>> {
    let mut mentions = Vec::with_capacity(documents.len());
    let mut outlets = Vec::with_capacity(documents.len());
    let mut made = Made::new(gazetteer);
    for document in documents {
        let (its, of_outlets) = link(document, &mut made);
        mentions.push(its);
        outlets.push(of_outlets);
    }
    for ((apart, mentions), outlets) in documents.iter().zip(&mut mentions).zip(&outlets) {
        context::mark(apart.document, apart.sentences, mentions, outlets);
    }
    mentions
}

/// The mentions of one document without their contexts, and which are of news media.
fn link(apart: &Apart<Name>, made: &mut Made) -> (Vec<Mention>, Vec<bool>) {
    let gazetteer = made.gazetteer;
    let Apart { document, sentences, found: names } = *apart;
    let text = &*document.text;
    let present = Present::gather(text, names);
    let (mut mentions, mut outlets) = (Vec::with_capacity(names.len()), Vec::with_capacity(names.len()));
    for (number, name) in names.iter().enumerate() {
        let before = number.checked_sub(1).map(|before| &names[before]);
        let place = Place {
            span: name.span,
            sentence: sentences[name.sentence as usize],
            titled: name.titled,
            owner: before.and_then(|before| owner(text, before, name, gazetteer)),
            behind_name: before.is_some_and(|before| directly_behind(text, before, name)),
        };
        if let Some(mention) = resolve_one(text, name, place, &present, made) {
            mentions.push(mention);
            outlets.push(is_outlet(name));
        }
    }
    (mentions, outlets)
}

/// The mention of one name, unless it is none here.
fn resolve_one(text: &str, name: &Name, place: Place, present: &Present, made: &mut Made) -> Option<Mention> {
    let gazetteer = made.gazetteer;
    let (entity_type, rule, full, senses) = match &name.found {
        Found::List(senses) => {
            return senses::decide(text, place, senses, present, gazetteer)
                .map(|decision| mention(name, decision, made));
        }
        Found::Rule { entity_type, rule, full, senses } => (entity_type, *rule, full.as_deref(), senses),
    };
    let of_type = |sense: &&Sense| gazetteer.entity_type(sense.entity).as_ref() == Some(entity_type);
    let senses: Senses = senses.iter().filter(of_type).copied().collect();
    let supported = full.is_none() || place.owner.is_some() || senses.iter().any(|sense| present.has(sense.entity));
    let decision = senses::decide(text, place, &senses, present, gazetteer).filter(|_| supported);
    Some(match decision {
        Some(decision) => mention(name, decision, made),
        None => found(name, text, full, present, made, (entity_type, rule)),
    })
}

/// Whether a name may be that of a news outlet, to which people say things.
fn is_outlet(name: &Name) -> bool {
    let (Found::List(senses) | Found::Rule { senses, .. }) = &name.found;
    senses.iter().any(|sense| sense.facts.is(Facts::OUTLET))
}

/// The country of the place directly before a name: "Russia's Foreign Ministry", "the Indian Parliament".
fn owner<'g>(text: &str, before: &Name, name: &Name, gazetteer: &'g Gazetteer) -> Option<&'g str> {
    let Found::List(senses) = &before.found else { return None };
    let between = text.get(before.span.end as usize..name.span.start as usize)?;
    let adjacent = matches!(between, " " | "'s " | "’s " | "' " | "’ ");
    let place = senses.first().filter(|sense| adjacent && sense.facts.is(Facts::PLACE))?;
    Some(gazetteer.get(place.entity).country).filter(|country| !country.is_empty())
}

/// Whether a place or organization of the lists stands directly before a name, with one blank between them.
fn directly_behind(text: &str, before: &Name, name: &Name) -> bool {
    let Found::List(senses) = &before.found else { return false };
    text.get(before.span.end as usize..name.span.start as usize) == Some(" ")
        && !senses.iter().any(|sense| sense.facts.is(Facts::PERSON))
}

/// A name found by rule: its own node, named as written; a single word for a person is none without the full name.
fn found(
    name: &Name,
    text: &str,
    full: Option<&str>,
    present: &Present,
    made: &mut Made,
    (entity_type, rule): (&EntityType, Rule),
) -> Mention {
    let surface = one_line(name.span.of(text));
    let shown = full.unwrap_or(&surface);
    let single = !shown.contains([' ', '-']) && *entity_type == EntityType::Person
        || rule == const { Rule::named("institution") };
    let listed = present.full_name(shown).map(|id| made.gazetteer.key(id));
    let entity = listed.or_else(|| if single { None } else { made.key(shown, entity_type) });
    Mention {
        span: name.span,
        sentence: name.sentence,
        entity,
        entity_type: entity_type.clone(),
        kind: Kind::Name,
        context: Context::Plain,
        rule,
        holder: None,
        candidates: Candidates::default(),
    }
}

/// What was made for the names of some documents: what is named again is not made again.
struct Made<'g> {
    gazetteer: &'g Gazetteer,
    /// The entities of names that a rule found.
    keys: HashMap<Arc<str>, SmallVec<[Typed; 1]>>,
    /// The ids of those that nothing decides between.
    candidates: HashMap<Box<[EntityId]>, Candidates>,
}

/// The entity of a name that is of this type; nothing for one without a letter.
type Typed = (EntityType, Option<EntityKey>);

impl<'g> Made<'g> {
    fn new(gazetteer: &'g Gazetteer) -> Made<'g> {
        Made { gazetteer, keys: HashMap::new(), candidates: HashMap::new() }
    }

    /// The entity of this name and type; nothing for a name without a letter.
    fn key(&mut self, name: &str, entity_type: &EntityType) -> Option<EntityKey> {
        let known = self.keys.get(name).and_then(|keys| keys.iter().find(|(its, _)| its == entity_type));
        if let Some((_, key)) = known {
            return key.clone();
        }
        let (id, name) = (self.gazetteer.id_for(name, entity_type), Arc::<str>::from(name));
        let key = (!id.is_empty()).then(|| EntityKey { id: id.into(), name: Arc::clone(&name) });
        self.keys.entry(name).or_default().push((entity_type.clone(), key.clone()));
        key
    }

    /// The ids of those that a name may be.
    fn candidates(&mut self, senses: &[Sense]) -> Candidates {
        let entities: SmallVec<[EntityId; 8]> = senses.iter().map(|sense| sense.entity).collect();
        if let Some(known) = self.candidates.get(&*entities) {
            return known.clone();
        }
        let candidates = self.gazetteer.candidates(&entities);
        self.candidates.insert(entities.into_boxed_slice(), candidates.clone());
        candidates
    }
}

fn mention(name: &Name, decision: Decision, made: &mut Made) -> Mention {
    let gazetteer = made.gazetteer;
    let (entity, sense, rule, candidates) = match decision {
        Decision::Linked(sense, rule) => (Some(gazetteer.key(sense.entity)), sense, rule, Candidates::default()),
        Decision::Abstained(senses) => (None, senses[0], const { Rule::named("abstain") }, made.candidates(&senses)),
    };
    let entity_type = gazetteer.entity_type(sense.entity).expect("blocked names are left out before");
    let kind = if sense.kind == FormKind::Demonym { Kind::Demonym } else { Kind::Name };
    Mention {
        span: name.span,
        sentence: name.sentence,
        entity,
        entity_type,
        kind,
        context: Context::Plain,
        rule,
        holder: None,
        candidates,
    }
}
