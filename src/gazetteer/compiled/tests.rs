//! What goes in comes out; damage is refused.

use super::*;
use crate::gazetteer::lists::Lists;
use crate::gazetteer::row::Row;

fn lists() -> Lists {
    let row = |id: &str, entity_type: &str, name: &str| Row {
        id: id.into(),
        entity_type: entity_type.into(),
        name: name.into(),
        ..Row::default()
    };
    let rows = [
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
    ];
    rows.into_iter().collect()
}

#[test]
fn every_field_comes_back() {
    let lists = lists();
    let compiled = Compiled::open("test", compile(&lists, 7).unwrap()).unwrap();
    assert_eq!((compiled.n_entities(), compiled.sources()), (4, 7));
    for (id, entity) in lists.entities() {
        assert_eq!(compiled.entity(id.0), entity);
        assert_eq!(compiled.by_id(entity.id), Some(id.0));
    }
    assert_eq!(compiled.by_id("kyi"), None);
    let forms = lists.forms();
    assert_eq!(compiled.n_forms() as usize, forms.len());
    for (form, (text, senses)) in (0..).zip(forms) {
        assert_eq!(compiled.form(form), text);
        assert_eq!(compiled.senses(form).collect::<Vec<_>>(), senses);
        assert_eq!(longest(&compiled, text), Some((text.len(), form)));
    }
}

#[test]
fn an_empty_list_finds_nothing() {
    let compiled = Compiled::open("test", compile(&Lists::default(), 0).unwrap()).unwrap();
    assert_eq!(longest(&compiled, "Kyiv"), None);
    assert_eq!((compiled.by_id("kyiv"), compiled.n_entities()), (None, 0));
}

#[test]
fn damage_is_refused() {
    let whole = compile(&lists(), 7).unwrap();
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
    let whole = compile(&lists(), 7).unwrap();
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
    let whole = compile(&lists(), 7).unwrap();
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
            let _ = (compiled.form(form), compiled.senses(form).count(), longest(&compiled, "Vladimir Putin"));
        }
    }
}

fn longest(compiled: &Compiled, text: &str) -> Option<(usize, u32)> {
    compiled.table().longest(text, &crate::text::bits::WordBits::new(text), 0, text.len())
}
