//! The searcher: answers requests, and prepares for them when idle.

use std::sync::Arc;

use super::context::{MAX_UNSTAGED_PAPERS, SearchContext};
use super::phases;
use crate::domain::Corpus;
use crate::search::cache::corpus_cache::CorpusCache;
use crate::search::cancel::CancelToken;
use crate::search::matching::abstracts::ensure_indexes;
use crate::search::matching::context::CorpusSegment;
use crate::search::request::{Request, Response};

/// Executes requests one after the other, with caches that make a query cheaper after a similar
/// one.
#[derive(Debug, Default)]
pub struct Searcher {
    cache: CorpusCache,
}

impl Searcher {
    /// Posts responses to the request, the final one last. A cancelled search posts no final one.
    pub fn search(
        &mut self,
        request: &Request,
        is_cancelled: &(dyn Fn() -> bool + Sync),
        post: &mut dyn FnMut(Response),
    ) {
        self.cache.update_for(request);
        if let Some(response) = self.cache.response(request) {
            return post(response);
        }
        let context = SearchContext::new(request, CancelToken::new(is_cancelled));
        if let Ok(response) = phases::run(&context, &mut self.cache, post) {
            self.cache.responses.insert(request, response.clone());
            post(response);
        }
    }

    /// Counts the venues and authors of a cached response that lacks them, and posts it again. To
    /// be called when idle: for many hits this takes longer than the search.
    pub fn count_names(
        &mut self,
        request: &Request,
        is_cancelled: &(dyn Fn() -> bool + Sync),
        post: &mut dyn FnMut(Response),
    ) {
        let Some(mut response) = self.cache.response(request) else { return };
        let Some(facets) = response.facets.as_deref().filter(|it| it.names.is_none()) else {
            return;
        };
        let cancel = CancelToken::new(is_cancelled);
        let counted = facets.clone().with_names(&response.hits, &request.corpus, cancel);
        let Ok(facets) = counted else { return };
        response.facets = Some(Arc::new(facets));
        self.cache.responses.insert(request, response.clone());
        post(response);
    }

    /// Indexes the abstracts of the corpus, so that no query has to wait for it. Calls
    /// `on_progress` with the number of indexed papers, unless all are indexed already. Cancelled,
    /// it continues the next time.
    pub fn index(
        &mut self,
        corpus: &Corpus,
        is_cancelled: &(dyn Fn() -> bool + Sync),
        on_progress: &mut dyn FnMut(u32),
    ) {
        let cancel = CancelToken::new(is_cancelled);
        let segments: Vec<_> = CorpusSegment::all(corpus).collect();
        let (indexed, missing): (Vec<_>, Vec<_>) =
            segments.iter().partition(|it| it.segment.word_index().is_some());
        let papers = |of: &[CorpusSegment<'_>]| of.iter().map(|it| it.segment.len()).sum::<u32>();
        let mut indexed_papers = papers(&indexed);
        for chunk in missing.chunks(rayon::current_num_threads()) {
            if ensure_indexes(chunk, cancel).is_err() {
                return;
            }
            indexed_papers += papers(chunk);
            // Merged records lie in segments of their own and are counted twice.
            on_progress(indexed_papers.min(corpus.len()));
        }
        // The words of a smaller corpus are quickly searched segment by segment.
        if corpus.len() > MAX_UNSTAGED_PAPERS {
            self.cache.set_corpus(corpus);
            self.cache.spelling.merge_indexes(&segments, cancel);
        }
    }
}
