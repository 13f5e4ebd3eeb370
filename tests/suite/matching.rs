//! The matcher: cases, and the same answer as a slow search that tries every form at every place.

use actant::find::Matcher;
use actant::gazetteer::{Gazetteer, Row, slug};
use actant::model::Document;
use actant::pipeline::{self, Reader};
use actant::text::Folded;
use actant::text::chars::{is_boundary, is_upper};
use proptest::prelude::*;

use crate::cases;
use crate::run::Place;

#[test]
fn names_are_found_where_a_reader_sees_them() {
    cases::check_all("matching.txt", 40, |case| {
        let short = found(&gazetteer(&case.rows), &case.input);
        assert_eq!(found(&long_gazetteer(&case.rows), &case.input), short, "with a long list");
        short
    });
}

#[test]
fn cases_known_to_be_wrong_are_still_wrong() {
    cases::check_known_wrong("matching-known-wrong.txt", |case| found(&gazetteer(&case.rows), &case.input));
}

/// The same with so many more that the list is compiled as it is read.
fn long_gazetteer(rows: &[String]) -> Gazetteer {
    let more = (0..10_001).map(|number| format!("organization,Qxzvj{number}"));
    let gazetteer = gazetteer(&rows.iter().cloned().chain(more).collect::<Vec<_>>());
    assert_eq!(gazetteer.compiled().count(), 1);
    gazetteer
}

/// A gazetteer of rows `type,name,aliases,short,case,demonyms`, read from a file as a user's is.
fn gazetteer(rows: &[String]) -> Gazetteer {
    let full = |row: &String| format!("{row}{}\n", ",".repeat(5 - row.matches(',').count()));
    let text = "type,name,aliases,short,case,demonyms\n".to_owned() + &rows.iter().map(full).collect::<String>();
    let place = Place::new();
    let mut gazetteer = Gazetteer::default();
    let warnings = gazetteer.add_file(&place.write("names.csv", text)).expect("a gazetteer");
    assert!(warnings.is_empty(), "{warnings:?}");
    gazetteer
}

/// Each hit as `surface = ids`.
fn found(gazetteer: &Gazetteer, text: &str) -> Vec<String> {
    let hits = Matcher::new(gazetteer).find(text);
    let ids = |senses: &[actant::gazetteer::Sense]| {
        let mut ids: Vec<String> = senses.iter().map(|sense| gazetteer.get(sense.entity).id.into_owned()).collect();
        ids.sort_unstable();
        ids.join(" ")
    };
    hits.iter().map(|hit| format!("{} = {}", hit.span.of(text), ids(&hit.senses))).collect()
}

/// What [`Matcher::find`] promises, in the plainest way: at every boundary every form is compared.
fn oracle(gazetteer: &Gazetteer, original: &str, folded: &Folded) -> Vec<(usize, usize)> {
    let text = &*folded.text;
    let forms: Vec<String> = gazetteer.forms().map(|(form, _)| form).collect();
    let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
    let boundary = |at: usize| is_boundary(text[..at].chars().next_back(), text[at..].chars().next());
    let mut hits = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if !text.is_char_boundary(at) || !boundary(at) {
            at += 1;
            continue;
        }
        let fits = |form: &&str| {
            let end = at + form.len();
            text[at..].starts_with(*form)
                && boundary(end)
                && !cuts_acronym(text, end)
                && case_fits(gazetteer, original, folded, at, form)
        };
        match forms.iter().filter(|form| fits(form)).map(|form| form.len()).max() {
            Some(length) => {
                hits.push((at, at + length));
                at += length;
            }
            None => at += 1,
        }
    }
    hits
}

/// "U.S." and "U.S" in "U.S.A.".
fn cuts_acronym(text: &str, end: usize) -> bool {
    let (before, mut after) = (&text[..end], text[end..].chars().peekable());
    let cut = before.ends_with('.') || before.ends_with(char::is_uppercase) && after.next() == Some('.');
    cut && after.next().is_some_and(char::is_uppercase) && after.next() == Some('.')
}

/// A form of up to three bytes that is in capitals only because lines may be needs such a line. Texts here are short, so the
/// line is the whole window.
fn case_fits(gazetteer: &Gazetteer, original: &str, folded: &Folded, at: usize, form: &str) -> bool {
    let shouted = form.len() < 4 && gazetteer.senses(form).iter().all(|sense| sense.upper);
    let at = folded.original(at);
    let start = original[..at].rfind('\n').map_or(0, |start| start + 1);
    let end = original[at..].find('\n').map_or(original.len(), |end| at + end);
    !shouted || is_upper(&original[start..end])
}

