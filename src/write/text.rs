//! What formats do to text that they cannot hold as it is.

use std::borrow::Cow;

/// Labels in pictures and graph files are cut here; the full name stays in JSON.
pub const MAX_LABEL: usize = 200;

/// A name on one line: line breaks and tabs become blanks, other control characters U+FFFD; at most `limit` characters,
/// then `…`.
pub fn label(name: &str, limit: usize) -> String {
    let mut text: String = name.chars().take(limit + 1).map(clean).collect();
    if let Some((cut, _)) = text.char_indices().nth(limit) {
        text.truncate(cut);
        text.push('…');
    }
    text
}

/// An id for formats that do not take every text: on one line, at most [`MAX_LABEL`] characters. One that this changes ends
/// in a hash of the whole, so that different ids stay different.
pub fn id(id: &str) -> Cow<'_, str> {
    let text = label(id, MAX_LABEL);
    if text == id {
        Cow::Borrowed(id)
    } else {
        format!("{text} {:016x}", xxhash_rust::xxh3::xxh3_64(id.as_bytes())).into()
    }
}

/// `text` for the inside of an XML element or attribute.
pub fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().map(clean) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Line breaks as blanks, what no text format may hold as U+FFFD.
fn clean(c: char) -> char {
    match c {
        '\n' | '\r' | '\t' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        '\0'..='\x1f' | '\x7f'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_one_line_and_bounded() {
        assert_eq!(label("a\nb\tc\0d", 200), "a b c\u{fffd}d");
        assert_eq!(label("ééééé", 3), "ééé…");
        assert_eq!(label("abc", 3), "abc");
        assert_eq!(xml("<a b='c'>&\"\u{1}"), "&lt;a b=&#39;c&#39;&gt;&amp;&quot;\u{fffd}");
    }
}
