//! Names that no list holds, by rule, and which of the lists' names count here.
//!
//! Every rule proposes claims on words; where claims overlap, the rule that stands earlier in [`RULES`] wins, then the longer
//! claim. A second pass uses what the document has said: surnames of people named in full, acronyms, words whose type was
//! clear elsewhere.

mod echo;
mod listed;
mod organizations;
mod page;
mod people;
mod places;
mod runs;
mod teams;
mod titles;
mod tokens;

use std::ops::Range;
use std::sync::Arc;

use smallvec::SmallVec;

use crate::find::{Found, Hit, Name};
use crate::gazetteer::Gazetteer;
use crate::model::{Apart, EntityType, Rule};
use crate::text::words::Class;
use echo::{Memory, Votes};
use page::{Page, Paper};

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
    Named(EntityType, Rule, Option<Arc<str>>),
}

/// A row of [`RULES`].
pub struct RuleRow {
    /// What people call it; several rows may share a name.
    pub name: &'static str,
    /// What it does, for people.
    pub about: &'static str,
    /// Whether a sentence has what the rule starts from: most rules are done with most sentences after one look.
    needs: Trigger,
    /// Proposes claims on a sentence.
    claim: fn(&Page, &mut Vec<Claim>),
}

/// What a sentence must have.
enum Trigger {
    /// A listed name.
    Listed,
    /// A run of capitalised words.
    Run,
    /// Capitalised words that no list knows in full.
    Unknown,
    /// A word that can be one of these.
    Words(Class),
}

impl Trigger {
    #[inline]
    fn has(&self, page: &Page) -> bool {
        match self {
            Trigger::Listed => !page.listed.is_empty(),
            Trigger::Run => !page.runs.is_empty(),
            Trigger::Unknown => !page.unknown.is_empty(),
            Trigger::Words(classes) => page.classes.is(*classes),
        }
    }
}

