//! The completion of papers from services: its progress, and the changes that it proposes.

use crate::domain::FieldChange;
use crate::library::PaperRef;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum EnrichmentState {
    #[default]
    Idle,
    /// The services are asked.
    Running {
        papers: usize,
        /// The step that runs, such as `Crossref: searching for 3 titles`.
        step: String,
    },
    /// The changes wait for an answer.
    Proposed(Vec<PaperProposal>),
}

/// The changes proposed for a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperProposal {
    pub paper: PaperRef,
    pub heading: String,
    pub changes: Vec<ProposedChange>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedChange {
    pub change: FieldChange,
    /// Set at first unless the change contradicts what the paper has.
    pub is_accepted: bool,
}

/// A change of a proposal, or all of them, by their places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProposalPlace {
    pub paper: usize,
    /// `None` for all changes of the paper.
    pub change: Option<usize>,
}

impl PaperProposal {
    pub fn has_accepted(&self) -> bool {
        self.changes.iter().any(|it| it.is_accepted)
    }

    pub fn accepted_changes(&self) -> impl Iterator<Item = &FieldChange> {
        self.changes.iter().filter(|it| it.is_accepted).map(|it| &it.change)
    }

    /// Accepts or leaves out a change; all of them if `at` is `None`.
    pub fn toggle(&mut self, at: Option<usize>) {
        let was_accepted = match at {
            Some(at) => self.changes.get(at).is_some_and(|it| it.is_accepted),
            None => self.has_accepted(),
        };
        let changes = self.changes.iter_mut().enumerate();
        for (_, change) in changes.filter(|(it, _)| at.is_none_or(|at| at == *it)) {
            change.is_accepted = !was_accepted;
        }
    }
}
