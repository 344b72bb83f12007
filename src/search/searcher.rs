//! Answers to requests: partial ones as they come, then the final one.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::abstracts::{Place, Reach, Unknown, index_all};
use super::answered::Answered;
use super::correct::{Suspects, correctable};
use super::earlier::Earlier;
use super::facets::{Categories, Facets};
use super::filter::Surroundings;
use super::hits::{Direction, Hit, Hits, Order, sort, sort_all};
use super::pass::{Corrections, Known, Pass, Rest};
use super::ranking::Ranking;
use super::request::{Answer, Request, Stage};
use super::score::Scorer;
use super::spelling::Spelling;
use super::standing::Standings;
use super::tiers::Match;
use super::trail::Trail;
use crate::domain::{Corpus, Segment};

/// Searches, and keeps what is costly to find out about segments.
#[derive(Debug, Default)]
pub struct Searcher {
    spelling: Spelling,
    categories: Categories,
    standings: Standings,
    earlier: Option<Earlier>,
    trail: Trail,
    answered: Answered,
}

/// Papers in a corpus that is answered at once, with no partial answers before.
const AT_ONCE: u32 = 1 << 15;
/// Hits that are counted at once; more of them are shown before they are counted.
const COUNTED_AT_ONCE: usize = 1 << 11;
/// Segments whose hits are shown before the next are looked at, over a million papers; then twice
/// as many every time. To show rows that will soon be others costs a slow line more than it tells.
const STRIDE: usize = 96;

/// New hits are shown before all are there where they are more than one in so many.
const MUCH: usize = 8;

/// Someone asked for something else.
#[derive(Debug)]
pub(super) struct Interrupted;

impl Searcher {
    /// Answers the request, the final answer last. Interrupted, it stops without one.
    pub fn answer(
        &mut self,
        request: &Request,
        interrupted: &(dyn Fn() -> bool + Sync),
        post: &mut dyn FnMut(Answer),
    ) {
        self.answered.begin(request);
        if let Some(answer) = self.answered.to(request) {
            return post(answer);
        }
        let segments: Vec<_> = request.corpus.searched().collect();
        let found = vec![Found::default(); segments.len()];
        let mut last = None;
        let mut post = |answer: Answer| {
            if answer.stage == Stage::Final {
                last = Some(answer.clone());
            }
            post(answer);
        };
        let Self { categories, standings, earlier, trail, answered, .. } = self;
        let (post, searched, also) = (&mut post, 0, Vec::new());
        let mut job = Job {
            request,
            segments,
            categories,
            standings,
            earlier,
            trail,
            answered,
            interrupted,
            post,
            found,
            searched,
            also,
        };
        // An interrupted job has nothing more to say.
        let _ = if request.query.is_empty() {
            job.everything()
        } else {
            job.search(&mut self.spelling)
        };
        if let Some(answer) = last {
            self.answered.remember(request, answer);
        }
    }

    /// Counts what takes the longest to count, to be done once nothing else is asked for a while:
    /// the venues and authors of very many hits.
    pub fn finish(
        &mut self,
        request: &Request,
        interrupted: &(dyn Fn() -> bool + Sync),
        post: &mut dyn FnMut(Answer),
    ) {
        let Some(mut answer) = self.answered.to(request) else { return };
        let Some(facets) = answer.facets.as_deref().filter(|it| it.names.is_none()) else { return };
        let counted = facets.clone().with_names(&answer.hits, &request.corpus, interrupted);
        let Ok(facets) = counted else { return };
        answer.facets = Some(Arc::new(facets));
        self.answered.remember(request, answer.clone());
        post(answer);
    }

    /// Finds out beforehand what abstracts hold, so that no query has to wait for it. Tells of how
    /// many papers that is known, if there is anything to be done.
    pub fn prepare(
        &mut self,
        corpus: &Corpus,
        interrupted: &(dyn Fn() -> bool + Sync),
        tell: &mut dyn FnMut(u32),
    ) {
        let is_indexed = |(_, segment): &(u32, &Arc<Segment>)| segment.word_index().is_some();
        let (known, lacking): (Vec<_>, Vec<_>) = corpus.searched().partition(is_indexed);
        let papers = |of: &[(u32, &Arc<Segment>)]| of.iter().map(|(_, it)| it.len()).sum::<u32>();
        let mut indexed = papers(&known);
        for some in lacking.chunks(rayon::current_num_threads()) {
            // Interrupted, it goes on the next time.
            if index_all(some, interrupted).is_err() {
                return;
            }
            indexed += papers(some);
            // Papers of several records are searched beside those.
            tell(indexed.min(corpus.len()));
        }
        // The words of few papers are quickly looked through.
        if corpus.len() > AT_ONCE {
            self.spelling.learn(corpus, interrupted);
        }
    }
}

