//! A fast hash of short pieces of text, the same on every machine: it is part of compiled tables.

/// The hash of a whole word.
///
/// ```
/// use actant::text::hash;
/// assert_eq!(hash::of(b"Kyiv"), hash::extend(hash::SEED, b"Kyiv"));
/// assert_ne!(hash::of(b"Kyiv"), hash::of(b"kyiv"));
/// ```
#[inline]
pub fn of(bytes: &[u8]) -> u64 {
    extend(SEED, bytes)
}

/// Where the hash of a whole word begins.
pub const SEED: u64 = 0xD6E8_FEB8_6659_FD93;

/// The hash of a piece that goes on with `bytes`: a folded product for each eight of them. The bytes of a text are never 0, so
/// that padding cannot be taken for them.
#[inline]
pub fn extend(mut hash: u64, bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        hash = fold(hash ^ u64::from_le_bytes(*word));
    }
    if !rest.is_empty() { fold(hash ^ padded(rest)) } else { hash }
}

/// The hash of a word, the same in any case of the letters of ASCII.
///
/// ```
/// use actant::text::hash;
/// assert_eq!(hash::of_any_case(b"KyivKyivKyiv"), hash::of_any_case(b"kyivkYIVkyiv"));
/// assert_ne!(hash::of_any_case(b"Kyiv1"), hash::of_any_case(b"Kyiv2"));
/// assert_ne!(hash::of_any_case("É".as_bytes()), hash::of_any_case("é".as_bytes()));
/// ```
#[inline]
pub fn of_any_case(bytes: &[u8]) -> u64 {
    extend_any_case(SEED, bytes)
}

/// The hash of a piece that goes on with `bytes`, the same in any case of the letters of ASCII. Marks that differ in the bit of
/// the case only (`[` and `{`) are taken for each other: [`alike`] is what it goes by.
#[inline]
pub fn extend_any_case(hash: u64, bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut hash = hash ^ bytes.len() as u64;
    for word in words {
        hash = fold(hash ^ lower(u64::from_le_bytes(*word)));
    }
    if rest.is_empty() { hash } else { fold(hash ^ lower(padded(rest))) }
}

/// [`of_any_case`] of the letters and digits in `start..end` of `text`, and whether a digit is among them. As fast as reading: what
/// stands behind the end is read and masked.
///
/// ```
/// use actant::text::hash;
/// let text = b"at Kyiv 24 now";
/// assert_eq!(hash::of_word(text, 3, 7), (hash::of_any_case(b"kyiv"), false));
/// assert_eq!(hash::of_word(text, 8, 10), (hash::of_any_case(b"24"), true));
/// ```
#[inline]
pub fn of_word(text: &[u8], start: usize, end: usize) -> (u64, bool) {
    /// Of letters and digits only letters have this bit.
    const LETTER: u64 = 0x4040_4040_4040_4040;
    match short(text, start, end) {
        Some((bytes, mask)) => (fold(SEED ^ (end - start) as u64 ^ lower(bytes)), bytes & LETTER != mask & LETTER),
        None => (of_any_case(&text[start..end]), text[start..end].iter().any(u8::is_ascii_digit)),
    }
}

/// [`of`] and [`of_any_case`] of the bytes `start..end` of `text`, as fast as reading.
///
/// ```
/// use actant::text::hash;
/// assert_eq!(hash::both(b"at Kyiv now", 3, 7), (hash::of(b"Kyiv"), hash::of_any_case(b"Kyiv")));
/// ```
#[inline(always)]
pub fn both(text: &[u8], start: usize, end: usize) -> (u64, u64) {
    match short(text, start, end) {
        Some((bytes, _)) => (fold(SEED ^ bytes), fold(SEED ^ (end - start) as u64 ^ lower(bytes))),
        None => (of(&text[start..end]), of_any_case(&text[start..end])),
    }
}

/// Up to eight bytes `start..end` of `text` as a number, and the bits that they take: nine words in ten are so short. What stands
/// behind the end is read and masked, so that no branch asks for the length.
#[inline(always)]
fn short(text: &[u8], start: usize, end: usize) -> Option<(u64, u64)> {
    let eight = text[start..].first_chunk::<8>()?;
    let length = end - start;
    (1..=8).contains(&length).then(|| {
        let mask = u64::MAX >> (64 - 8 * length);
        (u64::from_le_bytes(*eight) & mask, mask)
    })
}

/// Whether two texts are the same but for the bit of the case in bytes of ASCII.
#[inline]
pub fn alike(one: &[u8], other: &[u8]) -> bool {
    let same = |(one, other): (&u8, &u8)| one == other || one ^ other == 0x20 && one.is_ascii();
    one.len() == other.len() && one.iter().zip(other).all(same)
}

/// Eight bytes with the bit of the case set in those of ASCII: it is two below the bit that others have.
#[inline]
fn lower(bytes: u64) -> u64 {
    const CASE: u64 = 0x2020_2020_2020_2020;
    bytes | (CASE & !(bytes >> 2))
}

/// The hash of two hashes in their order.
#[inline]
pub fn mix(first: u64, second: u64) -> u64 {
    fold(first.rotate_left(32) ^ second ^ SEED)
}

/// Up to seven bytes as a number, in two reads that may overlap instead of one for each byte.
#[inline]
fn padded(rest: &[u8]) -> u64 {
    let n = rest.len();
    if n >= 4 {
        let (first, last) = (rest.first_chunk::<4>(), rest.last_chunk::<4>());
        let (first, last) = (first.map_or(0, |c| u32::from_le_bytes(*c)), last.map_or(0, |c| u32::from_le_bytes(*c)));
        return u64::from(first) | u64::from(last) << (8 * (n - 4));
    }
    let (first, middle, last) = (u64::from(rest[0]), u64::from(rest[n / 2]), u64::from(rest[n - 1]));
    first | middle << (8 * (n / 2)) | last << (8 * (n - 1))
}

#[inline]
fn fold(value: u64) -> u64 {
    let product = u128::from(value) * 0x9E37_79B9_7F4A_7C15;
    product as u64 ^ (product >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pads_like_a_loop() {
        let bytes = *b"\x01\xf2\x73\x84\x35\xe6\x57";
        for n in 1..=7 {
            let slow = bytes[..n].iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte));
            assert_eq!(padded(&bytes[..n]), slow, "{n} bytes");
        }
    }

    #[test]
    fn a_word_in_a_text_is_the_word() {
        let text = b"ab3DefGhiJklMnop9Qrstuvwxy";
        for (start, end) in (0..text.len()).flat_map(|start| (start + 1..=text.len()).map(move |end| (start, end))) {
            let word = &text[start..end];
            let expected = (of_any_case(word), word.iter().any(u8::is_ascii_digit));
            assert_eq!(of_word(text, start, end), expected, "{start}..{end}");
            assert_eq!(both(text, start, end), (of(word), of_any_case(word)), "{start}..{end}");
        }
    }
}
