//! Case files: blocks of a title, an input and what is expected of it.
//!
//! ```text
//! // a remark
//! # what must hold
//! < the input; further `<` lines are joined by line breaks
//! > one expected line
//! ```
//! `\n`, `\r`, `\t`, `\\` and `\u{2028}` are escapes on either side; `+` lines carry a gazetteer.

use std::path::PathBuf;

/// One block of a case file.
#[derive(Debug, Default)]
pub struct Case {
    /// What must hold, with the line it stands on.
    pub title: String,
    /// The input.
    pub input: String,
    /// The rows of a gazetteer, where the case brings one.
    pub rows: Vec<String>,
    /// The expected lines.
    pub expected: Vec<String>,
}

/// A file of `tests/data/`.
pub fn data(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

/// Reads a case file of `tests/data/`.
pub fn read(name: &str) -> Vec<Case> {
    let text = std::fs::read_to_string(data(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let mut cases: Vec<Case> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.is_empty() || line.starts_with("//") {
            continue;
        }
        let (mark, rest) = line.split_at(1);
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        if mark == "#" {
            cases.push(Case { title: format!("{name}:{}: {rest}", number + 1), ..Case::default() });
            continue;
        }
        let case = cases.last_mut().unwrap_or_else(|| panic!("{name}:{}: a line before the first title", number + 1));
        match mark {
            "<" if case.input.is_empty() => case.input = unescape(rest),
            "<" => case.input = format!("{}\n{}", case.input, unescape(rest)),
            "+" => case.rows.push(unescape(rest)),
            ">" => case.expected.push(unescape(rest)),
            _ => panic!("{name}:{}: a line starts with #, <, +, > or //", number + 1),
        }
    }
    cases
}

/// Runs every case of a file; all failures are shown together.
pub fn check_all(name: &str, at_least: usize, run: impl Fn(&Case) -> Vec<String>) {
    let failures = failures(name, at_least, run);
    assert!(failures.is_empty(), "\n{failures}");
}

/// What is wrong with the cases of a file, for people; nothing where all are right.
pub fn failures(name: &str, at_least: usize, run: impl Fn(&Case) -> Vec<String>) -> String {
    let cases = read(name);
    assert!(cases.len() >= at_least, "{name} has {} cases; expected at least {at_least}", cases.len());
    let mut failures = String::new();
    for case in &cases {
        let found = run(case);
        if found != case.expected {
            let show = |lines: &[String]| lines.iter().map(|line| format!("      {line:?}\n")).collect::<String>();
            failures += &format!("{}\n    expected\n{}    found\n{}", case.title, show(&case.expected), show(&found));
        }
    }
    failures
}

/// Cases that are right and that the program gets wrong: one that it gets right by now belongs among the others.
pub fn check_known_wrong(name: &str, run: impl Fn(&Case) -> Vec<String>) {
    let mended: Vec<String> =
        read(name).into_iter().filter(|case| run(case) == case.expected).map(|case| case.title).collect();
    assert!(mended.is_empty(), "these are right now: move them to the other file: {mended:#?}");
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let known = [("n", "\n"), ("r", "\r"), ("t", "\t"), ("\\", "\\")];
        if let Some((mark, plain)) = known.iter().find(|(mark, _)| rest.starts_with(mark)) {
            out.push_str(plain);
            rest = &rest[mark.len()..];
        } else {
            let (code, after) = rest.strip_prefix("u{").and_then(|code| code.split_once('}')).expect("an escape");
            out.push(u32::from_str_radix(code, 16).ok().and_then(char::from_u32).expect("a character"));
            rest = after;
        }
    }
    out + rest
}
