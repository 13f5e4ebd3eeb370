//! The second pass: what the document said elsewhere decides for words that say nothing by themselves.

use std::ops::Range;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};
use smallvec::SmallVec;

use super::page::Page;
use super::tokens::Shape;
use super::{Claim, FREE, Sheet, What};
use crate::model::{EntityType, Rule};
use crate::text::hash;
use crate::text::words::Class;

/// What a document has said of words, as they are written.
pub(super) struct Memory<'t>(HashMap<&'t str, Said>);

/// What a document has said of one word.
#[derive(Default)]
struct Said {
    /// The full name of the person whose surname it is.
    surname: Option<Full>,
    /// The full name of the organization whose last word it is ("Foundation").
    head: Option<Full>,
    /// The type of which a rule or list was sure where it stood alone.
    alone: Option<EntityType>,
}

/// A full name; nothing where two share the word.
type Full = Option<Arc<str>>;

/// What the rules of the first pass say of which type names are: an unknown name has the same type all over a document, the one that
/// its rules speak for most strongly.
pub(super) struct Votes {
    /// By the words of a name and the number of its document.
    cast: HashMap<u64, SmallVec<[(EntityType, Rule); 1]>>,
    /// The documents in which rules contradict each other, in order.
    disputed: Vec<u32>,
}

impl Votes {
    /// None yet; with room for those of so many sentences.
    pub(super) fn of(sentences: usize) -> Votes {
        Votes { cast: HashMap::with_capacity(sentences / 4), disputed: Vec::new() }
    }

    /// Adds those of a sentence, which is not of a document before the last one.
    pub(super) fn cast(&mut self, sheet: &Sheet) {
        for claim in &sheet.claims {
            let What::Named(entity_type, rule, _) = &claim.what else { continue };
            let vote = (entity_type.clone(), *rule);
            let cast = self.cast.entry(words(&sheet.page, claim)).or_default();
            if !cast.contains(&vote) {
                cast.push(vote);
                if cast.len() > 1 && self.disputed.last() != Some(&sheet.page.document) {
                    self.disputed.push(sheet.page.document);
                }
            }
        }
    }

    /// Gives the names of a sentence the types of most weight.
    pub(super) fn decide(&self, sheet: &mut Sheet) {
        if self.disputed.binary_search(&sheet.page.document).is_err() {
            return;
        }
        for claim in sheet.claims.iter_mut().filter(|claim| matches!(claim.what, What::Named(..))) {
            let key = words(&sheet.page, claim);
            let What::Named(entity_type, ..) = &mut claim.what else { continue };
            let Some(cast) = self.cast.get(&key).filter(|cast| cast.len() > 1) else { continue };
            let weight = |wanted: &EntityType| {
                cast.iter().filter(|(known, _)| known == wanted).map(|(_, rule)| strength(*rule)).sum::<u32>()
            };
            let best = cast.iter().map(|(known, _)| known).max_by_key(|known| (weight(known), *known == entity_type));
            if let Some(best) = best.filter(|best| weight(best) > weight(entity_type)) {
                *entity_type = best.clone();
            }
        }
    }
}

/// How strongly a rule speaks for its type.
fn strength(rule: Rule) -> u32 {
    match rule.name() {
        "organization-word" | "organization-of" | "place-word" => 4,
        "title" | "organization-context" => 3,
        "speech" | "apposition" | "first-name" | "place-context" => 2,
        _ => 1,
    }
}

/// The words of a claim in its document, as one hash: two names have the same once in 10^19.
fn words(page: &Page, claim: &Claim) -> u64 {
    let tokens = page.tokens[claim.range.clone()].iter();
    tokens.fold(hash::SEED ^ u64::from(page.document), |hash, token| {
        hash::mix(hash, hash::of(&page.text.as_bytes()[token.start as usize..token.end() as usize]))
    })
}

impl<'t> Memory<'t> {
    /// Nothing yet; with room for what so many sentences say.
    pub(super) fn of(sentences: usize) -> Memory<'t> {
        Memory(HashMap::with_capacity(sentences / 4))
    }

    /// Adds what the claims of a sentence say.
    pub(super) fn gather(&mut self, sheet: &Sheet<'t>) {
        sheet.claims.iter().for_each(|claim| self.note(&sheet.page, claim));
    }

    fn note(&mut self, page: &Page<'t>, claim: &Claim) {
        let entity_type = match &claim.what {
            What::Nothing => return,
            What::Listed(number) if page.listed[*number].demonym => return,
            What::Listed(number) => page.listed[*number].entity_type.clone(),
            What::Named(entity_type, _, _) => Some(entity_type.clone()),
        };
        let Some(entity_type) = entity_type else { return };
        let words: SmallVec<[usize; 8]> = claim.range.clone().filter(|&at| page.tokens[at].is_cap()).collect();
        match (&entity_type, &words[..]) {
            (EntityType::Person, [_, .., last]) => {
                let mut last = *last;
                if page.tokens[last].can(Class::NAME_TAIL) && words.len() > 2 {
                    last = words[words.len() - 2];
                }
                let said = self.0.entry(page.tokens[last].text(page.text)).or_default();
                let same = |known: &str, full: &str| {
                    full.strip_suffix(known).is_some_and(|first| first.is_empty() || first.ends_with(' '))
                };
                name(&mut said.surname, page, claim, same);
            }
            (EntityType::Organization, [_, .., last]) if page.can(*last, Class::ORG_HEAD) => {
                let said = self.0.entry(page.tokens[*last].text(page.text)).or_default();
                name(&mut said.head, page, claim, |known, full| known == full);
            }
            (_, [one]) => {
                self.0.entry(page.tokens[*one].text(page.text)).or_default().alone.get_or_insert(entity_type);
            }
            _ => {}
        }
    }

    /// Adds claims on the words of a sentence that are still free.
    pub(super) fn claims(&self, sheet: &Sheet, claims: &mut Vec<Claim>) {
        let page = &sheet.page;
        for at in page.run_tokens() {
            let token = &page.tokens[at];
            if sheet.taken[at] != FREE || !token.is_cap() || token.title() {
                continue;
            }
            let Some(said) = self.0.get(token.text(page.text)) else { continue };
            if let Some(what) = said.meant(page, at) {
                claims.push(Claim { range: at..at + 1, what });
            }
        }
    }
}

