//! Where paragraphs begin.

use super::fold::is_break;
use crate::model::Span;

/// The sentences, by number, that begin a paragraph; the first of a text always does and is not listed.
///
/// Paragraphs are separated by empty lines; in a text without one every line is a paragraph. Cost: the gaps between
/// sentences.
///
/// ```
/// use actant::text::{paragraphs, sentences};
/// let begins = |text| paragraphs(text, &sentences(text, 0));
/// assert_eq!(begins("One. Two.\n\nThree.\nFour."), [2]);
/// assert_eq!(begins("One. Two.\nThree.\r\nFour."), [2, 3]);
/// ```
pub fn paragraphs(text: &str, sentences: &[Span]) -> Vec<u32> {
    let breaks: Vec<usize> = sentences
        .windows(2)
        .map(|two| lines(&text[two[0].end as usize..(two[1].start.max(two[0].end)) as usize]))
        .collect();
    let needed = if breaks.iter().any(|&breaks| breaks > 1) { 2 } else { 1 };
    (1..).zip(breaks).filter(|(_, breaks)| *breaks >= needed).map(|(sentence, _)| sentence).collect()
}

/// How many line breaks a gap has; `\r\n` is one.
fn lines(gap: &str) -> usize {
    if gap == " " {
        return 0;
    }
    let breaks = gap.chars().filter(|&c| is_break(c)).count();
    breaks - gap.matches("\r\n").count()
}
