//! What a long build has read so far, kept beside its output: a build that was interrupted goes on from it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use super::console;
use crate::error::Result;
use crate::log::file::{self, Settings};
use crate::log::{Log, LogDocument};
use crate::write::Sink;

/// The folder in the output folder; it is gone when the build is done.
const FOLDER: &str = "unfinished";

/// Builds of fewer bytes keep nothing: they are done within half a minute.
const LONG: u64 = 64 << 20;

/// A part is written for so many bytes of sentences with names, which is about twice as much news.
const STEP: usize = 16 << 20;

/// The parts of one build.
pub struct Unfinished {
    folder: PathBuf,
    settings: Settings,
    /// What has been read since the last part, how many bytes its sentences have, and the number of the next part.
    part: Mutex<(Log, usize, usize)>,
    step: usize,
    /// Whether parts are written at all.
    on: AtomicBool,
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
                known.merge(log);
            }
        }
        let part = Mutex::new((Log::default(), 0, next));
        (Unfinished { folder, settings, part, step: STEP, on: AtomicBool::new(bytes >= LONG) }, known)
    }

    /// Keeps a document that was just read. When there is enough for a part it is written; a part that cannot be written is the
    /// last that is tried.
    pub fn keep(&self, id: &str, document: &LogDocument) {
        if !self.on.load(Ordering::Relaxed) {
            return;
        }
        let size: usize = document.lines.iter().map(|line| line.text.len()).sum();
        let full = {
            let mut part = self.part.lock().expect("nobody panics while holding it");
            part.0.append(id.to_owned(), document.clone());
            part.1 += size;
            let (log, number) = (part.1 >= self.step).then(|| (std::mem::take(&mut part.0), part.2)).unzip();
            if log.is_some() {
                (part.1, part.2) = (0, part.2 + 1);
            }
            log.zip(number)
        };
        // The others go on reading meanwhile.
        if let Some((log, number)) = full
            && let Err(error) = self.write(&log, number)
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

fn part_path(folder: &Path, number: usize) -> PathBuf {
    folder.join(format!("{number:05}.actant"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Document;

    #[test]
    fn what_was_kept_is_there_the_next_time() {
        let output = tempfile::tempdir().expect("a folder");
        let settings = Settings::from([("names".to_owned(), "1".to_owned())]);
        let (mut first, known) = Unfinished::open(output.path(), settings.clone(), LONG);
        assert!(known.is_empty());
        first.step = 0;
        for number in 0..3 {
            let document = Document { text: format!("Story {number}."), ..Document::default() };
            first.keep(&number.to_string(), &LogDocument::new(&document, &[], Vec::new()));
        }
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
        short.keep("1", &LogDocument::new(&Document::default(), &[], Vec::new()));
        assert!(!output.path().join(FOLDER).exists());
    }
}
