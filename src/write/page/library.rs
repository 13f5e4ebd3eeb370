//! The sentences and documents of a page, each once.

use std::sync::Arc;

use foldhash::HashMap;

use crate::graph::EntityGraph;
use crate::model::Date;

/// The sentences and documents that are used, each once, numbered as they come.
pub(super) struct Library<'a> {
    documents: HashMap<&'a str, (u32, &'a str, &'a str)>,
    numbers: HashMap<&'a str, u32>,
    pub rows: Vec<(&'a str, &'a str, u32, &'a str)>,
    places: HashMap<(u32, u32, u32), u32>,
    pub sentences: Vec<(u32, u32, u32, &'a str)>,
    pub copies: Vec<Vec<u32>>,
}

impl<'a> Library<'a> {
    pub fn new(graph: &'a EntityGraph) -> Library<'a> {
        let known = graph.documents.iter().map(|document| {
            let text = |text: &'a Option<String>| text.as_deref().unwrap_or_default();
            (&*document.id, (day(document.date), text(&document.title), text(&document.source)))
        });
        Library {
            documents: known.collect(),
            numbers: HashMap::default(),
            rows: Vec::new(),
            places: HashMap::default(),
            sentences: Vec::new(),
            copies: Vec::new(),
        }
    }

    /// The place of a document among those used.
    fn document(&mut self, document: &'a str) -> u32 {
        let Library { documents, numbers, rows, .. } = self;
        *numbers.entry(document).or_insert_with(|| {
            let (date, title, source) = documents.get(document).copied().unwrap_or_default();
            rows.push((document, title, date, source));
            rows.len() as u32 - 1
        })
    }

    /// The place of a sentence, or of a passage from one to another, among those used.
    pub fn sentence(&mut self, document: &'a str, (first, last): (u32, u32), text: &'a str) -> u32 {
        let of = self.document(document);
        let Library { places, sentences, .. } = self;
        *places.entry((of, first, last)).or_insert_with(|| {
            sentences.push((of, first + 1, last + 1, text));
            sentences.len() as u32 - 1
        })
    }

    /// The row of these copies, from 1; 0 for none.
    pub fn copied(&mut self, copies: &'a [(Arc<str>, u32)]) -> u32 {
        if copies.is_empty() {
            return 0;
        }
        let row = copies.iter().flat_map(|(document, sentence)| [self.document(document), sentence + 1]).collect();
        self.copies.push(row);
        self.copies.len() as u32
    }
}

/// A number like 20250519; 0 for none.
pub(super) fn day(date: Option<Date>) -> u32 {
    date.map_or(0, Date::number)
}
