//! Organizations: heads of their names, legal forms, acronyms in brackets, capitals.

use std::ops::Range;

use super::page::Page;
use super::runs::trim;
use super::tokens::Shape;
use super::{Claim, What};
use crate::model::{EntityType, Rule};
use crate::text::lexicon::english;
use crate::text::words::Class;

/// "Ministry of Foreign Affairs", "University of Chicago", "London School of Economics and Political Science".
pub fn of(page: &Page, claims: &mut Vec<Claim>) {
    for at in page.run_tokens() {
        if !page.can(at, Class::ORG_OF) || !page.tokens[at].is_cap() || page.upper {
            continue;
        }
        if !(page.is(at + 1, "of") || page.is(at + 1, "for")) {
            continue;
        }
        let Some(end) = complement(page, at + 2) else { continue };
        let start = head_start(page, at);
        claims.push(organization(page, start..end, const { Rule::named("organization-of") }));
    }
}

/// Words that end in the head of an organization's name, or in a legal form.
pub fn head(page: &Page, claims: &mut Vec<Claim>) {
    if page.shouting {
        return;
    }
    for run in page.runs {
        for at in (run.start + 1..run.end).rev() {
            let token = &page.tokens[at];
            let company = token.can(Class::COMPANY) && at + 1 >= run.end.min(at + 2) && token.shape != Shape::Lower;
            let head = token.can(Class::ORG_HEAD) && token.shape != Shape::Initials;
            if !(company || head) || page.is(at + 1, "of") && token.can(Class::ORG_OF) {
                continue;
            }
            let start = head_start(page, at);
            let first = &page.tokens[start];
            // "Russian TV" is a description.
            let description = start + 1 == at
                && page.listed_over(start).is_some_and(|name| name.demonym)
                && matches!(token.text(page.text), "TV" | "Radio");
            if description {
                continue;
            }
            // "The Council" alone says nothing; "Security Council" does.
            if start >= at || first.can(Class::STARTER) && start + 1 == at {
                continue;
            }
            let mut end = at + 1;
            while end < run.end && page.can(end, Class::ORG_HEAD | Class::COMPANY) {
                end += 1;
            }
            let goes_on = end < run.end
                && page.tokens[end].shape == Shape::Capital
                && !page.tokens[end].title()
                && page.listed_over(end).is_none();
            if goes_on && page.can(end, Class::COMMON) && !page.can(end, Class::FIRST) {
                end = (end..run.end.min(end + 8))
                    .take_while(|&at| page.tokens[at].is_cap() && !page.tokens[at].title())
                    .last()
                    .map_or(end, |at| at + 1);
            }
            // "Carr, Riggs & Ingram, LLC"
            if page.is(end, ",") && page.can(end + 1, Class::COMPANY) && page.tokens[end + 1].shape != Shape::Lower {
                end += 2;
            }
            // The stop of "Inc." belongs to the name.
            if page.can(end - 1, Class::COMPANY) && page.is(end, ".") && page.token(end + 1).is_some() {
                end += 1;
            }
            claims.push(organization(page, start..end, const { Rule::named("organization-word") }));
        }
        joined(page, run, claims);
    }
}

/// "Johnson & Johnson".
fn joined(page: &Page, run: &Range<usize>, claims: &mut Vec<Claim>) {
    if let Some(at) = run.clone().find(|&at| page.tokens[at].is(page.text, "&")) {
        let start = head_start(page, at);
        if start < at && !page.tokens[at - 1].title() {
            let mut end = (at + 1..run.end.min(at + 9))
                .take_while(|&at| page.tokens[at].is_cap())
                .last()
                .map_or(at + 1, |at| at + 1);
            if page.is(end, ",") && page.can(end + 1, Class::COMPANY) && page.tokens[end + 1].shape != Shape::Lower {
                end += 2;
            }
            let partner = start >= 2
                && page.is(start - 1, ",")
                && page.tokens[start - 2].shape == Shape::Capital
                && !page.can(start - 2, Class::COMMON)
                && page.listed_over(start - 2).is_none();
            let start = if partner { start - 2 } else { start };
            claims.push(organization(page, start..end, const { Rule::named("organization-word") }));
        }
    }
}

/// What is around an unknown name says that it is an organization: "shares of …", "… spokesman", "chief executive of …".
pub fn context(page: &Page, claims: &mut Vec<Claim>) {
    if page.shouting {
        return;
    }
    for run in page.unknown.iter().cloned() {
        let lower = |at: usize, class: Class| {
            page.token(at).is_some_and(|token| token.shape == Shape::Lower && token.can(class))
        };
        let noun = run.start > 0 && lower(run.start - 1, Class::ORG_NOUN) && page.tokens[run.start].spaced();
        let end = if page.possessive_at(run.end) { run.end + 2 } else { run.end };
        let follower = lower(end, Class::ORG_FOLLOWER) && !(page.can(run.start, Class::FIRST) && run.len() > 1);
        let told = noun && !page.can(run.start, Class::FIRST) || follower || of_role(page, run.start);
        if (told || before_role(page, &run) || moves(page, run.end)) && fits_organization(page, &run) {
            claims.push(organization(page, run, const { Rule::named("organization-context") }));
        }
    }
}

