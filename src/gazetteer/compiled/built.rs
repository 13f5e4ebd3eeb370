//! A compiled list that was just made, and how it is written.

use std::io::{self, Write};

use super::{CHECKSUM, COUNTS_AT, Counts, HEADER, LENGTH, MAGIC, SOURCES, VERSION};

/// A compiled list that was just made.
pub struct Built {
    pub(super) counts: Counts,
    pub(super) sources: u64,
    pub(super) columns: Vec<Vec<u32>>,
    pub(super) heap: Vec<u8>,
}

impl Built {
    /// Writes it, column by column. Cost: a second pass over it for the checksum.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut sum = xxhash_rust::xxh3::Xxh3Default::new();
        let mut head = self.header();
        sum.update(&head[..CHECKSUM]);
        sum.update(&head[CHECKSUM + 8..]);
        self.body(&mut |bytes| {
            sum.update(bytes);
            Ok(())
        })?;
        head[CHECKSUM..CHECKSUM + 8].copy_from_slice(&sum.digest().to_le_bytes());
        out.write_all(&head)?;
        self.body(&mut |bytes| out.write_all(bytes))
    }

    /// Its bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.write(&mut bytes).expect("a vector takes every byte");
        bytes
    }

    fn header(&self) -> Vec<u8> {
        let length = HEADER + self.columns.iter().map(|column| 4 * column.len()).sum::<usize>() + self.heap.len();
        let mut head = MAGIC.to_vec();
        head.extend_from_slice(&VERSION.to_le_bytes());
        head.resize(HEADER, 0);
        head[SOURCES..SOURCES + 8].copy_from_slice(&self.sources.to_le_bytes());
        head[LENGTH..LENGTH + 8].copy_from_slice(&(length as u64).to_le_bytes());
        for (place, count) in head[COUNTS_AT..].chunks_mut(4).zip(self.counts.list()) {
            place.copy_from_slice(&count.to_le_bytes());
        }
        head
    }

    fn body(&self, take: &mut dyn FnMut(&[u8]) -> io::Result<()>) -> io::Result<()> {
        const PIECE: usize = 16 * 1024;
        let mut bytes = vec![0; 4 * PIECE];
        for piece in self.columns.iter().flat_map(|column| column.chunks(PIECE)) {
            let places = bytes.as_chunks_mut::<4>().0;
            places.iter_mut().zip(piece).for_each(|(place, word)| *place = word.to_le_bytes());
            take(&bytes[..4 * piece.len()])?;
        }
        take(&self.heap)
    }
}
