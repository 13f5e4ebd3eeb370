//! The names that nothing decides, as rows of the file.

use serde::{Deserialize, Serialize};

use super::points;
use crate::model::{Ambiguous, EntityType};

#[derive(Serialize, Deserialize)]
pub(super) struct SavedAmbiguous {
    surface: String,
    #[serde(rename = "type")]
    entity_type: String,
    candidates: Vec<String>,
    count: u64,
    document: String,
    sentence: u32,
    text: String,
    start: usize,
    end: usize,
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
