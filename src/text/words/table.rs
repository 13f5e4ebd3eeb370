//! A table of words with their classes, made by the build script and used in place.
//!
//! ```text
//! sets     how many sets of classes there are, then each set           32 bits each, little endian
//! slots    48 bits of a word's hash and 16 for the number of its set   64 bits each, 0 for an empty slot
//! ```
//!
//! The words themselves are not kept: a word that is on no list is taken for one of 115,000 when 48 bits of their hashes agree
//! and their slots are neighbours, which happens to one of 10^14 words.

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

    /// The classes of a word. Constant cost: half of all searches end in their first slot.
    #[inline]
    pub fn get(&self, word: &[u8]) -> Class {
        let hash = hash::of(word);
        let slots = self.slots.as_chunks::<8>().0;
        let last = slots.len() - 1;
        let mut at = hash as usize & last;
        loop {
            let slot = u64::from_le_bytes(slots[at]);
            if slot == 0 {
                return Class::default();
            }
            if slot >> 16 == hash >> 16 {
                let set = self.sets.as_chunks::<4>().0[slot as usize & 0xFFFF];
                return Class(u32::from_le_bytes(set));
            }
            at = (at + 1) & last;
        }
    }
}

/// The bytes of the table of all lists, which `read` gives by their paths in `gazetteers/`.
///
/// # Errors
/// A list cannot be read, or two words cannot be told apart.
#[allow(dead_code, reason = "the build script uses it")]
pub fn compile(mut read: impl FnMut(&str) -> Result<String, String>) -> Result<Vec<u8>, String> {
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
    let mut sets: Vec<u32> = words.values().copied().collect();
    sets.sort_unstable();
    sets.dedup();
    let slots = fill(&words, &sets)?;
    let mut bytes = (sets.len() as u32).to_le_bytes().to_vec();
    bytes.extend(sets.iter().flat_map(|set| set.to_le_bytes()));
    bytes.extend(slots.iter().flat_map(|slot| slot.to_le_bytes()));
    Ok(bytes)
}

/// The slots, at most half of them taken.
fn fill(words: &BTreeMap<String, u32>, sets: &[u32]) -> Result<Vec<u64>, String> {
    let mut slots = vec![0u64; (2 * words.len()).next_power_of_two()];
    let last = slots.len() - 1;
    for (word, set) in words {
        let number = sets.binary_search(set).map_err(|_| "no such set")?;
        let number = u16::try_from(number).map_err(|_| "more than 65,536 sets of classes")?;
        let hash = hash::of(word.as_bytes());
        let mut at = hash as usize & last;
        while slots[at] != 0 {
            if slots[at] >> 16 == hash >> 16 {
                return Err(format!("{word}: its hash is that of another word"));
            }
            at = (at + 1) & last;
        }
        slots[at] = hash >> 16 << 16 | u64::from(number);
    }
    Ok(slots)
}
