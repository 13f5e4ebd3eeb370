//! Bad inputs and faults: what is said, with which exit code, and that nothing half written stays behind.

use std::fs::OpenOptions;

use crate::run::{Answer, Place, examples};

const STORY: &str = "Vladimir Putin met Donald Trump.\n";

const BINARY: &[u8] = b"\x7fELF\x02\x01\x01\0 a program and a good deal of its code";

#[test]
fn no_input_is_refused() {
    Place::new().run(&["build"]).is(2).says(&["INPUT"]);
}

#[test]
fn no_command_shows_the_help() {
    Place::new().run(&[]).is(2).says(&["Usage:", "build"]);
}

#[test]
fn a_missing_file_is_named() {
    let place = Place::new();
    place.quick(&["build", "nowhere.txt"]).is(2).says(&["nowhere.txt", "no such file"]);
    place.quick(&["mentions", "*.txt"]).is(2).says(&["*.txt", "no file matches"]);
    assert!(place.names().is_empty(), "{:?}", place.names());
}

#[test]
fn an_empty_folder_is_refused() {
    let place = Place::new();
    std::fs::create_dir(place.path("empty")).expect("a folder");
    place.quick(&["build", "empty"]).is(2).says(&["empty", "nothing to read", ".txt"]);
    assert_eq!(place.names(), ["empty"]);
}

#[test]
fn a_folder_with_a_binary_file_only_is_refused() {
    let place = Place::new();
    place.write("in/picture.txt", BINARY);
    place.quick(&["build", "in"]).is(2).says(&["picture.txt", "binary"]);
    place.write("other/picture.png", b"\x89PNG");
    place.quick(&["build", "other"]).is(2).says(&["picture.png"]);
}

#[test]
fn the_head_of_a_picture_is_not_taken_for_utf_16() {
    let place = Place::new();
    place.write("in/picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    place.quick(&["build", "in"]).is(2).says(&["picture.txt", "binary"]);
}

#[test]
fn nothing_is_written_where_nothing_could_be_read() {
    let place = Place::new();
    place.write("in/picture.txt", BINARY);
    place.quick(&["build", "in"]).is(2);
    assert_eq!(place.names(), ["in", "in/picture.txt"]);
}

#[test]
fn a_binary_file_among_good_ones_is_named_and_left_out() {
    let place = Place::new();
    place.write("in/a.txt", STORY);
    place.write("in/b.txt", b"\x7fELF\0\0\0\0");
    place.write("in/c.xyz", b"anything");
    let answer = place.quick(&["build", "in"]).is(1).says(&["b.txt", "binary", "c.xyz", "left out"]);
    assert!(answer.out.contains("1 document,") && place.path("output/graph.json").exists(), "{}", answer.out);
}

#[test]
fn invalid_utf_8_loses_no_name_on_either_side() {
    let place = Place::new();
    place.write("a.txt", b"Vladimir Putin spoke. \xff\xfe Caf\xe9. Donald Trump answered.\n");
    let answer = place.quick(&["mentions", "a.txt"]).is(1).says(&["a.txt", "not UTF-8 at byte 22"]);
    assert_eq!(answer.json_lines().len(), 2);
}

#[test]
fn an_unreadable_file_is_named_and_left_out() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    place.write("in/a.txt", STORY);
    let closed = place.write("in/b.txt", STORY);
    std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(0o0)).expect("a mode");
    if std::fs::read(&closed).is_ok() {
        eprintln!("skipped: this user may read every file");
        return;
    }
    place.quick(&["build", "in"]).is(1).says(&["b.txt", "permission denied"]);
}

#[test]
fn an_empty_file_is_an_empty_document() {
    let place = Place::new();
    for (name, bytes) in
        [("empty.txt", &b""[..]), ("blank.txt", b" \n\n\t"), ("bom.txt", b"\xef\xbb\xbf"), ("none.jsonl", b"")]
    {
        place.write(name, bytes);
    }
    assert_eq!(place.quick(&["mentions", "empty.txt", "blank.txt", "bom.txt"]).is(0).out, "");
    let answer = place.quick(&["build", "empty.txt", "blank.txt", "bom.txt"]).is(0);
    assert!(answer.out.contains("3 documents") && answer.out.contains("no name was found"), "{}", answer.out);
    place.run(&["top"]).is(0);
    place.run(&["render", "-o", "a.svg"]).is(0);
    place.quick(&["build", "none.jsonl"]).is(2).says(&["no document"]);
}

