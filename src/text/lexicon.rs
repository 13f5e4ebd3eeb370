//! The word lists of a language: titles, abbreviations, words that begin sentences. Data, one file a list.
//!
//! The lists live in `gazetteers/words/`, one entry a line, `#` for comments, and are embedded in the binary.

use std::sync::LazyLock;

use foldhash::HashSet;

use super::lanes;

/// The lists of English.
pub struct Lexicon {
    /// Abbreviations after whose full stop a sentence goes on ("Mr", "Gen", "No").
    pub abbreviations: HashSet<&'static str>,
    /// Abbreviations that may also end a sentence ("Inc", "p.m", "U.S").
    pub final_abbreviations: HashSet<&'static str>,
    /// Bytes of the longest of both.
    pub longest_abbreviation: usize,
    /// Capitalised words that begin a sentence far more often than a name ("The", "But").
    pub starters: HashSet<&'static str>,
    /// Verbs of saying, in lower case ("said", "told").
    pub speech_verbs: HashSet<&'static str>,
    /// Titles and roles that stand before a person's name, in lower case words ("president", "secretary of state").
    pub titles: HashSet<&'static str>,
    /// Words that may stand before a title and belong to it, in lower case ("former", "vice", "deputy").
    pub title_modifiers: HashSet<&'static str>,
    /// Forms of address that take a bare surname, in lower case without stop ("mr", "mrs", "sir").
    pub honorifics: HashSet<&'static str>,
    /// Capitalised words that are not part of a name beside them: days, months ("Monday", "May").
    pub calendar: HashSet<&'static str>,
    /// Words that make a surname before them part of another name ("Tower", "Jr", "Foundation").
    pub name_tails: HashSet<&'static str>,
    /// Finds the expressions of a byline in any case ("contributed reporting", "edited by").
    pub bylines: Phrases,
    /// Expressions that make the outlet after them a source, in lower case ("told", "interview with").
    pub source_phrases: Vec<&'static str>,
    /// Common words that acronyms spell when written in capitals, in lower case ("us", "who", "it").
    pub acronym_words: HashSet<&'static str>,
    /// Roles that lead to an organization with `of`, `for` or `at`, in lower case ("spokesman").
    pub organization_roles: HashSet<&'static str>,
    /// What belongs to an organization and leads to it with `of` or `in`, in lower case ("shares").
    pub organization_holdings: HashSet<&'static str>,
    /// Units behind the number by which a price moves, in lower case ("percent").
    pub price_units: HashSet<&'static str>,
    /// What is held on a day of voting, in lower case ("election").
    pub votes: HashSet<&'static str>,
    /// Words directly behind a team in a report on sports ("beat").
    pub team_followers: HashSet<&'static str>,
    /// Words directly before a team in a report on sports ("against").
    pub team_leads: HashSet<&'static str>,
    /// Small words between the comma behind a person and what the person is, in lower case ("the").
    pub determiners: HashSet<&'static str>,
    /// Small words that are no part of a title before which they stand, in lower case ("and", "with").
    pub function_words: HashSet<&'static str>,
}

/// The lists that every stage shares, read once.
pub fn english() -> &'static Lexicon {
    const ABBREVIATIONS: &str = include_str!("../../gazetteers/words/abbreviations.txt");
    const FINAL: &str = include_str!("../../gazetteers/words/final-abbreviations.txt");
    static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon {
        abbreviations: set(ABBREVIATIONS),
        final_abbreviations: set(FINAL),
        longest_abbreviation: list(ABBREVIATIONS).chain(list(FINAL)).map(str::len).max().unwrap_or(0),
        starters: set(include_str!("../../gazetteers/words/sentence-starters.txt")),
        speech_verbs: set(include_str!("../../gazetteers/words/speech-verbs.txt")),
        titles: set(include_str!("../../gazetteers/words/titles.txt")),
        title_modifiers: set(include_str!("../../gazetteers/words/title-modifiers.txt")),
        honorifics: set(include_str!("../../gazetteers/words/honorifics.txt")),
        calendar: set(include_str!("../../gazetteers/words/calendar.txt")),
        name_tails: set(include_str!("../../gazetteers/words/name-tails.txt")),
        bylines: Phrases::new(list(include_str!("../../gazetteers/words/byline-phrases.txt"))),
        source_phrases: list(include_str!("../../gazetteers/words/source-phrases.txt")).collect(),
        acronym_words: set(include_str!("../../gazetteers/words/acronym-words.txt")),
        organization_roles: set(include_str!("../../gazetteers/words/organization-roles.txt")),
        organization_holdings: set(include_str!("../../gazetteers/words/organization-holdings.txt")),
        price_units: set(include_str!("../../gazetteers/words/price-units.txt")),
        votes: set(include_str!("../../gazetteers/words/votes.txt")),
        team_followers: set(include_str!("../../gazetteers/words/team-followers.txt")),
        team_leads: set(include_str!("../../gazetteers/words/team-leads.txt")),
        determiners: set(include_str!("../../gazetteers/words/determiners.txt")),
        function_words: set(include_str!("../../gazetteers/words/function-words.txt")),
    });
    &ENGLISH
}

