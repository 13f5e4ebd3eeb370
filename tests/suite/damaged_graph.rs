//! A saved graph that is cut off, changed or of another version is read or refused; it never ends the program in a panic.

use actant::write::saved;
use proptest::prelude::*;

use crate::run::Place;

/// A small graph with every key of the form.
fn small() -> (Place, Vec<u8>) {
    let place = Place::new();
    place.write("a-2025-05-19.txt", "Russian President Vladimir Putin met “Donald Trump” in Moscow.\n");
    place.quick(&["build", "a-2025-05-19.txt", "-q", "--write", "json"]).is(0);
    let bytes = place.read("output/graph.json");
    (place, bytes)
}

#[test]
fn no_part_of_a_graph_is_taken_for_a_whole_one() {
    let (place, bytes) = small();
    for length in 0..bytes.len() - 2 {
        let path = place.write("cut.json", &bytes[..length]);
        let error = saved::read(&path).map(|_| ()).expect_err("a part of a graph");
        assert!(error.to_string().contains("not a saved graph"), "cut at {length}: {error}");
    }
}

#[test]
fn the_program_names_the_place_of_the_damage() {
    let (place, bytes) = small();
    place.write("cut.json", &bytes[..bytes.len() / 2]);
    for arguments in
        [&["top", "cut.json"][..], &["show", "Putin", "--graph", "cut.json"], &["export", "cut.json", "-o", "a.dot"]]
    {
        place.run(arguments).is(2).says(&["cut.json:", "not a saved graph", "actant build"]);
    }
    place.write("not.json", "{\"schema\": 1}");
    place.run(&["top", "not.json"]).is(2).says(&["missing field"]);
    place.write("binary.json", b"\xff\0\xfe");
    place.run(&["top", "binary.json"]).is(2).says(&["not a saved graph"]);
    let deep = "[".repeat(100_000);
    place.write("deep.json", format!("{{\"schema\": 1, \"x\": {deep}"));
    place.run(&["top", "deep.json"]).is(2).says(&["not a saved graph"]);
}

#[test]
fn another_version_is_named() {
    let (place, bytes) = small();
    let text = String::from_utf8(bytes).expect("UTF-8").replace("\"schema\": 1", "\"schema\": 99");
    place.write("new.json", text);
    place.run(&["top", "new.json"]).is(2).says(&["version 99", "build it again"]);
}

#[test]
fn a_graph_that_contradicts_itself_is_refused() {
    let (place, bytes) = small();
    let text = String::from_utf8(bytes).expect("UTF-8");
    let changes = [
        ("\"source\":\"donald-trump\"", "\"source\":\"nobody\"", "no node"),
        ("\"rule\":\"gazetteer\"", "\"rule\":\"magic\"", "no such rule"),
        ("{\"id\":\"moscow\"", "{\"id\":\"donald-trump\"", "twice"),
        ("\"sentence\":1,", "\"sentence\":0,", "count from 1"),
    ];
    for (from, to, message) in changes {
        assert!(text.contains(from), "{from} in {text}");
        place.write("bad.json", text.replace(from, to));
        place.run(&["why", "vladimir-putin", "donald-trump", "--graph", "bad.json"]).is(2).says(&[message]);
    }
}

/// Every command that reads a graph, on a graph that was read though it is damaged.
fn use_all(place: &Place, file: &str) {
    let commands = [
        &["top", file, "--by", "betweenness,pagerank"][..],
        &["show", "vladimir-putin", "--graph", file],
        &["why", "vladimir-putin", "donald-trump", "--graph", file],
        &["export", file, "-o", "out.dot"],
        &["export", file, "-o", "out", "--to", "csv"],
        &["export", file, "-o", "out.json"],
        &["render", file, "-o", "out.svg"],
    ];
    for arguments in commands {
        let answer = place.run(arguments);
        assert!(matches!(answer.code, Some(0 | 2)), "{arguments:?}: {answer:?}");
        assert!(!answer.err.contains("panicked"), "{arguments:?}: {answer:?}");
    }
}

#[test]
fn extreme_numbers_are_used_without_a_panic() {
    let (place, bytes) = small();
    let text = String::from_utf8(bytes).expect("UTF-8");
    for weight in ["0", "-1.0", "1e308", "1e-308", "-0.0", "18446744073709551615"] {
        place.write("odd.json", text.replace("\"weight\":1.0", &format!("\"weight\":{weight}")));
        use_all(&place, "odd.json");
    }
    place.write("odd.json", text.replace("\"sentences\":1", "\"sentences\":18446744073709551615"));
    use_all(&place, "odd.json");
    place.write("odd.json", text.replace("\"end\":", "\"end\":9999"));
    use_all(&place, "odd.json");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_changed_bit_is_read_or_refused(place in 0.0..1.0f64, bit in 0..8u8) {
        thread_local!(static SMALL: (Place, Vec<u8>) = small());
        SMALL.with(|(folder, bytes)| {
            let mut bytes = bytes.clone();
            let at = (bytes.len() as f64 * place) as usize;
            bytes[at] ^= 1 << bit;
            // Either answer is right; a panic is not.
            let _ = saved::read(&folder.write("bit.json", bytes));
        });
    }
}

#[test]
fn a_changed_bit_in_a_number_never_ends_a_command_in_a_panic() {
    let (place, bytes) = small();
    let digits: Vec<usize> = (0..bytes.len()).filter(|&at| bytes[at].is_ascii_digit()).collect();
    for &at in digits.iter().step_by(digits.len() / 8) {
        for bit in 0..4 {
            let mut changed = bytes.clone();
            changed[at] ^= 1 << bit;
            if saved::read(&place.write("bit.json", changed)).is_ok() {
                use_all(&place, "bit.json");
            }
        }
    }
}
