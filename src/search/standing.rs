//! How the words of queries stand in the corpus, found out once and not at each key.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::abstracts::{self, InAbstract};
use super::driver::Driver;
use super::job::Job;
use super::query::{Scope, Word};
use super::record::Record;
use super::rows::Rows;
use super::scatter::scatter;
use super::score::Scorer;
use super::searcher::Interrupted;
use super::slip;
use super::term::{self, Depth};
use crate::domain::{Corpus, Segment};

/// How one word does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    /// Whether many papers have the word as it was typed, so that letters that are scattered are
    /// an accident.
    pub(super) is_common: bool,
    /// Whether some paper has it as it was typed, or it is too short to be a slip.
    pub(super) is_known: bool,
}

/// How words do in one corpus.
#[derive(Debug, Default)]
pub(super) struct Standings {
    corpus: Corpus,
    words: HashMap<(Vec<u8>, Scope), Standing>,
}

/// Papers that make a word common.
const MANY: usize = 1000;
/// Words that are remembered; then all are forgotten.
const REMEMBERED: usize = 1 << 12;

impl Standings {
    fn of(&self, corpus: &Corpus, word: &Word) -> Option<Standing> {
        let known = self.words.get(&name(word)).filter(|_| self.corpus.is_same(corpus));
        known.copied()
    }

    fn remember(&mut self, corpus: &Corpus, word: &Word, standing: Standing) {
        if self.words.len() == REMEMBERED || !self.corpus.is_same(corpus) {
            *self = Self { corpus: corpus.clone(), words: HashMap::new() };
        }
        self.words.insert(name(word), standing);
    }
}

fn name(word: &Word) -> (Vec<u8>, Scope) {
    (word.needle.needle().to_vec(), word.scope)
}

impl Job<'_> {
    /// How the word stands, of which it may be known already how many papers have it contiguous.
    pub(super) fn standing(
        &mut self,
        word: &Word,
        contiguous: Option<usize>,
    ) -> Result<Standing, Interrupted> {
        self.check()?;
        let corpus = &self.request.corpus;
        if let Some(standing) = self.standings.of(corpus, word) {
            return Ok(standing);
        }
        let count = contiguous.unwrap_or_else(|| self.having(word));
        let (is_common, is_contiguous) = (count > MANY, count > 0);
        let trail = &*self.trail;
        let knows = |scorer: &mut Scorer, (_, segment): &(u32, &Arc<Segment>)| {
            knows(word, segment, (is_contiguous, trail.rows(segment, word)), scorer)
        };
        let segments = self.segments.par_iter();
        let is_known =
            !slip::is_possible(word) || segments.map_init(Scorer::default, knows).any(|it| it);
        let standing = Standing { is_common, is_known };
        // An abstract that is not indexed yet may have the word.
        if is_known || self.segments.iter().all(|(_, it)| it.word_index().is_some()) {
            self.standings.remember(corpus, word, standing);
        }
        Ok(standing)
    }

    /// How many papers may have the word contiguous, counted no further than it takes.
    fn having(&self, word: &Word) -> usize {
        let found = AtomicUsize::new(0);
        self.segments.par_iter().any(|(_, segment)| {
            let count = having(word, segment);
            found.fetch_add(count, Ordering::Relaxed) + count > MANY
        });
        found.into_inner()
    }
}

/// Whether some paper of the segment has the word as it was typed: in one of the first three
/// tiers, or, where it is so short that it may well be an abbreviation, scattered. That no paper of
/// any segment has it contiguous may be known before, and among which rows it may be scattered.
fn knows(
    word: &Word,
    segment: &Segment,
    (is_contiguous, among): (bool, Option<&Rows>),
    scorer: &mut Scorer,
) -> bool {
    const SHORT: usize = 4;
    if abstracts::mention(word, segment) {
        return true;
    }
    let mut rows = Rows::none(segment);
    if word.letters.chars().count() <= SHORT {
        scatter(word, segment, among, &mut rows);
    }
    if is_contiguous {
        Driver::Word(word).contiguous(segment, &mut rows);
    }
    rows.iter().any(|row| {
        let record = Record::of(segment, row);
        term::word(word, &[], &record, InAbstract::default(), Depth::Full, scorer).is_some()
    })
}

/// How many papers of the segment may have the word contiguous in title or authors.
fn having(word: &Word, segment: &Segment) -> usize {
    let mut rows = Rows::none(segment);
    Driver::Word(word).contiguous(segment, &mut rows);
    rows.iter().count()
}
