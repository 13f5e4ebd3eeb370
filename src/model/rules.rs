//! What can find or link a mention.

/// What found or linked a mention: an index into [`RULES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rule(pub u8);

impl Rule {
    /// The rule called `name`. Panics on a name that is not in [`RULES`]: names are literals in the code.
    pub const fn named(name: &str) -> Rule {
        let mut at = 0;
        while at < RULES.len() {
            if same(RULES[at].name, name) {
                return Rule(at as u8);
            }
            at += 1;
        }
        panic!("no such rule")
    }

    /// The rule with this name; for a name that is not in [`RULES`] the one of other programs, `external`.
    pub fn from_name(name: &str) -> Rule {
        let known = RULES.iter().position(|row| row.name == name);
        known.map_or(Rule::named("external"), |at| Rule(at as u8))
    }

    /// Its name in every file.
    pub fn name(self) -> &'static str {
        RULES[self.0 as usize].name
    }

    /// Whether only names whose entity somebody has decided on come by it. A surname or title may also belong to a name
    /// that a rule found.
    pub fn is_of_lists(self) -> bool {
        const OF_LISTS: [Rule; 4] =
            [Rule::named("gazetteer"), Rule::named("demonym"), Rule::named("external"), Rule::named("initials")];
        OF_LISTS.contains(&self)
    }
}

/// A row of [`RULES`].
#[derive(Clone, Copy, Debug)]
pub struct RuleRow {
    /// The word in every file.
    pub name: &'static str,
    /// What it means, for people.
    pub about: &'static str,
}

/// Everything that can find or link a mention, sorted by name.
pub const RULES: &[RuleRow] = &[
    RuleRow { name: "abstain", about: "a known short name that nothing decides" },
    RuleRow { name: "acronym", about: "an acronym of the gazetteer (NATO, U.S.), or one in brackets behind its name" },
    RuleRow { name: "apposition", about: "unknown words with a role or an age behind a comma are a person" },
    RuleRow { name: "capitals", about: "an unknown word in capitals is an organization" },
    RuleRow { name: "demonym", about: "the people or the adjective of a place or group (Russian)" },
    RuleRow { name: "echo", about: "a word whose type was clear elsewhere in the document" },
    RuleRow { name: "external", about: "another program found it, by a rule of its own" },
    RuleRow { name: "first-name", about: "a first name or initials, and the surname behind it" },
    RuleRow { name: "gazetteer", about: "a full name or alias of the gazetteer" },
    RuleRow { name: "guess", about: "two or three unknown capitalised words are a person" },
    RuleRow { name: "initials", about: "a name of the gazetteer with its initials written otherwise (J.D. Vance)" },
    RuleRow { name: "institution", about: "a body that every state has (Parliament), whose one nothing tells" },
    RuleRow { name: "last-name", about: "unknown words that end in a surname are a person" },
    RuleRow { name: "list", about: "an unknown word in a list with names of one type" },
    RuleRow {
        name: "organization-context",
        about: "an unknown name where an organization stands (… shares, chief executive of …)",
    },
    RuleRow { name: "organization-of", about: "a word for an organization before of or for (Ministry of …)" },
    RuleRow { name: "organization-word", about: "words that end in one for an organization (… Council, … Inc.)" },
    RuleRow { name: "place-context", about: "an unknown word where a place stands (in …, …, Ukraine)" },
    RuleRow { name: "place-word", about: "a name with a word for a place (… River, Lake …, village of …)" },
    RuleRow { name: "short", about: "a short form whose fuller name stands in the same document" },
    RuleRow { name: "speech", about: "an unknown word that says something is a person" },
    RuleRow {
        name: "surname",
        about: "a surname whose fuller name stands in the same document, or whose bearer is prominent",
    },
    RuleRow { name: "team", about: "a city or county in a report on sports that plays: its team" },
    RuleRow { name: "title", about: "a name after a title (Mr. Witkoff)" },
];

const fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}
