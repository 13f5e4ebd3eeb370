//! The names that begin at a word: the one question that matching asks of a name list.

use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, Anchored, Input, MatchKind, StartKind};

use crate::gazetteer::compiled::table::{STARTS, Table, Word, filter, has, set_starts, start_bit};
use crate::text::bits::WordBits;
use crate::text::chars::{char_at, char_before, is_boundary};
use crate::text::lanes;

/// All forms of all names of one list, numbered in the order given. Both kinds give the same answers.
pub enum Dictionary<'g> {
    /// An Aho-Corasick automaton, for lists that are read at the start.
    Automaton(Box<Automaton>),
    /// The table of a compiled list.
    Table(Table<'g>),
}

impl<'g> Dictionary<'g> {
    /// An Aho-Corasick automaton over `forms`, which is run only where a word begins. Cost: about 3 µs a form.
    pub fn automaton<'a>(forms: impl Iterator<Item = &'a str> + Clone) -> Dictionary<'g> {
        let (mut three, mut bits, mut firsts) = (Box::new([0; STARTS]), WordBits::default(), Vec::new());
        for form in forms.clone() {
            set_starts(form.as_bytes(), &mut *three);
            bits.renew(form);
            firsts.push(Word::at(form, &bits, 0).first_key());
        }
        let search = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .match_kind(MatchKind::LeftmostLongest)
            .start_kind(StartKind::Anchored)
            .build(forms)
            .expect("the automaton's limit of 2^31 states is beyond any list that fits in memory");
        let firsts = filter(&firsts, 16).into_iter().flat_map(u32::to_le_bytes).collect();
        Dictionary::Automaton(Box::new(Automaton { search, starts: Starts::new(three), firsts }))
    }

    /// What its forms begin with.
    pub fn starts(&self) -> Starts {
        match self {
            Dictionary::Automaton(automaton) => automaton.starts.clone(),
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
            Dictionary::Automaton(automaton) => automaton.search.max_pattern_len(),
            Dictionary::Table(table) => table.longest as usize,
        }
    }

    /// Whether a form may begin with this word, as far as a filter tells.
    #[inline]
    pub fn may_begin(&self, word: &Word) -> bool {
        match self {
            Dictionary::Automaton(automaton) => has(&automaton.firsts, word.first_key()),
            Dictionary::Table(table) => table.may_begin(word),
        }
    }

    /// The same, as far as one look at the forms tells.
    #[inline]
    pub fn begins(&self, word: &Word) -> bool {
        match self {
            Dictionary::Automaton(_) => self.may_begin(word),
            Dictionary::Table(table) => table.begins(word),
        }
    }

    /// The longest form that begins with `word`, a word of `text` (whose bits are `bits`), and ends at a word boundary at or before
    /// `limit`: its end and number.
    pub fn longest(&self, text: &str, bits: &WordBits, word: &Word, limit: usize) -> Option<(usize, u32)> {
        let automaton = match self {
            Dictionary::Automaton(automaton) => &automaton.search,
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

/// An Aho-Corasick automaton with what turns words away before it is run.
pub struct Automaton {
    search: AhoCorasick,
    starts: Starts,
    /// A bit by hash for the first word of every form: of what the first three bytes let pass half is turned away by it. A run of
    /// the automaton takes 300 instructions, most of them before its first byte.
    firsts: Vec<u8>,
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
        let small = self.first[usize::from(b'a')..=usize::from(b'z')].contains(&true);
        for (block, open) in bits.outside(range) {
            let window = lanes::block(bytes, block);
            // Blanks are half of all; where every form begins with a capital, six words in seven begin none.
            let none = match small {
                true => lanes::bits(&window, |bytes| bytes.is(b' ')),
                false => lanes::bits(&window, |bytes| bytes.is(b' ') | bytes.within(b'a', b'z')),
            };
            let mut open = open & !none;
            while open != 0 {
                let at = block + open.trailing_zeros() as usize;
                open &= open - 1;
                if self.first[usize::from(bytes[at])] && self.has(start_bit(&bytes[at..])) && begins_word(text, at) {
                    found.push(at);
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
