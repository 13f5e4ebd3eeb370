//! Places: words for them in the name, before it and around it.

use std::ops::Range;

use super::page::Page;
use super::runs::trim;
use super::tokens::Shape;
use super::{Claim, What};
use crate::model::{EntityType, Rule};
use crate::text::lexicon::english;
use crate::text::words::Class;

/// "Yangtze River", "Lake Victoria", "the village of Oleksandropil".
pub fn word(page: &Page, claims: &mut Vec<Claim>) {
    if page.shouting {
        return;
    }
    for run in page.runs {
        for at in run.clone() {
            let token = &page.tokens[at];
            if at > run.start
                && token.can(Class::PLACE_TAIL)
                && token.shape == Shape::Capital
                && let Some(range) = trim(page, tail_start(page, run, at)..at + 1)
                && range.len() > 1
                && range.end == at + 1
            {
                claims.push(place(range, const { Rule::named("place-word") }));
            }
            claims.extend(of(page, at).map(|range| place(range, const { Rule::named("place-word") })));
            if token.can(Class::PLACE_LEAD)
                && token.shape == Shape::Capital
                && at + 1 < run.end
                && !(page.starts(at) && token.can(Class::STARTER))
            {
                let next = if page.is(at + 1, ".") { at + 2 } else { at + 1 };
                let following = page.token(next);
                let placed = page
                    .listed_over(next)
                    .is_some_and(|name| name.full && name.entity_type == Some(EntityType::Place) && !name.demonym);
                let unknown = following.is_some_and(|token| {
                    token.shape == Shape::Capital && !token.can(Class::COMMON | Class::NOT_NAME | Class::CALENDAR)
                }) && page.listed_over(next).is_none();
                if placed {
                    let end = page.listed_over(next).map_or(next + 1, |name| name.range.end);
                    claims.push(place(at..end, const { Rule::named("place-word") }));
                } else if unknown && next + 1 == run.end && !token.can(Class::FIRST) {
                    claims.push(place(at..next + 1, const { Rule::named("place-word") }));
                }
            }
        }
        let kind = run.start >= 2
            && page.is(run.start - 1, "of")
            && page.can(run.start - 2, Class::PLACE_KIND)
            && page.tokens[run.start - 2].shape == Shape::Lower;
        if kind {
            claims.push(place(run.clone(), const { Rule::named("place-word") }));
        }
    }
}

/// "Strait of Zorvan", "Republic of Zorvania": what follows is a place or unknown.
fn of(page: &Page, at: usize) -> Option<Range<usize>> {
    let token = &page.tokens[at];
    let kind = token.shape == Shape::Capital && token.can(Class::PLACE_TAIL) && !token.can(Class::ORG_OF);
    let run = page.run_over(at + 2).filter(|run| kind && page.is(at + 1, "of") && run.start == at + 2)?;
    let name = page.listed_over(run.start);
    let end = match name.filter(|name| name.full) {
        Some(name) => Some(name.range.end).filter(|_| name.entity_type == Some(EntityType::Place) && !name.demonym),
        None => (run.len() == 1 && !page.can(run.start, Class::COMMON | Class::NOT_NAME | Class::CALENDAR))
            .then_some(run.end),
    };
    let alone = page.run_over(at).is_some_and(|run| run.start == at);
    end.filter(|_| alone).map(|end| at..end)
}

/// "2015 United Kingdom general election": the name of an event, in which nothing is marked. "US$" is no country.
pub fn event(page: &Page, claims: &mut Vec<Claim>) {
    for name in page.listed.iter().filter(|name| name.entity_type == Some(EntityType::Place)) {
        let range = &name.range;
        let year = page.before(range.start).is_some_and(|token| token.shape == Shape::Number && token.len() == 4);
        let vote = |at: usize| page.token(at).is_some_and(|token| english().votes.contains(token.text(page.text)));
        let election = || {
            (range.end..range.end + 4).any(vote)
                && (range.end..range.end + 4).all(|at| {
                    page.token(at).is_none_or(|token| token.shape != Shape::Mark) || (range.end..at).any(vote)
                })
        };
        let money = page.is(range.end, "$") && page.token(range.end).is_some_and(|token| !token.spaced());
        if year && election() || money {
            claims.push(Claim { range: range.clone(), what: What::Nothing });
        }
    }
}

/// Where something unknown is: "in Oleksandropil", "Trenton, N.J.".
pub fn context(page: &Page, claims: &mut Vec<Claim>) {
    if page.shouting {
        return;
    }
    for run in page.runs {
        let free = run.clone().all(|at| page.listed_over(at).is_none_or(|name| !name.full) && !page.tokens[at].title());
        let Some(run) = trim(page, run.clone()).filter(|_| free) else { continue };
        let plain = run.clone().all(|at| {
            // "OLEKSIVKA, Ukraine — Shells fell"
            let capital = page.tokens[at].shape == Shape::Capital || page.starts(at) && page.is(at + 1, ",");
            capital && !page.can(at, Class::COMMON | Class::NOT_NAME | Class::ORG_HEAD | Class::EVENT)
                || page.tokens[at].is(page.text, "-")
        });
        if !plain || run.len() > 3 {
            continue;
        }
        let leads = |at: Option<usize>| {
            // "from Oleksandropil" may be anything, but not "At Oleksandropil:" over a score.
            at.map(|at| &page.tokens[at]).is_some_and(|token| {
                token.can(Class::PLACE_PREPOSITION) && !(token.can(Class::WEAK) && token.shape == Shape::Lower)
            })
        };
        let article = run.len() > 1
            && page.before(run.start).is_some_and(|token| token.is(page.text, "the"))
            && leads(run.start.checked_sub(2));
        let preposition = leads(run.start.checked_sub(1)) || article;
        let followed = page
            .token(run.end)
            .is_some_and(|token| token.spaced() && token.shape == Shape::Lower && token.can(Class::PLACE_FOLLOWER));
        let person = page.can(run.start, Class::FIRST) && run.len() > 1;
        let country = page.is(run.end, ",")
            && page
                .listed_over(run.end + 1)
                .is_some_and(|name| name.full && !name.demonym && name.entity_type == Some(EntityType::Place));
        if (preposition || country || followed) && !person {
            claims.push(place(run, const { Rule::named("place-context") }));
        }
    }
}

fn place(range: Range<usize>, rule: Rule) -> Claim {
    Claim { range, what: What::Named(EntityType::Place, rule, None) }
}

/// Where the name that ends in the tail at `tail` begins: at most three words back.
fn tail_start(page: &Page, run: &Range<usize>, tail: usize) -> usize {
    let mut start = tail;
    while start > run.start && tail - start < 3 {
        let before = start - 1;
        if page.tokens[before].title()
            || page.can(before, Class::CALENDAR | Class::NOT_NAME)
            || page.tokens[before].shape == Shape::Lower
            || page.listed_over(before).is_some_and(|name| name.demonym && name.range.len() == 1)
        {
            break;
        }
        start = before;
    }
    start
}