#[test]
fn a_byte_order_mark_and_utf_16_are_read() {
    let place = Place::new();
    let text = "Vladimir Putin met Éa in Київ. Donald Trump did not.\n";
    let units = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> { text.encode_utf16().flat_map(bytes).collect() };
    place.write("a.txt", [b"\xef\xbb\xbf", text.as_bytes()].concat());
    place.write("b.txt", [b"\xff\xfe", &units(u16::to_le_bytes)[..]].concat());
    place.write("c.txt", [b"\xfe\xff", &units(u16::to_be_bytes)[..]].concat());
    place.write("d.txt", units(u16::to_le_bytes));
    place.write("e.txt", units(u16::to_be_bytes));
    for name in ["a.txt", "b.txt", "c.txt", "d.txt", "e.txt"] {
        let lines = place.quick(&["mentions", name, "--no-recognize"]).is(0).json_lines();
        assert_eq!(lines.len(), 2, "{name}");
        assert_eq!(lines[1]["entity"], "donald-trump", "{name}");
    }
}

#[test]
fn a_bad_line_of_json_is_named_and_the_others_are_used() {
    let place = Place::new();
    let good = |id: &str| format!("{{\"id\": \"{id}\", \"text\": \"Putin called.\"}}\n");
    let bad = [
        "{\"id\": 1",
        "[]",
        "{\"id\": \"x\"}",
        "{\"id\": \"x\", \"text\": 5}",
        "{\"id\":\"x\",\"text\":\"\\ud800\"}",
        "nonsense",
    ];
    for line in bad {
        place.write("a.jsonl", good("one") + &good("two") + line + "\n\n" + &good("three"));
        let answer = place.quick(&["mentions", "a.jsonl"]).is(1).says(&["a.jsonl:3:"]);
        assert_eq!(answer.json_lines().len(), 3, "{line}");
    }
}

#[test]
fn deeply_nested_json_is_an_error_of_its_line_and_no_overflow() {
    let place = Place::new();
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = open.repeat(100_000) + "1" + &close.repeat(100_000);
        let lines = [
            deep.clone(),
            format!("{{\"id\":\"x\",\"text\":{deep}}}"),
            format!("{{\"id\":{deep},\"text\":\"Putin\"}}"),
            "{\"id\":\"y\",\"text\":\"Putin called.\"}".to_owned(),
        ];
        place.write("a.jsonl", lines.join("\n"));
        let answer = place.quick(&["mentions", "a.jsonl"]).is(1).says(&["a.jsonl:1:", "a.jsonl:2:", "a.jsonl:3:"]);
        assert_eq!(answer.json_lines().len(), 1);
    }
}

#[test]
fn two_documents_of_one_id_both_stay() {
    let place = Place::new();
    place.write("a.jsonl", "{\"id\":\"x\",\"text\":\"Putin called.\"}\n{\"id\":\"x\",\"text\":\"Trump called.\"}\n");
    let answer = place.quick(&["build", "a.jsonl"]).is(1).says(&["x: two documents of this id differ", "x~"]);
    assert!(answer.out.contains("2 documents") && answer.out.contains("2 actors"), "{}", answer.out);
}

#[test]
fn one_document_twice_counts_once() {
    let place = Place::new();
    place.write("a.jsonl", "{\"id\":\"x\",\"text\":\"Putin called.\"}\n".repeat(2));
    let answer = place.quick(&["build", "a.jsonl"]).is(0);
    assert!(answer.out.contains("1 document,"), "{}", answer.out);
}

#[test]
fn a_broken_line_of_a_gazetteer_is_named_and_the_others_are_used() {
    let place = Place::new();
    place.write("a.txt", "Ann Roe met Bob Doe.\n");
    let faults = [
        ("person,Bob Doe,extra,fields", "fields"),
        ("person,,", "the name is empty"),
        (",Bob Doe,", "has no type"),
        ("person,--,", "no letter or digit"),
        ("person,Bob Doe,ten", "expected a number from 0 to 9"),
    ];
    for (line, message) in faults {
        place.write("mine.csv", format!("type,name,prominence\nperson,Eve Poe,\n{line}\nperson,Ann Roe,\n"));
        let arguments = ["mentions", "a.txt", "-g", "mine.csv", "--no-builtin", "--no-recognize"];
        let answer = place.run(&arguments).is(1).says(&["mine.csv:3:", message]);
        assert_eq!(answer.json_lines().len(), 1, "{line}");
        place.run(&["gazetteer", "check", "mine.csv"]).is(1).says(&["mine.csv:3:", message]);
    }
}

#[test]
fn a_broken_line_behind_a_remark_is_named_by_its_own_number() {
    let place = Place::new();
    place.write("mine.csv", "type,name\n# remark\n\nperson,\nperson,Ann Roe\n");
    place.run(&["gazetteer", "check", "mine.csv"]).is(1).says(&["mine.csv:4:"]);
}

