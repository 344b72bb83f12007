//! Saves the session at every change and restores it at the next start.

use super::{filter, request};
use crate::app::effect::Effect;
use crate::app::model::jumps::JumpList;
use crate::app::model::layout::Pane;
use crate::app::model::session::{PendingRestore, SavedSession};
use crate::app::model::settings::{RunMode, Settings, StartAt};
use crate::app::model::state::State;
use crate::domain::PaperId;
use crate::library::{LibraryCommand, OpenedLibrary, RestoredPapers, Session, SessionEnd};

/// Applies the state of the opened library and begins to restore the session.
pub fn handle_opened(state: &mut State, opening: OpenedLibrary) -> Vec<Effect> {
    state.library.searches = opening.searches;
    state.library.last_visit = opening.last_visit;
    request::set_durability(state, opening.durability);
    let history = &mut state.filter.history;
    opening.history.iter().for_each(|query| history.add(query));
    if let Some(place) = &opening.session {
        // The filter of the session is the first to be recalled.
        history.add(&place.query);
    }
    let query = history.newest().to_owned();
    state.library.session.saved = Some(SavedSession { session: Session::default(), query });
    match opening.session {
        Some(place) if restores_session(state) => begin_restore(state, place),
        _ => Vec::new(),
    }
}

/// Returns true unless a filter was given, the run is for picking a paper, or another list was opened
/// already.
fn restores_session(state: &State) -> bool {
    let Settings { run_mode: purpose, start_at: beginning, .. } = *state.settings;
    purpose == RunMode::Browse
        && beginning == StartAt::LastSession
        && state.filter.field.is_empty()
        && state.load.lists.below.is_empty()
}

/// Restores sort order and filter; the papers are restored when the library has found them.
fn begin_restore(state: &mut State, place: Session) -> Vec<Effect> {
    let was = (state.filter.order, state.filter.direction);
    (state.filter.order, state.filter.direction) = (place.sort_key, place.direction);
    let query = place.query.clone();
    let is_broken = place.end != SessionEnd::Quit;
    // The restored place is where the run begins, not a jump.
    state.list.jumps = JumpList::default();
    state.library.session.pending = Some(PendingRestore { session: place, is_cancelled: false });
    if is_broken && !query.is_empty() {
        return filter::replace(state, &query);
    }
    if was == (state.filter.order, state.filter.direction) {
        return Vec::new();
    }
    filter::restart_search(state)
}

/// Stops restoring the cursor: the user has pressed a key.
pub fn cancel_restore(state: &mut State) {
    if let Some(back) = &mut state.library.session.pending {
        back.is_cancelled = true;
    }
}

/// Restores cursor, selection and reader with the papers that were found.
pub fn finish_restore(state: &mut State, found: &RestoredPapers) -> Vec<Effect> {
    let Some(PendingRestore { session: place, is_cancelled: is_left }) =
        state.library.session.pending.take()
    else {
        return Vec::new();
    };
    let is_broken = place.end != SessionEnd::Quit;
    if is_broken && state.selection.is_empty() {
        state.selection.replace(found.selection.clone());
    }
    let Some(id) = found.paper.filter(|_| !is_left) else { return Vec::new() };
    state.anchor_cursor(id, Some(place.offset));
    if let Some(line) = place.reader_line.filter(|_| is_broken) {
        state.view.pane = Pane::Reader;
        state.library.session.scroll = Some((id, line));
    }
    match place.end {
        SessionEnd::NotEnded => state.notices.info("Restored the interrupted session"),
        SessionEnd::RunningElsewhere(process) => state
            .notices
            .info(format!("Took over the session of process {process}, which is still running")),
        SessionEnd::Quit => {}
    }
    Vec::new()
}

/// The line to scroll the reader to for this paper; 0 unless it is to be restored.
pub fn take_scroll(state: &mut State, id: PaperId) -> usize {
    let wanted = state.library.session.scroll.take_if(|(paper, _)| *paper == id);
    wanted.map_or(0, |(_, line)| line)
}

