//! What single words can be: first name, surname, ordinary word, head of an organization's name, and so on.
//!
//! The lists are data (`gazetteers/words/`, `gazetteers/compiled/`); a word may be on many of them.

use std::ops::BitOr;
use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt};

/// What a word can be: a set of the constants below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Class(u32);

impl Class {
    /// A first name.
    pub const FIRST: Class = Class(1);
    /// A surname.
    pub const LAST: Class = Class(1 << 1);
    /// A first name or surname that is also an ordinary word ("May", "Rice").
    pub const WEAK: Class = Class(1 << 2);
    /// An ordinary word of the language.
    pub const COMMON: Class = Class(1 << 3);
    /// Begins sentences.
    pub const STARTER: Class = Class(1 << 4);
    /// A verb of saying.
    pub const SPEECH: Class = Class(1 << 5);
    /// A day or month.
    pub const CALENDAR: Class = Class(1 << 6);
    /// Ends the name of an organization ("Council").
    pub const ORG_HEAD: Class = Class(1 << 7);
    /// Begins the name of an organization before `of` or `for` ("Ministry").
    pub const ORG_OF: Class = Class(1 << 8);
    /// A legal form ("Inc").
    pub const COMPANY: Class = Class(1 << 9);
    /// Ends the name of a place ("River").
    pub const PLACE_TAIL: Class = Class(1 << 10);
    /// Begins the name of a place ("Lake").
    pub const PLACE_LEAD: Class = Class(1 << 11);
    /// Leads to a place ("in").
    pub const PLACE_PREPOSITION: Class = Class(1 << 12);
    /// What a place is called before `of` ("village").
    pub const PLACE_KIND: Class = Class(1 << 13);
    /// A small word inside a name ("von").
    pub const PARTICLE: Class = Class(1 << 14);
    /// Ends the name of an event, law, work or the like ("Treaty").
    pub const EVENT: Class = Class(1 << 15);
    /// Capitalised, but no part of a name by itself ("Muslim").
    pub const NOT_NAME: Class = Class(1 << 16);
    /// Takes a bare surname ("Mr").
    pub const HONORIFIC: Class = Class(1 << 17);
    /// Makes the surname before it part of another name ("Jr", "Tower").
    pub const NAME_TAIL: Class = Class(1 << 18);
    /// Stands after a comma behind a person ("spokesman").
    pub const PERSON_NOUN: Class = Class(1 << 19);

    /// A body that every state has ("Parliament").
    pub const INSTITUTION: Class = Class(1 << 20);
    /// Stands before an organization ("company").
    pub const ORG_NOUN: Class = Class(1 << 21);
    /// Stands behind an organization ("shares").
    pub const ORG_FOLLOWER: Class = Class(1 << 22);
    /// A word of sports.
    pub const SPORT: Class = Class(1 << 23);
    /// Ends the name of a place even behind a first name ("Street").
    pub const PLACE_SURE: Class = Class(1 << 24);
    /// What prices do ("rose").
    pub const MARKET: Class = Class(1 << 25);
    /// Stands behind a place ("village").
    pub const PLACE_FOLLOWER: Class = Class(1 << 26);

    /// Begins a title ("prime" of "prime minister").
    pub const TITLE: Class = Class(1 << 27);

    /// Whether the word can be one of `classes`.
    pub fn is(self, classes: Class) -> bool {
        self.0 & classes.0 != 0
    }
}

impl BitOr for Class {
    type Output = Class;

    fn bitor(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }
}

