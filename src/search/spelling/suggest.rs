//! The words of a corpus, and the corrections of a word among them: the most frequent words within
//! one edit.

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
pub type WordCounts = HashMap<String, u32>;

/// A choice of words by their beginnings.
pub struct WordFilter<'a> {
    /// Returns false only if no word with the prefix is chosen: blocks of sorted words are skipped.
    pub may_match: &'a (dyn Fn(&str) -> bool + Sync),
    /// The word, or the prefix of it that is chosen.
    pub select: &'a (dyn for<'w> Fn(&'w str) -> Option<&'w str> + Sync),
}

impl Vocabulary<'_> {
    /// The corrections of a word, at most [`MAX_SUGGESTIONS`].
    pub fn suggest(&self, typed: &str) -> Vec<Finder<'static>> {
        let words = most_frequent(self.within_one_edit(typed)).into_iter().take(MAX_SUGGESTIONS);
        words.map(|(word, _)| Finder::new(&word).into_owned()).collect()
    }

    /// The words, or prefixes of words, within one edit of the typed word.
    pub fn within_one_edit(&self, typed: &str) -> WordCounts {
        self.select(&WordFilter {
            may_match: &|prefix| edit_distance::may_match_prefix(typed, prefix),
            select: &|word| edit_distance::corrected_prefix(typed, word),
        })
    }

    /// The number of occurrences of each of the words.
    pub fn counts(&self, words: &[&str]) -> Vec<u32> {
        let counts = self.select(&WordFilter {
            may_match: &|prefix| words.iter().any(|word| word.starts_with(prefix)),
            select: &|word| words.contains(&word).then_some(word),
        });
        words.iter().map(|word| counts.get(*word).copied().unwrap_or_default()).collect()
    }

    /// The chosen words with their numbers of occurrences.
    pub fn select(&self, filter: &WordFilter<'_>) -> WordCounts {
        match self {
            Self::Merged(index) => words_of_index(index, filter).unwrap_or_default(),
            Self::BySegment(segments) => words_of_segments(segments, filter),
        }
    }
}

fn words_of_index(
    index: &InvertedIndex,
    filter: &WordFilter<'_>,
) -> Result<WordCounts, CorruptIndex> {
    let mut counts = WordCounts::new();
    index.terms(&|prefix| (filter.may_match)(prefix), &mut |word, count| {
        if let Some(selected) = (filter.select)(word) {
            *counts.entry(selected.to_owned()).or_default() += count;
        }
    })?;
    Ok(counts)
}

fn words_of_segments(segments: &[SegmentWords<'_>], filter: &WordFilter<'_>) -> WordCounts {
    let counts = segments.par_iter().map(|SegmentWords { segment, index }| {
        words_of_index(index, filter).unwrap_or_else(|CorruptIndex| {
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

/// The words in descending order of frequency.
pub fn most_frequent(counts: WordCounts) -> Vec<(String, u32)> {
    let mut words: Vec<(String, u32)> = counts.into_iter().collect();
    words.sort_unstable_by(|(a, one), (b, other)| other.cmp(one).then_with(|| a.cmp(b)));
    words
}
