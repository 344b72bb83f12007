//! The phases of a search: contiguous hits, deep hits, abstracts, facets.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::corrections::{CorrectionScope, correctable_words};
use super::execution::Execution;
use crate::domain::Segment;
use crate::search::cache::previous::PreviousQuery;
use crate::search::cache::segment_hits::DeepMatchKey;
use crate::search::cancel::Cancelled;
use crate::search::matching::abstracts::{LookupError, LookupMode, SegmentContext, ensure_indexes};
use crate::search::matching::context::{Corrections, WordFrequency};
use crate::search::matching::fuzzy::FuzzyMatcher;
use crate::search::matching::passes::{Completeness, DeepMatches};
use crate::search::matching::segment::SegmentMatcher;
use crate::search::rank::hit::Hit;
use crate::search::rank::hits::Hits;
use crate::search::rank::sort::{SortDirection, SortKey};
use crate::search::rank::tier::Match;
use crate::search::request::{Request, Stage};
use crate::search::spelling::suggest::SpellChecker;

/// Papers in a corpus that is answered at once, with no partial answers before.
pub const MAX_UNSTAGED_PAPERS: u32 = 1 << 15;
/// Segments whose hits are shown before the next are looked at, over a million papers; then twice
/// as many every time. To show rows that will soon be others costs a slow line more than it tells.
const STRIDE: usize = 96;

/// New hits are shown before all are there where they are more than one in so many.
const REPOST_RATIO: usize = 8;