/// Whether a role in small letters and a person follow: "Finbar managing director Darren Pateman".
fn before_role(page: &Page, run: &Range<usize>) -> bool {
    let small =
        |at: usize| page.token(at).is_some_and(|token| token.title() && token.shape == Shape::Lower && token.spaced());
    let end = (run.end..).take_while(|&at| small(at)).last().map_or(run.end, |at| at + 1);
    end > run.end
        && page
            .token(end)
            .is_some_and(|token| token.shape == Shape::Capital && token.spaced() && !token.can(Class::COMMON))
}

/// Whether a price moves behind `at`: "rose 3 per cent", "sank over 8%".
fn moves(page: &Page, at: usize) -> bool {
    let verb = page.token(at).is_some_and(|token| token.shape == Shape::Lower && token.can(Class::MARKET));
    let number = (at + 1..at + 5).find(|&at| page.token(at).is_some_and(|token| token.shape == Shape::Number));
    let unit = |at: usize| {
        page.token(at).is_some_and(|token| {
            matches!(token.text(page.text), "%" | ".") || english().price_units.contains(token.text(page.text))
        })
    };
    verb && number.is_some_and(|at| unit(at + 1))
}

/// Whether "chief executive of", "shares of", "spokesman for" stands before `at`.
fn of_role(page: &Page, at: usize) -> bool {
    if at < 2 || !matches!(page.tokens[at - 1].text(page.text), "of" | "for" | "at" | "in") {
        return false;
    }
    let before = &page.tokens[at - 2];
    let words = english();
    let title = before.title()
        && matches!(page.tokens[at - 1].text(page.text), "of" | "for" | "at")
        && words.organization_roles.contains(before.text(page.text).to_lowercase().as_str());
    let held = matches!(page.tokens[at - 1].text(page.text), "of" | "in")
        && words.organization_holdings.contains(before.text(page.text));
    title || held
}

fn fits_organization(page: &Page, range: &Range<usize>) -> bool {
    let name = |at: usize| page.tokens[at].is_cap() && !page.can(at, Class::CALENDAR | Class::NOT_NAME);
    let plain = range.len() == 1 && page.can(range.start, Class::COMMON | Class::STARTER) && page.starts(range.start);
    range.clone().filter(|&at| page.tokens[at].is_cap()).all(name)
        && !plain
        && !page.can(range.end - 1, Class::EVENT | Class::PLACE_TAIL)
}

/// "Parliament", "the Cabinet" inside a sentence: a body, though only the context tells whose.
pub fn institution(page: &Page, claims: &mut Vec<Claim>) {
    for run in page.runs.iter().filter(|run| run.len() == 1 && !page.shouting) {
        let token = &page.tokens[run.start];
        let known = page.listed_over(run.start).is_some_and(|name| name.full);
        let modifier = page.token(run.end).is_some_and(|next| next.is(page.text, "-") && !next.spaced());
        if token.can(Class::INSTITUTION)
            && token.shape == Shape::Capital
            && !known
            && !modifier
            && !page.starts(run.start)
        {
            claims.push(organization(page, run.clone(), const { Rule::named("institution") }));
        }
    }
}

/// Capitals in brackets behind a name: "African National Congress (ANC)".
pub fn bracket(page: &Page, claims: &mut Vec<Claim>) {
    for at in 1..page.tokens.len().saturating_sub(1) {
        let token = &page.tokens[at];
        let inside = page.tokens[at - 1].is(page.text, "(") && page.tokens[at + 1].is(page.text, ")");
        if inside
            && matches!(token.shape, Shape::Upper | Shape::Initials)
            && is_acronym(token.text(page.text))
            && !page.can(at, Class::NOT_NAME | Class::COMPANY)
            && at >= 2
            && page.tokens[at - 2].is_cap()
            && page.listed_over(at).is_none()
        {
            claims.push(organization(page, at..at + 1, const { Rule::named("acronym") }));
        }
    }
}

