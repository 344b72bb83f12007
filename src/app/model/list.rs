//! The list of hits: cursor, scroll position, snippets.

use super::jumps::JumpList;
use super::viewport::Viewport;
use crate::domain::PaperId;
use crate::search::{QueryId, ReferenceSummary};
use std::collections::HashMap;
use std::ops::Range;

/// The sentence of an abstract that matches the query, as readable text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HighlightedSnippet {
    pub text: String,
    /// Byte ranges to emphasise; sorted and disjoint.
    pub highlights: Vec<Range<usize>>,
}

#[derive(Debug, Default)]
pub struct ResultList {
    /// Positions are ranks of hits.
    pub viewport: Viewport,
    /// The paper that the cursor follows when ranks change; `None` right after the query was
    /// edited.
    pub anchor: Option<PaperId>,
    /// The query that the hits answer.
    pub response_id: QueryId,
    /// Set if the hits are the papers of references in a pasted text.
    pub references: Option<ReferenceSummary>,
    /// The snippets for this query.
    pub snippets: HashMap<PaperId, HighlightedSnippet>,
    /// Papers whose snippet was requested for the query [`Self::requested_for`].
    pub requested_snippets: Vec<PaperId>,
    pub requested_for: QueryId,
    /// The paper that the detail pane shows, or will show after the delay.
    pub detail_paper: Option<PaperId>,
    pub detail_delay: DetailDelay,
    /// Rows to leave above the cursor once its paper is found again.
    pub rows_above: Option<usize>,
    /// The current paper at the time the filter was opened.
    pub filter_origin: Option<FilterOrigin>,
    pub jumps: JumpList,
}

/// The paper under the cursor, with the number of rows above it on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FilterOrigin {
    pub id: PaperId,
    pub rows_above: usize,
}

/// Delay of the detail pane. The first move of the cursor is followed at once; while a key repeats,
/// the pane waits for the last move.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DetailDelay {
    #[default]
    Elapsed,
    Running,
}
