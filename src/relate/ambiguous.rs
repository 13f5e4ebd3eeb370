//! The names that nothing decides, gathered from all documents.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::log::LogDocument;
use crate::model::{Ambiguous, EntityType, Span};

/// So many undecided names are kept.
pub const MOST_AMBIGUOUS: usize = 500;

/// Where a name was first seen, and how often it stands undecided.
struct Seen {
    times: u64,
    document: usize,
    line: u32,
    span: Span,
}

/// The undecided names, those with candidates and then the most frequent first. A surface that may be others elsewhere is a
/// name of its own. Cost: a look-up for each undecided mention.
pub(super) fn ambiguous(documents: &[(&str, &LogDocument)]) -> Vec<Ambiguous> {
    let mut names: BTreeMap<(String, EntityType, &[Arc<str>]), Seen> = BTreeMap::new();
    for (number, (_, document)) in documents.iter().enumerate() {
        for mention in document.mentions.iter().filter(|mention| mention.entity.is_none()) {
            let surface = mention.span.of(&document.lines[mention.line as usize].text);
            let surface = surface.split_whitespace().collect::<Vec<_>>().join(" ");
            let first = || Seen { times: 0, document: number, line: mention.line, span: mention.span };
            let key = (surface, mention.entity_type.clone(), &*mention.candidates);
            names.entry(key).or_insert_with(first).times += 1;
        }
    }
    let mut names: Vec<_> = names.into_iter().collect();
    // Stable: names of one rank stay in order of their letters.
    names.sort_by_key(|((_, _, candidates), seen)| (candidates.is_empty(), std::cmp::Reverse(seen.times)));
    names.truncate(MOST_AMBIGUOUS);
    let row = |((surface, entity_type, candidates), seen): ((String, EntityType, &[Arc<str>]), Seen)| {
        let (id, document) = documents[seen.document];
        let line = &document.lines[seen.line as usize];
        Ambiguous {
            surface,
            entity_type,
            candidates: candidates.iter().map(ToString::to_string).collect(),
            count: seen.times,
            document: id.to_owned(),
            sentence: document.number(line.sentence),
            text: line.text.to_string(),
            span: seen.span,
        }
    };
    names.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::{Line, LogMention};
    use crate::model::{Context, Kind, Rule};

    fn document(mentions: &[(&str, &[&str])]) -> LogDocument {
        let text: String = mentions.iter().map(|(name, _)| format!("{name} ")).collect();
        let mention = |(at, (name, candidates)): (usize, &(&str, &[&str]))| {
            let start: usize = mentions[..at].iter().map(|(name, _)| name.len() + 1).sum();
            LogMention {
                line: 0,
                span: Span::new(start, start + name.len()),
                entity: None,
                entity_type: EntityType::Person,
                kind: Kind::Name,
                context: Context::Plain,
                rule: Rule::named("abstain"),
                holder: None,
                candidates: candidates.iter().map(|id| Arc::from(*id)).collect(),
            }
        };
        LogDocument {
            title: None,
            date: None,
            source: None,
            hash: 0,
            sentences: 1,
            prints: Vec::new(),
            paragraphs: Vec::new(),
            words: 0,
            given: false,
            numbers: Vec::new(),
            mentions: mentions.iter().enumerate().map(mention).collect(),
            lines: vec![Line { sentence: 3, text: text.into() }],
        }
    }

    #[test]
    fn undecided_names_are_counted_with_their_first_sentence() {
        let one = document(&[("Bush", &["a", "b"]), ("Kaseya", &[]), ("Kaseya", &[])]);
        let two = document(&[("Li", &["c", "d"]), ("Bush", &["a", "b"]), ("Bush", &["a"])]);
        let found = ambiguous(&[("one", &one), ("two", &two)]);
        let rows: Vec<_> = found.iter().map(|row| (&*row.surface, row.candidates.len(), row.count)).collect();
        assert_eq!(rows, [("Bush", 2, 2), ("Bush", 1, 1), ("Li", 2, 1), ("Kaseya", 0, 2)]);
        assert_eq!((&*found[0].document, found[0].sentence, found[0].span.of(&found[0].text)), ("one", 3, "Bush"));
        assert_eq!((&*found[1].document, found[1].span.of(&found[1].text)), ("two", "Bush"));
    }

    #[test]
    fn the_list_is_bounded() {
        let names: Vec<String> = (0..MOST_AMBIGUOUS + 5).map(|number| format!("N{number}")).collect();
        let mentions: Vec<(&str, &[&str])> = names.iter().map(|name| (&**name, &[] as &[&str])).collect();
        assert_eq!(ambiguous(&[("one", &document(&mentions))]).len(), MOST_AMBIGUOUS);
    }
}
