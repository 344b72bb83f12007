//! Answers to requests: partial ones as they come, then the final one.

use std::sync::Arc;

use super::execution::Job;
use super::phases::AT_ONCE;
use crate::domain::{Corpus, Segment};
use crate::search::cache::candidate_rows::Trail;
use crate::search::cache::previous::Earlier;
use crate::search::cache::responses::Answered;
use crate::search::cache::segment_hits::Found;
use crate::search::cache::word_stats::Standings;
use crate::search::facets::Categories;
use crate::search::matching::abstracts::index_all;
use crate::search::request::{Answer, Request, Stage};
use crate::search::spelling::suggest::Spelling;

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
