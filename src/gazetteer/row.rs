//! A line of a name list, whatever its format.

use any_ascii::any_ascii_char;
use xxhash_rust::xxh3::Xxh3Default;

use crate::model::Date;

/// A line of a name list, as its format gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Stable name in every output; made from `name` when the list has none.
    pub id: String,
    /// `person`, `place`, `organization`, a type of the user's own, or `none` (a block list).
    pub entity_type: String,
    /// The name to show.
    pub name: String,
    /// Other full names.
    pub aliases: Vec<String>,
    /// Short forms that need support; nothing: the surname, for a person.
    pub short: Option<Vec<String>>,
    /// Whether a short form may stand alone.
    pub lone: bool,
    /// Its people and its adjective.
    pub demonyms: Vec<String>,
    /// How upper and lower case count.
    pub case: Case,
    /// 0 to 9: how present in the news.
    pub prominence: u8,
    /// What sort of thing.
    pub class: String,
    /// ISO 3166 code of its country.
    pub country: String,
    /// First day on which the row holds.
    pub from: Option<Date>,
    /// Last day on which the row holds.
    pub until: Option<Date>,
}

impl Row {
    /// Adds everything that the row says to `hash`.
    pub(super) fn hash(&self, hash: &mut Xxh3Default) {
        let Row {
            id,
            entity_type,
            name,
            aliases,
            short,
            lone,
            demonyms,
            case,
            prominence,
            class,
            country,
            from,
            until,
        } = self;
        for text in [id, entity_type, name, class, country] {
            hash_texts(std::slice::from_ref(text), hash);
        }
        hash_texts(aliases, hash);
        hash_texts(demonyms, hash);
        hash_texts(short.as_deref().unwrap_or_default(), hash);
        hash.update(&[u8::from(short.is_some()), u8::from(*lone), *case as u8, *prominence]);
        for date in [from, until] {
            hash.update(&date.map_or(0, Date::number).to_le_bytes());
        }
    }
}

/// Adds texts with their number and lengths, so that no two lists of texts look alike.
fn hash_texts(texts: &[String], hash: &mut Xxh3Default) {
    hash.update(&(texts.len() as u64).to_le_bytes());
    for text in texts {
        hash.update(&(text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    }
}

/// How upper and lower case count when a name is matched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Case {
    /// As written, or in capitals; acronyms only as written.
    #[default]
    Usual,
    /// Only as written.
    Exact,
    /// In any case.
    Any,
}

/// A longer name is a fault of the list, not a name.
const MAX_NAME: usize = 500;

/// Refuses rows that would match everywhere or nowhere.
pub(super) fn check(row: Row) -> std::result::Result<Row, String> {
    if row.name.is_empty() {
        return Err("the name is empty".into());
    }
    if row.entity_type.is_empty() {
        return Err(format!(
            "`{}` has no type; expected person, place, organization, none or one of your own",
            row.name
        ));
    }
    let names = [&row.name].into_iter().chain(&row.aliases).chain(row.short.iter().flatten()).chain(&row.demonyms);
    for name in names {
        if name.len() > MAX_NAME {
            return Err(format!("a name of {} bytes; the limit is {MAX_NAME}", name.len()));
        }
        if !name.chars().any(char::is_alphanumeric) {
            return Err(format!("`{name}` has no letter or digit, so it cannot be found as a word"));
        }
    }
    if row.id.is_empty() {
        return Err(format!("no id can be made from `{}`; give the row an id", row.name));
    }
    Ok(row)
}

/// The stable id made from a name: letters and digits in lower case ASCII, `-` between words.
///
/// ```
/// assert_eq!(actant::gazetteer::slug("Ursula von der Leyen"), "ursula-von-der-leyen");
/// assert_eq!(actant::gazetteer::slug("Côte d'Ivoire"), "cote-divoire");
/// ```
pub fn slug(name: &str) -> String {
    slug_of(name.as_bytes(), name.is_ascii())
}

/// The same for the bytes of a name, given whether they are of ASCII; empty where they are no UTF-8.
pub(super) fn slug_of(name: &[u8], is_ascii: bool) -> String {
    let mut slug = String::with_capacity(name.len() + 8);
    each_of_slug(name, is_ascii, |byte| {
        slug.push(char::from(byte));
        true
    });
    slug
}

/// Whether `id` is the slug of `name`.
pub(super) fn is_slug(id: &str, name: &str) -> bool {
    let mut left = id.as_bytes();
    each_of_slug(name.as_bytes(), name.is_ascii(), |byte| left.split_off_first() == Some(&byte)) && left.is_empty()
}

/// Hands on the slug of `name` until that is not wanted; returns whether it was to the end.
#[inline]
fn each_of_slug(name: &[u8], is_ascii: bool, mut take: impl FnMut(u8) -> bool) -> bool {
    // A hyphen waits for what follows it: none stands at the start or the end.
    let (mut hyphen, mut first) = (false, true);
    let mut push = |byte: u8| {
        if byte.is_ascii_alphanumeric() {
            let goes_on = (!hyphen || take(b'-')) && take(byte.to_ascii_lowercase());
            (hyphen, first) = (false, false);
            return goes_on;
        }
        hyphen |= !first && !matches!(byte, b'\'' | b'.');
        true
    };
    if is_ascii {
        return name.iter().all(|byte| push(*byte));
    }
    let mut chars = std::str::from_utf8(name).unwrap_or_default().chars();
    chars.all(|c| if c.is_ascii() { push(c as u8) } else { any_ascii_char(c).bytes().all(&mut push) })
}
