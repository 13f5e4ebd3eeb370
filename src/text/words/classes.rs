//! The classes of words, and the lists that say which words are of them.

use std::ops::BitOr;

/// What a word can be: a set of the constants below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Class(pub(super) u32);

impl Class {
    /// A first name.
    pub const FIRST: Class = Class(1);
    /// A surname.
    pub const LAST: Class = Class(1 << 1);
    /// On its list with a reservation, which the head of the list explains: a first name or surname that is also an ordinary
    /// word ("May", "Rice"), a preposition that leads to much else than places ("from").
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

    /// No word, but an opening bracket.
    pub const BRACKET: Class = Class(1 << 28);
    /// No word, but `&`.
    pub const AND_SIGN: Class = Class(1 << 30);
    /// Written in capitals.
    pub const CAPITALS: Class = Class(1 << 29);

    /// Stands in a title behind its first word ("minister" of "prime minister").
    pub const TITLE_INNER: Class = Class(1 << 31);

    /// An ordinary word, or a part of a person's name.
    pub const PLAIN: Class = Class(Class::FIRST.0 | Class::LAST.0 | Class::WEAK.0 | Class::COMMON.0);

    /// Any of both, in a constant.
    pub const fn or(self, other: Class) -> Class {
        Class(self.0 | other.0)
    }

    /// Whether the word can be one of `classes`.
    #[inline]
    pub fn is(self, classes: Class) -> bool {
        self.0 & classes.0 != 0
    }
}

impl BitOr for Class {
    type Output = Class;

    #[inline]
    fn bitor(self, other: Class) -> Class {
        self.or(other)
    }
}

/// The lists with the class of their words, by path in `gazetteers/`; a tab and `w` behind a word add [`Class::WEAK`].
pub const LISTS: &[(&str, Class)] = &[
    ("compiled/common-words.txt", Class::COMMON),
    ("compiled/first-names.txt", Class::FIRST),
    ("compiled/last-names.txt", Class::LAST),
    ("words/calendar.txt", Class::CALENDAR),
    ("words/company-suffixes.txt", Class::COMPANY),
    ("words/events.txt", Class::EVENT),
    ("words/honorifics.txt", Class::HONORIFIC),
    ("words/institutions.txt", Class::INSTITUTION),
    ("words/market-verbs.txt", Class::MARKET),
    ("words/name-tails.txt", Class::NAME_TAIL),
    ("words/not-names.txt", Class::NOT_NAME),
    ("words/organization-followers.txt", Class::ORG_FOLLOWER),
    ("words/organization-heads.txt", Class::ORG_HEAD),
    ("words/organization-nouns.txt", Class::ORG_NOUN),
    ("words/organization-of.txt", Class::ORG_OF),
    ("words/particles.txt", Class::PARTICLE),
    ("words/person-nouns.txt", Class::PERSON_NOUN),
    ("words/place-followers.txt", Class::PLACE_FOLLOWER),
    ("words/place-kinds.txt", Class::PLACE_KIND),
    ("words/place-leads.txt", Class::PLACE_LEAD),
    ("words/place-prepositions.txt", Class::PLACE_PREPOSITION),
    ("words/place-tails.txt", Class::PLACE_TAIL),
    ("words/place-tails-sure.txt", Class::PLACE_SURE),
    ("words/sentence-starters.txt", Class::STARTER),
    ("words/speech-verbs.txt", Class::SPEECH),
    ("words/sports.txt", Class::SPORT),
];

/// The list of titles: the first word of each is of [`Class::TITLE`], the others of
/// [`Class::TITLE_INNER`].
pub const TITLES: &str = "words/titles.txt";
