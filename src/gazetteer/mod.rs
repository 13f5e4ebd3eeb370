//! Name lists: the entities that are known before a word is read, and every form of their names.
//!
//! A list is read into [`Row`]s by one reader per format ([`FORMATS`]); rows become [`Entity`]s with forms of their names.
//! The format of our own is described in `gazetteers/README.md`. Lists are layers: what is shipped comes
//! compiled and is used in place ([`compiled`]), a user's rows are held in memory, those of a long list compiled too.

mod builtin;
pub mod compiled;
mod csv;
mod entity;
mod files;
mod forms;
mod keys;
mod layers;
mod lists;
mod row;
mod spelling;
mod text;

use std::path::Path;

use foldhash::HashSet;
use xxhash_rust::xxh3::Xxh3Default;

use crate::error::{Result, Warning};
use crate::model::{Candidates, EntityKey, EntityType};
use compiled::Compiled;
use entity::StableId;
pub use entity::{Entity, EntityId, Facts, Sense, Senses};
pub use files::{compile_files, is_compiled, read_file};
pub use forms::FormKind;
use keys::Keys;
pub use layers::{CompiledLayer, Layer};
use lists::Lists;
pub use row::{Case, Row, slug};

/// The entities, and the forms of their names with what each may stand for.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    compiled: Vec<CompiledLayer>,
    lists: Lists,
    /// Entities whose short forms a later list lets stand alone.
    lone: HashSet<EntityId>,
    layers: u8,
    next: u32,
    keys: Keys,
    /// Hash of all lists, in their order.
    digest: u64,
}

/// A row of [`FORMATS`].
pub struct Format {
    /// The word for it in messages.
    pub name: &'static str,
    /// What it is, for people.
    pub about: &'static str,
    /// File endings, without the point.
    pub endings: &'static [&'static str],
    /// Hands on the rows of the text of a list, and returns what could not be used; the path is for messages.
    pub read: fn(&str, &str, Take) -> Result<Vec<Warning>>,
}

/// What takes the rows of a list as they are read.
pub type Take<'a> = &'a mut dyn FnMut(Row);

/// The rows of a list, and the lines that could not be used.
pub type Read = (Vec<Row>, Vec<Warning>);

/// Every format of name lists that can be read, sorted by name.
pub const FORMATS: &[Format] = &[
    Format {
        name: "csv",
        about: "one entity a line, columns by header (gazetteers/README.md)",
        endings: &["csv"],
        read: csv::read,
    },
    Format { name: "text", about: "one name a line, of the type `name`", endings: &["txt"], read: text::read },
];

/// A text list of more lines is compiled as it is read: for 100,000 names an automaton took 1.4 seconds of every start.
const LARGE: usize = 10_000;

impl Gazetteer {
    /// The gazetteer that is shipped. Cost: under a millisecond, whatever its size.
    pub fn builtin() -> Gazetteer {
        let mut gazetteer = Gazetteer::default();
        gazetteer.add_compiled(builtin::names());
        gazetteer
    }

    /// Adds a list as a new layer, which wins over earlier ones where both know a form. A row with the id of an
    /// earlier one gives that entity further names. Cost: some microseconds a row.
    pub fn add(&mut self, rows: Vec<Row>) {
        let mut hash = Xxh3Default::new();
        rows.iter().for_each(|row| row.hash(&mut hash));
        let layer = self.new_layer(hash.digest());
        for row in rows {
            // A row that blocks names is no further name of what is called so.
            let known = self
                .by_id(&row.id)
                .filter(|&known| self.get(known).entity_type.is_some() == (row.entity_type != "none"));
            self.lone.extend(known.filter(|_| row.lone));
            let next = EntityId(self.next);
            self.next += u32::from(self.lists.add(row, layer, known, next) == next);
        }
        self.keys.resize(self.next);
    }

