//! Which module may use which, held against every source file.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::run::root;

/// Everything that is used by `cli`, `main` and `lib`.
const ALL: &[&str] = &[
    "error",
    "model",
    "text",
    "read",
    "gazetteer",
    "find",
    "recognize",
    "resolve",
    "log",
    "unify",
    "relate",
    "graph",
    "measure",
    "write",
    "pipeline",
    "cli",
];

/// Each module with those it may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("error", &[]),
    ("model", &[]),
    ("text", &["model"]),
    ("read", &["error", "model", "text"]),
    ("gazetteer", &["error", "model", "text"]),
    ("find", &["error", "model", "text", "gazetteer"]),
    ("recognize", &["model", "text", "gazetteer", "find"]),
    ("resolve", &["model", "text", "gazetteer", "find"]),
    ("log", &["error", "model", "text"]),
    ("unify", &["error", "model", "text", "gazetteer", "log"]),
    ("relate", &["model", "text", "log", "unify"]),
    ("graph", &["model", "relate"]),
    ("measure", &["graph"]),
    ("write", &["error", "model", "graph", "measure"]),
    (
        "pipeline",
        &[
            "error",
            "model",
            "text",
            "read",
            "gazetteer",
            "find",
            "recognize",
            "resolve",
            "log",
            "unify",
            "relate",
            "graph",
            "measure",
            "write",
        ],
    ),
    ("cli", ALL),
    ("main", &["cli"]),
    ("lib", ALL),
];

/// Crates and parts of std with the modules that may name them.
const HOMES: &[(&str, &[&str])] = &[
    ("lz4_flex", &["log"]),
    ("petgraph", &["graph"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
    ("clap_mangen", &["cli"]),
    ("graphviz_rust", &["write", "cli"]),
    ("wide::", &["text"]),
    ("std::fs", EDGES),
    ("std::env", EDGES),
    ("std::time", EDGES),
    ("Instant::now", EDGES),
    ("SystemTime", EDGES),
    ("print!", EDGES),
    ("println!", EDGES),
    ("eprint!", EDGES),
    ("eprintln!", EDGES),
    ("dbg!", &[]),
    ("stdout", EDGES),
    ("stderr", EDGES),
    ("stdin", EDGES),
];

const EDGES: &[&str] = &["read", "gazetteer", "log", "write", "cli"];

#[test]
fn every_module_uses_only_those_it_may() {
    let mut files = Vec::new();
    sources(&root().join("src"), &mut files);
    assert!(files.len() > 40, "only {} source files were found", files.len());
    let mut faults: BTreeSet<String> = BTreeSet::new();
    for file in files {
        let name = file.strip_prefix(root().join("src")).expect("a file of src").to_owned();
        let source = std::fs::read_to_string(&file).expect("a source file");
        faults.extend(faults_of(&name, &source));
    }
    let faults: Vec<String> = faults.into_iter().collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn an_offending_source_is_found_out() {
    let check = |file: &str, source: &str, expected: &[&str]| {
        let faults = faults_of(Path::new(file), source);
        let found: Vec<&str> = faults.iter().map(|fault| fault.split_once(": ").expect("place: fault").1).collect();
        assert_eq!(found, expected, "{file}: {source}");
    };
    check("graph.rs", "use crate::write::Sink;", &["graph uses write"]);
    check("graph.rs", "use crate::{model, write::Sink};", &["graph uses write"]);
    check("graph.rs", "use crate::{\n  model::{Date, Span},\n  cli,\n};", &["graph uses cli"]);
    check("text/fold.rs", "fn f() { super::super::read::sources(&[]); }", &["text uses read"]);
    check("text/mod.rs", "use super::find;", &["text uses find"]);
    check("text/fold.rs", "use super::chars;", &[]);
    check("text/fold.rs", "use super::{chars, super::gazetteer};", &["text uses gazetteer"]);
    check("log.rs", "mod tests { use super::super::unify; }", &["log uses unify"]);
    check("log.rs", "mod tests { use super::*; }", &[]);
    check("model.rs", "// crate::cli\n/* crate::cli */ const A: &str = \"crate::cli\"; const B: char = '\"';", &[]);
    check(
        "model.rs",
        "const A: &str = r#\"x\" crate::cli\"#; fn f<'a>(x: &'a str) { crate::log::f() }",
        &["model uses log"],
    );
    check("measure/x.rs", "use petgraph::Graph;", &["measure names petgraph, which belongs to graph"]);
    check(
        "relate.rs",
        "fn f() { std::fs::read(p); }",
        &["relate names std::fs, which belongs to read, gazetteer, log, write, cli"],
    );
    check(
        "relate.rs",
        "use std::{fs, io};",
        &["relate names std::fs, which belongs to read, gazetteer, log, write, cli"],
    );
    check(
        "find/mod.rs",
        "fn f() { println!(\"x\") }",
        &["find names println!, which belongs to read, gazetteer, log, write, cli"],
    );
    check("model.rs", "fn stdout_like() {} fn pretty_print() {}", &[]);
    check("zebra.rs", "", &["zebra is no module of the table"]);
}

/// What a source breaks, each with its place.
fn faults_of(file: &Path, source: &str) -> Vec<String> {
    let module = path_of(file).first().cloned().unwrap_or_default();
    let place = file.display();
    let Some((_, allowed)) = MAY_USE.iter().find(|(name, _)| *name == module) else {
        return vec![format!("{place}: {module} is no module of the table")];
    };
    let code = without_text(source);
    let mut faults = Vec::new();
    for used in used_modules(file, &code) {
        let known = ALL.contains(&used.as_str());
        if used != module && known && !allowed.contains(&used.as_str()) {
            faults.push(format!("{place}: {module} uses {used}"));
        }
    }
    let names = names_of_std(&code);
    for (name, homes) in HOMES {
        if !homes.contains(&module.as_str()) && module != "main" && (has_word(&code, name) || names.contains(*name)) {
            faults.push(format!("{place}: {module} names {name}, which belongs to {}", homes.join(", ")));
        }
    }
    faults
}

/// `text/fold.rs` is `text::fold`, `text/mod.rs` and `text.rs` are `text`.
fn path_of(file: &Path) -> Vec<String> {
    let mut path: Vec<String> =
        file.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if path.last().is_some_and(|last| last == "mod") {
        path.pop();
    }
    path
}

/// The top modules that `crate::…` and `super::…` paths of a source lead to.
fn used_modules(file: &Path, code: &str) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    for (at, depth) in inner_depths(code) {
        let rest = &code[at..];
        let base = if rest.starts_with("crate") { Vec::new() } else { parent(path_of(file), depth) };
        let rest = rest.trim_start_matches(|c: char| c.is_alphanumeric());
        leads(&base, rest, &mut used);
    }
    used
}

/// The module above the place that stands `depth` inline modules deep in the file at `path`.
fn parent(mut path: Vec<String>, depth: usize) -> Vec<String> {
    path.resize(path.len() + depth, "inline".to_owned());
    path.pop();
    path
}

/// Follows the path or the braces behind `base`, and notes the top modules they name.
fn leads(base: &[String], rest: &str, used: &mut BTreeSet<String>) {
    let Some(rest) = rest.trim_start().strip_prefix("::") else { return };
    let rest = rest.trim_start();
    if let Some(inside) = rest.strip_prefix('{') {
        parts(inside).into_iter().for_each(|part| leads(base, &format!("::{part}"), used));
        return;
    }
    let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
    let (word, after) = rest.split_at(end);
    if word == "super" {
        leads(&base[..base.len().saturating_sub(1)], after, used);
    } else if let Some(top) = base.first() {
        used.insert(top.clone());
    } else if !word.is_empty() {
        used.insert(word.to_owned());
    }
}

/// The pieces of a brace, split at its own commas.
fn parts(inside: &str) -> Vec<&str> {
    let (mut depth, mut from, mut parts) = (0, 0, Vec::new());
    for (at, c) in inside.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                parts.push(inside[from..at].trim());
                return parts;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(inside[from..at].trim());
                from = at + 1;
            }
            _ => {}
        }
    }
    parts
}

