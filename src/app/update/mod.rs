//! How the state changes.

pub mod back;
pub mod basket;
pub mod citing;
pub mod copy;
pub mod dispatch;
pub mod facets;
pub mod filter;
pub mod find;
pub mod focus;
pub mod keys;
pub mod library;
pub mod links;
pub mod list;
pub mod load;
pub mod marks;
pub mod notes;
pub mod popup;
pub mod prompt;
pub mod reader;
pub mod saved_searches;
pub mod selection;
pub mod session;
pub mod tags;
pub mod triage;
pub mod undo;
pub mod unread;
use std::sync::Arc;

use super::effect::{Effect, Outcome};
use super::event::Event;
use super::model::paper_text::Reading;
use super::model::state::State;
use crate::domain::PaperId;
use keys::{clear_pressed, press};

/// Brings the state up to date with the event and returns what the world must now do.
#[must_use]
pub fn update(state: &mut State, event: Event) -> Vec<Effect> {
    let mut effects = match event {
        Event::Key(key) => {
            session::left(state);
            press(state, key)
        }
        Event::Left => vec![Effect::Quit(Outcome::Left)],
        Event::Began(saved) => saved_searches::take_up(state, &saved),
        Event::Paste(text) => {
            let _ = clear_pressed(state);
            prompt::paste(state, &text)
        }
        Event::Resized { width, height } => {
            resize(state, width, height);
            Vec::new()
        }
        Event::Woke => list::woke(state),
        Event::Reopened => load::reopened(state),
        Event::Loading(loading) => load::take(state, loading),
        Event::Matched(answer) => filter::take(state, answer),
        Event::Citing(answer) => citing::take(state, answer),
        Event::Indexed(papers) => load::indexed(state, papers),
        Event::Fetched { id, abstract_text } => fetched(state, id, abstract_text),
        Event::Sentences { ticket, found } => {
            if ticket == state.filter.ticket {
                state.list.sentences.extend(found);
            }
            Vec::new()
        }
        Event::Library(news) => library::take(state, news),
        Event::Written(written) => notes::written(state, written),
        told => {
            tell(state, told);
            Vec::new()
        }
    };
    effects.extend(list::follow(state));
    effects.extend(citing::follow(state));
    lay_out(state);
    popup::scroll(state);
    session::keep(state, &mut effects);
    let context = state.context();
    state.notices.keys_go_to(context);
    effects
}

fn tell(state: &mut State, event: Event) {
    match event {
        Event::Copied(Ok(receipt)) | Event::Told(receipt) => state.notices.tell(receipt),
        Event::Copied(Err(why)) | Event::Failed(why) => state.notices.fail(why),
        Event::Opened(Ok(told)) => state.notices.tell(told),
        Event::Opened(Err(shown)) => links::shown(state, shown),
        Event::Panicked { job, why } => {
            if job == "library" {
                library::stopped(state);
            }
            state.notices.fail(format!("The {job} stopped on an error of the program: {why}"));
        }
        Event::Drawn(frame) => state.view.frame = frame,
        Event::Counted(counts) => saved_searches::counted(state, counts),
        Event::Clocked(now) => triage::clocked(state, now),
        _ => {}
    }
}

fn resize(state: &mut State, width: u16, height: u16) {
    (state.view.width, state.view.height) = (width, height);
    state.divide();
    list::keep_place(state);
    facets::clamp(state);
    basket::scroll(state);
}

fn fetched(state: &mut State, id: PaperId, abstract_text: Result<Arc<str>, String>) -> Vec<Effect> {
    let is_shown = state.view.reading.as_ref().is_some_and(|it| it.id == id);
    if state.current().is_some_and(|(current, _)| current == id) && !is_shown {
        let mut reading = Reading::new(id, abstract_text);
        if let Some(old) = &state.view.reading {
            reading.found.needle.clone_from(&old.found.needle);
        }
        reading.top = session::scroll_of(state, id);
        state.view.reading = Some(reading);
    }
    Vec::new()
}

/// Lays the paper out for the pane that shows it.
fn lay_out(state: &mut State) {
    let area = state.view.areas.detail;
    if let Some(reading) = &mut state.view.reading
        && !area.is_empty()
    {
        // A column on either side is left blank.
        let width = area.width.saturating_sub(2).max(1);
        let (marks, own) = (&state.library.marks, &state.settings.bibliography);
        reading.lay_out(&state.corpus, marks, own, width, state.view.tex, &state.filter);
        let last = reading.lines.len().saturating_sub(area.height.into());
        reading.top = reading.top.min(last);
    }
}
