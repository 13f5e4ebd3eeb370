//! Rows in order of a small number without a copy of them: they are counted first, then each is put where it belongs.

use std::ops::Range;

/// Where the rows of each number go.
#[derive(Clone, Default)]
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

    /// Ranges of numbers with about so many counted rows each, all numbers in one of them; one with more has them alone.
    pub fn parts(&self, rows: usize) -> Vec<Range<u32>> {
        let (mut parts, mut begin, mut of_part) = (Vec::new(), 0, 0);
        for (number, rows_of) in (0..).zip(self.next.iter().skip(1)) {
            if of_part > 0 && of_part + rows_of > rows {
                parts.push(begin..number);
                (begin, of_part) = (number, 0);
            }
            of_part += rows_of;
        }
        parts.push(begin..u32::MAX);
        parts
    }

    /// The counts of these numbers alone.
    pub fn only(&self, numbers: &Range<u32>) -> Places {
        let mut only = self.clone();
        for (number, rows) in (0..).zip(only.next.iter_mut().skip(1)) {
            *rows *= usize::from(numbers.contains(&number));
        }
        only
    }

    /// All are counted: how many there are. Cost: linear in the largest number.
    pub fn counted(&mut self) -> usize {
        (1..self.next.len()).for_each(|at| self.next[at] += self.next[at - 1]);
        self.next.last().copied().unwrap_or(0)
    }

    /// All are counted and none is placed: where the rows of a number go.
    #[inline]
    pub fn of(&self, number: u32) -> Range<usize> {
        match self.next.get(number as usize..) {
            Some(&[begin, end, ..]) => begin..end,
            _ => 0..0,
        }
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
            let ranges: Vec<_> = (0..12).map(|number| (number, places.of(number))).collect();
            numbers.iter().zip(0..).for_each(|(number, at)| rows[places.next(*number)] = (*number, at));
            let mut sorted: Vec<(u32, usize)> = numbers.iter().copied().zip(0..).collect();
            sorted.sort();
            prop_assert_eq!(&rows, &sorted);
            prop_assert!(places.rows().eq(ranges.into_iter().filter(|(_, rows)| !rows.is_empty())));
            for (number, range) in places.rows() {
                prop_assert!(rows[range].iter().all(|row| row.0 == number));
            }
            prop_assert_eq!(places.rows().map(|(_, range)| range.len()).sum::<usize>(), rows.len());
        }

        #[test]
        fn every_number_is_of_one_part(numbers in prop::collection::vec(0u32..9, 0..40), most in 0usize..20) {
            let mut places = Places::default();
            numbers.iter().for_each(|number| places.count(*number, 1));
            let parts = places.parts(most);
            prop_assert_eq!((parts[0].start, parts[parts.len() - 1].end), (0, u32::MAX));
            prop_assert!(parts.windows(2).all(|next| next[0].end == next[1].start));
            for part in parts {
                let of_part: Vec<u32> = numbers.iter().copied().filter(|number| part.contains(number)).collect();
                let different = of_part.iter().collect::<std::collections::BTreeSet<_>>().len();
                prop_assert!(of_part.len() <= most || different == 1);
                prop_assert_eq!(places.only(&part).counted(), of_part.len());
            }
        }
    }
}
