//! Finds the names of a gazetteer in a text.
//!
//! A name starts at the start of a word, so one pass over the bytes finds the few places where one may, and the
//! dictionary is asked only there. Word boundaries are tested before the longest name is chosen: a longer name that ends
//! inside a word must not hide a shorter one (`USA` in "USA Todayish").

mod dictionary;

use dictionary::Dictionary;

use crate::gazetteer::{Gazetteer, Sense};
use crate::model::{EntityType, Rule, Span};
use crate::text::Folded;
use crate::text::chars::{char_at, char_before, is_boundary, is_upper};

/// A name in a text, with everything it may stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit<'g> {
    /// Where it stands in the original text.
    pub span: Span,
    /// What it may stand for; never empty.
    pub senses: &'g [Sense],
}

/// A name in a text, before it is linked to an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Where it stands.
    pub span: Span,
    /// In which sentence, from 0.
    pub sentence: u32,
    /// What found it.
    pub found: Found,
}

/// What found a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A list: it may stand for these.
    List(Vec<Sense>),
    /// A rule.
    Rule {
        /// Its type.
        entity_type: EntityType,
        /// Which rule.
        rule: Rule,
        /// For a short form: the full name in the same document, as written.
        full: Option<String>,
        /// What the lists say that it may be short for.
        senses: Vec<Sense>,
    },
}

/// The names of one gazetteer, ready to be found. Shared by all threads.
pub struct Matcher<'g> {
    gazetteer: &'g Gazetteer,
    dictionary: Dictionary,
    forms: Vec<&'g [Sense]>,
}

impl<'g> Matcher<'g> {
    /// Prepares the forms of `gazetteer`. Cost: an Aho-Corasick automaton, about 3 µs a form.
    pub fn new(gazetteer: &'g Gazetteer) -> Matcher<'g> {
        let forms = gazetteer.forms();
        let dictionary = Dictionary::automaton(forms.iter().map(|(text, _)| *text));
        Matcher { gazetteer, dictionary, forms: forms.into_iter().map(|(_, senses)| senses).collect() }
    }

    /// The gazetteer behind it.
    pub fn gazetteer(&self) -> &'g Gazetteer {
        self.gazetteer
    }

    /// All names in `folded`, from its byte `from` on: leftmost first, the longest that begins there and ends at a word
    /// boundary, without overlaps. Names that the gazetteer blocks are among them. Linear in the text.
    ///
    /// ```
    /// use actant::{find::Matcher, gazetteer::Gazetteer, text::Folded};
    /// let gazetteer = Gazetteer::builtin();
    /// let hits = Matcher::new(&gazetteer).find(&Folded::new("Let us ask the US—or U.S.-led NATO."), 0);
    /// assert_eq!(hits.len(), 3);
    /// ```
    pub fn find(&self, folded: &Folded, from: usize) -> Vec<Hit<'g>> {
        let text = &*folded.text;
        let mut hits = Vec::new();
        let mut at = from;
        while let Some(start) = self.dictionary.next_start(text, at) {
            match self.longest(text, start) {
                Some((end, senses)) => {
                    hits.push(Hit { span: folded.original_span(start, end), senses });
                    at = end;
                }
                None => at = start + char_at(text, start).map_or(1, char::len_utf8),
            }
        }
        hits
    }

    /// The longest name that begins at `start` and may stand there: its end and what it may stand for.
    fn longest(&self, text: &str, start: usize) -> Option<(usize, &'g [Sense])> {
        let mut limit = text.len();
        while let Some((end, form)) = self.dictionary.longest(text, start, limit) {
            let senses = self.forms[form as usize];
            if ends_at_word(text, end) && case_allows(text, start, end, senses) {
                return Some((end, senses));
            }
            limit = end - 1;
        }
        None
    }
}

/// Whether a name that ends at byte `end` ends there as a word.
fn ends_at_word(text: &str, end: usize) -> bool {
    let (last, next) = (char_before(text, end), char_at(text, end));
    if !is_boundary(last, next) {
        return false;
    }
    // "U.S." inside "U.S.A.": a point does not end an acronym that goes on.
    let goes_on = last == Some('.') && next.is_some_and(|c| c.is_uppercase() && text[end + c.len_utf8()..].starts_with('.'));
    !goes_on
}

/// Short names in capitals only count in a line of capitals: "XI" is a numeral before it is Mr. Xi.
fn case_allows(text: &str, start: usize, end: usize, senses: &[Sense]) -> bool {
    const SHORT: usize = 4;
    if end - start >= SHORT || !senses.iter().all(|sense| sense.upper) {
        return true;
    }
    let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let window = &text[line_start.max(floor(text, start.saturating_sub(80)))..line_end.min(floor(text, end + 80))];
    is_upper(window)
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
