//! The saved log: whole or refused, and the same bytes however its documents came together.

use actant::log::{Line, Log, LogDocument, LogMention, file};
use actant::model::{Context, Date, EntityKey, EntityType, Kind, RULES, Rule, Span};
use actant::text::print::Print;
use actant::{measure::Report, pipeline, relate, write};
use proptest::prelude::*;
use proptest::sample::select;

use crate::run::{Place, examples};

fn settings() -> file::Settings {
    file::Settings::from([("names".to_owned(), "1".to_owned()), ("recognize".to_owned(), "yes".to_owned())])
}

fn bytes_of(log: &Log) -> Vec<u8> {
    let mut bytes = Vec::new();
    file::write(log, &settings(), &mut bytes).expect("memory takes all");
    bytes
}

/// The saved graph of a log.
fn graph_of(log: &Log) -> Vec<u8> {
    let report = Report::new(pipeline::graph(log, &relate::Options::default()), Some(&[]));
    let mut sink = write::Sink::memory();
    let json = write::writer("json").expect("a row of the table");
    (json.write)(&report, &write::Options::default(), &mut sink).expect("memory takes all");
    sink.into_parts().swap_remove(0).1
}

fn read(mut bytes: &[u8]) -> actant::error::Result<(Log, file::Settings)> {
    file::read("log", &mut bytes)
}

fn log_of<'a>(documents: impl IntoIterator<Item = &'a (String, LogDocument)>) -> Log {
    let mut log = Log::default();
    documents.into_iter().for_each(|(id, document)| log.append(id.clone(), document.clone()));
    log
}

prop_compose! {
    /// A mention in one of `lines`; which one and where is made to fit.
    fn mention(lines: usize)(
        line in 0..lines as u32,
        end in 1..6u32,
        name in select(vec!["Putin", "Trump", "NATO", "Kyiv", "Žižek"]),
        linked in any::<bool>(),
        entity_type in select(vec!["person", "place", "ship"]),
        demonym in any::<bool>(),
        context in 0..Context::NAMES.len(),
        rule in 0..RULES.len() as u8,
        candidates in prop::collection::vec(select(vec!["x", "y", "z"]), 0..3),
    ) -> LogMention {
        LogMention {
            line,
            span: Span { start: 0, end },
            entity: linked.then(|| EntityKey { id: name.to_lowercase().into(), name: name.into() }),
            entity_type: EntityType::from_name(entity_type),
            kind: if demonym { Kind::Demonym } else { Kind::Name },
            context: Context::NAMES[context].0,
            rule: Rule(rule),
            holder: None,
            candidates: candidates.into_iter().collect(),
        }
    }
}

/// Some sentences of all documents are alike.
fn print(sentence: u32) -> Print {
    Print::of(
        ["One of the sentences that stand in many documents, word by word.", "He left.", ""][sentence as usize % 3],
    )
}

prop_compose! {
    fn document()(
        lines in prop::collection::vec((1..4u32, "[a-e]{6}[ -~“é]{0,20}"), 1..5),
    )(
        mentions in prop::collection::vec(mention(lines.len()), 0..6),
        lines in Just(lines),
        title in prop::option::of("[a-c ]{0,3}"),
        day in prop::option::of(1..28u8),
        source in prop::option::of(select(vec!["AP", "Reuters"])),
        // So few that documents of one id agree and clash.
        hash in select(vec![1u64, 1 << 33, 5 << 40, u64::MAX]),
        words in 0..100_000u32,
        holder in prop::option::of(0..6u32),
        partial in any::<bool>(),
        given in any::<bool>(),
    ) -> LogDocument {
        let mut sentence = 0;
        let lines: Vec<Line> = lines.into_iter().map(|(step, text)| {
            sentence += step;
            Line { sentence, text: text.into() }
        }).collect();
        let mut mentions = mentions;
        mentions.sort_by_key(|mention| mention.line);
        let holder = holder.filter(|holder| (*holder as usize) < mentions.len());
        mentions.iter_mut().take(1).for_each(|mention| mention.holder = holder);
        LogDocument {
            title,
            date: day.and_then(|day| Date::new(2025, 5, day)),
            source: source.map(str::to_owned),
            hash,
            sentences: sentence + 1,
            given,
            numbers: if partial { (0..=sentence).map(|number| 3 * number + 1).collect() } else { Vec::new() },
            prints: if partial { Vec::new() } else { (0..=sentence).map(print).collect() },
            paragraphs: (1..=sentence).step_by(2).collect(),
            words,
            lines,
            mentions,
        }
    }
}

