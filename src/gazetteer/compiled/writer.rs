//! Makes the compiled form.

use foldhash::{HashMap, HashMapExt};

use super::super::entity::{Entity, Facts};
use super::super::lists::Lists;
use super::{CHECKSUM, COUNTS_AT, Counts, FIELDS, HEADER, LENGTH, MAGIC, SOURCES, VERSION, checksum, pack, table};
use crate::error::{Error, Result};
use crate::model::Date;

/// The bytes of `lists`, which are numbered from 0; `sources` is the hash of what they were made from. The same lists
/// give the same bytes on every machine. Cost: about two microseconds a form.
///
/// # Errors
/// There are too many names for numbers of 32 bits (268 million entities, 4 GB of text).
pub fn compile(lists: &Lists, sources: u64) -> Result<Vec<u8>> {
    let forms = lists.forms();
    let texts: Vec<&str> = forms.iter().map(|(text, _)| *text).collect();
    let table = table::build(&texts).ok_or_else(too_many)?;
    let mut strings = Strings::new(&texts);
    let entities: Vec<Entity> = lists.entities().map(|(_, entity)| entity).collect();
    let mut types: Vec<&str> = entities.iter().filter_map(|entity| Some(entity.entity_type.as_ref()?.name())).collect();
    types.sort_unstable();
    types.dedup();
    let fields = fields(&entities, &types, &mut strings)?;
    let mut by_id: Vec<u32> = (0..entities.len() as u32).collect();
    by_id.sort_unstable_by_key(|&number| entities[number as usize].id);
    let type_strings: Vec<u32> = types.iter().map(|name| strings.number(name)).collect();
    let mut form_senses = vec![0u32];
    let mut senses = Vec::new();
    for (_, of_form) in &forms {
        senses.extend(of_form.iter().map(|sense| pack(*sense)));
        form_senses.push(senses.len() as u32);
    }
    let counts = Counts {
        entities: u32::try_from(entities.len()).ok().filter(|n| *n < 1 << 28).ok_or_else(too_many)?,
        forms: u32::try_from(forms.len()).ok().filter(|n| *n < 1 << 30).ok_or_else(too_many)?,
        senses: senses.len() as u32,
        strings: strings.ends.len() as u32 - 1,
        types: types.len() as u32,
        slots: table.slots.len() as u32 / 2,
        firsts: table.firsts.len() as u32,
        seed: table.seed,
        longest: texts.iter().map(|text| text.len()).max().unwrap_or(0) as u32,
    };
    let ends = strings.bounds()?;
    let columns: [&[u32]; 9] =
        [&ends, &fields, &by_id, &type_strings, &form_senses, &senses, &table.slots, &table.starts, &table.firsts];
    Ok(assemble(&counts, sources, &columns, &strings.heap))
}

/// The columns of all entities, one after the other.
fn fields(entities: &[Entity], types: &[&str], strings: &mut Strings) -> Result<Vec<u32>> {
    if types.len() > 0xFFFF {
        return Err(Error::new("", "more than 65,535 types").way_out("use `class` for finer sorts"));
    }
    let mut fields = Vec::with_capacity(entities.len() * FIELDS as usize);
    fields.extend(entities.iter().map(|entity| strings.number(entity.id)));
    fields.extend(entities.iter().map(|entity| strings.number(entity.name)));
    fields.extend(entities.iter().map(|entity| strings.number(entity.class)));
    fields.extend(entities.iter().map(|entity| strings.number(entity.country)));
    fields.extend(entities.iter().map(|entity| {
        let name = entity.entity_type.as_ref().map(|entity_type| entity_type.name());
        let entity_type = name.and_then(|name| types.binary_search(&name).ok()).unwrap_or(types.len());
        entity_type as u32 | Facts::of(entity).0
    }));
    let day = |day: Option<Date>| day.map_or(0, Date::number);
    fields.extend(entities.iter().map(|entity| day(entity.from)));
    fields.extend(entities.iter().map(|entity| day(entity.until)));
    Ok(fields)
}

/// Every string once, numbered; the forms first.
struct Strings {
    numbers: HashMap<Box<str>, u32>,
    ends: Vec<usize>,
    heap: Vec<u8>,
}

impl Strings {
    fn new(forms: &[&str]) -> Strings {
        let mut strings = Strings { numbers: HashMap::with_capacity(2 * forms.len()), ends: vec![0], heap: Vec::new() };
        for form in forms {
            strings.number(form);
        }
        strings
    }

    fn number(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        let number = self.ends.len() as u32 - 1;
        self.heap.extend_from_slice(text.as_bytes());
        self.ends.push(self.heap.len());
        self.numbers.insert(text.into(), number);
        number
    }

    fn bounds(&self) -> Result<Vec<u32>> {
        u32::try_from(self.heap.len()).map_err(|_| too_many())?;
        Ok(self.ends.iter().map(|&end| end as u32).collect())
    }
}

/// Header, columns and heap as bytes.
fn assemble(counts: &Counts, sources: u64, columns: &[&[u32]], heap: &[u8]) -> Vec<u8> {
    let length = HEADER + columns.iter().map(|column| 4 * column.len()).sum::<usize>() + heap.len();
    let mut bytes = Vec::with_capacity(length);
    bytes.extend_from_slice(&MAGIC);
    bytes.extend_from_slice(&VERSION.to_le_bytes());
    bytes.resize(HEADER, 0);
    bytes[SOURCES..SOURCES + 8].copy_from_slice(&sources.to_le_bytes());
    bytes[LENGTH..LENGTH + 8].copy_from_slice(&(length as u64).to_le_bytes());
    let Counts { entities, forms, senses, strings, types, slots, firsts, seed, longest } = *counts;
    let counts = [entities, forms, senses, strings, types, slots, firsts, seed, longest];
    for (place, count) in bytes[COUNTS_AT..].chunks_mut(4).zip(counts) {
        place.copy_from_slice(&count.to_le_bytes());
    }
    for column in columns {
        bytes.extend(column.iter().flat_map(|word| word.to_le_bytes()));
    }
    bytes.extend_from_slice(heap);
    let sum = checksum(&bytes);
    bytes[CHECKSUM..CHECKSUM + 8].copy_from_slice(&sum.to_le_bytes());
    bytes
}

fn too_many() -> Error {
    Error::new("", "too many names for one compiled list").way_out("compile them as several lists")
}
