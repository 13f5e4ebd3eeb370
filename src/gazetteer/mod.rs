//! Name lists: the entities that are known before a word is read, and every form of their names.
//!
//! A list is read into [`Row`]s by one reader per format ([`FORMATS`]); rows become [`Entity`]s with the forms of their names. The
//! format of our own is described in `gazetteers/README.md`.

mod builtin;
mod csv;
mod forms;

use std::path::Path;
use std::sync::Arc;

use foldhash::HashMap;

use crate::error::{Error, Result, Warning};
use crate::model::{Date, EntityType};
pub use forms::FormKind;

/// A line of a name list, as its format gives it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Stable name in every output; made from `name` when the list has none.
    pub id: String,
    /// `person`, `place`, `organization`, a type of the user's own, or `none` (a block list).
    pub entity_type: String,
    /// The name to show.
    pub name: String,
    /// Other full names.
    pub aliases: Vec<String>,
    /// Short forms that need support; nothing: the surname, for a person.
    pub short: Option<Vec<String>>,
    /// Whether a short form may stand alone.
    pub lone: bool,
    /// Its people and its adjective.
    pub demonyms: Vec<String>,
    /// How upper and lower case count.
    pub case: Case,
    /// 0 to 9: how present in the news.
    pub prominence: u8,
    /// What sort of thing.
    pub class: String,
    /// ISO 3166 code of its country.
    pub country: String,
    /// First day on which the row holds.
    pub from: Option<Date>,
    /// Last day on which the row holds.
    pub until: Option<Date>,
}

/// How upper and lower case count when a name is matched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Case {
    /// As written, or in capitals; acronyms only as written.
    #[default]
    Usual,
    /// Only as written.
    Exact,
    /// In any case.
    Any,
}

/// Somebody or something that has names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Stable name in every output.
    pub id: Arc<str>,
    /// The name to show.
    pub name: Arc<str>,
    /// Its type; nothing for an entry that blocks its names.
    pub entity_type: Option<EntityType>,
    /// Whether a short form may stand alone.
    pub lone: bool,
    /// 0 to 9: how present in the news.
    pub prominence: u8,
    /// What sort of thing (`country`, `media`), or empty.
    pub class: Arc<str>,
    /// ISO 3166 code of its country, or empty.
    pub country: Arc<str>,
    /// First day on which the entry holds.
    pub from: Option<Date>,
    /// Last day on which the entry holds.
    pub until: Option<Date>,
    /// Which list it came from: 0 is the built-in one; later lists win where both know a form.
    pub layer: u8,
}

impl Entity {
    /// Whether the entry holds on `day`; without a day it does.
    pub fn holds_on(&self, day: Option<Date>) -> bool {
        day.is_none_or(|day| self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until))
    }
}

/// An entity, by its index in [`Gazetteer::entities`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// What one form of a name may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sense {
    /// Whose name it is.
    pub entity: EntityId,
    /// What sort of form.
    pub kind: FormKind,
    /// Whether this is a form in capitals that the list has in another case.
    pub upper: bool,
}

/// The entities, and the forms of their names with what each may stand for.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    entities: Vec<Entity>,
    by_id: HashMap<Arc<str>, EntityId>,
    forms: HashMap<Box<str>, Vec<Sense>>,
    layers: u8,
}

/// A row of [`FORMATS`].
pub struct Format {
    /// The word for it in messages.
    pub name: &'static str,
    /// What it is, for people.
    pub about: &'static str,
    /// File endings, without the point.
    pub endings: &'static [&'static str],
    /// Reads the text of a list; the path is for messages.
    pub read: fn(&str, &str) -> Result<(Vec<Row>, Vec<Warning>)>,
}

/// Every format of name lists that can be read, sorted by name.
pub const FORMATS: &[Format] = &[Format {
    name: "csv",
    about: "one entity a line, columns by header (gazetteers/README.md)",
    endings: &["csv"],
    read: csv::read,
}];

impl Gazetteer {
    /// The gazetteer that is shipped. Cost: a few milliseconds for each 1,000 names.
    pub fn builtin() -> Gazetteer {
        let mut gazetteer = Gazetteer::default();
        gazetteer.add(builtin::rows());
        gazetteer
    }

