//! The table of a compiled list and the automaton give the same answers, at every start and through the matcher.

use proptest::prelude::*;

use super::dictionary::{Dictionary, Starts};
use super::{Finder, Matcher};
use crate::gazetteer::compiled::table::Word;
use crate::gazetteer::compiled::{Compiled, compile};
use crate::gazetteer::{Case, Gazetteer, Layer, Row, Sense};
use crate::text::Folded;
use crate::text::bits::WordBits;

/// Names that prefix each other, in many scripts, with hyphens, points, quotes and marks.
const NAMES: &str = "US|U.S.|U.S|U.S.A.|USA|USA Today|USA Today Network|al-Qaeda|al-Qaeda in Iraq|New York|New York Times|\
    New York Times Company|New|St. Louis|St.|AT&T|Yahoo!|Côte d'Ivoire|Côte|Erdoğan|Owners' Group|O'Brien|Jean-Luc|\
    Jean-Luc Picard|Москва|Москва-Сити|Владимир Путин|北京|北京大学|東京|東京都|กรุงเทพ|القاهرة|القاهرة الجديدة|x|X Corp|\
    7-Eleven|1. FC Köln|Großmann|Müller ÅB|Muller AB|ıb Ærø|Ωmegaς|e\u{301}clair|q\u{301}|naïve Group|🦀 Club|(RED)|C++|Ping An|Ping|Pin";

/// A text that has them in every position, and words that only begin like them.
const TEXT: &str = "USA Todayish, USA Today—the US and U.S.A. or U.S. USA TODAY NETWORK’s New York Times Co. and New York\n\
    Times Company. “Al-Qaeda in Iraq” (al-Qaeda in Iraqi hands), al‑Qaeda’s; St. Louis, St.Louis St Louis. AT&T! Yahoo!!Yahoo! \
    CÔTE D’IVOIRE Côte d’Ivoirean Erdoğans Erdogan’s O’Brien Jean-Luc Picards Jean–Luc Picard Москва-Сити Москвацу \
    ВЛАДИМИР ПУТИН Владимир  Путин 北京大学东京東京都 กรุงเทพมหานคร القاهرة الجديدةx القاهرة x X Corp. Corp x\u{301} 7-Elevens \
    7-Eleven 1. FC Köln1. FC Ko\u{308}ln Grossmann, GROSSMANN GROßMANN grossmann Muller ÅB MULLER AB Müller AB Muller AB; ib Aero IB ÆRØ IB AERO ib Ærø \
    ΩΜΕΓΑΣ Ωmegaσ éclair eclair ECLAIR ÉCLAIR q\u{301} q naïve Group 🦀 Club🦀 (RED) C++ C++x Ping Ang Ping An Pin\u{ad}g P";

fn row(name: &str, case: Case) -> Row {
    Row {
        id: format!("id-{name}"),
        entity_type: "place".into(),
        name: name.into(),
        case,
        prominence: 3,
        ..Row::default()
    }
}

fn listed(rows: &[Row]) -> Gazetteer {
    let mut gazetteer = Gazetteer::default();
    gazetteer.add(rows.to_vec());
    gazetteer
}

fn compiled(rows: &[Row]) -> Gazetteer {
    let bytes = compile(rows.to_vec(), 1).expect("few names");
    let mut gazetteer = Gazetteer::default();
    gazetteer.add_compiled(Compiled::open("test", bytes).expect("whole"));
    gazetteer
}

/// Asks both dictionaries at every start and limit.
#[track_caller]
fn check_dictionaries(rows: &[Row], text: &str) {
    let (list, table) = (listed(rows), compiled(rows));
    let Some(Layer::List(forms)) = list.layers().pop() else { panic!("a list") };
    let Some(Layer::Compiled(names, _)) = table.layers().pop() else { panic!("a compiled list") };
    let automaton = Dictionary::automaton(forms.iter().map(|(text, _)| *text));
    let table = Dictionary::Table(names.table());
    let mut every = Starts::default();
    every.unite(&automaton.starts());
    every.unite(&table.starts());
    let bits = WordBits::new(text);
    for start in starts(&every, text, 0) {
        let next = |dictionary: &Dictionary| starts(&dictionary.starts(), text, start).first().copied();
        assert_eq!(next(&automaton), next(&table));
        for limit in start..=text.len() {
            let word = Word::at(text, &bits, start);
            let (one, other) = (automaton.longest(text, &bits, &word, limit), table.longest(text, &bits, &word, limit));
            let passes = |dictionary: &Dictionary| dictionary.may_begin(&word) && dictionary.begins(&word);
            assert!(
                other.is_none() || passes(&automaton) && passes(&table),
                "{:?} has a form that the filters turn away",
                &text[start..]
            );
            // Each numbers forms in its own way.
            assert_eq!(one.map(|(end, _)| end), other.map(|(end, _)| end), "{:?} up to {limit}", &text[start..]);
        }
    }
}

