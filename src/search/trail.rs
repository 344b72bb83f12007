//! Where the letters of a word are scattered, kept for the words that begin with it: letter by
//! letter there are fewer places to look at.

use super::query::Word;
use super::rows::Rows;
use crate::domain::Corpus;

/// The rows in which letters of the last words were scattered, segment by segment.
#[derive(Debug, Default)]
pub(super) struct Trail {
    corpus: Corpus,
    segments: Vec<Option<Footprint>>,
}

/// Rows of a segment.
#[derive(Debug)]
struct Footprint {
    letters: String,
    rows: Rows,
}

impl Trail {
    /// Forgets what is known of another corpus, and makes room for so many segments.
    pub(super) fn begin(&mut self, corpus: &Corpus, segments: usize) {
        if !self.corpus.is_same(corpus) || self.segments.len() != segments {
            let segments = std::iter::repeat_with(|| None).take(segments).collect();
            *self = Self { corpus: corpus.clone(), segments };
        }
    }

    /// The only rows of a segment in which the letters of the word may be scattered, if it is known
    /// which.
    pub(super) fn rows(&self, segment: usize, word: &Word) -> Option<&Rows> {
        let known = self.segments.get(segment)?.as_ref()?;
        word.letters.starts_with(&known.letters).then_some(&known.rows)
    }

    pub(super) fn keep(&mut self, segment: usize, word: &Word, rows: Rows) {
        self.segments[segment] = Some(Footprint { letters: word.letters.clone(), rows });
    }
}
