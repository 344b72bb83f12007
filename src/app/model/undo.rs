//! What was done in this run, to be taken back and done again, whatever it was.

use crate::domain::PaperId;
use crate::library::Saved;

/// Something that can be taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A filter gave way to another.
    Filter { before: String, after: String },
    /// Papers are no longer selected.
    Selection(Vec<PaperId>),
    /// A saved search was kept, or forgotten where nothing is kept after.
    Search { before: Option<Saved>, after: Option<Saved> },
    /// An act on papers. The library knows which: it takes them back in the same order.
    Act,
}

/// The steps of this run, the last on top.
#[derive(Debug, Default)]
pub struct Done {
    pub done: Vec<Step>,
    pub undone: Vec<Step>,
}

impl Done {
    /// What was taken back before can no longer be done again.
    pub fn add(&mut self, step: Step) {
        self.done.push(step);
        self.undone.clear();
    }

    /// The last step is no longer undone.
    pub fn redone(&mut self, step: Step) {
        self.done.push(step);
    }

    pub fn undone(&mut self, step: Step) {
        self.undone.push(step);
    }

    /// Numbers of papers mean nothing any more.
    pub fn forget_papers(&mut self) {
        for steps in [&mut self.done, &mut self.undone] {
            steps.retain(|it| !matches!(it, Step::Selection(_)));
        }
    }
}