/// The rules of the first pass, in order of precedence.
pub const RULES: &[RuleRow] = &[
    RuleRow { name: "blocked", about: "the lists say that it is no name", needs: Trigger::Listed, claim: blocked },
    RuleRow {
        name: "event",
        about: "an election named by its year and place is no place",
        needs: Trigger::Listed,
        claim: places::event,
    },
    RuleRow {
        name: "gazetteer",
        about: "a listed name of three words or more",
        needs: Trigger::Listed,
        claim: listed_long,
    },
    RuleRow {
        name: "organization-of",
        about: "\"Ministry of …\", \"University of …\"",
        needs: Trigger::Words(Class::ORG_OF),
        claim: organizations::of,
    },
    RuleRow {
        name: "organization-word",
        about: "\"… Council\", \"… Inc.\"",
        needs: Trigger::Words(Class::ORG_HEAD.or(Class::COMPANY).or(Class::AND_SIGN)),
        claim: organizations::head,
    },
    RuleRow {
        name: "gazetteer",
        about: "a listed person or organization of two words",
        needs: Trigger::Listed,
        claim: listed_two,
    },
    RuleRow {
        name: "first-name",
        about: "a first name and what follows it",
        needs: Trigger::Run,
        claim: people::first_name,
    },
    RuleRow {
        name: "title",
        about: "a name after a title",
        needs: Trigger::Words(Class::TITLE.or(Class::HONORIFIC)),
        claim: people::title,
    },
    RuleRow {
        name: "place-word",
        about: "\"… River\", \"Lake …\", \"village of …\"",
        needs: Trigger::Words(Class::PLACE_TAIL.or(Class::PLACE_LEAD).or(Class::PLACE_KIND)),
        claim: places::word,
    },
    RuleRow {
        name: "gazetteer",
        about: "any other listed name that needs no support",
        needs: Trigger::Listed,
        claim: listed_full,
    },
    RuleRow {
        name: "institution",
        about: "\"Parliament\", \"the Cabinet\"",
        needs: Trigger::Words(Class::INSTITUTION),
        claim: organizations::institution,
    },
    RuleRow {
        name: "organization-context",
        about: "\"… shares\", \"chief executive of …\"",
        needs: Trigger::Unknown,
        claim: organizations::context,
    },
    RuleRow {
        name: "apposition",
        about: "\"…, head of\", \"…, 45,\"",
        needs: Trigger::Unknown,
        claim: people::apposition,
    },
    RuleRow {
        name: "speech",
        about: "\"… said\", \"said …\"",
        needs: Trigger::Words(Class::SPEECH),
        claim: people::speech,
    },
    RuleRow {
        name: "acronym",
        about: "capitals in brackets behind a name",
        needs: Trigger::Words(Class::BRACKET),
        claim: organizations::bracket,
    },
    RuleRow {
        name: "place-context", about: "\"in …\", \"…, Ukraine\"", needs: Trigger::Run, claim: places::context
    },
    RuleRow {
        name: "last-name",
        about: "words that end in a surname",
        needs: Trigger::Words(Class::LAST),
        claim: people::last_name,
    },
    RuleRow {
        name: "first-name",
        about: "a first name alone",
        needs: Trigger::Words(Class::FIRST),
        claim: people::lone_first_name,
    },
    RuleRow {
        name: "guess",
        about: "two or three unknown capitalised words are a person",
        needs: Trigger::Unknown,
        claim: people::guess,
    },
    RuleRow {
        name: "capitals",
        about: "unknown capitals are an organization",
        needs: Trigger::Words(Class::CAPITALS),
        claim: organizations::capitals,
    },
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

impl Options {
    /// Whether the rule of this name is used. The lists always are.
    fn uses(&self, rule: &str) -> bool {
        let is_off = self.lists_only || self.without.iter().any(|name| name == rule);
        !is_off || matches!(rule, "blocked" | "gazetteer")
    }
}

/// The names in each of some documents, in order: those of the lists that count, and those found by rule. No document says anything
/// about another one: they are taken together because each step of the work is done with all of them before the next begins, while
/// its code is at hand. Linear in the texts.
pub fn recognize(documents: &[Apart<Hit>], gazetteer: &Gazetteer, options: &Options) -> Vec<Vec<Name>> {
    if !options.lists_only {
        return by_words(documents, gazetteer, options);
    }
    let by_words = |document: Apart<Hit>| by_words(&[document], gazetteer, options).remove(0);
    documents.iter().map(|document| listed::names(document, gazetteer, by_words)).collect()
}

/// The names in the sentences that are taken apart.
fn by_words(documents: &[Apart<Hit>], gazetteer: &Gazetteer, options: &Options) -> Vec<Vec<Name>> {
    let paper = Paper::new(documents, gazetteer, options.lists_only);
    let mut taken = vec![FREE; paper.n_tokens()];
    let mut sheets = Sheet::of_all(&paper, &mut taken);
    let votes = first_pass(&mut sheets, options);
    let (mut rest, mut from) = (&mut sheets[..], 0);
    let of_document = |end| {
        let (here, behind) = std::mem::take(&mut rest).split_at_mut(end - from);
        (rest, from) = (behind, end);
        names_of(here, &votes, options)
    };
    paper.ends().map(of_document).collect()
}

/// What the rules claim, sentence by sentence, and what they say of types.
fn first_pass(sheets: &mut [Sheet], options: &Options) -> Votes {
    /// So many sentences stay in the caches while one rule after the other looks at them.
    const TOGETHER: usize = 32;
    let rules: Vec<&RuleRow> = RULES.iter().filter(|rule| options.uses(rule.name)).collect();
    let mut votes = Votes::of(if options.lists_only { 0 } else { sheets.len() });
    let mut proposed = Vec::new();
    for sheets in sheets.chunks_mut(TOGETHER) {
        for rule in &rules {
            for sheet in sheets.iter_mut().filter(|sheet| rule.needs.has(&sheet.page)) {
                (rule.claim)(&sheet.page, &mut proposed);
                sheet.accept(&mut proposed);
            }
        }
        if !options.lists_only {
            sheets.iter().for_each(|sheet| votes.cast(sheet));
        }
    }
    votes
}

/// The names of one document, after the first pass. Each loop goes through all of its memory: there are three for most documents,
/// with six it took a twentieth longer.
fn names_of(sheets: &mut [Sheet], votes: &Votes, options: &Options) -> Vec<Name> {
    let plays = options.uses("team") && teams::are_in(sheets);
    if plays {
        sheets.iter_mut().for_each(|sheet| votes.decide(sheet));
        teams::mark(sheets);
    }
    let mut memory = options.uses("echo").then(|| Memory::of(sheets.len()));
    let mut claims = 0;
    for sheet in sheets.iter_mut() {
        if !plays {
            votes.decide(sheet);
        }
        if let Some(memory) = &mut memory {
            memory.gather(sheet);
        }
        claims += sheet.claims.len();
    }
    let mut names = Vec::with_capacity(claims);
    let (lists, mut proposed) = (options.uses("list"), Vec::new());
    for sheet in sheets {
        second_pass(sheet, memory.as_ref(), lists, &mut proposed);
        sheet.add_names(&mut names);
    }
    names
}

/// Claims words that are still free: by what the document said of them, and those in `lists` of names.
fn second_pass(sheet: &mut Sheet, memory: Option<&Memory>, lists: bool, proposed: &mut Vec<Claim>) {
    if let Some(memory) = memory {
        memory.claims(sheet, proposed);
        sheet.accept(proposed);
    }
    if lists && !sheet.page.shouting {
        echo::coordinate(sheet, proposed);
        sheet.accept(proposed);
    }
    listed_short(&sheet.page, proposed);
    sheet.accept(proposed);
}

/// No claim. A sentence has fewer: it is cut where it is too long.
const FREE: u16 = u16::MAX;

/// A page with the claims on it that were accepted.
pub(crate) struct Sheet<'p> {
    page: Page<'p>,
    /// For each token, the claim that has it, or [`FREE`].
    taken: &'p mut [u16],
    /// In place for most sentences: as a list of its own each cost an allocation, and a place in memory to wait for.
    claims: SmallVec<[Claim; 2]>,
}

