//! What a word that no paper has may have meant.

use std::collections::HashMap;
use std::sync::Arc;

use memchr::memmem::Finder;
use rayon::prelude::*;

use super::edit_distance;
use crate::domain::{Corpus, Damaged, Segment, WordIndex, WordIndexBuilder};
use crate::search::cancel::Interrupted;
use crate::search::query::Word;

#[derive(Debug, Default)]
pub struct Spelling {
    /// The words of titles and authors, for segments whose abstracts are not indexed yet.
    titles: Vec<Words>,
    /// All words of a corpus, of which each segment has most: to look through these is quicker.
    all: Option<(Corpus, WordIndex)>,
}

/// A segment and words of it.
type Words = (Arc<Segment>, Arc<WordIndex>);

/// As many other words as are tried for one, the most frequent.
const TRIED: usize = 8;
/// Papers read between two looks at the mailbox.
const STRIDE: u32 = 1 << 10;

impl Spelling {
    /// What each of the words may have meant.
    pub fn meant(
        &mut self,
        words: &[&Word],
        corpus: &Corpus,
        interrupted: &(dyn Fn() -> bool + Sync),
    ) -> Result<Vec<Vec<Finder<'static>>>, Interrupted> {
        self.all.take_if(|(known, _)| !known.is_same(corpus));
        if let Some((_, all)) = &self.all {
            let near = |word: &&Word| most_frequent(near(&word.letters, all).unwrap_or_default());
            return Ok(words.iter().map(near).collect());
        }
        let segments: Vec<_> = corpus.searched().map(|(_, segment)| segment).collect();
        let indexes = self.indexes(&segments, interrupted)?;
        Ok(words.iter().map(|word| most_frequent(near_any(&word.letters, &indexes))).collect())
    }

    /// Brings together what the indexes of the segments know, once all have one.
    pub fn learn(&mut self, corpus: &Corpus, interrupted: &(dyn Fn() -> bool + Sync)) {
        if self.all.as_ref().is_some_and(|(known, _)| known.is_same(corpus)) {
            return;
        }
        let indexes = corpus.searched().map(|(_, segment)| segment.word_index());
        let Some(indexes) = indexes.collect::<Option<Vec<_>>>() else { return };
        let share = indexes.len().div_ceil(rayon::current_num_threads()).max(1);
        let parts = indexes
            .par_chunks(share)
            .map(|some| WordIndex::union(some.iter().map(|it| &**it), interrupted));
        let Some(parts) = parts.collect::<Option<Vec<_>>>() else { return };
        let all = WordIndex::union(parts.iter(), interrupted);
        self.all = all.map(|it| (corpus.clone(), it));
    }

    /// The words of each segment.
    fn indexes(
        &mut self,
        segments: &[&Arc<Segment>],
        interrupted: &(dyn Fn() -> bool + Sync),
    ) -> Result<Vec<Words>, Interrupted> {
        self.titles.retain(|(known, _)| {
            known.word_index().is_none() && segments.iter().any(|it| Arc::ptr_eq(it, known))
        });
        let known = |segment: &Arc<Segment>| {
            let titles = || self.titles.iter().find(|(known, _)| Arc::ptr_eq(segment, known));
            segment.word_index().or_else(|| Some(Arc::clone(&titles()?.1)))
        };
        let made = segments.par_iter().map(|&segment| match known(segment) {
            Some(index) => Ok((segment, index, None)),
            None => titles(segment, interrupted).map(|it| (segment, Arc::clone(&it), Some(it))),
        });
        let made = made.collect::<Result<Vec<_>, Interrupted>>()?;
        let mut indexes = Vec::new();
        for (segment, index, titles) in made {
            self.titles.extend(titles.map(|it| (Arc::clone(segment), it)));
            indexes.push((Arc::clone(segment), index));
        }
        Ok(indexes)
    }
}

/// The words of titles and authors alone.
fn titles(
    segment: &Segment,
    interrupted: &(dyn Fn() -> bool + Sync),
) -> Result<Arc<WordIndex>, Interrupted> {
    let mut builder = WordIndexBuilder::default();
    for row in 0..segment.len() {
        if row.is_multiple_of(STRIDE) && interrupted() {
            return Err(Interrupted);
        }
        builder.push(segment.folded().record(row), "");
    }
    Ok(Arc::new(builder.finish()))
}

/// How often words occur.
type Counts = HashMap<String, u32>;

/// The words that are one slip away.
fn near(typed: &str, index: &WordIndex) -> Result<Counts, Damaged> {
    let mut counts = Counts::new();
    index.words(&|shared| edit_distance::may_begin(typed, shared), &mut |word, count| {
        if let Some(meant) = edit_distance::meant(typed, word) {
            *counts.entry(meant.to_owned()).or_default() += count;
        }
    })?;
    Ok(counts)
}

/// Those of any segment.
fn near_any(typed: &str, indexes: &[Words]) -> Counts {
    let found = indexes.par_iter().map(|(segment, index)| {
        near(typed, index).unwrap_or_else(|Damaged| {
            segment.forget_word_index();
            Counts::new()
        })
    });
    found.reduce(Counts::new, |mut all, more| {
        for (word, count) in more {
            *all.entry(word).or_default() += count;
        }
        all
    })
}

/// As many as are tried, the most frequent first.
fn most_frequent(counts: Counts) -> Vec<Finder<'static>> {
    let mut words: Vec<(String, u32)> = counts.into_iter().collect();
    words.sort_unstable_by(|(a, one), (b, other)| other.cmp(one).then_with(|| a.cmp(b)));
    words.into_iter().take(TRIED).map(|(it, _)| Finder::new(&it).into_owned()).collect()
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
        let meant = |spelling: &mut Spelling| {
            let words: Vec<&Word> = query.plain_words().collect();
            let meant = spelling.meant(&words, &corpus, &|| false).unwrap();
            meant.concat().iter().map(|it| it.needle().to_vec()).collect::<Vec<_>>()
        };
        let mut spelling = Spelling::default();
        let apart = meant(&mut spelling);
        assert_eq!(apart, [&b"brain"[..], b"bran"]);
        let segments: Vec<_> = corpus.searched().collect();
        crate::search::matching::abstracts::index_all(&segments, &|| false).unwrap();
        spelling.learn(&corpus, &|| false);
        assert_eq!(meant(&mut spelling), apart);
        assert!(spelling.all.is_some());
    }
}
