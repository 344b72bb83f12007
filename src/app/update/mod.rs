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

use super::effect::{Effect, ExitResult};
use super::event::Event;
use super::model::paper_text::PaperText;
use super::model::state::State;
use crate::domain::PaperId;
use keys::{press_key, take_count};

/// Brings the state up to date with the event and returns what the world must now do.
#[must_use]
pub fn update(state: &mut State, event: Event) -> Vec<Effect> {
    let mut effects = match event {
        Event::Key(key) => {
            session::cancel_restore(state);
            press_key(state, key)
        }
        Event::Quit => vec![Effect::Quit(ExitResult::Quit)],
        Event::InitialSearch(saved) => saved_searches::search_as_saved(state, &saved),
        Event::Paste(text) => {
            let _ = take_count(state);
            prompt::paste(state, &text)
        }
        Event::Resize { width, height } => {
            resize(state, width, height);
            Vec::new()
        }
        Event::WakeUp => list::end_detail_delay(state),
        Event::LoadRestart => load::restart(state),
        Event::Load(loading) => load::handle_event(state, loading),
        Event::SearchResponse(answer) => filter::handle_response(state, answer),
        Event::CiteResult(answer) => citing::handle_result(state, answer),
        Event::IndexProgress(papers) => load::note_index_progress(state, papers),
        Event::Abstract { id, abstract_text } => show_abstract(state, id, abstract_text),
        Event::Snippets { ticket, found } => {
            if ticket == state.filter.query_id {
                state.list.snippets.extend(found);
            }
            Vec::new()
        }
        Event::Library(news) => library::handle_event(state, news),
        Event::NoteResult(written) => notes::handle_result(state, written),
        told => {
            handle_notice(state, told);
            Vec::new()
        }
    };
    effects.extend(list::request_detail(state));
    effects.extend(citing::request_preview(state));
    lay_out(state);
    popup::scroll(state);
    session::save_session(state, &mut effects);
    let context = state.context();
    state.notices.set_context(context);
    effects
}

fn handle_notice(state: &mut State, event: Event) {
    match event {
        Event::CopyResult(Ok(receipt)) | Event::Info(receipt) => state.notices.info(receipt),
        Event::CopyResult(Err(why)) | Event::Error(why) => state.notices.error(why),
        Event::OpenResult(Ok(told)) => state.notices.info(told),
        Event::OpenResult(Err(shown)) => links::show_unopened(state, shown),
        Event::ThreadPanic { job, why } => {
            if job == "library" {
                library::set_stopped(state);
            }
            state.notices.error(format!("The {job} stopped on an error of the program: {why}"));
        }
        Event::FrameStats(frame) => state.view.frame_stats = frame,
        Event::SearchCounts(counts) => saved_searches::show_counts(state, counts),
        Event::Time(now) => triage::record_time(state, now),
        _ => {}
    }
}

fn resize(state: &mut State, width: u16, height: u16) {
    (state.view.width, state.view.height) = (width, height);
    state.divide_screen();
    list::restore_cursor(state);
    facets::clamp(state);
    basket::scroll(state);
}

fn show_abstract(
    state: &mut State,
    id: PaperId,
    abstract_text: Result<Arc<str>, String>,
) -> Vec<Effect> {
    let is_shown = state.view.paper_text.as_ref().is_some_and(|it| it.id == id);
    if state.current().is_some_and(|(current, _)| current == id) && !is_shown {
        let mut reading = PaperText::new(id, abstract_text);
        if let Some(old) = &state.view.paper_text {
            reading.find.needle.clone_from(&old.find.needle);
        }
        reading.top = session::take_scroll(state, id);
        state.view.paper_text = Some(reading);
    }
    Vec::new()
}

/// Lays the paper out for the pane that shows it.
fn lay_out(state: &mut State) {
    let area = state.view.areas.detail;
    if let Some(reading) = &mut state.view.paper_text
        && !area.is_empty()
    {
        // A column on either side is left blank.
        let width = area.width.saturating_sub(2).max(1);
        let (marks, own) = (&state.library.marks, &state.settings.bibliography);
        reading.lay_out(&state.corpus, marks, own, width, state.view.tex_display, &state.filter);
        let last = reading.lines.len().saturating_sub(area.height.into());
        reading.top = reading.top.min(last);
    }
}
