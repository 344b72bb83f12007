//! TODO header.

use crate::domain::PaperId;
use crate::search::Ticket;
use std::collections::HashMap;
use std::ops::Range;

/// The sentence of an abstract that made it match, readable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    pub text: String,
    /// What to emphasise in it, in bytes; sorted and apart from each other.
    pub highlights: Vec<Range<usize>>,
}

#[derive(Debug, Default)]
pub struct List {
    /// The rank of the hit under the cursor, and of the one at the top of the list.
    pub cursor: usize,
    pub top: usize,
    /// The paper that the cursor keeps to when rows move; none right after the query was edited.
    pub at: Option<PaperId>,
    /// The question that the hits answer.
    pub answered: Ticket,
    /// The sentences that made abstracts match, for this query.
    pub sentences: HashMap<PaperId, Passage>,
    /// Papers whose sentence has been asked for, and under which question.
    pub asked: Vec<PaperId>,
    pub asked_under: Ticket,
    /// The paper that the detail pane shows or will show next.
    pub followed: Option<PaperId>,
    pub pause: Pause,
    /// Rows to leave above the cursor, once its paper is found again.
    pub above: Option<usize>,
    /// The paper from which the filter was begun last.
    pub origin: Option<Origin>,
}

/// A paper under the cursor, with the number of rows above it on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin {
    pub id: PaperId,
    pub above: usize,
}

/// Whether the last move is so recent that the detail pane waits for the next to be over. The
/// first move is followed at once, a key held down only when it is let go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pause {
    #[default]
    Over,
    Running,
}
