//! TODO header.

use super::mark_counts::Tally;
use super::text_field::Line;
use crate::domain::{Corpus, Marks};
use crate::search::{
    Completion, Direction, Facets, Highlighter, Hits, Order, Query, Stage, Ticket,
};
use std::sync::Arc;

#[derive(Debug, Default)]
pub struct Filter {
    pub line: Line,
    pub query: Arc<Query>,
    /// The newest question asked of the matcher; answers to others are stale.
    pub ticket: Ticket,
    pub hits: Hits,
    pub facets: Arc<Facets>,
    /// Words of the corpus that stand in for words of the query.
    pub also: Vec<String>,
    pub stage: Stage,
    pub order: Order,
    pub direction: Direction,
    pub history: History,
    pub marks: Marked,
    pub completing: Option<Completing>,
}

/// What is asked of the reader's marks, and what the hits have of them.
#[derive(Debug, Default)]
pub struct Marked {
    /// The marks as they were when the query was edited last: a paper that no longer matches
    /// because of what was done to it since stays.
    pub asked: Arc<Marks>,
    /// Whether what was skipped is shown.
    pub skipped: Skipped,
    pub tally: Tally,
    pub arrival: Arrival,
}

/// Whether papers are still to come whose marks are not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Arrival {
    #[default]
    UnderWay,
    Over,
}

/// Whether papers that were skipped are in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Skipped {
    #[default]
    Hidden,
    Shown,
}

/// What was typed before, oldest first.
#[derive(Debug, Default)]
pub struct History {
    entries: Vec<String>,
    /// How far back the user has gone, from the newest; `None` at what is being typed.
    at: Option<usize>,
}

/// Completions that Tab goes through.
#[derive(Debug)]
pub struct Completing {
    pub candidates: Vec<Completion>,
    /// The one in the line.
    pub at: usize,
    /// The line before the first was put in.
    pub before: String,
}

/// How many lines of history are kept.
pub const HISTORY: usize = 200;

impl History {
    pub fn add(&mut self, text: &str) {
        self.at = None;
        if text.trim().is_empty() {
            return;
        }
        self.entries.retain(|it| it != text);
        self.entries.push(text.to_owned());
        if self.entries.len() > HISTORY {
            self.entries.remove(0);
        }
    }

    /// The entry added last.
    pub fn newest(&self) -> &str {
        self.entries.last().map_or("", String::as_str)
    }

    /// Whether what is in the line was recalled.
    pub fn is_recalling(&self) -> bool {
        self.at.is_some()
    }

    /// The entry before the one recalled last, round to the newest after the oldest.
    pub fn recall(&mut self) -> Option<&str> {
        let count = self.entries.len();
        let at = self.at.map_or(0, |at| (at + 1) % count.max(1));
        self.at = Some(at);
        self.entries.get(count.checked_sub(at + 1)?).map(String::as_str)
    }

    /// The entry after the one recalled last, or nothing at the newest.
    pub fn unrecall(&mut self) -> Option<&str> {
        self.at = self.at?.checked_sub(1);
        self.entries.get(self.entries.len().checked_sub(self.at? + 1)?).map(String::as_str)
    }
}

impl Filter {
    pub fn highlighter(&self) -> Highlighter {
        Highlighter::new(Arc::clone(&self.query), &self.also)
    }

    pub fn completing(&self) -> Option<&Completing> {
        self.completing.as_ref()
    }

    /// What the line says.
    pub fn typed(&self) -> Query {
        let query = Query::parse(self.line.text());
        match self.marks.skipped {
            Skipped::Shown => query.with_skipped(),
            Skipped::Hidden => query,
        }
    }

    /// Whether every record is shown in order of arrival, so that no matcher need be asked.
    pub fn shows_all(&self, corpus: &Corpus) -> bool {
        let as_it_came = matches!(self.order, Order::Relevance | Order::Arrival);
        let forward = as_it_came && self.direction == Direction::Forward;
        let is_whole = self.query.is_empty() && !self.query.leaves_out_any(&self.marks.asked);
        forward && is_whole && corpus.is_plain()
    }

    /// Whether the hits are those of the query.
    pub fn is_answered(&self, corpus: &Corpus) -> bool {
        self.stage == Stage::Final || self.shows_all(corpus)
    }

    pub fn forget_completion(&mut self) {
        self.completing = None;
        self.history.at = None;
    }
}
