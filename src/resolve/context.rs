//! Where in a text each mention stands: dateline, byline, attribution, heading, or inside somebody's title.
//!
//! Such mentions are kept, but they are not acting together with the others of their sentence.

use super::guards::{self, title_at_end};
use crate::model::{Context, Document, EntityType, Kind, Mention, Span};
use crate::text::chars::{char_at, is_capitalized, is_dash, is_upper};
use crate::text::lanes;
use crate::text::lexicon::english;
use crate::text::words::{Class, class};

/// Sets the context of every mention, and for a role the person who holds it. `outlets` says which mentions are of news
/// media.
pub fn mark(document: &Document, sentences: &[Span], mentions: &mut [Mention], outlets: &[bool]) {
    let text = &*document.text;
    let mut from = 0;
    while from < mentions.len() {
        let sentence = mentions[from].sentence;
        let to = from + mentions[from..].iter().take_while(|mention| mention.sentence == sentence).count();
        let span = sentences[sentence as usize];
        let here = &mut mentions[from..to];
        roles(text, here, from);
        whole(text, span, here);
        dateline(text, span, here);
        attribution(text, span, here, &outlets[from..to]);
        from = to;
    }
}

/// Headings and bylines are whole sentences.
fn whole(text: &str, span: Span, mentions: &mut [Mention]) {
    let context = if is_byline(span.of(text)) {
        Context::Byline
    } else if is_heading(text, span) {
        Context::Heading
    } else {
        return;
    };
    for mention in mentions.iter_mut().filter(|mention| mention.context == Context::Plain) {
        mention.context = context;
    }
}

fn is_byline(sentence: &str) -> bool {
    let phrase = english().bylines.is_in(sentence);
    let by = sentence.as_bytes().first_chunk::<3>().filter(|first| first.eq_ignore_ascii_case(b"by "));
    let by = by.is_some_and(|first| {
        let rest = &sentence[first.len()..];
        rest.split(' ').count() <= 8
            && !rest.ends_with(['.', '!', '?'])
            && rest.split(' ').all(|word| {
                is_capitalized(word) || class(word).is(Class::PARTICLE) || matches!(word, "and" | "in" | "for")
            })
    });
    phrase || by
}

/// Whether a sentence is a heading: a line of its own without a stop, short, most of its longer words in capitals.
fn is_heading(text: &str, span: Span) -> bool {
    let sentence = span.of(text);
    let (start, end) = (span.start as usize, span.end as usize);
    let alone = text[..start].trim_end_matches([' ', '\t']).chars().next_back().is_none_or(|c| c == '\n' || c == '\r')
        && text[end..].trim_start_matches([' ', '\t']).chars().next().is_none_or(|c| c == '\n' || c == '\r');
    if !alone
        || sentence.len() > 160
        || sentence.ends_with(['.', '!', ':', ';', '"', '”', ',']) && !sentence.ends_with("U.S.")
    {
        return false;
    }
    is_upper(sentence) || {
        let long = sentence.split_whitespace().filter(|word| has_letters(word, 4));
        let (capitals, all) = long.fold((0, 0), |(n, all), word| (n + usize::from(is_capitalized(word)), all + 1));
        capitals * 10 >= all * 7 && all > 0
    }
}

/// Whether a word has so many letters.
fn has_letters(word: &str, many: usize) -> bool {
    word.len() >= many && word.chars().filter(|c| c.is_alphabetic()).nth(many - 1).is_some()
}

/// "MOSCOW —", "KYIV, Ukraine (AP) —", "WASHINGTON (Reuters) -" at the start of a paragraph.
fn dateline(text: &str, span: Span, mentions: &mut [Mention]) {
    const REACH: usize = 80;
    let before = &text[..span.start as usize];
    let starts_line = before.trim_end_matches(' ').chars().next_back().is_none_or(|c| c == '\n' || c == '\r')
        || span.start < 64 && before.trim().len() < 40;
    if !starts_line {
        return;
    }
    let sentence = span.of(text);
    // The long dashes begin with this byte.
    let dashes = |block: [u8; 64]| lanes::bits(&block, |bytes| bytes.is(b'-') | bytes.is(0xe2));
    let head = &sentence.as_bytes()[..sentence.len().min(REACH)];
    if dashes(lanes::block(head, 0)) == 0 && (head.len() <= 64 || dashes(lanes::block(head, 64)) == 0) {
        return;
    }
    let dash = sentence.char_indices().take_while(|(at, _)| *at < REACH).find(|&(at, c)| {
        is_dash(c)
            || c == '-'
                && sentence[..at].ends_with([' ', ')'])
                && sentence[at..].trim_start_matches('-').starts_with(' ')
    });
    let Some((dash, _)) = dash else { return };
    let head = &sentence[..dash];
    let place = head.split([',', '(']).next().unwrap_or("").trim();
    let bracketed = head.trim_end().ends_with(')');
    let capitals = is_upper(place) && place.chars().filter(|c| c.is_alphabetic()).count() > 2;
    let words = head.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    if !(capitals || bracketed) || words.filter(|word| word.starts_with(char::is_lowercase)).count() > 0 {
        return;
    }
    let end = span.start as usize + dash;
    for mention in mentions.iter_mut().filter(|mention| mention.span.end as usize <= end) {
        mention.context = Context::Dateline;
    }
}

