//! Finds the names of a gazetteer in a text.
//!
//! A name starts at the start of a word, so one pass over the bytes finds the few places where one may, and the
//! dictionary is asked only there. Word boundaries are tested before the longest name is chosen: a longer name that ends
//! inside a word must not hide a shorter one (`USA` in "USA Todayish").

mod dictionary;

use dictionary::{Dictionary, Starts};

use crate::gazetteer::compiled::table::Word;
use crate::gazetteer::{Gazetteer, Layer, Sense, Senses};
use crate::model::{EntityType, Rule, Span};
use crate::text::Folded;
use crate::text::bits::WordBits;
use crate::text::chars::{char_at, char_before, is_upper};

/// A name in a text, with everything it may stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Where it stands in the original text.
    pub span: Span,
    /// What it may stand for; never empty.
    pub senses: Senses,
}

/// A name in a text, before it is linked to an entity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Where it stands.
    pub span: Span,
    /// In which sentence, from 0.
    pub sentence: u32,
    /// Whether a title stands directly before it: "Vice President", "Mr.".
    pub titled: bool,
    /// What found it.
    pub found: Found,
}

/// What found a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A list: it may stand for these.
    List(Senses),
    /// A rule.
    Rule {
        /// Its type.
        entity_type: EntityType,
        /// Which rule.
        rule: Rule,
        /// For a short form: the full name in the same document, as written.
        full: Option<String>,
        /// What the lists say that it may be short for.
        senses: Senses,
    },
}

/// The names of one gazetteer, ready to be found. Shared by all threads.
pub struct Matcher<'g> {
    gazetteer: &'g Gazetteer,
    starts: Starts,
    layers: Vec<(Dictionary<'g>, Layer<'g>)>,
}

impl<'g> Matcher<'g> {
    /// Prepares the names of `gazetteer`. Cost: some microseconds for compiled lists; for others an Aho-Corasick automaton,
    /// about 3 µs a form.
    pub fn new(gazetteer: &'g Gazetteer) -> Matcher<'g> {
        let mut starts = Starts::default();
        let layers = gazetteer.layers().into_iter().map(|layer| {
            let dictionary = match &layer {
                Layer::List(forms) => Dictionary::automaton(forms.iter().map(|(text, _)| *text)),
                Layer::Compiled(names, _) => Dictionary::Table(names.table()),
            };
            starts.unite(&dictionary.starts());
            (dictionary, layer)
        });
        let layers = layers.collect();
        Matcher { gazetteer, starts, layers }
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
    pub fn find(&self, folded: &Folded, from: usize) -> Vec<Hit> {
        let bits = WordBits::new(&folded.text);
        let mut hits = Vec::new();
        let mut after = from;
        for word in self.words(&folded.text, &bits, from) {
            if word.start < after {
                continue;
            }
            if let Some((end, senses)) = self.longest(folded, &bits, &word) {
                hits.push(Hit { span: folded.original_span(word.start, end), senses });
                after = end;
            }
        }
        hits
    }

    /// The words with which a name may begin, as far as they alone tell. All are asked about before any name is looked for, without
    /// a branch on the answer: the questions do not depend on each other, so the processor waits for memory once for several.
    fn words(&self, text: &str, bits: &WordBits, from: usize) -> Vec<Word> {
        let starts = self.starts.all(text, bits, from);
        let mut words = vec![Word::default(); starts.len()];
        let mut kept = 0;
        for start in starts {
            words[kept] = Word::at(text, bits, start);
            kept += usize::from(self.layers.iter().any(|(dictionary, _)| dictionary.may_begin(text, &words[kept])));
        }
        let passed = std::mem::take(&mut kept);
        for at in 0..passed {
            words[kept] = words[at];
            kept += usize::from(self.layers.iter().any(|(dictionary, _)| dictionary.begins(text, &words[kept])));
        }
        words.truncate(kept);
        words
    }

    /// The longest name that begins with `word` and may stand there: its end and what it may stand for.
    fn longest(&self, folded: &Folded, bits: &WordBits, word: &Word) -> Option<(usize, Senses)> {
        let text = &*folded.text;
        let mut limit = text.len();
        loop {
            let (end, senses) = self.longest_to(text, bits, word, limit)?;
            if !acronym_goes_on(text, end) && case_allows(folded, word.start, end, &senses) {
                return Some((end, senses));
            }
            limit = end - 1;
        }
    }

    /// The longest name of all layers that begins with `word` and ends at or before `limit`. Where several layers have it,
    /// what it may stand for in any of them, in their order.
    fn longest_to(&self, text: &str, bits: &WordBits, word: &Word, limit: usize) -> Option<(usize, Senses)> {
        let mut best: Option<(usize, Senses)> = None;
        for (dictionary, layer) in &self.layers {
            let Some((end, form)) = dictionary.longest(text, bits, word, limit) else { continue };
            let written = &text[word.start..end];
            match &mut best {
                Some((longest, senses)) if end == *longest => {
                    layer.senses(form, written).iter().for_each(|sense| sense.join(senses));
                }
                Some((longest, _)) if end < *longest => {}
                _ => best = Some((end, layer.senses(form, written))),
            }
        }
        best
    }
}

/// Whether an acronym goes on behind byte `end`: "U.S." and "U.S" inside "U.S.A.".
fn acronym_goes_on(text: &str, end: usize) -> bool {
    let letter_and_point =
        |at: usize| char_at(text, at).is_some_and(|c| c.is_uppercase() && text[at + c.len_utf8()..].starts_with('.'));
    match char_before(text, end) {
        Some('.') => letter_and_point(end),
        Some(c) if c.is_uppercase() => text[end..].starts_with('.') && letter_and_point(end + 1),
        _ => false,
    }
}

/// Short names in capitals only count in a line of capitals: "XI" is a numeral before it is Mr. Xi.
fn case_allows(folded: &Folded, start: usize, end: usize, senses: &[Sense]) -> bool {
    const SHORT: usize = 4;
    const REACH: usize = 80;
    end - start >= SHORT || !senses.iter().all(|sense| sense.upper) || is_upper(folded.line(start, end, REACH))
}

#[cfg(test)]
mod tests;
