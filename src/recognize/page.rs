//! One sentence with everything that rules look at: tokens, the names of lists in it, titles, runs of capitalised words.

use std::ops::Range;
use std::sync::Arc;

use super::runs;
use super::titles::mark_titles;
use super::tokens::{NONE, Shape, Token, push_tokens};
use crate::find::{Hit, Needs};
use crate::gazetteer::{Facts, FormKind, Gazetteer, Sense};
use crate::model::{Apart, Date, EntityType, Span};
use crate::text::bits::WordBits;
use crate::text::words::{Class, class};

/// A name of the lists, with the tokens it covers.
pub struct Listed {
    /// The tokens.
    pub range: Range<usize>,
    /// How many of them are words.
    pub words: usize,
    /// What it may stand for; blocked senses have no type.
    pub senses: Arc<[Sense]>,
    /// Whether the list blocks it.
    pub blocked: bool,
    /// The type of its most prominent full sense.
    pub entity_type: Option<EntityType>,
    /// The prominence of that sense.
    pub prominence: u8,
    /// Whether one of its senses needs no support.
    pub full: bool,
    /// Whether it is a demonym.
    pub demonym: bool,
    /// Whether it is a country or the like, whose team bears its name.
    pub nation: bool,
}

/// The sentences of some documents that may hold a name, taken apart. All share a few lists, so that neither a sentence nor a
/// document costs an allocation of its own.
pub struct Paper<'t> {
    /// The text of each document, and how many sentences there are up to its end.
    texts: Vec<(&'t str, usize)>,
    tokens: Vec<Token>,
    listed: Vec<Listed>,
    runs: Vec<Range<usize>>,
    unknown: Vec<Range<usize>>,
    bounds: Vec<Bounds>,
    /// Room for a phrase of words.
    phrase: String,
}

/// Which part of each list belongs to a sentence.
struct Bounds {
    document: u32,
    sentence: u32,
    tokens: Range<u32>,
    listed: Range<u32>,
    runs: Range<u32>,
    unknown: Range<u32>,
    classes: Class,
    shouting: bool,
    upper: bool,
}

impl<'t> Paper<'t> {
    /// Takes the sentences of some documents apart; those with a listed name alone where only `listed` ones are asked for. Linear
    /// in the texts.
    pub fn new(documents: &[Apart<'t, Hit>], gazetteer: &Gazetteer, listed: bool) -> Paper<'t> {
        let bytes: usize = documents.iter().map(|apart| apart.document.text.len()).sum();
        let sentences: usize = documents.iter().map(|apart| apart.sentences.len()).sum();
        let mut paper = Paper {
            texts: Vec::with_capacity(documents.len()),
            tokens: if listed { Vec::new() } else { Vec::with_capacity(bytes / 5) },
            listed: Vec::with_capacity(documents.iter().map(|apart| apart.found.len()).sum()),
            runs: Vec::with_capacity(sentences),
            unknown: Vec::with_capacity(sentences),
            bounds: Vec::with_capacity(sentences),
            phrase: String::with_capacity(64),
        };
        let mut bits = WordBits::default();
        for apart in documents {
            bits.renew(&apart.document.text);
            paper.push_document(apart, &bits, gazetteer, listed);
        }
        paper
    }

    fn push_document(&mut self, apart: &Apart<'t, Hit>, bits: &WordBits, gazetteer: &Gazetteer, listed: bool) {
        let Apart { document, sentences, found: hits } = *apart;
        let text = &*document.text;
        self.texts.push((text, 0));
        let mut from = 0;
        for (number, span) in sentences.iter().enumerate() {
            from += hits[from..].iter().take_while(|hit| hit.span.start < span.start).count();
            let to = from + hits[from..].iter().take_while(|hit| hit.span.end <= span.end).count();
            if from < to || !listed && may_name(text, bits, *span) {
                self.push((text, bits), number as u32, *span, &hits[from..to], gazetteer, document.date);
            }
            from = to;
        }
        self.texts.last_mut().expect("just pushed").1 = self.bounds.len();
    }

    /// The sentences, in order.
    pub fn pages(&self) -> impl Iterator<Item = Page<'_>> {
        self.bounds.iter().map(|bounds| self.page(bounds))
    }

    /// How many sentences there are.
    pub fn n_pages(&self) -> usize {
        self.bounds.len()
    }

    /// For each document, how many of them there are up to its end.
    pub fn ends(&self) -> impl Iterator<Item = usize> {
        self.texts.iter().map(|(_, end)| *end)
    }

    /// How many tokens there are in all.
    pub fn n_tokens(&self) -> usize {
        self.tokens.len()
    }

    fn page(&self, bounds: &Bounds) -> Page<'_> {
        let range = |bounds: &Range<u32>| bounds.start as usize..bounds.end as usize;
        Page {
            text: self.texts[bounds.document as usize].0,
            document: bounds.document,
            sentence: bounds.sentence,
            tokens: &self.tokens[range(&bounds.tokens)],
            listed: &self.listed[range(&bounds.listed)],
            runs: &self.runs[range(&bounds.runs)],
            unknown: &self.unknown[range(&bounds.unknown)],
            classes: bounds.classes,
            shouting: bounds.shouting,
            upper: bounds.upper,
        }
    }