/// The outlet that something was told to or reported by.
fn attribution(text: &str, span: Span, mentions: &mut [Mention], outlets: &[bool]) {
    let words = english();
    let named = mentions.iter_mut().zip(outlets).filter(|(_, outlet)| **outlet).map(|(mention, _)| mention);
    for mention in named.filter(|mention| mention.context == Context::Plain && mention.kind == Kind::Name) {
        // The longest phrase of the list is far shorter than what is looked at.
        let from = guards::ceil(text, (mention.span.start as usize).saturating_sub(64)).max(span.start as usize);
        let before = text[from..mention.span.start as usize].to_lowercase();
        let before = before.trim_end();
        let before = before.strip_suffix(" the").or(before.strip_suffix(" his")).unwrap_or(before);
        let source = words
            .source_phrases
            .iter()
            .any(|phrase| before.strip_suffix(phrase).is_some_and(|rest| rest.is_empty() || rest.ends_with(' ')));
        let to = guards::ceil(text, (mention.span.end as usize + 64).min(text.len())).min(span.end as usize);
        let after = text[mention.span.end as usize..to.max(mention.span.end as usize)].trim_start();
        let verb: &str = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        let bracketed = before.ends_with('(') && after.starts_with(')');
        if source || bracketed || words.speech_verbs.contains(verb) {
            mention.context = Context::Attribution;
        }
    }
}

/// The country or institution inside a title before a person: "Russian President Vladimir Putin", "White House press secretary
/// Karoline Leavitt", "U.S. Middle East envoy Steve Witkoff". `base` is the index of the first of these mentions.
fn roles(text: &str, mentions: &mut [Mention], base: usize) {
    for person in (0..mentions.len()).rev() {
        if mentions[person].entity_type != EntityType::Person {
            continue;
        }
        let mut right = mentions[person].span.start as usize;
        let mut titled = false;
        for at in (0..person).rev() {
            let span = mentions[at].span;
            let between = &text[span.end as usize..right];
            let between = between.strip_prefix("'s").or(between.strip_prefix("’s")).unwrap_or(between);
            let fits = is_title(between) || titled && between.trim().is_empty();
            if mentions[at].entity_type == EntityType::Person || mentions[at].context == Context::Role || !fits {
                break;
            }
            mentions[at].context = Context::Role;
            mentions[at].holder = Some((base + person) as u32);
            right = span.start as usize;
            titled = true;
        }
    }
}

/// Whether the text between two names is nothing but a title with its modifiers: " Foreign Minister ".
fn is_title(between: &str) -> bool {
    if !between.starts_with(' ') || !between.ends_with([' ', '\n']) {
        return false;
    }
    let words = english();
    let mut rest = between.trim();
    while let Some(title) = title_at_end(rest) {
        rest = rest[..rest.len() - title.len()].trim_end();
        if rest.is_empty() {
            return true;
        }
        while let Some(word) =
            rest.rsplit(' ').next().filter(|word| words.title_modifiers.contains(word.to_lowercase().as_str()))
        {
            rest = rest[..rest.len() - word.len()].trim_end();
            if rest.is_empty() {
                return true;
            }
        }
        // "culture minister", "transport ministry official": one plain word may belong to the title.
        if let Some(word) =
            rest.rsplit(' ').next().filter(|word| !rest.contains(' ') && word.chars().all(char::is_alphabetic))
        {
            return char_at(word, 0).is_some_and(char::is_lowercase) && !words.function_words.contains(word);
        }
    }
    false
}
