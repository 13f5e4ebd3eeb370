//! People: first names, titles, speech, apposition, surnames.

use std::ops::Range;

use super::page::Page;
use super::runs::trim;
use super::tokens::Shape;
use super::{Claim, What};
use crate::model::{EntityType, Rule};
use crate::text::lexicon::english;
use crate::text::words::Class;

/// At most so many words are one person.
const MAX_WORDS: usize = 5;

/// A first name, or initials, and the surname behind it: "Ivan Timofeev", "J. K. Rowling", "Mohammed bin Salman".
pub fn first_name(page: &Page, claims: &mut Vec<Claim>) {
    for run in page.runs {
        let mut at = run.start;
        while at < run.end {
            match full_name(page, run, at) {
                Some(end) => {
                    claims.push(person(name_start(page, run, at)..end, const { Rule::named("first-name") }));
                    at = end;
                }
                None => at += 1,
            }
        }
    }
}

/// The name after a title: "President Obama", "Mr. Witkoff", "Foreign Minister Sergey Lavrov".
pub fn title(page: &Page, claims: &mut Vec<Claim>) {
    for (run, at) in page.runs.iter().flat_map(|run| run.clone().map(move |at| (run, at))) {
        let behind_title = page.before(at).is_some_and(|before| before.title());
        if !behind_title || page.tokens[at].title() || !page.tokens[at].spaced() {
            continue;
        }
        let first = &page.tokens[at];
        let common = first.can(Class::COMMON | Class::CALENDAR | Class::NOT_NAME | Class::STARTER)
            && !first.can(Class::FIRST | Class::LAST);
        let listed = page.listed_over(at).is_some_and(|name| name.full && name.entity_type != Some(EntityType::Person));
        // "Queen Street"
        let street = run.start < at && first.can(Class::PLACE_SURE | Class::ORG_HEAD) && first.can(Class::COMMON);
        if common || listed || street || page.shouting {
            continue;
        }
        let end = name_end(page, run, at);
        if end > at && first.shape != Shape::Upper {
            claims.push(person(at..end, const { Rule::named("title") }));
        }
    }
}

/// A first name alone: "Vince", "thanks to Maria".
pub fn lone_first_name(page: &Page, claims: &mut Vec<Claim>) {
    for run in page.runs {
        let Some(range) = trim(page, run.clone()).filter(|range| range.len() == 1) else { continue };
        let token = &page.tokens[range.start];
        let ordinary = token
            .can(Class::WEAK | Class::COMMON | Class::NOT_NAME | Class::CALENDAR | Class::PARTICLE | Class::HONORIFIC);
        let listed = page.listed_over(range.start).is_some_and(|name| name.full);
        let joined =
            page.token(range.end).is_some_and(|next| !next.spaced() && next.is(page.text, "-") || next.is_cap());
        if token.can(Class::FIRST)
            && token.shape == Shape::Capital
            && token.len() > 2
            && !ordinary
            && !listed
            && !joined
            && !page.shouting
        {
            claims.push(person(range, const { Rule::named("first-name") }));
        }
    }
}

/// A name that an age, a role or `who` follows behind a comma: "Jane Roe, 45,", "Ivan Timofeev, head of".
pub fn apposition(page: &Page, claims: &mut Vec<Claim>) {
    for run in page.unknown.iter().cloned() {
        let end = run.end;
        if !page.is(end, ",") || page.shouting {
            continue;
        }
        let mut next = end + 1;
        let age = page.token(next).is_some_and(|token| {
            token.shape == Shape::Number && token.len() <= 3 && token.text(page.text).parse::<u8>().is_ok()
        }) && page.token(next + 1).is_none_or(|token| token.shape == Shape::Mark);
        while page.token(next).is_some_and(|token| english().determiners.contains(token.text(page.text))) {
            next += 1;
        }
        let noun = (next..next + 3).any(|at| {
            page.can(at, Class::PERSON_NOUN)
                && page.tokens[at].shape == Shape::Lower
                && (next..at).all(|at| page.tokens[at].shape == Shape::Lower)
        });
        if (age || noun) && fits_person(page, &run) {
            claims.push(person(run, const { Rule::named("apposition") }));
        }
    }
}