/// Expressions that are looked for in any case of the letters of ASCII.
pub struct Phrases {
    hints: Vec<Hint>,
}

/// Three bytes that nine sentences in ten do not have, and what has them.
struct Hint {
    /// In small letters.
    bytes: [u8; 3],
    /// The phrases with them, and where in each they stand.
    phrases: Vec<(usize, &'static str)>,
}

impl Phrases {
    /// The phrases of a list, in small letters.
    fn new(phrases: impl Iterator<Item = &'static str>) -> Phrases {
        let mut hints: Vec<Hint> = Vec::new();
        for phrase in phrases {
            let (at, bytes) = rarest(phrase);
            match hints.iter_mut().find(|hint| hint.bytes == bytes) {
                Some(hint) => hint.phrases.push((at, phrase)),
                None => hints.push(Hint { bytes, phrases: vec![(at, phrase)] }),
            }
        }
        Phrases { hints }
    }

    /// Whether `text` has one of them. Linear: two instructions a byte where it has not, which is nearly always.
    ///
    /// ```
    /// let bylines = &actant::text::lexicon::english().bylines;
    /// assert!(bylines.is_in("Edited BY Jane Doe") && !bylines.is_in("He edited a report"));
    /// ```
    pub fn is_in(&self, text: &str) -> bool {
        /// Places that are asked about at once: what stands there ends in the same block.
        const PLACES: usize = 64 - 2;
        let text = text.as_bytes();
        (0..text.len()).step_by(PLACES).any(|from| {
            let block = lanes::block(text, from);
            self.hints.iter().any(|hint| {
                let mut places = hint.places(&block);
                while places != 0 {
                    if hint.is_of_phrase(text, from + places.trailing_zeros() as usize) {
                        return true;
                    }
                    places &= places - 1;
                }
                false
            })
        })
    }
}

impl Hint {
    /// A bit for each place of a block at which its bytes stand, in any case.
    fn places(&self, block: &[u8; 64]) -> u64 {
        // Some other bytes are taken for letters too.
        let of = |byte: u8| lanes::bits(block, |bytes| bytes.small().is(byte));
        of(self.bytes[0]) & of(self.bytes[1]) >> 1 & of(self.bytes[2]) >> 2
    }

    /// Whether one of its phrases is around its bytes at `at`.
    fn is_of_phrase(&self, text: &[u8], at: usize) -> bool {
        self.phrases.iter().any(|(behind, phrase)| {
            let here = at.checked_sub(*behind).and_then(|start| text.get(start..start + phrase.len()));
            here.is_some_and(|here| here.eq_ignore_ascii_case(phrase.as_bytes()))
        })
    }
}

/// The three bytes of a phrase that are the rarest in English, and where they stand.
fn rarest(phrase: &str) -> (usize, [u8; 3]) {
    /// Letters from the commonest to the rarest; a blank is commoner than all.
    const LETTERS: &str = "etaoinshrdlcumwfgypbvkjxqz";
    let rarity = |three: &[u8]| -> usize { three.iter().map(|&byte| LETTERS.find(byte as char).unwrap_or(0)).sum() };
    let windows = phrase.as_bytes().windows(3).enumerate();
    let (at, bytes) = windows.max_by_key(|(_, three)| rarity(three)).expect("a phrase has three letters");
    (at, [bytes[0], bytes[1], bytes[2]])
}

/// Whether `nickname` is a common short form of the first name `full` ("Bill", "William").
///
/// ```
/// use actant::text::lexicon::is_nickname;
/// assert!(is_nickname("Bill", "William") && !is_nickname("William", "Bill") && !is_nickname("Ron", "Donald"));
/// ```
pub fn is_nickname(nickname: &str, full: &str) -> bool {
    static PAIRS: LazyLock<HashSet<(&str, &str)>> = LazyLock::new(|| {
        list(include_str!("../../gazetteers/compiled/nicknames.txt")).filter_map(|line| line.split_once('\t')).collect()
    });
    PAIRS.contains(&(nickname, full))
}

/// The words of a list without their marks, which only the table of classes keeps.
fn set(text: &'static str) -> HashSet<&'static str> {
    list(text).map(|line| line.split_once('\t').map_or(line, |(word, _)| word)).collect()
}

fn list(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_at_every_place_and_only_as_a_whole() {
        for phrase in list(include_str!("../../gazetteers/words/byline-phrases.txt")) {
            for at in 0..200 {
                let text = format!("{}{}é {}", "—x".repeat(at / 2), phrase.to_uppercase(), "y".repeat(at % 7));
                assert!(english().bylines.is_in(&text), "{text}");
                let other = text.replace(phrase.chars().next_back().unwrap().to_ascii_uppercase(), "");
                assert!(!english().bylines.is_in(&other), "{other}");
            }
        }
        assert!(!english().bylines.is_in(""));
    }
}