/// Where paths begin with `crate` or `super`, with the number of inline modules around each.
fn inner_depths(code: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open: Vec<bool> = Vec::new();
    for (at, c) in code.char_indices() {
        match c {
            '{' => open.push(opens_module(&code[..at])),
            '}' => {
                open.pop();
            }
            'c' | 's' if starts_path(code, at) => found.push((at, open.iter().filter(|module| **module).count())),
            _ => {}
        }
    }
    found
}

/// Whether what stands before a brace is `mod name`.
fn opens_module(before: &str) -> bool {
    let mut words = before.trim_end().rsplit(char::is_whitespace).filter(|word| !word.is_empty());
    words.next().is_some_and(|name| name.chars().all(|c| c.is_alphanumeric() || c == '_'))
        && words.next() == Some("mod")
}

fn starts_path(code: &str, at: usize) -> bool {
    let rest = &code[at..];
    let first = rest.starts_with("crate::") || rest.starts_with("super::");
    first && !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':' || c == '$')
        || first && code[..at].ends_with(':') && !code[..at].ends_with("::")
}

/// `std::fs` for every part of std that is imported in braces.
fn names_of_std(code: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices("std::{") {
        for part in parts(&code[at + "std::{".len()..]) {
            let word = part.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or("");
            names.insert(format!("std::{word}"));
        }
    }
    names
}

/// Whether `word` stands in the code and is no part of a longer name.
fn has_word(code: &str, word: &str) -> bool {
    let joins = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).any(|(at, _)| {
        let end = at + word.len();
        !code[..at].ends_with(joins) && (word.ends_with('!') || !code[end..].starts_with(joins))
    })
}

/// The source with comments, strings and characters blanked out.
fn without_text(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let skip = text_length(rest, code.chars().next_back());
        if skip > 0 {
            code.push(' ');
            rest = &rest[skip..];
        } else {
            code.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    code
}

/// How long the comment, string or character at the start of `rest` is; 0 where none is.
fn text_length(rest: &str, before: Option<char>) -> usize {
    let end = |mark: &str, from: usize| rest[from..].find(mark).map_or(rest.len(), |at| from + at + mark.len());
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return end("*/", 2);
    }
    let word_before = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if !word_before && (rest.starts_with("r\"") || rest.starts_with("r#")) {
        let hashes = rest[1..].chars().take_while(|&c| c == '#').count();
        if rest[1 + hashes..].starts_with('"') {
            return end(&format!("\"{}", "#".repeat(hashes)), 2 + hashes);
        }
    }
    match rest.chars().next() {
        Some('"') => quoted(rest, '"'),
        // A lifetime has no closing quote behind one character.
        Some('\'') if rest.chars().nth(1) == Some('\\') || rest.chars().nth(2) == Some('\'') => quoted(rest, '\''),
        _ => 0,
    }
}

fn quoted(rest: &str, mark: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == mark => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}
