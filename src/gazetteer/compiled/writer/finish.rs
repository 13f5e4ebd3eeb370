//! Numbers everything that was added, and lays it out in columns.

use super::*;

impl Builder {
    /// The compiled list; `sources` is the hash of what it was made from. The same rows give the same bytes on every machine.
    ///
    /// # Errors
    /// There are too many names.
    pub fn finish(self, sources: u64) -> Result<Built> {
        // Forms that differ in case only are numbered one after the other.
        let mut order = Vec::with_capacity(self.forms.len());
        let mut numbers = vec![NONE; self.forms.len()];
        for head in 0..self.forms.len() as u32 {
            let mut at = head;
            while at != NONE && numbers[at as usize] == NONE {
                numbers[at as usize] = order.len() as u32;
                order.push(at);
                at = self.forms[at as usize].next;
            }
        }
        let pieces = self.pieces(&numbers);
        let table = table::fill(&pieces).ok_or_else(too_many)?;
        let longer = || pieces.iter().map(|(hash, _)| *hash).filter(|hash| !self.firsts.contains(hash));
        let longer = table::filter(longer(), longer().count(), 8);
        drop(pieces);
        let (ends, heap) = self.strings(&order)?;
        let n_forms = order.len() as u32;
        let string = |other: u32| if other == NONE { NONE } else { n_forms + other };
        let names = self.entities.iter().map(|item| match item.name {
            NameOf::Form(form) => numbers[form as usize],
            NameOf::Other(other) => string(other),
        });
        let (form_senses, senses) = self.senses(&order);
        let entities = self.entities.len() as u32;
        let lone = |number: &u32| self.entities[*number as usize].facts & Facts::LONE.0 != 0;
        let columns = vec![
            ends,
            names.collect(),
            self.entities.iter().map(|item| item.facts).collect(),
            if self.extras.is_empty() { Vec::new() } else { self.entities.iter().map(|item| item.extra).collect() },
            self.extras
                .iter()
                .flat_map(|&[id, class, country, from, until]| {
                    [string(id), string(class), string(country), from, until]
                })
                .collect(),
            self.ids(),
            self.types.iter().map(|name| string(self.others.known(name))).collect(),
            (0..entities).filter(lone).collect(),
            form_senses,
            senses,
            table,
            self.starts,
            table::filter(self.firsts.iter().copied(), self.firsts.len(), 16),
            longer,
        ];
        let words = |column: usize| columns[column].len() as u32;
        let counts = Counts {
            entities,
            forms: n_forms,
            strings: words(0) - 1,
            extras: self.extras.len() as u32,
            ids: slots::room(self.by_id.len()) as u32,
            types: words(6),
            lone: words(7),
            senses: words(9),
            slots: words(10) / 2,
            firsts: words(12),
            longer: words(13),
            longest: self.longest as u32,
        };
        Ok(Built { counts, sources, columns, heap })
    }

    /// The hash of every piece with its slot.
    fn pieces(&self, numbers: &[u32]) -> Vec<(u64, Slot)> {
        let goes_on = |hash: &u64| self.prefixes.contains(hash);
        let heads = self
            .forms
            .iter()
            .zip(numbers)
            .enumerate()
            .filter(|(at, (form, _))| self.groups[&form.hash] as usize == *at);
        let mut pieces: Vec<(u64, Slot)> =
            heads.map(|(_, (form, number))| (form.hash, Slot::new(Some(*number), goes_on(&form.hash)))).collect();
        let beginnings = self.prefixes.iter().filter(|hash| !self.groups.contains_key(hash));
        let from = pieces.len();
        pieces.extend(beginnings.map(|hash| (*hash, Slot::new(None, true))));
        // A set has no order of its own.
        pieces[from..].sort_unstable_by_key(|(hash, _)| *hash);
        pieces
    }

    /// Where each string ends, the forms first, and the text of all.
    fn strings(&self, order: &[u32]) -> Result<(Vec<u32>, Vec<u8>)> {
        let mut heap = Vec::with_capacity(self.heap.len() + self.others.heap.len());
        let mut ends = Vec::with_capacity(order.len() + self.others.ends.len() + 1);
        ends.push(0);
        for &form in order {
            let form = &self.forms[form as usize];
            heap.extend_from_slice(&self.heap.as_bytes()[form.start..form.end]);
            ends.push(heap.len() as u32);
        }
        let base = heap.len();
        heap.extend_from_slice(self.others.heap.as_bytes());
        ends.extend(self.others.ends.iter().map(|end| (base + end) as u32));
        u32::try_from(heap.len()).map_err(|_| too_many())?;
        Ok((ends, heap))
    }

    /// The sense of each form, or where its list begins: how many there are, and each.
    fn senses(&self, order: &[u32]) -> (Vec<u32>, Vec<u32>) {
        let mut lists = Vec::new();
        let of_form = order.iter().map(|&form| {
            let senses = self.forms[form as usize].senses;
            let Some(list) = senses.list() else { return senses.0 };
            let at = lists.len();
            lists.push(self.lists[list].len() as u32);
            lists.extend(self.lists[list].iter().map(|sense| sense.0));
            Packed::list_at(at).0
        });
        (of_form.collect(), lists)
    }

    /// The table of ids: 16 bits of the hash in one column, the entity plus 1 in the other.
    fn ids(&self) -> Vec<u32> {
        let room = slots::room(self.by_id.len());
        let mut tags = vec![0u16; room.next_multiple_of(2)];
        let mut column = vec![0u32; room];
        let mut ids: Vec<(u64, u32)> = self.by_id.iter().map(|(hash, entity)| (*hash, *entity)).collect();
        ids.sort_unstable_by_key(|(_, entity)| *entity);
        for (hash, entity) in ids {
            let free = slots::from(hash, room).find(|&at| column[at] == 0).expect("there is more room than ids");
            (tags[free], column[free]) = (hash as u16, entity + 1);
        }
        column.extend(tags.as_chunks::<2>().0.iter().map(|&[low, high]| u32::from(low) | u32::from(high) << 16));
        column
    }
}
