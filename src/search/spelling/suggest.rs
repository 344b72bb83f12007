//! What a word that no paper has may have meant.

use std::collections::HashMap;
use std::sync::Arc;

use memchr::memmem::Finder;
use rayon::prelude::*;

use super::edit_distance;
use crate::domain::{Corpus, CorruptIndex, IndexBuilder, InvertedIndex, Segment};
use crate::search::cancel::Cancelled;
use crate::search::query::QueryWord;

#[derive(Debug, Default)]
pub struct SpellChecker {
    /// The words of titles and authors, for segments whose abstracts are not indexed yet.
    title_indexes: Vec<SegmentIndex>,
    /// All words of a corpus, of which each segment has most: to look through these is quicker.
    merged_index: Option<(Corpus, InvertedIndex)>,
}

/// A segment and words of it.
type SegmentIndex = (Arc<Segment>, Arc<InvertedIndex>);

/// As many other words as are tried for one, the most frequent.
const MAX_SUGGESTIONS: usize = 8;
/// Papers read between two looks at the mailbox.
const ROWS_PER_CANCEL_CHECK: u32 = 1 << 10;

impl SpellChecker {
    /// What each of the words may have meant.
    pub fn suggest(
        &mut self,
        words: &[&QueryWord],
        corpus: &Corpus,
        interrupted: &(dyn Fn() -> bool + Sync),
    ) -> Result<Vec<Vec<Finder<'static>>>, Cancelled> {
        self.merged_index.take_if(|(known, _)| !known.is_same(corpus));
        if let Some((_, all)) = &self.merged_index {
            let near = |word: &&QueryWord| {
                most_frequent(similar_words(&word.letters, all).unwrap_or_default())
            };
            return Ok(words.iter().map(near).collect());
        }
        let segments: Vec<_> = corpus.searched_segments().map(|(_, segment)| segment).collect();
        let indexes = self.indexes(&segments, interrupted)?;
        Ok(words
            .iter()
            .map(|word| most_frequent(similar_words_in_all(&word.letters, &indexes)))
            .collect())
    }

    /// Brings together what the indexes of the segments know, once all have one.
    pub fn merge_indexes(&mut self, corpus: &Corpus, interrupted: &(dyn Fn() -> bool + Sync)) {
        if self.merged_index.as_ref().is_some_and(|(known, _)| known.is_same(corpus)) {
            return;
        }
        let indexes = corpus.searched_segments().map(|(_, segment)| segment.word_index());
        let Some(indexes) = indexes.collect::<Option<Vec<_>>>() else { return };
        let share = indexes.len().div_ceil(rayon::current_num_threads()).max(1);
        let parts = indexes
            .par_chunks(share)
            .map(|some| InvertedIndex::merge(some.iter().map(|it| &**it), interrupted));
        let Some(parts) = parts.collect::<Option<Vec<_>>>() else { return };
        let all = InvertedIndex::merge(parts.iter(), interrupted);
        self.merged_index = all.map(|it| (corpus.clone(), it));
    }

    /// The words of each segment.
    fn indexes(
        &mut self,
        segments: &[&Arc<Segment>],
        interrupted: &(dyn Fn() -> bool + Sync),
    ) -> Result<Vec<SegmentIndex>, Cancelled> {
        self.title_indexes.retain(|(known, _)| {
            known.word_index().is_none() && segments.iter().any(|it| Arc::ptr_eq(it, known))
        });
        let known = |segment: &Arc<Segment>| {
            let titles =
                || self.title_indexes.iter().find(|(known, _)| Arc::ptr_eq(segment, known));
            segment.word_index().or_else(|| Some(Arc::clone(&titles()?.1)))
        };
        let made = segments.par_iter().map(|&segment| match known(segment) {
            Some(index) => Ok((segment, index, None)),
            None => {
                index_titles(segment, interrupted).map(|it| (segment, Arc::clone(&it), Some(it)))
            }
        });
        let made = made.collect::<Result<Vec<_>, Cancelled>>()?;
        let mut indexes = Vec::new();
        for (segment, index, titles) in made {
            self.title_indexes.extend(titles.map(|it| (Arc::clone(segment), it)));
            indexes.push((Arc::clone(segment), index));
        }
        Ok(indexes)
    }
}

/// The words of titles and authors alone.
fn index_titles(
    segment: &Segment,
    interrupted: &(dyn Fn() -> bool + Sync),
) -> Result<Arc<InvertedIndex>, Cancelled> {
    let mut builder = IndexBuilder::default();
    for row in 0..segment.len() {
        if row.is_multiple_of(ROWS_PER_CANCEL_CHECK) && interrupted() {
            return Err(Cancelled);
        }
        builder.push(segment.folded().record(row), "");
    }
    Ok(Arc::new(builder.finish()))
}

/// How often words occur.
type WordCounts = HashMap<String, u32>;

/// The words that are one slip away.
fn similar_words(typed: &str, index: &InvertedIndex) -> Result<WordCounts, CorruptIndex> {
    let mut counts = WordCounts::new();
    index.terms(&|shared| edit_distance::may_match_prefix(typed, shared), &mut |word, count| {
        if let Some(meant) = edit_distance::corrected_prefix(typed, word) {
            *counts.entry(meant.to_owned()).or_default() += count;
        }
    })?;
    Ok(counts)
}

/// Those of any segment.
fn similar_words_in_all(typed: &str, indexes: &[SegmentIndex]) -> WordCounts {
    let found = indexes.par_iter().map(|(segment, index)| {
        similar_words(typed, index).unwrap_or_else(|CorruptIndex| {
            segment.drop_word_index();
            WordCounts::new()
        })
    });
    found.reduce(WordCounts::new, |mut all, more| {
        for (word, count) in more {
            *all.entry(word).or_default() += count;
        }
        all
    })
}

/// As many as are tried, the most frequent first.
fn most_frequent(counts: WordCounts) -> Vec<Finder<'static>> {
    let mut words: Vec<(String, u32)> = counts.into_iter().collect();
    words.sort_unstable_by(|(a, one), (b, other)| other.cmp(one).then_with(|| a.cmp(b)));
    words.into_iter().take(MAX_SUGGESTIONS).map(|(it, _)| Finder::new(&it).into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{Draft, SegmentBuilder};
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
        let meant = |spelling: &mut SpellChecker| {
            let words: Vec<&QueryWord> = query.plain_words().collect();
            let meant = spelling.suggest(&words, &corpus, &|| false).unwrap();
            meant.concat().iter().map(|it| it.needle().to_vec()).collect::<Vec<_>>()
        };
        let mut spelling = SpellChecker::default();
        let apart = meant(&mut spelling);
        assert_eq!(apart, [&b"brain"[..], b"bran"]);
        let segments: Vec<_> = corpus.searched_segments().collect();
        crate::search::matching::abstracts::ensure_indexes(&segments, &|| false).unwrap();
        spelling.merge_indexes(&corpus, &|| false);
        assert_eq!(meant(&mut spelling), apart);
        assert!(spelling.merged_index.is_some());
    }
}