impl Said {
    /// What the free word at `at`, of which this was said, is there.
    fn meant(&self, page: &Page, at: usize) -> Option<What> {
        let token = &page.tokens[at];
        let is_common = token.can(Class::COMMON);
        if let Some(full) = &self.surname {
            let weak = is_common && (page.starts(at) || page.shouting) && !token.can(Class::LAST);
            if !weak && token.shape == Shape::Capital {
                return Some(What::Named(EntityType::Person, const { Rule::named("surname") }, full.clone()));
            }
        }
        if let Some(full) = self.head.as_ref().filter(|_| is_head(page, at)) {
            return Some(What::Named(EntityType::Organization, const { Rule::named("echo") }, full.clone()));
        }
        let alone = self.alone.as_ref().filter(|_| !(is_common && page.starts(at)))?;
        Some(What::Named(alone.clone(), const { Rule::named("echo") }, None))
    }
}

/// Whether the word at `at` stands for the whole organization: "the Foundation", alone and with a capital.
fn is_head(page: &Page, at: usize) -> bool {
    let article = page.before(at).is_some_and(|token| matches!(token.text(page.text), "the" | "The"));
    let alone =
        page.token(at + 1).is_none_or(|next| !next.is_cap() && !next.is(page.text, "-") && !next.is(page.text, "of"));
    article && alone && !page.shouting && page.tokens[at].shape == Shape::Capital
}

/// Notes the name of a claim as the full one of a word, or that there are several, unless it is the `same` as the known one.
fn name(known: &mut Option<Full>, page: &Page, claim: &Claim, same: impl Fn(&str, &str) -> bool) {
    match known {
        // Several already.
        Some(None) => {}
        Some(Some(full)) if same(full, &spelled(page, claim)) => {}
        Some(several) => *several = None,
        None => *known = Some(Some(spelled(page, claim).into())),
    }
}

/// The words of a claim as one name.
fn spelled(page: &Page, claim: &Claim) -> String {
    let span = page.span(&claim.range);
    let mut name = String::with_capacity((span.end - span.start) as usize);
    for token in &page.tokens[claim.range.clone()] {
        if token.spaced() && !name.is_empty() {
            name.push(' ');
        }
        name.push_str(token.text(page.text));
    }
    name
}

/// Unknown words in a list with names whose type is known have that type: "Moranbah and Dysart", "Atlas, Vale and Rio Tinto".
pub(super) fn coordinate(sheet: &Sheet, claims: &mut Vec<Claim>) {
    for run in sheet.page.unknown.iter().cloned() {
        let free = sheet.is_free(&run);
        let plain = run.clone().all(|at| {
            sheet.page.tokens[at].shape == Shape::Capital && !sheet.page.can(at, Class::COMMON | Class::NOT_NAME)
        });
        if !free || !plain || run.len() > 2 {
            continue;
        }
        if let Some(entity_type) = sheet.neighbour_type(&run) {
            claims.push(Claim { range: run, what: What::Named(entity_type, const { Rule::named("list") }, None) });
        }
    }
}

impl Sheet<'_> {
    /// The claim that has the token at `at`.
    fn claim_over(&self, at: usize) -> Option<&Claim> {
        self.taken.get(at).and_then(|&number| self.claims.get(number as usize))
    }

    /// The type of the names that a comma or `and` ties to these words, where those before and behind agree.
    fn neighbour_type(&self, run: &Range<usize>) -> Option<EntityType> {
        let page = &self.page;
        let link =
            |at: usize| page.token(at).is_some_and(|token| matches!(token.text(page.text), "," | "and" | "or" | "&"));
        let type_at = |claim: &Claim| match &claim.what {
            What::Listed(number) if !page.listed[*number].demonym => page.listed[*number].entity_type.clone(),
            What::Named(entity_type, ..) => Some(entity_type.clone()),
            _ => None,
        };
        let before = run.start.checked_sub(1).filter(|&at| link(at)).and_then(|at| {
            let at = if page.is(at, "and") && at > 0 && page.is(at - 1, ",") { at - 1 } else { at };
            at.checked_sub(1).and_then(|at| self.claim_over(at)).filter(|claim| claim.range.end == at).and_then(type_at)
        });
        let after = Some(run.end).filter(|&at| link(at)).and_then(|at| {
            let at = if page.is(at, ",") && page.is(at + 1, "and") { at + 1 } else { at };
            self.claim_over(at + 1).filter(|claim| claim.range.start == at + 1).and_then(type_at)
        });
        match (before, after) {
            (Some(a), Some(b)) if a == b => Some(a),
            (Some(a), None) if page.before(run.start).is_some_and(|token| !token.is(page.text, ",")) => Some(a),
            (None, Some(b)) if page.token(run.end).is_some_and(|token| !token.is(page.text, ",")) => Some(b),
            _ => None,
        }
    }
}
