//! The forms in which the names of one row are written: with and without accents, points and blanks in initials,
//! capitals; the surname alone.

use super::row::{Case, Row};
use super::spelling::{Follows, is_latin, plain, plain_letter};
use crate::text::Folded;
use crate::text::chars::{is_capitalized, is_upper};

/// What sort of form of a name was found. Ordered: a better kind first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum FormKind {
    /// The name or an alias, or one of its usual spellings.
    Full,
    /// Up to six capitals, with or without points.
    Acronym,
    /// A name with initials written otherwise than in the list.
    Initials,
    /// The people or the adjective.
    Demonym,
    /// A surname: needs support.
    Surname,
    /// Another short form: needs support.
    Short,
}

impl FormKind {
    /// All kinds; the index is the number that the compiled form stores.
    pub const ALL: [FormKind; 6] =
        [FormKind::Full, FormKind::Acronym, FormKind::Initials, FormKind::Demonym, FormKind::Surname, FormKind::Short];

    /// Whether it stands for its bearer by itself: it is no surname and no short form.
    #[inline]
    pub fn is_full(self) -> bool {
        !matches!(self, FormKind::Surname | FormKind::Short)
    }
}

/// How upper and lower case count for a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letters {
    /// As they are.
    Written,
    /// As they are, or all in capitals, which follows from them: that other spelling need not be kept.
    OrCapitals,
    /// As they are, which is in capitals where the list is not.
    Capitals,
}

/// One form of a name, folded.
#[derive(Clone, Copy)]
pub struct Form<'r> {
    /// Its text; never empty, without blanks at its ends.
    pub text: &'r str,
    /// What sort of form.
    pub kind: FormKind,
    /// In which case it counts.
    pub letters: Letters,
    /// Whether it also counts without its accents, which follows from it too.
    pub plain: bool,
}

impl Form<'_> {
    /// Hands on every spelling of the form, and whether it is one in capitals that the list has in another case.
    pub fn each_spelling(&self, mut take: impl FnMut(String, bool)) {
        let mut both = |text: String| {
            if self.letters == Letters::OrCapitals {
                take(text.to_uppercase(), true);
            }
            take(text, self.letters == Letters::Capitals);
        };
        both(self.text.to_owned());
        if self.plain {
            both(plain(self.text));
        }
    }
}

/// Acronyms have at most this many letters; longer words in capitals are names in capitals.
const MAX_ACRONYM: usize = 6;

/// Hands on every form of a row. The first is its name, unless the row wants any case. Cost: without allocation for names of words
/// of Latin letters.
pub fn each(row: &Row, take: &mut dyn FnMut(Form)) {
    let mut forms = Forms { case: row.case, take };
    let person = row.entity_type == "person";
    for name in std::iter::once(&row.name).chain(&row.aliases) {
        let kind = if is_acronym(name) { FormKind::Acronym } else { FormKind::Full };
        forms.add(name, kind);
        if person {
            initials(name).iter().for_each(|spelling| forms.add(spelling, FormKind::Initials));
        }
    }
    for demonym in &row.demonyms {
        forms.add(demonym, FormKind::Demonym);
    }
    let kind = if person { FormKind::Surname } else { FormKind::Short };
    match &row.short {
        Some(short) => short.iter().for_each(|form| forms.add_short(form, kind)),
        None if person => surname(&row.name).into_iter().for_each(|form| forms.add_short(form, kind)),
        None => {}
    }
}

/// What a run of blanks is folded to.
pub fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\n')
}

/// The surname of a full name with its particles, if it has one: the last word, without Jr., III and the like.
fn surname(name: &str) -> Option<&str> {
    let (mut end, mut suffix) = (name.len(), None);
    // From the last word to the first: where the surname starts, once it is found.
    loop {
        let start = name[..end].rfind(' ').map_or(0, |blank| blank + 1);
        let word = &name[start..end];
        if !is_suffix(word) {
            let none = start == 0 || name.starts_with(char::is_lowercase) || suffix.is_some_and(is_numeral);
            return (!none).then(|| &name[with_particles(name, start)..end]);
        }
        suffix = Some(word);
        end = start.checked_sub(1)?;
    }
}

