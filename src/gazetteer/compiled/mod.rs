//! The compiled form of a name list: one block of bytes that is used in place.
//!
//! ```text
//! header   magic, version, hash of the sources, checksum, total length, counts        HEADER bytes
//! columns  numbers of 32 bits (tags: of 16), little endian, one column after the other see Layout
//! heap     the text of all strings: forms in the order of their hashes, then others    to the end
//! ```
//!
//! A start reads the header; every field is decoded when it is asked for. No field needs alignment, and no damage can make
//! an access fail: what lies outside, or is no UTF-8, is empty.

mod built;
mod bytes;
mod index;
mod layout;
pub mod table;
mod writer;

use std::borrow::Cow;
use std::fmt;
use std::path::Path;

use super::entity::{Entity, Facts, Sense, Senses, StableId};
use super::row::slug;
use super::spelling::Spelling;
use crate::error::{Error, Result};
use crate::model::{Date, EntityType};
use crate::text::hash;
pub use built::Built;
use bytes::Bytes;
use index::Index;
use layout::*;
use table::Table;
pub use writer::{Builder, compile};

/// A compiled name list in memory. Entities are numbered from 0 in the order of the rows. A clone shares the bytes.
#[derive(Clone)]
pub struct Compiled {
    bytes: Bytes,
    counts: Counts,
    layout: Layout,
    types: Vec<EntityType>,
    place: String,
}

impl Compiled {
    /// Takes the bytes of a file. Cost: one pass over them for the checksum (0.1 ms a megabyte).
    ///
    /// # Errors
    /// They are no compiled list, or one of another version, or damaged.
    pub fn open(place: &str, bytes: Vec<u8>) -> Result<Compiled> {
        let compiled = Compiled::new(place, Bytes::Owned(bytes.into()))?;
        compiled.check()?;
        Ok(compiled)
    }

    /// Maps a file into memory; what is not asked for is not read. Cost: the header, at any size. Damage behind it is found by
    /// [`Compiled::check`], and until then reads as names that are not there.
    ///
    /// # Errors
    /// It cannot be read, or is no compiled list, or one of another version, or cut off.
    pub fn map(path: &Path) -> Result<Compiled> {
        let bytes = Bytes::map(path).map_err(|error| {
            Error::io(path.display(), &error)
                .way_out("name an existing list, or make it with `actant gazetteer compile`")
        })?;
        Compiled::new(&path.display().to_string(), bytes)
    }

    /// Takes bytes that are part of the binary, without the checksum. Cost: the header.
    ///
    /// # Errors
    /// As for [`Compiled::map`].
    pub fn embedded(bytes: &'static [u8]) -> Result<Compiled> {
        Compiled::new("the built-in names", Bytes::Static(bytes))
    }

    fn new(place: &str, bytes: Bytes) -> Result<Compiled> {
        let (counts, layout) = read_header(place, &bytes)?;
        let mut compiled = Compiled { bytes, counts, layout, types: Vec::new(), place: place.to_owned() };
        let names = (0..counts.types as usize).map(|at| compiled.string(compiled.word(layout.types, at)));
        compiled.types = names.map(EntityType::from_name).collect();
        Ok(compiled)
    }

    /// Whether it is a file of which only what is asked for is read, so that damage may not have been seen yet.
    pub fn is_mapped(&self) -> bool {
        matches!(self.bytes, Bytes::Mapped(_))
    }

    /// Reads everything and compares it with its checksum. Cost: 0.1 ms a megabyte.
    ///
    /// # Errors
    /// It is damaged.
    pub fn check(&self) -> Result<()> {
        if checksum(&self.bytes) != long_at(&self.bytes, CHECKSUM) {
            return Err(damaged(&self.place, "its checksum is wrong"));
        }
        Ok(())
    }

    /// The hash of the sources and settings that it was compiled from.
    pub fn sources(&self) -> u64 {
        long_at(&self.bytes, SOURCES)
    }

    /// How many entities there are.
    pub fn n_entities(&self) -> u32 {
        self.counts.entities
    }

