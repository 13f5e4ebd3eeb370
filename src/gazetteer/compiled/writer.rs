//! Makes the compiled form, row by row.

mod finish;

use foldhash::HashMap;
use smallvec::SmallVec;

use super::super::entity::{Entity, Facts};
use super::super::forms::{self, Form, Letters, is_blank};
use super::super::row::{Row, is_slug, slug};
use super::super::spelling::{plain, plain_letter};
use super::built::Built;
use super::table::{self, STARTS, next_cut, set_starts};
use super::{Counts, NONE, Packed};
use crate::error::{Error, Result};
use crate::model::{Date, EntityType};
use crate::text::chars::is_ascii_word;
use crate::text::hash;

/// A compiled list in the making. Rows are numbered from 0; a later row with the id of an earlier one gives it further names.
///
/// Forms are not looked up as they come: each is noted with its hash, and all are sorted at the end. In that order they stand in
/// the list, so whatever belongs to them is written from front to back; a table of ten million forms in memory waits for
/// memory at each of them instead.
pub struct Builder {
    /// Every form of every row, as it came, and the texts.
    noted: Vec<Noted>,
    heap: String,
    /// The hashes of what longer forms begin with.
    beginnings: HashMap<u64, Beginning>,
    starts: Vec<u32>,
    entities: Vec<Item>,
    extras: Vec<[u32; 5]>,
    by_id: HashMap<u64, u32>,
    others: Strings,
    types: Vec<String>,
    longest: usize,
}

/// A form of a row.
struct Noted {
    hash: u64,
    start: u32,
    length: u32,
    /// Whether it is the name of a new entity.
    names: bool,
    /// What it is as a beginning, if it is one word.
    word: Beginning,
    sense: Packed,
}

impl Noted {
    fn text<'t>(&self, texts: &'t str) -> &'t str {
        text_of(texts, self.start, self.length)
    }
}

/// What is known of a piece as a beginning of forms.
#[derive(Clone, Copy, Default)]
struct Beginning {
    /// Whether it is one word.
    first: bool,
    /// Whether that is one that begins with a small letter of ASCII, in some spelling that is not in capitals.
    small: bool,
    /// Whether a form goes on behind it.
    goes_on: bool,
}

impl Beginning {
    fn join(&mut self, other: Beginning) {
        self.first |= other.first;
        self.small |= other.small;
        self.goes_on |= other.goes_on;
    }
}

/// An entity: where its name stands, what is known of it.
struct Item {
    name: NameOf,
    facts: u32,
    extra: u32,
}

#[derive(Clone, Copy)]
enum NameOf {
    /// The form that was noted there.
    Form { start: u32, length: u32 },
    /// The other string of this number.
    Other(u32),
}

impl Default for Builder {
    fn default() -> Builder {
        Builder {
            noted: Vec::new(),
            heap: String::new(),
            beginnings: HashMap::default(),
            starts: vec![0; STARTS],
            entities: Vec::new(),
            extras: Vec::new(),
            by_id: HashMap::default(),
            others: Strings::default(),
            types: Vec::new(),
            longest: 0,
        }
    }
}

impl Builder {
    /// Makes room for so many further rows, so that nothing is moved as it grows; twice as many forms, as people have.
    pub fn reserve(&mut self, rows: usize) {
        self.noted.reserve(2 * rows);
        self.entities.reserve(rows);
        self.by_id.reserve(rows);
    }

    /// Adds a row. Cost: half a microsecond.
    ///
    /// # Errors
    /// There are too many names for numbers of 32 bits (67 million entities, 4 GB of text), or of types.
    pub fn add(&mut self, row: &Row) -> Result<()> {
        let id = hash::of(row.id.as_bytes());
        let blocks = row.entity_type == "none";
        let same = |at: &u32| {
            let item = &self.entities[*at as usize];
            (item.facts & Facts::BLOCKS.0 != 0) == blocks && self.id_of(item) == row.id
        };
        let known = self.by_id.get(&id).copied().filter(same);
        let entity = known.unwrap_or(self.entities.len() as u32);
        let mut name = None;
        forms::each(row, &mut |form| {
            let names = known.is_none() && name.is_none() && form.text == row.name;
            let at = self.form(&form, entity, names);
            name = name.or(names.then_some(at));
        });
        match known {
            Some(at) if row.lone => self.entities[at as usize].facts |= Facts::LONE.0,
            Some(_) => {}
            None => {
                self.by_id.insert(id, entity);
                let name = name.unwrap_or_else(|| NameOf::Other(self.others.number(&row.name)));
                let (facts, extra) = (self.facts(row)?, self.extra(row));
                self.entities.push(Item { name, facts, extra });
            }
        }
        if self.entities.len() >= 1 << 26 || self.noted.len() >= 1 << 29 || self.heap.len() >= u32::MAX as usize {
            return Err(too_many());
        }
        Ok(())
    }

