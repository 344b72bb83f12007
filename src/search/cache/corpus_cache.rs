//! All caches of a searcher, and the one rule of what invalidates them.

use std::collections::HashSet;
use std::sync::Arc;

use super::candidate_rows::CandidateCache;
use super::categories::CategoryCache;
use super::interest::InterestCache;
use super::previous::PreviousQuery;
use super::responses::ResponseCache;
use super::spelling_words::SpellingWords;
use super::word_stats::WordStatsCache;
use crate::domain::{Corpus, Marks, Segment};
use crate::search::request::{Request, Response};

/// The caches, each valid for one of three scopes: a segment, a corpus, or a corpus with marks and
/// bibliographies.
#[derive(Debug, Default)]
pub struct CorpusCache {
    corpus: Corpus,
    marks: Arc<Marks>,
    has_bibliographies: bool,
    pub spelling: SpellingWords,
    pub categories: CategoryCache,
    pub word_stats: WordStatsCache,
    pub previous: Option<PreviousQuery>,
    pub candidate_rows: CandidateCache,
    pub responses: ResponseCache,
    pub interest: InterestCache,
}

impl CorpusCache {
    /// Drops everything that is not valid for the request. To be called before each search.
    pub fn update_for(&mut self, request: &Request) {
        self.set_corpus(&request.corpus);
        let has_bibliographies = request.bibliographies.get().is_some();
        if !Arc::ptr_eq(&self.marks, &request.marks)
            || self.has_bibliographies != has_bibliographies
        {
            // Words match tags and notes.
            if self.marks.has_tags_or_notes() || request.marks.has_tags_or_notes() {
                self.previous = None;
            }
            self.marks = Arc::clone(&request.marks);
            self.has_bibliographies = has_bibliographies;
            self.drop_responses();
        } else if request.judged_marks.as_ref().is_some_and(|it| !self.interest.is_trained_on(it)) {
            self.drop_responses();
        }
    }

    /// Drops everything that is not valid for the corpus.
    pub fn set_corpus(&mut self, corpus: &Corpus) {
        if self.corpus.is_same(corpus) {
            return;
        }
        self.corpus = corpus.clone();
        // Valid for a segment: remains for the segments that remain.
        let addresses: HashSet<_> =
            corpus.searched_segments().map(|(_, it)| Arc::as_ptr(it)).collect();
        let remains = |it: &Arc<Segment>| addresses.contains(&Arc::as_ptr(it));
        self.spelling.title_indexes.retain(remains);
        self.categories.lists.retain(remains);
        self.candidate_rows.retain_segments(remains);
        // Valid for the corpus.
        self.spelling.merged_index = None;
        self.word_stats = WordStatsCache::default();
        self.drop_responses();
    }

    /// Drops what is valid for corpus, marks and bibliographies. The hits of the previous query
    /// remain, since [`PreviousQuery::segment_hits`] checks them by segment.
    fn drop_responses(&mut self) {
        self.responses = ResponseCache::default();
        if let Some(previous) = &mut self.previous {
            previous.forbid_narrowing();
        }
    }

    /// The cached response to the request, if the caches are valid for its corpus and marks.
    pub fn response(&mut self, request: &Request) -> Option<Response> {
        let is_valid =
            self.corpus.is_same(&request.corpus) && Arc::ptr_eq(&self.marks, &request.marks);
        if is_valid { self.responses.get(request) } else { None }
    }
}
