//! How a compiled list is laid out: header, columns, and what the numbers in them mean.

use super::super::entity::{EntityId, Facts, Sense};
use super::super::forms::{Form, FormKind, Letters};
use super::super::spelling::Spelling;
use super::index;
use super::table::STARTS;
use crate::error::{Error, Result};

/// The first bytes of every compiled list.
pub const MAGIC: [u8; 8] = *b"\x89actant\n";

/// The version of the layout. One more with each change of it, or of how forms are made, cut or hashed.
pub const VERSION: u32 = 7;

/// Bytes of the header: magic, version, a reserved word, four numbers of 64 bits, and the counts.
pub const HEADER: usize = 16 + 3 * 8 + 4 * COUNTS;
pub const SOURCES: usize = 16;
pub const LENGTH: usize = 24;
pub const CHECKSUM: usize = 32;
pub const COUNTS_AT: usize = 40;

/// No string, no form.
pub const NONE: u32 = u32::MAX;

/// Words of an extra: id, class, country, first day, last day.
pub const EXTRA: usize = 5;

/// How many of everything there are, in the order of the header.
#[derive(Clone, Copy, Debug, Default)]
pub struct Counts {
    pub entities: u32,
    pub forms: u32,
    pub strings: u32,
    pub extras: u32,
    pub ids: u32,
    pub types: u32,
    pub lone: u32,
    pub senses: u32,
    pub firsts: u32,
    pub longer: u32,
    pub longest: u32,
}
pub const COUNTS: usize = 11;

impl Counts {
    pub fn list(&self) -> [u32; COUNTS] {
        let Counts { entities, forms, strings, extras, ids, types, lone, senses, firsts, longer, longest } = *self;
        [entities, forms, strings, extras, ids, types, lone, senses, firsts, longer, longest]
    }

    pub fn from_list(
        [entities, forms, strings, extras, ids, types, lone, senses, firsts, longer, longest]: [u32; COUNTS],
    ) -> Counts {
        Counts { entities, forms, strings, extras, ids, types, lone, senses, firsts, longer, longest }
    }
}

/// Where each column begins, in bytes from the start.
#[derive(Clone, Copy, Debug, Default)]
pub struct Layout {
    /// Where each string begins in the heap, and the end of the last; the forms are the first strings, in the order of their
    /// hashes. Among them, without text, is what only longer forms begin with.
    pub strings: usize,
    /// The string that is the name of each entity.
    pub names: usize,
    /// The number of its type (16 bits; all set for an entry that blocks), and [`Facts`] above.
    pub facts: usize,
    /// The number of its extra, from 1; empty where there is none at all.
    pub extra_of: usize,
    pub extras: usize,
    /// The entities by the hashes of their ids, and the index over these.
    pub ids: usize,
    pub id_buckets: usize,
    pub id_tags: usize,
    /// The strings that name the types.
    pub types: usize,
    /// The entities whose short forms may stand alone.
    pub lone: usize,
    /// The sense of each form, or where its list is ([`Packed`]).
    pub form_senses: usize,
    /// Lists of senses: how many, and each.
    pub senses: usize,
    /// The index over the hashes of forms; marked are those with which a longer one begins.
    pub form_buckets: usize,
    pub form_tags: usize,
    pub starts: usize,
    pub firsts: usize,
    pub longer: usize,
    pub heap: usize,
}

impl Layout {
    /// The layout for these counts, or nothing when it does not fit into memory.
    pub fn new(counts: &Counts) -> Option<Layout> {
        let mut at = HEADER as u64;
        let mut column = |words: u64| {
            let start = usize::try_from(at).ok();
            at += 4 * words;
            start
        };
        let [id_buckets, id_tags] = index::words(counts.ids as usize).map(|words| words as u64);
        let [form_buckets, form_tags] = index::words(counts.forms as usize).map(|words| words as u64);
        let [entities, forms, strings, extras, ids, types, lone, senses, firsts, longer, _] =
            counts.list().map(u64::from);
        Some(Layout {
            strings: column(strings + 1)?,
            names: column(entities)?,
            facts: column(entities)?,
            extra_of: column(if extras == 0 { 0 } else { entities })?,
            extras: column(EXTRA as u64 * extras)?,
            ids: column(ids)?,
            id_buckets: column(id_buckets)?,
            id_tags: column(id_tags)?,
            types: column(types)?,
            lone: column(lone)?,
            form_senses: column(forms)?,
            senses: column(senses)?,
            form_buckets: column(form_buckets)?,
            form_tags: column(form_tags)?,
            starts: column(STARTS as u64)?,
            firsts: column(firsts)?,
            longer: column(longer)?,
            heap: column(0)?,
        })
    }
}