/// A name that says something: "Smith said", "said Smith".
pub fn speech(page: &Page, claims: &mut Vec<Claim>) {
    for run in page.unknown.iter().cloned() {
        let after = page.token(run.end).is_some_and(|token| token.shape == Shape::Lower && token.can(Class::SPEECH));
        let before = page
            .before(run.start)
            .is_some_and(|token| token.shape == Shape::Lower && token.can(Class::SPEECH) && !token.can(Class::WEAK));
        if (after || before) && !page.shouting && fits_person(page, &run) {
            claims.push(person(run, const { Rule::named("speech") }));
        }
    }
}

/// Unknown words whose last one is a surname: "Polina Lytvynova" is not of these, "Oyelowo Smith" is.
pub fn last_name(page: &Page, claims: &mut Vec<Claim>) {
    for run in page.unknown.iter().cloned() {
        let words = run.len();
        let ordinary = run.clone().all(|at| page.can(at, Class::COMMON | Class::WEAK));
        if (2..=MAX_WORDS).contains(&words)
            && page.can(run.end - 1, Class::LAST)
            && !ordinary
            && !page.shouting
            && fits_person(page, &run)
        {
            claims.push(person(run, const { Rule::named("last-name") }));
        }
    }
}

/// Two or three unknown capitalised words that are no ordinary words are a person more often than anything else.
pub fn guess(page: &Page, claims: &mut Vec<Claim>) {
    for run in page.unknown.iter().cloned() {
        let words = run.clone().filter(|&at| page.tokens[at].is_cap()).count();
        let ordinary = run
            .clone()
            .any(|at| page.can(at, Class::COMMON) && page.tokens[at].is_cap() || page.tokens[at].shape == Shape::Upper);
        if (2..=4).contains(&words) && !ordinary && !page.shouting && fits_person(page, &run) {
            claims.push(person(run, const { Rule::named("guess") }));
        }
    }
}

fn person(range: Range<usize>, rule: Rule) -> Claim {
    Claim { range, what: What::Named(EntityType::Person, rule, None) }
}

/// Where a name with a known first name at `at` begins: an unknown word before it belongs to it ("Naseer Ahmad Wani").
fn name_start(page: &Page, run: &Range<usize>, at: usize) -> usize {
    let mut start = at;
    while start > run.start {
        let token = &page.tokens[start - 1];
        let unknown = token.shape == Shape::Capital
            && !token.can(
                Class::COMMON | Class::NOT_NAME | Class::CALENDAR | Class::STARTER | Class::ORG_HEAD | Class::PARTICLE,
            )
            && !page.tokens[start - 1].title()
            && page.listed_over(start - 1).is_none_or(|name| !name.full);
        if !unknown || token.text(page.text).chars().count() < 3 {
            break;
        }
        start -= 1;
    }
    start
}

/// The end of a full name that begins at `at`, if one does.
fn full_name(page: &Page, run: &Range<usize>, at: usize) -> Option<usize> {
    let first = &page.tokens[at];
    let initials = first.is_initial(page.text) && page.token(at + 1).is_some_and(|next| next.is_cap());
    if page.tokens[at].title() || first.can(Class::PARTICLE) || !(first.can(Class::FIRST) || initials) || page.upper {
        return None;
    }
    // A place that is also a first name needs a surname behind it: "Paris Hilton", not "Paris Agreement".
    let needs_surname =
        page.listed_over(at).is_some_and(|name| name.full && name.entity_type != Some(EntityType::Person))
            || first.can(Class::WEAK | Class::COMMON)
            || first.shape == Shape::Upper
            || initials
            || page.shouting;
    let end = name_end(page, run, at);
    if end < at + 2
        || initials && at > run.start && page.tokens[at - 1].is_cap() && !page.tokens[at - 1].title() && page.shouting
    {
        return None;
    }
    let last = &page.tokens[end - 1];
    let goes_on = end < run.end
        && page.tokens[end].shape == Shape::Capital
        && page.tokens[end].spaced()
        && page.can(end, Class::ORG_HEAD | Class::PLACE_TAIL)
        && !page.tokens[end].title();
    if last.can(Class::PLACE_SURE) || goes_on && !page.shouting {
        return None;
    }
    let surname = last.can(Class::LAST) || !last.can(Class::COMMON) && last.shape == Shape::Capital;
    if needs_surname && !(surname && !(page.starts(at) && first.can(Class::STARTER))) {
        return None;
    }
    (last.shape != Shape::Upper || page.shouting).then_some(end)
}

