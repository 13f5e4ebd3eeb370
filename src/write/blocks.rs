//! Rows that are put together on all threads and written in order.

use std::io::{self, Write};
use std::ops::Range;

use rayon::prelude::*;

/// Writes what `push` adds for the rows below `count`, some at a time, in their order: the same bytes with any number of threads.
///
/// # Errors
/// `push` or the writing fails.
pub fn write(
    out: &mut dyn Write,
    count: usize,
    push: impl Fn(Range<usize>, &mut Vec<u8>) -> io::Result<()> + Sync,
) -> io::Result<()> {
    /// So many rows are put together by one thread at a time,
    const ROWS: usize = 256;
    /// and so many times that many at once.
    const BLOCKS: usize = 16;
    let fill = |start: usize, blocks: &mut Vec<Vec<u8>>| -> io::Result<()> {
        let starts = (start..count.min(start + ROWS * BLOCKS)).step_by(ROWS);
        blocks.resize_with(starts.len(), Vec::new);
        blocks.par_iter_mut().enumerate().try_for_each(|(number, bytes)| {
            bytes.clear();
            let start = start + number * ROWS;
            push(start..count.min(start + ROWS), bytes)
        })
    };
    // While some are written the next are put together. Their memory is used again: with new pages for each a build took a
    // twentieth longer.
    let (mut ready, mut next) = (Vec::new(), Vec::new());
    for start in (0..count).step_by(ROWS * BLOCKS) {
        let mut filled = Ok(());
        rayon::in_place_scope(|scope| {
            scope.spawn(|_| filled = fill(start, &mut next));
            ready.iter().try_for_each(|bytes: &Vec<u8>| out.write_all(bytes))
        })?;
        filled?;
        std::mem::swap(&mut ready, &mut next);
    }
    ready.iter().try_for_each(|bytes| out.write_all(bytes))
}
