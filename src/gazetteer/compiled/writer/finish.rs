//! Sorts everything that was added, and lays it out in columns.

use super::super::index;
use super::super::table::first_key;
use super::*;

impl Builder {
    /// The compiled list; `sources` is the hash of what it was made from. The same rows give the same bytes on every machine.
    ///
    /// # Errors
    /// There are too many names.
    pub fn finish(mut self, sources: u64) -> Result<Built> {
        let Sorted { hashes, first_keys, longer, mut ends, mut heap, senses, lists, names } = self.sort();
        if lists.len() >= 1 << 29 {
            return Err(too_many());
        }
        let forms = hashes.len() as u32;
        let base = heap.len();
        heap.extend_from_slice(self.others.heap.as_bytes());
        ends.extend(self.others.ends.iter().map(|end| (base + end) as u32));
        u32::try_from(heap.len()).map_err(|_| too_many())?;
        let (ids, [id_buckets, id_tags]) = self.ids();
        let string = |other: u32| if other == NONE { NONE } else { forms + other };
        let name = |(form, item): (u32, &Item)| match item.name {
            NameOf::Form { .. } => form,
            NameOf::Other(other) => string(other),
        };
        let strings =
            |&[id, class, country, from, until]: &[u32; 5]| [string(id), string(class), string(country), from, until];
        let lone = |number: &u32| self.entities[*number as usize].facts & Facts::LONE.0 != 0;
        let [form_buckets, form_tags] = index::columns(&hashes);
        let columns = vec![
            ends,
            names.into_iter().zip(&self.entities).map(name).collect(),
            self.entities.iter().map(|item| item.facts).collect(),
            if self.extras.is_empty() { Vec::new() } else { self.entities.iter().map(|item| item.extra).collect() },
            self.extras.iter().flat_map(strings).collect(),
            ids,
            id_buckets,
            id_tags,
            self.types.iter().map(|name| string(self.others.known(name))).collect(),
            (0..self.entities.len() as u32).filter(lone).collect(),
            senses,
            lists,
            form_buckets,
            form_tags,
            self.starts,
            table::filter(&first_keys, 16),
            table::filter(&longer, 8),
        ];
        let words = |column: usize| columns[column].len() as u32;
        let counts = Counts {
            entities: words(1),
            forms,
            strings: words(0) - 1,
            extras: self.extras.len() as u32,
            ids: words(5),
            types: words(8),
            lone: words(9),
            senses: words(11),
            firsts: words(15),
            longer: words(16),
            longest: self.longest as u32,
        };
        Ok(Built { counts, sources, columns, heap })
    }

    /// The forms in the order of their hashes, those of one hash in that in which they came; with the beginnings that are
    /// no forms.
    fn sort(&mut self) -> Sorted {
        let mut noted = std::mem::take(&mut self.noted);
        noted.sort_unstable_by_key(|form| (form.hash, form.start));
        let mut beginnings: Vec<(u64, Beginning)> = std::mem::take(&mut self.beginnings).into_iter().collect();
        beginnings.sort_unstable_by_key(|(hash, _)| *hash);
        let mut sorted = Sorted { ends: vec![0], names: vec![NONE; self.entities.len()], ..Sorted::default() };
        let mut beginnings = beginnings.into_iter().peekable();
        for run in noted.chunk_by(|one, other| one.hash == other.hash) {
            while let Some((hash, known)) = beginnings.next_if(|(hash, _)| *hash < run[0].hash) {
                sorted.push(hash, known, b"", &mut []);
            }
            let known = beginnings.next_if(|(hash, _)| *hash == run[0].hash).map(|(_, known)| known);
            let mut known = known.unwrap_or_default();
            run.iter().for_each(|noted| known.join(noted.word));
            sorted.push_run(run, known, &self.heap);
        }
        beginnings.for_each(|(hash, known)| sorted.push(hash, known, b"", &mut []));
        sorted
    }

    /// The entities by the hashes of their ids, and the index over them.
    fn ids(&mut self) -> (Vec<u32>, [Vec<u32>; 2]) {
        let mut ids: Vec<(u64, u32)> = std::mem::take(&mut self.by_id).into_iter().collect();
        ids.sort_unstable();
        let hashes: Vec<(u64, bool)> = ids.iter().map(|(hash, _)| (*hash, false)).collect();
        (ids.into_iter().map(|(_, entity)| entity).collect(), index::columns(&hashes))
    }
}

/// The forms in their order, with what belongs to each.
#[derive(Default)]
struct Sorted {
    /// Each with its hash and whether a longer one begins with it.
    hashes: Vec<(u64, bool)>,
    /// What the filter of first words is asked for.
    first_keys: Vec<u64>,
    /// What that of all else is asked for.
    longer: Vec<u64>,
    /// Where the text of each ends.
    ends: Vec<u32>,
    heap: Vec<u8>,
    senses: Vec<u32>,
    /// The senses of those that have several: how many, and each.
    lists: Vec<u32>,
    /// The form that is the name of each entity, or [`NONE`].
    names: Vec<u32>,
}

impl Sorted {
    /// Adds the forms of one hash, each text once, with all its senses.
    fn push_run(&mut self, run: &[Noted], known: Beginning, texts: &str) {
        if let [one] = run {
            if one.names {
                self.names[one.sense.entity() as usize] = self.hashes.len() as u32;
            }
            return self.push(one.hash, known, one.text(texts).as_bytes(), &mut [one.sense]);
        }
        let mut left: SmallVec<[&Noted; 8]> = run.iter().collect();
        while let Some(text) = left.first().map(|noted| noted.text(texts)) {
            let (number, mut senses) = (self.hashes.len() as u32, SmallVec::<[Packed; 8]>::new());
            left.retain(|noted| {
                let same = noted.text(texts) == text;
                if same {
                    senses.push(noted.sense);
                }
                if same && noted.names {
                    self.names[noted.sense.entity() as usize] = number;
                }
                !same
            });
            self.push(run[0].hash, known, text.as_bytes(), &mut senses);
        }
    }

    fn push(&mut self, hash: u64, known: Beginning, text: &[u8], senses: &mut [Packed]) {
        self.hashes.push((hash, known.goes_on));
        if known.first {
            self.first_keys.extend([Some(hash), known.small.then(|| first_key(hash, true))].into_iter().flatten());
        } else {
            self.longer.push(hash);
        }
        self.heap.extend_from_slice(text);
        self.ends.push(self.heap.len() as u32);
        let senses = joined(senses);
        self.senses.push(match senses {
            [] => Packed::EMPTY.0,
            [one] => one.0,
            many => {
                let at = self.lists.len();
                self.lists.push(many.len() as u32);
                self.lists.extend(many.iter().map(|sense| sense.0));
                Packed::list_at(at).0
            }
        });
    }
}

/// Sorts senses by entity, and joins those of one where they can be.
fn joined(senses: &mut [Packed]) -> &[Packed] {
    senses.sort_by_key(|sense| sense.entity());
    let mut kept: usize = 0;
    for at in 0..senses.len() {
        match kept.checked_sub(1).and_then(|last| Some((last, senses[last].join(senses[at])?))) {
            Some((last, both)) => senses[last] = both,
            None => {
                senses[kept] = senses[at];
                kept += 1;
            }
        }
    }
    &senses[..kept]
}
