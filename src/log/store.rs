//! Where the packed records of a log's documents are: in memory, and in a temporary file when they are many.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Seek, SeekFrom, Write};

/// Bytes kept in memory before they go to the file: the records of some 18 MB of news.
const KEPT: usize = 16 << 20;

/// Bytes that are added at the end and read anywhere. The file is in the folder for temporary files (`TMPDIR`), has no name and is
/// gone with the program; where none can be made or it is full, everything stays in memory.
#[derive(Default)]
pub struct Store {
    /// The last bytes.
    kept: Vec<u8>,
    /// Those before them.
    file: Option<File>,
    /// Held by who reads where reading moves a place in the file.
    #[cfg(not(unix))]
    place: std::sync::Mutex<()>,
    /// How many these are.
    filed: u64,
}

/// A piece of a [`Store`].
#[derive(Clone, Copy, Debug)]
pub struct Place {
    at: u64,
    length: u32,
}

impl Store {
    /// Adds a record.
    pub fn add(&mut self, record: &[u8]) -> Place {
        if self.kept.len() + record.len() > KEPT {
            self.move_to_file();
        }
        let at = self.filed + self.kept.len() as u64;
        self.kept.extend_from_slice(record);
        Place { at, length: record.len() as u32 }
    }

    /// The record at a place that [`Store::add`] gave.
    ///
    /// # Panics
    /// The temporary file cannot be read any more.
    pub fn get(&self, place: Place) -> Cow<'_, [u8]> {
        let length = place.length as usize;
        if let Some(at) = place.at.checked_sub(self.filed) {
            return self.kept[at as usize..][..length].into();
        }
        let mut record = vec![0; length];
        self.read_at(place.at, &mut record).expect("the temporary file can be read");
        record.into()
    }

    /// Several threads read at once where the system has a call that moves no place in the file.
    #[cfg(unix)]
    fn read_at(&self, at: u64, bytes: &mut [u8]) -> io::Result<()> {
        use std::os::unix::fs::FileExt;
        self.file().read_exact_at(bytes, at)
    }

    #[cfg(not(unix))]
    fn read_at(&self, at: u64, bytes: &mut [u8]) -> io::Result<()> {
        let _held = self.place.lock().expect("nobody panics while reading");
        let mut file = self.file();
        file.seek(SeekFrom::Start(at)).and_then(|_| io::Read::read_exact(&mut file, bytes))
    }

    fn file(&self) -> &File {
        self.file.as_ref().expect("bytes were moved to it")
    }

    /// Moves what is in memory to the end of the file. Where that fails it is tried again when there is more.
    fn move_to_file(&mut self) {
        if self.file.is_none() {
            self.file = tempfile::tempfile().ok();
        }
        let Some(file) = &mut self.file else { return };
        let written = file.seek(SeekFrom::Start(self.filed)).and_then(|_| file.write_all(&self.kept));
        if written.is_ok() {
            self.filed += self.kept.len() as u64;
            self.kept.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_found_in_memory_and_in_the_file() {
        let record = |number: u32| -> Vec<u8> {
            let length = 1 + number as usize * 7919 % (1 << 18);
            number.to_le_bytes().into_iter().cycle().take(length).collect()
        };
        let mut store = Store::default();
        let places: Vec<Place> = (0..200).map(|number| store.add(&record(number))).collect();
        assert!(store.filed > 0 && !store.kept.is_empty());
        for (number, place) in places.into_iter().enumerate().rev() {
            assert!(*store.get(place) == record(number as u32), "{number}");
        }
    }
}
