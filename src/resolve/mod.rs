//! Links the names of one document to entities, each with the rule that decided, and marks where each stands.
//!
//! Pure and per document: what is decided here never looks at another document. Full names link by themselves; a lone
//! surname links to the fuller name in the document, else to a prominent bearer, else it abstains.

mod context;
mod guards;
mod senses;

use crate::find::Hit;
use crate::gazetteer::{Entity, FormKind, Gazetteer, Sense};
use crate::model::{Context, Document, EntityKey, Kind, Mention, Rule, Span};
use senses::{Decision, Present};

/// The mentions of one document, in order of place: each hit that counts as a name, linked where something decides.
///
/// `sentences` and `hits` are sorted and lie in `document.text`. Linear in the text, and in the hits times their senses.
pub fn resolve(document: &Document, sentences: &[Span], hits: &[Hit], gazetteer: &Gazetteer) -> Vec<Mention> {
    let text = &*document.text;
    let names: Vec<Name> = in_sentences(document, sentences, hits, gazetteer).collect();
    let present = Present::gather(text, &names, gazetteer);
    let mut mentions: Vec<Mention> =
        names.iter().filter_map(|name| senses::decide(text, name, &present, gazetteer).map(|d| mention(name, d, gazetteer))).collect();
    context::mark(document, sentences, &mut mentions, gazetteer);
    mentions
}

/// A hit with the senses that hold for this document, in its sentence.
pub(crate) struct Name {
    span: Span,
    sentence: u32,
    sentence_span: Span,
    senses: Vec<Sense>,
}

/// The hits inside sentences whose names are not blocked, with the senses that hold on the document's day and come from
/// the last list that knows the form.
fn in_sentences<'a>(
    document: &'a Document,
    sentences: &'a [Span],
    hits: &'a [Hit],
    gazetteer: &'a Gazetteer,
) -> impl Iterator<Item = Name> + 'a {
    let mut sentence = 0;
    hits.iter().filter_map(move |hit| {
        while sentences.get(sentence).is_some_and(|span| span.end <= hit.span.start) {
            sentence += 1;
        }
        let sentence_span = *sentences.get(sentence).filter(|span| span.covers(hit.span))?;
        let holds = |sense: &&Sense| gazetteer.get(sense.entity).holds_on(document.date);
        let layer = hit.senses.iter().filter(holds).map(|sense| gazetteer.get(sense.entity).layer).max()?;
        let of_layer = |sense: &&Sense| gazetteer.get(sense.entity).layer == layer;
        let senses: Vec<Sense> = hit.senses.iter().filter(holds).filter(of_layer).copied().collect();
        let blocked = senses.iter().any(|sense| gazetteer.get(sense.entity).entity_type.is_none());
        (!blocked).then_some(Name { span: hit.span, sentence: sentence as u32, sentence_span, senses })
    })
}

fn mention(name: &Name, decision: Decision, gazetteer: &Gazetteer) -> Mention {
    let key = |entity: &Entity| EntityKey { id: entity.id.clone(), name: entity.name.clone() };
    let (entity, sense, rule, candidates) = match decision {
        Decision::Linked(sense, rule) => (Some(key(gazetteer.get(sense.entity))), sense, rule, Vec::new()),
        Decision::Abstained(senses) => {
            let candidates = senses.iter().map(|sense| gazetteer.get(sense.entity).id.clone()).collect();
            (None, senses[0], Rule::named("abstain"), candidates)
        }
    };
    let entity_type = gazetteer.get(sense.entity).entity_type.clone().expect("blocked names are left out before");
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
