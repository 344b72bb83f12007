//! What was done in this run, to be taken back and done again, whatever it was.

use super::state::State;
use crate::app::effect::Effect;
use crate::app::update::library::{self, Asked};
use crate::app::update::{filter, saved_searches, selection};
use crate::domain::PaperId;
use crate::library::{Saved, Task};

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
    done: Vec<Step>,
    undone: Vec<Step>,
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

/// Takes back what was done last.
pub fn undo(state: &mut State) -> Vec<Effect> {
    let Some(step) = state.library.done.done.pop() else {
        state.notices.tell("Nothing was done yet in this run; :log lists what was done before.");
        return Vec::new();
    };
    match &step {
        Step::Filter { before, .. } => {
            let before = before.clone();
            state.library.done.undone(step);
            filter::replace(state, &before)
        }
        Step::Selection(papers) => {
            state.selection.replace(papers.clone());
            selection::count_hidden(state);
            state.library.done.undone(step);
            Vec::new()
        }
        Step::Search { before, after } => {
            let task = saved_searches::turned(before.as_ref(), after.as_ref());
            state.library.done.undone(step);
            vec![Effect::Library(task)]
        }
        Step::Act => library::ask(state, Task::Undo, Asked::Undo),
    }
}

/// Does again what was taken back last.
pub fn redo(state: &mut State) -> Vec<Effect> {
    let Some(step) = state.library.done.undone.pop() else {
        state.notices.tell("Nothing was taken back.");
        return Vec::new();
    };
    match &step {
        Step::Filter { after, .. } => {
            let after = after.clone();
            state.library.done.redone(step);
            filter::replace(state, &after)
        }
        Step::Selection(_) => {
            state.selection.take();
            selection::count_hidden(state);
            state.library.done.redone(step);
            Vec::new()
        }
        Step::Search { before, after } => {
            let task = saved_searches::turned(after.as_ref(), before.as_ref());
            state.library.done.redone(step);
            vec![Effect::Library(task)]
        }
        Step::Act => library::ask(state, Task::Redo, Asked::Redo),
    }
}
