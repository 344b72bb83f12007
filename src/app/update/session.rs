//! Where the reader is: kept at every change, and gone back to at the next start.

use super::{filter, focus, library, list, selection};
use crate::app::effect::Effect;
use crate::app::model::layout::Pane;
use crate::app::model::session::{Back, Told};
use crate::app::model::settings::{Beginning, Purpose, Settings};
use crate::app::model::state::State;
use crate::domain::PaperId;
use crate::library::{Ending, Found, Opening, Place, Task};

/// The library has opened: what it holds is taken up, and what was left is gone back to.
pub fn open(state: &mut State, opening: Opening) -> Vec<Effect> {
    state.library.searches = opening.searches;
    state.library.since = opening.since;
    library::stand(state, opening.standing);
    let history = &mut state.filter.history;
    opening.history.iter().for_each(|query| history.add(query));
    if let Some(place) = &opening.place {
        // The filter that was left is the first to be recalled.
        history.add(&place.query);
    }
    let query = history.newest().to_owned();
    state.library.keeping.told = Some(Told { place: Place::default(), query });
    match opening.place {
        Some(place) if goes_back(state) => go_back(state, place),
        _ => Vec::new(),
    }
}

/// Whoever has asked for a filter, or is here to pick a paper, is not taken elsewhere.
fn goes_back(state: &State) -> bool {
    let Settings { purpose, beginning, .. } = *state.settings;
    purpose == Purpose::Browse && beginning == Beginning::Back && state.filter.line.is_empty()
}

/// Takes up order and filter; papers are found later.
fn go_back(state: &mut State, place: Place) -> Vec<Effect> {
    let was = (state.filter.order, state.filter.direction);
    (state.filter.order, state.filter.direction) = (place.order, place.direction);
    let query = place.query.clone();
    let is_broken = place.ending == Ending::Open;
    state.library.keeping.back = Some(Back { place, is_left: false });
    if is_broken && !query.is_empty() {
        return filter::replace(state, &query);
    }
    if was == (state.filter.order, state.filter.direction) {
        return Vec::new();
    }
    filter::ask_in_new_order(state)
}

/// The reader has pressed a key: the cursor is the reader's again.
pub fn left(state: &mut State) {
    if let Some(back) = &mut state.library.keeping.back {
        back.is_left = true;
    }
}

/// The papers of the place were found, as far as they are here.
pub fn found(state: &mut State, found: &Found) -> Vec<Effect> {
    let Some(Back { place, is_left }) = state.library.keeping.back.take() else {
        return Vec::new();
    };
    let is_broken = place.ending == Ending::Open;
    if is_broken && state.selection.is_empty() {
        state.selection.replace(found.selection.clone());
        selection::count_hidden(state);
    }
    let Some(id) = found.paper.filter(|_| !is_left) else { return Vec::new() };
    state.list.at = Some(id);
    state.list.above = Some(place.offset);
    list::keep_place(state);
    if is_broken {
        if let Some(line) = place.reader {
            focus::focus(state, Pane::Reader);
            state.library.keeping.scroll = Some((id, line));
        }
        state.notices.tell("The last run broke off; this is where it was.");
    }
    Vec::new()
}

/// The line that a paper is to be scrolled to, once.
pub fn scroll_of(state: &mut State, id: PaperId) -> usize {
    let wanted = state.library.keeping.scroll.take_if(|(paper, _)| *paper == id);
    wanted.map_or(0, |(_, line)| line)
}

/// Tells the library what has changed since it was told last; that the reader quits, before that
/// is done.
pub fn keep(state: &mut State, effects: &mut Vec<Effect>) {
    let quits = effects.iter().position(|it| matches!(it, Effect::Quit(_)));
    let is_going_back = state.library.keeping.back.as_ref().is_some_and(|it| !it.is_left);
    let place = now(state, if quits.is_some() { Ending::Quit } else { Ending::Open });
    let query = state.filter.history.newest();
    let Some(told) = &mut state.library.keeping.told else { return };
    let mut tasks = Vec::new();
    if told.query != query {
        query.clone_into(&mut told.query);
        tasks.push(Task::Searched(query.to_owned()));
    }
    // On the way back, and before there are papers, the reader is nowhere.
    if let Some(place) = place.filter(|it| !is_going_back && *it != told.place) {
        told.place.clone_from(&place);
        tasks.push(Task::Keep(Box::new(place)));
    }
    let at = quits.unwrap_or(effects.len());
    effects.splice(at..at, tasks.into_iter().map(Effect::Library));
}

fn now(state: &State, ending: Ending) -> Option<Place> {
    if state.corpus.is_empty() || state.settings.purpose == Purpose::Pick {
        return None;
    }
    let is_reading = matches!(state.view.pane, Pane::Reader | Pane::Triage);
    let line = state.view.reading.as_ref().map_or(0, |it| it.top);
    Some(Place {
        paper: state.current().map(|(id, _)| id),
        offset: state.list.cursor - state.list.top.min(state.list.cursor),
        query: state.filter.line.text().trim_end().to_owned(),
        selection: state.selection.papers().to_vec(),
        reader: is_reading.then_some(line),
        order: state.filter.order,
        direction: state.filter.direction,
        ending,
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::event::Event;
    use crate::app::update::update;
    use crate::domain::{Draft, SegmentBuilder};
    use crate::library::News;
    use crate::sources::Loading;

    /// Whether the list stands after each of these events.
    fn begun(events: Vec<Event>) -> Vec<bool> {
        let mut state = State::new(Arc::default(), 80, 24);
        let happen = |event| {
            let _ = update(&mut state, event);
            state.is_begun()
        };
        events.into_iter().map(happen).collect()
    }

    fn papers() -> Event {
        let mut builder = SegmentBuilder::default();
        builder.push(&Draft { title: "Key Memories".to_owned(), ..Draft::default() });
        Event::Loading(Loading::Segment(builder.seal()))
    }

    fn opened(place: Option<Place>) -> Event {
        Event::Library(News::Opened(Box::new(Opening { place, ..Opening::default() })))
    }

    #[test]
    fn the_list_stands_once_it_is_where_it_was_left() {
        assert_eq!(begun(vec![papers(), opened(None)]), [false, true]);
        let found = Event::Library(News::Found(Found::default()));
        let left = Place { ending: Ending::Quit, ..Place::default() };
        assert_eq!(begun(vec![opened(Some(left)), papers(), found]), [false, false, true]);
        // What the filter was is still to be searched for.
        let broken = Place { query: "brain".to_owned(), ..Place::default() };
        let found = Event::Library(News::Found(Found::default()));
        assert_eq!(begun(vec![opened(Some(broken)), papers(), found]), [false; 3]);
    }
}
