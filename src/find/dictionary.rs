//! The names that begin at a word: the one question that matching asks of a name list.

use aho_corasick::{AhoCorasick, AhoCorasickKind, Anchored, Input, MatchKind, StartKind};

use crate::text::chars::{char_at, char_before, is_boundary};

/// All forms of all names, numbered in the order given.
pub struct Dictionary {
    automaton: AhoCorasick,
    /// A bit for every pair of bytes that a form begins with: most words are turned away by it alone.
    starts: Vec<u64>,
}

impl Dictionary {
    /// An Aho-Corasick automaton over `forms`, which is run only where a word begins.
    pub fn automaton<'a>(forms: impl Iterator<Item = &'a str> + Clone) -> Dictionary {
        let mut starts = vec![0u64; 1024];
        for form in forms.clone() {
            let bytes = form.as_bytes();
            // A form of one byte may be followed by anything.
            let seconds = if bytes.len() > 1 { bytes[1]..=bytes[1] } else { 0..=255 };
            for second in seconds {
                let pair = pair(bytes[0], second);
                starts[pair / 64] |= 1 << (pair % 64);
            }
        }
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .match_kind(MatchKind::LeftmostLongest)
            .start_kind(StartKind::Anchored)
            .build(forms)
            .expect("the automaton's limit of 2^31 states is beyond any list that fits in memory");
        Dictionary { automaton, starts }
    }

    /// The first byte from `from` on at which a word begins that may begin a form.
    pub fn next_start(&self, text: &str, from: usize) -> Option<usize> {
        let bytes = text.as_bytes();
        (from..bytes.len()).find(|&at| {
            let pair = pair(bytes[at], bytes.get(at + 1).copied().unwrap_or(0));
            self.starts[pair / 64] & (1 << (pair % 64)) != 0 && text.is_char_boundary(at) && begins_word(text, at)
        })
    }

    /// The longest form that begins at `start` and ends at or before `limit`: its end and number.
    pub fn longest(&self, text: &str, start: usize, limit: usize) -> Option<(usize, u32)> {
        let input = Input::new(&text.as_bytes()[..limit]).range(start..limit).anchored(Anchored::Yes);
        self.automaton.find(input).map(|found| (found.end(), found.pattern().as_u32()))
    }
}

fn begins_word(text: &str, at: usize) -> bool {
    is_boundary(char_before(text, at), char_at(text, at))
}

fn pair(first: u8, second: u8) -> usize {
    usize::from(first) << 8 | usize::from(second)
}
