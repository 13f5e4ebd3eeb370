//! A bit for each byte of a text: whether it is a letter or digit of ASCII. Made in one pass of sixteen bytes at a time; what asks
//! where words begin and end then counts bits instead of looking at bytes.

use std::ops::Range;

use super::lanes;

/// The bits of one text.
#[derive(Clone, Debug, Default)]
pub struct WordBits {
    blocks: Vec<u64>,
    len: usize,
}

impl WordBits {
    /// The bits of `text`. Linear: about an instruction a byte.
    ///
    /// ```
    /// use actant::text::bits::WordBits;
    /// let bits = WordBits::new("New York—1998");
    /// assert_eq!((bits.end(0), bits.end(3), bits.end(4), bits.end(11)), (3, 3, 8, 15));
    /// ```
    pub fn new(text: &str) -> WordBits {
        let mut bits = WordBits::default();
        bits.renew(text);
        bits
    }

    /// Makes these the bits of `text`, in the same memory.
    pub fn renew(&mut self, text: &str) {
        let bytes = text.as_bytes();
        self.blocks.clear();
        // Behind the last byte there is at least one bit that is not set.
        self.blocks.extend(bytes.as_chunks().0.iter().map(bits_of));
        self.blocks.push(bits_of(&lanes::block(bytes, bytes.len() / 64 * 64)));
        self.len = text.len();
    }

    /// Where the run of letters and digits ends that `at` is in; `at` itself where no such byte stands there.
    #[inline]
    pub fn end(&self, at: usize) -> usize {
        let (mut block, skip) = (at / 64, at % 64);
        // Behind the last byte there is at least one bit that is not set, or no block.
        let rest = self.blocks.get(block).map_or(0, |bits| bits >> skip);
        let length = (!rest).trailing_zeros() as usize;
        if length < 64 - skip {
            return at + length;
        }
        loop {
            block += 1;
            match self.blocks.get(block) {
                Some(&u64::MAX) => {}
                Some(bits) => return 64 * block + bits.trailing_ones() as usize,
                None => return self.len,
            }
        }
    }

    /// The bytes of a range that are not inside a run of letters and digits (its first byte, and all others), in blocks of 64:
    /// where a block begins, and a bit for each such byte of it.
    ///
    /// ```
    /// use actant::text::bits::WordBits;
    /// assert_eq!(WordBits::new("New York—1998").outside(1..11).collect::<Vec<_>>(), [(0, 0b0111_0001_1000)]);
    /// ```
    #[inline]
    pub fn outside(&self, Range { start: from, end: to }: Range<usize>) -> impl Iterator<Item = (usize, u64)> + '_ {
        let first = u64::MAX << (from % 64);
        let mut before = (from / 64).checked_sub(1).map_or(0, |before| self.blocks[before] >> 63);
        let blocks = self.blocks[..to.div_ceil(64)].iter().enumerate();
        blocks.skip(from / 64).map(move |(block, &bits)| {
            let left = to - 64 * block;
            let there = if left < 64 { (1 << left) - 1 } else { u64::MAX };
            let wanted = if block == from / 64 { first & there } else { there };
            let open = !(bits & (bits << 1 | before)) & wanted;
            before = bits >> 63;
            (64 * block, open)
        })
    }

    /// Tells of the runs of letters and digits between `from` and `to`, in order: where each begins and ends. One that reaches
    /// over an end is cut there.
    ///
    /// ```
    /// use actant::text::bits::WordBits;
    /// let mut runs = Vec::new();
    /// WordBits::new("New York—1998").each_run(1, 13, |start, end| runs.push((start, end)));
    /// assert_eq!(runs, [(1, 3), (4, 8), (11, 13)]);
    /// ```
    #[inline]
    pub fn each_run(&self, from: usize, to: usize, mut take: impl FnMut(usize, usize)) {
        let mut before = 0;
        for block in from / 64..to.div_ceil(64) {
            let base = 64 * block;
            let behind = if to - base < 64 { u64::MAX << (to - base) } else { 0 };
            let words = self.blocks[block] & (u64::MAX << from.saturating_sub(base)) & !behind;
            let mut starts = words & !(words << 1 | before);
            before = words >> 63;
            while starts != 0 {
                let at = starts.trailing_zeros();
                starts &= starts - 1;
                let length = (!(words >> at)).trailing_zeros();
                let start = base + at as usize;
                // One in ten goes on behind the block.
                let end = if at + length < 64 { start + length as usize } else { self.end(start).min(to) };
                take(start, end);
            }
        }
    }
}

#[inline]
fn bits_of(block: &[u8; 64]) -> u64 {
    lanes::bits(block, |bytes| bytes.small().within(b'a', b'z') | bytes.within(b'0', b'9'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_over_blocks_are_found() {
        let text = format!("{}é {} -{}", "a".repeat(63), "b".repeat(130), "c".repeat(70));
        let bits = WordBits::new(&text);
        let bytes = text.as_bytes();
        let is_word = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
        for at in 0..=text.len() {
            let end = (at..).find(|&at| !is_word(at)).unwrap();
            assert_eq!(bits.end(at), end, "end from {at}");
            let outside: Vec<usize> =
                (at..text.len()).filter(|&at| at == 0 || !(is_word(at) && is_word(at - 1))).collect();
            let places = bits.outside(at..text.len()).flat_map(|(block, open)| {
                let is_open = move |at: &usize| open >> at & 1 == 1;
                (0..64).filter(is_open).map(move |at| block + at)
            });
            assert_eq!(places.collect::<Vec<_>>(), outside, "outside from {at}");
            for to in [at, at + 1, at + 70, text.len()].map(|to| to.min(text.len())) {
                let mut runs = Vec::new();
                bits.each_run(at, to, |start, end| runs.push((start, end)));
                let in_runs: Vec<usize> = runs.iter().flat_map(|&(start, end)| start..end).collect();
                assert_eq!(in_runs, (at..to).filter(|&at| is_word(at)).collect::<Vec<_>>(), "runs from {at} to {to}");
                assert!(runs.windows(2).all(|two| two[0].1 < two[1].0), "runs from {at} to {to}");
            }
        }
        assert_eq!(WordBits::new(&"x".repeat(64)).end(3), 64);
        assert_eq!(WordBits::default().end(0), 0);
    }
}
