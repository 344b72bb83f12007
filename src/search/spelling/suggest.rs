//! Suggests corrections of a word: the most frequent words of the corpus within one edit.

use std::collections::HashMap;
use std::sync::Arc;

use memchr::memmem::Finder;
use rayon::prelude::*;

use super::edit_distance;
use crate::domain::{CorruptIndex, InvertedIndex, Segment};

/// The words of a corpus.
pub enum Vocabulary<'a> {
    /// One index of all words. Faster to search, since segments have most words in common.
    Merged(&'a InvertedIndex),
    BySegment(Vec<SegmentWords<'a>>),
}

/// The words of one segment.
pub struct SegmentWords<'a> {
    pub segment: &'a Arc<Segment>,
    pub index: Arc<InvertedIndex>,
}

/// Corrections tried for one word, the most frequent first.
const MAX_SUGGESTIONS: usize = 8;

/// Number of occurrences of each word.
type WordCounts = HashMap<String, u32>;

impl Vocabulary<'_> {
    /// The corrections of a word, at most [`MAX_SUGGESTIONS`].
    pub fn suggest(&self, typed: &str) -> Vec<Finder<'static>> {
        most_frequent(match self {
            Self::Merged(index) => similar_words(typed, index).unwrap_or_default(),
            Self::BySegment(segments) => similar_words_in_all(typed, segments),
        })
    }
}

/// The words within one edit.
fn similar_words(typed: &str, index: &InvertedIndex) -> Result<WordCounts, CorruptIndex> {
    let mut counts = WordCounts::new();
    index.terms(&|prefix| edit_distance::may_match_prefix(typed, prefix), &mut |word, count| {
        if let Some(corrected) = edit_distance::corrected_prefix(typed, word) {
            *counts.entry(corrected.to_owned()).or_default() += count;
        }
    })?;
    Ok(counts)
}

fn similar_words_in_all(typed: &str, segments: &[SegmentWords<'_>]) -> WordCounts {
    let counts = segments.par_iter().map(|SegmentWords { segment, index }| {
        similar_words(typed, index).unwrap_or_else(|CorruptIndex| {
            segment.drop_word_index();
            WordCounts::new()
        })
    });
    counts.reduce(WordCounts::new, |mut sums, counts| {
        for (word, count) in counts {
            *sums.entry(word).or_default() += count;
        }
        sums
    })
}

fn most_frequent(counts: WordCounts) -> Vec<Finder<'static>> {
    let mut words: Vec<(String, u32)> = counts.into_iter().collect();
    words.sort_unstable_by(|(a, one), (b, other)| other.cmp(one).then_with(|| a.cmp(b)));
    words.into_iter().take(MAX_SUGGESTIONS).map(|(it, _)| Finder::new(&it).into_owned()).collect()
}
