//! A table of words with their classes, made by the build script and used in place.
//!
//! ```text
//! sets     how many sets of classes there are, then each set           32 bits each, little endian
//! slots    48 bits of a word's hash and 16 for the number of its set   64 bits each, 0 for an empty slot
//! ```
//!
//! A word's home is the slot that its hash in any case asks for, so that a name and the ordinary word of its letters are
//! neighbours and found in one search: to wait for memory is most of its cost. The words themselves are not kept: a word that is
//! on no list is taken for one of 115,000 when 48 bits of their hashes agree and their slots are neighbours, which happens to
//! one of 10^14 words.

use std::collections::BTreeMap;

use super::classes::{Class, LISTS, TITLES};
use crate::text::hash;

/// The table in use.
pub struct Table {
    sets: &'static [u8],
    slots: &'static [u8],
}

impl Table {
    /// Takes the bytes that [`compile`] made.
    pub const fn new(bytes: &'static [u8]) -> Table {
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
        let slots = self.slots.as_chunks::<8>().0;
        let mut at = slot_of(home, slots.len());
        let mut found = Class::default();
        loop {
            let slot = u64::from_le_bytes(slots[at]);
            if slot == 0 {
                return found;
            }
            if slot >> 16 == one || slot >> 16 == other {
                let set = self.sets.as_chunks::<4>().0[slot as usize & 0xFFFF];
                found = found | Class(u32::from_le_bytes(set));
            }
            at = if at + 1 < slots.len() { at + 1 } else { 0 };
        }
    }
}

/// The bits of a hash that are kept.
const TAG: u64 = u64::MAX >> 16;

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
    Ok((bytes(&words)?, bytes(&cues)?))
}

/// The bytes of the table of these words with their sets of classes.
fn bytes(words: &BTreeMap<String, u32>) -> Result<Vec<u8>, String> {
    let mut sets: Vec<u32> = words.values().copied().collect();
    sets.sort_unstable();
    sets.dedup();
    let slots = fill(words, &sets)?;
    let mut bytes = (sets.len() as u32).to_le_bytes().to_vec();
    bytes.extend(sets.iter().flat_map(|set| set.to_le_bytes()));
    bytes.extend(slots.iter().flat_map(|slot| slot.to_le_bytes()));
    Ok(bytes)
}

/// The slots, three in five of them taken.
fn fill(words: &BTreeMap<String, u32>, sets: &[u32]) -> Result<Vec<u64>, String> {
    let mut slots = vec![0u64; words.len() * 5 / 3 + 1];
    for (word, set) in words {
        let number = sets.binary_search(set).map_err(|_| "no such set")?;
        let number = u16::try_from(number).map_err(|_| "more than 65,536 sets of classes")?;
        let home = hash::of_any_case(word.as_bytes());
        let tag = tag(word.as_bytes(), home);
        let mut at = slot_of(home, slots.len());
        while slots[at] != 0 {
            if slots[at] >> 16 == tag {
                return Err(format!("{word}: its hash is that of another word"));
            }
            at = if at + 1 < slots.len() { at + 1 } else { 0 };
        }
        slots[at] = tag << 16 | u64::from(number);
    }
    Ok(slots)
}