/// Where the particles begin that stand before the word at `start`; the first word is none.
fn with_particles(name: &str, start: usize) -> usize {
    let mut first = start;
    while let Some(end) = first.checked_sub(1) {
        let before = name[..end].rfind(' ').map_or(0, |blank| blank + 1);
        if before == 0 || !name[before..end].starts_with(char::is_lowercase) {
            break;
        }
        first = before;
    }
    first
}

fn is_suffix(word: &str) -> bool {
    matches!(word, "Jr." | "Jr" | "Sr." | "Sr") || is_numeral(word)
}

/// Whether the word is a Roman numeral of a ruler or a grandson.
fn is_numeral(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
}

/// Whether a name is an acronym: at most six letters, all capitals, perhaps with points or `&`.
pub fn is_acronym(name: &str) -> bool {
    let letters = || name.chars().filter(|c| c.is_alphabetic()).count();
    is_upper(name) && !name.contains(' ') && (2..=MAX_ACRONYM).contains(&letters())
}

struct Forms<'t> {
    case: Case,
    take: &'t mut dyn FnMut(Form),
}

impl Forms<'_> {
    /// Adds a name in its spellings.
    fn add(&mut self, name: &str, kind: FormKind) {
        if is_simple(name) {
            return self.add_plain(name, kind);
        }
        let name = Folded::new(name).text;
        self.add_plain(&name, kind);
        spellings(&name).iter().for_each(|spelling| self.add_cases(spelling, kind));
    }

    /// Adds a short form; one that begins with a particle also as it stands at the start of a sentence and, for the
    /// Arabic article, without it.
    fn add_short(&mut self, form: &str, kind: FormKind) {
        self.add(form, kind);
        if form.starts_with(char::is_lowercase) {
            self.add(&capitalize(form), kind);
        }
        if let Some((article, bare)) = form.split_at_checked(3)
            && ["al-", "el-", "al ", "el "].iter().any(|known| article.eq_ignore_ascii_case(known))
            && is_capitalized(bare)
            && bare.len() > 2
        {
            self.add(bare, kind);
        }
    }

    /// Adds a folded name, and how it is written without accents.
    fn add_plain(&mut self, name: &str, kind: FormKind) {
        if name.is_ascii() || !name.chars().all(is_latin) {
            return self.add_cases(name, kind);
        }
        let follows = Follows::of(name);
        match self.case {
            Case::Usual if follows.capitals && follows.plain && !is_acronym(name) => {
                self.push(name, kind, Letters::OrCapitals, true);
            }
            Case::Exact if follows.plain => self.push(name, kind, Letters::Written, true),
            _ => {
                self.add_cases(name, kind);
                self.add_cases(&plain(name), kind);
            }
        }
    }

    fn add_cases(&mut self, name: &str, kind: FormKind) {
        match self.case {
            Case::Usual if is_acronym(name) => self.push(name, kind, Letters::Written, false),
            Case::Usual if Follows::of(name).capitals => self.push(name, kind, Letters::OrCapitals, false),
            Case::Usual => {
                self.push(&name.to_uppercase(), kind, Letters::Capitals, false);
                self.push(name, kind, Letters::Written, false);
            }
            Case::Exact => self.push(name, kind, Letters::Written, false),
            Case::Any => {
                let lower = name.to_lowercase();
                for spelling in [&capitalize(&lower), &name.to_uppercase(), &lower, name] {
                    self.push(spelling, kind, Letters::Written, false);
                }
            }
        }
    }

    /// Hands a form on. Blanks at the ends (they may stand beside an invisible character in the list) are no part of it; the table
    /// of the compiled form relies on that.
    fn push(&mut self, text: &str, kind: FormKind, letters: Letters, plain: bool) {
        let text = text.trim_matches(is_blank);
        if !text.is_empty() {
            (self.take)(Form { text, kind, letters, plain });
        }
    }
}

/// Whether a name needs no folding and has no other spelling but what follows from it: words of Latin letters with one blank or
/// hyphen between them, as most are.
fn is_simple(name: &str) -> bool {
    let mut letter = false;
    for c in name.chars() {
        let word = c.is_ascii_alphanumeric() || plain_letter(c).is_some();
        if !(word || letter && matches!(c, ' ' | '-')) {
            return false;
        }
        letter = word;
    }
    letter
}

