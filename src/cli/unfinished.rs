//! What a long build has read so far, kept beside its output: a build that was interrupted goes on from it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use super::console;
use crate::error::Result;
use crate::log::file::{self, Settings};
use crate::log::{Log, Packed};
use crate::write::Sink;

/// The folder in the output folder; it is gone when the build is done.
const FOLDER: &str = "unfinished";

/// Builds of fewer bytes keep nothing: they are done within half a minute.
const LONG: u64 = 64 << 20;

/// A part is written for so many bytes of what the log keeps of documents, which is about as much news.
const STEP: usize = 16 << 20;

/// The parts of one build.
pub struct Unfinished {
    folder: PathBuf,
    settings: Settings,
    part: Mutex<Part>,
    step: usize,
    /// Whether parts are written at all.
    on: AtomicBool,
}

/// What has been read since the last part was written.
#[derive(Default)]
struct Part {
    documents: Vec<(String, Packed)>,
    bytes: usize,
    /// The number it will have.
    number: usize,
}

impl Unfinished {
    /// The parts of a build of so many bytes into the folder `output`, and the documents of those that are there already. Parts
    /// that were read with other settings, or are damaged, are left aside.
    pub fn open(output: &Path, settings: Settings, bytes: u64) -> (Unfinished, Log) {
        let folder = output.join(FOLDER);
        let mut known = Log::default();
        let mut next = 0;
        while let Some(path) = Some(part_path(&folder, next)).filter(|path| path.exists()) {
            next += 1;
            if let Ok((log, its)) = file::open(&path)
                && its == settings
            {
                known.merge(&log);
            }
        }
        let part = Mutex::new(Part { number: next, ..Part::default() });
        (Unfinished { folder, settings, part, step: STEP, on: AtomicBool::new(bytes >= LONG) }, known)
    }

    /// Keeps a document of `log` that was just read. When there is enough for a part it is written; a part that cannot be written
    /// is the last that is tried.
    pub fn keep(&self, log: &Mutex<Log>, id: String, document: Packed) {
        if !self.on.load(Ordering::Relaxed) {
            return;
        }
        let full = {
            let mut part = self.part.lock().expect(UNHURT);
            part.bytes += document.size();
            part.documents.push((id, document));
            let next = Part { number: part.number + 1, ..Part::default() };
            (part.bytes >= self.step).then(|| std::mem::replace(&mut *part, next))
        };
        let Some(part) = full else { return };
        // The others go on reading meanwhile.
        let mut kept = log.lock().expect(UNHURT).beside();
        part.documents.iter().for_each(|(id, document)| kept.take(id, document));
        if let Err(error) = self.write(&kept, part.number)
            && self.on.swap(false, Ordering::Relaxed)
        {
            console::note(&format!("what was read is not kept for a second try: {error}"));
        }
    }

    /// Removes the parts: the build is done.
    pub fn finish(self) {
        // What stays does no harm: it is compared with the texts before it is used.
        let _ = fs::remove_dir_all(&self.folder);
    }

    fn write(&self, log: &Log, number: usize) -> Result<()> {
        let mut sink = Sink::folder(&self.folder)?;
        let path = part_path(&self.folder, number);
        sink.part(&path.file_name().unwrap_or_default().to_string_lossy(), |out| {
            file::write(log, &self.settings, out)
        })?;
        sink.commit().map(|_| ())
    }
}

/// Why a lock is there to be had.
const UNHURT: &str = "nobody panics while holding it";

fn part_path(folder: &Path, number: usize) -> PathBuf {
    folder.join(format!("{number:05}.actant"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::LogDocument;
    use crate::model::Document;

    /// Keeps a story that was just read.
    fn keep(unfinished: &Unfinished, id: &str) {
        let document = Document { text: format!("Story {id}."), ..Document::default() };
        let log = Mutex::new(Log::default());
        let packed = Log::append_shared(&log, id, LogDocument::new(&document, &[], Vec::new()));
        unfinished.keep(&log, id.to_owned(), packed);
    }

    #[test]
    fn what_was_kept_is_there_the_next_time() {
        let output = tempfile::tempdir().expect("a folder");
        let settings = Settings::from([("names".to_owned(), "1".to_owned())]);
        let (mut first, known) = Unfinished::open(output.path(), settings.clone(), LONG);
        assert!(known.is_empty());
        first.step = 0;
        ["0", "1", "2"].iter().for_each(|id| keep(&first, id));
        let (second, known) = Unfinished::open(output.path(), settings, LONG);
        assert_eq!(known.len(), 3);
        let (_, other) = Unfinished::open(output.path(), Settings::new(), LONG);
        assert!(other.is_empty(), "parts of another build");
        fs::write(part_path(&output.path().join(FOLDER), 1), "cut").expect("writes");
        let (_, known) = Unfinished::open(output.path(), second.settings.clone(), LONG);
        assert_eq!(known.len(), 2, "a damaged part is left aside");
        second.finish();
        assert!(!output.path().join(FOLDER).exists());
    }

    #[test]
    fn a_short_build_keeps_nothing() {
        let output = tempfile::tempdir().expect("a folder");
        let (mut short, _) = Unfinished::open(output.path(), Settings::new(), LONG - 1);
        short.step = 0;
        keep(&short, "1");
        assert!(!output.path().join(FOLDER).exists());
    }
}
