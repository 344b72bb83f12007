//! What a word that no paper has may have meant.

use std::collections::HashMap;
use std::sync::Arc;

use memchr::memmem::Finder;
use rayon::prelude::*;

use super::query::Word;
use super::searcher::Interrupted;
use super::slip;
use crate::domain::{Damaged, Segment, WordIndex, WordIndexBuilder};

/// The words of titles and authors, for segments whose abstracts are not indexed yet.
#[derive(Debug, Default)]
pub(super) struct Spelling {
    titles: Vec<Words>,
}

/// A segment and words of it.
type Words = (Arc<Segment>, Arc<WordIndex>);

/// As many other words as are tried for one, the most frequent.
const TRIED: usize = 8;
/// Papers read between two looks at the mailbox.
const STRIDE: u32 = 1 << 10;

impl Spelling {
    /// What each of the words may have meant.
    pub(super) fn meant(
        &mut self,
        words: &[&Word],
        segments: &[&Arc<Segment>],
        interrupted: &(dyn Fn() -> bool + Sync),
    ) -> Result<Vec<Vec<Finder<'static>>>, Interrupted> {
        if words.iter().all(|word| word.letters.chars().count() < slip::SHORTEST) {
            return Ok(vec![Vec::new(); words.len()]);
        }
        let indexes = self.indexes(segments, interrupted)?;
        Ok(words.iter().map(|word| near(&word.letters, &indexes)).collect())
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

/// The words that are one slip away, the most frequent first.
fn near(typed: &str, indexes: &[Words]) -> Vec<Finder<'static>> {
    let add = |mut counts: HashMap<String, u32>, (word, count): (String, u32)| {
        *counts.entry(word).or_default() += count;
        counts
    };
    let found = indexes.par_iter().map(|(segment, index)| {
        let mut counts: HashMap<String, u32> = HashMap::new();
        let read = index.words(&|shared| slip::may_begin(typed, shared), &mut |word, count| {
            if let Some(meant) = slip::meant(typed, word) {
                *counts.entry(meant.to_owned()).or_default() += count;
            }
        });
        if read == Err(Damaged) {
            segment.forget_word_index();
        }
        counts
    });
    let counts = found.flatten_iter().fold(HashMap::new, add);
    let counts = counts.reduce(HashMap::new, |all, more| more.into_iter().fold(all, add));
    let mut words: Vec<(String, u32)> = counts.into_iter().collect();
    words.sort_unstable_by(|(a, one), (b, other)| other.cmp(one).then_with(|| a.cmp(b)));
    words.into_iter().take(TRIED).map(|(it, _)| Finder::new(&it).into_owned()).collect()
}
