//! Names that no list holds, by rule, and which of the lists' names count here.
//!
//! Every rule proposes claims on words; where claims overlap, the rule that stands earlier in [`RULES`] wins, then the longer
//! claim. A second pass uses what the document has said: surnames of people named in full, acronyms, words whose type was
//! clear elsewhere.

mod echo;
mod organizations;
mod page;
mod people;
mod places;
mod runs;
mod teams;
mod tokens;

use std::ops::Range;

use crate::find::{Found, Hit, Name};
use crate::gazetteer::{Gazetteer, Senses};
use crate::model::{Document, EntityType, Rule, Span};
use page::Page;

/// A rule's claim on some words of a sentence.
pub(crate) struct Claim {
    range: Range<usize>,
    what: What,
}

pub(crate) enum What {
    /// They are no name.
    Nothing,
    /// The listed name of this number.
    Listed(usize),
    /// A name of this type.
    Named(EntityType, Rule, Option<String>),
}

/// A row of [`RULES`].
pub struct RuleRow {
    /// What people call it; several rows may share a name.
    pub name: &'static str,
    /// What it does, for people.
    pub about: &'static str,
    /// Proposes claims on a sentence.
    claim: fn(&Page, &mut Vec<Claim>),
}

/// The rules of the first pass, in order of precedence.
pub const RULES: &[RuleRow] = &[
    RuleRow { name: "blocked", about: "the lists say that it is no name", claim: blocked },
    RuleRow { name: "event", about: "an election named by its year and place is no place", claim: places::event },
    RuleRow { name: "gazetteer", about: "a listed name of three words or more", claim: listed_long },
    RuleRow { name: "organization-of", about: "\"Ministry of …\", \"University of …\"", claim: organizations::of },
    RuleRow { name: "organization-word", about: "\"… Council\", \"… Inc.\"", claim: organizations::head },
    RuleRow { name: "gazetteer", about: "a listed person or organization of two words", claim: listed_two },
    RuleRow { name: "first-name", about: "a first name and what follows it", claim: people::first_name },
    RuleRow { name: "title", about: "a name after a title", claim: people::title },
    RuleRow { name: "place-word", about: "\"… River\", \"Lake …\", \"village of …\"", claim: places::word },
    RuleRow { name: "gazetteer", about: "any other listed name that needs no support", claim: listed_full },
    RuleRow { name: "institution", about: "\"Parliament\", \"the Cabinet\"", claim: organizations::institution },
    RuleRow {
        name: "organization-context",
        about: "\"… shares\", \"chief executive of …\"",
        claim: organizations::context,
    },
    RuleRow { name: "apposition", about: "\"…, head of\", \"…, 45,\"", claim: people::apposition },
    RuleRow { name: "speech", about: "\"… said\", \"said …\"", claim: people::speech },
    RuleRow { name: "acronym", about: "capitals in brackets behind a name", claim: organizations::bracket },
    RuleRow { name: "place-context", about: "\"in …\", \"…, Ukraine\"", claim: places::context },
    RuleRow { name: "last-name", about: "words that end in a surname", claim: people::last_name },
    RuleRow { name: "first-name", about: "a first name alone", claim: people::lone_first_name },
    RuleRow { name: "guess", about: "two or three unknown capitalised words are a person", claim: people::guess },
    RuleRow { name: "capitals", about: "unknown capitals are an organization", claim: organizations::capitals },
];

/// The names of the rules that can be switched off, sorted.
pub fn rule_names() -> Vec<&'static str> {
    let lists = ["blocked", "gazetteer"];
    let mut names: Vec<&str> =
        RULES.iter().map(|row| row.name).filter(|name| !lists.contains(name)).chain(["echo", "list", "team"]).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// What may be switched off.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Only the lists.
    pub lists_only: bool,
    /// Names of rules that are not used.
    pub without: Vec<String>,
}

