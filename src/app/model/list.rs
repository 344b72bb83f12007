//! The list of hits: cursor, scroll position, snippets.

use super::viewport::Viewport;
use crate::domain::PaperId;
use crate::search::QueryId;
use std::collections::HashMap;
use std::ops::Range;

/// The sentence of an abstract that made it match, readable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HighlightedSnippet {
    pub text: String,
    /// What to emphasise in it, in bytes; sorted and apart from each other.
    pub highlights: Vec<Range<usize>>,
}

#[derive(Debug, Default)]
pub struct ResultList {
    /// In ranks of hits.
    pub viewport: Viewport,
    /// The paper that the cursor keeps to when rows move; none right after the query was edited.
    pub anchor: Option<PaperId>,
    /// The question that the hits answer.
    pub response_id: QueryId,
    /// The sentences that made abstracts match, for this query.
    pub snippets: HashMap<PaperId, HighlightedSnippet>,
    /// Papers whose sentence has been asked for, and under which question.
    pub requested_snippets: Vec<PaperId>,
    pub requested_for: QueryId,
    /// The paper that the detail pane shows or will show next.
    pub detail_paper: Option<PaperId>,
    pub detail_delay: DetailDelay,
    /// Rows to leave above the cursor, once its paper is found again.
    pub rows_above: Option<usize>,
    /// The paper from which the filter was begun last.
    pub filter_origin: Option<FilterOrigin>,
}

/// A paper under the cursor, with the number of rows above it on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FilterOrigin {
    pub id: PaperId,
    pub rows_above: usize,
}

/// Whether the last move is so recent that the detail pane waits for the next to be over. The
/// first move is followed at once, a key held down only when it is let go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DetailDelay {
    #[default]
    Elapsed,
    Running,
}