    /// Adds a compiled list as a new layer, with the same rules as [`Gazetteer::add`]. Cost: as good as nothing, at any size; a
    /// search for each entity whose short forms may stand alone.
    pub fn add_compiled(&mut self, names: Compiled) {
        let layer = self.new_layer(names.sources());
        if self.next > 0 {
            let lone = names.lone().filter_map(|number| self.earlier(&names.entity(number), self.next));
            let lone: Vec<EntityId> = lone.collect();
            self.lone.extend(lone);
        }
        let first = self.next;
        self.next += names.n_entities();
        self.compiled.push(CompiledLayer::new(names, first, layer));
        self.keys.resize(self.next);
    }

    /// The entity of the lists before the number `first` that has the id of `entity`; names that are blocked are no names of what
    /// is called so.
    fn earlier(&self, entity: &Entity, first: u32) -> Option<EntityId> {
        let lists = self.lists.by_id(&entity.id).filter(|id| id.0 < first);
        let compiled = self.compiled.iter().take_while(|layer| layer.first < first);
        let known = lists.or_else(|| compiled.filter_map(|layer| layer.by_id(&entity.id, self)).next());
        known.filter(|known| self.entity_type(*known).is_some() == entity.entity_type.is_some())
    }

    /// Reads the list at `path` and adds it; one of more than 10,000 lines is compiled first. Lines that could not be used come
    /// back as warnings. Cost: some microseconds a line, or that of [`Gazetteer::add_compiled`].
    ///
    /// # Errors
    /// The file cannot be read, is not UTF-8, has no header or an unknown column, or holds no name; a compiled list is
    /// cut off or of another version, or there are too many names. That nothing else is wrong with it [`Gazetteer::compiled`] can tell.
    pub fn add_file(&mut self, path: &Path) -> Result<Vec<Warning>> {
        if is_compiled(path) {
            self.add_compiled(Compiled::map(path)?);
            return Ok(Vec::new());
        }
        self.add_text(path, &files::whole_text(path)?, LARGE)
    }

    /// Adds a list that was read from `path`: as rows, or compiled where it has more than so many lines.
    fn add_text(&mut self, path: &Path, text: &str, large: usize) -> Result<Vec<Warning>> {
        if text.bytes().filter(|byte| *byte == b'\n').count() <= large {
            let (rows, warnings) = files::rows(path, text)?;
            files::refuse_empty(path, rows.len(), &warnings)?;
            self.add(rows);
            return Ok(warnings);
        }
        let mut compiling = files::Compiling::default();
        compiling.add(path, text)?;
        let (list, warnings) = compiling.finish()?;
        self.add_compiled(Compiled::open(&path.display().to_string(), list.bytes())?);
        Ok(warnings)
    }

    /// All entities with their numbers, list by list.
    pub fn entities(&self) -> impl Iterator<Item = (EntityId, Entity<'_>)> {
        let compiled = self.compiled.iter().flat_map(|layer| layer.ids(self));
        compiled.chain(self.lists.entities().map(|(id, _)| id)).map(|id| (id, self.get(id)))
    }

