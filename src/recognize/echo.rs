//! The second pass: what the document said elsewhere decides for words that say nothing by themselves.

use foldhash::{HashMap, HashMapExt};

use super::page::Page;
use super::tokens::Shape;
use super::{Claim, Options, Sheet, What, listed_short};
use crate::model::{EntityType, Rule};
use crate::text::words::Class;

/// What a document has said.
struct Memory<'t> {
    /// Surnames of people named in full, with the full name; nothing where two people share it.
    surnames: HashMap<&'t str, Option<String>>,
    /// Single words whose type a rule or list was sure of.
    words: HashMap<&'t str, EntityType>,
}

/// Claims words that are still free.
pub(super) fn second_pass(sheets: &mut [Sheet], options: &Options) {
    if !options.lists_only && !options.without.iter().any(|name| name == "echo") {
        let memory = Memory::gather(sheets);
        let claims: Vec<Vec<Claim>> = sheets.iter().map(|sheet| memory.claims(sheet)).collect();
        for (sheet, mut claims) in sheets.iter_mut().zip(claims) {
            sheet.accept(&mut claims);
        }
    }
    for sheet in sheets {
        let mut claims = Vec::new();
        listed_short(&sheet.page, &mut claims);
        sheet.accept(&mut claims);
    }
}

/// Gives an unknown name the same type all over the document: the one that its rules speak for most strongly.
pub(super) fn agree(sheets: &mut [Sheet]) {
    let mut votes: HashMap<String, Vec<(EntityType, Rule)>> = HashMap::new();
    for sheet in sheets.iter() {
        for claim in &sheet.claims {
            if let What::Named(entity_type, rule, _) = &claim.what {
                let vote = (entity_type.clone(), *rule);
                let cast = votes.entry(surface(&sheet.page, claim)).or_default();
                if !cast.contains(&vote) {
                    cast.push(vote);
                }
            }
        }
    }
    for sheet in sheets {
        for claim in &mut sheet.claims {
            let key = surface(&sheet.page, claim);
            let What::Named(entity_type, ..) = &mut claim.what else { continue };
            let Some(cast) = votes.get(&key).filter(|cast| cast.len() > 1) else { continue };
            let weight = |wanted: &EntityType| cast.iter().filter(|(known, _)| known == wanted).map(|(_, rule)| strength(*rule)).sum::<u32>();
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

fn surface(page: &Page, claim: &Claim) -> String {
    let words: Vec<&str> = page.tokens[claim.range.clone()].iter().map(|token| token.text).collect();
    words.join(" ")
}

impl<'t> Memory<'t> {
    fn gather(sheets: &[Sheet<'t>]) -> Memory<'t> {
        let mut memory = Memory { surnames: HashMap::new(), words: HashMap::new() };
        for sheet in sheets {
            for claim in &sheet.claims {
                memory.note(&sheet.page, claim);
            }
        }
        memory
    }

    fn note(&mut self, page: &Page<'t>, claim: &Claim) {
        let entity_type = match &claim.what {
            What::Nothing => return,
            What::Listed(number) if page.listed[*number].demonym => return,
            What::Listed(number) => page.listed[*number].entity_type.clone(),
            What::Named(entity_type, _, _) => Some(entity_type.clone()),
        };
        let Some(entity_type) = entity_type else { return };
        let words: Vec<usize> = claim.range.clone().filter(|&at| page.tokens[at].is_cap()).collect();
        match (&entity_type, &words[..]) {
            (EntityType::Person, [_, .., last]) => {
                let mut last = *last;
                if page.tokens[last].can(Class::NAME_TAIL) && words.len() > 2 {
                    last = words[words.len() - 2];
                }
                let name = claim.range.clone().map(|at| (page.tokens[at].text, page.tokens[at].spaced));
                let full = name.fold(String::new(), |full, (text, spaced)| {
                    if spaced && !full.is_empty() { full + " " + text } else { full + text }
                });
                let known = self.surnames.entry(page.tokens[last].text).or_insert_with(|| Some(full.clone()));
                if known.as_ref().is_some_and(|known| *known != full && !full.ends_with(&format!(" {known}"))) {
                    *known = None;
                }
            }
            (_, [one]) => {
                self.words.entry(page.tokens[*one].text).or_insert(entity_type);
            }
            _ => {}
        }
    }

    fn claims(&self, sheet: &Sheet) -> Vec<Claim> {
        let mut claims = Vec::new();
        for (at, token) in sheet.page.tokens.iter().enumerate() {
            if sheet.taken[at] || !token.is_cap() || sheet.page.title[at] {
                continue;
            }
            if let Some(full) = self.surnames.get(token.text) {
                let weak = token.can(Class::COMMON) && (sheet.page.starts(at) || sheet.page.shouting) && !token.can(Class::LAST);
                if !weak && token.shape == Shape::Capital {
                    claims.push(Claim { range: at..at + 1, what: What::Named(EntityType::Person, Rule::named("surname"), full.clone()) });
                    continue;
                }
            }
            if let Some(entity_type) = self.words.get(token.text) {
                if !(token.can(Class::COMMON) && sheet.page.starts(at)) {
                    claims.push(Claim { range: at..at + 1, what: What::Named(entity_type.clone(), Rule::named("echo"), None) });
                }
            }
        }
        claims
    }
}
