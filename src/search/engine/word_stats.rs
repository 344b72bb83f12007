//! How many papers have a word of the query: common, known or absent.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::execution::Job;
use crate::domain::Segment;
use crate::search::cache::word_stats::Standing;
use crate::search::cancel::Interrupted;
use crate::search::matching::abstracts::{self, InAbstract};
use crate::search::matching::candidates::Driver;
use crate::search::matching::fuzzy::Scorer;
use crate::search::matching::haystack::Record;
use crate::search::matching::metadata::is_fact;
use crate::search::matching::row_set::{Rows, Tracks};
use crate::search::matching::subsequence::scatter;
use crate::search::matching::term::{self, Depth};
use crate::search::query::Word;
use crate::search::spelling::edit_distance;

/// Papers that make a word common.
const MANY: usize = 1000;

impl Job<'_> {
    /// How the word stands, of which it may be known already how many papers have it contiguous.
    pub fn standing(
        &mut self,
        word: &Word,
        contiguous: Option<usize>,
    ) -> Result<Standing, Interrupted> {
        self.check()?;
        let corpus = &self.request.corpus;
        if let Some(standing) = self.standings.of(corpus, &word.name()) {
            return Ok(standing);
        }
        let count = contiguous.unwrap_or_else(|| self.having(word));
        let (is_common, is_contiguous) = (count > MANY, count > 0);
        let is_possible_slip = edit_distance::is_possible(word);
        let is_asked = if is_contiguous {
            is_possible_slip
        } else {
            !self.standings.begins_absent(corpus, word)
        };
        let is_named = is_asked && self.is_named(word);
        let trail = &*self.trail;
        let knows = |scorer: &mut Scorer, (_, segment): &(u32, &Arc<Segment>)| {
            knows(word, segment, is_contiguous, &trail.of(segment, word), scorer)
        };
        let segments = self.segments.par_iter();
        let is_known =
            is_named || !is_possible_slip || segments.map_init(Scorer::default, knows).any(|it| it);
        // An abstract that is not indexed yet may have the word.
        let is_certain = self.segments.iter().all(|(_, it)| it.word_index().is_some());
        let is_absent = is_certain && !is_contiguous && !is_named;
        let standing = Standing { is_common, is_known, is_absent };
        if is_certain || is_named || is_known && is_contiguous {
            self.standings.remember(corpus, word, standing);
        }
        Ok(standing)
    }

    /// Whether the abstract of some paper is known to have the word, or a fact.
    fn is_named(&self, word: &Word) -> bool {
        let around = self.request.filter_context();
        self.segments.par_iter().any(|(start, segment)| {
            abstracts::mention(word, segment) || is_fact(word, around, segment, *start)
        })
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

/// Whether title or authors of some paper of the segment have the word as it was typed, or, where it
/// is so short that it may well be an abbreviation, scattered. That no paper of any segment has it
/// contiguous may be known before, and among which rows it may be scattered.
fn knows(
    word: &Word,
    segment: &Segment,
    is_contiguous: bool,
    trodden: &Tracks,
    scorer: &mut Scorer,
) -> bool {
    const SHORT: usize = 4;
    let mut rows = Rows::none(segment);
    if word.letters.chars().count() <= SHORT {
        scatter(word, segment, trodden.scattered.as_deref(), &mut rows);
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
