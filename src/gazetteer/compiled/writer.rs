//! Makes the compiled form, row by row.

mod finish;

use foldhash::{HashMap, HashSet};

use super::super::entity::{Entity, Facts};
use super::super::forms::{self, Form, FormKind, Letters, is_blank};
use super::super::row::{Row, slug};
use super::built::Built;
use super::table::{self, STARTS, Slot, next_cut, set_starts};
use super::{Counts, NONE, Packed, slots};
use crate::error::{Error, Result};
use crate::model::{Date, EntityType};
use crate::text::chars::is_ascii_word;
use crate::text::hash;

/// A compiled list in the making. Rows are numbered from 0; a later row with the id of an earlier one gives it further names.
pub struct Builder {
    /// The forms in the order in which they came, and their text.
    forms: Vec<Known>,
    heap: String,
    /// The first form of those that differ in case only, by the hash of them all.
    groups: HashMap<u64, u32>,
    /// The hashes of what longer forms begin with, and of their first words.
    prefixes: HashSet<u64>,
    firsts: HashSet<u64>,
    starts: Vec<u32>,
    /// The senses of forms that have more than one.
    lists: Vec<Vec<Packed>>,
    entities: Vec<Item>,
    extras: Vec<[u32; 5]>,
    by_id: HashMap<u64, u32>,
    others: Strings,
    types: Vec<String>,
    longest: usize,
}

/// A form with what it may stand for.
struct Known {
    start: usize,
    end: usize,
    hash: u64,
    /// The next form that differs from it in case only, or [`NONE`].
    next: u32,
    /// Its sense, or a list of them.
    senses: Packed,
    /// Whether one of them lets it stand in capitals.
    capitals: bool,
}

/// An entity: where its name stands, what is known of it.
struct Item {
    name: NameOf,
    facts: u32,
    extra: u32,
}

#[derive(Clone, Copy)]
enum NameOf {
    /// The form of this number, as it came.
    Form(u32),
    /// The other string of this number.
    Other(u32),
}

impl Default for Builder {
    fn default() -> Builder {
        Builder {
            forms: Vec::new(),
            heap: String::new(),
            groups: HashMap::default(),
            prefixes: HashSet::default(),
            firsts: HashSet::default(),
            starts: vec![0; STARTS],
            lists: Vec::new(),
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
    /// Adds a row. Cost: about a microsecond, most of it for making the forms.
    ///
    /// # Errors
    /// There are too many names for numbers of 32 bits (134 million entities, 4 GB of text), or of types.
    pub fn add(&mut self, row: &Row) -> Result<()> {
        let id = hash::of(row.id.as_bytes());
        let blocks = row.entity_type == "none";
        let same = |at: &u32| {
            self.id_of(*at) == row.id && (self.entities[*at as usize].facts & Facts::BLOCKS.0 != 0) == blocks
        };
        let known = self.by_id.get(&id).copied().filter(same);
        let entity = known.unwrap_or(self.entities.len() as u32);
        let mut name = None;
        for Form { text, kind, letters } in forms::of(row) {
            let form = self.form(&text)?;
            self.sense(form, Packed::new(entity, kind, letters), known.is_none());
            name = name.or_else(|| (text == row.name).then_some(NameOf::Form(form)));
        }
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
        if self.entities.len() >= 1 << 27 || self.forms.len() >= 1 << 30 || self.lists.len() >= 1 << 29 {
            return Err(too_many());
        }
        Ok(())
    }

    /// The form of this text; a new one is cut into its pieces.
    fn form(&mut self, text: &str) -> Result<u32> {
        let bytes = text.as_bytes();
        let (mut hash, mut from) = (hash::SEED, 0);
        let word_end = |at: usize| at + bytes[at..].iter().take_while(|byte| is_ascii_word(**byte)).count();
        while let Some(to) = next_cut(text, from, word_end) {
            hash = hash::extend_any_case(hash, &bytes[from..to]);
            if to < text.len() {
                self.prefixes.insert(hash);
            }
            if from == 0 {
                let small = bytes[0].is_ascii_lowercase();
                self.firsts.insert(table::first_key(hash, small));
                // It may be found in capitals.
                self.firsts.insert(hash);
            }
            from = to;
        }
        debug_assert!(!text.ends_with(is_blank), "forms are trimmed");
        let number = self.forms.len() as u32;
        let mut last = NONE;
        let mut at = *self.groups.entry(hash).or_insert(number);
        while at != NONE && at != number {
            let known = &self.forms[at as usize];
            let other = &self.heap[known.start..known.end];
            if other == text {
                return Ok(at);
            }
            if !hash::alike(other.as_bytes(), bytes) {
                return Err(Error::new("", format!("`{other}` and `{text}` have the same hash"))
                    .way_out("compile them as two lists"));
            }
            (last, at) = (at, known.next);
        }
        if let Some(last) = self.forms.get_mut(last as usize) {
            last.next = number;
        }
        set_starts(bytes, &mut self.starts);
        self.longest = self.longest.max(text.len());
        let start = self.heap.len();
        self.heap.push_str(text);
        self.forms.push(Known {
            start,
            end: self.heap.len(),
            hash,
            next: NONE,
            senses: Packed::EMPTY,
            capitals: false,
        });
        Ok(number)
    }

    /// Adds a sense to a form, joined with those that the entity has there. One that has just been made has none but the last.
    fn sense(&mut self, form: u32, sense: Packed, new: bool) {
        let known = &mut self.forms[form as usize];
        if sense.capitals() && !std::mem::replace(&mut known.capitals, true) {
            set_starts(self.heap[known.start..known.end].to_ascii_uppercase().as_bytes(), &mut self.starts);
        }
        let senses = &mut self.forms[form as usize].senses;
        if *senses == Packed::EMPTY {
            *senses = sense;
            return;
        }
        let list = match senses.list() {
            Some(list) => &mut self.lists[list],
            None => {
                let first = std::mem::replace(senses, Packed::list_at(self.lists.len()));
                self.lists.push(vec![first]);
                self.lists.last_mut().expect("just pushed")
            }
        };
        let look = if new { list.len() - 1 } else { 0 };
        match list[look..].iter_mut().find(|known| known.entity() == sense.entity()) {
            Some(known) => *known = known.join(sense),
            None => list.push(sense),
        }
    }

    fn id_of(&self, entity: u32) -> String {
        let item = &self.entities[entity as usize];
        match self.extras.get((item.extra as usize).wrapping_sub(1)).map(|extra| extra[0]) {
            Some(id) if id != NONE => self.others.text(id).to_owned(),
            _ => slug(self.name_of(item)),
        }
    }

    fn name_of(&self, item: &Item) -> &str {
        match item.name {
            NameOf::Form(form) => &self.heap[self.forms[form as usize].start..self.forms[form as usize].end],
            NameOf::Other(other) => self.others.text(other),
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
        let own_id = slug(&row.name) != row.id;
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

impl Packed {
    fn new(entity: u32, kind: FormKind, letters: Letters) -> Packed {
        let (capitals, upper) = (letters == Letters::OrCapitals, letters == Letters::Capitals);
        Packed(entity << 5 | (kind as u32) << 2 | u32::from(capitals) << 1 | u32::from(upper))
    }

    /// The better of two senses of one entity, as [`Sense::join`] has it.
    fn join(self, other: Packed) -> Packed {
        let rank = |packed: Packed| (packed.0 & 1, packed.0 >> 2 & 7);
        let best = if rank(other) < rank(self) { other } else { self };
        Packed(best.0 | (self.0 | other.0) & 2)
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
