//! A paper as it is searched: its folded fields, and where a text stands in them.

use memchr::memmem::Finder;

use crate::domain::{FIELD_END, Mask, Segment, VARIANT};
use crate::text::is_boundary;

/// The folded fields of a paper. Title and authors carry the other spellings of their words.
#[derive(Debug, Clone, Copy)]
pub struct Record<'a> {
    pub title: &'a str,
    pub authors: &'a str,
    pub row: u32,
    segment: &'a Segment,
}

impl<'a> Record<'a> {
    pub fn of(segment: &'a Segment, row: u32) -> Self {
        let block = segment.folded();
        let span = block.span(row);
        let authors = segment.folded_authors(row);
        Self {
            title: &block.text()[span.start..authors - FIELD_END.len_utf8()],
            authors: &block.text()[authors..span.end],
            row,
            segment,
        }
    }

    /// The first letters of the title's words.
    pub fn initials(&self) -> &'a str {
        self.segment.initials().record(self.row)
    }

    pub fn mask(&self) -> Mask {
        self.segment.masks()[self.row as usize]
    }

    /// Whether a word of title or authors begins so.
    pub fn begins_word(&self, needle: &Finder<'_>) -> bool {
        [self.title, self.authors]
            .iter()
            .any(|text| spots(needle, text).any(|spot| spot.fit != Fit::Inside))
    }
}

/// A field without the other spellings behind it.
pub fn as_written(field: &str) -> &str {
    memchr::memchr(VARIANT as u8, field.as_bytes()).map_or(field, |end| &field[..end])
}

/// How a text stands among words, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// It is whole words.
    Whole,
    /// It begins where a word does.
    Start,
    Inside,
}

/// Where a text stands, the best place first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    pub fit: Fit,
    /// An offset in bytes.
    pub at: usize,
}

/// Every place where the text stands, in order; they may overlap.
pub fn spots<'a>(needle: &'a Finder<'_>, text: &'a str) -> impl Iterator<Item = Spot> + 'a {
    let length = needle.needle().len();
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + needle.find(text.as_bytes().get(from..)?)?;
        from = at + 1;
        Some(Spot { fit: fit(text, at, at + length), at })
    })
}

/// The best place where the text stands.
pub fn best_spot(needle: &Finder<'_>, text: &str) -> Option<Spot> {
    if let [letter] = needle.needle() {
        return letter_spot(*letter, text);
    }
    let mut best: Option<Spot> = None;
    for spot in spots(needle, text) {
        if best.is_none_or(|it| spot < it) {
            best = Some(spot);
        }
        if spot.fit == Fit::Whole {
            break;
        }
    }
    best
}

/// The first word start that is the letter, or else where it first stands: few single letters are
/// words, and they are everywhere.
fn letter_spot(letter: u8, text: &str) -> Option<Spot> {
    let mut inside = None;
    for at in memchr::memchr_iter(letter, text.as_bytes()) {
        match fit(text, at, at + 1) {
            Fit::Inside => inside = inside.or(Some(Spot { fit: Fit::Inside, at })),
            fit => return Some(Spot { fit, at }),
        }
    }
    inside
}

/// How what stands at an offset stands among words. Both ends are on characters.
pub fn fit(text: &str, start: usize, end: usize) -> Fit {
    if !is_boundary(text, start) {
        Fit::Inside
    } else if is_boundary(text, end) {
        Fit::Whole
    } else {
        Fit::Start
    }
}

/// Whether somewhere in the text the next word after one that begins as `first` does begins as
/// one of `second` does.
pub fn stand_together(first: &Finder<'_>, second: &[&Finder<'_>], text: &str) -> bool {
    spots(first, text).filter(|spot| spot.fit != Fit::Inside).any(|spot| {
        let rest = &text[spot.at + first.needle().len()..];
        let rest = rest.trim_start_matches(char::is_alphanumeric);
        let between = |c: char| !c.is_alphanumeric() && !c.is_control();
        let next = rest.trim_start_matches(between).as_bytes();
        second.iter().any(|it| next.starts_with(it.needle()))
    })
}
