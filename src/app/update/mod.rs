//! The update function and its handlers, a file for each group of actions or events.

pub mod appearance;
pub mod basket;
pub mod citing;
pub mod command;
pub mod copy;
pub mod dispatch;
pub mod enrichment;
pub mod facets;
pub mod filter;
pub mod find;
mod for_you;
pub mod jumps;
pub mod keys;
pub mod leave;
pub mod library;
pub mod links;
pub mod list;
pub mod lists;
pub mod load;
pub mod marks;
pub mod menu;
pub mod mouse;
pub mod notes;
pub mod outcome;
pub mod pick;
pub mod popup;
pub mod prompt;
pub mod reader;
pub mod refresh;
pub mod request;
pub mod saved_searches;
pub mod selection;
pub mod session;
pub mod setting;
pub mod sort;
pub mod tags;
pub mod triage;
pub mod unbound;
pub mod undo;
pub mod unread;
pub mod view;

use std::collections::VecDeque;
use std::sync::Arc;

use super::effect::{Effect, ExitResult};
use super::event::Event;
use super::model::paper_text::PaperText;
use super::model::state::State;
use crate::domain::PaperId;
use crate::search::CalendarDay;
use dispatch::dispatch;
use keys::{press_key, take_count};
use outcome::{FollowUp, Outcome};
use refresh::refresh;

/// Applies an event to the state and returns the effects that the shell must perform.
#[must_use]
pub fn update(state: &mut State, event: Event) -> Vec<Effect> {
    let mut effects = Vec::new();
    let mut follow_ups = VecDeque::new();
    let mut outcome = handle_event(state, event);
    loop {
        refresh(state);
        effects.append(&mut outcome.effects);
        follow_ups.extend(outcome.then);
        outcome = match follow_ups.pop_front() {
            Some(FollowUp::Action(action)) => dispatch(state, action, None),
            Some(FollowUp::Key(key)) => press_key(state, key),
            None => break,
        };
    }
    jumps::note_place(state);
    effects.extend(pick::pick_at_start(state));
    effects.extend(list::request_detail(state));
    effects.extend(facets::request_counts(state));
    effects.extend(citing::request_preview(state));
    session::save_session(state, &mut effects);
    effects
}

fn handle_event(state: &mut State, event: Event) -> Outcome {
    match event {
        Event::Key(key) => {
            session::cancel_restore(state);
            pick::cancel_initial_pick(state);
            press_key(state, key)
        }
        Event::Quit => Effect::Quit(ExitResult::Quit).into(),
        Event::InitialSearch(saved) => saved_searches::search_as_saved(state, &saved).into(),
        Event::Paste(text) => {
            let _ = take_count(state);
            prompt::paste(state, &text).into()
        }
        Event::KeyBurst(text) => {
            let _ = take_count(state);
            prompt::paste_burst(state, &text).into()
        }
        Event::Resize { width, height } => {
            (state.view.width, state.view.height) = (width, height);
            Outcome::default()
        }
        Event::WakeUp => list::end_detail_delay(state).into(),
        Event::ListOpened(origin) => lists::show_opened(state, origin).into(),
        Event::Enrichment(event) => enrichment::handle_event(state, event).into(),
        Event::InboxUpdated(news) => load::finish_inbox_update(state, news).into(),
        Event::RefetchStarted => load::begin_refetch(state).into(),
        Event::RefetchFailed => load::end_refetch(state).into(),
        Event::LoadRestart => load::restart(state).into(),
        Event::Load(event) => load::handle_event(state, event).into(),
        Event::SearchResponse(response) => filter::handle_response(state, response).into(),
        Event::CiteResult(result) => citing::handle_result(state, result).into(),
        Event::IndexProgress(papers) => load::note_index_progress(state, papers).into(),
        Event::Abstract { id, abstract_text } => show_abstract(state, id, abstract_text).into(),
        Event::Snippets { query_id, found } => {
            if query_id == state.filter.query_id {
                state.list.snippets.extend(found);
            }
            Outcome::default()
        }
        Event::Library(event) => library::handle_event(state, event).into(),
        Event::PathCompletions { text, paths } => {
            prompt::complete_path(state, &text, &paths).into()
        }
        Event::NoteResult(result) => notes::handle_result(state, result).into(),
        Event::CopyResult(Ok(receipt)) | Event::Info(receipt) | Event::OpenResult(Ok(receipt)) => {
            state.notices.info(receipt).into()
        }
        Event::CopyResult(Err(reason)) | Event::Error(reason) => state.notices.error(reason).into(),
        Event::OpenResult(Err(link)) => links::show_unopened(state, link).into(),
        Event::ThreadPanic { job, why } => {
            if job == "library" {
                library::set_stopped(state);
            } else if job == "services" {
                enrichment::end(state);
            }
            let notice = format!("Internal error, {job} stopped: {why}");
            state.notices.error(notice).into()
        }
        Event::FrameStats(frame) => {
            state.view.frame_stats = frame;
            Outcome::default()
        }
        Event::CountedFacets(counts) => facets::show_counts(state, counts).into(),
        Event::SearchCounts(counts) => saved_searches::show_counts(state, counts).into(),
        Event::Background(background) => appearance::set_background(state, background).into(),
        Event::Mouse(input) => mouse::handle(state, input),
        Event::Time(now) => triage::record_time(state, now).into(),
        Event::Date(today) => set_today(state, today).into(),
    }
}

/// Searches and counts again where ages are counted back from another day than before.
fn set_today(state: &mut State, today: CalendarDay) -> Vec<Effect> {
    if state.filter.query.today() == Some(today) {
        return Vec::new();
    }
    let mut effects = filter::set_today(state, today);
    effects.extend(saved_searches::count_again(state));
    effects
}

fn show_abstract(state: &mut State, id: PaperId, abstract_text: Result<Arc<str>, String>) {
    let is_shown = state.view.paper_text.as_ref().is_some_and(|it| it.id == id);
    if state.current().is_some_and(|(current, _)| current == id) && !is_shown {
        let mut paper_text = PaperText::new(id, abstract_text);
        if let Some(old) = &state.view.paper_text {
            paper_text.find.needle.clone_from(&old.find.needle);
        }
        paper_text.top = session::take_scroll(state, id);
        state.view.paper_text = Some(paper_text);
    }
}
