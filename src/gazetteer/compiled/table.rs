//! The lookup table of a compiled list: which form begins at this word and is the longest.
//!
//! A form is cut at its word boundaries. Every piece of it from its start to a cut is in the table, with the form that ends there
//! and whether a longer one goes on. A text is cut in the same way, so a search hashes on from cut to cut until a piece is not in
//! the table: as many steps as the name has words, at any size of the list. Hashes leave case and accents out, so that a name in
//! capitals (`ERDOĞAN`) or without accents (`Erdogan`) is found without being kept; the text of the form decides.

use std::ops::Range;

use smallvec::SmallVec;

use super::super::forms::is_blank;
use super::super::spelling;
use super::Compiled;
use super::index::Index;
use crate::text::bits::WordBits;
use crate::text::chars::{char_at, is_boundary};
use crate::text::hash;

/// The table in use. All parts are views of the compiled bytes.
#[derive(Clone, Copy)]
pub struct Table<'g> {
    /// Whose table it is.
    pub names: &'g Compiled,
    /// Where the form of a hash may stand; marked if a longer one goes on.
    pub index: Index<'g>,
    /// A bit for the first three bytes of every form ([`start_bit`]).
    pub starts: &'g [u8],
    /// A bit by hash for the first piece of every form; 16 times as many bits as pieces.
    pub firsts: &'g [u8],
    /// The same for all longer pieces, with 8 to 16 bits for each.
    pub longer: &'g [u8],
    /// Bytes of the longest form.
    pub longest: u32,
}

impl Table<'_> {
    /// Whether a form may begin with this word, as far as a filter tells: it lets one in ten of the others pass.
    #[inline]
    pub fn may_begin(&self, word: &Word) -> bool {
        has(self.firsts, word.first_key())
    }

    /// Whether a form or a longer piece begins with this word.
    #[inline]
    pub fn begins(&self, word: &Word) -> bool {
        self.index.find(word.hash).is_some()
    }

    /// The longest form that begins with `word`, a word of `text` (whose bits are `bits`), and ends at a word boundary at or
    /// before `limit`: its end and number (of those that the index cannot tell apart, that of the first). Cost: a hash of each
    /// word read, and a look into the table for those that a filter lets pass: one in ten of the others.
    #[inline]
    pub fn longest(&self, text: &str, bits: &WordBits, word: &Word, limit: usize) -> Option<(usize, u32)> {
        let start = word.start;
        let limit = limit.min(start + self.longest as usize);
        let (mut hash, mut to, mut best) = (word.hash, word.end, None);
        if to > limit || !self.may_begin(word) {
            return None;
        }
        while let Some((form, goes_on)) = self.index.find(hash) {
            if self.names.is_written(form, &text[start..to]) {
                best = Some((to, form));
            }
            let next = next_cut(text, to, |at| bits.end(at)).filter(|(next, _)| goes_on && *next <= limit);
            let Some((next, ascii)) = next else { break };
            hash = extend(hash, text, to..next, ascii);
            to = next;
            if !has(self.longer, hash) {
                break;
            }
        }
        best
    }
}

/// A word of a text with which a name may begin.
#[derive(Clone, Copy, Debug, Default)]
pub struct Word {
    /// Where it begins.
    pub start: usize,
    /// Where the first piece of a form would end.
    pub end: usize,
    /// The hash of that piece, the same for all spellings that follow from one.
    pub hash: u64,
    /// Whether it begins with a small letter of ASCII.
    pub small: bool,
}

impl Word {
    /// The word of `text` (whose bits are `bits`) that begins at `start`.
    #[inline]
    pub fn at(text: &str, bits: &WordBits, start: usize) -> Word {
        let (end, ascii) = next_cut(text, start, |at| bits.end(at)).unwrap_or((text.len(), false));
        let small = text.as_bytes().get(start).is_some_and(u8::is_ascii_lowercase);
        let hash = match ascii {
            true => hash::both(text.as_bytes(), start, end).1,
            false => extend_letters(hash::SEED, &text[start..end]),
        };
        Word { start, end, hash, small }
    }

    /// What a filter of first words is asked for.
    #[inline]
    pub fn first_key(&self) -> u64 {
        first_key(self.hash, self.small)
    }
}

/// What the filter of first pieces is asked for. A word in small letters begins no name that is written with a capital: without
/// the difference half of what passed were such words ("president", "new").
#[inline]
pub fn first_key(hash: u64, small: bool) -> u64 {
    if small { !hash } else { hash }
}

