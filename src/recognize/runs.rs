//! Runs of capitalised words, and what is left of them when everything known is taken away.

use std::ops::Range;

use super::page::Page;
use super::tokens::{Shape, Token};
use crate::text::words::{Class, class};

/// Maximal runs of capitalised words, with particles, hyphens and `&` between them. What the small words in them can be is
/// looked up in full.
pub fn find(text: &str, tokens: &mut [Token], runs: &mut Vec<Range<usize>>) {
    let mut at = 0;
    while at < tokens.len() {
        if !tokens[at].is_cap() {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while let Some(next) = next_in_run(text, tokens, end) {
            end = next;
        }
        tokens[at..end]
            .iter_mut()
            .filter(|token| token.shape == Shape::Lower)
            .for_each(|token| token.class = class(token.text(text)));
        runs.push(at..end);
        at = end;
    }
}

/// Adds the runs without words that are listed in full, titles at their start, and sentence starts that are ordinary words.
pub fn unknown(page: &Page, pieces: &mut Vec<Range<usize>>) {
    for run in page.runs {
        let mut start = run.start;
        for at in run.start..=run.end {
            let cut = at == run.end || page.tokens[at].title() || page.listed_over(at).is_some_and(|name| name.full);
            if cut {
                pieces.extend(trim(page, start..at));
                start = at + 1;
            }
        }
    }
}

/// A piece of a run without marks, particles and ordinary sentence starts at its ends.
pub fn trim(page: &Page, piece: Range<usize>) -> Option<Range<usize>> {
    let (mut start, mut end) = (piece.start, piece.end);
    while start < end {
        let token = &page.tokens[start];
        let opener = page.starts(start)
            && (token.can(Class::STARTER) || token.can(Class::COMMON) && !token.can(Class::FIRST | Class::LAST));
        if token.is_cap() && !token.can(Class::CALENDAR | Class::NOT_NAME) && !opener {
            break;
        }
        start += 1;
    }
    while end > start
        && (!(page.tokens[end - 1].is_cap() || end > start + 1 && page.is(end - 2, "-"))
            || page.can(end - 1, Class::CALENDAR | Class::NOT_NAME))
    {
        end -= 1;
    }
    (start < end).then_some(start..end)
}

/// Where a run that has come to `end` goes on to, if a further capitalised word belongs to it.
fn next_in_run(text: &str, tokens: &[Token], end: usize) -> Option<usize> {
    let token = tokens.get(end)?;
    if token.is_cap() && (token.spaced() || tokens[end - 1].is(text, "-")) {
        return Some(end + 1);
    }
    let next = tokens.get(end + 1)?;
    match token.text(text) {
        "-" if token.spaced() == next.spaced()
            && (next.is_cap() && !next.spaced() || is_given_part(text, tokens, end)) =>
        {
            return Some(end + 2);
        }
        // "Al- Jaber Al - Sabah": articles whose hyphen has blanks.
        "-" if next.is_cap() && matches!(tokens[end - 1].text(text), "Al" | "El") => return Some(end + 2),
        "&" if next.is_cap() => return Some(end + 2),
        _ => {}
    }
    // The stop of an abbreviation inside a name: "St. Petersburg", "Lt. Col. Smith".
    if token.is(text, ".")
        && !token.spaced()
        && next.is_cap()
        && next.spaced()
        && tokens[end - 1].len() <= 4
        && tokens[end - 1].can(Class::HONORIFIC | Class::PLACE_LEAD | Class::COMPANY)
    {
        return Some(end + 2);
    }
    if token.shape == Shape::Lower && token.can(Class::PARTICLE) && token.spaced() {
        if next.is_cap() {
            return Some(end + 2);
        }
        if next.can(Class::PARTICLE) && next.shape == Shape::Lower && tokens.get(end + 2).is_some_and(Token::is_cap) {
            return Some(end + 3);
        }
        // "bin al-Qasim", "al-Assad"
        if next.is(text, "-") && tokens.get(end + 2).is_some_and(Token::is_cap) {
            return Some(end + 3);
        }
        if next.can(Class::PARTICLE)
            && tokens.get(end + 2).is_some_and(|t| t.is(text, "-"))
            && tokens.get(end + 3).is_some_and(Token::is_cap)
        {
            return Some(end + 4);
        }
    }
    None
}

/// Whether "-un" of "Jong-un" follows: a short small word behind a short word that is no ordinary one.
fn is_given_part(text: &str, tokens: &[Token], hyphen: usize) -> bool {
    let (first, second) = (&tokens[hyphen - 1], &tokens[hyphen + 1]);
    second.shape == Shape::Lower
        && second.len() <= 5
        && first.len() <= 5
        && !first.can(Class::COMMON)
        && hyphen >= 2
        && tokens[hyphen - 2].is_cap()
        && first.spaced()
        // Some tokenizers set blanks around every hyphen: "Jun - seok".
        && (!second.spaced() || !class(second.text(text)).is(Class::COMMON) && first.shape == Shape::Capital)
}
