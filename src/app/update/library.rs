//! Handles the events of the library.

use std::sync::Arc;

use super::{basket, list, load, request, saved_searches, session, unread};
use crate::app::action::{Action, ChangeAction};
use crate::app::effect::Effect;
use crate::app::model::change_text::describe_receipt;
use crate::app::model::filter::MarksLoaded;
use crate::app::model::library::{AfterChange, PendingRequest};
use crate::app::model::state::State;
use crate::app::model::undo::UndoEntry;
use crate::domain::{PaperId, PaperMarks};
use crate::library::{ChangeKind, Durability, LibraryCommand, LibraryEvent, Receipt};
use crate::search::SortKey;

/// Records that the library has stopped: pending requests will not be answered.
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
        LibraryEvent::MarksChanged(papers) => return update_marks(state, &papers),
        LibraryEvent::BasketChanged(news) => basket::replace_basket(state, news),
        LibraryEvent::SearchesChanged(searches) => {
            saved_searches::replace_searches(state, searches);
        }
        LibraryEvent::Log(log) => state.library.log = log,
        LibraryEvent::SessionRestored(papers) => return session::finish_restore(state, &papers),
        LibraryEvent::SourceRead => return finish_mark_loading(state),
        LibraryEvent::ChangesApplied(receipt) => return finish_request(state, &receipt),
        LibraryEvent::Warning(why) => state.notices.error(why),
        LibraryEvent::DurabilityChanged(durability) => {
            request::set_durability(state, durability);
        }
        LibraryEvent::Notice(notice) => {
            state.notices.info(notice);
            if state.library.pending.pop_front()
                == Some(PendingRequest::Record(AfterChange::NextUnread))
            {
                return unread::go_to_next_unread(state);
            }
        }
        LibraryEvent::Failed(why) => {
            state.notices.error(why);
            match state.library.pending.pop_front() {
                Some(PendingRequest::Undo(id)) => {
                    state.library.undo.push_done(UndoEntry::Changes(id));
                }
                Some(PendingRequest::Redo(id)) => {
                    state.library.undo.push_undone(UndoEntry::Changes(id));
                }
                Some(PendingRequest::Record(_) | PendingRequest::ToggleChangeSet) | None => {}
            }
        }
    }
    Vec::new()
}

fn update_marks(state: &mut State, papers: &[(PaperId, PaperMarks)]) -> Vec<Effect> {
    let marks = Arc::make_mut(&mut state.library.marks);
    for (id, marked) in papers {
        marks.set(*id, marked);
    }
    if state.filter.marks.loaded == MarksLoaded::Pending {
        // Searches during loading use the marks loaded so far.
        state.filter.marks.snapshot = Arc::clone(&state.library.marks);
    }
    state.stale.mark_counts = true;
    state.view.facets.counting.marks_version += 1;
    let accepted = papers.iter().map(|(id, marked)| (*id, Arc::clone(&marked.accepted)));
    if state.corpus.set_accepted(accepted) { load::show_accepted(state) } else { Vec::new() }
}

/// All marks are loaded: a query that depends on marks is searched again.
fn finish_mark_loading(state: &mut State) -> Vec<Effect> {
    state.filter.marks.loaded = MarksLoaded::Complete;
    let (query, marks) = (&state.filter.query, &state.filter.marks.snapshot);
    let searches_texts = query.searches_tags_and_notes() && marks.has_tags_or_notes();
    let learns = state.filter.order == SortKey::ForYou && state.filter.marks.judged.is_none();
    let asks = query.depends_on_marks() || query.hides_any(marks) || searches_texts || learns;
    if asks { super::filter::restart_search(state) } else { Vec::new() }
}

/// Handles the receipt of a completed request.
pub fn finish_request(state: &mut State, receipt: &Receipt) -> Vec<Effect> {
    let request = state.library.pending.pop_front();
    match request {
        Some(PendingRequest::Undo(id)) => state.library.undo.push_undone(UndoEntry::Changes(id)),
        Some(PendingRequest::Redo(id)) => state.library.undo.push_done(UndoEntry::Changes(id)),
        Some(PendingRequest::Record(_) | PendingRequest::ToggleChangeSet) | None => {
            state.library.undo.record(UndoEntry::Changes(receipt.change_set));
        }
    }
    let next_action = match receipt.kind {
        ChangeKind::Undone => ChangeAction::Redo,
        ChangeKind::Recorded | ChangeKind::Redone => ChangeAction::Undo,
    };
    state.notices.info_before(describe_receipt(receipt), Action::Change(next_action));
    match request {
        Some(PendingRequest::Record(AfterChange::NextUnread)) => {
            return unread::go_to_next_unread(state);
        }
        Some(PendingRequest::Undo(_) | PendingRequest::Redo(_)) => {
            list::go_to_paper(state, receipt.papers.first());
        }
        Some(PendingRequest::ToggleChangeSet) => {
            return vec![Effect::Library(LibraryCommand::ReadLog)];
        }
        Some(PendingRequest::Record(AfterChange::KeepCursor)) | None => {}
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::ChangeSetId;

    #[test]
    fn a_warning_answers_nothing_that_was_asked() {
        let mut state = State::new(Arc::default(), 80, 24);
        let id = ChangeSetId { process: 1, number: 1 };
        let undo = (LibraryCommand::Undo(id), PendingRequest::Undo(id));
        let _ = request::send_command(&mut state, undo.0, undo.1);
        let _ =
            handle_event(&mut state, LibraryEvent::Warning("The place is not kept.".to_owned()));
        assert!(state.library.is_busy());
        let _ = handle_event(&mut state, LibraryEvent::Failed("The disk is full.".to_owned()));
        assert!(!state.library.is_busy());
    }
}
