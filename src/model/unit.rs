//! The stretch of text in which two actors may meet.

use std::fmt;

/// Where two actors must both stand to meet: what every count, weight and test counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// A sentence.
    #[default]
    Sentence,
    /// So many sentences in a row, at least 2.
    Window(u32),
    /// A paragraph.
    Paragraph,
    /// A whole document.
    Document,
}

impl Unit {
    /// In how many units a sentence stands: windows overlap.
    pub fn overlap(self) -> u64 {
        match self {
            Unit::Window(size) => size.into(),
            _ => 1,
        }
    }

    /// The word for one of them, for people.
    pub fn noun(self) -> &'static str {
        match self {
            Unit::Sentence => "sentence",
            Unit::Window(_) => "window",
            Unit::Paragraph => "paragraph",
            Unit::Document => "document",
        }
    }

    fn parse(name: &str) -> Option<Unit> {
        match name {
            "sentence" => Some(Unit::Sentence),
            "paragraph" => Some(Unit::Paragraph),
            "document" => Some(Unit::Document),
            _ => name.strip_prefix("window:")?.parse().ok().filter(|size| (2..=1000).contains(size)).map(Unit::Window),
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unit::Window(size) => write!(f, "window:{size}"),
            _ => f.write_str(self.noun()),
        }
    }
}

impl std::str::FromStr for Unit {
    type Err = &'static str;

    /// Reads `sentence`, `window:3`, `paragraph` or `document`.
    ///
    /// # Errors
    /// It is none of these; the message says what was expected.
    ///
    /// ```
    /// use actant::model::Unit;
    /// assert_eq!("window:3".parse(), Ok(Unit::Window(3)));
    /// assert!("window:1".parse::<Unit>().is_err());
    /// ```
    fn from_str(name: &str) -> std::result::Result<Unit, &'static str> {
        Unit::parse(name).ok_or("expected sentence, window:K with K from 2 to 1000, paragraph or document")
    }
}