#[test]
fn an_unknown_column_is_an_error_with_a_suggestion() {
    let place = Place::new();
    place.write("a.txt", STORY);
    place.write("mine.csv", "type,name,aliasses\nperson,Ann Roe,\n");
    place.run(&["mentions", "a.txt", "-g", "mine.csv"]).is(2).says(&[
        "mine.csv:1:",
        "`aliasses`",
        "did you mean `aliases`?",
    ]);
    place.write("mine.csv", "type,name,zebra\nperson,Ann Roe,\n");
    place.run(&["gazetteer", "check", "mine.csv"]).is(2).says(&["`zebra`", "expected some of aliases, case"]);
    place.write("mine.csv", "type\nperson\n");
    place.run(&["gazetteer", "check", "mine.csv"]).is(2).says(&["mine.csv:1:", "`name` is missing"]);
}

#[test]
fn a_gazetteer_without_a_name_is_refused() {
    let place = Place::new();
    place.write("a.txt", STORY);
    place.write("empty.csv", "");
    place.write("header.csv", "type,name\n");
    place.write("binary.csv", b"\xff\xfe\0\0");
    place.run(&["mentions", "a.txt", "-g", "empty.csv"]).is(2).says(&["empty.csv"]);
    place.run(&["mentions", "a.txt", "-g", "header.csv"]).is(2).says(&["header.csv", "no name"]);
    place.run(&["mentions", "a.txt", "-g", "binary.csv"]).is(2).says(&["binary.csv", "not UTF-8"]);
    place.run(&["mentions", "a.txt", "-g", "missing.csv"]).is(2).says(&["missing.csv", "no such file"]);
    place.run(&["mentions", "a.txt", "--no-builtin"]).is(2).says(&["--gazetteer"]);
}

#[test]
fn names_of_one_letter_and_of_a_common_word_are_found_as_written() {
    let place = Place::new();
    place.write("mine.csv", "type,name,case\norganization,X,\norganization,The Band,\norganization,a.b*c[,exact\n");
    place.write("a.txt", "X and Xs met The Band and the band and a.b*c[ and aabbc.\n");
    let lines =
        place.run(&["mentions", "a.txt", "-g", "mine.csv", "--no-builtin", "--no-recognize"]).is(0).json_lines();
    let texts: Vec<&str> = lines.iter().map(|line| line["text"].as_str().expect("a text")).collect();
    assert_eq!(texts, ["X", "The Band", "a.b*c["]);
}

#[test]
fn an_output_that_cannot_be_written_is_named_and_leaves_nothing() {
    let place = Place::new();
    place.write("a.txt", STORY);
    place.write("taken", "a file");
    place.quick(&["build", "a.txt", "-o", "taken"]).is(2).says(&["taken"]);
    place.quick(&["build", "a.txt", "-o", "taken/below"]).is(2).says(&["taken/below"]);
    assert_eq!(
        (place.names(), place.text("taken")),
        (vec!["a.txt".to_owned(), "taken".to_owned()], "a file".to_owned())
    );
}

#[test]
fn a_folder_in_the_place_of_an_output_file_is_named_and_leaves_nothing() {
    let place = Place::with_graph();
    std::fs::create_dir(place.path("pic.svg")).expect("a folder");
    let before = place.names();
    place.run(&["render", "-o", "pic.svg"]).is(2).says(&["pic.svg", "a folder"]);
    place.run(&["export", "-o", "pic.svg"]).is(2).says(&["pic.svg", "a folder"]);
    place.run(&["export", "-o", "nowhere/a.dot"]).is(2).says(&["nowhere/a.dot"]);
    place.run(&["export", "-o", "output/graph.dot", "--to", "csv"]).is(2).says(&["graph.dot", "a file", "folder"]);
    assert_eq!(place.names(), before);
}

#[test]
fn a_build_that_fails_leaves_the_old_graph_whole() {
    let place = Place::with_graph();
    place.write("a.txt", STORY);
    std::fs::remove_file(place.path("output/graph.svg")).expect("the picture");
    std::fs::create_dir(place.path("output/graph.svg")).expect("a folder");
    let (before, graph) = (place.names(), place.read("output/graph.json"));
    place.quick(&["build", "a.txt"]).is(2).says(&["graph.svg", "a folder"]);
    assert_eq!((place.names(), place.read("output/graph.json")), (before, graph));
}

#[test]
fn no_temporary_file_stays_after_a_build() {
    let names = Place::with_graph().names();
    assert_eq!(names.len(), 8, "{names:?}");
}

#[test]
fn a_missing_graph_is_named_with_the_way_to_make_one() {
    let place = Place::new();
    for arguments in
        [&["top"][..], &["why", "A", "B"], &["show", "A"], &["render", "-o", "a.svg"], &["export", "-o", "a.dot"]]
    {
        place.run(arguments).is(2).says(&["output/graph.json", "no such file", "actant build"]);
    }
    assert!(place.names().is_empty());
}