impl Execution<'_> {
    /// Answers an empty query.
    pub fn list_all(&mut self) -> Result<(), Cancelled> {
        let Request { query, corpus, marks, sort_key: order, direction, .. } = self.request;
        self.searched_papers = corpus.len();
        let leaves_out = query.hides_any(marks);
        let is_arrival = matches!(order, SortKey::Relevance | SortKey::Arrival);
        let is_plain = is_arrival && *direction == SortDirection::Forward;
        let hits = if is_plain && !leaves_out && corpus.has_no_duplicates() {
            Hits::all(corpus, *order, &Hits::default())
        } else {
            let shown = corpus.rows().filter(|(id, ..)| !query.hides(marks, *id));
            let hit = |(id, segment, row): (_, &Arc<Segment>, _)| {
                Hit::new(Match::NEUTRAL, segment.year(row), id)
            };
            let hits = shown.map(hit).collect();
            self.in_requested_order(hits)
        };
        let facets = self.count_facets(&hits)?;
        self.post(hits, Some(facets), Stage::Final);
        Ok(())
    }

    pub fn search(&mut self, spelling: &mut SpellChecker) -> Result<(), Cancelled> {
        let Request { query, corpus, .. } = self.request;
        let (none, unknown) = (Corrections::new(), WordFrequency::default());
        let pass = SegmentMatcher::new(query, self.request.filter_context(), &none, &unknown);
        self.find_contiguous(&pass)?;
        if pass.has_deep_matches() {
            self.trail.retain_segments(&self.segments);
            if corpus.len() > MAX_UNSTAGED_PAPERS && self.hit_count() > 0 {
                let hits = self.sorted_hits();
                self.post(hits, None, Stage::Partial);
            }
            if corpus.len() <= MAX_UNSTAGED_PAPERS {
                ensure_indexes(&self.segments, self.is_cancelled)?;
            }
            let frequency = self.word_frequency(query, &pass)?;
            let suspected = self.find_deep(CorrectionScope::UnknownWords, &frequency, spelling)?;
            if self.hit_count() == 0 && suspected < correctable_words(query).count() {
                self.find_deep(CorrectionScope::AllWords, &frequency, spelling)?;
            }
        }
        self.searched_papers = corpus.len();
        *self.earlier = Some(PreviousQuery::new(self.request, &self.segments, &self.hits));
        let hits = self.sorted_hits();
        let facets = self.count_facets(&hits)?;
        self.post(hits, Some(facets), Stage::Final);
        Ok(())
    }

    /// Finds what stands contiguous in title or authors.
    fn find_contiguous(&mut self, pass: &SegmentMatcher<'_>) -> Result<(), Cancelled> {
        let (interrupted, reach) = (self.is_cancelled, LookupMode::IndexOnly);
        let earlier = self.earlier.as_ref();
        let shorter = earlier.filter(|it| it.is_narrowed_by(self.request));
        let same = earlier.filter(|it| it.has_same_query(self.request));
        let (word, trail) = (pass.candidate_word(), &*self.trail);
        let segments = self.segments.par_iter().enumerate();
        self.hits.par_iter_mut().zip(segments).try_for_each_init(
            FuzzyMatcher::default,
            |scorer, (found, (number, (start, segment)))| {
                if interrupted() {
                    return Err(Cancelled);
                }
                if let Some(known) = same.and_then(|it| it.segment_hits(*start, segment)) {
                    *found = known.clone();
                    return Ok(());
                }
                let place = SegmentContext { segment, mode: reach, is_cancelled: interrupted };
                let among = shorter.map(|it| it.contiguous(number));
                let tracks = word.map(|word| trail.get(segment, word)).unwrap_or_default();
                let hits = pass.contiguous_hits(*start, place, among, tracks, scorer);
                found.contiguous = Arc::new(hits);
                Ok(())
            },
        )?;
        *self.earlier = Some(PreviousQuery::new(self.request, &self.segments, &self.hits));
        Ok(())
    }

    /// Finds what else there is: first what is known without reading abstracts, then the rest.
    /// Returns how many words were taken for possible slips.
    fn find_deep(
        &mut self,
        suspects: CorrectionScope,
        frequency: &WordFrequency,
        spelling: &mut SpellChecker,
    ) -> Result<usize, Cancelled> {
        loop {
            let words = self.words_to_correct(&self.request.query, suspects)?;
            let corrections = self.corrections(&words, spelling)?;
            let around = self.request.filter_context();
            let pass = SegmentMatcher::new(&self.request.query, around, &corrections, frequency);
            let means = Arc::new(DeepMatchKey::new(frequency, &corrections));
            self.find_indexed(&pass, &means)?;
            let lacks_words = self.segments.iter().any(|(_, it)| it.word_index().is_none());
            self.corrections = self.corrections_with_hits(&corrections);
            let is_open =
                |at: &usize| self.hits[*at].completeness == Completeness::WithoutAbstracts;
            let open: Vec<usize> = (0..self.segments.len()).filter(is_open).collect();
            if !open.is_empty() {
                self.post(self.sorted_hits(), None, Stage::ReadingAbstracts);
                self.find_in_abstracts(&pass, &means, &open)?;
                self.corrections = self.corrections_with_hits(&corrections);
            }
            // Abstracts that have been read since may have the words, or what they stand for.
            if open.is_empty() || words.is_empty() || !lacks_words {
                return Ok(words.len());
            }
        }
    }

    /// Finds what is known at once.
    fn find_indexed(
        &mut self,
        pass: &SegmentMatcher<'_>,
        means: &Arc<DeepMatchKey>,
    ) -> Result<(), Cancelled> {
        let mut posted = self.hit_count();
        for stride in stages(self.segments.len()) {
            let is_open = |at: &usize| !self.hits[*at].is_complete(means);
            let open: Vec<usize> = stride.clone().filter(is_open).collect();
            self.match_segments(pass, means, LookupMode::IndexOnly, &open)?;
            if let Some((start, _)) = self.segments.get(stride.end)
                && self.hit_count() > posted
            {
                let is_record = *start < self.request.corpus.len();
                (self.searched_papers, posted) =
                    (if is_record { *start } else { 0 }, self.hit_count());
                self.post(self.sorted_hits(), None, Stage::Partial);
            }
        }
        Ok(())
    }

    /// Finds what it takes reading to know, a few segments at a time.
    fn find_in_abstracts(
        &mut self,
        pass: &SegmentMatcher<'_>,
        means: &Arc<DeepMatchKey>,
        open: &[usize],
    ) -> Result<(), Cancelled> {
        let mut posted = self.hit_count();
        for some in open.chunks(rayon::current_num_threads()) {
            self.match_segments(pass, means, LookupMode::ReadTexts, some)?;
            // The more there are, the more it costs to sort them once again.
            let count = self.hit_count();
            if count - posted.min(count) > count / REPOST_RATIO {
                posted = count;
                let hits = self.sorted_hits();
                self.post(hits, None, Stage::ReadingAbstracts);
            }
        }
        Ok(())
    }

    /// Finds what is beyond the contiguous hits in some segments.
    fn match_segments(
        &mut self,
        pass: &SegmentMatcher<'_>,
        means: &Arc<DeepMatchKey>,
        reach: LookupMode,
        at: &[usize],
    ) -> Result<(), Cancelled> {
        let (found, segments, interrupted) = (&self.hits, &self.segments, self.is_cancelled);
        let (word, trail) = (pass.candidate_word(), &*self.trail);
        let looked = at.par_iter().map_init(FuzzyMatcher::default, |scorer, &at| {
            if interrupted() {
                return Err(Cancelled);
            }
            let (start, segment) = segments[at];
            let contiguous = found[at].contiguous.as_slice();
            let place = SegmentContext { segment, mode: reach, is_cancelled: interrupted };
            let tracks = word.map(|word| trail.get(segment, word)).unwrap_or_default();
            match pass.deep_matches(start, place, contiguous, tracks, scorer) {
                Ok(rest) => Ok(rest),
                Err(LookupError::NotIndexed) => Ok(DeepMatches::not_indexed()),
                Err(LookupError::Cancelled) => Err(Cancelled),
            }
        });
        let looked = looked.collect::<Result<Vec<_>, Cancelled>>()?;
        for (&at, DeepMatches { hits, completeness: known, known_rows: tracks }) in
            at.iter().zip(looked)
        {
            if let Some(word) = word {
                self.trail.insert(self.segments[at].1, word, tracks);
            }
            let found = &mut self.hits[at];
            (found.deep, found.completeness) = (Arc::new(hits), known);
            found.deep_key = Some(Arc::clone(means));
        }
        Ok(())
    }
}

/// The segments whose hits are shown together: some, then ever more.
fn stages(count: usize) -> impl Iterator<Item = Range<usize>> {
    let (mut from, mut stride) = (0, STRIDE);
    std::iter::from_fn(move || {
        let range = (from < count).then(|| from..(from + stride).min(count))?;
        (from, stride) = (range.end, stride * 2);
        Some(range)
    })
}