impl<'p> Sheet<'p> {
    /// Sheets without claims, for every page of `paper`; `taken` has room for their tokens.
    fn of_all(paper: &'p Paper, mut taken: &'p mut [u16]) -> Vec<Sheet<'p>> {
        let mut sheets = Vec::with_capacity(paper.n_pages());
        for page in paper.pages() {
            let (here, behind) = taken.split_at_mut(page.tokens.len());
            taken = behind;
            sheets.push(Sheet { page, taken: here, claims: SmallVec::new() });
        }
        sheets
    }

    /// Accepts the claims that overlap none before them, the longest first.
    #[inline]
    fn accept(&mut self, proposed: &mut Vec<Claim>) {
        // Seven times in eight a rule has nothing to say.
        if !proposed.is_empty() {
            self.accept_some(proposed);
        }
    }

    fn accept_some(&mut self, proposed: &mut Vec<Claim>) {
        if proposed.len() > 1 {
            proposed.sort_by_key(|claim| (std::cmp::Reverse(claim.range.len()), claim.range.start));
        }
        for claim in proposed.drain(..) {
            if !claim.range.is_empty() && self.is_free(&claim.range) {
                self.taken[claim.range.clone()].fill(self.claims.len() as u16);
                self.claims.push(claim);
            }
        }
    }

    /// Whether no accepted claim has any of these tokens.
    fn is_free(&self, range: &Range<usize>) -> bool {
        self.taken[range.clone()].iter().all(|&claim| claim == FREE)
    }

    /// Adds the names of its claims, in order.
    fn add_names(&mut self, names: &mut Vec<Name>) {
        self.claims.sort_by_key(|claim| claim.range.start);
        let page = &self.page;
        let name = |claim: &Claim| {
            let found = match &claim.what {
                What::Nothing => return None,
                What::Listed(number) => Found::List(Arc::clone(&page.listed[*number].senses)),
                What::Named(entity_type, rule, full) => {
                    let senses =
                        page.listed_as(&claim.range).map_or_else(Arc::default, |name| Arc::clone(&name.senses));
                    Found::Rule { entity_type: entity_type.clone(), rule: *rule, full: full.clone(), senses }
                }
            };
            let first = claim.range.start;
            let titled = page.before(first).is_some_and(|token| token.title()) && !page.tokens[first].title();
            Some(Name { span: page.span(&claim.range), sentence: page.sentence, titled, found })
        };
        names.extend(self.claims.iter().filter_map(name));
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

fn listed_short(page: &Page, claims: &mut Vec<Claim>) {
    listed(page, claims, |_, name| !name.full);
}

fn listed(page: &Page, claims: &mut Vec<Claim>, wanted: impl Fn(usize, &page::Listed) -> bool) {
    for (number, name) in page.listed.iter().enumerate() {
        if wanted(name.words, name) {
            claims.push(Claim { range: name.range.clone(), what: What::Listed(number) });
        }
    }
}
