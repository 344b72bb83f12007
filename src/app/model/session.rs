//! TODO header.

use crate::domain::PaperId;
use crate::library::Place;

/// What of the place is kept already, and what is still to be gone back to.
#[derive(Debug, Default)]
pub struct Keeping {
    pub told: Option<Told>,
    pub back: Option<Back>,
    /// The line to scroll the reader to, once its paper is there.
    pub scroll: Option<(PaperId, usize)>,
}

impl Keeping {
    /// Whether it is known where the reader was, and that is gone back to.
    pub fn is_back(&self) -> bool {
        self.told.is_some() && self.back.is_none()
    }
}

/// What the library was told last. Before it has opened it is told nothing.
#[derive(Debug, Default)]
pub struct Told {
    pub place: Place,
    pub query: String,
}

/// A place to go back to when its papers are found.
#[derive(Debug)]
pub struct Back {
    pub place: Place,
    /// Whether the reader has gone elsewhere meanwhile.
    pub is_left: bool,
}