/// The names in a document, in order: those of the lists that count, and those found by rule.
///
/// `sentences` and `hits` are sorted and lie in `document.text`. Linear in the text.
pub fn recognize(
    document: &Document,
    sentences: &[Span],
    hits: &[Hit],
    gazetteer: &Gazetteer,
    options: &Options,
) -> Vec<Name> {
    let mut sheets: Vec<Sheet> = Vec::with_capacity(sentences.len());
    let mut from = 0;
    for (number, span) in sentences.iter().enumerate() {
        while hits.get(from).is_some_and(|hit| hit.span.start < span.start) {
            from += 1;
        }
        let to = from + hits[from..].iter().take_while(|hit| hit.span.end <= span.end).count();
        let page = Page::new(&document.text, number as u32, *span, &hits[from..to], gazetteer, document.date);
        from = to;
        if page.listed.is_empty() && page.runs.is_empty() {
            continue;
        }
        sheets.push(Sheet::first_pass(page, options));
    }
    if !options.lists_only {
        echo::agree(&mut sheets);
    }
    if !options.lists_only && !options.without.iter().any(|name| name == "team") {
        teams::mark(&mut sheets);
    }
    echo::second_pass(&mut sheets, options);
    sheets.into_iter().flat_map(Sheet::names).collect()
}

/// A page with the claims on it that were accepted.
pub(crate) struct Sheet<'t> {
    page: Page<'t>,
    /// For each token, the claim that has it.
    taken: Vec<Option<u32>>,
    claims: Vec<Claim>,
}

impl<'t> Sheet<'t> {
    fn first_pass(page: Page<'t>, options: &Options) -> Sheet<'t> {
        let taken = vec![None; page.tokens.len()];
        let mut sheet = Sheet { page, taken, claims: Vec::new() };
        let mut proposed = Vec::new();
        for rule in RULES {
            let list = matches!(rule.name, "blocked" | "gazetteer");
            if options.lists_only && !list || options.without.iter().any(|name| name == rule.name) {
                continue;
            }
            (rule.claim)(&sheet.page, &mut proposed);
            sheet.accept(&mut proposed);
        }
        sheet
    }

    /// Accepts the claims that overlap none before them, the longest first.
    fn accept(&mut self, proposed: &mut Vec<Claim>) {
        proposed.sort_by_key(|claim| (std::cmp::Reverse(claim.range.len()), claim.range.start));
        for claim in proposed.drain(..) {
            if !claim.range.is_empty() && self.taken[claim.range.clone()].iter().all(Option::is_none) {
                self.taken[claim.range.clone()].fill(Some(self.claims.len() as u32));
                self.claims.push(claim);
            }
        }
    }

    fn names(mut self) -> Vec<Name> {
        self.claims.sort_by_key(|claim| claim.range.start);
        let page = &self.page;
        let name = |claim: &Claim| {
            let found = match &claim.what {
                What::Nothing => return None,
                What::Listed(number) => Found::List(page.listed[*number].senses.clone()),
                What::Named(entity_type, rule, full) => {
                    let senses = page.listed_as(&claim.range).map_or_else(Senses::new, |name| name.senses.clone());
                    Found::Rule { entity_type: entity_type.clone(), rule: *rule, full: full.clone(), senses }
                }
            };
            Some(Name { span: page.span(&claim.range), sentence: page.sentence, found })
        };
        self.claims.iter().filter_map(name).collect()
    }
}

fn blocked(page: &Page, claims: &mut Vec<Claim>) {
    for name in page.listed.iter().filter(|name| name.blocked) {
        claims.push(Claim { range: name.range.clone(), what: What::Nothing });
    }
}

fn listed_long(page: &Page, claims: &mut Vec<Claim>) {
    listed(page, claims, |words, name| name.full && words >= 3);
}

fn listed_two(page: &Page, claims: &mut Vec<Claim>) {
    listed(page, claims, |words, name| name.full && words >= 2 && name.entity_type != Some(EntityType::Place));
}

fn listed_full(page: &Page, claims: &mut Vec<Claim>) {
    listed(page, claims, |_, name| name.full);
}

pub(crate) fn listed_short(page: &Page, claims: &mut Vec<Claim>) {
    listed(page, claims, |_, name| !name.full);
}

fn listed(page: &Page, claims: &mut Vec<Claim>, wanted: impl Fn(usize, &page::Listed) -> bool) {
    for (number, name) in page.listed.iter().enumerate() {
        let words = page.tokens[name.range.clone()].iter().filter(|token| token.shape != tokens::Shape::Mark).count();
        if wanted(words, name) {
            claims.push(Claim { range: name.range.clone(), what: What::Listed(number) });
        }
    }
}
