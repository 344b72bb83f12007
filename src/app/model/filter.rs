//! The filter line, its query, and the hits and facets that it found.

use super::mark_counts::MarkCounts;
use super::text_field::TextField;
use crate::domain::{Corpus, Marks};
use crate::search::{
    Completion, Facets, Highlighter, Hits, Query, QueryId, SortDirection, SortKey, Stage,
};
use std::sync::Arc;

#[derive(Debug, Default)]
pub struct Filter {
    pub field: TextField,
    pub query: Arc<Query>,
    /// The newest question asked of the matcher; answers to others are stale.
    pub query_id: QueryId,
    pub hits: Hits,
    pub facets: Arc<Facets>,
    /// Words of the corpus that stand in for words of the query.
    pub corrections: Vec<String>,
    pub stage: Stage,
    pub order: SortKey,
    pub direction: SortDirection,
    pub history: History,
    pub marks: MarkFilter,
    pub completion: Option<CompletionCycle>,
}

/// What is asked of the reader's marks, and what the hits have of them.
#[derive(Debug, Default)]
pub struct MarkFilter {
    /// The marks as they were when the query was edited last: a paper that no longer matches
    /// because of what was done to it since stays.
    pub snapshot: Arc<Marks>,
    /// Whether what was skipped is shown.
    pub skipped: SkippedVisibility,
    pub counts: MarkCounts,
    pub loaded: MarksLoaded,
}

/// Whether papers are still to come whose marks are not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MarksLoaded {
    #[default]
    Pending,
    Complete,
}

/// Whether papers that were skipped are in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SkippedVisibility {
    #[default]
    Hidden,
    Shown,
}

/// What was typed before, oldest first.
#[derive(Debug, Default)]
pub struct History {
    entries: Vec<String>,
    /// How far back the user has gone, from the newest; `None` at what is being typed.
    recalled: Option<usize>,
}

/// Completions that Tab goes through.
#[derive(Debug)]
pub struct CompletionCycle {
    pub candidates: Vec<Completion>,
    /// The one in the line.
    pub current: usize,
    /// The line before the first was put in.
    pub original_text: String,
}

/// How many lines of history are kept.
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

    /// Whether what is in the line was recalled.
    pub fn is_recalling(&self) -> bool {
        self.recalled.is_some()
    }

    /// The entry before the one recalled last, round to the newest after the oldest.
    pub fn recall(&mut self) -> Option<&str> {
        let count = self.entries.len();
        let at = self.recalled.map_or(0, |at| (at + 1) % count.max(1));
        self.recalled = Some(at);
        self.entries.get(count.checked_sub(at + 1)?).map(String::as_str)
    }

    /// The entry after the one recalled last, or nothing at the newest.
    pub fn unrecall(&mut self) -> Option<&str> {
        self.recalled = self.recalled?.checked_sub(1);
        self.entries.get(self.entries.len().checked_sub(self.recalled? + 1)?).map(String::as_str)
    }
}

impl Filter {
    pub fn highlighter(&self) -> Highlighter {
        Highlighter::new(Arc::clone(&self.query), &self.corrections)
    }

    pub fn completing(&self) -> Option<&CompletionCycle> {
        self.completion.as_ref()
    }

    /// What the line says.
    pub fn parse_field(&self) -> Query {
        let query = Query::parse(self.field.text());
        match self.marks.skipped {
            SkippedVisibility::Shown => query.with_skipped(),
            SkippedVisibility::Hidden => query,
        }
    }

    /// Whether every record is shown in order of arrival, so that no matcher need be asked.
    pub fn shows_all(&self, corpus: &Corpus) -> bool {
        let as_it_came = matches!(self.order, SortKey::Relevance | SortKey::Arrival);
        let forward = as_it_came && self.direction == SortDirection::Forward;
        let is_whole = self.query.is_empty() && !self.query.hides_any(&self.marks.snapshot);
        forward && is_whole && corpus.has_no_duplicates()
    }

    /// Whether the hits are those of the query.
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
