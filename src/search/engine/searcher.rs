//! Answers to requests: partial ones as they come, then the final one.

use std::sync::Arc;

use super::execution::Execution;
use super::phases::MAX_UNSTAGED_PAPERS;
use crate::domain::{Corpus, Segment};
use crate::search::cache::candidate_rows::CandidateCache;
use crate::search::cache::previous::PreviousQuery;
use crate::search::cache::responses::ResponseCache;
use crate::search::cache::segment_hits::SegmentHits;
use crate::search::cache::word_stats::WordStatsCache;
use crate::search::facets::CategoryOrdinals;
use crate::search::matching::abstracts::ensure_indexes;
use crate::search::request::{Request, Response, Stage};
use crate::search::spelling::suggest::SpellChecker;

/// Searches, and keeps what is costly to find out about segments.
#[derive(Debug, Default)]
pub struct Searcher {
    spell_checker: SpellChecker,
    categories: CategoryOrdinals,
    word_stats: WordStatsCache,
    previous: Option<PreviousQuery>,
    candidate_rows: CandidateCache,
    responses: ResponseCache,
}

impl Searcher {
    /// Answers the request, the final answer last. Interrupted, it stops without one.
    pub fn search(
        &mut self,
        request: &Request,
        interrupted: &(dyn Fn() -> bool + Sync),
        post: &mut dyn FnMut(Response),
    ) {
        self.responses.invalidate_for(request);
        if let Some(answer) = self.responses.get(request) {
            return post(answer);
        }
        let segments: Vec<_> = request.corpus.searched_segments().collect();
        let found = vec![SegmentHits::default(); segments.len()];
        let mut last = None;
        let mut post = |answer: Response| {
            if answer.stage == Stage::Final {
                last = Some(answer.clone());
            }
            post(answer);
        };
        let Self {
            categories,
            word_stats: standings,
            previous: earlier,
            candidate_rows: trail,
            responses: answered,
            ..
        } = self;
        let (post, searched, also) = (&mut post, 0, Vec::new());
        let mut job = Execution {
            request,
            segments,
            categories,
            standings,
            earlier,
            trail,
            answered,
            is_cancelled: interrupted,
            post,
            hits: found,
            searched_papers: searched,
            corrections: also,
        };
        // An interrupted job has nothing more to say.
        let _ = if request.query.is_empty() {
            job.list_all()
        } else {
            job.search(&mut self.spell_checker)
        };
        if let Some(answer) = last {
            self.responses.insert(request, answer);
        }
    }

    /// Counts what takes the longest to count, to be done once nothing else is asked for a while:
    /// the venues and authors of very many hits.
    pub fn count_names(
        &mut self,
        request: &Request,
        interrupted: &(dyn Fn() -> bool + Sync),
        post: &mut dyn FnMut(Response),
    ) {
        let Some(mut answer) = self.responses.get(request) else { return };
        let Some(facets) = answer.facets.as_deref().filter(|it| it.names.is_none()) else { return };
        let counted = facets.clone().with_names(&answer.hits, &request.corpus, interrupted);
        let Ok(facets) = counted else { return };
        answer.facets = Some(Arc::new(facets));
        self.responses.insert(request, answer.clone());
        post(answer);
    }

    /// Finds out beforehand what abstracts hold, so that no query has to wait for it. Tells of how
    /// many papers that is known, if there is anything to be done.
    pub fn index(
        &mut self,
        corpus: &Corpus,
        interrupted: &(dyn Fn() -> bool + Sync),
        tell: &mut dyn FnMut(u32),
    ) {
        let is_indexed = |(_, segment): &(u32, &Arc<Segment>)| segment.word_index().is_some();
        let (known, lacking): (Vec<_>, Vec<_>) = corpus.searched_segments().partition(is_indexed);
        let papers = |of: &[(u32, &Arc<Segment>)]| of.iter().map(|(_, it)| it.len()).sum::<u32>();
        let mut indexed = papers(&known);
        for some in lacking.chunks(rayon::current_num_threads()) {
            // Interrupted, it goes on the next time.
            if ensure_indexes(some, interrupted).is_err() {
                return;
            }
            indexed += papers(some);
            // Papers of several records are searched beside those.
            tell(indexed.min(corpus.len()));
        }
        // The words of few papers are quickly looked through.
        if corpus.len() > MAX_UNSTAGED_PAPERS {
            self.spell_checker.merge_indexes(corpus, interrupted);
        }
    }
}
