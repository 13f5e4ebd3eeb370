//! The lookup table of a compiled list: which form begins at this word and is the longest.
//!
//! A form is cut at its word boundaries. Every piece of it from its start to a cut is in a hash table, with the number of
//! the form that ends there and whether a longer one goes on. A text is cut in the same way, so a search hashes on from
//! cut to cut until a piece is not in the table: as many steps as the name has words, at any size of the list.

use foldhash::{HashMap, HashMapExt, HashSet};

use super::super::forms::is_blank;
use super::word_at;
use crate::text::bits::WordBits;
use crate::text::chars::{char_at, is_boundary};
use crate::text::hash::{self, extend};

/// The table in use. All parts are views of the compiled bytes.
#[derive(Clone, Copy)]
pub struct Table<'g> {
    /// Two words a slot: 32 bits of the hash, and what is there (a slot).
    pub slots: &'g [u8],
    /// A bit for the first three bytes of every form ([`start_bit`]).
    pub starts: &'g [u8],
    /// A bit by hash for the first piece of every form; 16 times as many bits as pieces.
    pub firsts: &'g [u8],
    /// Where each form ends and the next one begins in `heap`: one number more than there are forms.
    pub ends: &'g [u8],
    /// The text of the forms.
    pub heap: &'g [u8],
    /// Where every hash begins.
    pub seed: u32,
    /// Bytes of the longest form.
    pub longest: u32,
}

/// What stands in one slot: the number of the form that ends here plus 1, and whether a longer form goes on.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Slot(u32);

impl Slot {
    const EMPTY: Slot = Slot(0);

    fn form(self) -> Option<u32> {
        (self.0 >> 1).checked_sub(1)
    }

    fn goes_on(self) -> bool {
        self.0 & 1 == 1
    }
}

impl Table<'_> {
    /// The longest form that begins at `start`, a word start of `text` (whose bits are `bits`), and ends at a word boundary at or before `limit`:
    /// its end and number. Cost: a hash of each word read, and a look into the table for each but the first, which a filter
    /// turns away nine times of ten.
    #[inline]
    pub fn longest(&self, text: &str, bits: &WordBits, start: usize, limit: usize) -> Option<(usize, u32)> {
        let limit = limit.min(start + self.longest as usize);
        let bytes = text.as_bytes();
        let (mut hash, mut from, mut best) = (first_hash(self.seed), start, None);
        while let Some(to) = next_cut(text, bits, from).filter(|to| *to <= limit) {
            hash = extend(hash, &bytes[from..to]);
            if from == start && !self.may_begin(hash) {
                return None;
            }
            let Some(slot) = self.slot(hash) else { break };
            if let Some(form) = slot.form()
                && self.form(form) == &bytes[start..to]
            {
                best = Some((to, form));
            }
            if !slot.goes_on() {
                break;
            }
            from = to;
        }
        best
    }

    fn may_begin(&self, hash: u64) -> bool {
        let bit = filter_bit(hash, self.firsts.len());
        self.firsts.get(bit / 8).is_some_and(|byte| byte & (1 << (bit % 8)) != 0)
    }

    /// The slot of the piece with this hash. A piece that is not in the table may be taken for another with the same 32 bits;
    /// the caller compares the text of a form.
    fn slot(&self, hash: u64) -> Option<Slot> {
        let n = self.slots.len() / 8;
        let mut at = home(hash, n);
        for _ in 0..n {
            let slot = Slot(word_at(self.slots, 2 * at + 1));
            if slot == Slot::EMPTY {
                return None;
            }
            if word_at(self.slots, 2 * at) == hash as u32 {
                return Some(slot);
            }
            at = if at + 1 == n { 0 } else { at + 1 };
        }
        None
    }

    fn form(&self, form: u32) -> &[u8] {
        let (from, to) = (word_at(self.ends, form as usize), word_at(self.ends, form as usize + 1));
        self.heap.get(from as usize..to as usize).unwrap_or(&[])
    }
}

/// A table that was just made, as columns of words.
pub struct Built {
    /// See [`Table::slots`].
    pub slots: Vec<u32>,
    /// See [`Table::firsts`].
    pub firsts: Vec<u32>,
    /// See [`Table::starts`].
    pub starts: Vec<u32>,
    /// See [`Table::seed`].
    pub seed: u32,
}

/// Makes the table of `forms`, which are sorted, have no blank at their ends and are numbered in this order. Cost: about a
/// microsecond a form. Nothing comes back when no seed of many will do, which only more pieces than 32 bits can tell apart
/// bring about.
pub fn build(forms: &[&str]) -> Option<Built> {
    // Two pieces whose hashes have the same 32 bits and stand in one run of slots would be one: then another seed is
    // taken. At a million pieces that happens about once in 2,000 tables.
    (1..64).find_map(|seed| build_with(seed, forms))
}