/// Unknown capitals in a sentence that does not shout.
pub fn capitals(page: &Page, claims: &mut Vec<Claim>) {
    if page.shouting {
        return;
    }
    for at in page.run_tokens() {
        let token = &page.tokens[at];
        if token.shape != Shape::Upper || !is_acronym(token.text(page.text)) {
            continue;
        }
        // "The ZFPR won" is a run of two, of which the first says nothing.
        let alone = page.run_over(at).is_some_and(|run| *run == (at..at + 1)) || page.unknown.contains(&(at..at + 1));
        let explained = at >= 2 && page.is(at - 1, "(") && page.tokens[at - 2].shape == Shape::Lower;
        let known = explained
            || page.listed_over(at).is_some_and(|name| name.full)
            || token.can(Class::NOT_NAME | Class::COMPANY | Class::CALENDAR)
            || token.can(Class::COMMON) && page.listed_over(at).is_none();
        if !known && alone && token.text(page.text).chars().count() >= 3 {
            claims.push(organization(page, at..at + 1, const { Rule::named("capitals") }));
        }
    }
}

fn is_acronym(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    (2..=6).contains(&letters) && text.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '&'))
}

/// A claim without an article before the name.
fn organization(page: &Page, range: Range<usize>, rule: Rule) -> Claim {
    let article = range.len() > 1 && matches!(page.tokens[range.start].text(page.text), "The" | "A" | "An");
    let range = if article { range.start + 1..range.end } else { range };
    Claim { range, what: What::Named(EntityType::Organization, rule, None) }
}

/// The end of what follows "Ministry of": capitalised words with small ones between them.
fn complement(page: &Page, from: usize) -> Option<usize> {
    let mut at = from;
    if page.is(at, "the") {
        at += 1;
    }
    let run = page.run_over(at)?;
    let mut end = stop_before_title(page, at..run.end);
    loop {
        let link = page.is(end, "and") || page.is(end, "of") || page.is(end, "for");
        let next = if page.is(end + 1, "the") { end + 2 } else { end + 1 };
        if !link || page.is(end, "and") && !joins(page, end) {
            return Some(end);
        }
        match page.run_over(next).filter(|run| run.start == next) {
            Some(run) => end = stop_before_title(page, run.clone()),
            None => return Some(end),
        }
    }
}

/// Whether `and` joins two halves of one name: the words on both sides are ordinary ones ("Health and Human Services").
fn joins(page: &Page, and: usize) -> bool {
    let plain = |at: usize| {
        page.token(at).is_some_and(|token| {
            token.is_cap() && token.can(Class::COMMON) && page.listed_over(at).is_none_or(|name| !name.full)
        })
    };
    plain(and - 1) && plain(and + 1)
}

fn stop_before_title(page: &Page, range: Range<usize>) -> usize {
    range
        .clone()
        .skip(1)
        .find(|&at| page.tokens[at].title() && page.token(at + 1).is_some_and(|next| next.is_cap()))
        .unwrap_or(range.end)
}

/// Where the name that has its head at `head` begins: back over the run, not over titles, sentence starts and what is
/// plainly another name.
fn head_start(page: &Page, head: usize) -> usize {
    let Some(run) = page.run_over(head) else { return head };
    /// No name is longer; it bounds the work on a run of thousands of words.
    const MAX_WORDS: usize = 16;
    let mut start = head;
    while start > run.start && head - start < MAX_WORDS {
        let before = start - 1;
        let token = &page.tokens[before];
        let person =
            page.listed_over(before).is_some_and(|name| name.full && name.entity_type == Some(EntityType::Person));
        // "Drosovar General Hospital", but "Gen. Smith Foundation".
        let honorific = token.title() && token.can(Class::HONORIFIC) && start < head;
        if honorific || token.can(Class::CALENDAR) || person || page.possessive_at(start) {
            break;
        }
        start = before;
    }
    let start = trim(page, start..head + 1).map_or(head, |range| range.start.min(head));
    if start == run.start { joined_before(page, start) } else { start }
}

/// Where a name really begins whose words from `start` on follow `Workers'`, `People's` or `National Security and`.
fn joined_before(page: &Page, start: usize) -> usize {
    let before = |back: usize| start.checked_sub(back).map(|at| (at, &page.tokens[at]));
    let plain = |token: &super::tokens::Token| {
        token.shape == Shape::Capital && token.can(Class::COMMON) && !token.can(Class::STARTER | Class::CALENDAR)
    };
    let possessor = match (before(1), before(2), before(3)) {
        (Some((_, s)), Some((_, mark)), Some((at, word)))
            if s.is(page.text, "s") && matches!(mark.text(page.text), "'" | "’") && plain(word) =>
        {
            at
        }
        (Some((_, mark)), Some((at, word)), _)
            if matches!(mark.text(page.text), "'" | "’") && word.text(page.text).ends_with('s') && plain(word) =>
        {
            at
        }
        (Some((_, and)), Some((at, word)), _)
            if and.is(page.text, "and") && plain(word) && plain(&page.tokens[start]) =>
        {
            at
        }
        _ => return start,
    };
    let Some(run) = page.run_over(possessor) else { return start };
    let listed = page.listed_over(possessor).is_some_and(|name| name.full);
    if listed { start } else { trim(page, run.start..possessor + 1).map_or(start, |range| range.start) }
}
