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
    pub approximate: ApproximateMatches,
    pub stage: Stage,
    pub order: SortKey,
    pub direction: SortDirection,
    pub history: History,
    pub marks: MarkFilter,
    pub completion: Option<CompletionCycle>,
}

/// The words and papers that match the query only approximately.
#[derive(Debug, Default)]
pub struct ApproximateMatches {
    /// Words of the corpus that replace misspelled words of the query.
    pub corrections: Vec<String>,
    /// The last of the hits.
    pub similar: Arc<SimilarPapers>,
}

/// Filtering by marks, and the mark counts of the hits.
#[derive(Debug, Default)]
pub struct MarkFilter {
    /// The marks at the time of the last edit of the query. Frozen, so that a paper does not vanish
    /// from the list when a change makes it stop matching.
    pub snapshot: Arc<Marks>,
    /// The marks when the order `for you` was chosen, which it is learnt from.
    pub judged: Option<Arc<Marks>>,
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

/// Earlier texts of a prompt, oldest first.
#[derive(Debug, Default)]
pub struct History {
    entries: Vec<String>,
    /// `None` unless an entry is recalled.
    recall: Option<Recall>,
    /// The text of the prompt when it was opened, to which a cancel returns.
    pub text_before: String,
}

/// A recalled entry and the text that it replaced.
#[derive(Debug)]
struct Recall {
    /// Number of steps back from the newest entry.
    steps: usize,
    /// The steps of the first recall. 1 if the newest entry is the draft itself.
    first: usize,
    /// The text of the prompt before the first recall.
    draft: String,
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
        self.recall = None;
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

    /// Returns true if the text of the prompt was recalled.
    pub fn is_recalling(&self) -> bool {
        self.recall.is_some()
    }

    /// Ends a recall, since the text was edited or accepted. The draft is dropped.
    pub fn end_recall(&mut self) {
        self.recall = None;
    }

    /// The entry before the one recalled last; wraps around to the newest. `text` is the text of
    /// the prompt, kept as the draft by the first recall. Returns `None` if no entry differs from
    /// the draft.
    pub fn recall(&mut self, text: &str) -> Option<&str> {
        let count = self.entries.len();
        let steps = match &self.recall {
            Some(recall) => (recall.steps + 1) % count.max(1),
            None => usize::from(self.newest() == text.trim_end()),
        };
        let at = count.checked_sub(steps + 1)?;
        match &mut self.recall {
            Some(recall) => recall.steps = steps,
            None => self.recall = Some(Recall { steps, first: steps, draft: text.to_owned() }),
        }
        self.entries.get(at).map(String::as_str)
    }

    /// The entry after the one recalled last; after the newest, the draft. Returns `None` unless an
    /// entry is recalled.
    pub fn unrecall(&mut self) -> Option<String> {
        let recall = self.recall.take()?;
        if recall.steps <= recall.first {
            return Some(recall.draft);
        }
        let steps = recall.steps - 1;
        self.recall = Some(Recall { steps, ..recall });
        self.entries.get(self.entries.len().checked_sub(steps + 1)?).cloned()
    }
}

impl Filter {
    pub fn highlighter(&self) -> Highlighter {
        Highlighter::new(Arc::clone(&self.query), &self.other_words())
    }

    /// The words that hits have in place of words of the query.
    pub fn other_words(&self) -> Vec<String> {
        let ApproximateMatches { corrections, similar } = &self.approximate;
        corrections.iter().chain(&similar.alternatives).cloned().collect()
    }

    pub fn completing(&self) -> Option<&CompletionCycle> {
        self.completion.as_ref()
    }

    /// Parses the text of the field.
    pub fn parse_field(&self) -> Query {
        self.parse(self.field.text())
    }

    /// Parses a text as the query of this filter.
    pub fn parse(&self, text: &str) -> Query {
        let query = Query::parse(text);
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
        self.history.end_recall();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history(texts: &[&str]) -> History {
        let mut history = History::default();
        for text in texts {
            history.add(text);
        }
        history
    }

    #[test]
    fn history_goes_back_from_the_newest_and_round() {
        let mut history = history(&["a", "b", "a", " "]);
        let recalled: Vec<_> =
            (0..3).map(|_| history.recall("").unwrap_or_default().to_owned()).collect();
        assert_eq!(recalled, ["a", "b", "a"]);
    }

    #[test]
    fn after_the_newest_entry_comes_the_draft() {
        let mut history = history(&["a", "b"]);
        assert_eq!(history.recall("draft "), Some("b"));
        assert_eq!(history.recall("b"), Some("a"));
        assert_eq!(history.unrecall().as_deref(), Some("b"));
        assert_eq!(history.unrecall().as_deref(), Some("draft "));
        assert!(!history.is_recalling());
        assert_eq!(history.unrecall(), None);
    }

    #[test]
    fn an_entry_equal_to_the_draft_is_skipped() {
        let mut history = history(&["a", "b"]);
        assert_eq!(history.recall("b "), Some("a"));
        assert_eq!(history.unrecall().as_deref(), Some("b "));
        assert_eq!(history.unrecall(), None);
    }

    #[test]
    fn nothing_is_recalled_from_a_history_without_another_text() {
        for mut history in [History::default(), history(&["b"])] {
            assert_eq!(history.recall("b"), None);
            assert!(!history.is_recalling());
        }
    }
}