/// The hash of what goes on with this piece of a text, the same for all spellings that follow from one; `ascii` says whether it is
/// all ASCII.
#[inline(always)]
pub fn extend(hash: u64, text: &str, piece: Range<usize>, ascii: bool) -> u64 {
    if ascii { hash::extend_any_case(hash, &text.as_bytes()[piece]) } else { extend_letters(hash, &text[piece]) }
}

#[cold]
fn extend_letters(hash: u64, piece: &str) -> u64 {
    let mut letters = SmallVec::<[u8; 64]>::new();
    spelling::letters(piece, |bytes| letters.extend_from_slice(bytes));
    hash::extend_any_case(hash, &letters)
}

/// A filter of hashes, with `bits` to twice as many for each.
pub fn filter(hashes: &[u64], bits: usize) -> Vec<u32> {
    let words = (hashes.len() * bits / 32).next_power_of_two().max(32);
    let mut filter = vec![0u32; words];
    for hash in hashes {
        let bit = filter_bit(*hash, 4 * words);
        filter[bit / 32] |= 1 << (bit % 32);
    }
    filter
}

/// Words of [`Table::starts`]: 32 KiB, so that it stays in the nearest caches.
pub const STARTS: usize = (1 << START_BITS) / 32;
const START_BITS: u32 = 18;

/// The bit of the first three bytes of a form. What is missing of them is 0. Half of the bits are for capitals, with which most
/// forms begin and few words: nearly all others are turned away.
#[inline]
pub fn start_bit(bytes: &[u8]) -> usize {
    let all = || std::array::from_fn(|at| bytes.get(at).copied().unwrap_or(0));
    let [first, second, third] = bytes.first_chunk().copied().unwrap_or_else(all);
    let three = u32::from_le_bytes([first, second, third, 0]);
    let half = three.wrapping_mul(0x9E37_79B1) >> (33 - START_BITS);
    (half | u32::from(first.is_ascii_uppercase()) << (START_BITS - 1)) as usize
}

/// Sets the bits of the three bytes that `form` begins with, and that of its first byte alone, which no two bytes of a text
/// follow that are 0. A shorter form may be followed by anything.
pub fn set_starts(form: &[u8], starts: &mut [u32]) {
    let Some(&first) = form.first() else { return };
    set_start([first, 0, 0], starts);
    if let Some(three) = form.first_chunk() {
        return set_start(*three, starts);
    }
    let bytes = |at: usize| form.get(at).map_or(0..=255, |&byte| byte..=byte);
    for (second, third) in bytes(1).flat_map(|second| bytes(2).map(move |third| (second, third))) {
        set_start([first, second, third], starts);
    }
}

fn set_start(three: [u8; 3], starts: &mut [u32]) {
    let bit = start_bit(&three);
    starts[bit / 32] |= 1 << (bit % 32);
}

/// Where the piece that begins at `from` ends: at the next word boundary that has no blank before it, since no form ends in a
/// blank. That leaves one piece a word ("New", " York", " Times"). With whether it is all ASCII. `end` says where a run of ASCII
/// letters and digits ends.
#[inline]
pub fn next_cut(text: &str, from: usize, end: impl Fn(usize) -> usize) -> Option<(usize, bool)> {
    let (mut at, mut ascii) = (from, true);
    loop {
        let end = end(at);
        // Nine words in ten end so: with a letter or digit before other ASCII there is a boundary.
        if end > at && text.as_bytes().get(end).is_none_or(u8::is_ascii) {
            return Some((end, ascii));
        }
        at = at.max(end.saturating_sub(1));
        let last = char_at(text, at)?;
        at += last.len_utf8();
        ascii &= last.is_ascii();
        if !is_blank(last) && is_boundary(Some(last), char_at(text, at)) {
            return Some((at, ascii));
        }
    }
}

/// Whether a filter, as bytes, lets a hash pass.
#[inline]
pub fn has(filter: &[u8], hash: u64) -> bool {
    let bit = filter_bit(hash, filter.len());
    filter.get(bit / 8).is_some_and(|byte| byte & (1 << (bit % 8)) != 0)
}

/// The bit of a filter of so many bytes, a power of two.
fn filter_bit(hash: u64, bytes: usize) -> usize {
    (hash >> 24) as usize & (8 * bytes).wrapping_sub(1)
}
