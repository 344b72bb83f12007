//! The part of a search that forgives slips: which words may be some, and what they stand for.

use memchr::memmem::Finder;

use super::execution::Execution;
use crate::search::cache::segment_hits::SegmentHits;
use crate::search::cancel::Cancelled;
use crate::search::matching::abstracts::{LookupMode, SegmentContext};
use crate::search::matching::context::{Corrections, WordFrequency};
use crate::search::matching::haystack::Haystack;
use crate::search::matching::segment::SegmentMatcher;
use crate::search::query::{Query, QueryWord};
use crate::search::rank::tier::Tier;
use crate::search::spelling::edit_distance;
use crate::search::spelling::suggest::SpellChecker;

/// Which words of a query may be slips.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CorrectionScope {
    UnknownWords,
    AllWords,
}

/// The words that a slip of the fingers may have changed.
pub fn correctable_words(query: &Query) -> impl Iterator<Item = &QueryWord> {
    query.plain_words().filter(|word| edit_distance::is_correctable(word))
}

impl Execution<'_> {
    /// The words of the query that may be slips: those that no paper has as they were typed, not
    /// even as a fact, or all of them.
    pub fn words_to_correct<'q>(
        &mut self,
        query: &'q Query,
        suspects: CorrectionScope,
    ) -> Result<Vec<&'q QueryWord>, Cancelled> {
        let mut suspected = Vec::new();
        for word in correctable_words(query) {
            if suspects == CorrectionScope::AllWords || !self.word_stats(word, None)?.is_found {
                suspected.push(word);
            }
        }
        Ok(suspected)
    }

    /// How many papers have each word as it was typed.
    pub fn word_frequency(
        &mut self,
        query: &Query,
        pass: &SegmentMatcher<'_>,
    ) -> Result<WordFrequency, Cancelled> {
        let contiguous = pass.is_one_word().then(|| self.contiguous_count());
        let mut frequency = WordFrequency::default();
        for word in query.plain_words() {
            let standing = self.word_stats(word, contiguous)?;
            if standing.is_common {
                frequency.common_words.push(word.index);
            }
            if standing.is_absent {
                frequency.absent_words.push(word.index);
            }
        }
        Ok(frequency)
    }

    /// What the words may have meant.
    pub fn corrections(
        &self,
        words: &[&QueryWord],
        spelling: &mut SpellChecker,
    ) -> Result<Corrections, Cancelled> {
        let mut corrections = vec![Vec::new(); self.request.query.words()];
        if !words.is_empty() {
            let meant = spelling.suggest(words, &self.request.corpus, self.is_cancelled)?;
            for (word, meant) in words.iter().zip(meant) {
                corrections[word.index] = meant;
            }
        }
        Ok(corrections)
    }

    /// The corrections that made a hit.
    pub fn corrections_with_hits(&self, corrections: &Corrections) -> Vec<String> {
        /// Hits looked at in each segment: who was corrected wants few.
        const MAX_HITS_CHECKED: usize = 100;
        let (reach, interrupted) = (LookupMode::IndexOnly, self.is_cancelled);
        let in_segment = |needle: &Finder<'static>, found: &SegmentHits, start: u32, segment| {
            let slips = found.deep.iter().filter(|hit| hit.tier() == Some(Tier::Typo));
            let rows: Vec<u32> =
                slips.take(MAX_HITS_CHECKED).map(|hit| hit.id().0 - start).collect();
            let in_fields = |&row: &u32| Haystack::new(segment, row).begins_word(needle);
            rows.iter().any(in_fields)
                || SegmentContext { segment, mode: reach, is_cancelled: interrupted }
                    .is_mentioned(needle, &rows)
        };
        let is_used = |needle: &&Finder<'static>| {
            let mut segments = self.hits.iter().zip(&self.segments);
            segments.any(|(found, (start, segment))| in_segment(needle, found, *start, segment))
        };
        let used = corrections.iter().flatten().filter(is_used);
        used.map(|it| String::from_utf8_lossy(it.needle()).into_owned()).collect()
    }
}