    /// Adds a sentence, if it has a listed name or a capital.
    fn push(
        &mut self,
        (text, bits): (&'t str, &WordBits),
        sentence: u32,
        span: Span,
        hits: &[Hit],
        gazetteer: &Gazetteer,
        day: Option<Date>,
    ) {
        let (tokens, listed, runs) = (self.tokens.len(), self.listed.len(), self.runs.len());
        let classes = push_tokens((text, bits), span, &mut self.tokens);
        let here = &mut self.tokens[tokens..];
        let mut from = 0;
        for hit in hits {
            if let Some(name) = self::listed(here, &mut from, hit, gazetteer, day) {
                let number = u16::try_from(self.listed.len() - listed).unwrap_or(NONE);
                here[name.range.clone()].iter_mut().for_each(|token| token.listed = number);
                self.listed.push(name);
            }
        }
        runs::find(text, here, &mut self.runs);
        if self.runs.len() == runs && self.listed.len() == listed {
            self.tokens.truncate(tokens);
            return;
        }
        for (number, run) in self.runs[runs..].iter().enumerate() {
            let number = u16::try_from(number).unwrap_or(NONE);
            here[run.clone()].iter_mut().for_each(|token| token.run = number);
        }
        if classes.is(Class::TITLE | Class::HONORIFIC) {
            mark_titles(text, here, &mut self.phrase);
        }
        let (shouting, upper) = shouting(text, here);
        let range = |bounds: Range<usize>| bounds.start as u32..bounds.end as u32;
        let mut bounds = Bounds {
            document: self.texts.len() as u32 - 1,
            sentence,
            tokens: range(tokens..self.tokens.len()),
            listed: range(listed..self.listed.len()),
            runs: range(runs..self.runs.len()),
            unknown: 0..0,
            classes,
            shouting,
            upper,
        };
        let mut unknown = std::mem::take(&mut self.unknown);
        let from = unknown.len();
        runs::unknown(&self.page(&bounds), &mut unknown);
        bounds.unknown = range(from..unknown.len());
        self.unknown = unknown;
        self.bounds.push(bounds);
    }
}

/// A sentence to recognise names in.
#[derive(Clone, Copy)]
pub struct Page<'p> {
    /// The text of the document.
    pub text: &'p str,
    /// The number of the document, of those that are taken apart together.
    pub document: u32,
    /// The sentence's number.
    pub sentence: u32,
    /// Its tokens.
    pub tokens: &'p [Token],
    /// The names of the lists, in order.
    pub listed: &'p [Listed],
    /// Runs of capitalised words.
    pub runs: &'p [Range<usize>],
    /// What is left of the runs without listed names, titles and ordinary words at their ends.
    pub unknown: &'p [Range<usize>],
    /// All that any of its words can be.
    pub classes: Class,
    /// Whether its capitals say nothing: a line in capitals, or a heading with capitals on most words.
    pub shouting: bool,
    /// Whether it has no small letter at all.
    pub upper: bool,
}

