//! Text without names: characters, folding with offsets, sentences, and the word lists of a language.
//!
//! Nothing here knows a gazetteer; everything is a pure function of a text.

pub mod bits;
pub mod chars;
pub mod fold;
pub mod hash;
pub mod lanes;
pub mod lexicon;
pub mod paragraphs;
pub mod points;
pub mod print;
pub mod sentences;
pub mod words;

pub use fold::Folded;
pub use lexicon::Lexicon;
pub use paragraphs::paragraphs;
pub use sentences::sentences;
