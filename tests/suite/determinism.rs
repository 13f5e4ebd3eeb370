//! The same bytes every time: whatever the threads, the order of the inputs, the language or the home.

use crate::run::{Answer, Place, examples};

/// Everything in the output folder, with what was printed.
fn outputs(place: &Place, folder: &str, answer: Answer) -> Vec<(String, Vec<u8>)> {
    let answer = answer.is(0);
    let inside = |name: &String| name.strip_prefix(&format!("{folder}/")).map(str::to_owned);
    let mut all: Vec<(String, Vec<u8>)> = place
        .names()
        .iter()
        .filter_map(inside)
        .map(|name| (name.clone(), place.read(&format!("{folder}/{name}"))))
        .collect();
    assert!(all.len() >= 5, "{:?}", place.names());
    // The last line names the folder.
    let printed: Vec<&str> = answer.out.lines().filter(|line| !line.starts_with("wrote ")).collect();
    all.push(("printed".to_owned(), printed.join("\n").into_bytes()));
    all
}

#[track_caller]
fn same(what: &str, a: &[(String, Vec<u8>)], b: &[(String, Vec<u8>)]) {
    assert_eq!(a.len(), b.len());
    for (a, b) in a.iter().zip(b) {
        assert!(a == b, "{what}: {} differs from {}", a.0, b.0);
    }
}

#[test]
fn threads_change_no_byte() {
    let place = Place::new();
    let news = examples();
    let build =
        |threads: &str| outputs(&place, threads, place.run(&["build", &news, "-o", threads, "--threads", threads]));
    let one = build("1");
    same("two threads", &one, &build("2"));
    same("eight threads", &one, &build("8"));
    let mentions = |threads: &str| place.run(&["mentions", &news, "--threads", threads]).is(0).out;
    assert_eq!(mentions("1"), mentions("8"));
    let sentences = |threads: &str| place.run(&["sentences", &news, "--threads", threads]).is(0).out;
    assert_eq!(sentences("1"), sentences("8"));
}

#[test]
fn a_second_run_changes_no_byte() {
    let place = Place::new();
    let news = examples();
    let first = outputs(&place, "a", place.quick(&["build", &news, "-o", "a"]));
    same("again", &first, &outputs(&place, "a", place.quick(&["build", &news, "-o", "a"])));
    place.run(&["render", "a/graph.json", "-o", "a.svg"]).is(0);
    place.run(&["render", "a/graph.json", "-o", "b.svg"]).is(0);
    assert_eq!(place.read("a.svg"), place.read("b.svg"));
}

#[test]
fn the_order_of_inputs_changes_no_byte() {
    let place = Place::new();
    let mut files: Vec<String> = std::fs::read_dir(examples())
        .expect("the examples")
        .map(|entry| entry.expect("an entry").path().display().to_string())
        .collect();
    files.sort();
    let build = |folder: &str, files: &[String]| {
        let mut arguments = vec!["build", "-o", folder];
        arguments.extend(files.iter().map(String::as_str));
        outputs(&place, folder, place.quick(&arguments))
    };
    let forwards = build("a", &files);
    files.reverse();
    same("backwards", &forwards, &build("b", &files));
    files.rotate_left(5);
    same("rotated", &forwards, &build("c", &files));
    same("as a folder", &forwards, &build("d", &[examples()]));
}

#[test]
fn language_time_zone_and_home_change_no_byte() {
    let place = Place::new();
    let news = examples();
    let build = |folder: &str, set: &[(&str, &str)], unset: &[&str]| {
        let names = crate::cases::data("names.csv").display().to_string();
        let mut command = place.command(&["build", &news, "-o", folder, "--no-builtin", "-g", &names]);
        command.envs(set.iter().copied());
        for name in unset {
            command.env_remove(name);
        }
        outputs(&place, folder, Answer::of(command.output().expect("the program runs")))
    };
    let plain = build("a", &[], &[]);
    same("nothing set", &plain, &build("b", &[], &["LANG", "LC_ALL", "TZ", "HOME", "TERM", "USER"]));
    let turkish = [("LANG", "tr_TR.UTF-8"), ("LC_ALL", "tr_TR.UTF-8"), ("TZ", "Asia/Tokyo"), ("HOME", "/nonexistent")];
    same("elsewhere", &plain, &build("c", &turkish, &[]));
    same("a wide terminal", &plain, &build("d", &[("COLUMNS", "40"), ("CLICOLOR_FORCE", "1")], &[]));
}

#[test]
fn the_order_of_records_changes_no_byte() {
    let place = Place::new();
    let texts = [
        "Putin met Trump.",
        "Macron met Trump in Moscow.",
        "Xi and Putin met.",
        "Russia and China signed.",
        "Merz left Kyiv.",
    ];
    let mut lines: Vec<String> = (0..60)
        .map(|number| {
            format!("{{\"id\":\"d{number}\",\"text\":\"{} {}\"}}\n", texts[number % 5], texts[number * 7 % 3])
        })
        .collect();
    let build = |folder: &str, lines: &[String]| {
        place.write("all.jsonl", lines.concat());
        outputs(&place, folder, place.quick(&["build", "all.jsonl", "-o", folder]))
    };
    let forwards = build("a", &lines);
    lines.reverse();
    same("backwards", &forwards, &build("b", &lines));
    lines.sort_by_key(|line| line.bytes().map(u64::from).sum::<u64>() * 7919 % 101);
    same("shuffled", &forwards, &build("c", &lines));
}

#[test]
fn the_order_of_records_that_share_an_id_changes_no_byte() {
    let place = Place::new();
    let record = |title: &str, text: &str| format!("{{\"id\":\"x\",\"title\":\"{title}\",\"text\":\"{text}\"}}\n");
    let lines = [
        record("a", "Putin met Trump."),
        record("b", "Macron met Merz."),
        record("c", "Macron met Merz."),
        record("d", "Putin met Trump."),
        record("e", "Xi left."),
    ];
    let mut seen: Vec<(Vec<u8>, String)> = Vec::new();
    for turn in 0..lines.len() {
        for backwards in [false, true] {
            let mut lines = lines.clone();
            lines.rotate_left(turn);
            if backwards {
                lines.reverse();
            }
            place.write("all.jsonl", lines.concat());
            let answer = place.quick(&["build", "all.jsonl", "-q", "--threads", "1"]).is(1);
            seen.push((place.read("output/graph.json"), answer.err));
        }
    }
    assert!(seen.iter().all(|one| *one == seen[0]), "{:#?}", seen.iter().map(|(_, err)| err).collect::<Vec<_>>());
}
