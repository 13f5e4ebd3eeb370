//! Which sentences are copies of one another: a passage that several documents repeat counts once.
//!
//! - Sentences of different documents are copies when their words are the same, or nearly ([`Print::is_copy`]).
//! - Below [`MIN_WORDS`] words many are the same by chance ("He declined."): such a sentence is a copy only beside one. In 20 MB
//!   of news most that recur with five words or fewer are set phrases, and most with six or more are copied.
//! - What a document says twice it says twice: no two sentences of one document are copies. The first of one is a copy of the
//!   first of another, the second of the second.

use foldhash::{HashMap, HashMapExt};

use super::fold::{Fold, Groups};
use crate::text::hash;
use crate::text::print::{MIN_SKETCHED, Print, SLOTS};

/// Shorter sentences are copies only where they stand beside one.
pub const MIN_WORDS: u16 = 6;

/// In a bucket each sentence is compared with so many before it: a bucket of a set phrase costs no square.
const LOOK_BACK: usize = 16;

/// Finds the copies among the sentences of documents with so many of them, of which these are the prints. Cost: a look-up
/// for each, eight passes, and one for each million.
pub fn of_sentences(sizes: &[usize], prints: Vec<Print>) -> Fold {
    // No two sentences of one document are copies.
    if sizes.iter().filter(|size| **size > 0).count() < 2 {
        return Fold::plain(sizes);
    }
    let mut sentences = Sentences { prints, groups: Groups::new(sizes) };
    sentences.join_equal();
    sentences.join_similar();
    sentences.join_beside(1);
    sentences.join_beside(-1);
    let Sentences { prints, groups } = sentences;
    drop(prints);
    groups.fold()
}

struct Sentences {
    prints: Vec<Print>,
    groups: Groups,
}

impl Sentences {
    /// Joins those of the same words.
    fn join_equal(&mut self) {
        /// So many are looked up in one table: one of all of 1 GB of news took 176 MB, and each look waited for memory.
        const TOGETHER: usize = 7 << 17;
        let tables = self.prints.len().div_ceil(TOGETHER) as u64;
        let mut first: HashMap<u64, u32> = HashMap::with_capacity(self.prints.len().min(TOGETHER));
        for table in 0..tables {
            first.clear();
            for (at, print) in (0..).zip(&self.prints) {
                // The lower bits choose the place in a table.
                if print.words >= MIN_WORDS && (print.exact >> 32) % tables == table {
                    let known = *first.entry(print.exact).or_insert(at);
                    self.groups.join(known, at);
                }
            }
        }
    }

    /// Joins those of nearly the same words: candidates are those that agree in three neighbouring bytes of the sketch.
    /// Each triple finds half of the sentences that agree in eight of ten word pairs; the eight find 99 of 100.
    fn join_similar(&mut self) {
        let mut distinct = self.longer_than(MIN_SKETCHED);
        distinct.retain(|&at| self.groups.of(at) == at);
        let Sentences { prints, groups } = self;
        let prints = &*prints;
        let mut shared = Shared::of(distinct.len());
        let mut sorted = |band| shared.sorted(&distinct, |at| bucket(&prints[at as usize], band));
        let mut bucketed = sorted(0);
        // The next are sorted while these are joined.
        for next in (2..=SLOTS).step_by(2) {
            let sort = || if next < SLOTS { sorted(next) } else { Vec::new() };
            let join = || {
                let runs = bucketed.chunk_by(|a, b| a >> 32 == b >> 32);
                runs.for_each(|run| join_within(run, prints, groups));
            };
            (bucketed, ()) = rayon::join(sort, join);
        }
    }

    /// Joins short sentences of the same words that follow a copy (`step` 1) or stand before one (-1).
    fn join_beside(&mut self, step: i64) {
        let mut first: HashMap<(u32, u64), u32> = HashMap::new();
        for document in 0..self.groups.documents() {
            let range = self.groups.range(document);
            let (low, high) = (i64::from(range.start), i64::from(range.end));
            let mut at = if step > 0 { low } else { high - 1 };
            while (low..high).contains(&at) {
                let print = self.prints[at as usize];
                if (1..MIN_WORDS).contains(&print.words) && (low..high).contains(&(at - step)) {
                    let beside = self.groups.of((at - step) as u32);
                    let known = *first.entry((beside, print.exact)).or_insert(at as u32);
                    self.groups.join(known, at as u32);
                }
                at += step;
            }
        }
    }

    fn longer_than(&self, words: u16) -> Vec<u32> {
        (0..self.prints.len() as u32).filter(|&at| self.prints[at as usize].words >= words).collect()
    }
}

fn join_within(bucket: &[u64], prints: &[Print], groups: &mut Groups) {
    for (rank, &at) in bucket.iter().enumerate() {
        for &before in &bucket[rank.saturating_sub(LOOK_BACK)..rank] {
            let (before, at) = (before as u32, at as u32);
            if groups.of(before) != groups.of(at)
                && !groups.share_document(before, at)
                && prints[before as usize].is_copy(&prints[at as usize])
            {
                groups.join(before, at);
            }
        }
    }
}

/// A hash of three neighbouring bytes of the sketch, round its end, and the figures.
fn bucket(print: &Print, band: usize) -> u32 {
    let byte = |at: usize| u64::from(print.sketch[at % SLOTS]);
    let bytes = byte(band) << 32 | byte(band + 1) << 24 | byte(band + 2) << 16 | u64::from(print.figures);
    (hash::mix(bytes, 0) >> 32) as u32
}

