//! Lists only: a sentence is taken apart only where words beside a name decide about it.

use foldhash::{HashMap, HashSet};

use super::page;
use crate::find::{Found, Hit, Name, Needs};
use crate::gazetteer::{EntityId, Gazetteer, Sense};
use crate::model::{Apart, Span};
use crate::text::words::{Class, class};

/// The listed names of a document, in order. `taken_apart` has those of the sentences of these hits by their words: in news a tenth
/// of all with a list of a million people, who share their surnames.
pub(super) fn names(
    apart: &Apart<Hit>,
    gazetteer: &Gazetteer,
    taken_apart: impl FnOnce(Apart<Hit>) -> Vec<Name>,
) -> Vec<Name> {
    let Apart { document, sentences, found: hits } = *apart;
    let mut support = Support::of(&document.text, hits);
    let (mut names, mut open) = (Vec::with_capacity(hits.len()), Vec::new());
    let mut from = 0;
    for (number, sentence) in (0..).zip(sentences) {
        from += hits[from..].iter().take_while(|hit| hit.span.start < sentence.start).count();
        let here = hits[from..].iter().take_while(|hit| hit.span.end <= sentence.end).count();
        let here = &hits[from..from + here];
        from += here.len();
        if here.iter().any(|hit| support.is_open(hit, *sentence)) {
            open.extend_from_slice(here);
            continue;
        }
        for hit in here.iter().filter(|hit| hit.needs != Needs::Title) {
            let listed = page::meaning(hit, gazetteer, document.date).filter(|name| name.full && !name.blocked);
            let found = listed.map(|listed| Found::List(listed.senses));
            names.extend(found.map(|found| Name { span: hit.span, sentence: number, titled: false, found }));
        }
    }
    if !open.is_empty() {
        names.extend(taken_apart(Apart { found: &open, ..*apart }));
        names.sort_by_key(|name| name.span.start);
    }
    names
}

/// What may make a name of a surname that many share.
struct Support<'t> {
    text: &'t str,
    /// Who may be named in full.
    full: HashSet<EntityId>,
    /// Whether one of them is among these senses, which stand once in memory for all hits of a form.
    known: HashMap<*const Sense, bool>,
}

impl<'t> Support<'t> {
    fn of(text: &'t str, hits: &[Hit]) -> Support<'t> {
        let asked = hits.iter().any(|hit| hit.needs == Needs::Title);
        let hits = if asked { hits } else { &[] };
        let full = hits.iter().filter(|hit| hit.needs != Needs::Title).flat_map(|hit| &*hit.senses);
        Support { text, full: full.map(|sense| sense.entity).collect(), known: HashMap::default() }
    }

    /// Whether the words around a hit decide whether it is a name.
    fn is_open(&mut self, hit: &Hit, sentence: Span) -> bool {
        match hit.needs {
            Needs::Nothing => false,
            Needs::Words => true,
            Needs::Title => self.is_known(hit) || may_follow_title(self.text, sentence, hit.span),
        }
    }

    fn is_known(&mut self, hit: &Hit) -> bool {
        let full = &self.full;
        let any = || hit.senses.iter().any(|sense| full.contains(&sense.entity));
        *self.known.entry(hit.senses.as_ptr()).or_insert_with(any)
    }
}

/// Whether the word before a name, up to the start of its sentence, may be the last of a title.
fn may_follow_title(text: &str, sentence: Span, name: Span) -> bool {
    let before = text[sentence.start as usize..name.start as usize].trim_end();
    let before = before.strip_suffix('.').unwrap_or(before);
    let letters = before.bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
    let (rest, word) = before.split_at(before.len() - letters);
    match rest.bytes().next_back() {
        // Parts of a longer word.
        Some(b'-' | b'\'' | b'.') | Some(0x80..) => true,
        _ => class(word).is(Class::TITLE | Class::HONORIFIC | Class::TITLE_INNER),
    }
}