/// A request on its way to being answered.
pub(super) struct Job<'a> {
    pub(super) request: &'a Request,
    pub(super) segments: Vec<(u32, &'a Arc<Segment>)>,
    categories: &'a mut Categories,
    pub(super) standings: &'a mut Standings,
    earlier: &'a mut Option<Earlier>,
    pub(super) trail: &'a mut Trail,
    answered: &'a Answered,
    pub(super) interrupted: &'a (dyn Fn() -> bool + Sync),
    post: &'a mut dyn FnMut(Answer),
    /// What was found in each segment.
    pub(super) found: Vec<Found>,
    searched: u32,
    also: Vec<String>,
}

/// What was found in a segment.
#[derive(Debug, Clone, Default)]
pub(super) struct Found {
    pub(super) hits: Arc<Vec<Hit>>,
    /// How many of them stand contiguous in title or authors.
    contiguous: usize,
    known: Known,
}

impl Job<'_> {
    /// Answers an empty query.
    fn everything(&mut self) -> Result<(), Interrupted> {
        let Request { query, corpus, marks, order, direction, .. } = self.request;
        self.searched = corpus.len();
        let leaves_out = query.leaves_out_any(marks);
        let is_arrival = matches!(order, Order::Relevance | Order::Arrival);
        let is_plain = is_arrival && *direction == Direction::Forward;
        let hits = if is_plain && !leaves_out && corpus.is_plain() {
            Hits::everything(corpus, *order, &Hits::default())
        } else {
            let shown = corpus.papers().filter(|(id, _)| !query.leaves_out(marks, *id));
            let hits = shown.map(|(id, it)| Hit::new(Match::NEUTRAL, it.year, id)).collect();
            self.in_order_asked_for(hits)
        };
        let facets = self.count(&hits)?;
        self.post(hits, Some(facets), Stage::Final);
        Ok(())
    }

    fn in_order_asked_for(&self, mut hits: Vec<Hit>) -> Hits {
        let Request { query, corpus, order, direction, .. } = self.request;
        let sort = if query.is_empty() { sort_all } else { sort };
        sort(&mut hits, corpus, *order, *direction);
        Hits::Ranked(Arc::new(Ranking::in_order(hits)))
    }

    fn search(&mut self, spelling: &mut Spelling) -> Result<(), Interrupted> {
        let Request { query, corpus, .. } = self.request;
        let none = Corrections::new();
        let pass = Pass::new(query, Surroundings::of(self.request), &none, &[]);
        self.contiguous(&pass)?;
        if pass.has_rest() {
            self.trail.begin(corpus, self.segments.len());
            if corpus.len() > AT_ONCE && self.hit_count() > 0 {
                let hits = self.sorted();
                self.post(hits, None, Stage::Partial);
            }
            if corpus.len() <= AT_ONCE {
                index_all(&self.segments, self.interrupted)?;
            }
            let common = self.common(query, &pass)?;
            let suspected = self.beyond(Suspects::Unknown, &common, spelling)?;
            if self.hit_count() == 0 && suspected < correctable(query).count() {
                self.beyond(Suspects::All, &common, spelling)?;
            }
        }
        self.searched = corpus.len();
        let hits = self.sorted();
        let facets = self.count(&hits)?;
        self.post(hits, Some(facets), Stage::Final);
        Ok(())
    }

    /// Finds what stands contiguous in title or authors.
    fn contiguous(&mut self, pass: &Pass<'_>) -> Result<(), Interrupted> {
        let (interrupted, reach) = (self.interrupted, Reach::Indexed);
        let earlier = self.earlier.as_ref().filter(|it| it.serves(self.request));
        let segments = self.segments.par_iter().enumerate();
        self.found.par_iter_mut().zip(segments).try_for_each_init(
            Scorer::default,
            |scorer, (found, (number, (start, segment)))| {
                if interrupted() {
                    return Err(Interrupted);
                }
                let place = Place { segment, reach, interrupted };
                let among = earlier.map(|it| it.hits()[number].as_slice());
                found.hits = Arc::new(pass.contiguous(*start, place, among, scorer));
                found.contiguous = found.hits.len();
                Ok(())
            },
        )?;
        let hits = self.found.iter().map(|it| Arc::clone(&it.hits)).collect();
        *self.earlier = Earlier::of(self.request, hits);
        Ok(())
    }

    /// Finds what else there is: first what is known without reading abstracts, then the rest.
    /// Returns how many words were taken for possible slips.
    fn beyond(
        &mut self,
        suspects: Suspects,
        common: &[usize],
        spelling: &mut Spelling,
    ) -> Result<usize, Interrupted> {
        loop {
            let words = self.suspected(&self.request.query, suspects)?;
            let corrections = self.corrections(&words, spelling)?;
            let around = Surroundings::of(self.request);
            let pass = Pass::new(&self.request.query, around, &corrections, common);
            self.rest(&pass)?;
            let lacks_words = self.segments.iter().any(|(_, it)| it.word_index().is_none());
            self.also = self.used(&corrections);
            let is_open = |at: &usize| self.found[*at].known == Known::ButAbstracts;
            let open: Vec<usize> = (0..self.segments.len()).filter(is_open).collect();
            if !open.is_empty() {
                self.post(self.sorted(), None, Stage::Abstracts);
                self.abstracts(&pass, &open)?;
                self.also = self.used(&corrections);
            }
            // Abstracts that have been read since may have the words, or what they stand for.
            if open.is_empty() || words.is_empty() || !lacks_words {
                return Ok(words.len());
            }
        }
    }

    /// Finds what is known at once.
    fn rest(&mut self, pass: &Pass<'_>) -> Result<(), Interrupted> {
        let mut posted = self.hit_count();
        for stride in strides(self.segments.len()) {
            self.look(pass, Reach::Indexed, &stride.clone().collect::<Vec<_>>())?;
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
    fn abstracts(&mut self, pass: &Pass<'_>, open: &[usize]) -> Result<(), Interrupted> {
        let mut posted = self.hit_count();
        for some in open.chunks(rayon::current_num_threads()) {
            self.look(pass, Reach::Read, some)?;
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
    fn look(&mut self, pass: &Pass<'_>, reach: Reach, at: &[usize]) -> Result<(), Interrupted> {
        let (found, segments, interrupted) = (&self.found, &self.segments, self.interrupted);
        let (word, trail) = (pass.driving_word(), &*self.trail);
        let looked = at.par_iter().map_init(Scorer::default, |scorer, &at| {
            if interrupted() {
                return Err(Interrupted);
            }
            let (start, segment) = segments[at];
            let contiguous = &found[at].hits[..found[at].contiguous];
            let place = Place { segment, reach, interrupted };
            let among = word.and_then(|word| trail.rows(at, word));
            match pass.rest(start, place, (contiguous, among), scorer) {
                Ok(rest) => Ok(rest),
                Err(Unknown::OutOfReach) => Ok(Rest::out_of_reach()),
                Err(Unknown::Interrupted) => Err(Interrupted),
            }
        });
        let looked = looked.collect::<Result<Vec<_>, Interrupted>>()?;
        for (&at, Rest { hits, known, scattered }) in at.iter().zip(looked) {
            if let (Some(word), Some(rows)) = (word, scattered) {
                self.trail.keep(at, word, rows);
            }
            let found = &mut self.found[at];
            if !hits.is_empty() || found.hits.len() > found.contiguous {
                let all = Arc::make_mut(&mut found.hits);
                all.truncate(found.contiguous);
                all.extend(hits);
            }
            found.known = known;
        }
        Ok(())
    }

    pub(super) fn hit_count(&self) -> usize {
        self.found.iter().map(|it| it.hits.len()).sum()
    }

    fn sorted(&self) -> Hits {
        let Request { query, corpus, marks, order, direction, .. } = self.request;
        let leaves_out = query.leaves_out_any(marks);
        let listed = |hits: &Arc<Vec<Hit>>| {
            let hits = hits.iter().filter_map(|it| it.listed(corpus));
            Arc::new(hits.filter(|it| !query.leaves_out(marks, it.id())).collect::<Vec<_>>())
        };
        let parts = if corpus.is_plain() && !leaves_out {
            self.found.iter().map(|it| Arc::clone(&it.hits)).collect()
        } else {
            self.found.par_iter().map(|it| listed(&it.hits)).collect()
        };
        if *order == Order::Relevance && *direction == Direction::Forward {
            return Hits::Ranked(Arc::new(Ranking::of(parts)));
        }
        self.in_order_asked_for(parts.iter().flat_map(|it| it.iter().copied()).collect())
    }

    /// Counts the hits; where they are many they are shown before.
    fn count(&mut self, hits: &Hits) -> Result<Arc<Facets>, Interrupted> {
        if let Some(facets) = self.answered.facets(self.request) {
            return Ok(facets);
        }
        if hits.len() > COUNTED_AT_ONCE {
            self.post(hits.clone(), None, Stage::Counting);
        }
        let corpus = &self.request.corpus;
        let facets = Facets::of(hits, corpus, self.categories);
        self.check()?;
        if hits.len() > COUNTED_AT_ONCE {
            return Ok(Arc::new(facets));
        }
        Ok(Arc::new(facets.with_names(hits, corpus, self.interrupted)?))
    }

    fn post(&mut self, hits: Hits, facets: Option<Arc<Facets>>, stage: Stage) {
        let (ticket, searched) = (self.request.ticket, self.searched);
        (self.post)(Answer { ticket, hits, searched, facets, also: self.also.clone(), stage });
    }

    pub(super) fn check(&self) -> Result<(), Interrupted> {
        if (self.interrupted)() { Err(Interrupted) } else { Ok(()) }
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
