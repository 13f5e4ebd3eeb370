//! Rows in order of a small number without a copy of them: they are counted first, then each is put where it belongs.

use std::ops::Range;

/// Where the rows of each number go.
#[derive(Default)]
pub struct Places {
    /// While rows are counted: how many the number before has. While they are placed: where the next one goes.
    next: Vec<usize>,
}

impl Places {
    /// Counts some rows of a number.
    pub fn count(&mut self, number: u32, rows: usize) {
        let behind = number as usize + 1;
        if self.next.len() <= behind {
            self.next.resize(behind + 1, 0);
        }
        self.next[behind] += rows;
    }

    /// All are counted: how many there are. Cost: linear in the largest number.
    pub fn counted(&mut self) -> usize {
        (1..self.next.len()).for_each(|at| self.next[at] += self.next[at - 1]);
        self.next.last().copied().unwrap_or(0)
    }

    /// Where the next row of a number goes.
    #[inline]
    pub fn next(&mut self, number: u32) -> usize {
        let next = &mut self.next[number as usize];
        *next += 1;
        *next - 1
    }

    /// All are placed: each number with where its rows are, in order.
    pub fn rows(&self) -> impl Iterator<Item = (u32, Range<usize>)> + '_ {
        let begins = std::iter::once(0).chain(self.next.iter().copied());
        (0..).zip(begins.zip(&self.next).map(|(begin, &end)| begin..end)).filter(|(_, rows)| !rows.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn rows_stand_in_order_of_their_numbers_and_as_they_come(numbers in prop::collection::vec(0u32..9, 0..40)) {
            let mut places = Places::default();
            numbers.iter().for_each(|number| places.count(*number, 1));
            let mut rows = vec![(0, 0); places.counted()];
            numbers.iter().zip(0..).for_each(|(number, at)| rows[places.next(*number)] = (*number, at));
            let mut sorted: Vec<(u32, usize)> = numbers.iter().copied().zip(0..).collect();
            sorted.sort();
            prop_assert_eq!(&rows, &sorted);
            for (number, range) in places.rows() {
                prop_assert!(rows[range].iter().all(|row| row.0 == number));
            }
            prop_assert_eq!(places.rows().map(|(_, range)| range.len()).sum::<usize>(), rows.len());
        }
    }
}
