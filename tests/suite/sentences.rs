//! Sentences: cases, and what holds for any text.

use actant::text::sentences;
use proptest::prelude::*;

use crate::cases::{self, Case};

#[test]
fn sentences_end_where_a_reader_says() {
    cases::check_all("sentences.txt", 60, found);
}

#[test]
fn cases_known_to_be_wrong_are_still_wrong() {
    cases::check_known_wrong("sentences-known-wrong.txt", found);
}

fn found(case: &Case) -> Vec<String> {
    sentences(&case.input, 0).iter().map(|span| span.of(&case.input).to_owned()).collect()
}

/// Texts of the pieces that the rules look at, and of anything at all.
fn texts() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "U.S.", "Mr.", "p.m.", "Why?", "said", "The", "the", "X", "1", "3.5", "\"", "“", "”", "'", "’", "(", ")", "…",
        "...", ".", "!", "?", "。", "—", "-", " ", "  ", "\n", "\n\n", "\r\n", "\r", "\u{2028}", "\u{85}", "\u{feff}",
        "\0", "京", "é", "e\u{301}", "\u{a0}", "I", "No.", "asked", "[1]", "•",
    ]);
    prop_oneof![prop::collection::vec(pieces, 0..60).prop_map(|pieces| pieces.concat()), any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sentences_are_in_order_and_hold_every_letter(text in texts(), from in 0usize..40) {
        let body = (from.min(text.len())..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(0);
        let found = sentences(&text, body);
        let mut at = body;
        for span in &found {
            let (start, end) = (span.start as usize, span.end as usize);
            prop_assert!(at <= start && start < end && end <= text.len());
            prop_assert!(text.is_char_boundary(start) && text.is_char_boundary(end));
            prop_assert_eq!(span.of(&text), span.of(&text).trim());
            prop_assert!(!text[at..start].contains(char::is_alphanumeric), "lost {:?}", &text[at..start]);
            prop_assert!(span.of(&text).contains(char::is_alphanumeric));
            at = end;
        }
        prop_assert!(!text[at..].contains(char::is_alphanumeric), "lost {:?}", &text[at..]);
    }

    #[test]
    fn a_paragraph_is_split_as_if_it_stood_alone(first in "[A-Z][a-z]{2,8} [a-z]{2,8}\\.", second in "[A-Z][a-z]{2,8}( [a-z]{2,8}){1,5}\\.") {
        let text = format!("{first}\n\n{second}");
        let found: Vec<&str> = sentences(&text, 0).iter().map(|span| span.of(&text)).collect();
        prop_assert_eq!(found, vec![first.as_str(), second.as_str()]);
    }
}
