//! Compiles the shipped name lists (`src/gazetteer/compiled`) and word lists (`src/text/words`) into the forms that are embedded,
//! with the crate's own code.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use xxhash_rust::xxh3::Xxh3Default;

#[allow(dead_code)]
#[path = "src/error.rs"]
mod error;
#[allow(dead_code, unused_imports)]
#[path = "src/model/mod.rs"]
mod model;

#[allow(dead_code)]
#[path = "src/text"]
mod text {
    #[allow(dead_code, reason = "reading uses it")]
    pub mod bits;
    pub mod chars;
    pub mod fold;
    pub mod hash;
    pub mod lanes;
    pub use fold::Folded;

    pub mod words {
        pub mod classes;
        pub mod table;
    }
}

#[allow(dead_code)]
#[path = "src/gazetteer"]
mod gazetteer {
    #[allow(unused_imports, reason = "the library hands them on")]
    pub mod compiled;
    pub mod csv;
    mod entity;
    mod forms;
    pub mod row;
    mod spelling;
}

/// What is compiled by script from public sources. They come after the lists that are written by hand: a row whose id one
/// of those has gives it further names.
const COMPILED: [&str; 5] = ["cities", "subdivisions", "companies", "executives", "universities"];

fn main() -> ExitCode {
    // The folder, not its files: a new list must be noticed.
    println!("cargo:rerun-if-changed=gazetteers");
    match reading().and_then(|()| compile(Path::new("gazetteers"))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Everything that decides what is found in a text, but the names.
const READING: [&str; 11] = [
    "gazetteers/compiled",
    "gazetteers/words",
    "src/find",
    "src/gazetteer",
    "src/log/mod.rs",
    "src/model",
    "src/pipeline.rs",
    "src/read",
    "src/recognize",
    "src/resolve",
    "src/text",
];

/// Tells the crate a hash of what decides what is found: logs of programs that would find other things are not joined.
fn reading() -> Result<(), Box<dyn Error>> {
    let mut files = Vec::new();
    for path in READING {
        println!("cargo:rerun-if-changed={path}");
        walk(Path::new(path), &mut files)?;
    }
    files.sort();
    let mut hash = Xxh3Default::new();
    for file in files {
        // The same on systems that write line ends otherwise.
        hash.update(fs::read_to_string(file)?.replace('\r', "").as_bytes());
    }
    println!("cargo:rustc-env=ACTANT_READING={:08x}", hash.digest() >> 32);
    Ok(())
}

fn walk(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        walk(&entry?.path(), files)?;
    }
    Ok(())
}

fn compile(folder: &Path) -> Result<(), Box<dyn Error>> {
    let mut rows = Vec::new();
    let mut hash = Xxh3Default::new();
    for path in sources(folder)? {
        let name = path.display().to_string();
        let text = fs::read_to_string(&path).map_err(|error| format!("{name}: {error}"))?;
        hash.update(path.file_name().unwrap_or_default().as_encoded_bytes());
        hash.update(text.as_bytes());
        let faults = gazetteer::csv::read(&name, &text, &mut |row| rows.push(row))?;
        if !faults.is_empty() {
            let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
            return Err(faults.join("\n").into());
        }
    }
    hash.update(env!("CARGO_PKG_VERSION").as_bytes());
    let bytes = gazetteer::compiled::compile(rows, hash.digest())?;
    put("builtin.actant", &bytes)?;
    let read = |path: &str| fs::read_to_string(folder.join(path)).map_err(|error| format!("{path}: {error}"));
    let (words, cues) = text::words::table::compile(read)?;
    put("words.table", &words)?;
    put("cues.table", &cues)
}

/// Writes a file for the crate to embed; the same bytes are not written again.
fn put(name: &str, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    let out = Path::new(&env::var("OUT_DIR")?).join(name);
    if fs::read(&out).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    Ok(fs::write(out, bytes)?)
}

/// The lists, in the order in which they are read: those written by hand by name, then the compiled ones.
fn sources(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "csv") {
            paths.push(path);
        }
    }
    paths.sort();
    let compiled = COMPILED.iter().map(|name| folder.join("compiled").join(name).with_extension("csv"));
    paths.extend(compiled.filter(|path| path.exists()));
    Ok(paths)
}
