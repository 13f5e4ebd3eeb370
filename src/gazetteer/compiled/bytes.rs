//! The bytes of a compiled list, wherever they are.

use std::fs::File;
use std::io;
use std::ops::Deref;
use std::path::Path;
use std::sync::Arc;

use memmap2::Mmap;

/// Bytes that several may look at.
#[derive(Clone)]
pub enum Bytes {
    /// Part of the binary.
    Static(&'static [u8]),
    /// Read or made.
    Owned(Arc<[u8]>),
    /// A file, of which the system reads what is looked at.
    Mapped(Arc<Mmap>),
}

impl Bytes {
    /// Maps a file; reads it where that cannot be done (an empty file, a pipe).
    ///
    /// # Errors
    /// It cannot be read.
    pub fn map(path: &Path) -> io::Result<Bytes> {
        let file = File::open(path)?;
        match map(&file) {
            Ok(mapped) => Ok(Bytes::Mapped(Arc::new(mapped))),
            Err(_) => Bytes::read(path),
        }
    }

    /// Reads a file: the same bytes, all at once.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn read(path: &Path) -> io::Result<Bytes> {
        Ok(Bytes::Owned(std::fs::read(path)?.into()))
    }
}

impl Deref for Bytes {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        match self {
            Bytes::Static(bytes) => bytes,
            Bytes::Owned(bytes) => bytes,
            Bytes::Mapped(bytes) => bytes,
        }
    }
}

/// The only `unsafe` of the crate. What is read through a mapping changes when somebody writes to the file, and the process ends
/// when they cut it short. Every access of a compiled list is checked and reads damage as nothing, and lists are written whole
/// under another name and renamed, so that a file of this name is never changed in place by this program.
#[allow(unsafe_code, reason = "mapping a file is unsafe by nature; Bytes::read is its safe twin")]
fn map(file: &File) -> io::Result<Mmap> {
    // SAFETY: see above; nothing but bytes is read through the mapping.
    unsafe { Mmap::map(file) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mapped_and_read_bytes_are_the_same() {
        let folder = tempfile::tempdir().expect("a folder");
        for length in [0, 1, 4096, 100_000] {
            let path = folder.path().join("bytes");
            let bytes: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            std::fs::write(&path, &bytes).expect("writes");
            let (mapped, read) = (Bytes::map(&path).expect("maps"), Bytes::read(&path).expect("reads"));
            assert_eq!((&*mapped, &*read), (&*bytes, &*bytes));
        }
        assert!(Bytes::map(&folder.path().join("none")).is_err());
    }
}
