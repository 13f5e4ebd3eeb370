//! Bytes of a text compared sixteen at a time, with a bit for each as the answer: the one module that names the instructions of
//! the processor, by way of the wide crate, which has a portable form of each.

use std::ops::{BitAnd, BitOr, Not};

use wide::u8x16;

/// Sixteen bytes, or what was asked of each of them.
#[derive(Clone, Copy)]
pub struct Lanes(u8x16);

impl Lanes {
    /// Those that are `byte`.
    #[inline(always)]
    pub fn is(self, byte: u8) -> Lanes {
        Lanes(self.0.simd_eq(u8x16::splat(byte)))
    }

    /// Those from `first` to `last`, both included.
    #[inline(always)]
    pub fn within(self, first: u8, last: u8) -> Lanes {
        Lanes((self.0 - u8x16::splat(first)).simd_le(u8x16::splat(last - first)))
    }

    /// The bytes with the bit that makes capitals of ASCII small.
    #[inline(always)]
    pub fn small(self) -> Lanes {
        Lanes(self.0 | u8x16::splat(0x20))
    }
}

impl BitOr for Lanes {
    type Output = Lanes;

    #[inline(always)]
    fn bitor(self, other: Lanes) -> Lanes {
        Lanes(self.0 | other.0)
    }
}

impl BitAnd for Lanes {
    type Output = Lanes;

    #[inline(always)]
    fn bitand(self, other: Lanes) -> Lanes {
        Lanes(self.0 & other.0)
    }
}

impl Not for Lanes {
    type Output = Lanes;

    #[inline(always)]
    fn not(self) -> Lanes {
        Lanes(!self.0)
    }
}

/// A bit for each of 64 bytes, the first the lowest: what `ask` says of it, told of sixteen at once. About an instruction a byte
/// with two comparisons.
///
/// ```
/// use actant::text::lanes::bits;
/// let mut block = [b' '; 64];
/// block[3..6].copy_from_slice(b"aBz");
/// assert_eq!(bits(&block, |bytes| bytes.within(b'a', b'z')), 0b101_000);
/// assert_eq!(bits(&block, |bytes| bytes.small().is(b'b') | !bytes.is(b' ')), 0b111_000);
/// ```
#[inline(always)]
pub fn bits(block: &[u8; 64], ask: impl Fn(Lanes) -> Lanes) -> u64 {
    let (sixteens, _) = block.as_chunks::<16>();
    let bits = |at: usize| u64::from(ask(Lanes(u8x16::new(sixteens[at]))).0.to_bitmask()) << (16 * at);
    bits(0) | bits(1) | bits(2) | bits(3)
}

/// The 64 bytes of `text` from `at` on; behind its end are bytes 0.
#[inline(always)]
pub fn block(text: &[u8], at: usize) -> [u8; 64] {
    let rest = &text[at..];
    rest.first_chunk().copied().unwrap_or_else(|| {
        let mut block = [0; 64];
        block[..rest.len()].copy_from_slice(rest);
        block
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_at_every_place_has_its_bit() {
        type Case = (fn(Lanes) -> Lanes, fn(u8) -> bool);
        let cases: [Case; 5] = [
            (|bytes| bytes.is(b'.'), |byte| byte == b'.'),
            (|bytes| bytes.within(b'a', b'z'), |byte| byte.is_ascii_lowercase()),
            (|bytes| bytes.small().within(b'a', b'z'), |byte| byte.is_ascii_alphabetic()),
            (|bytes| !bytes.within(0, 0x7f), |byte| !byte.is_ascii()),
            (|bytes| bytes.within(0x80, 0xff) & !bytes.is(0xe2), |byte| byte >= 0x80 && byte != 0xe2),
        ];
        for (fast, slow) in cases {
            for first in 0..=255u8 {
                let block: [u8; 64] = std::array::from_fn(|at| first.wrapping_add((31 * at) as u8));
                let expected = block.iter().rev().fold(0, |bits, byte| bits << 1 | u64::from(slow(*byte)));
                assert_eq!(bits(&block, fast), expected, "{block:?}");
            }
        }
    }
}
