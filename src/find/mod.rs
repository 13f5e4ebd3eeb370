//! Finds the names of a gazetteer in a text.
//!
//! A name starts at the start of a word, so one pass over the bytes finds the few places where one may, and the
//! dictionary is asked only there. Word boundaries are tested before the longest name is chosen: a longer name that ends
//! inside a word must not hide a shorter one (`USA` in "USA Todayish").

mod dictionary;

use std::sync::Arc;

use foldhash::HashMap;
use smallvec::SmallVec;

use dictionary::{Dictionary, Starts};

use crate::gazetteer::compiled::table::Word;
use crate::gazetteer::{Facts, FormKind, Gazetteer, Layer, Sense, Senses};
use crate::model::{EntityType, Rule, Span};
use crate::text::Folded;
use crate::text::bits::WordBits;
use crate::text::chars::{char_at, char_before, is_upper};

/// A name in a text, with everything it may stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Where it stands in the original text.
    pub span: Span,
    /// What it may stand for; never empty. Shared by all hits of the same name in a text.
    pub senses: Arc<[Sense]>,
    /// What must stand beside it to make it a name.
    pub needs: Needs,
}

/// What else a text must have so that a hit is a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: no sense is a short form.
    Nothing,
    /// The full name of one of them, or a title directly before it: all are surnames of people hardly known, on any day.
    Title,
    /// That is told by the words around it.
    Words,
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
    List(Arc<[Sense]>),
    /// A rule.
    Rule {
        /// Its type.
        entity_type: EntityType,
        /// Which rule.
        rule: Rule,
        /// For a short form: the full name in the same document, as written.
        full: Option<Arc<str>>,
        /// What the lists say that it may be short for.
        senses: Arc<[Sense]>,
    },
}

/// The names of one gazetteer, ready to be found. Shared by all threads.
pub struct Matcher<'g> {
    gazetteer: &'g Gazetteer,
    starts: Starts,
    /// So many bytes behind its start decide about a name.
    reach: usize,
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
        let layers: Vec<(Dictionary, Layer)> = layers.collect();
        let reach = BEHIND + layers.iter().map(|(dictionary, _)| dictionary.longest_form()).max().unwrap_or(0);
        Matcher { gazetteer, starts, reach, layers }
    }

    /// The gazetteer behind it.
    pub fn gazetteer(&self) -> &'g Gazetteer {
        self.gazetteer
    }

    /// All names in `text`: leftmost first, the longest that begins there and ends at a word boundary, without overlaps. Names
    /// that the gazetteer blocks are among them. Linear in the text.
    ///
    /// ```
    /// use actant::{find::Matcher, gazetteer::Gazetteer};
    /// let gazetteer = Gazetteer::builtin();
    /// let hits = Matcher::new(&gazetteer).find("Let us ask the US—or U.S.-led NATO.");
    /// assert_eq!(hits.len(), 3);
    /// ```
    pub fn find(&self, text: &str) -> Vec<Hit> {
        Finder::new(self).find(text)
    }

    /// Adds the names that begin with `words`, from byte `after` of the original on; where the last of all ends there.
    fn find_at(
        &self,
        folded: &Folded,
        bits: &WordBits,
        (words, after): (&[Word], usize),
        known: &mut Known,
        hits: &mut Vec<Hit>,
    ) -> usize {
        // A name of the block before may reach into this one.
        let mut words = words.iter().skip_while(|word| folded.original(word.start) < after).peekable();
        let mut last = None;
        while let Some(word) = words.next() {
            if let Some((end, (senses, needs))) = self.longest(folded, bits, word, known) {
                hits.push(Hit { span: folded.original_span(word.start, end), senses, needs });
                while words.next_if(|word| word.start < end).is_some() {}
                last = Some(end);
            }
        }
        last.map_or(after, |end| folded.original(end))
    }

    /// Those words that begin at `starts` with which a name may begin, as far as they alone tell. All are asked about before any name
    /// is looked for, without a branch on the answer: the questions do not depend on each other, so the processor waits for memory
    /// once for several.
    fn words(&self, text: &str, bits: &WordBits, starts: &[usize], words: &mut Vec<Word>) {
        words.clear();
        words.extend(starts.iter().map(|&start| Word::at(text, bits, start)));
        self.keep(words, |dictionary, word| dictionary.may_begin(word));
        self.keep(words, |dictionary, word| dictionary.begins(word));
    }

    /// Keeps the words of which some list says yes, without a branch on the answer.
    #[inline(always)]
    fn keep(&self, words: &mut Vec<Word>, ask: impl Fn(&Dictionary, &Word) -> bool) {
        let mut kept = 0;
        for at in 0..words.len() {
            let word = words[at];
            let yes = self.layers.iter().fold(false, |any, (dictionary, _)| any | ask(dictionary, &word));
            words[kept] = word;
            kept += usize::from(yes);
        }
        words.truncate(kept);
    }

    /// The longest name that begins with `word` and may stand there: its end, what it may stand for and what it needs.
    fn longest(&self, folded: &Folded, bits: &WordBits, word: &Word, known: &mut Known) -> Option<(usize, Meaning)> {
        let text = &*folded.text;
        let mut limit = text.len();
        loop {
            let (end, meaning) = self.longest_to(text, bits, (word, limit), known)?;
            if !acronym_goes_on(text, end) && case_allows(folded, word.start, end, &meaning.0) {
                return Some((end, meaning.clone()));
            }
            limit = end - 1;
        }
    }

    /// The longest name of all layers that begins with `word` and ends at or before `limit`. Where several layers have it,
    /// what it may stand for in any of them, in their order.
    fn longest_to<'k>(
        &self,
        text: &str,
        bits: &WordBits,
        (word, limit): (&Word, usize),
        known: &'k mut Known,
    ) -> Option<(usize, &'k Meaning)> {
        let mut found: SmallVec<[Option<(usize, u32)>; 4]> = SmallVec::new();
        for (dictionary, _) in &self.layers {
            found.push(dictionary.longest(text, bits, word, limit));
        }
        let end = found.iter().flatten().map(|(end, _)| *end).max()?;
        let written = &text[word.start..end];
        // Senses depend on what is written alone.
        let number = known.numbers.get(written.as_bytes()).copied().unwrap_or_else(|| {
            let senses = self.senses(written, end, &found);
            known.numbers.insert(written.as_bytes().into(), known.meanings.len());
            known.meanings.push((Arc::from(&*senses), Matcher::needs(&senses)));
            known.meanings.len() - 1
        });
        Some((end, &known.meanings[number]))
    }

    /// What the name `written` may stand for, given the end and form of the longest that each layer has.
    fn senses(&self, written: &str, end: usize, found: &[Option<(usize, u32)>]) -> Senses {
        let mut all = Senses::new();
        for ((_, layer), found) in self.layers.iter().zip(found) {
            let Some((_, form)) = found.filter(|(its, _)| *its == end) else { continue };
            let senses = layer.senses(form, written);
            match all.is_empty() {
                true => all = senses,
                false => Sense::join_all(senses, &mut all),
            }
        }
        self.gazetteer.tell(&mut all);
        all
    }

    /// What a name with these senses needs.
    fn needs(senses: &[Sense]) -> Needs {
        let hardly_known = |sense: &Sense| {
            sense.kind == FormKind::Surname
                && sense.facts.is(Facts::PERSON)
                && !sense.facts.is(Facts::LONE | Facts::DATED)
                && !sense.facts.is_known()
        };
        if senses.iter().all(hardly_known) {
            return Needs::Title;
        }
        if senses.iter().all(|sense| sense.kind.is_full()) { Needs::Nothing } else { Needs::Words }
    }
}