/// Finds the buckets with several sentences, which few are: of all others a bit is all that is kept, and only these are sorted.
struct Shared {
    met: Vec<u64>,
    again: Vec<u64>,
    /// The bucket of each sentence.
    buckets: Vec<u32>,
}

impl Shared {
    /// Room for so many sentences: sixteen bits each, and their buckets.
    fn of(sentences: usize) -> Shared {
        let words = (sentences / 4).next_power_of_two();
        Shared { met: vec![0; words], again: vec![0; words], buckets: Vec::with_capacity(sentences) }
    }

    /// Bucket (the upper 32 bits) and place of all sentences that share one, and of some that do not, in order. The places are in
    /// order.
    fn sorted(&mut self, sentences: &[u32], bucket: impl Fn(u32) -> u32) -> Vec<u64> {
        let last = self.met.len() - 1;
        let bit = |bucket: u32| ((bucket as usize / 64) & last, 1 << (bucket % 64));
        self.met.fill(0);
        self.again.fill(0);
        self.buckets.clear();
        for &at in sentences {
            let bucket = bucket(at);
            let (word, bit) = bit(bucket);
            // Few are met again: memory for these is not waited for.
            if self.met[word] & bit != 0 {
                self.again[word] |= bit;
            }
            self.met[word] |= bit;
            self.buckets.push(bucket);
        }
        let is_shared = |(bucket, _): &(&u32, &u32)| {
            let (word, bit) = bit(**bucket);
            self.again[word] & bit != 0
        };
        let shared = self.buckets.iter().zip(sentences).filter(is_shared);
        let mut shared: Vec<u64> = shared.map(|(bucket, at)| u64::from(*bucket) << 32 | u64::from(*at)).collect();
        shared.sort_unstable();
        shared
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::log::{Log, LogDocument};
    use crate::model::Document;
    use crate::text;

    fn document(text: &str) -> LogDocument {
        let document = Document { text: text.into(), ..Document::default() };
        LogDocument::new(&document, &text::sentences(text, 0), Vec::new())
    }

    fn fold(texts: &[&str]) -> Fold {
        let documents: Vec<LogDocument> = texts.iter().map(|text| document(text)).collect();
        of_documents(&documents)
    }

    fn of_documents(documents: &[LogDocument]) -> Fold {
        let mut log = Log::default();
        documents.iter().zip(0..).for_each(|(document, at)| log.append(format!("{at:04}"), document.clone()));
        crate::unify::Corpus::unify(&log).sentences
    }

    const LONG: &str = "The minister flew to Geneva on Monday with two of her aides.";

    #[test]
    fn equal_and_edited_sentences_are_copies_in_other_documents_only() {
        let other = "The minister flew to Geneva on Monday with her aides.";
        let fold = fold(&[&format!("{LONG} {LONG} {other}"), &format!("{LONG} He sat."), other]);
        assert_eq!((fold.of(0), fold.of(1), fold.of(2)), (&[0, 1, 2][..], &[0, 3][..], &[2][..]));
        assert_eq!(self::fold(&[LONG, other]).copies(), 1);
    }

    #[test]
    fn short_sentences_are_copies_beside_copies() {
        let fold = fold(&[
            &format!("He sat. Why? {LONG} She left. Nobody spoke. Then it rained."),
            &format!("Why? {LONG} She left. Nobody spoke. It snowed."),
            "She left. Nobody spoke. Why?",
        ]);
        assert_eq!(fold.of(0), [0, 1, 2, 3, 4, 5]);
        assert_eq!(fold.of(1), [1, 2, 3, 4, 6]);
        assert_eq!(fold.of(2), [7, 8, 9]);
    }

    #[test]
    fn documents_whose_sentences_are_not_known_have_no_copies() {
        let mut documents = [document(LONG), document(LONG)];
        documents.iter_mut().for_each(|document| document.prints.clear());
        assert_eq!(of_documents(&documents).copies(), 0);
    }

    proptest! {
        #[test]
        fn equal_sentences_are_numbered_as_if_each_were_looked_up(
            documents in prop::collection::vec(prop::collection::vec(0usize..6, 0..8), 0..6)
        ) {
            let words = ["Amber", "Basalt", "Copper", "Diesel", "Ebony", "Flint"];
            let sentence = |&at: &usize| format!("{0} and {0} and {0} and {0}. ", words[at]);
            let texts: Vec<String> = documents.iter().map(|list| list.iter().map(sentence).collect()).collect();
            let fold = fold(&texts.iter().map(String::as_str).collect::<Vec<_>>());
            // The k-th of a document is the k-th of any other.
            let mut known: Vec<(usize, usize)> = Vec::new();
            for (number, list) in documents.iter().enumerate() {
                for (at, sentence) in list.iter().enumerate() {
                    let rank = list[..at].iter().filter(|other| *other == sentence).count();
                    let expected = known.iter().position(|key| *key == (*sentence, rank)).unwrap_or(known.len());
                    if expected == known.len() {
                        known.push((*sentence, rank));
                    }
                    prop_assert_eq!(fold.number(number, at) as usize, expected);
                }
            }
            prop_assert_eq!(fold.count(), known.len() as u64);
        }
    }
}