#[test]
fn an_unknown_name_is_answered_with_the_nearest() {
    let place = Place::with_graph();
    place.run(&["show", "Ajay Bangha"]).is(2).says(&["no actor called `Ajay Bangha`", "Ajay Banga"]);
    place.run(&["why", "Nvidia", "Jenson Huang"]).is(2).says(&["`Jenson Huang`", "Jensen Huang"]);
    place.run(&["show", "qqqqq"]).is(2).says(&["`qqqqq`", "actant top"]);
    place.run(&["show", ""]).is(2).says(&["no actor"]);
}

#[test]
fn a_name_that_may_be_several_is_answered_with_all() {
    let place = Place::new();
    place.write("a.txt", "George W. Bush met Jeb Bush. George W. Bush met Barbara Bush.\n");
    place.quick(&["build", "a.txt", "-q"]).is(0);
    place.run(&["show", "Bush"]).is(2).says(&["`Bush` may be several actors", "george-w-bush", "jeb-bush"]);
}

#[test]
fn an_unknown_word_of_a_list_is_answered_with_the_list() {
    let place = Place::with_graph();
    let news = examples();
    place.quick(&["build", &news, "--write", "json,paint"]).is(2).says(&["'paint'", "csv, cypher, ", "dot, ", "svg"]);
    place.quick(&["build", &news, "--measures", "fame"]).is(2).says(&[
        "`fame`",
        "basic, all",
        "betweenness",
        "pagerank",
    ]);
    place
        .quick(&["build", &news, "--with", "footnote"])
        .is(2)
        .says(&["'footnote'", "dateline, byline, attribution, role"]);
    place.run(&["top", "--by", "fame"]).is(2).says(&["`fame`", "betweenness, ", "strength"]);
    place.run(&["top", "--type", "ship"]).is(2).says(&["`ship`", "organization, person, place"]);
    place.run(&["top", "--format", "pdf"]).is(2).says(&["pdf", "table", "csv", "json"]);
    place.run(&["export", "-o", "a.dot", "--to", "paint"]).is(2).says(&["'paint'", "csv, cypher, ", "dot, "]);
    place.run(&["export", "-o", "a.zzz"]).is(2).says(&["a.zzz", ".dot", "--to"]);
    place.run(&["render", "-o", "a.svg", "--engine", "paint"]).is(2).says(&["`paint`", "builtin"]);
    place.run(&["render", "-o", "a.gif", "--engine", "builtin"]).is(2).says(&["a.gif", ".svg"]);
    place.run(&["mentions", &news, "--threads", "0"]).is(2).says(&["--threads", "from 1 to 1024"]);
    place.run(&["completions", "cmd"]).is(2).says(&["bash", "zsh"]);
    place.run(&["bild"]).is(2).says(&["bild", "build"]);
}

#[test]
fn without_graphviz_the_message_says_what_to_install() {
    let place = Place::with_graph();
    let before = place.names();
    for file in ["a.png", "a.pdf"] {
        let arguments = ["render", "-o", file, "--engine", "graphviz:sfdp"];
        let output = place.command(&arguments).env("PATH", "").output().expect("the program runs");
        Answer::of(output).is(2).says(&["graphviz", "not installed", "apt install graphviz"]);
    }
    for file in ["a.svg", "a.png", "a.pdf", "a.html"] {
        let output = place.command(&["render", "-o", file]).env("PATH", "").output().expect("the program runs");
        Answer::of(output).is(0);
        std::fs::remove_file(place.path(file)).expect("the picture");
    }
    assert_eq!(place.names(), before);
}

#[test]
fn a_full_disk_is_an_error() {
    let place = Place::with_graph();
    let news = examples();
    for arguments in
        [&["mentions", &news][..], &["sentences", &news], &["top"], &["man"], &["export", "-o", "-", "--to", "dot"]]
    {
        let full = OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
        let output = place.command(arguments).stdout(full).output().expect("the program runs");
        Answer::of(output).is(2).says(&["standard output", "no space left"]);
    }
}

#[test]
fn control_characters_never_reach_the_terminal() {
    let place = Place::new();
    place.write("mine.csv", "type,name\nperson,\"Ann \u{1b}[31mRoe\u{202e}\"\n");
    place.write("a\u{1b}[31m.txt", "Ann \u{1b}[31mRoe\u{202e} met Vladimir Putin \u{1b}[0m\u{7}.\n");
    let file = "a\u{1b}[31m.txt";
    let answers = [
        place.run(&["build", file, "-g", "mine.csv"]).is(0),
        place.run(&["top"]).is(0),
        place.run(&["why", "Putin", "vladimir-putin"]),
        place.run(&["show", "Putin"]).is(0),
        place.run(&["build", "b\u{1b}.txt"]).is(2),
    ];
    for answer in answers {
        let all = answer.out + &answer.err;
        assert!(!all.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{all:?}");
    }
}
