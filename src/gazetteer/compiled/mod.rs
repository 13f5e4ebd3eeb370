//! The compiled form of a name list: one block of bytes that is used in place.
//!
//! ```text
//! header   magic, version, hash of the sources, checksum, total length, counts        HEADER bytes
//! columns  numbers of 32 bits, little endian, one column after the other               see Layout
//! heap     the text of all strings, sorted forms first                                 to the end
//! ```
//!
//! A start reads the header, and checks that the heap is UTF-8; every field is decoded when it is asked for. No field
//! needs alignment, and no damage can make an access fail: what lies outside is empty.

pub mod table;
mod writer;

use std::borrow::Cow;
use std::fmt;

use super::entity::{Entity, EntityId, Facts, Sense};
use super::forms::FormKind;
use crate::error::{Error, Result};
use crate::model::{Date, EntityType};
use table::{STARTS, Table};
pub use writer::compile;

/// The first bytes of every compiled list.
pub const MAGIC: [u8; 8] = *b"\x89actant\n";

/// The version of the layout. One more with each change of it, or of how forms are made, cut or hashed.
pub const VERSION: u32 = 2;

/// Bytes of the header: magic, version, a reserved word, four numbers of 64 bits, and the counts.
const HEADER: usize = 16 + 3 * 8 + 4 * COUNTS;
const SOURCES: usize = 16;
const LENGTH: usize = 24;
const CHECKSUM: usize = 32;
const COUNTS_AT: usize = 40;

/// How many of everything there are, in the order of the header.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    entities: u32,
    forms: u32,
    senses: u32,
    strings: u32,
    types: u32,
    slots: u32,
    firsts: u32,
    seed: u32,
    longest: u32,
}
const COUNTS: usize = 9;

/// Where each column begins, in bytes from the start.
#[derive(Clone, Copy, Debug, Default)]
struct Layout {
    /// Where each string begins in the heap, and the end of the last; the forms are the first strings, sorted.
    strings: usize,
    /// The columns of [`FIELDS`], one after the other.
    fields: usize,
    /// The entities, sorted by id.
    by_id: usize,
    /// The strings that name the types.
    types: usize,
    /// Where the senses of each form begin, and the end of the last.
    form_senses: usize,
    /// Entity, kind and case of each sense in one number ([`pack`]).
    senses: usize,
    slots: usize,
    starts: usize,
    firsts: usize,
    heap: usize,
}

/// The columns of an entity; a string is stored by its number.
#[derive(Clone, Copy)]
enum Field {
    Id,
    Name,
    Class,
    Country,
    /// The number of its type (16 bits; one past the last for an entry that blocks), and [`Facts`] above.
    Facts,
    From,
    Until,
}
const FIELDS: u64 = 7;

impl Layout {
    /// The layout for these counts, or nothing when it does not fit into memory.
    fn new(counts: &Counts) -> Option<Layout> {
        let mut at = HEADER as u64;
        let mut column = |words: u64| {
            let start = usize::try_from(at).ok();
            at += 4 * words;
            start
        };
        let [entities, forms, senses, strings, types, slots, firsts] =
            [counts.entities, counts.forms, counts.senses, counts.strings, counts.types, counts.slots, counts.firsts]
                .map(u64::from);
        Some(Layout {
            strings: column(strings + 1)?,
            fields: column(FIELDS * entities)?,
            by_id: column(entities)?,
            types: column(types)?,
            form_senses: column(forms + 1)?,
            senses: column(senses)?,
            slots: column(2 * slots)?,
            starts: column(STARTS as u64)?,
            firsts: column(firsts)?,
            heap: column(0)?,
        })
    }
}

/// A compiled name list in memory. Entities are numbered from 0 in the order of the rows.
#[derive(Clone)]
pub struct Compiled {
    /// Header and columns.
    columns: Cow<'static, [u8]>,
    heap: Cow<'static, str>,
    counts: Counts,
    layout: Layout,
    types: Vec<EntityType>,
    sources: u64,
}

