//! What single words can be: first name, surname, ordinary word, head of an organization's name, and so on.
//!
//! The lists are data (`gazetteers/words/`, `gazetteers/compiled/`); a word may be on many of them. The build script makes one
//! table of all, which is used in place: filling a map of 115,000 words at every start took 10 ms.

mod classes;
mod table;

pub use classes::Class;
use table::Table;

static ALL: Table<'static> = Table::new(include_bytes!(concat!(env!("OUT_DIR"), "/words.table")));
static CUES: Table<'static> = Table::new(include_bytes!(concat!(env!("OUT_DIR"), "/cues.table")));

/// What `word` can be as it is written, and in small letters where it begins with a capital. Constant cost.
///
/// ```
/// use actant::text::words::{Class, class};
/// assert!(class("Maria").is(Class::FIRST) && !class("maria").is(Class::FIRST));
/// assert!(class("Council").is(Class::ORG_HEAD) && class("council").is(Class::COMMON));
/// ```
pub fn class(word: &str) -> Class {
    class_at(word, 0, word.len())
}

/// [`class`] of the word `start..end` of a text: a word that stands in a text is read faster.
#[inline]
pub fn class_at(text: &str, start: usize, end: usize) -> Class {
    if text.as_bytes()[start..end].is_ascii() {
        return ALL.get_any_case(text.as_bytes(), start, end);
    }
    class_of_other(&text[start..end])
}

fn class_of_other(word: &str) -> Class {
    let exact = ALL.get(word.as_bytes());
    if word.starts_with(char::is_uppercase) { exact | ALL.get(word.to_lowercase().as_bytes()) } else { exact }
}

/// What a word in small letters, `start..end` of a text, can be besides an ordinary word or a part of a name ([`Class::PLAIN`]). Six words in seven
/// are asked this, and their table stays in the nearest cache: it has less than one word in a hundred.
///
/// ```
/// use actant::text::words::{Class, cue};
/// assert!(cue("he said seldom", 3, 7).is(Class::SPEECH) && cue("he said seldom", 8, 14) == Class::default());
/// ```
#[inline]
pub fn cue(text: &str, start: usize, end: usize) -> Class {
    CUES.get_small(text.as_bytes(), start, end)
}
