//! The forms in which the names of one row are written: with and without accents, points and blanks in initials,
//! capitals; the surname alone.

use super::row::{Case, Row};
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
}

/// How upper and lower case count for a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Letters {
    /// As they are.
    Written,
    /// As they are, or all in capitals. Only forms of ASCII: that other spelling need not be kept.
    OrCapitals,
    /// As they are, which is in capitals where the list is not.
    Capitals,
}

/// One form of a name, folded.
pub struct Form {
    /// Its text; never empty, without blanks at its ends.
    pub text: String,
    /// What sort of form.
    pub kind: FormKind,
    /// In which case it counts.
    pub letters: Letters,
}

/// Acronyms have at most this many letters; longer words in capitals are names in capitals.
const MAX_ACRONYM: usize = 6;

/// Every form of a row. The first is its name, unless the row wants any case.
pub fn of(row: &Row) -> Vec<Form> {
    let mut forms = Forms { case: row.case, found: Vec::new() };
    let person = row.entity_type == "person";
    for name in std::iter::once(&row.name).chain(&row.aliases) {
        let kind = if is_acronym(name) { FormKind::Acronym } else { FormKind::Full };
        forms.add(name, kind);
        for spelling in initials(name).into_iter().filter(|_| person) {
            forms.add(&spelling, FormKind::Initials);
        }
    }
    for demonym in &row.demonyms {
        forms.add(demonym, FormKind::Demonym);
    }
    let kind = if person { FormKind::Surname } else { FormKind::Short };
    match &row.short {
        Some(short) => short.iter().for_each(|form| forms.add_short(form, kind)),
        None if person => surname(&row.name).iter().for_each(|form| forms.add_short(form, kind)),
        None => {}
    }
    // Blanks at the ends (they may stand beside an invisible character in the list) are no part of a name; the table of
    // the compiled form relies on that.
    for form in &mut forms.found {
        let trimmed = form.text.trim_matches(is_blank);
        if trimmed.len() < form.text.len() {
            form.text = trimmed.to_owned();
        }
    }
    forms.found.retain(|form| !form.text.is_empty());
    forms.found
}

/// What a run of blanks is folded to.
pub fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\n')
}

/// The surname of a full name with its particles, if it has one: the last word, without Jr., III and the like.
fn surname(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split(' ').collect();
    let last = words.iter().rposition(|word| !is_suffix(word))?;
    if last == 0 || words[0].starts_with(char::is_lowercase) || last + 1 < words.len() && is_numeral(words[last + 1]) {
        return None;
    }
    let mut first = last;
    while first > 1 && words[first - 1].starts_with(char::is_lowercase) {
        first -= 1;
    }
    Some(words[first..=last].join(" "))
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
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    (2..=MAX_ACRONYM).contains(&letters) && is_upper(name) && !name.contains(' ')
}

struct Forms {
    case: Case,
    found: Vec<Form>,
}

impl Forms {
    /// Adds a name in its spellings.
    fn add(&mut self, name: &str, kind: FormKind) {
        if is_plain(name) {
            return self.add_cases(name.to_owned(), kind);
        }
        for spelling in spellings(&Folded::new(name).text) {
            self.add_cases(spelling, kind);
        }
    }

    /// Adds a short form; one that begins with a particle also as it stands at the start of a sentence and, for the
    /// Arabic article, without it.
    fn add_short(&mut self, form: &str, kind: FormKind) {
        self.add(form, kind);
        if form.starts_with(char::is_lowercase) {
            self.add(&capitalize(form), kind);
        }
        let lower = form.to_lowercase();
        if let Some(bare) = ["al-", "el-", "al ", "el "].iter().find_map(|article| lower.strip_prefix(article)) {
            let bare = &form[form.len() - bare.len()..];
            if is_capitalized(bare) && bare.len() > 2 {
                self.add(bare, kind);
            }
        }
    }

    fn add_cases(&mut self, name: String, kind: FormKind) {
        let mut push = |text, letters| self.found.push(Form { text, kind, letters });
        match self.case {
            Case::Usual if is_acronym(&name) => push(name, Letters::Written),
            Case::Usual if name.is_ascii() => push(name, Letters::OrCapitals),
            Case::Usual => {
                let upper = name.to_uppercase();
                if upper != name {
                    push(upper, Letters::Capitals);
                }
                push(name, Letters::Written);
            }
            Case::Exact => push(name, Letters::Written),
            Case::Any => {
                let lower = name.to_lowercase();
                push(capitalize(&lower), Letters::Written);
                push(name.to_uppercase(), Letters::Written);
                push(lower, Letters::Written);
                push(name, Letters::Written);
            }
        }
    }
}

/// Whether a name is written in one way only: words of ASCII letters with one blank or hyphen between them, as most are.
fn is_plain(name: &str) -> bool {
    let mut letter = false;
    for byte in name.bytes() {
        let inner = letter && matches!(byte, b' ' | b'-');
        if !(byte.is_ascii_alphanumeric() || inner) {
            return false;
        }
        letter = byte.is_ascii_alphanumeric();
    }
    letter
}

/// A folded name, and how else it is commonly written.
fn spellings(name: &str) -> Vec<String> {
    let mut all = vec![name.to_owned()];
    let latin = |c: char| (c as u32) < 0x250 || (0x1E00..0x1F00).contains(&(c as u32));
    if !name.is_ascii() && name.chars().all(latin) {
        all.push(any_ascii::any_ascii(name));
    }
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
            assert_eq!(surname(name).as_deref(), expected, "{name}");
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
        assert_eq!(spellings("Erdoğan"), ["Erdoğan", "Erdogan"]);
        assert_eq!(spellings("Apple Inc."), ["Apple Inc.", "Apple Inc"]);
        assert_eq!(spellings("U.S."), ["U.S.", "U.S"]);
        assert_eq!(spellings("Владимир"), ["Владимир"]);
    }
}
