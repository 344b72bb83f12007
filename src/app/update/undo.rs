//! TODO header.

use super::{filter, library, saved_searches, selection};
use crate::app::effect::Effect;
use crate::app::model::library::Asked;
use crate::app::model::state::State;
use crate::app::model::undo::Step;
use crate::library::Task;

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