impl<'p> Page<'p> {
    /// The listed name that covers exactly these tokens.
    #[inline]
    pub fn listed_as(&self, range: &Range<usize>) -> Option<&'p Listed> {
        self.listed_over(range.start).filter(|name| name.range == *range)
    }

    /// The listed name at a token.
    #[inline]
    pub fn listed_over(&self, at: usize) -> Option<&'p Listed> {
        self.listed.get(self.tokens.get(at)?.listed as usize)
    }

    /// The run that the token at `at` belongs to.
    #[inline]
    pub fn run_over(&self, at: usize) -> Option<&'p Range<usize>> {
        self.runs.get(self.tokens.get(at)?.run as usize)
    }

    /// The tokens of all runs, in order: each capitalised word is in one.
    pub fn run_tokens(&self) -> impl Iterator<Item = usize> + 'p {
        self.runs.iter().flat_map(Range::clone)
    }

    /// The token before `at`.
    #[inline]
    pub fn before(&self, at: usize) -> Option<&'p Token> {
        at.checked_sub(1).map(|at| &self.tokens[at])
    }

    /// Whether the token at `at` is the first word of the sentence (marks before it do not count).
    pub fn starts(&self, at: usize) -> bool {
        self.tokens[..at].iter().all(|token| token.shape == Shape::Mark)
            // After an opening quotation a sentence begins too.
            || at > 0 && matches!(self.tokens[at - 1].text(self.text), "\"" | "“" | "‘" | ":" | "•")
    }

    /// The token at `at`, if there is one.
    #[inline]
    pub fn token(&self, at: usize) -> Option<&'p Token> {
        self.tokens.get(at)
    }

    /// Whether the token at `at` is this text.
    #[inline]
    pub fn is(&self, at: usize, text: &str) -> bool {
        self.token(at).is_some_and(|token| token.is(self.text, text))
    }

    /// Whether the word at `at` can be one of `classes`.
    #[inline]
    pub fn can(&self, at: usize, classes: Class) -> bool {
        self.token(at).is_some_and(|token| token.can(classes))
    }

    /// The bytes that a range of tokens covers.
    pub fn span(&self, range: &Range<usize>) -> Span {
        Span { start: self.tokens[range.start].start, end: self.tokens[range.end - 1].end() }
    }

    /// Whether a possessive ending follows the token before `at`.
    #[inline]
    pub fn possessive_at(&self, at: usize) -> bool {
        self.token(at).is_some_and(|token| !token.spaced() && matches!(token.text(self.text), "'" | "’"))
    }
}

/// Whether a sentence without a listed name may hold one: it has a capital besides that of an ordinary word at its start. A
/// quarter of all sentences have none, and need not be taken apart.
fn may_name(text: &str, bits: &WordBits, span: Span) -> bool {
    let (start, end) = (span.start as usize, span.end as usize);
    let first = &text.as_bytes()[start..bits.end(start).min(end)];
    let rest = &text.as_bytes()[start + first.len()..end];
    // Other letters than those of ASCII may be capitals; behind E2 80 are quotation marks and dashes.
    let capital = |byte: u8| byte.is_ascii_uppercase() | (byte >= 0xc3) & (byte != 0xe2);
    let any = |block: &[u8]| block.iter().fold(false, |any, &byte| any | capital(byte));
    if rest.chunks(32).any(any) || rest.windows(2).any(|pair| pair[0] == 0xe2 && pair[1] != 0x80) {
        return true;
    }
    match first {
        [b'a'..=b'z' | b'0'..=b'9', inside @ ..] => inside.iter().any(u8::is_ascii_uppercase),
        [_, inside @ ..] if matches!(rest, [b' ' | b',', ..]) && inside.iter().all(u8::is_ascii_lowercase) => {
            let class = class(&text[start..start + first.len()]);
            !class.is(Class::COMMON) || class.is(Class::FIRST | Class::LAST | Class::TITLE | Class::HONORIFIC)
        }
        _ => true,
    }
}

