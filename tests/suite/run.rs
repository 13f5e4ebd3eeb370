//! Runs the real program, each test in a folder of its own.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;

use tempfile::TempDir;

/// A folder that is gone when the test ends.
pub struct Place {
    folder: TempDir,
}

/// What the program answered.
#[derive(Debug)]
pub struct Answer {
    /// Its exit code; nothing when a signal ended it.
    pub code: Option<i32>,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Place {
    /// An empty folder.
    pub fn new() -> Place {
        Place { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// A folder with a graph of the example news in `output/`, which is built once for all tests.
    pub fn with_graph() -> Place {
        static BUILT: LazyLock<Place> = LazyLock::new(|| {
            let place = Place::new();
            place.run(&["build", &examples(), "--quiet"]).is(0);
            place
        });
        let place = Place::new();
        for name in BUILT.names().iter().filter(|name| name.contains('/')) {
            place.write(name, BUILT.read(name));
        }
        place
    }

    /// A path in it.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file in it.
    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        std::fs::write(&path, bytes).expect("a file");
        path
    }

    /// Reads a file in it.
    pub fn read(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// Reads a file in it as text.
    pub fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).expect("UTF-8")
    }

    /// The program, to be run in this folder.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_actant"));
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        command
    }

    /// Runs the program here.
    pub fn run(&self, arguments: &[&str]) -> Answer {
        Answer::of(self.command(arguments).output().expect("the program runs"))
    }

    /// Runs the program here with a short list of names in the place of the built-in one, which takes longer to prepare.
    pub fn quick(&self, arguments: &[&str]) -> Answer {
        let names = crate::cases::data("names.csv").display().to_string();
        self.run(&[arguments, &["--no-builtin", "-g", &names]].concat())
    }

    /// Runs the program here with `input` on standard input.
    pub fn pipe(&self, arguments: &[&str], input: &str) -> Answer {
        let file = self.write(".stdin", input);
        let file = std::fs::File::open(file).expect("the file is there");
        Answer::of(self.command(arguments).stdin(file).output().expect("the program runs"))
    }

    /// Every file and folder below, hidden ones too, sorted.
    pub fn names(&self) -> Vec<String> {
        let mut found = Vec::new();
        walk(self.folder.path(), self.folder.path(), &mut found);
        found.sort();
        found
    }
}

impl Answer {
    /// Takes what a finished process left.
    pub fn of(output: Output) -> Answer {
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Answer { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Holds that the program ended with this code and did not panic.
    #[track_caller]
    pub fn is(self, code: i32) -> Answer {
        assert!(!self.err.contains("panicked"), "{}", self.err);
        assert_eq!(self.code, Some(code), "out: {}\nerr: {}", self.out, self.err);
        self
    }

    /// Holds that standard error has all of these words.
    #[track_caller]
    pub fn says(self, words: &[&str]) -> Answer {
        for word in words {
            assert!(self.err.contains(word), "expected {word:?} in standard error:\n{}", self.err);
        }
        self
    }

    /// Standard output as JSON lines.
    #[track_caller]
    pub fn json_lines(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
    }
}

/// The folder of example news.
pub fn examples() -> String {
    root().join("examples/news").display().to_string()
}

/// The folder of the project.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        found.push(path.strip_prefix(root).expect("below the root").display().to_string());
        if path.is_dir() {
            walk(root, &path, found);
        }
    }
}
