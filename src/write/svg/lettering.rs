//! How wide text is, without a font at hand: the widest of the usual ones, so that no label is wider than thought.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// Widths of the characters from blank to `~`, in hundredths of the font size: for each the widest of Inter (600),
/// Liberation Sans (700; the metrics of Arial and Helvetica) and DejaVu Sans (400).
#[rustfmt::skip]
const ASCII: [u8; 95] = [
    32, 41, 48, 84, 65, 96, 78, 28, 40, 40, 55, 84, 32, 47, 32, 38, 67, 64, 64,
    66, 67, 64, 65, 64, 65, 65, 34, 34, 84, 84, 84, 62, 100, 73, 73, 75, 78, 67,
    62, 78, 76, 30, 57, 73, 62, 91, 75, 79, 67, 79, 73, 67, 66, 74, 73, 101, 70,
    71, 69, 40, 38, 40, 84, 56, 50, 62, 64, 58, 64, 62, 38, 64, 64, 28, 28, 58,
    28, 98, 64, 62, 64, 64, 42, 56, 40, 64, 60, 84, 60, 60, 57, 64, 36, 64, 84,
];

/// Height of a line of text, in font sizes.
pub(super) const LINE: f64 = 1.2;
/// How far a line's baseline is below its top, in font sizes.
pub(super) const BASELINE: f64 = 0.92;

/// How wide `text` is at font size `size`, in pixels; rather too much than too little.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * size
}

fn advance(c: char) -> f64 {
    let mut base = c;
    let mut first = true;
    decompose_canonical(c, |part| {
        if std::mem::take(&mut first) {
            base = part;
        }
    });
    match base {
        ' '..='~' => f64::from(ASCII[base as usize - 32]) / 100.0,
        c if is_combining_mark(c) => 0.0,
        // Joiners and direction marks.
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' => 0.0,
        '‘' | '’' | '·' => 0.32,
        // Latin, Greek and Cyrillic: the widest capitals are wider than most Latin ones.
        '\u{80}'..='\u{58f}' => {
            if c.is_uppercase() {
                0.95
            } else {
                0.8
            }
        }
        // Hebrew and Arabic.
        '\u{590}'..='\u{8ff}' => 0.75,
        '–' | '“' | '”' => 0.6,
        // Everything else as wide as Chinese, with some air for emoji.
        _ => 1.1,
    }
}

/// Breaks a label in two lines where it is long and can be broken, as evenly as can be.
pub(super) fn lines(label: &str) -> Vec<String> {
    if width(label, 1.0) <= 10.5 {
        return vec![label.to_owned()];
    }
    let best = breaks(label)
        .map(|at| {
            let (first, second) = (label[..at].trim_end(), label[at..].trim_start());
            (width(first, 1.0).max(width(second, 1.0)), first, second)
        })
        .filter(|(_, first, second)| !first.is_empty() && !second.is_empty())
        .min_by(|x, y| x.0.total_cmp(&y.0));
    match best {
        Some((_, first, second)) => vec![first.to_owned(), second.to_owned()],
        None => vec![label.to_owned()],
    }
}

/// The bytes at which a label may be broken: at blanks, after hyphens, and anywhere in Chinese and Japanese.
fn breaks(label: &str) -> impl Iterator<Item = usize> + '_ {
    let wide = |c: char| ('\u{2e80}'..='\u{9fff}').contains(&c) || ('\u{ac00}'..='\u{d7a3}').contains(&c);
    label
        .char_indices()
        .filter(move |&(_, c)| c.is_whitespace() || c == '-' || wide(c))
        .map(|(at, c)| at + c.len_utf8())
}

/// `text` cut, with `…`, so that it is at most `room` wide at font size `size`.
pub(super) fn fit(text: &str, size: f64, room: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut used = width("…", size);
    let kept = text.chars().take_while(|&c| {
        used += width(c.encode_utf8(&mut [0; 4]), size);
        used <= room
    });
    let mut cut: String = kept.collect();
    cut.truncate(cut.trim_end().len());
    cut.push('…');
    cut
}

/// `text` in lines that are at most `room` wide at font size `size`; what does not fit in `most` lines is cut.
pub(super) fn wrap(text: &str, size: f64, room: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let full = lines.len() == most;
        match lines.last_mut() {
            Some(line) if full || width(line, size) + width(word, size) + size * 0.32 <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.iter().map(|line| fit(line, size, room)).collect()
}
