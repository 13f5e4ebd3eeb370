//! A story's own metadata at the head of its text: a date, when it was updated.

use crate::model::Date;

/// Reads ` date 2025-05-19 ` at the start of a text, with an "Updated …" line behind it: the day, and the byte at which the
/// story begins.
pub fn read(text: &str) -> (Option<Date>, usize) {
    let rest = text.trim_start();
    let Some(after) = rest.strip_prefix("date ") else { return (None, 0) };
    let Some(date) = Date::parse(after) else { return (None, 0) };
    let after = &after[10..];
    let story = after.trim_start_matches([' ', '\t']);
    let line = story.lines().next().unwrap_or("");
    let body = if is_update_line(line) { &story[line.len()..] } else { story };
    (Some(date), text.len() - body.len())
}

/// "Updated May 19, 2025 at 8:16 PM CDT": no sentence of the story.
fn is_update_line(line: &str) -> bool {
    let first = line.split(' ').next().unwrap_or("").trim_end_matches(':');
    matches!(first, "Updated" | "Published" | "Posted" | "Modified")
        && line.len() < 100
        && line.bytes().any(|b| b.is_ascii_digit())
        && !line.trim_end().ends_with(['.', '!', '?'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_day_and_the_story() {
        let cases = [
            (" date 2025-05-19 US President", Date::new(2025, 5, 19), "US President"),
            (" date 2025-05-19 Updated May 19, 2025 at 8:16 PM CDT\n\nMOSCOW", Date::new(2025, 5, 19), "\n\nMOSCOW"),
            (
                "date 2025-05-19 Updated rules came into force in 2024.",
                Date::new(2025, 5, 19),
                "Updated rules came into force in 2024.",
            ),
            ("date 2025-13-19 x", None, "date 2025-13-19 x"),
            ("dates", None, "dates"),
            ("", None, ""),
        ];
        for (text, date, story) in cases {
            let (found, body) = read(text);
            assert_eq!((found, &text[body..]), (date, story));
        }
    }
}
