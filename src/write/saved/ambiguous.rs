//! The names that nothing decides, as rows of the file.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::points;
use crate::model::{Ambiguous, Candidates, EntityType};

#[derive(Serialize, Deserialize)]
pub(super) struct SavedAmbiguous {
    surface: String,
    #[serde(rename = "type")]
    entity_type: String,
    #[serde(serialize_with = "list", deserialize_with = "from_list")]
    candidates: Candidates,
    count: u64,
    document: String,
    sentence: u32,
    text: String,
    start: usize,
    end: usize,
}

fn list<S: Serializer>(candidates: &Candidates, to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(candidates.iter())
}

fn from_list<'de, D: Deserializer<'de>>(from: D) -> Result<Candidates, D::Error> {
    Vec::<String>::deserialize(from).map(|ids| ids.iter().collect())
}

pub(super) fn saved(row: &Ambiguous) -> SavedAmbiguous {
    SavedAmbiguous {
        surface: row.surface.clone(),
        entity_type: row.entity_type.name().to_owned(),
        candidates: row.candidates.clone(),
        count: row.count,
        document: row.document.clone(),
        sentence: row.sentence + 1,
        text: row.text.clone(),
        start: points(&row.text, row.span.start),
        end: points(&row.text, row.span.end),
    }
}

pub(super) fn read(row: SavedAmbiguous) -> std::result::Result<Ambiguous, String> {
    let span = super::span(&row.document, &row.text, row.start, row.end)?;
    Ok(Ambiguous {
        surface: row.surface,
        entity_type: EntityType::from_name(&row.entity_type),
        candidates: row.candidates,
        count: row.count,
        document: row.document,
        sentence: row.sentence.checked_sub(1).ok_or("sentences count from 1")?,
        text: row.text,
        span,
    })
}
