//! TODO header.

use super::state::State;
use crate::domain::{Mark, PaperId};
use crate::library::Which;

/// Papers to act on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    pub of: Of,
    pub papers: Vec<PaperId>,
}

/// Whose numbers papers go by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Of {
    /// The corpus on the screen.
    #[default]
    Corpus,
    /// The corpus of what is in the basket.
    Basket,
}

impl Subject {
    /// The paper's number in the corpus on the screen, if it is there.
    pub fn here(&self, state: &State, id: PaperId) -> Option<PaperId> {
        match self.of {
            Of::Corpus => Some(id),
            Of::Basket => state.library.basket.here.get(id.0 as usize).copied().flatten(),
        }
    }

    /// Whether the paper is known to have the mark.
    pub fn has(&self, state: &State, mark: Mark, id: PaperId) -> bool {
        self.here(state, id).is_some_and(|id| state.library.marks.has(mark, id))
    }

    /// The papers as the library is to know them.
    pub fn which(&self, state: &State) -> Vec<Which> {
        let kept = &state.library.basket.kept;
        let which = |id: &PaperId| match self.of {
            Of::Corpus => Some(Which::Paper(*id)),
            Of::Basket => kept.get(id.0 as usize).copied().map(Which::Kept),
        };
        self.papers.iter().filter_map(which).collect()
    }
}