/// How else a folded name is commonly written.
fn spellings(name: &str) -> Vec<String> {
    let mut all = Vec::new();
    for (from, to) in [
        (" & ", " and "),
        ("St. ", "St "),
        ("St. ", "Saint "),
        ("Mt. ", "Mount "),
        (" Inc.", " Inc"),
        (" Corp.", " Corp"),
        (" Co.", " Co"),
        (" Ltd.", " Ltd"),
        (" Jr.", " Jr"),
        (" Sr.", " Sr"),
    ] {
        if name.contains(from) {
            all.push(name.replacen(from, to, 1));
        }
    }
    if is_acronym(name) && name.ends_with('.') && name.len() > 3 {
        all.push(name[..name.len() - 1].to_owned());
    }
    all
}

/// The other ways to write initials at the start of a name: `JD`, `J.D.`, `J. D.`.
fn initials(name: &str) -> Vec<String> {
    // Nine names in ten have a small letter in the second place.
    if name.chars().nth(1).is_some_and(char::is_lowercase) {
        return Vec::new();
    }
    let letters: Vec<char> = name.chars().take_while(|c| c.is_uppercase() || matches!(c, '.' | ' ')).collect();
    let Some(end) = letters.iter().rposition(|&c| c == ' ') else { return Vec::new() };
    let head: String = letters[..end].iter().collect();
    let rest = &name[head.len()..];
    let letters: Vec<char> = head.chars().filter(|c| c.is_uppercase()).collect();
    let marks = head.len() - letters.len();
    if !(2..=3).contains(&letters.len()) || marks == 0 && head.len() > 3 || !rest.trim().contains(char::is_lowercase) {
        return Vec::new();
    }
    let join = |mark: &str, gap: &str| {
        let parts: Vec<String> = letters.iter().map(|c| format!("{c}{mark}")).collect();
        format!("{}{rest}", parts.join(gap))
    };
    [join("", ""), join(".", ""), join(".", " ")].into_iter().filter(|spelling| spelling != name).collect()
}

fn capitalize(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surnames_keep_their_particles() {
        let cases = [
            ("Ursula von der Leyen", Some("von der Leyen")),
            ("Vladimir Putin", Some("Putin")),
            ("Donald Trump Jr.", Some("Trump")),
            ("Pope Leo XIV", None),
            ("Madonna", None),
            ("Abdel Fattah el-Sisi", Some("el-Sisi")),
        ];
        for (name, expected) in cases {
            assert_eq!(surname(name), expected, "{name}");
        }
    }

    #[test]
    fn initials_are_written_in_three_ways() {
        assert_eq!(initials("JD Vance"), ["J.D. Vance", "J. D. Vance"]);
        assert_eq!(initials("J.K. Rowling"), ["JK Rowling", "J. K. Rowling"]);
        assert_eq!(initials("J. D. Vance"), ["JD Vance", "J.D. Vance"]);
        assert!(initials("A Name").is_empty() && initials("NATO chief").is_empty() && initials("US").is_empty());
    }

    #[test]
    fn acronyms_are_short_and_in_capitals() {
        assert!(is_acronym("U.S.") && is_acronym("NATO") && is_acronym("AT&T"));
        assert!(!is_acronym("Nato") && !is_acronym("A") && !is_acronym("RUSSIA TODAY") && !is_acronym("BOLIVIA"));
    }

    #[test]
    fn spellings_without_accents_and_points() {
        let of = |name: &str| {
            let mut all = Vec::new();
            let row = Row { name: name.into(), ..Row::default() };
            each(&row, &mut |form| form.each_spelling(|text, capitals| all.extend((!capitals).then_some(text))));
            all
        };
        assert_eq!(of("Erdoğan"), ["Erdoğan", "Erdogan"]);
        assert_eq!(of("Apple Inc."), ["Apple Inc.", "Apple Inc"]);
        assert_eq!(of("U.S."), ["U.S.", "U.S"]);
        assert_eq!(of("ÉÉ"), ["ÉÉ", "EE"]);
        assert_eq!(of("Владимир"), ["Владимир"]);
    }
}