impl Compiled {
    /// Takes the bytes of a file. Cost: one pass over them for the checksum (0.1 ms a megabyte).
    ///
    /// # Errors
    /// They are no compiled list, or one of another version, or damaged.
    pub fn open(place: &str, mut bytes: Vec<u8>) -> Result<Compiled> {
        let (counts, layout) = read_header(place, &bytes)?;
        if checksum(&bytes) != long_at(&bytes, CHECKSUM) {
            return Err(damaged(place, "its checksum is wrong"));
        }
        let heap =
            String::from_utf8(bytes.split_off(layout.heap)).map_err(|_| damaged(place, "its text is not UTF-8"))?;
        Ok(Compiled::new(Cow::Owned(bytes), Cow::Owned(heap), counts, layout))
    }

    /// Takes bytes that are part of the binary, without the checksum. Cost: the test for UTF-8, 0.1 ms a megabyte of text.
    ///
    /// # Errors
    /// As for [`Compiled::open`], except that damage inside is not found.
    pub fn embedded(bytes: &'static [u8]) -> Result<Compiled> {
        let place = "the built-in names";
        let (counts, layout) = read_header(place, bytes)?;
        let (columns, heap) = bytes.split_at(layout.heap);
        let heap = std::str::from_utf8(heap).map_err(|_| damaged(place, "its text is not UTF-8"))?;
        Ok(Compiled::new(Cow::Borrowed(columns), Cow::Borrowed(heap), counts, layout))
    }

    fn new(columns: Cow<'static, [u8]>, heap: Cow<'static, str>, counts: Counts, layout: Layout) -> Compiled {
        let sources = long_at(&columns, SOURCES);
        let mut compiled = Compiled { columns, heap, counts, layout, types: Vec::new(), sources };
        let names = (0..counts.types as usize).map(|at| compiled.string(compiled.word(layout.types, at)));
        compiled.types = names.map(EntityType::from_name).collect();
        compiled
    }

    /// The hash of the sources and settings that it was compiled from.
    pub fn sources(&self) -> u64 {
        self.sources
    }

    /// How many entities there are.
    pub fn n_entities(&self) -> u32 {
        self.counts.entities
    }

    /// The entity with this number, as one of `layer`.
    #[inline]
    pub fn entity(&self, number: u32) -> Entity<'_> {
        let facts = self.facts(number);
        Entity {
            id: self.string(self.field(number, Field::Id)),
            name: self.string(self.field(number, Field::Name)),
            entity_type: self.entity_type(number),
            lone: facts.is(Facts::LONE),
            prominence: facts.prominence(),
            class: self.string(self.field(number, Field::Class)),
            country: self.string(self.field(number, Field::Country)),
            from: Date::from_number(self.field(number, Field::From)),
            until: Date::from_number(self.field(number, Field::Until)),
        }
    }

    /// What choosing between senses asks of the entity with this number. Cost: one word.
    #[inline]
    pub fn facts(&self, number: u32) -> Facts {
        Facts(self.field(number, Field::Facts))
    }

    /// The type of the entity with this number; nothing for one that blocks its names.
    #[inline]
    pub fn entity_type(&self, number: u32) -> Option<EntityType> {
        self.types.get((self.facts(number).0 & 0xFFFF) as usize).cloned()
    }

    /// The number of the entity with this stable id. Cost: a binary search.
    pub fn by_id(&self, id: &str) -> Option<u32> {
        let number = |at| self.word(self.layout.by_id, at);
        let (mut low, mut high) = (0, self.counts.entities as usize);
        while low < high {
            let middle = low.midpoint(high);
            match self.string(self.field(number(middle), Field::Id)).cmp(id) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(number(middle)),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// How many forms there are. They are numbered in their order.
    pub fn n_forms(&self) -> u32 {
        self.counts.forms
    }

    /// The text of a form.
    pub fn form(&self, form: u32) -> &str {
        self.string(form)
    }

    /// What a form may stand for; entities by their numbers here.
    pub fn senses(&self, form: u32) -> impl Iterator<Item = Sense> + '_ {
        let bound = |at: usize| self.word(self.layout.form_senses, at).min(self.counts.senses) as usize;
        (bound(form as usize)..bound(form as usize + 1)).map(|at| unpack(self.word(self.layout.senses, at)))
    }

    /// The table that finds forms in a text.
    pub fn table(&self) -> Table<'_> {
        let layout = &self.layout;
        let column = |from: usize, to: usize| self.columns.get(from..to).unwrap_or(&[]);
        Table {
            slots: column(layout.slots, layout.starts),
            starts: column(layout.starts, layout.firsts),
            firsts: column(layout.firsts, layout.heap),
            ends: column(layout.strings, layout.fields),
            heap: self.heap.as_bytes(),
            seed: self.counts.seed,
            longest: self.counts.longest,
        }
    }

    #[inline]
    fn field(&self, number: u32, field: Field) -> u32 {
        self.word(self.layout.fields, field as usize * self.counts.entities as usize + number as usize)
    }

    #[inline]
    fn word(&self, column: usize, at: usize) -> u32 {
        self.columns.get(column..).map_or(0, |column| word_at(column, at))
    }

    #[inline]
    fn string(&self, string: u32) -> &str {
        let bound = |at: usize| self.word(self.layout.strings, at) as usize;
        self.heap.get(bound(string as usize)..bound(string as usize + 1)).unwrap_or("")
    }
}

