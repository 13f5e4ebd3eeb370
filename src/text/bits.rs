//! A bit for each byte of a text: whether it is a letter or digit of ASCII. Made in one pass of eight bytes at a time; what asks
//! where words begin and end then counts bits instead of looking at bytes.

/// The bits of one text.
#[derive(Clone, Debug, Default)]
pub struct WordBits {
    blocks: Vec<u64>,
    len: usize,
}

impl WordBits {
    /// The bits of `text`. Linear: about two instructions a byte.
    ///
    /// ```
    /// use actant::text::bits::WordBits;
    /// let bits = WordBits::new("New York—1998");
    /// assert_eq!((bits.end(0), bits.end(3), bits.end(4), bits.end(11)), (3, 3, 8, 15));
    /// assert_eq!(bits.outside(1).collect::<Vec<_>>(), [3, 4, 8, 9, 10, 11]);
    /// ```
    pub fn new(text: &str) -> WordBits {
        let (blocks, rest) = text.as_bytes().as_chunks::<64>();
        let mut last = [0; 64];
        last[..rest.len()].copy_from_slice(rest);
        let blocks = blocks.iter().chain(std::iter::once(&last)).map(bits_of).collect();
        WordBits { blocks, len: text.len() }
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

    /// The bytes from `from` on that are not inside a run of letters and digits: its first byte, and all others.
    #[inline]
    pub fn outside(&self, from: usize) -> Outside<'_> {
        let block = from / 64;
        let open = self.open(block) & (u64::MAX << (from % 64));
        Outside { bits: self, block, open }
    }

    /// Which bytes of a block are not inside a run of letters and digits.
    #[inline]
    fn open(&self, block: usize) -> u64 {
        let before = block.checked_sub(1).map_or(0, |before| self.blocks[before] >> 63);
        let bits = self.blocks.get(block).copied().unwrap_or(0);
        let left = self.len.saturating_sub(64 * block);
        let there = if left < 64 { (1 << left) - 1 } else { u64::MAX };
        !(bits & (bits << 1 | before)) & there
    }
}

/// The bytes that are not inside a run of letters and digits, in order.
pub struct Outside<'b> {
    bits: &'b WordBits,
    block: usize,
    /// Those of the block that are still to come.
    open: u64,
}

impl Iterator for Outside<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.open == 0 {
            self.block += 1;
            if self.block >= self.bits.blocks.len() {
                return None;
            }
            self.open = self.bits.open(self.block);
        }
        let at = self.open.trailing_zeros() as usize;
        self.open &= self.open - 1;
        Some(64 * self.block + at)
    }
}

#[inline]
fn bits_of(block: &[u8; 64]) -> u64 {
    let eights = block.as_chunks::<8>().0.iter().rev();
    eights.fold(0, |bits, eight| bits << 8 | bits_of_eight(u64::from_le_bytes(*eight)))
}

/// The bits of eight bytes, computed in all of them at once (Lamport 1975, "Multiple byte processing with full-word
/// instructions"): the upper bit of each byte of a sum says whether the byte reaches a bound.
#[inline]
fn bits_of_eight(bytes: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const UPPER: u64 = 0x80 * ONES;
    let plain = bytes & !UPPER;
    let within = |bytes: u64, from: u8, to: u8| {
        let reaches = |bound: u8| bytes + u64::from(0x80 - bound) * ONES;
        reaches(from) & !reaches(to + 1)
    };
    let words = (within(plain | (0x20 * ONES), b'a', b'z') | within(plain, b'0', b'9')) & UPPER & !bytes;
    // Brings the upper bits of the bytes together: no two products of the multiplier fall on one bit of the top byte.
    (words >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_at_every_place_has_its_bit() {
        for first in 0..=255u8 {
            let bytes: [u8; 8] = std::array::from_fn(|at| first.wrapping_add(31 * at as u8));
            let slow = bytes.iter().rev().fold(0, |bits, byte| bits << 1 | u64::from(byte.is_ascii_alphanumeric()));
            assert_eq!(bits_of_eight(u64::from_le_bytes(bytes)), slow, "{bytes:?}");
        }
    }

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
            assert_eq!(bits.outside(at).collect::<Vec<_>>(), outside, "outside from {at}");
        }
        assert_eq!(WordBits::new(&"x".repeat(64)).end(3), 64);
        assert_eq!(WordBits::default().end(0), 0);
    }
}
