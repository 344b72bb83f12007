//! What the library has told, and what follows from it.

use std::sync::Arc;

use super::{basket, list, saved_searches, session, unread};
use crate::app::effect::Effect;
use crate::app::model::change_text::describe_receipt;
use crate::app::model::filter::MarksLoaded;
use crate::app::model::library::{AfterChange, PendingRequest};
use crate::app::model::mark_counts::MarkCounts;
use crate::app::model::state::State;
use crate::app::model::undo::UndoEntry;
use crate::domain::{PaperId, PaperMarks};
use crate::library::{Durability, LibraryCommand, LibraryEvent, Receipt};

/// Asks for something to be done to papers.
pub fn send_command(state: &mut State, task: LibraryCommand, asked: PendingRequest) -> Vec<Effect> {
    if state.library.durability == Durability::Stopped {
        state.notices.error("Not done: the library has stopped. The next start opens it again.");
        return Vec::new();
    }
    state.library.pending.push_back(asked);
    vec![Effect::Library(task)]
}

/// Takes note of how the library stands.
pub fn set_durability(state: &mut State, standing: Durability) {
    if let Durability::DurableWithWarning(why) | Durability::ThisRunOnly(why) = &standing {
        state.notices.error(why);
    }
    state.library.durability = standing;
}

/// The library is at work no more: nothing that it was asked will be answered.
pub fn set_stopped(state: &mut State) {
    state.library.durability = Durability::Stopped;
    state.library.pending.clear();
}

pub fn handle_event(state: &mut State, news: LibraryEvent) -> Vec<Effect> {
    match news {
        LibraryEvent::Opened(mut opening) => {
            state.settings.bibliography.add_assigned_keys(std::mem::take(&mut opening.issued_keys));
            return session::handle_opened(state, *opening);
        }
        LibraryEvent::MarksChanged(papers) => update_marks(state, &papers),
        LibraryEvent::BasketChanged(news) => basket::replace_basket(state, news),
        LibraryEvent::SearchesChanged(searches) => {
            saved_searches::replace_searches(state, searches);
        }
        LibraryEvent::Log(log) => state.library.log = log,
        LibraryEvent::SessionRestored(found) => return session::finish_restore(state, &found),
        LibraryEvent::SourceRead => return finish_mark_loading(state),
        LibraryEvent::ChangesApplied(receipt) => return finish_request(state, &receipt),
        LibraryEvent::Warning(why) => state.notices.error(why),
        LibraryEvent::DurabilityChanged(standing) => set_durability(state, standing),
        LibraryEvent::Notice(told) => {
            state.notices.info(told);
            if state.library.pending.pop_front()
                == Some(PendingRequest::Record(AfterChange::NextUnread))
            {
                return unread::go_to_next_unread(state);
            }
        }
        LibraryEvent::Failed(why) => {
            state.notices.error(why);
            match state.library.pending.pop_front() {
                Some(PendingRequest::Undo) => state.library.undo.push_undo(UndoEntry::Changes),
                Some(PendingRequest::Redo) => state.library.undo.undone(UndoEntry::Changes),
                _ => {}
            }
        }
    }
    Vec::new()
}

fn update_marks(state: &mut State, papers: &[(PaperId, PaperMarks)]) {
    let marks = Arc::make_mut(&mut state.library.marks);
    for (id, marked) in papers {
        marks.set(*id, marked);
    }
    if state.filter.marks.loaded == MarksLoaded::Pending {
        // What is asked again as papers arrive is asked of their marks too.
        state.filter.marks.snapshot = Arc::clone(&state.library.marks);
    }
    recount_marks(state);
}

/// Every paper has its marks now: what was asked before they were known is asked again.
fn finish_mark_loading(state: &mut State) -> Vec<Effect> {
    state.filter.marks.loaded = MarksLoaded::Complete;
    let query = &state.filter.query;
    let asks = query.depends_on_marks() || query.hides_any(&state.filter.marks.snapshot);
    if asks { super::filter::restart_search(state) } else { Vec::new() }
}

/// Counts the marks of the hits anew.
pub fn recount_marks(state: &mut State) {
    state.filter.marks.counts =
        MarkCounts::from_hits(&state.filter.hits, &state.library.marks, state.corpus.len());
    super::facets::clamp(state);
}

/// Something was done and will last.
pub fn finish_request(state: &mut State, receipt: &Receipt) -> Vec<Effect> {
    let asked = state.library.pending.pop_front();
    match asked {
        Some(PendingRequest::Undo) => state.library.undo.undone(UndoEntry::Changes),
        Some(PendingRequest::Redo) => state.library.undo.push_undo(UndoEntry::Changes),
        _ => state.library.undo.record(UndoEntry::Changes),
    }
    state.notices.info(describe_receipt(receipt));
    match asked {
        Some(PendingRequest::Record(AfterChange::NextUnread)) => {
            return unread::go_to_next_unread(state);
        }
        Some(PendingRequest::Undo | PendingRequest::Redo) => {
            list::go_to_paper(state, receipt.papers.first());
        }
        Some(PendingRequest::ToggleChangeSet) => {
            return vec![Effect::Library(LibraryCommand::ReadLog)];
        }
        _ => {}
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warning_answers_nothing_that_was_asked() {
        let mut state = State::new(Arc::default(), 80, 24);
        let _ = send_command(&mut state, LibraryCommand::Undo, PendingRequest::Undo);
        let _ =
            handle_event(&mut state, LibraryEvent::Warning("The place is not kept.".to_owned()));
        assert!(state.library.is_busy());
        let _ = handle_event(&mut state, LibraryEvent::Failed("The disk is full.".to_owned()));
        assert!(!state.library.is_busy());
    }
}
