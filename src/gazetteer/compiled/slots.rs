//! Slots of a hash table with open addressing, in a column of words.

/// How many slots there are for so many entries: room for half as many again; in large tables, where every byte counts, for a
/// quarter. A search ends after 1.5 to 3 slots where the entry is there, after 5 to 13 where it is not.
pub fn room(entries: usize) -> usize {
    const LARGE: usize = 500_000;
    entries + entries / if entries < LARGE { 2 } else { 4 } + 1
}

/// The slot that a hash would like to have of so many, by its upper half; the lower half is compared.
#[inline]
fn home(hash: u64, slots: usize) -> usize {
    ((u128::from(hash) * slots as u128) >> 64) as usize
}

/// The slots behind the home of a hash, each once.
#[inline]
pub fn from(hash: u64, slots: usize) -> impl Iterator<Item = usize> {
    let first = home(hash, slots);
    (first..slots).chain(0..first)
}