    /// The entity with this number.
    pub fn entity(&self, number: u32) -> Entity<'_> {
        let facts = self.facts(number);
        let [_, class, country, from, until] = self.extra(number);
        Entity {
            id: self.id(number),
            name: self.name(number),
            entity_type: self.entity_type(number),
            lone: facts.is(Facts::LONE),
            prominence: facts.prominence(),
            class: self.string(class),
            country: self.string(country),
            from: Date::from_number(from),
            until: Date::from_number(until),
        }
    }

    /// The stable id of an entity: made from its name, unless it has one of its own.
    fn id(&self, number: u32) -> Cow<'_, str> {
        match self.extra(number)[0] {
            NONE => Cow::Owned(slug(self.name(number))),
            id => Cow::Borrowed(self.string(id)),
        }
    }

    /// The same of many. One question at a time is asked about all: the answers are all over a large file, and where little stands
    /// between two questions the processor waits for memory once for several.
    pub fn ids(&self, numbers: &[u32]) -> Vec<StableId<'_>> {
        let string = |number: &u32| match self.extra(*number)[0] {
            NONE => (self.name_of(*number), false),
            id => (id, true),
        };
        let strings: Vec<(u32, bool)> = numbers.iter().map(string).collect();
        let texts: Vec<(&[u8], bool)> = strings.into_iter().map(|(string, own)| (self.heap(string), own)).collect();
        let ids = texts.into_iter().map(|(text, own)| match own {
            true => StableId::Own(std::str::from_utf8(text).unwrap_or("")),
            false => StableId::Of(text, text.is_ascii()),
        });
        ids.collect()
    }

    fn name(&self, number: u32) -> &str {
        self.string(self.name_of(number))
    }

    fn name_of(&self, number: u32) -> u32 {
        self.word(self.layout.names, number as usize)
    }

    /// What most entities have not.
    fn extra(&self, number: u32) -> [u32; EXTRA] {
        let extra = if self.counts.extras == 0 { 0 } else { self.word(self.layout.extra_of, number as usize) };
        match (extra as usize).checked_sub(1) {
            Some(at) => std::array::from_fn(|field| self.word(self.layout.extras, EXTRA * at + field)),
            None => [NONE, NONE, NONE, 0, 0],
        }
    }

    /// What choosing between senses asks of the entity with this number. Cost: one word.
    #[inline]
    pub fn facts(&self, number: u32) -> Facts {
        Facts(self.word(self.layout.facts, number as usize))
    }

    /// Looks the facts of senses up, whose entities are numbered from `first` on.
    pub fn tell(&self, senses: &mut [Sense], first: u32) {
        let facts = self.layout.facts;
        let column = self.column(facts, facts + 4 * self.counts.entities as usize);
        for sense in senses {
            sense.facts = Facts(word_at(column, (sense.entity.0 - first) as usize));
        }
    }

    /// The type of the entity with this number; nothing for one that blocks its names.
    #[inline]
    pub fn entity_type(&self, number: u32) -> Option<EntityType> {
        self.types.get((self.facts(number).0 & 0xFFFF) as usize).cloned()
    }

    /// The entities whose short forms may stand alone, in order.
    pub fn lone(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.counts.lone as usize).map(|at| self.word(self.layout.lone, at))
    }

    /// The number of the entity with this stable id. Cost: a look into a table.
    pub fn by_id(&self, id: &str) -> Option<u32> {
        let index = self.index(self.layout.id_buckets, self.layout.id_tags, self.layout.types, self.counts.ids);
        let (first, _) = index.find(hash::of(id.as_bytes()))?;
        index.run(first).map(|at| self.word(self.layout.ids, at as usize)).find(|entity| self.id(*entity) == id)
    }

    /// How many forms there are; they are numbered in the order of their hashes. Those without text are beginnings of longer ones.
    pub fn n_forms(&self) -> u32 {
        self.counts.forms
    }

    /// The text of a form.
    pub fn form(&self, form: u32) -> &str {
        self.string(form)
    }

    /// The forms from `form` on that only their texts tell apart: one, nearly always.
    #[inline]
    pub fn run(&self, form: u32) -> impl Iterator<Item = u32> {
        let tag = self.form_tag(form);
        let others = (form + 1..self.counts.forms).take_while(move |other| self.form_tag(*other) == tag);
        std::iter::once(form).chain(others)
    }

    #[inline]
    fn form_tag(&self, form: u32) -> u16 {
        let tag = self.bytes.get(self.layout.form_tags + 2 * form as usize..).and_then(|rest| rest.first_chunk());
        tag.map_or(0, |tag| u16::from_le_bytes(*tag))
    }

    /// What a form may stand for as it is `written`; entities by their numbers here. `form` is one that [`Table::longest`] found.
    pub fn senses(&self, form: u32, written: &str) -> Senses {
        let mut senses = Senses::new();
        for form in self.run(form) {
            if let Some(spelling) = Spelling::of(self.heap(form), written) {
                let spelled = self.of_form(form).filter_map(|sense| sense.spelled(spelling));
                spelled.for_each(|sense| senses.push(sense));
            }
        }
        Sense::join_equal(&mut senses);
        senses
    }

    /// Whether one of the forms that only their texts tell apart from `form` may be written so.
    #[inline]
    fn is_written(&self, form: u32, written: &str) -> bool {
        self.heap(form) == written.as_bytes() || self.is_spelled(form, written)
    }

    fn is_spelled(&self, first: u32, written: &str) -> bool {
        let spells = |form: u32| {
            let spelling = Spelling::of(self.heap(form), written);
            spelling.is_some_and(|spelling| self.of_form(form).any(|sense| sense.spelled(spelling).is_some()))
        };
        spells(first) || self.run(first).skip(1).any(spells)
    }

    /// The senses of one form.
    fn of_form(&self, form: u32) -> impl Iterator<Item = Packed> + '_ {
        let first = Packed(self.word(self.layout.form_senses, form as usize));
        let (one, list) = match first.list() {
            None => (Some(first).filter(|first| *first != Packed::EMPTY), &[][..]),
            Some(at) => {
                let many = self.word(self.layout.senses, at).min(self.counts.senses) as usize;
                let from = self.layout.senses + 4 * (at + 1);
                (None, self.column(from, from + 4 * many).as_chunks().0)
            }
        };
        one.into_iter().chain(list.iter().map(|word| Packed(u32::from_le_bytes(*word))))
    }

    /// The table that finds forms in a text.
    pub fn table(&self) -> Table<'_> {
        let layout = &self.layout;
        Table {
            names: self,
            index: self.index(layout.form_buckets, layout.form_tags, layout.starts, self.counts.forms),
            starts: self.column(layout.starts, layout.firsts),
            firsts: self.column(layout.firsts, layout.longer),
            longer: self.column(layout.longer, layout.heap),
            longest: self.counts.longest,
        }
    }

    /// The index of so many hashes whose columns begin at `buckets` and `tags`; what is behind begins at `end`.
    fn index(&self, buckets: usize, tags: usize, end: usize, hashes: u32) -> Index<'_> {
        let tags_end = (tags + 2 * hashes as usize).min(end);
        Index { buckets: self.column(buckets, tags), tags: self.column(tags, tags_end) }
    }

    fn column(&self, from: usize, to: usize) -> &[u8] {
        self.bytes.get(from..to).unwrap_or(&[])
    }

    #[inline]
    fn word(&self, column: usize, at: usize) -> u32 {
        self.bytes.get(column..).map_or(0, |column| word_at(column, at))
    }

    fn string(&self, string: u32) -> &str {
        std::str::from_utf8(self.heap(string)).unwrap_or("")
    }

    /// The bytes of a string, which need no look at whether they are UTF-8 to be compared.
    #[inline]
    fn heap(&self, string: u32) -> &[u8] {
        let bound = |at: usize| self.layout.heap + self.word(self.layout.strings, at) as usize;
        let text =
            if string == NONE { None } else { self.bytes.get(bound(string as usize)..bound(string as usize + 1)) };
        text.unwrap_or_default()
    }
}

impl fmt::Debug for Compiled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Compiled").field("counts", &self.counts).field("place", &self.place).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
