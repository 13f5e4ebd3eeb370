//! What formats do to text that they cannot hold as it is.

use std::borrow::Cow;

/// Labels in pictures and graph files are cut here; the full name stays in JSON.
pub const MAX_LABEL: usize = 200;

/// A name on one line: line breaks and tabs become blanks, other control characters U+FFFD; at most `limit` characters,
/// then `…`.
pub fn label(name: &str, limit: usize) -> Cow<'_, str> {
    if is_clean(name) {
        // Bytes are never fewer than characters.
        let cut = match name.as_bytes().get(..limit) {
            Some(first) if first.is_ascii() => (name.len() > limit).then_some(limit),
            Some(_) => name.char_indices().nth(limit).map(|(cut, _)| cut),
            None => None,
        };
        return cut.map_or(name.into(), |cut| format!("{}…", &name[..cut]).into());
    }
    let mut text: String = name.chars().take(limit + 1).map(clean).collect();
    if let Some((cut, _)) = text.char_indices().nth(limit) {
        text.truncate(cut);
        text.push('…');
    }
    text.into()
}

/// Whether [`clean`] changes nothing: nearly always, and told by a look at the bytes, without taking characters apart.
fn is_clean(name: &str) -> bool {
    // Without a branch, so that many bytes are looked at together. The lead bytes of other signs that are not clean: C2, EF, and
    // E2 80 where A8 or A9 follows; quotes and dashes begin with E2 80 too.
    let odd = |byte: u8| (byte < b' ') | (byte == 0x7f) | (byte == 0xc2) | (byte == 0xef);
    let is_break = |of: &[u8]| (of[0] == 0xe2) & (of[1] == 0x80) & (of[2] & 0xfe == 0xa8);
    let bytes = name.as_bytes();
    let (any_odd, any_mark) =
        bytes.iter().fold((false, false), |(odds, marks), &byte| (odds | odd(byte), marks | (byte == 0xe2)));
    let plain = !(any_odd || any_mark && bytes.windows(3).fold(false, |any, three| any | is_break(three)));
    plain || name.chars().all(|c| clean(c) == c)
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

/// A name on one line, cut at `limit` characters, without the marks that would turn the text around it.
pub fn plain(name: &str, limit: usize) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let name: String = name.chars().filter(|&c| !turns(c)).take(limit + 1).collect();
    label(&name, limit).into_owned()
}

/// Adds a number as `Display` has it, with as few digits as read back the same and without an exponent. The digits are those of
/// JSON, which come in a fifth of the time; a very large number may be just between two such, of which JSON has the other.
pub fn push_float(out: &mut Vec<u8>, number: f64) {
    /// Below, no number has so few digits behind the point that half a unit of the 17th digit is one of them.
    const LARGE: f64 = 1e12;
    let from = out.len();
    if number.abs() < LARGE && serde_json::to_writer(&mut *out, &number).is_ok() {
        let Some(exponent) = out[from..].iter().position(|&byte| byte == b'e') else {
            out.truncate(out.len() - if out.ends_with(b".0") { 2 } else { 0 });
            return;
        };
        // A digit, the others behind a point, and how many places the point is to be moved to the left.
        let json = out.split_off(from);
        let digits = json[..exponent].iter().filter(|byte| byte.is_ascii_digit());
        let zeros = json[exponent + 1..].iter().filter(|byte| byte.is_ascii_digit());
        let zeros = zeros.fold(0, |number, byte| 10 * number + usize::from(byte - b'0')) - 1;
        out.extend_from_slice(if number < 0.0 { b"-0." } else { b"0." });
        out.extend(std::iter::repeat_n(b'0', zeros).chain(digits.copied()));
    } else {
        out.truncate(from);
        out.extend_from_slice(number.to_string().as_bytes());
    }
}

/// `1 tie`, `1,234 ties`.
pub fn count(number: u64, what: &str) -> String {
    format!("{} {what}{}", grouped(number), if number == 1 { "" } else { "s" })
}

/// A number with commas between thousands.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `text` for a line of Markdown, CommonMark and GitHub's: on one line, without marks that turn the text around it, blanks
/// together, at most `limit` characters; nothing in it is markup, neither inside nor as the beginning of a line.
pub fn markdown(text: &str, limit: usize) -> String {
    let words = plain(text, limit);
    let words: Vec<&str> = words.split_whitespace().collect();
    let words = words.join(" ");
    let mut out = String::with_capacity(words.len() + 8);
    // A number is the first of a list where one of these is behind it.
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    for (at, c) in words.char_indices() {
        let first = at == 0 && matches!(c, '-' | '+' | '=' | '>');
        let number = at == digits && digits > 0 && matches!(c, '.' | ')');
        if first || number || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '|' | '~' | '&' | '#' | '$') {
            out.push('\\');
        }
        out.push(c);
    }
    out
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
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn numbers_are_those_of_the_standard_library(bits: u64, small in 0.0..1.0f64, power in -320..40i32, whole in -1e17..1e17f64) {
            let scaled = small * 10f64.powi(power);
            for number in [f64::from_bits(bits), small, scaled, -scaled, whole.round(), whole / 1e17, f64::from(power)] {
                let mut out = b"1e-3 ".to_vec();
                push_float(&mut out, number);
                prop_assert_eq!(String::from_utf8(out).unwrap(), format!("1e-3 {number}"));
            }
        }
    }

    #[test]
    fn nothing_in_a_text_is_markdown() {
        let check = |text: &str, expected: &str| assert_eq!(markdown(text, 40), expected);
        check("a*b_c [d](e) <b> `f` |g| \\", r"a\*b\_c \[d\](e) \<b> \`f\` \|g\| \\");
        check("# x", r"\# x");
        check("- x - y", r"\- x - y");
        check("> x\r\n> y", r"\> x > y");
        check("12. x 3. y", r"12\. x 3. y");
        check("3) x", r"3\) x");
        check(" a \n\n b\0 &lt; ~~c~~ $x$", "a b\u{fffd} \\&lt; \\~\\~c\\~\\~ \\$x\\$");
        check("\u{202e}turned\u{2066}", "turned");
        check(&"ab".repeat(40), &format!("{}…", "ab".repeat(20)));
    }

    #[test]
    fn bytes_tell_what_is_clean() {
        for c in (0..=0x10_ffff).filter_map(char::from_u32) {
            assert_eq!(is_clean(&format!("a{c}b")), clean(c) == c, "{c:?}");
        }
    }

    #[test]
    fn labels_are_one_line_and_bounded() {
        assert_eq!(label("a\nb\tc\0d", 200), "a b c\u{fffd}d");
        assert_eq!(label("ééééé", 3), "ééé…");
        assert_eq!(label("abc", 3), "abc");
        assert_eq!(xml("<a b='c'>&\"\u{1}"), "&lt;a b=&#39;c&#39;&gt;&amp;&quot;\u{fffd}");
    }
}