/// Finds all names with both.
#[track_caller]
fn check_matchers(rows: &[Row], text: &str) {
    let (list, table) = (listed(rows), compiled(rows));
    let (list, table) = (Matcher::new(&list), Matcher::new(&table));
    let whole = list.find(text);
    assert_eq!(table.find(text), whole, "{text:?}");
    for size in [1, 7, 40] {
        assert_eq!(Finder::new(&table).find_in_blocks(text, size), whole, "{text:?} in blocks of {size}");
    }
}

/// Where a form may begin from byte `from` on.
fn starts(starts: &Starts, text: &str, from: usize) -> Vec<usize> {
    let mut found = Vec::new();
    starts.push_all(text, &WordBits::new(text), from..text.len(), &mut found);
    found
}

#[test]
fn both_agree_on_names_of_many_scripts() {
    for case in [Case::Usual, Case::Exact, Case::Any] {
        let rows: Vec<Row> = NAMES.split('|').map(|name| row(name, case)).collect();
        check_dictionaries(&rows, &Folded::new(TEXT).text);
        check_matchers(&rows, TEXT);
    }
}

#[test]
fn what_a_form_may_stand_for_comes_in_one_order() {
    let rows: Vec<Row> = [" A", "a", "A"].iter().map(|name| row(name, Case::Usual)).collect();
    check_matchers(&rows, "A ");
}

#[test]
fn the_shipped_lists_are_found_as_their_rows_are() {
    let shipped = Gazetteer::builtin();
    let hits = Matcher::new(&shipped).find(TEXT);
    assert!(hits.len() > 15, "{hits:?}");
    for hit in &hits {
        let form = Folded::new(hit.span.of(TEXT)).text;
        assert_eq!(*hit.senses, *shipped.senses(&form), "{form}");
    }
}

#[test]
fn layers_are_united() {
    let shipped = [row("New York", Case::Usual), row("Jordan", Case::Usual), row("Paris", Case::Usual)];
    let own = [
        row("New York Nine", Case::Usual),
        Row { name: "Jordan River".into(), ..row("Jordan", Case::Usual) },
        Row { id: "other".into(), ..row("Paris", Case::Usual) },
    ];
    let mut first_compiled = compiled(&shipped);
    first_compiled.add(own.to_vec());
    let mut both_compiled = compiled(&shipped);
    both_compiled.add_compiled(Compiled::open("test", compile(own.to_vec(), 1).unwrap()).unwrap());
    let mut both_listed = listed(&shipped);
    both_listed.add(own.to_vec());
    let text = "New York Nine, New York, Jordan River, Jordan, Paris";
    let found = |gazetteer: &Gazetteer| -> Vec<Vec<(String, u8)>> {
        let view = |sense: &Sense| (gazetteer.get(sense.entity).id.into_owned(), sense.layer);
        let hits = Matcher::new(gazetteer).find(text);
        hits.iter().map(|hit| hit.senses.iter().map(view).collect()).collect()
    };
    let expected = found(&both_listed);
    assert_eq!(expected[2], [("id-Jordan".to_owned(), 1)], "a row with a known id names that entity");
    assert_eq!(
        expected[4],
        [("id-Paris".to_owned(), 0), ("other".to_owned(), 1)],
        "a form of both lists has both senses"
    );
    assert_eq!(found(&first_compiled), expected);
    assert_eq!(found(&both_compiled), expected);
    assert_eq!(both_compiled.entities().count(), 5);
}

proptest! {
    #[test]
    fn both_agree_on_random_names(
        names in prop::collection::vec("[aAbé京. '&-]{0,6}[aAbÉ京]", 1..12),
        text in "[aAbé京. '’&\n-]{0,60}",
    ) {
        for case in [Case::Usual, Case::Any] {
            let rows: Vec<Row> = names.iter().map(|name| row(name, case)).collect();
            check_dictionaries(&rows, &Folded::new(&text).text);
            check_matchers(&rows, &text);
        }
    }

    #[test]
    fn both_agree_on_any_text(names in prop::collection::vec("\\PC{1,5}", 1..8), glue in "\\PC{0,3}") {
        let rows: Vec<Row> = names.iter().map(|name| row(name, Case::Usual)).collect();
        let text = names.join(&glue);
        check_dictionaries(&rows, &Folded::new(&text).text);
        check_matchers(&rows, &text);
    }
}