    /// The entity behind a number that this gazetteer gave out. Cheap: fields that are not looked at are not decoded.
    #[inline]
    pub fn get(&self, id: EntityId) -> Entity<'_> {
        let compiled = self.compiled.iter().find_map(|layer| layer.get(id));
        let mut entity = match compiled.or_else(|| self.lists.get(id)) {
            Some(entity) => entity,
            None => panic!("entity {} is not of this gazetteer", id.0),
        };
        entity.lone |= !self.lone.is_empty() && self.lone.contains(&id);
        entity
    }

    /// What choosing between senses asks of an entity. Cost: one word of a compiled list, a search in others.
    #[inline]
    pub fn facts(&self, id: EntityId) -> Facts {
        // Nearly always of the first list.
        let first = self.compiled.first().and_then(|layer| layer.facts(id));
        match first {
            Some(facts) if self.lone.is_empty() => facts,
            _ => self.facts_of_others(id),
        }
    }

    /// Looks the facts of some senses up.
    pub fn tell(&self, senses: &mut [Sense]) {
        match &self.compiled[..] {
            [only] if self.lists.is_empty() && self.lone.is_empty() => only.tell(senses),
            _ => senses.iter_mut().for_each(|sense| sense.facts = self.facts(sense.entity)),
        }
    }

    #[inline(never)]
    fn facts_of_others(&self, id: EntityId) -> Facts {
        let compiled = self.compiled.iter().find_map(|layer| layer.facts(id));
        let facts = compiled.or_else(|| self.lists.facts(id)).unwrap_or_default();
        if self.lone.contains(&id) { facts | Facts::LONE } else { facts }
    }

    /// The type of an entity; nothing for an entry that blocks its names.
    #[inline]
    pub fn entity_type(&self, id: EntityId) -> Option<EntityType> {
        let compiled = self.compiled.iter().find_map(|layer| layer.entity_type(id));
        compiled.unwrap_or_else(|| self.lists.get(id).and_then(|entity| entity.entity_type))
    }

    /// The stable ids of some entities. Cost: where a compiled list gives an entity none of its own, its name is spelled anew.
    pub fn candidates(&self, entities: &[EntityId]) -> Candidates {
        let of_layer = |entities: &[EntityId]| self.compiled.iter().find_map(|layer| layer.ids_of(entities));
        // Nearly always all are of one list.
        if let Some(ids) = of_layer(entities) {
            return ids.into_iter().map(StableId::text).collect();
        }
        let id = |id: &EntityId| {
            let compiled = of_layer(&[*id]).and_then(|ids| ids.into_iter().next());
            compiled.or_else(|| self.lists.id(*id).map(StableId::Own)).expect("an entity of this gazetteer").text()
        };
        entities.iter().map(id).collect()
    }

    /// The entity with this stable id.
    pub fn by_id(&self, id: &str) -> Option<EntityId> {
        self.lists.by_id(id).or_else(|| self.compiled.iter().find_map(|layer| layer.by_id(id, self)))
    }

    /// The id made from the name of something of this type; where a list has that id for something of another type, the type
    /// is added. Empty for a name without a letter.
    pub fn id_for(&self, name: &str, entity_type: &EntityType) -> String {
        let id = slug(name);
        match self.by_id(&id) {
            Some(known) if self.entity_type(known).as_ref() != Some(entity_type) => {
                format!("{id}-{}", entity_type.name())
            }
            _ => id,
        }
    }

    /// The id and name of an entity as mentions hold them, shared by all mentions of it.
    pub fn key(&self, id: EntityId) -> EntityKey {
        self.keys.get(id, || self.get(id))
    }

    /// A hash of the lists and their order: two gazetteers of the same hash find the same names. A list and its compiled
    /// form have different ones.
    pub fn digest(&self) -> u64 {
        self.digest
    }

    /// Every form with what it may stand for, layer by layer.
    pub fn forms(&self) -> impl Iterator<Item = (String, Senses)> {
        let compiled = self.compiled.iter().flat_map(|layer| layer.forms(self));
        compiled
            .chain(self.lists.forms().into_iter().map(|(text, senses)| (text.to_owned(), Senses::from_slice(senses))))
    }

    /// The compiled lists, to check them ([`Compiled::check`]) while names are already looked for.
    pub fn compiled(&self) -> impl Iterator<Item = &Compiled> {
        self.compiled.iter().map(|layer| &layer.names)
    }

    /// What this form may stand for in any layer.
    pub fn senses(&self, form: &str) -> Senses {
        let mut senses = Senses::new();
        let compiled = self.compiled.iter().flat_map(|layer| layer.senses_of(form, self));
        let all = compiled.chain(self.lists.senses(form).iter().copied());
        Sense::join_all(all, &mut senses);
        self.tell(&mut senses);
        senses
    }

    /// The layers as matching needs them: each compiled list by itself, and all rows together.
    pub fn layers(&self) -> Vec<Layer<'_>> {
        let mut layers: Vec<Layer> = self.compiled.iter().map(|layer| Layer::Compiled(layer, self)).collect();
        if !self.lists.is_empty() || layers.is_empty() {
            layers.push(Layer::List(self.lists.forms()));
        }
        layers
    }

    fn new_layer(&mut self, hash: u64) -> u8 {
        let mut digest = Xxh3Default::new();
        digest.update(&self.digest.to_le_bytes());
        digest.update(&hash.to_le_bytes());
        self.digest = digest.digest();
        let layer = self.layers;
        self.layers = layer.saturating_add(1);
        layer
    }
}
