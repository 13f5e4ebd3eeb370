//! The names that begin at a word: the one question that matching asks of a name list.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, Anchored, Input, MatchKind, StartKind};

use crate::gazetteer::compiled::table::{STARTS, Table, Word, set_starts, start_bit, start_of};
use crate::text::bits::WordBits;
use crate::text::chars::{char_at, char_before, is_boundary};

/// All forms of all names of one list, numbered in the order given. Both kinds give the same answers.
pub enum Dictionary<'g> {
    /// An Aho-Corasick automaton, for lists that are read at the start.
    Automaton(Box<AhoCorasick>, Starts),
    /// The table of a compiled list.
    Table(Table<'g>),
}

impl<'g> Dictionary<'g> {
    /// An Aho-Corasick automaton over `forms`, which is run only where a word begins. Cost: about 3 µs a form.
    pub fn automaton<'a>(forms: impl Iterator<Item = &'a str> + Clone) -> Dictionary<'g> {
        let mut three = Box::new([0; STARTS]);
        forms.clone().for_each(|form| set_starts(form.as_bytes(), &mut *three));
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .match_kind(MatchKind::LeftmostLongest)
            .start_kind(StartKind::Anchored)
            .build(forms)
            .expect("the automaton's limit of 2^31 states is beyond any list that fits in memory");
        Dictionary::Automaton(Box::new(automaton), Starts::new(three))
    }

    /// What its forms begin with.
    pub fn starts(&self) -> Starts {
        match self {
            Dictionary::Automaton(_, starts) => starts.clone(),
            Dictionary::Table(table) => {
                let (words, _) = table.starts.as_chunks::<4>();
                let mut three = Box::new([0; STARTS]);
                three.iter_mut().zip(words).for_each(|(start, word)| *start = u32::from_le_bytes(*word));
                Starts::new(three)
            }
        }
    }

    /// Bytes of its longest form.
    pub fn longest_form(&self) -> usize {
        match self {
            Dictionary::Automaton(automaton, _) => automaton.max_pattern_len(),
            Dictionary::Table(table) => table.longest as usize,
        }
    }

    /// Whether a form may begin with this word of `text`, as far as a filter tells.
    #[inline]
    pub fn may_begin(&self, text: &str, word: &Word) -> bool {
        match self {
            Dictionary::Automaton(_, starts) => starts.has(start_bit(&text.as_bytes()[word.start..])),
            Dictionary::Table(table) => table.may_begin(word),
        }
    }

    /// The same, as far as one look at the forms tells.
    #[inline]
    pub fn begins(&self, text: &str, word: &Word) -> bool {
        match self {
            Dictionary::Automaton(..) => self.may_begin(text, word),
            Dictionary::Table(table) => table.begins(word),
        }
    }

    /// The longest form that begins with `word`, a word of `text` (whose bits are `bits`), and ends at a word boundary at or before
    /// `limit`: its end and number.
    pub fn longest(&self, text: &str, bits: &WordBits, word: &Word, limit: usize) -> Option<(usize, u32)> {
        let automaton = match self {
            Dictionary::Automaton(automaton, _) => automaton,
            Dictionary::Table(table) => return table.longest(text, bits, word, limit),
        };
        let mut limit = limit;
        loop {
            let input = Input::new(&text.as_bytes()[..limit]).range(word.start..limit).anchored(Anchored::Yes);
            let found = automaton.find(input)?;
            if is_boundary(char_before(text, found.end()), char_at(text, found.end())) {
                return Some((found.end(), found.pattern().as_u32()));
            }
            limit = found.end() - 1;
        }
    }
}

/// What forms begin with: most words are turned away by it alone.
#[derive(Clone)]
pub struct Starts {
    /// A bit for the first three bytes of every form.
    three: Box<[u32; STARTS]>,
    /// Whether a form may begin with this byte: where all begin with a capital, a look at it turns six words in seven away.
    first: [bool; 256],
}

impl Default for Starts {
    /// Those of no form.
    fn default() -> Starts {
        Starts { three: Box::new([0; STARTS]), first: [false; 256] }
    }
}

impl Starts {
    fn new(three: Box<[u32; STARTS]>) -> Starts {
        let mut starts = Starts { three, first: [false; 256] };
        starts.first = std::array::from_fn(|byte| byte != usize::from(b' ') && starts.has(start_bit(&[byte as u8])));
        starts
    }

    /// Adds those of another list.
    pub fn unite(&mut self, other: &Starts) {
        self.three.iter_mut().zip(&*other.three).for_each(|(mine, its)| *mine |= its);
        self.first.iter_mut().zip(other.first).for_each(|(mine, its)| *mine |= its);
    }

    /// Adds the bytes of `text` in `range` at which a word begins that may begin a form; `bits` are those of the text.
    pub fn push_all(&self, text: &str, bits: &WordBits, range: Range<usize>, found: &mut Vec<usize>) {
        let bytes = text.as_bytes();
        for (block, mut open) in bits.outside(range) {
            // A window of known size: no bounds to test at each of its bytes, of which a third are asked for.
            let window: Option<&[u8; 64 + 2]> = bytes[block..].first_chunk();
            while open != 0 {
                let at = (open.trailing_zeros() % 64) as usize;
                open &= open - 1;
                let start = match window {
                    Some(window) if !self.first[window[at] as usize] => continue,
                    Some(window) => start_of([window[at], window[at + 1], window[at + 2]]),
                    None if !self.first[bytes[block + at] as usize] => continue,
                    None => start_bit(&bytes[block + at..]),
                };
                if self.has(start) && begins_word(text, block + at) {
                    found.push(block + at);
                }
            }
        }
    }

    #[inline]
    fn has(&self, bit: usize) -> bool {
        self.three[bit / 32] & (1 << (bit % 32)) != 0
    }
}

/// Whether a word begins at `at`, which is not between two letters or digits of ASCII.
fn begins_word(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    match at.checked_sub(1) {
        None => true,
        Some(before) if bytes[before].is_ascii() && bytes[at].is_ascii() => true,
        Some(_) => text.is_char_boundary(at) && is_boundary(char_before(text, at), char_at(text, at)),
    }
}
