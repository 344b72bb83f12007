//! The folded fields of one paper.

use memchr::memmem::Finder;

use crate::domain::{FIELD_END, LetterMask, Segment, VARIANT_START};
use crate::search::occurrence::{WordBoundary, occurrences};

/// The folded fields of a paper. Title and authors end with spelling variants of their words.
#[derive(Debug, Clone, Copy)]
pub struct Haystack<'a> {
    /// Title and authors, with a [`FIELD_END`] between them.
    pub fields: &'a str,
    pub row: u32,
    segment: &'a Segment,
}

impl<'a> Haystack<'a> {
    pub fn new(segment: &'a Segment, row: u32) -> Self {
        Self { fields: segment.folded().record(row), row, segment }
    }

    pub fn title(&self) -> &'a str {
        self.split().0
    }

    pub fn authors(&self) -> &'a str {
        self.split().1
    }

    /// The title and the authors. Most papers are rejected before, by their [`Self::fields`].
    fn split(&self) -> (&'a str, &'a str) {
        let end = memchr::memchr(FIELD_END as u8, self.fields.as_bytes());
        let end = end.unwrap_or(self.fields.len());
        (&self.fields[..end], self.fields.get(end + FIELD_END.len_utf8()..).unwrap_or_default())
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
        occurrences(needle, self.fields).any(|it| it.boundary != WordBoundary::InsideWord)
    }
}

/// A field without the spelling variants at its end.
pub fn without_variants(field: &str) -> &str {
    memchr::memchr(VARIANT_START as u8, field.as_bytes()).map_or(field, |end| &field[..end])
}