/// Saves the session as that of a list that is left for another one, which the library is about to
/// read. Unlike an interrupted session, it restores only the place.
pub fn leave_list(state: &mut State) -> Vec<Effect> {
    // A session that is still to be restored would not find its papers any more.
    state.library.session.pending = None;
    let session = current_session(state, SessionEnd::NotEnded);
    let Some((saved, session)) = state.library.session.saved.as_mut().zip(session) else {
        return Vec::new();
    };
    // The same place is not sent again at the end of this update.
    saved.session.clone_from(&session);
    let session = Session { end: SessionEnd::Quit, ..session };
    vec![Effect::Library(LibraryCommand::SaveSession(Box::new(session)))]
}

/// Sends the session and the query to the library if they have changed. Inserted before a quit
/// effect, so that they are saved.
pub fn save_session(state: &mut State, effects: &mut Vec<Effect>) {
    let quits = effects.iter().position(|it| matches!(it, Effect::Quit(_)));
    let is_going_back = state.library.session.pending.as_ref().is_some_and(|it| !it.is_cancelled);
    let place = current_session(
        state,
        if quits.is_some() { SessionEnd::Quit } else { SessionEnd::NotEnded },
    );
    let query = state.filter.history.newest();
    let Some(told) = &mut state.library.session.saved else { return };
    let mut tasks = Vec::new();
    if told.query != query {
        query.clone_into(&mut told.query);
        tasks.push(LibraryCommand::AddToHistory(query.to_owned()));
    }
    // While restoring, and before there are papers, the session is undefined.
    if let Some(place) = place.filter(|it| !is_going_back && *it != told.session) {
        told.session.clone_from(&place);
        tasks.push(LibraryCommand::SaveSession(Box::new(place)));
    }
    let at = quits.unwrap_or(effects.len());
    effects.splice(at..at, tasks.into_iter().map(Effect::Library));
}

fn current_session(state: &State, ending: SessionEnd) -> Option<Session> {
    if state.corpus.is_empty() || state.settings.run_mode == RunMode::Pick {
        return None;
    }
    let is_reading = matches!(state.view.pane, Pane::Reader | Pane::Triage);
    let line = state.view.paper_text.as_ref().map_or(0, |it| it.top);
    Some(Session {
        paper: state.current().map(|(id, _)| id),
        offset: state.list.viewport.cursor
            - state.list.viewport.top.min(state.list.viewport.cursor),
        query: state.filter.field.text().trim_end().to_owned(),
        selection: state.selection.papers().to_vec(),
        reader_line: is_reading.then_some(line),
        sort_key: state.filter.order,
        direction: state.filter.direction,
        end: ending,
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::event::Event;
    use crate::app::update::update;
    use crate::domain::{Draft, SegmentBuilder};
    use crate::library::LibraryEvent;
    use crate::sources::LoadEvent;

    /// Returns whether the session is restored after each of the events.
    fn begun(events: Vec<Event>) -> Vec<bool> {
        let mut state = State::new(Arc::default(), 80, 24);
        let happen = |event| {
            let _ = update(&mut state, event);
            state.is_session_restored()
        };
        events.into_iter().map(happen).collect()
    }

    fn papers() -> Event {
        let mut builder = SegmentBuilder::default();
        builder.push(&Draft { title: "Key Memories".to_owned(), ..Draft::default() });
        Event::Load(LoadEvent::Segment(builder.seal()))
    }

    fn opened(place: Option<Session>) -> Event {
        Event::Library(LibraryEvent::Opened(Box::new(OpenedLibrary {
            session: place,
            ..OpenedLibrary::default()
        })))
    }

    #[test]
    fn the_list_stands_once_it_is_where_it_was_left() {
        assert_eq!(begun(vec![papers(), opened(None)]), [false, true]);
        let found = Event::Library(LibraryEvent::SessionRestored(RestoredPapers::default()));
        let left = Session { end: SessionEnd::Quit, ..Session::default() };
        assert_eq!(begun(vec![opened(Some(left)), papers(), found]), [false, false, true]);
        // The search for the restored filter is still pending.
        let broken = Session { query: "brain".to_owned(), ..Session::default() };
        let found = Event::Library(LibraryEvent::SessionRestored(RestoredPapers::default()));
        assert_eq!(begun(vec![opened(Some(broken)), papers(), found]), [false; 3]);
    }
}
