//! Cached candidate rows of segments. A word typed letter by letter only narrows them.

use std::sync::Arc;

use super::segment_map::SegmentMap;
use crate::domain::Segment;
use crate::search::matching::row_set::{KnownRows, RowSet};
use crate::search::query::{QueryWord, WordKey};

/// The candidate rows of the last candidate word of each segment.
///
/// Valid for: a segment and a word; rows of a subsequence also for longer words that begin with it.
/// Invalidated by: the next candidate word, or removal of the segment from the corpus.
/// Saves: scanning the segment's text.
#[derive(Debug, Default)]
pub struct CandidateCache {
    contiguous: SegmentMap<CachedRows<WordKey>>,
    /// The word is given by its letters.
    subsequence: SegmentMap<CachedRows<String>>,
}

/// Rows of a segment that match a word.
#[derive(Debug)]
struct CachedRows<W> {
    word: W,
    rows: Arc<RowSet>,
}

impl CandidateCache {
    pub fn get(&self, segment: &Arc<Segment>, word: &QueryWord) -> KnownRows {
        let contiguous = self.contiguous.get(segment).filter(|it| it.word == word.key());
        // The subsequence of a longer word contains that of its beginning.
        let shorter = self.subsequence.get(segment);
        let subsequence = shorter.filter(|it| word.letters.starts_with(&it.word));
        KnownRows {
            contiguous: contiguous.map(|it| Arc::clone(&it.rows)),
            subsequence: subsequence.map(|it| Arc::clone(&it.rows)),
        }
    }

    pub fn insert(&mut self, segment: &Arc<Segment>, word: &QueryWord, known_rows: KnownRows) {
        if let Some(rows) = known_rows.contiguous {
            self.contiguous.insert(segment, CachedRows { word: word.key(), rows });
        }
        if let Some(rows) = known_rows.subsequence {
            self.subsequence.insert(segment, CachedRows { word: word.letters.clone(), rows });
        }
    }

    pub fn retain_segments(&mut self, is_retained: impl Fn(&Arc<Segment>) -> bool) {
        self.contiguous.retain(&is_retained);
        self.subsequence.retain(&is_retained);
    }
}
