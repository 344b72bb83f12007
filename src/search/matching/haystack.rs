//! The folded fields of one paper.

use memchr::memmem::Finder;

use crate::domain::{FIELD_END, LetterMask, Segment, VARIANT_START};
use crate::search::occurrence::{WordBoundary, occurrences};

/// The folded fields of a paper. Title and authors end with spelling variants of their words.
#[derive(Debug, Clone, Copy)]
pub struct Haystack<'a> {
    pub title: &'a str,
    pub authors: &'a str,
    pub row: u32,
    segment: &'a Segment,
}

impl<'a> Haystack<'a> {
    pub fn new(segment: &'a Segment, row: u32) -> Self {
        let column = segment.folded();
        let span = column.span(row);
        let authors = segment.folded_authors_start(row);
        Self {
            title: &column.text()[span.start..authors - FIELD_END.len_utf8()],
            authors: &column.text()[authors..span.end],
            row,
            segment,
        }
    }

    /// The first letters of the title's words.
    pub fn initials(&self) -> &'a str {
        without_variants(self.segment.initials().record(self.row))
    }

    /// The first letters of the title's words: of all, and of all but function words if some are.
    pub fn acronyms(&self) -> impl Iterator<Item = &'a str> {
        self.segment.initials().record(self.row).split(VARIANT_START)
    }

    pub fn mask(&self) -> LetterMask {
        self.segment.masks()[self.row as usize]
    }

    /// Returns true if a word of title or authors begins with the needle.
    pub fn begins_word(&self, needle: &Finder<'_>) -> bool {
        [self.title, self.authors]
            .iter()
            .any(|text| occurrences(needle, text).any(|it| it.boundary != WordBoundary::InsideWord))
    }
}

/// A field without the spelling variants at its end.
pub fn without_variants(field: &str) -> &str {
    memchr::memchr(VARIANT_START as u8, field.as_bytes()).map_or(field, |end| &field[..end])
}
