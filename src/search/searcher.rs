//! Answers to requests: partial ones as they come, then the final one.

use std::ops::Range;
use std::sync::Arc;

use memchr::memmem::Finder;
use rayon::prelude::*;

use super::facets::{Categories, Facets};
use super::fact::is_fact;
use super::filter::Surroundings;
use super::hits::{Direction, Hit, Hits, Order, sort, sort_all};
use super::pass::{Corrections, Pass, knows};
use super::query::{Query, Word};
use super::ranking::Ranking;
use super::record::Record;
use super::score::Scorer;
use super::spelling::Spelling;
use super::tiers::{Match, Tier};
use crate::cite::Bibliographies;
use crate::domain::{Corpus, Marks, Segment};

/// Numbers the queries, so that an answer to an old one can be told and dropped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// A question for the searcher.
#[derive(Debug, Clone)]
pub struct Request {
    pub ticket: Ticket,
    pub query: Arc<Query>,
    pub corpus: Corpus,
    pub marks: Arc<Marks>,
    /// The reader's own bibliographies.
    pub own: Bibliographies,
    pub order: Order,
    pub direction: Direction,
}

#[derive(Debug, Clone)]
pub struct Answer {
    pub ticket: Ticket,
    pub hits: Hits,
    /// How many papers have been searched to the end, in order of arrival. Where it is all of
    /// them the hits are final, also in a partial answer that only lacks its facets.
    pub searched: u32,
    /// Counts over the hits; they come with the final answer.
    pub facets: Option<Arc<Facets>>,
    /// Words that were searched for beside those that were typed.
    pub also: Vec<String>,
    pub stage: Stage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stage {
    Partial,
    #[default]
    Final,
}

/// Searches, and keeps what is costly to find out about segments.
#[derive(Debug, Default)]
pub struct Searcher {
    spelling: Spelling,
    categories: Categories,
    /// The counts over a whole corpus, with the corpus.
    whole: Option<(Corpus, Arc<Facets>)>,
    /// The last final answer, where it lacks its authors.
    unfinished: Option<Answer>,
}

/// Papers in a corpus that is answered at once, with no partial answers before.
const AT_ONCE: u32 = 1 << 15;
/// Hits that are counted at once; more of them are shown before they are counted.
const COUNTED_AT_ONCE: usize = 1 << 15;
/// Segments between two looks at the mailbox, at first; twice as many every time.
const STRIDE: usize = 16;

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
        let segments: Vec<_> = request.corpus.searched().collect();
        let found = vec![Arc::default(); segments.len()];
        let categories = &mut self.categories;
        let unfinished = &mut self.unfinished;
        *unfinished = None;
        let mut post = |answer: Answer| {
            let lacks = |it: &Arc<Facets>| it.authors.is_none();
            if answer.facets.as_ref().is_some_and(lacks) {
                *unfinished = Some(answer.clone());
            }
            post(answer);
        };
        let (post, searched, also) = (&mut post, 0, Vec::new());
        let mut job =
            Job { request, segments, categories, interrupted, post, found, searched, also };
        // An interrupted job has nothing more to say.
        let _ = if request.query.is_empty() {
            job.everything(self.whole.as_ref())
        } else {
            job.search(&mut self.spelling)
        };
    }

    /// Counts what takes the longest to count, to be done once nothing else is asked for a while:
    /// the authors of very many hits.
    pub fn finish(
        &mut self,
        request: &Request,
        interrupted: &(dyn Fn() -> bool + Sync),
        post: &mut dyn FnMut(Answer),
    ) {
        let Some(mut answer) = self.unfinished.take() else { return };
        let facets = answer.facets.as_deref().cloned().unwrap_or_default();
        let counted = facets.with_authors(&answer.hits, &request.corpus, interrupted);
        let Ok(facets) = counted.map(Arc::new) else { return };
        let Request { query, corpus, marks, .. } = request;
        if query.is_empty() && !query.leaves_out_any(marks) {
            self.whole = Some((corpus.clone(), Arc::clone(&facets)));
        }
        answer.facets = Some(facets);
        post(answer);
    }

    /// Finds out beforehand what a slip in the next query would make it wait for.
    pub fn prepare(&mut self, corpus: &Corpus, interrupted: &(dyn Fn() -> bool + Sync)) {
        let segments: Vec<_> = corpus.searched().map(|(_, segment)| segment).collect();
        // Interrupted, it goes on the next time.
        let _ = self.spelling.learn(&segments, interrupted);
    }
}

