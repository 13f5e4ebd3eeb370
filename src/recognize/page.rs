//! One sentence with everything that rules look at: tokens, the names of lists in it, titles, runs of capitalised words.

use std::ops::Range;

use super::runs;
use super::tokens::{Shape, Token, tokens};
use crate::find::Hit;
use crate::gazetteer::{Facts, FormKind, Gazetteer, Sense, Senses};
use crate::model::{Date, EntityType, Span};
use crate::text::lexicon::english;
use crate::text::words::Class;

/// A name of the lists, with the tokens it covers.
pub struct Listed {
    /// The tokens.
    pub range: Range<usize>,
    /// What it may stand for; blocked senses have no type.
    pub senses: Senses,
    /// Whether the list blocks it.
    pub blocked: bool,
    /// The type of its most prominent full sense.
    pub entity_type: Option<EntityType>,
    /// The prominence of that sense.
    pub prominence: u8,
    /// Whether one of its senses needs no support.
    pub full: bool,
    /// Whether it is a demonym.
    pub demonym: bool,
    /// Whether it is a country or the like, whose team bears its name.
    pub nation: bool,
}

/// A sentence to recognise names in.
pub struct Page<'t> {
    /// The sentence's number.
    pub sentence: u32,
    /// Its tokens.
    pub tokens: Vec<Token<'t>>,
    /// The names of the lists, in order.
    pub listed: Vec<Listed>,
    /// For each token, the listed name it belongs to.
    pub listed_at: Vec<Option<usize>>,
    /// For each token, whether it is part of a title ("Foreign Minister") that another word follows.
    pub title: Vec<bool>,
    /// Runs of capitalised words.
    pub runs: Vec<Range<usize>>,
    /// What is left of the runs without listed names, titles and ordinary words at their ends.
    pub unknown: Vec<Range<usize>>,
    run_at: Vec<Option<u32>>,
    /// Whether its capitals say nothing: a line in capitals, or a heading with capitals on most words.
    pub shouting: bool,
    /// Whether it has no small letter at all.
    pub upper: bool,
}

impl<'t> Page<'t> {
    /// Takes a sentence apart. Linear in its tokens.
    pub fn new(
        text: &'t str,
        sentence: u32,
        span: Span,
        hits: &[Hit],
        gazetteer: &Gazetteer,
        day: Option<Date>,
    ) -> Page<'t> {
        let tokens = tokens(text, span);
        let mut from = 0;
        let listed: Vec<Listed> =
            hits.iter().filter_map(|hit| listed(&tokens, &mut from, hit, gazetteer, day)).collect();
        let mut listed_at = vec![None; tokens.len()];
        for (number, name) in listed.iter().enumerate() {
            listed_at[name.range.clone()].fill(Some(number));
        }
        let title = titles(&tokens);
        let runs = runs::runs(&tokens);
        let mut run_at = vec![None; tokens.len()];
        for (number, run) in runs.iter().enumerate() {
            run_at[run.clone()].fill(Some(number as u32));
        }
        let (shouting, upper) = shouting(&tokens, &listed_at);
        let mut page =
            Page { sentence, tokens, listed, listed_at, title, runs, unknown: Vec::new(), run_at, shouting, upper };
        page.unknown = runs::unknown(&page);
        page
    }

    /// The listed name that covers exactly these tokens.
    pub fn listed_as(&self, range: &Range<usize>) -> Option<&Listed> {
        self.listed_at
            .get(range.start)
            .copied()
            .flatten()
            .map(|at| &self.listed[at])
            .filter(|name| name.range == *range)
    }

    /// The listed name at a token.
    pub fn listed_over(&self, at: usize) -> Option<&Listed> {
        self.listed_at.get(at).copied().flatten().map(|at| &self.listed[at])
    }

    /// The run that the token at `at` belongs to.
    pub fn run_over(&self, at: usize) -> Option<&Range<usize>> {
        self.run_at.get(at).copied().flatten().map(|number| &self.runs[number as usize])
    }

    /// The token before `at`.
    pub fn before(&self, at: usize) -> Option<&Token<'t>> {
        at.checked_sub(1).map(|at| &self.tokens[at])
    }

    /// Whether the token at `at` is the first word of the sentence (marks before it do not count).
    pub fn starts(&self, at: usize) -> bool {
        self.tokens[..at].iter().all(|token| token.shape == Shape::Mark)
            // After an opening quotation a sentence begins too.
            || at > 0 && matches!(self.tokens[at - 1].text, "\"" | "“" | "‘" | ":" | "•")
    }

    /// The token at `at`, if there is one.
    pub fn token(&self, at: usize) -> Option<&Token<'t>> {
        self.tokens.get(at)
    }

    /// Whether the token at `at` is this text.
    pub fn is(&self, at: usize, text: &str) -> bool {
        self.token(at).is_some_and(|token| token.is(text))
    }

    /// Whether the word at `at` can be one of `classes`.
    pub fn can(&self, at: usize, classes: Class) -> bool {
        self.token(at).is_some_and(|token| token.can(classes))
    }

    /// The bytes that a range of tokens covers.
    pub fn span(&self, range: &Range<usize>) -> Span {
        Span { start: self.tokens[range.start].span.start, end: self.tokens[range.end - 1].span.end }
    }

    /// Whether a possessive ending follows the token before `at`.
    pub fn possessive_at(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| !token.spaced && matches!(token.text, "'" | "’"))
    }
}

