//! Every command that README.md shows is run, and works.

use std::path::Path;

use crate::run::{Answer, Place, root};

/// The least number of commands the page must show.
const AT_LEAST: usize = 8;

#[test]
fn every_command_of_the_readme_works() {
    let text = std::fs::read_to_string(root().join("README.md")).expect("README.md");
    let commands = commands(&text);
    assert!(
        commands.len() >= AT_LEAST,
        "README.md shows {} commands; expected at least {AT_LEAST}: {commands:#?}",
        commands.len()
    );
    let place = Place::new();
    copy(&root().join("examples"), &place.path("examples"));
    copy(&root().join("gazetteers"), &place.path("gazetteers"));
    for command in commands {
        let line = in_shell(&command);
        let output = std::process::Command::new("sh").args(["-c", &line]).current_dir(place.path(".")).output();
        let answer = Answer::of(output.expect("a shell"));
        assert_eq!(answer.code, Some(0), "{command}\n{}{}", answer.out, answer.err);
    }
}

#[test]
fn commands_are_found_in_shell_blocks_only() {
    let page = "actant no\n```sh\n$ actant top  # the actors\nls\nactant why A \\\n  B\n```\n```\nactant no\n```\n```sh\ncargo run --release -- build x\n```\n";
    assert_eq!(commands(page), ["actant top  # the actors", "actant why A B", "cargo run --release -- build x"]);
    assert!(in_shell("cargo run --release -- build x").ends_with("' build x"));
}

/// The lines of `sh` blocks that run this program; a line that ends in a backslash goes on.
fn commands(page: &str) -> Vec<String> {
    let (mut found, mut inside, mut open) = (Vec::new(), false, String::new());
    for line in page.lines() {
        if let Some(kind) = line.trim_start().strip_prefix("```") {
            inside = !inside && matches!(kind.trim(), "sh" | "bash" | "shell" | "console");
            continue;
        }
        if !inside {
            continue;
        }
        let line = line.trim().trim_start_matches("$ ");
        open = if open.is_empty() { line.to_owned() } else { format!("{open} {line}") };
        if let Some(part) = open.strip_suffix('\\') {
            open = part.trim_end().to_owned();
            continue;
        }
        let command = std::mem::take(&mut open);
        if command.starts_with("actant ") || command.starts_with("cargo run --release --") {
            found.push(command);
        }
    }
    found
}

/// The command with the program under test in the place of its name.
fn in_shell(command: &str) -> String {
    let program = format!("'{}'", env!("CARGO_BIN_EXE_actant"));
    let rest = command.strip_prefix("cargo run --release --").or(command.strip_prefix("actant")).unwrap_or(command);
    // Pipes may go on to the program again.
    format!("{program}{}", rest.replace("| actant ", &format!("| {program} ")))
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).expect("a copy");
        }
    }
}
