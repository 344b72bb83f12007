//! How the state changes.

pub mod back;
pub mod basket;
pub mod citing;
pub mod copy;
pub mod dispatch;
pub mod filter;
pub mod library;
pub mod links;
pub mod list;
pub mod load;
pub mod marks;
pub mod notes;
pub mod prompt;
pub mod reader;
pub mod saved_searches;
pub mod selection;
pub mod session;
pub mod triage;
use std::sync::Arc;

use super::action::keymap::Context;
use super::action::keymap::Lookup;
use super::effect::{Effect, Outcome};
use super::event::Event;
use super::input::key::{Code, Key};
use super::model::paper_text::Reading;
use super::model::popup_rows;
use super::model::popup_rows::Kind;
use super::model::state::{Mode, State};
use crate::domain::PaperId;

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
    popup_rows::scroll(state);
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
    super::model::facets::clamp(state);
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

/// More than there are papers, and little enough to be added to a rank.
const HIGHEST_COUNT: usize = 999_999_999;

fn press(state: &mut State, key: Key) -> Vec<Effect> {
    if matches!(state.mode, Mode::Question(_)) {
        return marks::answer(state, matches!(key.code, Code::Char('y' | 'Y') | Code::Enter));
    }
    let context = state.view.pressed.context.unwrap_or_else(|| state.context());
    let is_typed_into = matches!(context, Context::Filter | Context::Command);
    if let Key { code: Code::Char(digit @ '0'..='9'), ctrl: false, alt: false, .. } = key
        && !is_typed_into
        && state.view.pressed.keys.is_empty()
        && !(digit == '0' && state.view.pressed.count.is_none())
        && !has_labels(state)
    {
        let so_far = state.view.pressed.count.unwrap_or(0);
        let digit = digit as usize - '0' as usize;
        state.view.pressed.count =
            Some(so_far.saturating_mul(10).saturating_add(digit).min(HIGHEST_COUNT));
        return Vec::new();
    }
    state.view.pressed.keys.push(key);
    match state.settings.keymap.lookup(context, &state.view.pressed.keys) {
        Lookup::Action(action) => {
            let count = clear_pressed(state);
            dispatch::act(state, action, count)
        }
        Lookup::Pending => Vec::new(),
        Lookup::Unbound => unbound(state, key),
    }
}

/// A key that asks for nothing where it was pressed.
fn unbound(state: &mut State, key: Key) -> Vec<Effect> {
    let was_pending = state.view.pressed.keys.len() > 1;
    let _ = clear_pressed(state);
    if was_pending {
        // Esc and ^C leave a sequence; any other key that does not continue it ends it.
        return Vec::new();
    }
    if let Some(effects) = prompt_types(state, key) {
        return effects;
    }
    if key.alt {
        // Without a keyboard protocol Esc and a letter typed quickly arrive as one.
        let mut effects = press(state, Key::plain(Code::Esc));
        effects.extend(press(state, Key { alt: false, ..key }));
        return effects;
    }
    if matches!(&state.mode, Mode::Overlay(it) if matches!(it.kind, Kind::Link { .. })) {
        // A link is shown to be copied: what was pressed is meant for the paper.
        state.mode = Mode::Panes;
        return press(state, key);
    }
    match key.code {
        Code::Char(letter) if !key.ctrl => popup_rows::pick(state, letter),
        _ => Vec::new(),
    }
}

fn prompt_types(state: &mut State, key: Key) -> Option<Vec<Effect>> {
    if key.alt { None } else { prompt::type_key(state, key) }
}

/// Whether digits pick a row of a menu.
fn has_labels(state: &State) -> bool {
    matches!(&state.mode, Mode::Overlay(it) if it.has_labels())
}

fn clear_pressed(state: &mut State) -> Option<usize> {
    state.view.pressed.keys.clear();
    state.view.pressed.context = None;
    state.view.pressed.count.take()
}