/// Words that touch every rule: shared starts, points, accents, scripts with and without blanks.
fn word() -> impl Strategy<Value = String> {
    let known = vec![
        "U.S.", "US", "USA", "Today", "New", "York", "al-Bari", "von", "Xi", "XI", "Ab", "A", "Été", "京", "都",
        "Киев", "O'Ray", "J.", "J.D.", "eBay", "24",
    ];
    prop_oneof![4 => prop::sample::select(known).prop_map(str::to_owned), 1 => "[A-C][ab]{0,2}"]
}

fn name() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 1..4).prop_map(|words| words.join(" "))
}

fn text() -> impl Strategy<Value = String> {
    let between = prop::sample::select(vec![
        " ", " ", " ", "", "-", "—", ".", "'s ", "\n", "\n\n", ", ", "“", "  ", "é", "s ", ".",
    ]);
    prop::collection::vec((word(), between), 0..8)
        .prop_map(|pieces| pieces.into_iter().map(|(word, gap)| word + gap).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_matcher_finds_what_the_slow_search_finds(names in prop::collection::vec((name(), 0..3usize), 1..8), text in text()) {
        let row = |(at, (name, kind)): (usize, &(String, usize))| match kind {
            0 => format!("person,{name}"),
            1 => format!("organization,{name},Alias {at},,any"),
            _ => format!("place,{name},,,exact"),
        };
        let rows: Vec<String> = names.iter().enumerate().map(row).collect();
        let gazetteer = gazetteer(&rows);
        let folded = Folded::new(&text);
        let expected: Vec<(usize, usize)> = oracle(&gazetteer, &text, &folded)
            .into_iter()
            .map(|(start, end)| folded.original_span(start, end))
            .map(|span| (span.start as usize, span.end as usize))
            .collect();
        let hits = Matcher::new(&gazetteer).find(&text);
        let hits: Vec<(usize, usize)> = hits.iter().map(|hit| (hit.span.start as usize, hit.span.end as usize)).collect();
        prop_assert_eq!(hits, expected);
    }

    #[test]
    fn hits_lie_on_characters_in_order(text in any::<String>(), pieces in text()) {
        let gazetteer = gazetteer(&["person,Ab".into(), "place,京".into(), "place,New York".into()]);
        let text = format!("{text}{pieces}");
        let mut at = 0;
        for hit in Matcher::new(&gazetteer).find(&text) {
            let (start, end) = (hit.span.start as usize, hit.span.end as usize);
            prop_assert!(at <= start && start < end && text.is_char_boundary(start) && text.is_char_boundary(end));
            at = end;
        }
    }
}

proptest! {
    #[test]
    fn lists_only_is_every_rule_switched_off(words in prop::collection::vec(0usize..24, 1..40)) {
        const WORDS: [&str; 24] = [
            "Ann Stone", "Bob Stone", "Cy Rivers", "Dee Known", "Rivers", "Stone", "Stone", "Known", "Mr. Stone", "Mr", "Minister",
            "Foreign Minister", "vice-", "president", "said", "the", ". ", ".", "'s", "\n", "\n\n", "Stone Tower", "EU", "Melania",
        ];
        let rows = "type,name,prominence\nperson,Ann Stone,0\nperson,Bob Stone,1\nperson,Cy Rivers,0\nperson,Dee Known,7\n\
            person,Eve Known,2\nplace,Rivers Land,0\norganization,EU,3\n";
        let place = Place::new();
        let mut gazetteer = Gazetteer::default();
        gazetteer.add_file(&place.write("names.csv", rows)).expect("a gazetteer");
        let text = words.iter().map(|&at| WORDS[at]).collect::<Vec<_>>().join(" ");
        let document = Document { text, ..Document::default() };
        let mut reader = Reader::new(&gazetteer);
        reader.recognize.without = actant::recognize::rule_names().iter().map(|name| (*name).to_owned()).collect();
        let all = pipeline::read(document.clone(), &reader).mentions;
        reader.recognize.lists_only = true;
        prop_assert_eq!(pipeline::read(document, &reader).mentions, all);
    }
}

/// The mentions of a text, as `surface = id`, found by the real program.
fn mentions(place: &Place, arguments: &[&str], text: &str) -> Vec<String> {
    place.write("story.txt", text);
    let lines = place.run(&[&["mentions", "story.txt"], arguments].concat()).is(0).json_lines();
    let field = |line: &serde_json::Value, key: &str| line[key].as_str().unwrap_or("?").to_owned();
    lines.iter().map(|line| format!("{} = {}", field(line, "text"), field(line, "entity"))).collect()
}

#[test]
fn a_heading_in_capitals_names_trump_and_not_the_country() {
    let place = Place::new();
    assert_eq!(mentions(&place, &[], "TRUMP TELLS US TO WAIT\n\nHe told us to wait.\n"), ["TRUMP = donald-trump"]);
}

#[test]
fn a_row_of_type_none_blocks_a_name() {
    let place = Place::new();
    place.write("mine.csv", "type,name\nperson,Ann Roe\nnone,Ann Roe Cup\n");
    let found = mentions(&place, &["-g", "mine.csv"], "Ann Roe won the Ann Roe Cup.\n");
    assert_eq!(found, ["Ann Roe = ann-roe"]);
}

#[test]
fn a_row_of_type_none_blocks_a_built_in_name() {
    let place = Place::new();
    place.write("mine.csv", "type,name,short\nnone,Vladimir Putin,Putin\n");
    assert_eq!(mentions(&place, &["-g", "mine.csv"], "Vladimir Putin flew to Rome.\n"), ["Rome = rome"]);
}

#[test]
fn the_users_list_wins_over_the_built_in_one() {
    let place = Place::new();
    place.write("mine.csv", "id,type,name,aliases\nmy-town,place,My Town,Rome\nrome-club,organization,Moscow,\n");
    let found = mentions(&place, &["-g", "mine.csv"], "Rome lost to Moscow in Berlin.\n");
    assert_eq!(found, ["Rome = my-town", "Moscow = rome-club", "Berlin = berlin"]);
}

#[test]
fn the_last_of_several_lists_wins() {
    let place = Place::new();
    place.write("a.csv", "id,type,name\nfirst,person,Zed Quux\n");
    place.write("b.csv", "id,type,name\nsecond,person,Zed Quux\n");
    assert_eq!(mentions(&place, &["-g", "a.csv", "-g", "b.csv"], "Zed Quux came.\n"), ["Zed Quux = second"]);
    assert_eq!(mentions(&place, &["-g", "b.csv", "-g", "a.csv"], "Zed Quux came.\n"), ["Zed Quux = first"]);
}

#[test]
fn without_the_built_in_list_only_the_users_names_are_found() {
    let place = Place::new();
    place.write("mine.csv", "type,name\nperson,Ann Roe\n");
    let found = mentions(
        &place,
        &["-g", "mine.csv", "--no-builtin", "--no-recognize"],
        "Ann Roe met Vladimir Putin in Rome.\n",
    );
    assert_eq!(found, ["Ann Roe = ann-roe"]);
}

#[test]
fn a_name_for_a_known_entity_leaves_the_others_as_they_are() {
    let place = Place::new();
    place.write("mine.csv", "id,type,name,aliases\njeb-bush,person,Jeb Bush,Governor Bushy\n");
    let text = "George W. Bush spoke. Mr. Bush was tired.\n";
    assert_eq!(mentions(&place, &["-g", "mine.csv"], text), ["George W. Bush = george-w-bush", "Bush = george-w-bush"]);
}

#[test]
fn a_type_of_the_users_own_is_kept() {
    let place = Place::new();
    place.write("mine.csv", "type,name\nvessel,Sea Wolf\n");
    place.write("story.txt", "The Sea Wolf sank.\n");
    let lines = place.run(&["mentions", "story.txt", "-g", "mine.csv"]).is(0).json_lines();
    assert_eq!((lines.len(), lines[0]["type"].as_str()), (1, Some("vessel")));
}

#[test]
fn with_lists_only_every_hit_is_a_mention() {
    let mut gazetteer = Gazetteer::default();
    let row = |name: &str| Row { id: slug(name), entity_type: "name".into(), name: name.into(), ..Row::default() };
    gazetteer.add(["USA", "USA Today", "O'Brien", "Ada", "New York", "York"].map(row).to_vec());
    let text = "Ada read USA Today.\nUSA Todayish, O’Brien’s New York; NEW YORK and Adan. ADA, York-based.";
    let mut reader = Reader::new(&gazetteer);
    reader.recognize.lists_only = true;
    let reading = pipeline::read(Document { text: text.into(), ..Document::default() }, &reader);
    let found: Vec<&str> = reading.mentions.iter().map(|mention| mention.span.of(text)).collect();
    assert_eq!(found, ["Ada", "USA Today", "USA", "O’Brien", "New York", "NEW YORK", "York"]);
    let hits = Matcher::new(&gazetteer).find(text);
    assert_eq!(hits.iter().map(|hit| hit.span.of(text)).collect::<Vec<_>>(), found);
    assert!(reading.mentions.iter().all(|mention| mention.entity.is_some()));
}
