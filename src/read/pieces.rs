//! A large file in pieces of whole lines, so that it is never in memory as a whole.

use std::io::{self, Read};

/// Bytes of a piece, or one line where that is longer: it stays in the caches until its lines are taken apart.
const PIECE: usize = 256 << 10;

/// Cuts what is read into pieces that end with a line.
pub struct Pieces<R> {
    from: R,
    /// Read already: the beginning of the next piece.
    rest: Vec<u8>,
    at_end: bool,
}

/// Some lines.
pub struct Piece {
    /// Their bytes.
    pub bytes: Vec<u8>,
    /// Whether nothing follows.
    pub is_last: bool,
}

impl<R: Read> Pieces<R> {
    /// The pieces of a source.
    pub fn new(from: R) -> Pieces<R> {
        Pieces { from, rest: Vec::new(), at_end: false }
    }

    /// The next piece. An empty source is one empty piece; behind the last one there is none.
    ///
    /// # Errors
    /// The source cannot be read.
    pub fn next(&mut self) -> io::Result<Option<Piece>> {
        if self.at_end {
            return Ok(None);
        }
        let mut bytes = std::mem::take(&mut self.rest);
        let mut seen = 0;
        loop {
            if bytes.len() >= PIECE {
                if let Some(cut) = bytes[seen..].iter().rposition(|&byte| byte == b'\n') {
                    self.rest = bytes.split_off(seen + cut + 1);
                    return Ok(Some(Piece { bytes, is_last: false }));
                }
                // No line end so far: only what is added must be looked at.
                seen = bytes.len();
            }
            // In one read instead of a dozen that grow; with room for the byte that tells the end.
            bytes.reserve(PIECE + 32);
            if (&mut self.from).take(PIECE as u64).read_to_end(&mut bytes)? == 0 {
                self.at_end = true;
                return Ok(Some(Piece { bytes, is_last: true }));
            }
        }
    }

    /// Adds everything that is left.
    ///
    /// # Errors
    /// The source cannot be read.
    pub fn rest(mut self, bytes: &mut Vec<u8>) -> io::Result<()> {
        bytes.append(&mut self.rest);
        self.from.read_to_end(bytes).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_whole_lines_and_together_everything() {
        // Short lines make pieces of some length, others are cut at many places.
        for (step, least) in [(PIECE / 530, PIECE / 3), (7919, 0)] {
            let line = |number: usize| format!("{number} {}\n", "x".repeat(number * step % (PIECE / 3)));
            let long = format!("{}\n", "y".repeat(2 * PIECE + 5));
            let text: String =
                (0..20).map(line).chain([long]).chain((20..25).map(line)).chain(["end".to_owned()]).collect();
            for text in [&text[..], &text[..text.len() - 3], "", "a", "\n"] {
                let mut pieces = Pieces::new(text.as_bytes());
                let (mut read, mut count) = (Vec::new(), 0);
                while let Some(piece) = pieces.next().expect("memory can be read") {
                    assert!(piece.is_last || piece.bytes.ends_with(b"\n") && piece.bytes.len() > least);
                    read.extend(piece.bytes);
                    count += 1;
                }
                assert!(read == text.as_bytes());
                assert!(count <= 2 * text.len() / PIECE + 1, "{count} pieces of {} bytes", text.len());
            }
        }
    }
}
