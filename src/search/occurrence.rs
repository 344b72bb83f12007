//! Where a text occurs in another, and how it lies on the words there.

use memchr::memmem::Finder;

use crate::text::is_boundary;

/// How a text stands among words, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum WordBoundary {
    /// It is whole words.
    WholeWord,
    /// It begins where a word does.
    WordStart,
    InsideWord,
}

/// Where a text stands, the best place first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    pub boundary: WordBoundary,
    /// An offset in bytes.
    pub offset: usize,
}

/// Every place where the text stands, in order; they may overlap.
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

/// The best place where the text stands.
pub fn best_occurrence(needle: &Finder<'_>, text: &str) -> Option<Occurrence> {
    if let [letter] = needle.needle() {
        return letter_occurrence(*letter, text);
    }
    let mut best: Option<Occurrence> = None;
    for spot in occurrences(needle, text) {
        if best.is_none_or(|it| spot < it) {
            best = Some(spot);
        }
        if spot.boundary == WordBoundary::WholeWord {
            break;
        }
    }
    best
}

/// The first word start that is the letter, or else where it first stands: few single letters are
/// words, and they are everywhere.
fn letter_occurrence(letter: u8, text: &str) -> Option<Occurrence> {
    let mut inside = None;
    for at in memchr::memchr_iter(letter, text.as_bytes()) {
        match word_boundary(text, at, at + 1) {
            WordBoundary::InsideWord => {
                inside =
                    inside.or(Some(Occurrence { boundary: WordBoundary::InsideWord, offset: at }));
            }
            fit => return Some(Occurrence { boundary: fit, offset: at }),
        }
    }
    inside
}

/// How what stands at an offset stands among words. Both ends are on characters.
pub fn word_boundary(text: &str, start: usize, end: usize) -> WordBoundary {
    if !is_boundary(text, start) {
        WordBoundary::InsideWord
    } else if is_boundary(text, end) {
        WordBoundary::WholeWord
    } else {
        WordBoundary::WordStart
    }
}

/// Whether somewhere in the text the next word after one that begins as `first` does begins as
/// one of `second` does.
pub fn are_adjacent(first: &Finder<'_>, second: &[&Finder<'_>], text: &str) -> bool {
    occurrences(first, text).filter(|spot| spot.boundary != WordBoundary::InsideWord).any(|spot| {
        let rest = &text[spot.offset + first.needle().len()..];
        let rest = rest.trim_start_matches(char::is_alphanumeric);
        let between = |c: char| !c.is_alphanumeric() && !c.is_control();
        let next = rest.trim_start_matches(between).as_bytes();
        second.iter().any(|it| next.starts_with(it.needle()))
    })
}
