//! What many mentions share (entities, types, rules, sources and candidates), in sorted tables before the documents of a log.

use std::io;

use rayon::prelude::*;

use super::Log;
use super::blocks::{Damage, Reader, Writer};
use super::codec::{packed_mentions, packed_source};
use super::record::Names;
use super::store::Place;
use crate::model::{Candidates, EntityKey, EntityType, RULES};

/// What many mentions share, sorted.
pub struct Tables<'l> {
    keys: Vec<&'l EntityKey>,
    types: Vec<&'l str>,
    rules: Vec<&'l str>,
    sources: Vec<&'l str>,
    candidates: Vec<&'l Candidates>,
}

impl Tables<'_> {
    /// Writes them.
    pub fn write(&self, out: &mut Writer) -> io::Result<()> {
        out.number(self.keys.len() as u64)?;
        for key in &self.keys {
            out.text(&key.id)?;
            out.text(&key.name)?;
        }
        for table in [&self.types, &self.rules, &self.sources] {
            out.number(table.len() as u64)?;
            table.iter().try_for_each(|word| out.text(word))?;
        }
        out.number(self.candidates.len() as u64)?;
        for candidates in &self.candidates {
            out.number(candidates.len() as u64)?;
            candidates.iter().try_for_each(|id| out.text(id))?;
        }
        Ok(())
    }
}

/// For each number of a log the one that is written; none where they are the same.
#[derive(Default)]
pub struct Order {
    /// Entities.
    pub keys: Vec<u32>,
    /// Types.
    pub types: Vec<u32>,
    /// Rules.
    pub rules: Vec<u32>,
    /// Sources.
    pub sources: Vec<u32>,
    /// Candidates.
    pub candidates: Vec<u32>,
}

/// The number that is written for one of a log.
pub fn renumbered(order: &[u32], number: u32) -> u64 {
    order.get(number as usize).copied().unwrap_or(number).into()
}

/// Which numbers of a log its documents name: keys, types, rules, sources and candidates.
struct Used([Vec<bool>; 5]);

impl Used {
    fn none(names: &Names) -> Used {
        let Names { keys, types, sources, candidates } = names;
        let (sources, candidates) = (sources.all().len(), candidates.all().len());
        let sizes = [keys.all().len(), types.all().len(), RULES.len(), sources, candidates];
        Used(sizes.map(|size| vec![false; size]))
    }

    /// Adds those of a packed record.
    fn with(mut self, bytes: &[u8]) -> Used {
        let [keys, types, rules, sources, candidates] = &mut self.0;
        packed_source(bytes).iter().for_each(|&source| sources[source as usize] = true);
        for mention in packed_mentions(bytes).1 {
            mention.key.iter().for_each(|&key| keys[key as usize] = true);
            types[mention.entity_type as usize] = true;
            rules[mention.rule.0 as usize] = true;
            mention.candidates.iter().for_each(|&its| candidates[its as usize] = true);
        }
        self
    }

    fn or(mut self, other: Used) -> Used {
        let flags = self.0.iter_mut().flatten().zip(other.0.iter().flatten());
        flags.for_each(|(one, other)| *one |= other);
        self
    }
}

/// The tables of a log that has these documents, and the numbers that are written.
pub fn tables<'l>(log: &'l Log, documents: &[(&str, Place)]) -> (Tables<'l>, Order) {
    let names = &log.names;
    let none = || Used::none(names);
    let used = documents.par_iter().with_min_len(512).fold(none, |used, (_, place)| used.with(&log.store.get(*place)));
    let Used([keys, types, rules, sources, candidates]) = used.reduce(none, Used::or);
    let (types_of, rules_of) = (|at: usize| names.types.all()[at].name(), |at: usize| RULES[at].name);
    let (keys, keys_order) = sorted(&keys, |at| &names.keys.all()[at]);
    let (types, types_order) = sorted(&types, types_of);
    let (rules, rules_order) = sorted(&rules, rules_of);
    let (sources, sources_order) = sorted(&sources, |at| &*names.sources.all()[at]);
    let (candidates, candidates_order) = sorted(&candidates, |at| &names.candidates.all()[at]);
    (
        Tables { keys, types, rules, sources, candidates },
        Order {
            keys: keys_order,
            types: types_order,
            rules: rules_order,
            sources: sources_order,
            candidates: candidates_order,
        },
    )
}

/// Those that are used, sorted, and the place of each among them.
fn sorted<T: Ord>(used: &[bool], of: impl Fn(usize) -> T) -> (Vec<T>, Vec<u32>) {
    let mut all: Vec<(T, usize)> = (0..used.len()).filter(|&at| used[at]).map(|at| (of(at), at)).collect();
    all.sort_unstable();
    let mut order = vec![0; used.len()];
    (0..).zip(&all).for_each(|(place, (_, at))| order[*at] = place);
    (all.into_iter().map(|(thing, _)| thing).collect(), order)
}

/// The tables of a file: for each of its numbers that of the log. Without tables the numbers are those of the log.
#[derive(Default)]
pub struct Known {
    tables: Option<KnownTables>,
}

/// For each table of a file the numbers of the log.
pub struct KnownTables {
    /// Entities.
    pub keys: Vec<u32>,
    /// Types.
    pub types: Vec<u32>,
    /// Rules.
    pub rules: Vec<u32>,
    /// Sources.
    pub sources: Vec<u32>,
    /// Candidates.
    pub candidates: Vec<u32>,
}

impl Known {
    /// Reads them; what they name is numbered in `names`.
    pub fn read(names: &mut Names, from: &mut Reader) -> Result<Known, Damage> {
        // Vectors grow as they are filled: a damaged count takes no memory.
        let mut keys = Vec::new();
        for _ in 0..from.number()? {
            let key = EntityKey { id: from.text()?.into(), name: from.text()?.into() };
            keys.push(names.keys.number(&key));
        }
        let (mut types, mut rules) = (Vec::new(), Vec::new());
        for _ in 0..from.number()? {
            types.push(names.types.number(&EntityType::from_name(from.text()?)));
        }
        for _ in 0..from.number()? {
            let name = from.text()?;
            let rule = RULES.iter().position(|row| row.name == name);
            rules.push(rule.ok_or_else(|| from.damage("it names a rule that this program has not"))? as u32);
        }
        let (mut sources, mut candidates) = (Vec::new(), Vec::new());
        for _ in 0..from.number()? {
            sources.push(names.sources.number(&from.text()?.into()));
        }
        for _ in 0..from.number()? {
            candidates.push(names.candidates.number(&read_candidates(from)?));
        }
        Ok(Known { tables: Some(KnownTables { keys, types, rules, sources, candidates }) })
    }

    /// The number in the log of one of the file.
    pub fn pick(&self, table: fn(&KnownTables) -> &[u32], number: u64, from: &Reader) -> Result<u32, Damage> {
        let number = u32::try_from(number).ok();
        let picked = match &self.tables {
            None => number,
            Some(tables) => number.and_then(|number| table(tables).get(number as usize).copied()),
        };
        picked.ok_or_else(|| from.damage("a number that no table has"))
    }
}

fn read_candidates(from: &mut Reader) -> Result<Candidates, Damage> {
    let many = from.number()?;
    (0..many).map(|_| from.text().map(str::to_owned)).collect()
}
