//! Where writers write: named parts that appear whole or not at all.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::error::{Error, Result};

/// The parts of one output. Nothing stands under its final name before [`Sink::commit`].
pub struct Sink {
    target: Target,
    inside: PathBuf,
    open: Vec<(PathBuf, BufWriter<NamedTempFile>)>,
    memory: Vec<(String, Vec<u8>)>,
}

#[derive(Clone)]
enum Target {
    /// One file; only the first part may be opened.
    File(PathBuf),
    /// A folder; parts are files in it.
    Folder(PathBuf),
    /// Nowhere: parts are kept (for standard output and tests).
    Memory,
}

impl Sink {
    /// One file at `path`.
    pub fn file(path: &Path) -> Sink {
        Sink::new(Target::File(path.to_owned()))
    }

    /// Files in the folder `path`, which is made when it does not exist.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn folder(path: &Path) -> Result<Sink> {
        make(path)?;
        Ok(Sink::new(Target::Folder(path.to_owned())))
    }

    /// Parts that are only kept in memory.
    pub fn memory() -> Sink {
        Sink::new(Target::Memory)
    }

    fn new(target: Target) -> Sink {
        Sink { target, inside: PathBuf::new(), open: Vec::new(), memory: Vec::new() }
    }

    /// An empty sink of the same target, to be [joined](Sink::join) later: so that several threads can write.
    pub fn beside(&self) -> Sink {
        Sink::new(self.target.clone())
    }

    /// Takes the parts of another sink behind its own.
    pub fn join(&mut self, other: Sink) {
        self.open.extend(other.open);
        self.memory.extend(other.memory);
    }

    /// Lets the parts that follow be files in `folder` inside the output folder; an empty name is the output folder itself.
    ///
    /// # Errors
    /// It cannot be made.
    pub fn enter(&mut self, folder: &str) -> Result<()> {
        self.inside = PathBuf::from(folder);
        match &self.target {
            Target::Folder(output) if !folder.is_empty() => make(&output.join(folder)),
            _ => Ok(()),
        }
    }

    /// Writes the part called `name` with `write`.
    ///
    /// # Errors
    /// The place cannot be written to, is full, or is a folder.
    pub fn part(&mut self, name: &str, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
        let path = match &self.target {
            Target::File(path) => path.clone(),
            Target::Folder(folder) => folder.join(&self.inside).join(name),
            Target::Memory => {
                let mut bytes = Vec::new();
                write(&mut bytes).map_err(|error| Error::io(name, &error))?;
                self.memory.push((name.to_owned(), bytes));
                return Ok(());
            }
        };
        let fault = |error: io::Error| Error::io(path.display(), &error).way_out("nothing was written there");
        if path.is_dir() {
            return Err(
                Error::new(path.display(), "a folder; expected the name of a file").way_out("name a file with -o")
            );
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let temporary =
            tempfile::Builder::new().prefix(".actant-").suffix(".tmp").tempfile_in(folder).map_err(fault)?;
        let mut writer = BufWriter::with_capacity(1 << 16, temporary);
        write(&mut writer).and_then(|()| writer.flush()).map_err(fault)?;
        self.open.push((path, writer));
        Ok(())
    }

    /// Gives every part its final name, and returns these names.
    ///
    /// # Errors
    /// A part cannot be synced or renamed; those before it are in place.
    pub fn commit(self) -> Result<Vec<PathBuf>> {
        let mut paths = Vec::with_capacity(self.open.len());
        for (path, writer) in self.open {
            let fault = |error: &io::Error| Error::io(path.display(), error).way_out("the old file was left as it was");
            let file = writer.into_inner().map_err(|error| fault(error.error()))?;
            set_permissions(file.as_file());
            file.persist(&path).map_err(|error| fault(&error.error))?;
            paths.push(path);
        }
        Ok(paths)
    }

    /// The parts of a sink in memory.
    pub fn into_parts(self) -> Vec<(String, Vec<u8>)> {
        self.memory
    }
}

fn make(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)
        .map_err(|error| Error::io(folder.display(), &error).way_out("choose another output folder with -o"))
}

/// Writes one file whole or not at all.
///
/// # Errors
/// The place cannot be written to.
pub fn save(path: &Path, bytes: &[u8]) -> Result<()> {
    let mut sink = Sink::file(path);
    sink.part("", |out| out.write_all(bytes))?;
    sink.commit().map(|_| ())
}

/// A temporary file is private; an output is readable as other new files are.
#[cfg(unix)]
fn set_permissions(file: &fs::File) {
    use std::os::unix::fs::PermissionsExt;
    // Failing to widen the mode loses nothing: the owner can read the file.
    let _ = file.set_permissions(fs::Permissions::from_mode(0o644));
}

#[cfg(not(unix))]
fn set_permissions(_: &fs::File) {}