/// Documents of a few ids, one of which looks like the second of another.
fn documents() -> impl Strategy<Value = Vec<(String, LogDocument)>> {
    let id = select(vec!["a", "a~00000002", "b", "a b", "c/ü.txt"]);
    prop::collection::vec((id.prop_map(str::to_owned), document()), 0..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_read_is_what_was_written(documents in documents()) {
        let log = log_of(&documents);
        let (read, with) = read(&bytes_of(&log)).expect("a whole log");
        prop_assert_eq!(&read, &log);
        prop_assert_eq!(with, settings());
        prop_assert_eq!(bytes_of(&read), bytes_of(&log));
    }

    #[test]
    fn any_split_merged_in_any_order_is_the_same_file(
        (documents, shards, order) in documents().prop_flat_map(|documents| {
            let n = documents.len();
            let shards = prop::collection::vec(0..4usize, n);
            (Just(documents), shards, Just(vec![0, 1, 2, 3]).prop_shuffle())
        }),
        twice in any::<bool>(),
    ) {
        let whole = log_of(&documents);
        let mut merged = Log::default();
        for shard in order.iter().copied().chain(twice.then_some(0)) {
            let own = documents.iter().zip(&shards).filter(|(_, of)| **of == shard).map(|(document, _)| document);
            let (log, _) = read(&bytes_of(&log_of(own.rev()))).expect("a whole log");
            merged.merge(&log);
        }
        prop_assert_eq!(bytes_of(&merged), bytes_of(&whole));
        prop_assert_eq!(graph_of(&merged), graph_of(&whole));
        prop_assert_eq!(merged.clashes(), whole.clashes());
    }

    #[test]
    fn a_changed_or_cut_file_is_refused(documents in documents(), place in 0.0..1.0f64, bit in 0..8u8) {
        let bytes = bytes_of(&log_of(&documents));
        let at = (bytes.len() as f64 * place) as usize;
        let mut changed = bytes.clone();
        changed[at] ^= 1 << bit;
        prop_assert!(read(&changed).is_err());
        prop_assert!(read(&bytes[..at]).is_err());
        prop_assert!(read(&[&bytes[..], b"\0"].concat()).is_err());
    }

    #[test]
    fn damage_under_a_right_checksum_never_ends_in_a_panic(
        documents in documents(),
        changes in prop::collection::vec((0.0..1.0f64, any::<u8>()), 1..4),
    ) {
        let mut stream = unpack(&bytes_of(&log_of(&documents)));
        for (place, byte) in changes {
            let at = (stream.len() as f64 * place) as usize;
            stream[at] = byte;
        }
        if let Ok((log, _)) = read(&pack(&stream)) {
            graph_of(&log);
            prop_assert!(read(&bytes_of(&log)).is_ok());
        }
    }
}

const HEAD: usize = 12;

/// The stream inside a file of one block.
fn unpack(bytes: &[u8]) -> Vec<u8> {
    let word = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes")) as usize;
    assert_eq!(bytes.len(), HEAD + 16 + word(HEAD + 4), "one block");
    lz4_flex::block::decompress(&bytes[HEAD + 16..], word(HEAD)).expect("a whole block")
}

/// The file of one block with this stream inside.
fn pack(stream: &[u8]) -> Vec<u8> {
    let packed = lz4_flex::block::compress(stream);
    let lengths = [stream.len() as u32, packed.len() as u32].map(u32::to_le_bytes).concat();
    let sum = xxhash_rust::xxh3::xxh3_64(&[&lengths[..], &packed].concat());
    [&file::MAGIC[..], &file::SCHEMA.to_le_bytes(), &lengths, &sum.to_le_bytes(), &packed].concat()
}

#[test]
fn packing_by_hand_is_what_the_program_does() {
    let bytes = bytes_of(&Log::default());
    assert_eq!(pack(&unpack(&bytes)), bytes);
}

#[test]
fn a_log_of_many_blocks_is_read_and_refused_at_any_cut() {
    let text: Box<str> = "A sentence of some length, in which nobody is named at all. ".repeat(2_000).into();
    let line = |sentence: u32| Line { sentence, text: format!("{sentence} {text}").into() };
    let document = LogDocument {
        title: None,
        date: None,
        source: None,
        hash: 7,
        sentences: 20,
        given: false,
        numbers: Vec::new(),
        prints: (0..20).map(print).collect(),
        paragraphs: Vec::new(),
        words: 0,
        lines: (0..20).map(line).collect(),
        mentions: Vec::new(),
    };
    let log = log_of(&[("a".to_owned(), document)]);
    let bytes = bytes_of(&log);
    assert_eq!(read(&bytes).expect("a whole log").0, log);
    for at in (0..bytes.len()).step_by(bytes.len() / 100) {
        assert!(read(&bytes[..at]).is_err(), "cut at {at}");
    }
}

#[test]
fn which_of_two_texts_keeps_the_id_does_not_depend_on_the_order() {
    let text = |hash: u64| LogDocument {
        title: None,
        date: None,
        source: None,
        hash: hash << 32,
        sentences: 0,
        given: false,
        numbers: Vec::new(),
        prints: Vec::new(),
        paragraphs: Vec::new(),
        words: 0,
        lines: Vec::new(),
        mentions: Vec::new(),
    };
    for order in [[1, 2, 3], [3, 2, 1], [2, 3, 1], [3, 1, 2]] {
        let log = log_of(&order.map(|hash| ("a".to_owned(), text(hash))));
        let shown: Vec<&str> = log.documents().map(|(id, _)| id).collect();
        assert_eq!(shown, ["a", "a~00000002", "a~00000003"]);
        assert_eq!(log.clashes().len(), 2);
    }
}

/// Everything in a folder of the place.
fn outputs(place: &Place, folder: &str) -> Vec<(String, Vec<u8>)> {
    let names = place.names();
    let inside = names.iter().filter_map(|name| name.strip_prefix(&format!("{folder}/")));
    inside.map(|name| (name.to_owned(), place.read(&format!("{folder}/{name}")))).collect()
}

#[test]
fn merged_shards_are_one_build_of_all() {
    let place = Place::new();
    let mut files: Vec<String> = std::fs::read_dir(examples())
        .expect("the examples")
        .map(|entry| entry.expect("an entry").path().display().to_string())
        .collect();
    files.sort();
    let options = ["--weight", "npmi", "--with", "role,dateline", "--evidence", "2", "--write", "json,csv,gexf"];
    let build = |folder: &str, files: &[String]| {
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        place.quick(&[&["build", "-o", folder], &options[..], &files].concat()).is(0)
    };
    let whole = build("whole", &files);
    for (shard, files) in files.chunks(5).enumerate() {
        build(&format!("shard{shard}"), files);
    }
    for order in [["shard0", "shard1", "shard2"], ["shard2", "shard0/log.actant", "shard1"]] {
        let answer = place.run(&[&["merge", "-o", "merged"], &options[..], &order[..]].concat()).is(0);
        assert_eq!(answer.out, whole.out.replace("to whole", "to merged"));
        assert!(outputs(&place, "merged") == outputs(&place, "whole"), "{order:?}");
    }
    assert!(outputs(&place, "whole").iter().any(|(name, _)| name == file::NAME));
}

#[test]
fn an_update_is_a_fresh_build() {
    let place = Place::new();
    let story = |name: &str, text: &str| drop(place.write(&format!("in/{name}"), text));
    story("a.txt", "Putin met Trump.\n");
    story("b.txt", "Macron met Merz in Kyiv.\n");
    story("c.txt", "Xi left Moscow.\n");
    let record =
        |id: &str, title: &str, text: &str| format!("{{\"id\":\"{id}\",\"title\":\"{title}\",\"text\":\"{text}\"}}\n");
    let records = [
        record("x", "One", "Zelensky met Putin."),
        record("x", "", "Rutte met Fidan."),
        record("y", "", "Xi met Modi."),
    ];
    story("d.jsonl", &records.concat());
    let update = || place.quick(&["build", "in", "-o", "kept", "--update", "-n", "3"]);
    let same = |what: &str| {
        place.quick(&["build", "in", "-o", "fresh", "-q"]);
        assert!(outputs(&place, "kept") == outputs(&place, "fresh"), "{what}");
    };
    update().is(1).says(&["everything is read: kept/log.actant: no such file", "0 kept, 0 changed, 6 new, 0 dropped"]);
    same("the first time");
    update().is(1).says(&["6 kept, 0 changed, 0 new, 0 dropped"]);
    same("nothing has changed");
    story("a.txt", "Putin met Merz.\n");
    story("e.txt", "Scholz met Macron.\n");
    std::fs::remove_file(place.path("in/c.txt")).expect("a file");
    let records = [
        record("x", "Two", "Zelensky met Putin."),
        record("x", "", "Rutte met Fidan."),
        record("y", "", "Xi met Modi."),
    ];
    story("d.jsonl", &records.concat());
    update().is(1).says(&["3 kept, 2 changed, 1 new, 1 dropped"]);
    same("one of each");
    let answer = place.run(&["build", "in", "-o", "kept", "--update"]).is(1);
    assert!(answer.err.contains("everything is read: kept/log.actant: it was read with names"), "{}", answer.err);
    place.run(&["build", "in", "-o", "fresh", "-q"]);
    assert!(outputs(&place, "kept") == outputs(&place, "fresh"), "other names");
}

#[test]
fn a_build_goes_on_after_what_an_interrupted_one_has_read() {
    let place = Place::new();
    place.write("in/a.txt", "Putin met Trump.\n");
    place.write("in/b.txt", "Macron met Merz in Kyiv.\n");
    place.quick(&["build", "in", "-o", "fresh", "-q"]).is(0);
    place.quick(&["build", "in/a.txt", "-o", "part", "-q"]).is(0);
    std::fs::create_dir_all(place.path("kept/unfinished")).expect("a folder");
    std::fs::rename(place.path("part/log.actant"), place.path("kept/unfinished/00000.actant")).expect("a log");
    let answer = place.quick(&["build", "in", "-o", "kept", "-q"]).is(0);
    assert!(answer.err.contains("going on after 1 document that an interrupted build had read"), "{}", answer.err);
    assert!(outputs(&place, "kept") == outputs(&place, "fresh") && !place.path("kept/unfinished").exists());
}

#[test]
fn an_update_reads_a_text_in_which_others_found_the_mentions() {
    let place = Place::new();
    place.write("a.txt", "Putin met Trump.\n");
    let lines = place.quick(&["mentions", "a.txt", "--for-build"]).is(0).out;
    place.write("m.jsonl", lines.replace("Trump", "Tramp").replace("donald-trump", "tramp"));
    place.quick(&["build", "m.jsonl", "-q"]).is(0);
    place.quick(&["build", "a.txt", "--update"]).is(0).says(&["0 kept, 1 changed"]);
    place.quick(&["build", "a.txt", "-q", "-o", "fresh"]).is(0);
    assert!(outputs(&place, "output") == outputs(&place, "fresh"));
}

#[test]
fn an_update_does_not_read_what_it_keeps() {
    let place = Place::new();
    place.write("a.txt", "Putin met Trump.\n");
    place.quick(&["build", "a.txt", "-q"]).is(0);
    let (saved, with) = file::open(&place.path("output")).expect("a log");
    // Nobody else could know the name that this log has for a document.
    let mut altered = Log::default();
    for (id, document) in saved.documents() {
        let mut document = document.clone();
        document.mentions[0].entity = Some(EntityKey { id: "nobody".into(), name: "Nobody".into() });
        altered.append(id.to_owned(), document);
    }
    let mut bytes = Vec::new();
    file::write(&altered, &with, &mut bytes).expect("memory takes all");
    place.write("output/log.actant", bytes);
    let answer = place.quick(&["build", "a.txt", "--update"]).is(0);
    assert!(answer.out.contains("Nobody") && answer.err.contains("1 kept"), "{answer:?}");
}

#[test]
fn logs_that_do_not_belong_together_are_refused() {
    let place = Place::new();
    place.write("a.txt", "Putin met Trump.\n");
    place.quick(&["build", "a.txt", "-q", "-o", "a"]).is(0);
    place.quick(&["build", "a.txt", "-q", "-o", "b", "--without", "speech,guess"]).is(0);
    place.run(&["build", "a.txt", "-q", "-o", "c"]).is(0);
    place
        .run(&["merge", "a", "b"])
        .is(2)
        .says(&["b: it was read with recognize `without guess,speech`", "a with `yes`"]);
    place.run(&["merge", "a", "c"]).is(2).says(&["it was read with names `", "build both with the same"]);
    place.run(&["merge", "a", "nowhere"]).is(2).says(&["nowhere", "no such file", "actant build"]);
    place.run(&["merge", "a.txt"]).is(2).says(&["a.txt", "not a saved log"]);
    assert!(!place.names().contains(&"output".to_owned()), "{:?}", place.names());
}

#[test]
fn a_damaged_log_is_refused_with_its_place() {
    let place = Place::new();
    place.write("a.txt", "Putin met Trump.\n");
    place.quick(&["build", "a.txt", "-q", "-o", "a"]).is(0);
    let bytes = place.read("a/log.actant");
    place.write("cut.actant", &bytes[..bytes.len() - 1]);
    place.run(&["merge", "cut.actant"]).is(2).says(&["cut.actant: damaged in the block at byte 12", "it ends"]);
    let mut changed = bytes.clone();
    changed[40] ^= 1;
    place.write("bit.actant", changed);
    place.run(&["merge", "bit.actant"]).is(2).says(&["byte 12: a checksum is wrong", "build it again"]);
    let mut later = bytes;
    later[8] += 1;
    place.write("later.actant", later);
    place.run(&["merge", "later.actant"]).is(2).says(&["a log of version 4; expected 3"]);
    place.quick(&["build", "a.txt", "-q", "-o", "b", "--no-log"]).is(0);
    place.run(&["merge", "b"]).is(2).says(&["b/log.actant: no such file"]);
}
