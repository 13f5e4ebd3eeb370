//! Cities and counties that play: in reports on sports their names stand for teams.

use foldhash::{HashSet, HashSetExt};

use super::page::Page;
use super::tokens::Shape;
use super::{Claim, Sheet, What};
use crate::model::{EntityType, Rule};
use crate::text::lexicon::english;
use crate::text::words::Class;

/// A document with so many words of sports in a hundred sentences that may hold a name, and at least four, is a report on sports.
const SHARE: usize = 25;

/// Whether a document is a report on sports.
pub(super) fn are_in(sheets: &[Sheet]) -> bool {
    let sports = sheets.iter().filter(|sheet| sheet.page.classes.is(Class::SPORT));
    let words: usize =
        sports.map(|sheet| sheet.page.tokens.iter().filter(|token| token.can(Class::SPORT)).count()).sum();
    words >= 4 && words * 100 >= SHARE * sheets.len()
}

/// Turns the places that play into organizations. Nations stay places.
pub(super) fn mark(sheets: &mut [Sheet]) {
    let mut teams: HashSet<String> = HashSet::new();
    for sheet in sheets.iter() {
        for claim in sheet.claims.iter().filter(|claim| is_town(&sheet.page, claim)) {
            if plays(&sheet.page, claim) {
                teams.insert(key(&sheet.page, claim));
            }
        }
    }
    for sheet in sheets {
        let page = &sheet.page;
        for claim in &mut sheet.claims {
            if is_town(page, claim) && teams.contains(&key(page, claim)) && !located(page, claim) {
                claim.what = What::Named(EntityType::Organization, const { Rule::named("team") }, None);
            }
        }
    }
}

/// Whether a claim is a listed place below a nation, or an unknown one.
fn is_town(page: &Page, claim: &Claim) -> bool {
    match &claim.what {
        What::Listed(number) => {
            let name = &page.listed[*number];
            name.entity_type == Some(EntityType::Place) && !name.nation && !name.demonym
        }
        What::Named(entity_type, rule, _) => *entity_type == EntityType::Place && rule.name() == "place-context",
        What::Nothing => false,
    }
}

/// Whether what is around a town says that it plays: a score, a verb of winning, an opponent, a player.
fn plays(page: &Page, claim: &Claim) -> bool {
    let (start, end) = (claim.range.start, claim.range.end);
    if located(page, claim) {
        return false;
    }
    let score = page.token(end).is_some_and(|token| {
        token.shape == Shape::Number && token.len() <= 3 && token.text(page.text).bytes().all(|b| b.is_ascii_digit())
    }) && !page.is(end + 1, "-");
    let words = english();
    let follower = page.token(end).is_some_and(|token| {
        words.team_followers.contains(token.text(page.text))
            || token.shape == Shape::Lower && token.can(Class::ORG_FOLLOWER)
    });
    let opponent = page.before(start).is_some_and(|token| words.team_leads.contains(token.text(page.text)));
    score || follower || opponent
}

/// Whether the place is where something happens: "in Leeds", "LONDON 1996-08-30".
fn located(page: &Page, claim: &Claim) -> bool {
    let (start, end) = (claim.range.start, claim.range.end);
    let preposition =
        page.before(start).is_some_and(|token| token.can(Class::PLACE_PREPOSITION) && !token.can(Class::WEAK));
    let dated = page.starts(start)
        && page.token(end).is_some_and(|token| {
            token.shape == Shape::Number && token.len() >= 4 || token.is(page.text, ",") || token.is(page.text, "(")
        });
    preposition || dated
}

fn key(page: &Page, claim: &Claim) -> String {
    page.tokens[claim.range.clone()]
        .iter()
        .map(|token| token.text(page.text).to_lowercase())
        .collect::<Vec<_>>()
        .join(" ")
}
