//! Occurrences of a needle in a text, and their word boundaries.

use memchr::memmem::Finder;

use crate::text::{is_boundary, is_word_char, word_rest_len};

/// Position of an occurrence relative to the words of the text, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WordBoundary {
    /// Starts at a word start and ends at a word end.
    WholeWord,
    /// Starts at a word start only.
    WordStart,
    InsideWord,
}

/// An occurrence of a needle, ordered by rank: the best boundary first, then the first offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    pub boundary: WordBoundary,
    /// In bytes.
    pub offset: usize,
}

/// All occurrences in order of offset; they may overlap.
pub fn occurrences<'a>(
    needle: &'a Finder<'_>,
    text: &'a str,
) -> impl Iterator<Item = Occurrence> + 'a {
    let length = needle.needle().len();
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + needle.find(text.as_bytes().get(from..)?)?;
        from = at + 1;
        Some(Occurrence { boundary: word_boundary(text, at, at + length), offset: at })
    })
}

/// The best occurrence.
pub fn best_occurrence(needle: &Finder<'_>, text: &str) -> Option<Occurrence> {
    if let [letter] = needle.needle() {
        return letter_occurrence(*letter, text);
    }
    let mut best: Option<Occurrence> = None;
    for occurrence in occurrences(needle, text) {
        if best.is_none_or(|it| occurrence < it) {
            best = Some(occurrence);
        }
        if occurrence.boundary == WordBoundary::WholeWord {
            break;
        }
    }
    best
}

/// The first occurrence of the letter at a word start, or else the first one. A whole word is not
/// preferred: few words have one letter, and a letter has many occurrences to search.
fn letter_occurrence(letter: u8, text: &str) -> Option<Occurrence> {
    let mut inside = None;
    for offset in memchr::memchr_iter(letter, text.as_bytes()) {
        let occurrence = Occurrence { boundary: word_boundary(text, offset, offset + 1), offset };
        if occurrence.boundary != WordBoundary::InsideWord {
            return Some(occurrence);
        }
        inside = inside.or(Some(occurrence));
    }
    inside
}

/// The word boundary of the byte range. Both ends must be on character boundaries.
pub fn word_boundary(text: &str, start: usize, end: usize) -> WordBoundary {
    if !is_boundary(text, start) {
        WordBoundary::InsideWord
    } else if is_boundary(text, end) {
        WordBoundary::WholeWord
    } else {
        WordBoundary::WordStart
    }
}

/// Returns true if the text has a word that begins with `first`, and the next word begins with one
/// of `second`. In a script without blanks the next word follows at once.
pub fn are_adjacent(first: &Finder<'_>, second: &[&Finder<'_>], text: &str) -> bool {
    let at_word_start = |it: &Occurrence| it.boundary != WordBoundary::InsideWord;
    occurrences(first, text).filter(at_word_start).any(|occurrence| {
        let rest = &text[occurrence.offset + first.needle().len()..];
        let rest = &rest[word_rest_len(rest)..];
        let between = |c: char| !is_word_char(c) && !c.is_control();
        let next = rest.trim_start_matches(between).as_bytes();
        second.iter().any(|it| next.starts_with(it.needle()))
    })
}
