//! Titles: "Foreign Minister", "Mr.".

use super::tokens::{Shape, Token};
use crate::text::lexicon::english;
use crate::text::words::Class;

/// Marks the words of titles in the tokens of `text`: the longest phrase of the list at each place, up to five words, in any case. `phrase` is room to
/// put one together.
pub fn mark_titles(text: &str, tokens: &mut [Token], phrase: &mut String) {
    let words = english();
    let mut at = 0;
    while at < tokens.len() {
        // Nine words in ten begin no title: one look at their class saves making the phrase.
        if !tokens[at].can(Class::TITLE | Class::HONORIFIC) {
            at += 1;
            continue;
        }
        let mut end = 0;
        phrase.clear();
        let mut behind_hyphen = false;
        for (length, token) in tokens[at..].iter().take(5).enumerate() {
            let is_hyphen = token.shape == Shape::Mark && token.is(text, "-");
            let is_inner = token.can(Class::TITLE_INNER) && (token.spaced() || behind_hyphen);
            if length > 0 && !is_hyphen && !is_inner {
                break;
            }
            behind_hyphen = is_hyphen;
            if length > 0 && token.spaced() {
                phrase.push(' ');
            }
            push_lower(phrase, token.text(text).trim_end_matches('.'));
            if words.titles.contains(phrase.as_str()) || length == 0 && words.honorifics.contains(phrase.as_str()) {
                end = length + 1;
            }
        }
        tokens[at..at + end].iter_mut().for_each(|token| token.set_title());
        // The point of "Mr." belongs to the title.
        if end > 0 && tokens.get(at + end).is_some_and(|token| token.is(text, ".") && !token.spaced()) {
            tokens[at + end].set_title();
        }
        at += end.max(1);
    }
}

/// Adds `word` in small letters.
fn push_lower(phrase: &mut String, word: &str) {
    if word.is_ascii() {
        let from = phrase.len();
        phrase.push_str(word);
        phrase[from..].make_ascii_lowercase();
    } else {
        phrase.extend(word.chars().flat_map(char::to_lowercase));
    }
}
