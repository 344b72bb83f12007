//! What the matching of a segment depends on beside the query: corpus and marks, corrections,
//! frequent words.

use memchr::memmem::Finder;

use crate::cite::SharedBibliography;
use crate::domain::{Corpus, Marks};

/// What a filter needs to see beside the segment.
#[derive(Debug, Clone, Copy)]
pub struct FilterContext<'a> {
    pub corpus: &'a Corpus,
    pub marks: &'a Marks,
    pub bibliographies: &'a SharedBibliography,
}

/// Words that may have been meant, by the number of the word that was typed.
pub type Corrections = Vec<Vec<Finder<'static>>>;

/// The numbers of words of a query that need not be looked for everywhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordFrequency {
    pub common_words: Vec<usize>,
    pub absent_words: Vec<usize>,
}