/// How far a name of a person that begins at `at` goes: over names, initials and particles, to the first word that is
/// none.
fn name_end(page: &Page, run: &Range<usize>, at: usize) -> usize {
    let mut end = at;
    let mut words = 0;
    let mut good = at;
    while end < run.end && words < MAX_WORDS {
        let token = &page.tokens[end];
        if token.is(page.text, "-") || token.is(page.text, ".") {
            end += 1;
            continue;
        }
        if token.is(page.text, "&") {
            break;
        }
        if token.shape == Shape::Lower {
            // The small part of "Jong-un", or a particle.
            let glued = end > at && page.tokens[end - 1].is(page.text, "-");
            end += 1;
            if glued {
                good = end;
            }
            continue;
        }
        if !name_word(page, end, at) {
            break;
        }
        // "Hamad bin Jassim Al Thani": small words do not count.
        words += usize::from(!token.can(Class::PARTICLE));
        end += 1;
        good = end;
        if token.is_initial(page.text) && end < run.end && page.is(end, ".") {
            end += 1;
        }
    }
    // "Jr." and "III" belong to the name.
    if page
        .token(good)
        .is_some_and(|token| matches!(token.text(page.text), "Jr" | "Jr." | "Sr" | "Sr." | "II" | "III" | "IV"))
        && good > at
    {
        good += 1;
        if page.is(good, ".") && page.token(good).is_some_and(|token| !token.spaced()) && page.token(good + 1).is_some()
        {
            good += 1;
        }
    }
    good
}

/// Whether the word at `at` can be part of a person's name that begins at `first`.
fn name_word(page: &Page, at: usize, first: usize) -> bool {
    let token = &page.tokens[at];
    if token.is_initial(page.text) {
        return true;
    }
    let name = token.can(Class::FIRST | Class::LAST);
    if token.can(Class::CALENDAR | Class::NOT_NAME | Class::COMPANY)
        && !(name && at > first && !token.can(Class::NOT_NAME))
    {
        return false;
    }
    if page.tokens[at].title() && at > first && page.token(at + 1).is_some_and(|next| next.is_cap() && next.spaced()) {
        return false;
    }
    if let Some(listed) = page.listed_over(at).filter(|listed| listed.full && at > first) {
        let place = listed.entity_type == Some(EntityType::Place)
            && (listed.prominence >= 4 && !token.can(Class::LAST) || listed.demonym);
        let other = listed.entity_type == Some(EntityType::Organization) && listed.range.len() > 1;
        if listed.blocked || place || other {
            return false;
        }
    }
    name || !token.can(Class::COMMON | Class::ORG_HEAD | Class::PLACE_TAIL | Class::EVENT)
        && token.shape == Shape::Capital
}

/// Whether a range of unknown words can be a person: no word in it is the head of something else, and a single one is
/// no ordinary word.
fn fits_person(page: &Page, range: &Range<usize>) -> bool {
    let last = &page.tokens[range.end - 1];
    let named = range.len() > 1 && page.can(range.start, Class::FIRST) && !page.can(range.start, Class::COMMON);
    let tail = last.can(Class::ORG_HEAD | Class::PLACE_TAIL | Class::EVENT | Class::COMPANY)
        && !(last.can(Class::LAST) && named);
    let single = range.len() == 1;
    let named_alone = last.can(Class::LAST | Class::FIRST) && !page.starts(range.start);
    let ordinary = last.can(Class::COMMON | Class::STARTER | Class::CALENDAR | Class::NOT_NAME) && !named_alone;
    let weak = single && (ordinary || last.shape != Shape::Capital);
    let article = page.can(range.start, Class::STARTER) && page.can(range.start, Class::COMMON) && range.len() > 1;
    let inner = range.clone().any(|at| {
        page.tokens[at].is(page.text, "&")
            || page.can(at, Class::NOT_NAME | Class::COMPANY) && !page.can(at, Class::LAST)
    });
    let words = range.clone().filter(|&at| page.tokens[at].is_cap()).count();
    !tail && !weak && !inner && !article && words <= MAX_WORDS
}
