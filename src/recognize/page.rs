//! One sentence with everything that rules look at: tokens, the names of lists in it, titles, runs of capitalised words.

use std::ops::Range;

use super::tokens::{Shape, Token, tokens};
use crate::find::Hit;
use crate::gazetteer::{FormKind, Gazetteer, Sense};
use crate::model::{EntityType, Span};
use crate::text::lexicon::english;
use crate::text::words::Class;

/// A name of the lists, with the tokens it covers.
pub struct Listed {
    /// The tokens.
    pub range: Range<usize>,
    /// What it may stand for; blocked senses have no type.
    pub senses: Vec<Sense>,
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
        day: Option<crate::model::Date>,
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
        let runs = runs(&tokens);
        let mut run_at = vec![None; tokens.len()];
        for (number, run) in runs.iter().enumerate() {
            run_at[run.clone()].fill(Some(number as u32));
        }
        let (shouting, upper) = shouting(&tokens, &listed_at);
        Page { sentence, tokens, listed, listed_at, title, runs, run_at, shouting, upper }
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
fn listed(
    tokens: &[Token],
    from: &mut usize,
    hit: &Hit,
    gazetteer: &Gazetteer,
    day: Option<crate::model::Date>,
) -> Option<Listed> {
    let first = *from + tokens[*from..].iter().position(|token| token.span.end > hit.span.start)?;
    let last =
        first + tokens[first..].iter().take_while(|token| token.span.start < hit.span.end).count().checked_sub(1)?;
    *from = first;
    let holds = |sense: &&Sense| gazetteer.get(sense.entity).holds_on(day);
    let is_full = |sense: &&Sense| !matches!(sense.kind, FormKind::Surname | FormKind::Short);
    // The last list that has it as a full name decides what it is in full; short forms of all lists stay possible.
    let layer = hit.senses.iter().filter(holds).filter(is_full).map(|sense| sense.layer).max();
    let of_layer = |sense: &&Sense| !is_full(sense) || layer.is_none_or(|layer| sense.layer == layer);
    let senses: Vec<Sense> = hit.senses.iter().filter(holds).filter(of_layer).copied().collect();
    let full = senses.iter().any(|sense| is_full(&sense));
    let best = senses
        .iter()
        .filter(|sense| is_full(sense) || !full)
        .max_by_key(|sense| gazetteer.get(sense.entity).prominence)?;
    let entity = gazetteer.get(best.entity);
    Some(Listed {
        range: first..last + 1,
        blocked: senses
            .iter()
            .any(|sense| gazetteer.get(sense.entity).entity_type.is_none() && (is_full(&sense) || !full)),
        entity_type: entity.entity_type.clone(),
        prominence: entity.prominence,
        full,
        demonym: best.kind == FormKind::Demonym,
        nation: matches!(entity.class, "country" | "territory" | "continent"),
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

/// Maximal runs of capitalised words, with particles, hyphens and `&` between them.
fn runs(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if !tokens[at].is_cap() {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while let Some(next) = next_in_run(tokens, end) {
            end = next;
        }
        runs.push(at..end);
        at = end;
    }
    runs
}

/// Where a run that has come to `end` goes on to, if a further capitalised word belongs to it.
fn next_in_run(tokens: &[Token], end: usize) -> Option<usize> {
    let token = tokens.get(end)?;
    if token.is_cap() && (token.spaced || tokens[end - 1].is("-")) {
        return Some(end + 1);
    }
    let next = tokens.get(end + 1)?;
    match token.text {
        "-" if token.spaced == next.spaced && (next.is_cap() && !next.spaced || is_given_part(tokens, end)) => {
            return Some(end + 2);
        }
        // "Al- Jaber Al - Sabah": articles whose hyphen has blanks.
        "-" if next.is_cap() && matches!(tokens[end - 1].text, "Al" | "El") => return Some(end + 2),
        "&" if next.is_cap() => return Some(end + 2),
        _ => {}
    }
    // The stop of an abbreviation inside a name: "St. Petersburg", "Lt. Col. Smith".
    if token.is(".")
        && !token.spaced
        && next.is_cap()
        && next.spaced
        && tokens[end - 1].text.len() <= 4
        && tokens[end - 1].can(Class::HONORIFIC | Class::PLACE_LEAD | Class::COMPANY)
    {
        return Some(end + 2);
    }
    if token.shape == Shape::Lower && token.can(Class::PARTICLE) && token.spaced {
        if next.is_cap() {
            return Some(end + 2);
        }
        if next.can(Class::PARTICLE) && next.shape == Shape::Lower && tokens.get(end + 2).is_some_and(Token::is_cap) {
            return Some(end + 3);
        }
        // "bin al-Qasim", "al-Assad"
        if next.is("-") && tokens.get(end + 2).is_some_and(Token::is_cap) {
            return Some(end + 3);
        }
        if next.can(Class::PARTICLE)
            && tokens.get(end + 2).is_some_and(|t| t.is("-"))
            && tokens.get(end + 3).is_some_and(Token::is_cap)
        {
            return Some(end + 4);
        }
    }
    None
}

/// Whether "-un" of "Jong-un" follows: a short small word behind a short word that is no ordinary one.
fn is_given_part(tokens: &[Token], hyphen: usize) -> bool {
    let (first, second) = (&tokens[hyphen - 1], &tokens[hyphen + 1]);
    second.shape == Shape::Lower
        && second.text.len() <= 5
        && first.text.len() <= 5
        && !first.can(Class::COMMON)
        && hyphen >= 2
        && tokens[hyphen - 2].is_cap()
        && first.spaced
        // Some tokenizers set blanks around every hyphen: "Jun - seok".
        && (!second.spaced || !second.can(Class::COMMON) && first.shape == Shape::Capital)
}

/// Whether capitals say nothing here: (most longer words have them, no small letter at all).
fn shouting(tokens: &[Token], listed: &[Option<usize>]) -> (bool, bool) {
    let (mut long, mut capital, mut common) = (0, 0, 0);
    let mut lower = false;
    for (at, token) in tokens.iter().enumerate() {
        lower |= token.text.chars().any(char::is_lowercase);
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
