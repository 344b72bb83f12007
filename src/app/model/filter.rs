//! The filter line, its query, and the resulting hits and facets.

use super::mark_counts::MarkCounts;
use super::text_field::TextField;
use crate::domain::{Corpus, Marks};
use crate::search::{
    Completion, Facets, Highlighter, Hits, Query, QueryId, SimilarPapers, SortDirection, SortKey,
    Stage,
};
use std::sync::Arc;

#[derive(Debug, Default)]
pub struct Filter {
    pub field: TextField,
    pub query: Arc<Query>,
    /// Id of the newest query sent; responses to older ones are stale.
    pub query_id: QueryId,
    pub hits: Hits,
    pub facets: Arc<Facets>,
    /// Words of the corpus that replace misspelled words of the query.
    pub corrections: Vec<String>,
    /// The last of the hits, which match the query only approximately.
    pub similar: Arc<SimilarPapers>,
    pub stage: Stage,
    pub order: SortKey,
    pub direction: SortDirection,
    pub history: History,
    pub marks: MarkFilter,
    pub completion: Option<CompletionCycle>,
}

/// Filtering by marks, and the mark counts of the hits.
#[derive(Debug, Default)]
pub struct MarkFilter {
    /// The marks at the time of the last edit of the query. Frozen, so that a paper does not vanish
    /// from the list when a change makes it stop matching.
    pub snapshot: Arc<Marks>,
    /// Visibility of skipped papers.
    pub skipped: SkippedVisibility,
    pub counts: MarkCounts,
    pub loaded: MarksLoaded,
}

/// Completeness of the marks: [`Self::Pending`] while the library has yet to recognise papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MarksLoaded {
    #[default]
    Pending,
    Complete,
}

/// Visibility of skipped papers in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SkippedVisibility {
    #[default]
    Hidden,
    Shown,
}

/// Earlier filters, oldest first.
#[derive(Debug, Default)]
pub struct History {
    entries: Vec<String>,
    /// Number of steps back from the newest entry; `None` unless an entry is recalled.
    recalled: Option<usize>,
}

/// The completions that Tab cycles through.
#[derive(Debug)]
pub struct CompletionCycle {
    pub candidates: Vec<Completion>,
    /// Index of the candidate in the field.
    pub current: usize,
    /// The text of the field before the first candidate was inserted.
    pub original_text: String,
}

/// Maximum number of history entries.
pub const MAX_HISTORY: usize = 200;

impl History {
    pub fn add(&mut self, text: &str) {
        self.recalled = None;
        if text.trim().is_empty() {
            return;
        }
        self.entries.retain(|it| it != text);
        self.entries.push(text.to_owned());
        if self.entries.len() > MAX_HISTORY {
            self.entries.remove(0);
        }
    }

    /// The entry added last.
    pub fn newest(&self) -> &str {
        self.entries.last().map_or("", String::as_str)
    }

    /// Returns true if the text of the field was recalled.
    pub fn is_recalling(&self) -> bool {
        self.recalled.is_some()
    }

    /// The entry before the one recalled last; wraps around to the newest.
    pub fn recall(&mut self) -> Option<&str> {
        let count = self.entries.len();
        let at = self.recalled.map_or(0, |at| (at + 1) % count.max(1));
        self.recalled = Some(at);
        self.entries.get(count.checked_sub(at + 1)?).map(String::as_str)
    }

    /// The entry after the one recalled last, or `None` at the newest.
    pub fn unrecall(&mut self) -> Option<&str> {
        self.recalled = self.recalled?.checked_sub(1);
        self.entries.get(self.entries.len().checked_sub(self.recalled? + 1)?).map(String::as_str)
    }
}

impl Filter {
    pub fn highlighter(&self) -> Highlighter {
        Highlighter::new(Arc::clone(&self.query), &self.other_words())
    }

    /// The words that hits have in place of words of the query.
    pub fn other_words(&self) -> Vec<String> {
        self.corrections.iter().chain(&self.similar.alternatives).cloned().collect()
    }

    pub fn completing(&self) -> Option<&CompletionCycle> {
        self.completion.as_ref()
    }

    /// Parses the text of the field.
    pub fn parse_field(&self) -> Query {
        let query = Query::parse(self.field.text());
        let query = match self.query.today() {
            Some(today) => query.with_today(today),
            None => query,
        };
        match self.marks.skipped {
            SkippedVisibility::Shown => query.with_skipped(),
            SkippedVisibility::Hidden => query,
        }
    }

    /// Returns true if the list shows every record in order of arrival, which needs no search.
    pub fn shows_all(&self, corpus: &Corpus) -> bool {
        let as_it_came = matches!(self.order, SortKey::Relevance | SortKey::Arrival);
        let forward = as_it_came && self.direction == SortDirection::Forward;
        let is_whole = self.query.is_empty() && !self.query.hides_any(&self.marks.snapshot);
        forward && is_whole && corpus.has_no_duplicates()
    }

    /// Returns true if the hits are the final result of the query.
    pub fn has_final_hits(&self, corpus: &Corpus) -> bool {
        self.stage == Stage::Final || self.shows_all(corpus)
    }

    pub fn forget_completion(&mut self) {
        self.completion = None;
        self.history.recalled = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn history_goes_back_from_the_newest_and_round() {
        let mut history = History::default();
        for text in ["a", "b", "a", " "] {
            history.add(text);
        }
        let recalled: Vec<_> =
            (0..3).map(|_| history.recall().unwrap_or_default().to_owned()).collect();
        assert_eq!(recalled, ["a", "b", "a"]);
        assert_eq!(History::default().recall(), None);
    }
}
