//! What goes in comes out; damage is refused.

use super::table::Word;
use super::*;
use crate::gazetteer::lists::Lists;
use crate::gazetteer::row::{Case, Row};
use crate::gazetteer::{EntityId, Gazetteer};
use crate::text::bits::WordBits;

fn rows() -> Vec<Row> {
    let row = |id: &str, entity_type: &str, name: &str| Row {
        id: id.into(),
        entity_type: entity_type.into(),
        name: name.into(),
        ..Row::default()
    };
    vec![
        Row {
            aliases: vec!["Vova Putin".into()],
            lone: true,
            prominence: 9,
            class: "politician".into(),
            country: "RU".into(),
            from: Date::new(1999, 12, 31),
            until: Date::new(2999, 1, 1),
            ..row("vladimir-putin", "person", "Vladimir Putin")
        },
        row("kyiv", "place", "Київ"),
        row("ship", "vessel", "Kursk"),
        row("blocked", "none", "Kursk"),
        Row { aliases: vec!["Kyiv".into()], ..row("kyiv", "place", "Київ") },
        Row {
            aliases: vec!["Who".into(), "Sharp [A]".into(), "Sharp {A}".into()],
            ..row("the-who", "band", "The Who")
        },
        Row { aliases: vec!["WHO".into()], ..row("who", "organization", "World Health Organization") },
        Row { case: Case::Exact, ..row("nice", "place", "Nice") },
    ]
}

#[test]
fn every_field_comes_back() {
    let lists: Lists = rows().into_iter().collect();
    let compiled = Compiled::open("test", compile(rows(), 7).unwrap()).unwrap();
    assert_eq!((compiled.n_entities(), compiled.sources()), (7, 7));
    for (id, entity) in lists.entities() {
        assert_eq!(compiled.entity(id.0), entity);
        assert_eq!(compiled.by_id(&entity.id), Some(id.0));
    }
    assert_eq!(compiled.by_id("kyi"), None);
    assert_eq!(compiled.lone().collect::<Vec<_>>(), [0]);
    for (text, senses) in lists.forms() {
        let (end, form) = longest(&compiled, text).unwrap_or_else(|| panic!("{text} is found"));
        let mut found = compiled.senses(form, text);
        let mut expected = Senses::from_slice(senses);
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!((end, found), (text.len(), expected), "{text}");
    }
    for none in ["NICE", "nice", "the who", "vladimir putin", "SHARP [a]"] {
        assert_eq!(longest(&compiled, none), None, "{none}");
    }
    assert!(longest(&compiled, "VLADIMIR PUTIN").is_some());
}

#[test]
fn an_empty_list_finds_nothing() {
    let compiled = Compiled::open("test", compile([], 0).unwrap()).unwrap();
    assert_eq!(longest(&compiled, "Kyiv"), None);
    assert_eq!((compiled.by_id("kyiv"), compiled.n_entities()), (None, 0));
}

#[test]
fn damage_is_refused() {
    let whole = compile(rows(), 7).unwrap();
    for length in 0..whole.len() {
        assert!(Compiled::open("cut", whole[..length].to_vec()).is_err(), "cut at {length}");
    }
    for at in 0..8 * whole.len() {
        // The bits of the starts are many and alike: each 31st will do.
        if at > 4096 && at % 31 != 0 {
            continue;
        }
        let mut flipped = whole.clone();
        flipped[at / 8] ^= 1 << (at % 8);
        assert!(Compiled::open("flipped", flipped).is_err(), "bit {at}");
    }
    let longer = [whole.as_slice(), b"x"].concat();
    assert!(Compiled::open("longer", longer).is_err());
}

