//! Spellings that follow from another letter by letter: in capitals (`ЗЕЛЕНСЬКИЙ`), without accents (`Erdogan`).
//!
//! A compiled list keeps the written form alone. What follows from it has the same letters, once accents and case are left out
//! ([`letters`]), so one look finds it, and [`Spelling`] says in which of these spellings a text has it.

use any_ascii::any_ascii_char;
use smallvec::SmallVec;

/// Which spellings follow from a text: those that have its letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Follows {
    /// In capitals.
    pub capitals: bool,
    /// Without accents.
    pub plain: bool,
}

impl Follows {
    /// Which spellings follow from `text`.
    pub fn of(text: &str) -> Follows {
        let mut follows = Follows { capitals: true, plain: true };
        if text.is_ascii() {
            return follows;
        }
        for c in text.chars().filter(|c| !c.is_ascii()) {
            let plain = plain_letter(c);
            let keeps_case = |plain: &str| !c.is_lowercase() || !plain.bytes().any(|byte| byte.is_ascii_uppercase());
            follows.plain &= plain.is_some_and(keeps_case);
            let mut capitals = c.to_uppercase();
            follows.capitals &= match (plain, capitals.next().and_then(plain_letter), capitals.next()) {
                // Nearly all accented letters: `é`, `É`.
                (Some(small), Some(capital), None) => small.eq_ignore_ascii_case(capital),
                _ => of_chars(c.to_uppercase()).eq_ignore_ascii_case(&of_chars(std::iter::once(c))),
            };
        }
        follows
    }
}

/// How a text is written that has the letters of a form: as it is, or in spellings that follow from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spelling {
    /// As it is.
    pub exact: bool,
    /// Without accents.
    pub plain: bool,
    /// In capitals.
    pub capitals: bool,
    /// In capitals, without accents.
    pub plain_capitals: bool,
}

impl Spelling {
    /// How `written` spells `form`, if it may. Cost: a comparison, for nearly all.
    #[inline]
    pub fn of(form: &[u8], written: &str) -> Option<Spelling> {
        let none = Spelling::default();
        if form == written.as_bytes() {
            return Some(Spelling { exact: true, ..none });
        }
        if form.is_ascii() {
            // Their lengths tell nearly always: what only longer forms begin with has none.
            let capitals = form.eq_ignore_ascii_case(written.as_bytes()) && is_capitals(written);
            return capitals.then_some(Spelling { capitals, ..none });
        }
        Some(Spelling::of_letters(std::str::from_utf8(form).ok()?, written)).filter(|spelling| *spelling != none)
    }

    #[cold]
    fn of_letters(form: &str, written: &str) -> Spelling {
        let follows = |form: String| form == written;
        let capitals = is_capitals(written);
        Spelling {
            exact: false,
            plain: follows(plain(form)),
            capitals: capitals && form.chars().flat_map(char::to_uppercase).eq(written.chars()),
            plain_capitals: capitals && follows(plain(form).to_ascii_uppercase()),
        }
    }
}

/// Whether no letter of ASCII is a small one.
fn is_capitals(text: &str) -> bool {
    !text.bytes().any(|byte| byte.is_ascii_lowercase())
}

/// Whether `c` is of a Latin alphabet, so that names are commonly written without its marks.
pub fn is_latin(c: char) -> bool {
    matches!(c as u32, 0..0x250 | 0x1E00..0x1F00)
}

/// The letters of ASCII that stand for a Latin letter outside it: `e` for `é`, `ss` for `ß`.
pub fn plain_letter(c: char) -> Option<&'static str> {
    // What is alphabetic there, for which std searches in a table.
    let letter = matches!(c, 'ª' | 'µ' | 'º' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ' | '\u{1E00}'..='\u{1EFF}');
    letter
        .then(|| any_ascii_char(c))
        .filter(|plain| !plain.is_empty() && plain.bytes().all(|b| b.is_ascii_alphabetic()))
}

/// `text` without accents: what ASCII has for each character.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    text.chars().for_each(|c| if c.is_ascii() { plain.push(c) } else { plain.push_str(any_ascii_char(c)) });
    plain
}

/// Hands on the letters of `text`, some at a time: without accents, and without the case of all but ASCII. Cost: a look into a
/// table for each character outside ASCII.
pub fn letters(text: &str, mut take: impl FnMut(&[u8])) {
    for run in text.as_bytes().chunk_by(|one, other| one.is_ascii() == other.is_ascii()) {
        match std::str::from_utf8(run) {
            Ok(others) if !run[0].is_ascii() => others.chars().for_each(|c| letter(c, &mut take)),
            _ => take(run),
        }
    }
}

fn letter(c: char, take: &mut impl FnMut(&[u8])) {
    let mut bytes = [0; 4];
    if let Some(plain) = plain_letter(c) {
        take(plain.as_bytes());
    } else {
        // By way of the capital, which several small letters may share (`σ`, `ς`).
        let small = c.to_uppercase().flat_map(char::to_lowercase);
        small.for_each(|c| take(c.encode_utf8(&mut bytes).as_bytes()));
    }
}

/// The letters of a few characters.
fn of_chars(chars: impl Iterator<Item = char>) -> SmallVec<[u8; 16]> {
    let mut all = SmallVec::new();
    chars.for_each(|c| letter(c, &mut |bytes| all.extend_from_slice(bytes)));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_has_the_same_letters() {
        let all = |text: &str| {
            let mut all = Vec::new();
            letters(text, |bytes| all.extend_from_slice(bytes));
            all.make_ascii_lowercase();
            all
        };
        let is = |form: &str, written: &str, how: fn(Spelling) -> bool| {
            Spelling::of(form.as_bytes(), written).is_some_and(how)
        };
        let mut followed = 0;
        for c in ('\u{80}'..='\u{2fff}').chain('\u{a640}'..='\u{abff}').chain('\u{fb00}'..='\u{1ffff}') {
            let text = c.to_string();
            let follows = Follows::of(&text);
            if follows.capitals {
                assert_eq!(all(&text.to_uppercase()), all(&text), "{c}");
                assert!(
                    is(&text, &text.to_uppercase(), |spelling| spelling.capitals) || text == text.to_uppercase(),
                    "{c}"
                );
            }
            if follows.plain {
                let plain = plain(&text);
                assert_eq!(all(&plain), all(&text), "{c}");
                assert!(is(&text, &plain, |spelling| spelling.plain), "{c}");
                assert!(is(&text, &plain.to_uppercase(), |spelling| spelling.plain_capitals), "{c}");
                followed += 1;
            }
        }
        assert!(followed > 500, "{followed}");
    }

    #[test]
    fn latin_letters_are_the_alphabetic_ones() {
        for c in ('\0'..='\u{1FFF}').filter(|c| !c.is_ascii() && is_latin(*c)) {
            let plain = any_ascii_char(c);
            let letters = !plain.is_empty() && plain.bytes().all(|byte| byte.is_ascii_alphabetic());
            assert_eq!(plain_letter(c).is_some(), c.is_alphabetic() && letters, "{c}");
        }
    }

    #[test]
    fn some_spellings_do_not_follow() {
        let follows = |text: &str| (Follows::of(text).capitals, Follows::of(text).plain);
        assert_eq!(follows("Erdoğan"), (true, true));
        assert_eq!(follows("Großmann"), (true, true));
        assert_eq!(follows("Зеленський"), (true, false));
        assert_eq!(follows("\u{1f0}"), (false, true), "its capital is two characters");
        assert_eq!(follows("5²"), (true, false), "no letter");
    }
}
