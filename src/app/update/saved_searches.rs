//! Searches that were given a name.

use std::collections::HashMap;
use std::sync::Arc;

use super::{filter, focus, popup};
use crate::app::effect::Effect;
use crate::app::model::layout::Pane;
use crate::app::model::popup::{Choice, Counted, Kind};
use crate::app::model::popup_rows;
use crate::app::model::state::{Mode, State};
use crate::app::model::undo::Step;
use crate::library::{Saved, Task};
use crate::search::{Query, Request};

/// Searches whose hits are counted in the menu: each takes as long as typing it.
const MAX_COUNTED: usize = 200;

/// Keeps what is searched now, in its order, under a name.
pub fn save(state: &mut State, name: &str) -> Vec<Effect> {
    let saved = Saved {
        name: name.to_owned(),
        query: state.filter.line.text().trim_end().to_owned(),
        order: state.filter.order,
        direction: state.filter.direction,
    };
    let before = named(state, name);
    state.library.done.add(Step::Search { before, after: Some(saved.clone()) });
    vec![Effect::Library(Task::Save(saved))]
}

fn named(state: &State, name: &str) -> Option<Saved> {
    state.library.searches.iter().find(|it| it.name == name).cloned()
}

/// Forgets a saved search.
pub fn forget(state: &mut State, name: String) -> Vec<Effect> {
    let Some(before) = named(state, &name) else { return unknown(state, &name) };
    state.library.done.add(Step::Search { before: Some(before), after: None });
    vec![Effect::Library(Task::Forget(name))]
}

fn unknown(state: &mut State, name: &str) -> Vec<Effect> {
    state.notices.fail(format!("There is no saved search “{name}”; F lists them."));
    Vec::new()
}

/// What brings a search from what it is now to what it was.
pub fn turned(was: Option<&Saved>, is: Option<&Saved>) -> Task {
    match was {
        Some(was) => Task::Save(was.clone()),
        None => Task::Forget(is.map(|it| it.name.clone()).unwrap_or_default()),
    }
}

/// The saved searches are others now.
pub fn changed(state: &mut State, searches: Vec<Saved>) {
    let before = std::mem::replace(&mut state.library.searches, searches);
    let now = &state.library.searches;
    let by_name = |all: &[Saved]| -> HashMap<String, Saved> {
        all.iter().map(|it| (it.name.clone(), it.clone())).collect()
    };
    let (old, new) = (by_name(&before), by_name(now));
    if let Some(saved) = now.iter().find(|it| old.get(&it.name) != Some(it)) {
        state.notices.tell(format!("Saved search: {}.", saved.name));
    } else if let Some(gone) = before.iter().find(|it| !new.contains_key(&it.name)) {
        state.notices.tell(format!("Forgotten: {}.", gone.name));
    }
}

/// Lists the searches, and has them counted.
pub fn open(state: &mut State) -> Vec<Effect> {
    popup::open(state, Kind::Searches(Vec::new()));
    let searches = &state.library.searches;
    if searches.len() > MAX_COUNTED {
        let told = format!(
            "Only the first {MAX_COUNTED} of {} saved searches are counted.",
            searches.len()
        );
        state.notices.tell(told);
    }
    let searches = state.library.searches.iter().take(MAX_COUNTED);
    let requests: Vec<_> =
        searches.map(|saved| (saved.name.clone(), request(state, saved))).collect();
    if requests.is_empty() { Vec::new() } else { vec![Effect::Count(requests)] }
}

fn request(state: &State, saved: &Saved) -> Request {
    Request {
        own: state.settings.bibliography.clone(),
        ticket: state.filter.ticket,
        query: Arc::new(Query::parse(&saved.query)),
        corpus: state.corpus.clone(),
        marks: Arc::clone(&state.library.marks),
        order: saved.order,
        direction: saved.direction,
    }
}

/// The searches have been counted.
pub fn counted(state: &mut State, counts: Vec<Counted>) {
    if let Mode::Overlay(overlay) = &mut state.mode
        && let Kind::Searches(shown) = &mut overlay.kind
    {
        *shown = counts;
    }
}

/// Searches as the saved search of that name says.
pub fn run(state: &mut State, name: &str) -> Vec<Effect> {
    let Some(saved) = named(state, name) else { return unknown(state, name) };
    focus::focus(state, Pane::List);
    filter::put_away(state, &saved.query);
    take_up(state, &saved)
}

/// Searches so, in that order.
pub fn take_up(state: &mut State, saved: &Saved) -> Vec<Effect> {
    (state.filter.order, state.filter.direction) = (saved.order, saved.direction);
    if !saved.name.is_empty() {
        state.notices.tell(format!("Saved search: {}.", saved.name));
    }
    let effects = filter::replace(state, &saved.query);
    if effects.is_empty() { filter::ask_in_new_order(state) } else { effects }
}

/// Forgets the saved search under the cursor.
pub fn forget_current(state: &mut State) -> Vec<Effect> {
    let Mode::Overlay(overlay) = &state.mode else { return Vec::new() };
    match popup_rows::rows(state, overlay).get(overlay.cursor).and_then(|row| row.choice.clone()) {
        Some(Choice::Search(name)) => forget(state, name),
        _ => Vec::new(),
    }
}