impl fmt::Debug for Compiled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Compiled").field("counts", &self.counts).field("sources", &self.sources).finish_non_exhaustive()
    }
}

/// The counts and the layout, when the header is right and the length is that of the whole.
fn read_header(place: &str, bytes: &[u8]) -> Result<(Counts, Layout)> {
    if !bytes.starts_with(&MAGIC) {
        return Err(Error::new(place, "no compiled name list").way_out("make one with `actant gazetteer compile`"));
    }
    if bytes.len() < HEADER {
        return Err(damaged(place, "it is cut off"));
    }
    let version = word_at(bytes, 2);
    if version != VERSION {
        return Err(Error::new(place, format!("compiled for format {version}; this program reads format {VERSION}"))
            .way_out("compile it again from its sources with `actant gazetteer compile`"));
    }
    let length = long_at(bytes, LENGTH);
    if length != bytes.len() as u64 {
        return Err(damaged(place, &format!("it has {} bytes of {length}", bytes.len())));
    }
    let count = |at: usize| word_at(&bytes[COUNTS_AT..], at);
    let counts = Counts {
        entities: count(0),
        forms: count(1),
        senses: count(2),
        strings: count(3),
        types: count(4),
        slots: count(5),
        firsts: count(6),
        seed: count(7),
        longest: count(8),
    };
    let layout = Layout::new(&counts).filter(|layout| layout.heap <= bytes.len());
    Ok((counts, layout.ok_or_else(|| damaged(place, "its counts are wrong"))?))
}

fn damaged(place: &str, what: &str) -> Error {
    Error::new(place, format!("this compiled name list is damaged: {what}"))
        .way_out("copy it again, or compile it again with `actant gazetteer compile`")
}

/// The hash of everything but the field that holds it.
fn checksum(bytes: &[u8]) -> u64 {
    let mut hash = xxhash_rust::xxh3::Xxh3Default::new();
    hash.update(&bytes[..CHECKSUM]);
    hash.update(&bytes[CHECKSUM + 8..]);
    hash.digest()
}

/// The number `at` of a column; 0 outside.
#[inline]
fn word_at(column: &[u8], at: usize) -> u32 {
    column.get(4 * at..).and_then(|rest| rest.first_chunk()).map_or(0, |word| u32::from_le_bytes(*word))
}

fn long_at(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |long| u64::from_le_bytes(*long))
}

/// A sense in 32 bits: its entity (28), kind (3) and case (1).
fn pack(sense: Sense) -> u32 {
    sense.entity.0 << 4 | (sense.kind as u32) << 1 | u32::from(sense.upper)
}

fn unpack(word: u32) -> Sense {
    let kind = FormKind::ALL.get((word >> 1 & 7) as usize).copied().unwrap_or(FormKind::Short);
    Sense { entity: EntityId(word >> 4), kind, upper: word & 1 == 1, layer: 0 }
}

#[cfg(test)]
mod tests;
