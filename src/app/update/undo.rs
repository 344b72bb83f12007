//! Undo and redo of filters, selections, saved searches and changes to papers.

use super::{filter, request, saved_searches};
use crate::app::effect::Effect;
use crate::app::model::library::PendingRequest;
use crate::app::model::state::State;
use crate::app::model::undo::UndoEntry;
use crate::library::LibraryCommand;

/// Undoes the last step.
pub fn undo(state: &mut State) -> Vec<Effect> {
    let Some(step) = state.library.undo.undo_stack.pop() else {
        state.notices.info("Nothing to undo (earlier changes: :log)");
        return Vec::new();
    };
    match &step {
        UndoEntry::Filter { before, .. } => {
            let before = before.clone();
            state.library.undo.push_undone(step);
            state.notices.info(describe_filter(&before));
            filter::replace_from_current(state, &before)
        }
        UndoEntry::Selection(papers) => {
            state.selection.replace(papers.clone());
            state.library.undo.push_undone(step);
            Vec::new()
        }
        UndoEntry::Search { before, after } => {
            let task = saved_searches::restore_command(before.as_ref(), after.as_ref());
            state.library.undo.push_undone(step);
            vec![Effect::Library(task)]
        }
        &UndoEntry::Changes(id) => {
            request::send_command(state, LibraryCommand::Undo(id), PendingRequest::Undo(id))
        }
    }
}

/// The notice of a filter that is back.
fn describe_filter(text: &str) -> String {
    if text.is_empty() {
        "Filter cleared again".to_owned()
    } else {
        format!("Filter restored: {text}")
    }
}

/// Redoes the step undone last.
pub fn redo(state: &mut State) -> Vec<Effect> {
    let Some(step) = state.library.undo.redo_stack.pop() else {
        state.notices.info("Nothing to redo");
        return Vec::new();
    };
    match &step {
        UndoEntry::Filter { after, .. } => {
            let after = after.clone();
            state.library.undo.push_done(step);
            state.notices.info(describe_filter(&after));
            filter::replace_from_current(state, &after)
        }
        UndoEntry::Selection(_) => {
            state.selection.take();
            state.library.undo.push_done(step);
            Vec::new()
        }
        UndoEntry::Search { before, after } => {
            let task = saved_searches::restore_command(after.as_ref(), before.as_ref());
            state.library.undo.push_done(step);
            vec![Effect::Library(task)]
        }
        &UndoEntry::Changes(id) => {
            request::send_command(state, LibraryCommand::Redo(id), PendingRequest::Redo(id))
        }
    }
}
