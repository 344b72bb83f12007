//! Cached words of the corpus, among which corrections are looked for.

use std::sync::Arc;

use rayon::prelude::*;

use super::segment_map::SegmentMap;
use crate::domain::{IndexBuilder, InvertedIndex, Segment};
use crate::search::cancel::{CancelToken, Cancelled};
use crate::search::matching::context::CorpusSegment;
use crate::search::spelling::suggest::{SegmentWords, Vocabulary};

/// The words of titles and authors of segments without an index, and all words of the corpus.
#[derive(Debug, Default)]
pub struct SpellingWords {
    /// Valid for: a segment.
    /// Invalidated by: an index of its abstracts, or its removal from the corpus.
    /// Saves: indexing all titles for each query with an unknown word.
    pub title_indexes: SegmentMap<Arc<InvertedIndex>>,
    /// Valid for: a corpus, when all abstracts are indexed.
    /// Invalidated by: another corpus.
    /// Saves: searching the words of each segment, most of which are in many segments.
    pub merged_index: Option<InvertedIndex>,
}

/// Papers indexed between two polls of the cancel token.
const ROWS_PER_CANCEL_CHECK: u32 = 1 << 10;

impl SpellingWords {
    /// The words of the segments, which must be all of the corpus. Indexes titles and authors of
    /// those that have no index.
    pub fn vocabulary<'a>(
        &'a mut self,
        segments: &[CorpusSegment<'a>],
        cancel: CancelToken<'_>,
    ) -> Result<Vocabulary<'a>, Cancelled> {
        if let Some(index) = &self.merged_index {
            return Ok(Vocabulary::Merged(index));
        }
        self.title_indexes.retain(|segment| segment.word_index().is_none());
        let title_indexes = &self.title_indexes;
        let indexes = segments.par_iter().map(|&CorpusSegment { segment, .. }| {
            let index = segment.word_index().or_else(|| title_indexes.get(segment).cloned());
            match index {
                Some(index) => Ok((SegmentWords { segment, index }, false)),
                None => Ok((SegmentWords { segment, index: index_titles(segment, cancel)? }, true)),
            }
        });
        let mut words = Vec::new();
        for (segment_words, is_new) in indexes.collect::<Result<Vec<_>, Cancelled>>()? {
            if is_new {
                let index = Arc::clone(&segment_words.index);
                self.title_indexes.insert(segment_words.segment, index);
            }
            words.push(segment_words);
        }
        Ok(Vocabulary::BySegment(words))
    }

    /// Merges the indexes of the segments, which must be all of the corpus. Does nothing if one
    /// has no index yet.
    pub fn merge_indexes(&mut self, segments: &[CorpusSegment<'_>], cancel: CancelToken<'_>) {
        if self.merged_index.is_some() {
            return;
        }
        let indexes = segments.iter().map(|it| it.segment.word_index());
        let Some(indexes) = indexes.collect::<Option<Vec<_>>>() else { return };
        let is_cancelled = || cancel.is_cancelled();
        let chunk_len = indexes.len().div_ceil(rayon::current_num_threads()).max(1);
        let parts = indexes
            .par_chunks(chunk_len)
            .map(|chunk| InvertedIndex::merge(chunk.iter().map(|it| &**it), &is_cancelled));
        let Some(parts) = parts.collect::<Option<Vec<_>>>() else { return };
        self.merged_index = InvertedIndex::merge(parts.iter(), &is_cancelled);
    }
}

/// Indexes the words of titles and authors.
fn index_titles(
    segment: &Segment,
    cancel: CancelToken<'_>,
) -> Result<Arc<InvertedIndex>, Cancelled> {
    let mut builder = IndexBuilder::default();
    for row in 0..segment.len() {
        cancel.check_every(ROWS_PER_CANCEL_CHECK, row)?;
        builder.push(segment.folded().record(row), "");
    }
    Ok(Arc::new(builder.finish()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Corpus, Draft, SegmentBuilder};
    use crate::search::matching::abstracts::ensure_indexes;
    use crate::search::query::Query;

    #[test]
    fn what_is_meant_does_not_depend_on_whether_the_words_of_all_segments_are_together() {
        let mut corpus = Corpus::default();
        for titles in [["Brain", "Bran and brains"], ["Brain of brass", "Grain"]] {
            let mut builder = SegmentBuilder::default();
            for title in titles {
                builder.push(&Draft { title: title.into(), ..Draft::default() });
            }
            corpus.push(builder.seal());
        }
        let query = Query::parse("brian");
        let segments: Vec<_> = CorpusSegment::all(&corpus).collect();
        let cancel = CancelToken::new(&|| false);
        let corrections = |spelling: &mut SpellingWords| {
            let vocabulary = spelling.vocabulary(&segments, cancel).unwrap();
            let corrections = query.plain_words().flat_map(|it| vocabulary.suggest(&it.letters));
            corrections.map(|it| it.needle().to_vec()).collect::<Vec<_>>()
        };
        let mut spelling = SpellingWords::default();
        let apart = corrections(&mut spelling);
        assert_eq!(apart, [&b"brain"[..], b"bran"]);
        ensure_indexes(&segments, cancel).unwrap();
        spelling.merge_indexes(&segments, cancel);
        assert_eq!(corrections(&mut spelling), apart);
        assert!(spelling.merged_index.is_some());
    }
}