/// Finds the names in one text after the other, with what it needs for that in the same memory.
pub struct Finder<'m> {
    matcher: &'m Matcher<'m>,
    known: Known,
    bits: WordBits,
    starts: Vec<usize>,
    words: Vec<Word>,
}

impl<'m> Finder<'m> {
    /// A finder of the names of `matcher`. It remembers all it finds: for some documents, not for a corpus.
    pub fn new(matcher: &'m Matcher) -> Finder<'m> {
        let (starts, words) = (Vec::new(), Vec::new());
        Finder { matcher, known: Known::default(), bits: WordBits::default(), starts, words }
    }

    /// [`Matcher::find`].
    pub fn find(&mut self, text: &str) -> Vec<Hit> {
        /// Folded text, bits and places of so many bytes stay in the caches.
        const BLOCK: usize = 1 << 16;
        self.find_in_blocks(text, BLOCK)
    }

    /// The same with the text folded and looked at in blocks of about so many bytes, in the same memory: of a large text a third
    /// of the time was new pages. Blocks begin at blanks, and what follows one is folded as far as a name in it may reach.
    fn find_in_blocks(&mut self, text: &str, size: usize) -> Vec<Hit> {
        let Finder { matcher, known, bits, starts, words } = self;
        // In news of a shipped list's names one stands in 90 bytes, and one may begin in 24.
        let mut hits: Vec<Hit> = Vec::with_capacity(text.len() / 64);
        let mut folded = Folded::part(text);
        starts.reserve(size.min(text.len()) / 16);
        let (mut from, mut after) = (0, 0);
        while from < text.len() {
            let next = blank_from(text, from + size);
            let inside = folded.begin(from, next);
            let mut ahead = next;
            while ahead < text.len() && folded.text.len() < inside + matcher.reach {
                let more = blank_from(text, ahead + matcher.reach);
                folded.go_on(more);
                ahead = more;
            }
            bits.renew(&folded.text);
            starts.clear();
            matcher.starts.push_all(&folded.text, bits, 0..inside, starts);
            matcher.words(&folded.text, bits, starts, words);
            after = matcher.find_at(&folded, bits, (words, after), known, &mut hits);
            from = next;
        }
        hits
    }
}

/// The names that a text has, with what each may stand for and needs.
#[derive(Default)]
struct Known {
    /// By what is written: the number of what it means.
    numbers: HashMap<SmallVec<[u8; 24]>, usize>,
    meanings: Vec<Meaning>,
}

/// What a name may stand for and needs.
type Meaning = (Arc<[Sense]>, Needs);

/// Bytes behind a name that may say that it goes on: a point, a letter and a point.
const BEHIND: usize = 16;

/// The first place from byte `at` of `text` on where it may be cut without a change in how both parts are folded: at a blank
/// behind a mark, letter or digit of ASCII, or the end.
fn blank_from(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let is_cut = |at: &usize| bytes[*at].is_ascii_whitespace() && bytes[*at - 1].is_ascii_graphic();
    (at.max(1)..bytes.len()).find(is_cut).unwrap_or(bytes.len())
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