/// The listed name of a hit; `from` is the token at which the last one began, for hits are in order.
fn listed(tokens: &[Token], from: &mut usize, hit: &Hit, gazetteer: &Gazetteer, day: Option<Date>) -> Option<Listed> {
    let first = *from + tokens[*from..].iter().position(|token| token.span.end > hit.span.start)?;
    let last =
        first + tokens[first..].iter().take_while(|token| token.span.start < hit.span.end).count().checked_sub(1)?;
    *from = first;
    let is_full = |sense: &Sense| !matches!(sense.kind, FormKind::Surname | FormKind::Short);
    let holds =
        |sense: &Sense| !gazetteer.facts(sense.entity).is(Facts::DATED) || gazetteer.get(sense.entity).holds_on(day);
    let mut senses = hit.senses.clone();
    senses.retain(|sense| holds(sense));
    // The last list that has it as a full name decides what it is in full; short forms of all lists stay possible.
    let layer = senses.iter().filter(|sense| is_full(sense)).map(|sense| sense.layer).max();
    let full = layer.is_some();
    senses.retain(|sense| !is_full(sense) || Some(sense.layer) == layer);
    let decisive = || senses.iter().filter(|sense| is_full(sense) || !full);
    let best = decisive().max_by_key(|sense| gazetteer.facts(sense.entity).prominence())?;
    let facts = gazetteer.facts(best.entity);
    Some(Listed {
        range: first..last + 1,
        blocked: decisive().any(|sense| gazetteer.facts(sense.entity).is(Facts::BLOCKS)),
        entity_type: gazetteer.entity_type(best.entity),
        prominence: facts.prominence(),
        full,
        demonym: best.kind == FormKind::Demonym,
        nation: facts.is(Facts::NATION),
        senses,
    })
}

/// Marks the words of titles: the longest phrase of the list at each place, up to five words, in any case.
fn titles(tokens: &[Token]) -> Vec<bool> {
    let words = english();
    let mut marked = vec![false; tokens.len()];
    let mut at = 0;
    let mut phrase = String::new();
    while at < tokens.len() {
        // Nine words in ten begin no title: one look at their class saves making the phrase.
        if !tokens[at].can(Class::TITLE | Class::HONORIFIC) {
            at += 1;
            continue;
        }
        let mut end = 0;
        phrase.clear();
        for (length, token) in tokens[at..].iter().take(5).enumerate() {
            if token.shape == Shape::Mark && !token.is("-")
                || token.shape == Shape::Number
                || length > 0 && !token.spaced && !token.is("-") && !tokens[at + length - 1].is("-")
            {
                break;
            }
            if length > 0 && token.spaced {
                phrase.push(' ');
            }
            phrase.extend(token.text.trim_end_matches('.').chars().flat_map(char::to_lowercase));
            if words.titles.contains(&*phrase) || length == 0 && words.honorifics.contains(&*phrase) {
                end = length + 1;
            }
        }
        marked[at..at + end].fill(true);
        // The point of "Mr." belongs to the title.
        if end > 0 && tokens.get(at + end).is_some_and(|token| token.is(".") && !token.spaced) {
            marked[at + end] = true;
        }
        at += end.max(1);
    }
    marked
}

/// Whether capitals say nothing here: (most longer words have them, no small letter at all).
fn shouting(tokens: &[Token], listed: &[Option<usize>]) -> (bool, bool) {
    let (mut long, mut capital, mut common) = (0, 0, 0);
    let mut lower = false;
    for (at, token) in tokens.iter().enumerate() {
        lower |= match token.shape {
            Shape::Upper | Shape::Mark => false,
            _ => token.text.chars().any(char::is_lowercase),
        };
        if token.shape == Shape::Mark || token.shape == Shape::Number || token.text.len() < 4 {
            continue;
        }
        long += 1;
        if token.is_cap() {
            capital += 1;
            common +=
                usize::from(token.can(Class::COMMON) && listed[at].is_none() && !token.can(Class::FIRST | Class::LAST));
        }
    }
    let upper = !lower && long > 1;
    (upper || long >= 3 && capital * 10 >= long * 8 && common * 3 >= long, upper)
}
