//! Bytes to text: UTF-8, UTF-16, damaged UTF-8; binary files are turned away.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::Warning;

/// A file with a NUL byte among so many first bytes is not text (as grep and ripgrep decide).
const LOOK: usize = 8192;

/// Decodes a file. Damaged UTF-8 is read with U+FFFD in place of the bad bytes, and a warning that names the first.
///
/// # Errors
/// The bytes are not text.
pub fn decode(name: &str, bytes: Vec<u8>) -> Result<(String, Vec<Warning>), Warning> {
    if let Some(encoding) = utf16(&bytes) {
        let (text, _, damaged) = encoding.decode(&bytes);
        let warning = damaged.then(|| {
            Warning::new(name, format!("damaged {} text; the bad places were marked with U+FFFD", encoding.name()))
        });
        return Ok((text.into_owned(), warning.into_iter().collect()));
    }
    if bytes[..bytes.len().min(LOOK)].contains(&0) {
        return Err(Warning::new(name, "a binary file, not text").way_out("it was left out"));
    }
    if u32::try_from(bytes.len()).is_err() {
        return Err(
            Warning::new(name, "larger than 4 GiB").way_out("split it into documents, for example as JSON lines")
        );
    }
    let (text, damage) = utf8(name, bytes, 0);
    Ok((text, damage.into_iter().collect()))
}

/// Decodes UTF-8 of which so many bytes stand before these.
pub fn utf8(name: &str, bytes: Vec<u8>, before: u64) -> (String, Option<Warning>) {
    match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let at = before + error.utf8_error().valid_up_to() as u64;
            let warning = Warning::new(name, format!("not UTF-8 at byte {at}; bad bytes were marked with U+FFFD"))
                .way_out("save it as UTF-8 to keep every name");
            (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(warning))
        }
    }
}

/// Whether a file that begins so is text, and not UTF-16.
pub fn is_utf8(start: &[u8]) -> bool {
    utf16(start).is_none() && !start[..start.len().min(LOOK)].contains(&0)
}

/// UTF-16 by its byte order mark, or by NUL in more than a fifth of the odd or even places.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match Encoding::for_bom(bytes) {
        Some((encoding, _)) if encoding != UTF_8 => return Some(encoding),
        Some(_) => return None,
        None => {}
    }
    let head = &bytes[..bytes.len().min(LOOK) & !1];
    let nuls = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count();
    let many = |count: usize| head.len() >= 8 && count * 10 > head.len();
    match (nuls(0), nuls(1)) {
        (high, 0) if many(high) => Some(UTF_16BE),
        (0, high) if many(high) => Some(UTF_16LE),
        _ => None,
    }
}
