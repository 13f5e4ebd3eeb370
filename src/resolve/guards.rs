//! What the words beside a name say about it: a title before it, a first name that makes it somebody else's, a word that
//! makes it part of a longer name.

use super::senses::Place;
use crate::gazetteer::{FormKind, Sense};
use crate::model::Span;
use crate::text::chars::{is_capitalized, is_upper};
use crate::text::lexicon::english;
use crate::text::words::{Class, class};

/// The words before and after a name in its sentence.
pub struct Neighbours<'t> {
    before: &'t str,
    after: &'t str,
    behind_name: bool,
    /// Whether a title stands directly before the name.
    pub titled: bool,
}

impl<'t> Neighbours<'t> {
    /// Looks at most 60 bytes to either side, and not beyond the sentence.
    pub fn new(text: &'t str, place: Place) -> Neighbours<'t> {
        const REACH: usize = 60;
        let Place { span, sentence, behind_name, titled, .. } = place;
        let (start, end) = (span.start as usize, span.end as usize);
        let from = ceil(text, start.saturating_sub(REACH)).max(sentence.start as usize);
        let to = ceil(text, (end + REACH).min(text.len())).min(sentence.end as usize);
        Neighbours { before: &text[from..start.max(from)], after: &text[end..to.max(end)], behind_name, titled }
    }

    /// Whether an article stands directly before it.
    pub fn after_article(&self) -> bool {
        matches!(last_word(self.before), "the" | "The")
    }

    /// Whether the name is the first thing in its sentence.
    pub fn starts_sentence(&self) -> bool {
        !self.before.chars().any(char::is_alphanumeric)
    }

    /// Whether a word that leads to places stands before it: "in Jordan", "from Washington".
    pub fn after_place_word(&self) -> bool {
        class(&last_word(self.before).to_lowercase()).is(Class::PLACE_PREPOSITION)
    }

    /// Whether a neighbour makes a surname part of another name: "Melania Trump", "Trump Tower", "Trump Jr.".
    pub fn other_name_part(&self) -> bool {
        self.tail_follows() || !self.behind_name && !self.titled && self.name_precedes()
    }

    fn tail_follows(&self) -> bool {
        let Some(rest) = self.after.strip_prefix([' ', '-']) else { return false };
        english().name_tails.contains(first_word(rest))
    }

    /// Whether a capitalised word that is no title, day or sentence start stands directly before.
    fn name_precedes(&self) -> bool {
        let Some(before) = self.before.strip_suffix([' ', '-']) else { return false };
        let word = last_word(before);
        let words = english();
        let initial = before.ends_with('.') && before.trim_end_matches('.').len() + 1 == before.len() && {
            let letter = last_word(before.trim_end_matches('.'));
            letter.chars().count() == 1 && is_capitalized(letter)
        };
        if initial {
            return true;
        }
        if word.is_empty()
            || !before.ends_with(word)
            || !is_capitalized(word)
            || word.contains(|c: char| c.is_ascii_digit())
        {
            return false;
        }
        let sentence_start = before.len() == word.len() && words.starters.contains(word);
        // A heading capitalises its verbs; a line of capitals says nothing.
        let known = words.calendar.contains(word) || words.starters.contains(word) || is_upper(word) && word.len() > 1;
        !(sentence_start || known)
    }
}

/// The title that ends `before` (which is followed by a name): the longest of its last four words that is one.
pub fn title_at_end(before: &str) -> Option<&str> {
    let trimmed = before.trim_end_matches([' ', '\n', '\t', '\u{a0}']);
    // Nine words in ten end no title.
    let last = last_token(trimmed).trim_end_matches('.').rsplit('-').next().unwrap_or("");
    if !class(last).is(Class::TITLE | Class::TITLE_INNER | Class::HONORIFIC) {
        return None;
    }
    let words = english();
    let mut start = trimmed.len();
    let mut found = None;
    for _ in 0..4 {
        let head = trimmed[..start].trim_end();
        let word = last_token(head);
        if word.is_empty() {
            break;
        }
        start = head.len() - word.len();
        let phrase = trimmed[start..].trim_end_matches('.').to_lowercase();
        let phrase = phrase.trim_start_matches("ex-");
        if words.titles.contains(phrase) || words.honorifics.contains(phrase) {
            found = Some(&trimmed[start..]);
        }
    }
    found
}

/// Whether a full name goes on into another one: "Bill Gates Foundation", "Donald Trump Jr.".
pub fn is_part_of_longer(text: &str, span: Span) -> bool {
    let Some(rest) = text[span.end as usize..].strip_prefix(' ') else { return false };
    // Nine names in ten are followed by a small letter, with which no tail begins.
    if rest.as_bytes().first().is_none_or(u8::is_ascii_lowercase) {
        return false;
    }
    english().name_tails.contains(first_word(&rest[..ceil(rest, 40.min(rest.len()))]))
}

/// Whether an acronym only spells a common word, in a line of capitals: "TRUMP TELLS US TO WAIT".
pub fn spells_a_word(text: &str, span: Span, sentence: Span, senses: &[Sense]) -> bool {
    let surface = span.of(text);
    let acronym = senses.iter().any(|sense| sense.kind == FormKind::Acronym);
    acronym
        && !surface.contains('.')
        && english().acronym_words.contains(surface.to_lowercase().as_str())
        && is_upper(sentence.of(text))
        && sentence.end - sentence.start > 2 * (span.end - span.start)
}

/// The last run of letters and digits (with inner points and apostrophes left out).
fn last_word(text: &str) -> &str {
    let text = text.trim_end_matches(' ');
    let start = text
        .rfind(|c: char| !c.is_alphanumeric())
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    &text[start..]
}

/// The last piece between blanks, hyphens kept: "Secretary-General", "Mr.".
fn last_token(text: &str) -> &str {
    let start = text
        .rfind(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '.')))
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    &text[start..]
}

fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    &text[..end]
}

/// The first character boundary from `at` on.
pub fn ceil(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}
