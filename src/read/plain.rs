//! A text file is one document; its day comes from its head or its name.

use std::path::Path;

use super::{Item, header};
use crate::error::Warning;
use crate::model::{Date, Document};

/// The document of a text file.
pub fn read(name: &str, text: String, take: &mut dyn FnMut(Item)) -> Vec<Warning> {
    let (date, body) = header::read(&text);
    let stem = Path::new(name).file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let title = title(&text[body..]);
    let date = date.or_else(|| Date::within(&stem));
    take(Item::Text(Document { id: name.to_owned(), date, text, body, title, source: None }));
    Vec::new()
}

/// The first line, where it stands alone and does not end as a sentence does.
fn title(story: &str) -> Option<String> {
    let mut lines = story.trim_start().lines();
    let first = lines.next()?.trim();
    let alone = lines.any(|line| !line.trim().is_empty());
    (alone && first.len() <= 120 && !first.ends_with(['.', '!', '?', '"', '”', ':', ','])).then(|| first.to_owned())
}