/// The listed name of a hit; `from` is the token at which the last one began, for hits are in order.
fn listed(tokens: &[Token], from: &mut usize, hit: &Hit, gazetteer: &Gazetteer, day: Option<Date>) -> Option<Listed> {
    let first = *from + tokens[*from..].iter().position(|token| token.end() > hit.span.start)?;
    let last = first + tokens[first..].iter().take_while(|token| token.start < hit.span.end).count().checked_sub(1)?;
    *from = first;
    let words = tokens[first..=last].iter().filter(|token| token.shape != Shape::Mark).count();
    Some(Listed { range: first..last + 1, words, ..meaning(hit, gazetteer, day)? })
}

/// What a hit may stand for on `day`, without its tokens.
pub fn meaning(hit: &Hit, gazetteer: &Gazetteer, day: Option<Date>) -> Option<Listed> {
    let holds = |sense: &Sense| !sense.facts.is(Facts::DATED) || gazetteer.get(sense.entity).holds_on(day);
    if hit.needs == Needs::Title {
        let best = hit.senses.iter().max_by_key(|sense| sense.facts.prominence())?;
        return Some(meant(*best, false, gazetteer, Arc::clone(&hit.senses)));
    }
    let mut senses = Arc::clone(&hit.senses);
    if !senses.iter().all(holds) {
        senses = senses.iter().filter(|sense| holds(sense)).copied().collect();
    }
    if let [sense] = senses[..] {
        return Some(meant(sense, sense.kind.is_full(), gazetteer, senses));
    }
    // The last list that has it as a full name decides what it is in full; short forms of all lists stay possible.
    let layer = senses.iter().filter(|sense| sense.kind.is_full()).map(|sense| sense.layer).max();
    let full = layer.is_some();
    let stays = |sense: &Sense| !full || !sense.kind.is_full() || Some(sense.layer) == layer;
    if !senses.iter().all(stays) {
        senses = senses.iter().filter(|sense| stays(sense)).copied().collect();
    }
    let decisive = || senses.iter().filter(|sense| sense.kind.is_full() || !full);
    let best = decisive().max_by_key(|sense| sense.facts.prominence())?;
    let best = *best;
    let blocked = decisive().any(|sense| sense.facts.is(Facts::BLOCKS));
    Some(Listed { blocked, ..meant(best, full, gazetteer, senses) })
}

/// A listed name that means `best` above all.
fn meant(best: Sense, full: bool, gazetteer: &Gazetteer, senses: Arc<[Sense]>) -> Listed {
    let facts = best.facts;
    Listed {
        range: 0..0,
        words: 0,
        blocked: facts.is(Facts::BLOCKS),
        entity_type: gazetteer.entity_type(best.entity),
        prominence: facts.prominence(),
        full,
        demonym: best.kind == FormKind::Demonym,
        nation: facts.is(Facts::NATION),
        senses,
    }
}

/// Whether capitals say nothing here: (most longer words have them, no small letter at all).
fn shouting(text: &str, tokens: &[Token]) -> (bool, bool) {
    let has_small = |token: &Token| match token.shape {
        Shape::Upper | Shape::Mark => false,
        // Letters of some scripts are neither small nor capital.
        _ => {
            let word = token.text(text);
            word.bytes().any(|byte| byte.is_ascii_lowercase()) || word.chars().any(char::is_lowercase)
        }
    };
    let small = tokens.iter().any(has_small);
    // A headline has no full stop: "Defence Minister Smith flew to Ankara." is a short sentence.
    let stopped = tokens.last().is_some_and(|token| token.is(text, "."));
    if small && stopped {
        return (false, false);
    }
    let (mut long, mut capital, mut common) = (0, 0, 0);
    let is_long = |token: &&Token| !matches!(token.shape, Shape::Mark | Shape::Number) && token.len() >= 4;
    for token in tokens.iter().filter(is_long) {
        long += 1;
        if token.is_cap() {
            capital += 1;
            common +=
                usize::from(token.can(Class::COMMON) && token.listed == NONE && !token.can(Class::FIRST | Class::LAST));
        }
    }
    let upper = !small && long > 1;
    (upper || !stopped && long >= 3 && capital * 10 >= long * 8 && common * 3 >= long, upper)
}
