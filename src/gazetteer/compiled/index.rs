//! An index over hashes that are kept in their order: in which few places one may stand.
//!
//! A bucket holds four neighbours on the average. Of each hash 15 bits are kept, those behind the ones that choose the bucket, so
//! that hashes with the same bits are neighbours too. Six bytes a hash with the bucket, where open addressing with the
//! number of what is there took ten, and whoever fills it goes through memory once.

use std::ops::Range;

use super::word_at;

/// How many neighbours share a bucket, on the average.
const BUCKET: usize = 4;

/// The index in use. All parts are views of the compiled bytes.
#[derive(Clone, Copy)]
pub struct Index<'g> {
    /// The first place of each bucket, and the end of the last.
    pub buckets: &'g [u8],
    /// 16 bits for each place: those of the hash, and a mark.
    pub tags: &'g [u8],
}

impl<'g> Index<'g> {
    /// The first place of those where this hash may stand, with whether one of them is marked. Cost: two looks into memory.
    #[inline]
    pub fn find(&self, hash: u64) -> Option<(u32, bool)> {
        let (bucket, tag) = bucket_of(hash, (self.buckets.len() / 4).checked_sub(1)?);
        let (from, to) = (word_at(self.buckets, bucket), word_at(self.buckets, bucket + 1));
        let tags = self.tags.get(2 * from as usize..2 * to as usize)?.as_chunks().0;
        let at = tags.iter().position(|other| u16::from_le_bytes(*other) >> 1 == tag)?;
        Some((from + at as u32, tags[at][0] & 1 == 1))
    }

    /// The places from `first` on that the index cannot tell from it: one, nearly always.
    #[inline]
    pub fn run(&self, first: u32) -> Range<u32> {
        let same = |place: &u32| self.tag(*place) == self.tag(first);
        let end = (self.tags.len() / 2) as u32;
        first..(first + 1..end).take_while(same).last().map_or(first + 1, |last| last + 1)
    }

    #[inline]
    fn tag(&self, place: u32) -> u16 {
        self.tags
            .get(2 * place as usize..)
            .and_then(|rest| rest.first_chunk())
            .map_or(0, |tag| u16::from_le_bytes(*tag))
    }
}

/// How many words the buckets and the tags of so many hashes take.
pub fn words(hashes: usize) -> [usize; 2] {
    [buckets(hashes) + 1, hashes.div_ceil(2)]
}

/// The two columns of an index over `hashes`, sorted, each with its mark; all that have the same tag get the mark of one.
pub fn columns(hashes: &[(u64, bool)]) -> [Vec<u32>; 2] {
    let buckets = buckets(hashes.len());
    let (mut firsts, mut tags) = (Vec::with_capacity(buckets + 1), Vec::with_capacity(hashes.len() + 1));
    for run in hashes.chunk_by(|(one, _), (other, _)| bucket_of(*one, buckets) == bucket_of(*other, buckets)) {
        let (bucket, tag) = bucket_of(run[0].0, buckets);
        firsts.resize(firsts.len().max(bucket + 1), tags.len() as u32);
        let mark = run.iter().any(|(_, mark)| *mark);
        tags.resize(tags.len() + run.len(), tag << 1 | u16::from(mark));
    }
    firsts.resize(buckets + 1, tags.len() as u32);
    tags.resize(tags.len().next_multiple_of(2), 0);
    let pair = |&[low, high]: &[u16; 2]| u32::from(low) | u32::from(high) << 16;
    [firsts, tags.as_chunks().0.iter().map(pair).collect()]
}

fn buckets(hashes: usize) -> usize {
    hashes / BUCKET + 1
}

/// The bucket of a hash of so many, in their order, and the 15 bits behind.
#[inline]
fn bucket_of(hash: u64, buckets: usize) -> (usize, u16) {
    let product = u128::from(hash) * buckets as u128;
    ((product >> 64) as usize, (product as u64 >> 49) as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_hash_is_found_with_its_neighbours() {
        for n in [0usize, 1, 2, 5, 100, 5000] {
            // Hashes that are far apart, three that are the same, and two that differ in the last bit only.
            let mut hashes: Vec<(u64, bool)> =
                (0..n as u64).map(|at| (at.wrapping_mul(0x9E37_79B9_7F4A_7C15), at % 3 == 0)).collect();
            hashes.extend([
                (77 << 40, false),
                (77 << 40, true),
                (77 << 40, false),
                (1 << 60, false),
                (1 << 60 | 1, false),
            ]);
            hashes.sort_unstable();
            let [buckets, tags] =
                columns(&hashes).map(|column| column.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<u8>>());
            assert_eq!([buckets.len() / 4, tags.len() / 4], words(hashes.len()));
            let index = Index { buckets: &buckets, tags: &tags };
            for (place, (hash, mark)) in hashes.iter().enumerate() {
                let (first, marked) = index.find(*hash).expect("it is there");
                assert!(index.run(first).contains(&(place as u32)) && (marked || !mark), "{n}: {hash:x}");
            }
            let others = (0..1000u64).map(|at| at.wrapping_mul(0xD6E8_FEB8_6659_FD93) | 1);
            assert!(others.filter(|hash| index.find(*hash).is_some()).count() < 5);
        }
    }
}