#[test]
fn messages_say_the_way_out() {
    let whole = compile(rows(), 7).unwrap();
    let message = |bytes: &[u8]| Compiled::open("names.actant", bytes.to_vec()).unwrap_err().to_string();
    assert!(message(b"type,name").starts_with("names.actant: no compiled name list; make one"));
    assert!(message(&whole[..20]).contains("damaged: it is cut off; copy it again"));
    let mut other = whole.clone();
    other[8] = 99;
    assert!(message(&other).contains("format 99; this program reads format"));
    let mut flipped = whole;
    *flipped.last_mut().unwrap() ^= 1;
    assert!(message(&flipped).contains("checksum"));
}

#[test]
fn damaged_columns_do_not_panic() {
    // What a checksum does not see (a file made to look right) reads as empty.
    let whole = compile(rows(), 7).unwrap();
    for at in (HEADER..whole.len() - 200).step_by(4) {
        let mut bytes = whole.clone();
        bytes[at..at + 4].copy_from_slice(&[0xFF; 4]);
        let sum = checksum(&bytes);
        bytes[CHECKSUM..CHECKSUM + 8].copy_from_slice(&sum.to_le_bytes());
        let Ok(compiled) = Compiled::open("test", bytes) else { continue };
        for number in 0..compiled.n_entities() {
            let _ = (compiled.entity(number), compiled.by_id("kyiv"));
        }
        for form in 0..compiled.n_forms() {
            let _ = (compiled.form(form), compiled.senses(form, "Putin").len(), longest(&compiled, "Vladimir Putin"));
        }
    }
}

fn longest(compiled: &Compiled, text: &str) -> Option<(usize, u32)> {
    let bits = WordBits::new(text);
    compiled.table().longest(text, &bits, &Word::at(text, &bits, 0), text.len())
}

#[test]
fn damage_in_a_mapped_file_is_found_when_it_is_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("names.actant");
    let mut bytes = compile(rows(), 7).unwrap();
    std::fs::write(&path, &bytes).expect("writes");
    assert!(Compiled::map(&path).unwrap().check().is_ok());
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&path, &bytes).expect("writes");
    let mapped = Compiled::map(&path).unwrap();
    assert!(mapped.is_mapped() && mapped.check().unwrap_err().to_string().contains("checksum"));
    std::fs::write(&path, &bytes[..bytes.len() - 1]).expect("writes");
    assert!(Compiled::map(&path).unwrap_err().to_string().contains("bytes of"));
}

#[test]
fn what_is_asked_of_many_is_what_is_asked_of_each() {
    let mut gazetteer = Gazetteer::builtin();
    let row = |name: &str, lone| Row {
        id: format!("{name}!"),
        entity_type: "person".into(),
        name: name.into(),
        lone,
        prominence: 7,
        ..Row::default()
    };
    for lists in 0..3 {
        if lists == 1 {
            gazetteer.add_compiled(
                Compiled::open(
                    "x",
                    compile([row("Žofie Ünal", true), Row { id: "vladimir-putin".into(), ..row("Putin", true) }], 0)
                        .unwrap(),
                )
                .unwrap(),
            );
        } else if lists == 2 {
            gazetteer.add(vec![row("Ana Ruiz", false)]);
        }
        let all = gazetteer.entities().map(|(id, _)| id);
        let some: Vec<EntityId> = all.filter(|id| id.0 % 97 == 0 || id.0 >= gazetteer.next - 2).collect();
        assert!(some.len() > 500);
        for entities in [&some[..], &some[..1], &some[some.len() - 1..], &[]] {
            let ids = entities.iter().map(|id| gazetteer.get(*id).id.into_owned());
            assert!(gazetteer.candidates(entities).iter().eq(ids), "{lists} lists more");
            let sense = |entity: &EntityId| Sense { entity: *entity, ..gazetteer.senses("Putin")[0] };
            let mut senses: Vec<Sense> = entities.iter().map(sense).collect();
            gazetteer.tell(&mut senses);
            assert!(senses.iter().all(|sense| sense.facts == gazetteer.facts(sense.entity)), "{lists} lists more");
        }
    }
}
