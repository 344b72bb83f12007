//! What a word that no paper has may have meant.

use std::collections::HashMap;
use std::sync::Arc;

use memchr::memmem::Finder;
use rayon::prelude::*;

use super::query::Word;
use super::searcher::Interrupted;
use super::slip;
use super::vocabulary::Vocabulary;
use crate::domain::Segment;

/// The vocabularies of segments, each made when it is first needed.
#[derive(Debug, Default)]
pub(super) struct Spelling {
    known: Vec<(Arc<Segment>, Vocabulary)>,
}

/// As many other words as are tried for one, the most frequent.
const TRIED: usize = 8;

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
        self.learn(segments, interrupted)?;
        Ok(words.iter().map(|word| self.near(&word.letters)).collect())
    }

    /// Makes what vocabularies are missing, and drops those of segments that are gone.
    /// Interrupted, it keeps what it has made.
    pub(super) fn learn(
        &mut self,
        segments: &[&Arc<Segment>],
        interrupted: &(dyn Fn() -> bool + Sync),
    ) -> Result<(), Interrupted> {
        self.known.retain(|(known, _)| segments.iter().any(|it| Arc::ptr_eq(it, known)));
        let is_known =
            |it: &Arc<Segment>| self.known.iter().any(|(known, _)| Arc::ptr_eq(it, known));
        let new: Vec<_> = segments.iter().filter(|it| !is_known(it)).collect();
        for some in new.chunks(rayon::current_num_threads()) {
            let made = some
                .par_iter()
                .map(|&&it| Ok((Arc::clone(it), Vocabulary::of(it, interrupted)?)))
                .collect::<Result<Vec<_>, Interrupted>>()?;
            self.known.extend(made);
        }
        Ok(())
    }

    /// The words that are one slip away, the most frequent first.
    fn near(&self, typed: &str) -> Vec<Finder<'static>> {
        let found: Vec<_> =
            self.known.par_iter().map(|(_, vocabulary)| vocabulary.meant(typed)).collect();
        let mut counts: HashMap<&str, u32> = HashMap::new();
        for (word, count) in found.into_iter().flatten() {
            *counts.entry(word).or_default() += count;
        }
        let mut words: Vec<(&str, u32)> = counts.into_iter().collect();
        words.sort_unstable_by_key(|&(word, count)| (std::cmp::Reverse(count), word));
        words.into_iter().take(TRIED).map(|(it, _)| Finder::new(it).into_owned()).collect()
    }
}
