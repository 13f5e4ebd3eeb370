//! A table of words with their classes, made by the build script and used in place.
//!
//! ```text
//! sets     how many sets of classes there are, then each set           32 bits each, little endian
//! slots    22 bits of a word's hash and 10 for the number of its set   32 bits each, 0 for an empty slot
//! ```
//!
//! A word's home is the slot that its hash in any case asks for, so that a name and the ordinary word of its letters are
//! neighbours and found in one search: to wait for memory is most of its cost, so that slots are small. The words themselves are
//! not kept: a word that is on no list is taken for one of 115,000 when 22 bits of their hashes agree and their slots are
//! neighbours, which happens to one word in a million. Words that are on a list are never taken for each other.

use std::collections::BTreeMap;

use super::classes::{Class, LISTS, TITLES};
use crate::text::hash;

/// The table in use.
pub struct Table<'t> {
    sets: &'t [u8],
    slots: &'t [u8],
}

impl<'t> Table<'t> {
    /// Takes the bytes that [`compile`] made.
    pub const fn new(bytes: &'t [u8]) -> Table<'t> {
        let (count, rest) = bytes.split_at(4);
        let sets = u32::from_le_bytes([count[0], count[1], count[2], count[3]]) as usize;
        let (sets, slots) = rest.split_at(4 * sets);
        Table { sets, slots }
    }

    /// The classes of a word as it is written. Constant cost.
    #[inline]
    pub fn get(&self, word: &[u8]) -> Class {
        let home = hash::of_any_case(word);
        let tag = tag(word, home);
        self.find(home, tag, tag)
    }

    /// The classes of a word in small letters, `start..end` of a text. Constant cost.
    #[inline]
    pub fn get_small(&self, text: &[u8], start: usize, end: usize) -> Class {
        let (_, home) = hash::both(text, start, end);
        self.find(home, home & TAG, home & TAG)
    }

    /// The classes of a word of ASCII, `start..end` of a text, as it is written and in small letters. Constant cost.
    #[inline]
    pub fn get_any_case(&self, text: &[u8], start: usize, end: usize) -> Class {
        let (exact, home) = hash::both(text, start, end);
        self.find(home, exact & TAG, home & TAG)
    }

    /// All that stands under either tag in the slots from `home` on.
    #[inline]
    fn find(&self, home: u64, one: u64, other: u64) -> Class {
        let slots = self.slots.as_chunks::<4>().0;
        let mut at = slot_of(home, slots.len());
        let mut found = Class::default();
        loop {
            let slot = u64::from(u32::from_le_bytes(slots[at]));
            if slot == 0 {
                return found;
            }
            if slot >> SET_BITS == one || slot >> SET_BITS == other {
                let set = self.sets.as_chunks::<4>().0[slot as usize & MAX_SETS];
                found = found | Class(u32::from_le_bytes(set));
            }
            at = if at + 1 < slots.len() { at + 1 } else { 0 };
        }
    }
}

/// Bits of a slot for the number of a set; set 0 has no classes, so that a slot that is taken is not 0.
const SET_BITS: u32 = 10;
const MAX_SETS: usize = (1 << SET_BITS) - 1;

/// The bits of a hash that are kept.
const TAG: u64 = u32::MAX as u64 >> SET_BITS;

/// What a word is known by in the slots from its `home` on: one in small letters by the hash that it has in any case.
fn tag(word: &[u8], home: u64) -> u64 {
    let small = !word.iter().any(u8::is_ascii_uppercase);
    if small { home & TAG } else { hash::of(word) & TAG }
}

/// The slot that a hash asks for first, by its upper bits.
#[inline]
fn slot_of(home: u64, slots: usize) -> usize {
    ((u128::from(home) * slots as u128) >> 64) as usize
}

/// The bytes of the table of all lists, which `read` gives by their paths in `gazetteers/`, and of the table of those words in
/// small letters that are more than ordinary words.
///
/// # Errors
/// A list cannot be read, or two words cannot be told apart.
#[allow(dead_code, reason = "the build script uses it")]
pub fn compile(mut read: impl FnMut(&str) -> Result<String, String>) -> Result<(Vec<u8>, Vec<u8>), String> {
    let mut words: BTreeMap<String, u32> = BTreeMap::new();
    for (path, class) in LISTS {
        for line in read(path)?.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let (word, mark) = line.split_once('\t').unwrap_or((line, ""));
            let weak = if mark == "w" { Class::WEAK.0 } else { 0 };
            *words.entry(word.to_owned()).or_default() |= class.0 | weak;
        }
    }
    for line in read(TITLES)?.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        for (at, word) in line.split([' ', '-']).enumerate() {
            let class = if at == 0 { Class::TITLE } else { Class::TITLE_INNER };
            *words.entry(word.to_owned()).or_default() |= class.0;
        }
    }
    let is_cue = |word: &str, set: u32| set & !Class::PLAIN.0 != 0 && !word.contains(char::is_uppercase);
    let cues = words.iter().filter(|(word, set)| is_cue(word, **set)).map(|(word, set)| (word.clone(), *set)).collect();
    Ok((bytes(&words, 5.0 / 3.0)?, bytes(&cues, 4.0)?))
}

/// The bytes of the table of these words with their sets of classes: the smallest with so much `room` for each in which no word
/// is taken for another. The more room, the fewer slots to look at.
fn bytes(words: &BTreeMap<String, u32>, room: f64) -> Result<Vec<u8>, String> {
    let mut sets: Vec<u32> = std::iter::once(0).chain(words.values().copied()).collect();
    sets.sort_unstable();
    sets.dedup();
    if sets.len() > MAX_SETS {
        return Err(format!("more than {MAX_SETS} sets of classes"));
    }
    let mut head = (sets.len() as u32).to_le_bytes().to_vec();
    head.extend(sets.iter().flat_map(|set| set.to_le_bytes()));
    let room = (words.len() as f64 * room) as usize + 1;
    let tables = (0..64).map(|more| fill(words, &sets, room + more * (room / 256 + 1)));
    let mut tables = tables.map(|slots| slots.iter().flat_map(|slot| slot.to_le_bytes()).collect::<Vec<u8>>());
    let slots = tables.find(|slots| tells_apart(&Table { sets: &head[4..], slots }, words));
    Ok([head, slots.ok_or("two words have the same hash")?].concat())
}

/// So many slots with these words.
fn fill(words: &BTreeMap<String, u32>, sets: &[u32], room: usize) -> Vec<u32> {
    let mut slots = vec![0u32; room];
    for (word, set) in words {
        let number = sets.partition_point(|known| known < set);
        let home = hash::of_any_case(word.as_bytes());
        let mut at = slot_of(home, slots.len());
        while slots[at] != 0 {
            at = if at + 1 < slots.len() { at + 1 } else { 0 };
        }
        slots[at] = (tag(word.as_bytes(), home) << SET_BITS) as u32 | number as u32;
    }
    slots
}

/// Whether each word is found with its own classes, as it is written and in any case.
fn tells_apart(table: &Table, words: &BTreeMap<String, u32>) -> bool {
    words.iter().all(|(word, set)| {
        let small = words.get(&word.to_ascii_lowercase()).copied().unwrap_or(0);
        let any_case = !word.is_ascii() || table.get_any_case(word.as_bytes(), 0, word.len()).0 == set | small;
        table.get(word.as_bytes()).0 == *set && any_case
    })
}