/// A sense in 32 bits: its entity (26), kind (3), whether the form also counts without accents, whether also in capitals, whether it
/// is one in capitals. Or where a list of senses is: the kind that none has (7) and the place in the other bits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Packed(pub u32);

impl Packed {
    /// No sense.
    pub const EMPTY: Packed = Packed(u32::MAX);
    const PLAIN: u32 = 4;
    const CAPITALS: u32 = 2;
    const UPPER: u32 = 1;

    pub fn new(entity: u32, form: &Form) -> Packed {
        let flag = |on: bool, flag: u32| if on { flag } else { 0 };
        let capitals = flag(form.letters == Letters::OrCapitals, Packed::CAPITALS);
        let upper = flag(form.letters == Letters::Capitals, Packed::UPPER);
        Packed(entity << 6 | (form.kind as u32) << 3 | flag(form.plain, Packed::PLAIN) | capitals | upper)
    }

    pub fn list_at(at: usize) -> Packed {
        Packed((at as u32 >> 3) << 6 | 7 << 3 | at as u32 & 7)
    }

    pub fn list(self) -> Option<usize> {
        (self.kind() == 7 && self != Packed::EMPTY).then_some(((self.0 >> 6) << 3 | self.0 & 7) as usize)
    }

    pub fn entity(self) -> u32 {
        self.0 >> 6
    }

    fn kind(self) -> u32 {
        self.0 >> 3 & 7
    }

    /// The sense of a form as it is spelled, if it counts so.
    #[inline]
    pub fn spelled(self, spelling: Spelling) -> Option<Sense> {
        let is = |flag: u32| self.0 & flag != 0;
        let as_listed = spelling.exact || spelling.plain && is(Packed::PLAIN);
        let capitals = spelling.capitals || spelling.plain_capitals && is(Packed::PLAIN);
        let counts = as_listed || capitals && is(Packed::CAPITALS);
        if !counts {
            return None;
        }
        let kind = FormKind::ALL.get(self.kind() as usize).copied().unwrap_or(FormKind::Short);
        let upper = !as_listed || is(Packed::UPPER);
        Some(Sense { entity: EntityId(self.entity()), kind, upper, layer: 0, facts: Facts::default() })
    }

    /// One sense for two of one entity, where it says the same as [`Sense::join`] of them in every spelling.
    pub fn join(self, other: Packed) -> Option<Packed> {
        let spellings = |packed: Packed| packed.0 & (Packed::PLAIN | Packed::CAPITALS);
        let rank = |packed: Packed| (packed.0 & Packed::UPPER, packed.kind());
        let (one, two) = (spellings(self), spellings(other));
        let better = if rank(other) < rank(self) { other } else { self };
        let joins = self.entity() == other.entity()
            && (one == two || rank(self) == rank(other) && (one & two == one || one & two == two));
        joins.then_some(Packed(better.0 | one | two))
    }
}

/// The counts and the layout, when the header is right and the length is that of the whole.
pub fn read_header(place: &str, bytes: &[u8]) -> Result<(Counts, Layout)> {
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
    let counts = Counts::from_list(std::array::from_fn(|at| word_at(&bytes[COUNTS_AT..], at)));
    let layout = Layout::new(&counts).filter(|layout| layout.heap <= bytes.len());
    Ok((counts, layout.ok_or_else(|| damaged(place, "its counts are wrong"))?))
}

pub fn damaged(place: &str, what: &str) -> Error {
    Error::new(place, format!("this compiled name list is damaged: {what}"))
        .way_out("copy it again, or compile it again with `actant gazetteer compile`")
}

/// The hash of everything but the field that holds it.
pub fn checksum(bytes: &[u8]) -> u64 {
    let mut hash = xxhash_rust::xxh3::Xxh3Default::new();
    hash.update(&bytes[..CHECKSUM]);
    hash.update(&bytes[CHECKSUM + 8..]);
    hash.digest()
}

/// The number `at` of a column; 0 outside.
#[inline]
pub fn word_at(column: &[u8], at: usize) -> u32 {
    column.get(4 * at..).and_then(|rest| rest.first_chunk()).map_or(0, |word| u32::from_le_bytes(*word))
}

pub fn long_at(bytes: &[u8], at: usize) -> u64 {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |long| u64::from_le_bytes(*long))
}
