//! The phases of a search: contiguous hits, deep hits, abstracts, facets.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::corrections::{Suspects, correctable};
use super::execution::Job;
use crate::domain::Segment;
use crate::search::cache::previous::Earlier;
use crate::search::cache::segment_hits::Means;
use crate::search::cancel::Interrupted;
use crate::search::matching::abstracts::{Place, Reach, Unknown, index_all};
use crate::search::matching::context::{Corrections, Frequency};
use crate::search::matching::fuzzy::Scorer;
use crate::search::matching::passes::{Known, Rest};
use crate::search::matching::segment::Pass;
use crate::search::rank::hit::Hit;
use crate::search::rank::hits::Hits;
use crate::search::rank::sort::{Direction, Order};
use crate::search::rank::tier::Match;
use crate::search::request::{Request, Stage};
use crate::search::spelling::suggest::Spelling;

/// Papers in a corpus that is answered at once, with no partial answers before.
pub const AT_ONCE: u32 = 1 << 15;
/// Segments whose hits are shown before the next are looked at, over a million papers; then twice
/// as many every time. To show rows that will soon be others costs a slow line more than it tells.
const STRIDE: usize = 96;

/// New hits are shown before all are there where they are more than one in so many.
const MUCH: usize = 8;

impl Job<'_> {
    /// Answers an empty query.
    pub fn everything(&mut self) -> Result<(), Interrupted> {
        let Request { query, corpus, marks, order, direction, .. } = self.request;
        self.searched = corpus.len();
        let leaves_out = query.leaves_out_any(marks);
        let is_arrival = matches!(order, Order::Relevance | Order::Arrival);
        let is_plain = is_arrival && *direction == Direction::Forward;
        let hits = if is_plain && !leaves_out && corpus.is_plain() {
            Hits::everything(corpus, *order, &Hits::default())
        } else {
            let shown = corpus.rows().filter(|(id, ..)| !query.leaves_out(marks, *id));
            let hit = |(id, segment, row): (_, &Arc<Segment>, _)| {
                Hit::new(Match::NEUTRAL, segment.year(row), id)
            };
            let hits = shown.map(hit).collect();
            self.in_order_asked_for(hits)
        };
        let facets = self.count(&hits)?;
        self.post(hits, Some(facets), Stage::Final);
        Ok(())
    }

    pub fn search(&mut self, spelling: &mut Spelling) -> Result<(), Interrupted> {
        let Request { query, corpus, .. } = self.request;
        let (none, unknown) = (Corrections::new(), Frequency::default());
        let pass = Pass::new(query, self.request.filter_context(), &none, &unknown);
        self.contiguous(&pass)?;
        if pass.has_rest() {
            self.trail.begin(&self.segments);
            if corpus.len() > AT_ONCE && self.hit_count() > 0 {
                let hits = self.sorted();
                self.post(hits, None, Stage::Partial);
            }
            if corpus.len() <= AT_ONCE {
                index_all(&self.segments, self.interrupted)?;
            }
            let frequency = self.frequency(query, &pass)?;
            let suspected = self.beyond(Suspects::Unknown, &frequency, spelling)?;
            if self.hit_count() == 0 && suspected < correctable(query).count() {
                self.beyond(Suspects::All, &frequency, spelling)?;
            }
        }
        self.searched = corpus.len();
        *self.earlier = Some(Earlier::of(self.request, &self.segments, &self.found));
        let hits = self.sorted();
        let facets = self.count(&hits)?;
        self.post(hits, Some(facets), Stage::Final);
        Ok(())
    }

    /// Finds what stands contiguous in title or authors.
    fn contiguous(&mut self, pass: &Pass<'_>) -> Result<(), Interrupted> {
        let (interrupted, reach) = (self.interrupted, Reach::Indexed);
        let earlier = self.earlier.as_ref();
        let shorter = earlier.filter(|it| it.serves(self.request));
        let same = earlier.filter(|it| it.asked_the_same(self.request));
        let (word, trail) = (pass.driving_word(), &*self.trail);
        let segments = self.segments.par_iter().enumerate();
        self.found.par_iter_mut().zip(segments).try_for_each_init(
            Scorer::default,
            |scorer, (found, (number, (start, segment)))| {
                if interrupted() {
                    return Err(Interrupted);
                }
                if let Some(known) = same.and_then(|it| it.found_in(*start, segment)) {
                    *found = known.clone();
                    return Ok(());
                }
                let place = Place { segment, reach, interrupted };
                let among = shorter.map(|it| it.contiguous(number));
                let tracks = word.map(|word| trail.of(segment, word)).unwrap_or_default();
                let hits = pass.contiguous(*start, place, among, tracks, scorer);
                found.contiguous = Arc::new(hits);
                Ok(())
            },
        )?;
        *self.earlier = Some(Earlier::of(self.request, &self.segments, &self.found));
        Ok(())
    }

    /// Finds what else there is: first what is known without reading abstracts, then the rest.
    /// Returns how many words were taken for possible slips.
    fn beyond(
        &mut self,
        suspects: Suspects,
        frequency: &Frequency,
        spelling: &mut Spelling,
    ) -> Result<usize, Interrupted> {
        loop {
            let words = self.suspected(&self.request.query, suspects)?;
            let corrections = self.corrections(&words, spelling)?;
            let around = self.request.filter_context();
            let pass = Pass::new(&self.request.query, around, &corrections, frequency);
            let means = Arc::new(Means::of(frequency, &corrections));
            self.rest(&pass, &means)?;
            let lacks_words = self.segments.iter().any(|(_, it)| it.word_index().is_none());
            self.also = self.used(&corrections);
            let is_open = |at: &usize| self.found[*at].known == Known::ButAbstracts;
            let open: Vec<usize> = (0..self.segments.len()).filter(is_open).collect();
            if !open.is_empty() {
                self.post(self.sorted(), None, Stage::Abstracts);
                self.abstracts(&pass, &means, &open)?;
                self.also = self.used(&corrections);
            }
            // Abstracts that have been read since may have the words, or what they stand for.
            if open.is_empty() || words.is_empty() || !lacks_words {
                return Ok(words.len());
            }
        }
    }

    /// Finds what is known at once.
    fn rest(&mut self, pass: &Pass<'_>, means: &Arc<Means>) -> Result<(), Interrupted> {
        let mut posted = self.hit_count();
        for stride in strides(self.segments.len()) {
            let is_open = |at: &usize| !self.found[*at].is_complete(means);
            let open: Vec<usize> = stride.clone().filter(is_open).collect();
            self.look(pass, means, Reach::Indexed, &open)?;
            if let Some((start, _)) = self.segments.get(stride.end)
                && self.hit_count() > posted
            {
                let is_record = *start < self.request.corpus.len();
                (self.searched, posted) = (if is_record { *start } else { 0 }, self.hit_count());
                self.post(self.sorted(), None, Stage::Partial);
            }
        }
        Ok(())
    }

    /// Finds what it takes reading to know, a few segments at a time.
    fn abstracts(
        &mut self,
        pass: &Pass<'_>,
        means: &Arc<Means>,
        open: &[usize],
    ) -> Result<(), Interrupted> {
        let mut posted = self.hit_count();
        for some in open.chunks(rayon::current_num_threads()) {
            self.look(pass, means, Reach::Read, some)?;
            // The more there are, the more it costs to sort them once again.
            let count = self.hit_count();
            if count - posted.min(count) > count / MUCH {
                posted = count;
                let hits = self.sorted();
                self.post(hits, None, Stage::Abstracts);
            }
        }
        Ok(())
    }

    /// Finds what is beyond the contiguous hits in some segments.
    fn look(
        &mut self,
        pass: &Pass<'_>,
        means: &Arc<Means>,
        reach: Reach,
        at: &[usize],
    ) -> Result<(), Interrupted> {
        let (found, segments, interrupted) = (&self.found, &self.segments, self.interrupted);
        let (word, trail) = (pass.driving_word(), &*self.trail);
        let looked = at.par_iter().map_init(Scorer::default, |scorer, &at| {
            if interrupted() {
                return Err(Interrupted);
            }
            let (start, segment) = segments[at];
            let contiguous = found[at].contiguous.as_slice();
            let place = Place { segment, reach, interrupted };
            let tracks = word.map(|word| trail.of(segment, word)).unwrap_or_default();
            match pass.rest(start, place, contiguous, tracks, scorer) {
                Ok(rest) => Ok(rest),
                Err(Unknown::OutOfReach) => Ok(Rest::out_of_reach()),
                Err(Unknown::Interrupted) => Err(Interrupted),
            }
        });
        let looked = looked.collect::<Result<Vec<_>, Interrupted>>()?;
        for (&at, Rest { hits, known, tracks }) in at.iter().zip(looked) {
            if let Some(word) = word {
                self.trail.keep(self.segments[at].1, word, tracks);
            }
            let found = &mut self.found[at];
            (found.beyond, found.known) = (Arc::new(hits), known);
            found.means = Some(Arc::clone(means));
        }
        Ok(())
    }
}

/// The segments whose hits are shown together: some, then ever more.
fn strides(count: usize) -> impl Iterator<Item = Range<usize>> {
    let (mut from, mut stride) = (0, STRIDE);
    std::iter::from_fn(move || {
        let range = (from < count).then(|| from..(from + stride).min(count))?;
        (from, stride) = (range.end, stride * 2);
        Some(range)
    })
}
