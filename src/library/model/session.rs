//! Where a reader was, and the searches that were kept.

use crate::domain::PaperId;
use crate::search::{Direction, Order};

/// Where a reader is in a source. Each source has its own.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Place {
    /// The paper under the cursor. Nothing in what [`Opening`](crate::library::Opening) brings: the
    /// papers are still to be found, and [`News::Found`](crate::library::News::Found) brings them.
    pub paper: Option<PaperId>,
    /// Rows between the top of the list and the cursor.
    pub offset: usize,
    pub query: String,
    /// In the order selected. Nothing in an opening, as above.
    pub selection: Vec<PaperId>,
    /// The line at the top of the reader, where it is open.
    pub reader: Option<usize>,
    pub order: Order,
    pub direction: Direction,
    pub ending: Ending,
}

/// Whether the reader has left the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ending {
    /// The run is under way. What is found so at the start of a run was left by no wish of the
    /// reader's: a lost connection, a crash, a machine switched off.
    #[default]
    Open,
    /// The reader has quit.
    Quit,
}

/// A search that was given a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    pub name: String,
    pub query: String,
    pub order: Order,
    pub direction: Direction,
}

impl Saved {
    /// A query that nobody has saved, the best hits first.
    pub fn of(query: &str) -> Self {
        Self {
            name: String::new(),
            query: query.to_owned(),
            order: Order::default(),
            direction: Direction::default(),
        }
    }
}
