//! The names that nothing decides, gathered from all documents.

use std::cmp::Reverse;

use foldhash::{HashMap, HashSet};

use crate::log::{Log, Record};
use crate::model::{Ambiguous, Span};
use crate::text::chars::one_line;

/// So many undecided names are kept.
pub const MOST_AMBIGUOUS: usize = 500;

/// Where a name was first seen, and how often it stands undecided.
struct Seen {
    times: u64,
    document: u32,
    line: u32,
    span: Span,
}

/// The undecided names that have been met. A surface that may be others elsewhere is a name of its own.
#[derive(Default)]
pub(super) struct Undecided {
    /// By surface, and type and candidates as the log numbers them.
    names: HashMap<(String, u32, Option<u32>), Seen>,
}

impl Undecided {
    /// Counts those of a document. Cost: a look-up for each.
    pub fn count(&mut self, document: u32, record: &Record) {
        for mention in record.mentions.iter().filter(|mention| mention.key.is_none()) {
            let surface = one_line(mention.span.of(&record.document.lines[mention.line as usize].text));
            let key = (surface.into_owned(), mention.entity_type, mention.candidates);
            let first = || Seen { times: 0, document, line: mention.line, span: mention.span };
            self.names.entry(key).or_insert_with(first).times += 1;
        }
    }

    /// The names, those with candidates and then the most frequent first, with their first sentences.
    pub fn rows(self, log: &Log) -> Vec<Ambiguous> {
        let candidates = |may: &Option<u32>| may.map(|may| &log.candidates()[may as usize]);
        let mut names: Vec<_> = self.names.into_iter().collect();
        names.sort_unstable_by(|((a, of_a, may_a), seen_a), ((b, of_b, may_b), seen_b)| {
            let rank = |may: &Option<u32>, seen: &Seen| (may.is_none(), Reverse(seen.times));
            let types = log.types();
            rank(may_a, seen_a)
                .cmp(&rank(may_b, seen_b))
                .then_with(|| (a, &types[*of_a as usize]).cmp(&(b, &types[*of_b as usize])))
                .then_with(|| candidates(may_a).cmp(&candidates(may_b)))
        });
        names.truncate(MOST_AMBIGUOUS);
        let wanted: HashSet<u32> = names.iter().map(|(_, seen)| seen.document).collect();
        let texts: HashMap<u32, (&str, Record)> =
            log.chosen(|number| wanted.contains(&number)).map(|(number, id, record)| (number, (id, record))).collect();
        let row = |((surface, entity_type, may), seen): ((String, u32, Option<u32>), Seen)| {
            let (id, record) = &texts[&seen.document];
            let line = &record.document.lines[seen.line as usize];
            Ambiguous {
                surface,
                entity_type: log.types()[entity_type as usize].clone(),
                candidates: candidates(&may).cloned().unwrap_or_default(),
                count: seen.times,
                document: (*id).to_owned(),
                sentence: record.document.number(line.sentence),
                text: line.text.to_string(),
                span: seen.span,
            }
        };
        names.into_iter().map(row).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::{Line, LogDocument, LogMention};
    use crate::model::{Context, EntityType, Kind, Rule};

    fn ambiguous(documents: &[(&str, &LogDocument)]) -> Vec<Ambiguous> {
        let mut log = Log::default();
        documents.iter().for_each(|(id, document)| log.append((*id).to_owned(), (*document).clone()));
        let mut undecided = Undecided::default();
        (0..).zip(log.records()).for_each(|(number, (_, record))| undecided.count(number, &record));
        undecided.rows(&log)
    }

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
                rule: const { Rule::named("abstain") },
                holder: None,
                candidates: candidates.iter().collect(),
            }
        };
        LogDocument {
            title: None,
            date: None,
            source: None,
            hash: 0,
            sentences: 4,
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
        let found = ambiguous(&[("a", &one), ("b", &two)]);
        let rows: Vec<_> = found.iter().map(|row| (&*row.surface, row.candidates.len(), row.count)).collect();
        assert_eq!(rows, [("Bush", 2, 2), ("Bush", 1, 1), ("Li", 2, 1), ("Kaseya", 0, 2)]);
        assert_eq!((&*found[0].document, found[0].sentence, found[0].span.of(&found[0].text)), ("a", 3, "Bush"));
        assert_eq!((&*found[1].document, found[1].span.of(&found[1].text)), ("b", "Bush"));
    }

    #[test]
    fn the_list_is_bounded() {
        let names: Vec<String> = (0..MOST_AMBIGUOUS + 5).map(|number| format!("N{number}")).collect();
        let mentions: Vec<(&str, &[&str])> = names.iter().map(|name| (&**name, &[] as &[&str])).collect();
        assert_eq!(ambiguous(&[("one", &document(&mentions))]).len(), MOST_AMBIGUOUS);
    }
}
