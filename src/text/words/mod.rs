//! What single words can be: first name, surname, ordinary word, head of an organization's name, and so on.
//!
//! The lists are data (`gazetteers/words/`, `gazetteers/compiled/`); a word may be on many of them. The build script makes one
//! table of all, which is used in place: filling a map of 115,000 words at every start took 10 ms.

mod classes;
mod table;

pub use classes::Class;
use table::Table;

static TABLE: Table = Table::new(include_bytes!(concat!(env!("OUT_DIR"), "/words.table")));

/// What `word` can be as it is written, without case for the classes of ordinary words. Constant cost.
///
/// ```
/// use actant::text::words::{Class, class};
/// assert!(class("Maria").is(Class::FIRST) && !class("maria").is(Class::FIRST));
/// assert!(class("Council").is(Class::ORG_HEAD) && class("council").is(Class::COMMON));
/// ```
pub fn class(word: &str) -> Class {
    let exact = TABLE.get(word.as_bytes());
    if !word.starts_with(|c: char| c.is_uppercase()) {
        return exact;
    }
    let mut lower = [0u8; 32];
    if word.is_ascii() && word.len() <= lower.len() {
        let lower = &mut lower[..word.len()];
        lower.copy_from_slice(word.as_bytes());
        lower.make_ascii_lowercase();
        return exact | TABLE.get(lower);
    }
    exact | TABLE.get(word.to_lowercase().as_bytes())
}
