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
    const ROWS: usize = 1024;
    /// and so many times that many before they are written.
    const BLOCKS: usize = 16;
    let block = |start: usize| {
        let mut bytes = Vec::new();
        push(start..count.min(start + ROWS), &mut bytes).map(|()| bytes)
    };
    for start in (0..count).step_by(ROWS * BLOCKS) {
        let starts: Vec<usize> = (start..count.min(start + ROWS * BLOCKS)).step_by(ROWS).collect();
        let blocks = starts.into_par_iter().map(block).collect::<io::Result<Vec<Vec<u8>>>>()?;
        blocks.iter().try_for_each(|bytes| out.write_all(bytes))?;
    }
    Ok(())
}
