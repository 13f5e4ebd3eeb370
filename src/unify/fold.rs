//! Numbers for things of which some are copies: copies have one number.

use std::ops::Range;

use foldhash::HashMap;

/// The number of each thing (sentence, paragraph, …) of each document; copies in different documents share one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fold {
    starts: Vec<u32>,
    numbers: Vec<u32>,
    count: u32,
}

impl Fold {
    /// Numbers without any copies, for documents of so many things.
    pub fn plain(sizes: &[usize]) -> Fold {
        let starts = starts(sizes);
        let count = starts[sizes.len()];
        Fold { starts, numbers: (0..count).collect(), count }
    }

    /// The number of a thing: its document's place in the order of ids, and its place in that document.
    pub fn number(&self, document: usize, at: usize) -> u32 {
        self.numbers[self.starts[document] as usize + at]
    }

    /// The numbers of all things of a document.
    pub fn of(&self, document: usize) -> &[u32] {
        &self.numbers[self.starts[document] as usize..self.starts[document + 1] as usize]
    }

    /// How many numbers there are: things, each with its copies counted once.
    pub fn count(&self) -> u64 {
        self.count.into()
    }

    /// For each number whether several things have it.
    pub fn repeated(&self) -> Vec<bool> {
        let mut seen = vec![false; self.count as usize];
        let mut repeated = seen.clone();
        for &number in &self.numbers {
            repeated[number as usize] |= std::mem::replace(&mut seen[number as usize], true);
        }
        repeated
    }

    /// How many things are copies of an earlier one.
    pub fn copies(&self) -> u64 {
        self.numbers.len() as u64 - self.count()
    }
}

/// Things of documents, joined into groups of copies (union-find; the first of a group stands for it).
pub struct Groups {
    starts: Vec<u32>,
    parents: Vec<u32>,
}

impl Groups {
    /// Every thing alone, for documents of so many things.
    pub fn new(sizes: &[usize]) -> Groups {
        let starts = starts(sizes);
        Groups { parents: (0..starts[sizes.len()]).collect(), starts }
    }

    /// How many documents there are.
    pub fn documents(&self) -> usize {
        self.starts.len() - 1
    }

    /// The things of a document.
    pub fn range(&self, document: usize) -> Range<u32> {
        self.starts[document]..self.starts[document + 1]
    }

    /// The first thing of the group of `at`.
    pub fn of(&mut self, mut at: u32) -> u32 {
        while self.parents[at as usize] != at {
            let above = self.parents[self.parents[at as usize] as usize];
            self.parents[at as usize] = above;
            at = above;
        }
        at
    }

    /// Makes one group of two.
    pub fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.of(a), self.of(b));
        self.parents[a.max(b) as usize] = a.min(b);
    }

    /// Whether two things are of one document.
    pub fn share_document(&self, a: u32, b: u32) -> bool {
        let after = self.starts.partition_point(|&start| start <= a.min(b));
        self.starts.get(after).is_none_or(|&end| a.max(b) < end)
    }

    /// The numbers: the k-th thing of a group in one document has that of the k-th in another, so that no two of one document
    /// share a number.
    pub fn fold(mut self) -> Fold {
        let n = self.parents.len();
        // For each group the number of its first, those of the k-th of one document, and how many the document at hand has used.
        let mut first = vec![u32::MAX; n];
        let mut later: HashMap<(u32, u32), u32> = HashMap::default();
        let mut used: Vec<(u32, u32)> = vec![(u32::MAX, 0); n];
        let mut numbers = Vec::with_capacity(n);
        let mut count = 0;
        for document in 0..self.documents() {
            for at in self.range(document) {
                let group = self.of(at) as usize;
                if used[group].0 != document as u32 {
                    used[group] = (document as u32, 0);
                }
                let rank = used[group].1;
                used[group].1 += 1;
                let given = match rank {
                    0 => &mut first[group],
                    _ => later.entry((group as u32, rank)).or_insert(u32::MAX),
                };
                if *given == u32::MAX {
                    *given = count;
                    count += 1;
                }
                numbers.push(*given);
            }
        }
        Fold { starts: self.starts, numbers, count }
    }
}

/// Where the things of each document begin, and one past the last.
fn starts(sizes: &[usize]) -> Vec<u32> {
    let mut starts = vec![0u32];
    for size in sizes {
        starts.push(starts[starts.len() - 1] + *size as u32);
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_of_one_document_share_a_number() {
        let mut groups = Groups::new(&[3, 0, 2, 1]);
        [(0, 1), (1, 3), (3, 4), (5, 0)].iter().for_each(|&(a, b)| groups.join(a, b));
        assert!(groups.share_document(0, 2) && groups.share_document(4, 3) && !groups.share_document(2, 3));
        let fold = groups.fold();
        assert_eq!((fold.of(0), fold.of(1), fold.of(2), fold.of(3)), (&[0, 1, 2][..], &[][..], &[0, 1][..], &[0][..]));
        assert_eq!((fold.count(), fold.copies()), (3, 3));
        assert_eq!(Fold::plain(&[2, 1]).of(1), [2]);
    }
}