/// What `word` can be as it is written, without case for the classes of ordinary words. Constant cost.
///
/// ```
/// use actant::text::words::{Class, class};
/// assert!(class("Maria").is(Class::FIRST) && !class("maria").is(Class::FIRST));
/// assert!(class("Council").is(Class::ORG_HEAD) && class("council").is(Class::COMMON));
/// ```
pub fn class(word: &str) -> Class {
    let table = &*TABLE;
    let exact = table.get(word).copied().unwrap_or_default();
    if !word.starts_with(|c: char| c.is_uppercase()) {
        return exact;
    }
    let mut lower = [0u8; 32];
    if word.is_ascii() && word.len() <= lower.len() {
        let lower = &mut lower[..word.len()];
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        let lower = std::str::from_utf8(lower).unwrap_or_default();
        return exact | table.get(lower).copied().unwrap_or_default();
    }
    exact | table.get(word.to_lowercase().as_str()).copied().unwrap_or_default()
}

/// A list with the class of its words; a tab and `w` behind a word add [`Class::WEAK`].
const LISTS: &[(&str, Class)] = &[
    (include_str!("../../gazetteers/compiled/common-words.txt"), Class::COMMON),
    (include_str!("../../gazetteers/compiled/first-names.txt"), Class::FIRST),
    (include_str!("../../gazetteers/compiled/last-names.txt"), Class::LAST),
    (include_str!("../../gazetteers/words/calendar.txt"), Class::CALENDAR),
    (include_str!("../../gazetteers/words/company-suffixes.txt"), Class::COMPANY),
    (include_str!("../../gazetteers/words/events.txt"), Class::EVENT),
    (include_str!("../../gazetteers/words/honorifics.txt"), Class::HONORIFIC),
    (include_str!("../../gazetteers/words/institutions.txt"), Class::INSTITUTION),
    (include_str!("../../gazetteers/words/market-verbs.txt"), Class::MARKET),
    (include_str!("../../gazetteers/words/name-tails.txt"), Class::NAME_TAIL),
    (include_str!("../../gazetteers/words/not-names.txt"), Class::NOT_NAME),
    (include_str!("../../gazetteers/words/organization-followers.txt"), Class::ORG_FOLLOWER),
    (include_str!("../../gazetteers/words/organization-heads.txt"), Class::ORG_HEAD),
    (include_str!("../../gazetteers/words/organization-nouns.txt"), Class::ORG_NOUN),
    (include_str!("../../gazetteers/words/organization-of.txt"), Class::ORG_OF),
    (include_str!("../../gazetteers/words/particles.txt"), Class::PARTICLE),
    (include_str!("../../gazetteers/words/person-nouns.txt"), Class::PERSON_NOUN),
    (include_str!("../../gazetteers/words/place-followers.txt"), Class::PLACE_FOLLOWER),
    (include_str!("../../gazetteers/words/place-kinds.txt"), Class::PLACE_KIND),
    (include_str!("../../gazetteers/words/place-leads.txt"), Class::PLACE_LEAD),
    (include_str!("../../gazetteers/words/place-prepositions.txt"), Class::PLACE_PREPOSITION),
    (include_str!("../../gazetteers/words/place-tails.txt"), Class::PLACE_TAIL),
    (include_str!("../../gazetteers/words/place-tails-sure.txt"), Class::PLACE_SURE),
    (include_str!("../../gazetteers/words/sentence-starters.txt"), Class::STARTER),
    (include_str!("../../gazetteers/words/speech-verbs.txt"), Class::SPEECH),
    (include_str!("../../gazetteers/words/sports.txt"), Class::SPORT),
];

static TABLE: LazyLock<HashMap<&'static str, Class>> = LazyLock::new(|| {
    let mut table: HashMap<&str, Class> = HashMap::with_capacity(140_000);
    for &(text, class) in LISTS {
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            let (word, mark) = line.split_once('\t').unwrap_or((line, ""));
            let class = if mark == "w" { class | Class::WEAK } else { class };
            let known = table.entry(word).or_default();
            *known = *known | class;
        }
    }
    for line in include_str!("../../gazetteers/words/titles.txt").lines().filter(|line| !line.starts_with('#')) {
        let word = line.split([' ', '-']).next().unwrap_or(line);
        let known = table.entry(word).or_default();
        *known = *known | Class::TITLE;
    }
    table
});
