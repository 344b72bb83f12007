//! A paper as it is searched: its folded fields, and where a text stands in them.

use memchr::memmem::Finder;

use crate::domain::{FIELD_END, LetterMask, Segment, VARIANT_START};
use crate::search::occurrence::{WordBoundary, occurrences};

/// The folded fields of a paper. Title and authors carry the other spellings of their words.
#[derive(Debug, Clone, Copy)]
pub struct Haystack<'a> {
    pub title: &'a str,
    pub authors: &'a str,
    pub row: u32,
    segment: &'a Segment,
}

impl<'a> Haystack<'a> {
    pub fn new(segment: &'a Segment, row: u32) -> Self {
        let block = segment.folded();
        let span = block.span(row);
        let authors = segment.folded_authors_start(row);
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

    pub fn mask(&self) -> LetterMask {
        self.segment.masks()[self.row as usize]
    }

    /// Whether a word of title or authors begins so.
    pub fn begins_word(&self, needle: &Finder<'_>) -> bool {
        [self.title, self.authors].iter().any(|text| {
            occurrences(needle, text).any(|spot| spot.boundary != WordBoundary::InsideWord)
        })
    }
}

/// A field without the other spellings behind it.
pub fn without_variants(field: &str) -> &str {
    memchr::memchr(VARIANT_START as u8, field.as_bytes()).map_or(field, |end| &field[..end])
}