    /// Adds a list as a new layer, which wins over earlier ones where both know a form. A row with the id of an
    /// earlier one gives that entity further names.
    pub fn add(&mut self, rows: Vec<Row>) {
        let layer = self.layers;
        self.layers = self.layers.saturating_add(1);
        for row in rows {
            let entity = self.entity(&row, layer);
            for (text, kind, upper) in forms::of(&row) {
                let senses = self.forms.entry(text.into_boxed_str()).or_default();
                // A form that an entity has already as a better kind (an alias that is also its surname) stays that.
                match senses.iter_mut().find(|sense| sense.entity == entity) {
                    Some(sense) if (kind, upper) < (sense.kind, sense.upper) => (sense.kind, sense.upper) = (kind, upper),
                    Some(_) => {}
                    None => senses.push(Sense { entity, kind, upper }),
                }
            }
        }
    }

    /// Reads the list at `path` and adds it. Lines that could not be used come back as warnings.
    ///
    /// # Errors
    /// The file cannot be read, is not UTF-8, has no header or an unknown column, or holds no name.
    pub fn add_file(&mut self, path: &Path) -> Result<Vec<Warning>> {
        let (rows, warnings) = read_file(path)?;
        if rows.is_empty() {
            let error = Error::new(path.display(), "no name in this gazetteer");
            return Err(match warnings.first() {
                Some(warning) => error.way_out(format!("first fault: {warning}")),
                None => error.way_out("it needs a header with `type` and `name`, and a row for each entity"),
            });
        }
        self.add(rows);
        Ok(warnings)
    }

    /// All entities; an [`EntityId`] is an index.
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// The entity behind an id that this gazetteer gave out.
    pub fn get(&self, id: EntityId) -> &Entity {
        &self.entities[id.0 as usize]
    }

    /// The entity with this stable id.
    pub fn by_id(&self, id: &str) -> Option<EntityId> {
        self.by_id.get(id).copied()
    }

    /// Every form with what it may stand for, sorted by form. Cost: a sort.
    pub fn forms(&self) -> Vec<(&str, &[Sense])> {
        let mut forms: Vec<_> = self.forms.iter().map(|(text, senses)| (&**text, senses.as_slice())).collect();
        forms.sort_unstable_by_key(|(text, _)| *text);
        forms
    }

    /// What this form may stand for.
    pub fn senses(&self, form: &str) -> &[Sense] {
        self.forms.get(form).map_or(&[], Vec::as_slice)
    }

    fn entity(&mut self, row: &Row, layer: u8) -> EntityId {
        if let Some(&known) = self.by_id.get(row.id.as_str()) {
            let entity = &mut self.entities[known.0 as usize];
            entity.layer = entity.layer.max(layer);
            entity.lone |= row.lone;
            return known;
        }
        let id = EntityId(self.entities.len() as u32);
        let entity = Entity {
            id: row.id.as_str().into(),
            name: row.name.as_str().into(),
            entity_type: (row.entity_type != "none").then(|| EntityType::from_name(&row.entity_type)),
            lone: row.lone,
            prominence: row.prominence,
            class: row.class.as_str().into(),
            country: row.country.as_str().into(),
            from: row.from,
            until: row.until,
            layer,
        };
        self.by_id.insert(entity.id.clone(), id);
        self.entities.push(entity);
        id
    }
}

/// Reads the rows of the list at `path` with the format of its ending, which is `csv` when unknown.
///
/// # Errors
/// The file cannot be read or is no list of that format.
pub fn read_file(path: &Path) -> Result<(Vec<Row>, Vec<Warning>)> {
    let bytes = std::fs::read(path).map_err(|error| {
        Error::io(path.display(), &error).way_out("name an existing CSV file with the columns of gazetteers/README.md")
    })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Error::new(path.display(), format!("not UTF-8 at byte {at}")).way_out("save the list as UTF-8")
    })?;
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("").to_lowercase();
    let format = FORMATS.iter().find(|format| format.endings.contains(&&*ending)).unwrap_or(&FORMATS[0]);
    (format.read)(&path.display().to_string(), &text)
}

/// The stable id made from a name: letters and digits in lower case ASCII, `-` between words.
///
/// ```
/// assert_eq!(actant::gazetteer::slug("Ursula von der Leyen"), "ursula-von-der-leyen");
/// assert_eq!(actant::gazetteer::slug("Côte d'Ivoire"), "cote-divoire");
/// ```
pub fn slug(name: &str) -> String {
    let ascii = any_ascii::any_ascii(name);
    let mut slug = String::with_capacity(ascii.len());
    for c in ascii.chars() {
        if c.is_ascii_alphanumeric() {
            slug.push(c.to_ascii_lowercase());
        } else if !matches!(c, '\'' | '.') && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}