    /// Notes a form of an entity, cut into its pieces.
    fn form(&mut self, form: &Form, entity: u32, names: bool) -> NameOf {
        let (text, bytes) = (form.text, form.text.as_bytes());
        let (mut hash, mut from, mut word) = (hash::SEED, 0, Beginning::default());
        let word_end = |at: usize| at + bytes[at..].iter().take_while(|byte| is_ascii_word(**byte)).count();
        while let Some((to, ascii)) = next_cut(text, from, word_end) {
            hash = table::extend(hash, text, from..to, ascii);
            let first = from == 0;
            let piece = Beginning { first, small: first && begins_small(form), goes_on: to < text.len() };
            if piece.goes_on {
                self.beginnings.entry(hash).or_default().join(piece);
            } else {
                word = piece;
            }
            from = to;
        }
        debug_assert!(!text.ends_with(is_blank), "forms are trimmed");
        // No spelling has more than three bytes for one.
        if text.len() + 2 * bytes.iter().filter(|byte| !byte.is_ascii()).count() > self.longest {
            self.longest = self.longest.max(longest_spelling(text));
        }
        starts_of(form, &mut self.starts);
        // A surname is the end of the name that was noted before it.
        if names || !self.heap.ends_with(text) {
            self.heap.push_str(text);
        }
        let (start, length) = ((self.heap.len() - text.len()) as u32, text.len() as u32);
        self.noted.push(Noted { hash, start, length, names, word, sense: Packed::new(entity, form) });
        NameOf::Form { start, length }
    }

    fn id_of(&self, item: &Item) -> String {
        match self.extras.get((item.extra as usize).wrapping_sub(1)).map(|extra| extra[0]) {
            Some(id) if id != NONE => self.others.text(id).to_owned(),
            _ => slug(match item.name {
                NameOf::Form { start, length } => text_of(&self.heap, start, length),
                NameOf::Other(other) => self.others.text(other),
            }),
        }
    }

    /// The number of the type of a row, and what is asked of an entity most often.
    fn facts(&mut self, row: &Row) -> Result<u32> {
        let entity_type = (row.entity_type != "none").then(|| EntityType::from_name(&row.entity_type));
        let number = match &entity_type {
            None => 0xFFFF,
            Some(_) => match self.types.iter().position(|known| *known == row.entity_type) {
                Some(number) => number,
                None => {
                    self.types.push(row.entity_type.clone());
                    self.others.number(&row.entity_type);
                    self.types.len() - 1
                }
            },
        };
        if self.types.len() >= 0xFFFF {
            return Err(Error::new("", "more than 65,534 types").way_out("use `class` for finer sorts"));
        }
        let entity = Entity {
            id: "".into(),
            name: &row.name,
            entity_type,
            lone: row.lone,
            prominence: row.prominence,
            class: &row.class,
            country: &row.country,
            from: row.from,
            until: row.until,
        };
        Ok(number as u32 | Facts::of(&entity).0)
    }

    /// What most entities of a large list have not: an id that is not made from the name, class, country, days. 0 without any.
    fn extra(&mut self, row: &Row) -> u32 {
        let mut string = |text: &str| if text.is_empty() { NONE } else { self.others.number(text) };
        let own_id = !is_slug(&row.id, &row.name);
        let day = |day: Option<Date>| day.map_or(0, Date::number);
        let extra = [
            string(if own_id { &row.id } else { "" }),
            string(&row.class),
            string(&row.country),
            day(row.from),
            day(row.until),
        ];
        if extra == [NONE, NONE, NONE, 0, 0] {
            return 0;
        }
        self.extras.push(extra);
        self.extras.len() as u32
    }
}

/// A text among those that were noted.
fn text_of(heap: &str, start: u32, length: u32) -> &str {
    &heap[start as usize..(start + length) as usize]
}

/// Whether a form begins with a small letter of ASCII, as it is or without accents.
fn begins_small(form: &Form) -> bool {
    let is_small = |text: &str| text.starts_with(|c: char| c.is_ascii_lowercase());
    is_small(form.text) || form.plain && form.text.chars().next().and_then(plain_letter).is_some_and(is_small)
}

/// Bytes of the longest spelling of a text.
fn longest_spelling(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.len().max(text.to_uppercase().len()).max(plain(text).len()) }
}

/// Sets the bits of what a form begins with in any spelling: three characters are at least three bytes in each.
fn starts_of(form: &Form, starts: &mut [u32]) {
    let capitals = form.letters == Letters::OrCapitals;
    if let Some(first) = form.text.as_bytes().first_chunk::<3>()
        && first.is_ascii()
    {
        set_starts(first, starts);
        if capitals {
            set_starts(&first.map(|byte| byte.to_ascii_uppercase()), starts);
        }
        return;
    }
    let end = form.text.char_indices().nth(3).map_or(form.text.len(), |(at, _)| at);
    let text = &form.text[..end];
    for text in [Some(text.to_owned()), form.plain.then(|| plain(text))].into_iter().flatten() {
        set_starts(text.as_bytes(), starts);
        if capitals {
            set_starts(text.to_uppercase().as_bytes(), starts);
        }
    }
}

/// Strings that are no forms, each once.
#[derive(Default)]
struct Strings {
    numbers: HashMap<Box<str>, u32>,
    ends: Vec<usize>,
    heap: String,
}

impl Strings {
    fn number(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        let number = self.ends.len() as u32;
        self.heap.push_str(text);
        self.ends.push(self.heap.len());
        self.numbers.insert(text.into(), number);
        number
    }

    fn known(&self, text: &str) -> u32 {
        self.numbers.get(text).copied().unwrap_or(NONE)
    }

    fn text(&self, number: u32) -> &str {
        let start = (number as usize).checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.heap[start..self.ends[number as usize]]
    }
}

/// The bytes of a list of these rows ([`Builder`]).
///
/// # Errors
/// As for [`Builder::add`].
pub fn compile(rows: impl IntoIterator<Item = Row>, sources: u64) -> Result<Vec<u8>> {
    let mut builder = Builder::default();
    for row in rows {
        builder.add(&row)?;
    }
    Ok(builder.finish(sources)?.bytes())
}

fn too_many() -> Error {
    Error::new("", "too many names for one compiled list").way_out("compile them as several lists")
}