/// A request on its way to being answered.
struct Job<'a> {
    request: &'a Request,
    segments: Vec<(u32, &'a Arc<Segment>)>,
    categories: &'a mut Categories,
    interrupted: &'a (dyn Fn() -> bool + Sync),
    post: &'a mut dyn FnMut(Answer),
    /// The hits of each segment.
    found: Vec<Arc<Vec<Hit>>>,
    searched: u32,
    also: Vec<String>,
}

impl Job<'_> {
    /// Answers an empty query.
    fn everything(&mut self, whole: Option<&(Corpus, Arc<Facets>)>) -> Result<(), Interrupted> {
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
        // The same papers are not counted anew.
        let facets = match whole {
            Some((counted, facets)) if !leaves_out && counted.is_same(corpus) => Arc::clone(facets),
            _ => self.count(&hits)?,
        };
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
        let Request { query, corpus, marks, own, .. } = self.request;
        let around = Surroundings { corpus, marks, own };
        let none = Corrections::new();
        let pass = Pass::new(query, around, &none);
        self.contiguous(&pass)?;
        if pass.has_rest() {
            if corpus.len() > AT_ONCE && self.hit_count() > 0 {
                let hits = self.sorted();
                self.post(hits, None, Stage::Partial);
            }
            let (known, unknown) = self.known_or_not(query)?;
            let mut corrections = self.corrections(&unknown, spelling)?;
            self.rest(&Pass::new(query, around, &corrections))?;
            if self.hit_count() == 0 && !known.is_empty() {
                corrections = self.corrections(&[known, unknown].concat(), spelling)?;
                self.rest(&Pass::new(query, around, &corrections))?;
            }
            self.also = self.used(&corrections);
        }
        self.searched = corpus.len();
        let hits = self.sorted();
        let facets = self.count(&hits)?;
        self.post(hits, Some(facets), Stage::Final);
        Ok(())
    }

    /// Finds what stands contiguous in title or authors.
    fn contiguous(&mut self, pass: &Pass<'_>) -> Result<(), Interrupted> {
        for stride in strides(self.segments.len()) {
            self.check()?;
            self.found[stride.clone()].par_iter_mut().zip(&self.segments[stride]).for_each_init(
                Scorer::default,
                |scorer, (found, (start, segment))| {
                    *found = Arc::new(pass.contiguous(*start, segment, scorer));
                },
            );
        }
        Ok(())
    }

    /// Finds what else there is.
    fn rest(&mut self, pass: &Pass<'_>) -> Result<(), Interrupted> {
        let mut posted = self.hit_count();
        for stride in strides(self.segments.len()) {
            self.check()?;
            self.found[stride.clone()]
                .par_iter_mut()
                .zip(&self.segments[stride.clone()])
                .for_each_init(Scorer::default, |scorer, (found, (start, segment))| {
                    let rest = pass.rest(*start, segment, found, scorer);
                    if !rest.is_empty() {
                        Arc::make_mut(found).extend(rest);
                    }
                });
            if let Some((start, _)) = self.segments.get(stride.end)
                && self.hit_count() > posted
            {
                let is_record = *start < self.request.corpus.len();
                (self.searched, posted) = (if is_record { *start } else { 0 }, self.hit_count());
                let hits = self.sorted();
                self.post(hits, None, Stage::Partial);
            }
        }
        Ok(())
    }

    fn hit_count(&self) -> usize {
        self.found.iter().map(|it| it.len()).sum()
    }

    /// The words of the query that some paper has as they were typed, and those that none has,
    /// not even as a fact.
    fn known_or_not<'q>(
        &self,
        query: &'q Query,
    ) -> Result<(Vec<&'q Word>, Vec<&'q Word>), Interrupted> {
        let around = Surroundings {
            corpus: &self.request.corpus,
            marks: &self.request.marks,
            own: &self.request.own,
        };
        let mut parts = (Vec::new(), Vec::new());
        for word in query.correctable() {
            self.check()?;
            let knows = |scorer: &mut Scorer, (_, segment): &(u32, &Arc<Segment>)| {
                knows(word, segment, scorer)
            };
            let is_known = self.segments.par_iter().map_init(Scorer::default, knows).any(|it| it);
            let is_fact =
                |(start, segment): &(u32, &Arc<Segment>)| is_fact(word, around, segment, *start);
            if is_known {
                parts.0.push(word);
            } else if !self.segments.par_iter().any(is_fact) {
                parts.1.push(word);
            }
        }
        Ok(parts)
    }

    /// What the words may have meant.
    fn corrections(
        &self,
        words: &[&Word],
        spelling: &mut Spelling,
    ) -> Result<Corrections, Interrupted> {
        let mut corrections = vec![Vec::new(); self.request.query.words()];
        if !words.is_empty() {
            let segments: Vec<_> = self.segments.iter().map(|(_, segment)| *segment).collect();
            let meant = spelling.meant(words, &segments, self.interrupted)?;
            for (word, meant) in words.iter().zip(meant) {
                corrections[word.number] = meant;
            }
        }
        Ok(corrections)
    }

    /// The corrections that made a hit.
    fn used(&self, corrections: &Corrections) -> Vec<String> {
        /// Hits looked at in each segment: who was corrected wants few.
        const ENOUGH: usize = 100;
        let hits = || {
            self.found.iter().zip(&self.segments).flat_map(|(hits, (start, segment))| {
                let slips = hits.iter().filter(|hit| hit.tier() == Some(Tier::Slip));
                slips.take(ENOUGH).map(move |hit| Record::of(segment, hit.id().0 - start))
            })
        };
        let is_used = |needle: &&Finder<'static>| hits().any(|record| record.begins_word(needle));
        let used = corrections.iter().flatten().filter(is_used);
        used.map(|it| String::from_utf8_lossy(it.needle()).into_owned()).collect()
    }

    fn sorted(&self) -> Hits {
        let Request { query, corpus, marks, order, direction, .. } = self.request;
        let leaves_out = query.leaves_out_any(marks);
        let listed = |hits: &Arc<Vec<Hit>>| {
            let hits = hits.iter().filter_map(|it| it.listed(corpus));
            Arc::new(hits.filter(|it| !query.leaves_out(marks, it.id())).collect::<Vec<_>>())
        };
        let parts = if corpus.is_plain() && !leaves_out {
            self.found.clone()
        } else {
            self.found.par_iter().map(listed).collect()
        };
        if *order == Order::Relevance && *direction == Direction::Forward {
            return Hits::Ranked(Arc::new(Ranking::of(parts)));
        }
        self.in_order_asked_for(parts.iter().flat_map(|it| it.iter().copied()).collect())
    }

    /// Counts the hits; where they are many they are shown before.
    fn count(&mut self, hits: &Hits) -> Result<Arc<Facets>, Interrupted> {
        if hits.len() > COUNTED_AT_ONCE {
            self.post(hits.clone(), None, Stage::Partial);
        }
        let corpus = &self.request.corpus;
        let facets = Facets::of(hits, corpus, self.categories, self.interrupted)?;
        if hits.len() > COUNTED_AT_ONCE {
            return Ok(Arc::new(facets));
        }
        Ok(Arc::new(facets.with_authors(hits, corpus, self.interrupted)?))
    }

    fn post(&mut self, hits: Hits, facets: Option<Arc<Facets>>, stage: Stage) {
        let (ticket, searched) = (self.request.ticket, self.searched);
        (self.post)(Answer { ticket, hits, searched, facets, also: self.also.clone(), stage });
    }

    fn check(&self) -> Result<(), Interrupted> {
        if (self.interrupted)() { Err(Interrupted) } else { Ok(()) }
    }
}

/// The segments between two looks at the mailbox: a few, then ever more.
fn strides(count: usize) -> impl Iterator<Item = Range<usize>> {
    let (mut from, mut stride) = (0, STRIDE);
    std::iter::from_fn(move || {
        let range = (from < count).then(|| from..(from + stride).min(count))?;
        (from, stride) = (range.end, stride * 2);
        Some(range)
    })
}