fn build_with(seed: u32, forms: &[&str]) -> Option<Built> {
    let mut pieces: Vec<(u64, Slot)> = Vec::with_capacity(2 * forms.len());
    let mut known: HashMap<&str, usize> = HashMap::with_capacity(2 * forms.len());
    let mut firsts: HashSet<u64> = HashSet::default();
    let mut starts = vec![0; STARTS];
    for (number, &form) in forms.iter().enumerate() {
        set_starts(form.as_bytes(), &mut starts);
        let bits = WordBits::new(form);
        let (mut hash, mut from) = (first_hash(seed), 0);
        while let Some(to) = next_cut(form, &bits, from) {
            hash = extend(hash, &form.as_bytes()[from..to]);
            if from == 0 {
                firsts.insert(hash);
            }
            let at = *known.entry(&form[..to]).or_insert_with(|| {
                pieces.push((hash, Slot::EMPTY));
                pieces.len() - 1
            });
            pieces[at].1.0 |= if to == form.len() { (number as u32 + 1) << 1 } else { 1 };
            from = to;
        }
    }
    Some(Built { slots: fill(&pieces)?, firsts: filter(&firsts), starts, seed })
}

/// The slots, or nothing when two pieces cannot be told apart.
fn fill(pieces: &[(u64, Slot)]) -> Option<Vec<u32>> {
    // Three slots for two pieces: a search ends after 1.5 slots where the piece is there, after 2 to 5 where it is not.
    let n = pieces.len() + pieces.len() / 2 + 1;
    let mut slots = vec![0; 2 * n];
    for &(hash, slot) in pieces {
        let mut at = home(hash, n);
        while slots[2 * at + 1] != 0 {
            if slots[2 * at] == hash as u32 {
                return None;
            }
            at = if at + 1 == n { 0 } else { at + 1 };
        }
        (slots[2 * at], slots[2 * at + 1]) = (hash as u32, slot.0);
    }
    Some(slots)
}

fn filter(firsts: &HashSet<u64>) -> Vec<u32> {
    let words = (firsts.len() / 2).next_power_of_two().max(32);
    let mut filter = vec![0u32; words];
    for &hash in firsts {
        let bit = filter_bit(hash, 4 * words);
        filter[bit / 32] |= 1 << (bit % 32);
    }
    filter
}

/// Words of [`Table::starts`]: 32 KiB, so that it stays in the nearest caches.
pub const STARTS: usize = (1 << START_BITS) / 32;
const START_BITS: u32 = 18;

/// The bit of the first three bytes of a form. What is missing of them is 0.
#[inline]
pub fn start_bit(bytes: &[u8]) -> usize {
    let byte = |at: usize| u32::from(bytes.get(at).copied().unwrap_or(0));
    let three = match bytes.first_chunk() {
        Some(four) => u32::from_le_bytes(*four) & 0xff_ffff,
        None => byte(0) | byte(1) << 8 | byte(2) << 16,
    };
    (three.wrapping_mul(0x9E37_79B1) >> (32 - START_BITS)) as usize
}

/// Sets the bits of the three bytes that `form` begins with. A shorter form may be followed by anything.
pub fn set_starts(form: &[u8], starts: &mut [u32]) {
    let Some(&first) = form.first() else { return };
    let bytes = |at: usize| form.get(at).map_or(0..=255, |&byte| byte..=byte);
    for (second, third) in bytes(1).flat_map(|second| bytes(2).map(move |third| (second, third))) {
        let bit = start_bit(&[first, second, third]);
        starts[bit / 32] |= 1 << (bit % 32);
    }
}

/// Where the piece that begins at `from` ends: at the next word boundary that has no blank before it, since no form ends in a
/// blank. That leaves one piece a word ("New", " York", " Times").
#[inline]
fn next_cut(text: &str, bits: &WordBits, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let end = bits.end(at);
        // Nine words in ten end so: with a letter or digit before other ASCII there is a boundary.
        if end > at && text.as_bytes().get(end).is_none_or(u8::is_ascii) {
            return Some(end);
        }
        at = at.max(end.saturating_sub(1));
        let last = char_at(text, at)?;
        at += last.len_utf8();
        if !is_blank(last) && is_boundary(Some(last), char_at(text, at)) {
            return Some(at);
        }
    }
}

fn first_hash(seed: u32) -> u64 {
    u64::from(seed).wrapping_mul(hash::SEED)
}

/// The slot that a hash would like to have, by its upper half; the lower half is compared.
fn home(hash: u64, slots: usize) -> usize {
    ((u128::from(hash) * slots as u128) >> 64) as usize
}

/// The bit of a filter of so many bytes, a power of two.
fn filter_bit(hash: u64, bytes: usize) -> usize {
    (hash >> 24) as usize & (8 * bytes).wrapping_sub(1)
}
