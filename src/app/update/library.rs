//! What the library has told, and what follows from it.

use std::sync::Arc;

use super::{basket, list, saved_searches, session, unread};
use crate::app::effect::Effect;
use crate::app::model::change_text::told;
use crate::app::model::filter::Arrival;
use crate::app::model::library::{Asked, Then};
use crate::app::model::mark_counts::Tally;
use crate::app::model::state::State;
use crate::app::model::undo::Step;
use crate::domain::{Marked, PaperId};
use crate::library::{News, Receipt, Standing, Task};

/// Asks for something to be done to papers.
pub fn ask(state: &mut State, task: Task, asked: Asked) -> Vec<Effect> {
    if state.library.standing == Standing::Stopped {
        state.notices.fail("Not done: the library has stopped. The next start opens it again.");
        return Vec::new();
    }
    state.library.asked.push_back(asked);
    vec![Effect::Library(task)]
}

/// Takes note of how the library stands.
pub fn stand(state: &mut State, standing: Standing) {
    if let Standing::Warned(why) | Standing::ThisRun(why) = &standing {
        state.notices.fail(why);
    }
    state.library.standing = standing;
}

/// The library is at work no more: nothing that it was asked will be answered.
pub fn stopped(state: &mut State) {
    state.library.standing = Standing::Stopped;
    state.library.asked.clear();
}

pub fn take(state: &mut State, news: News) -> Vec<Effect> {
    match news {
        News::Opened(mut opening) => {
            state.settings.bibliography.keep(std::mem::take(&mut opening.keys));
            return session::open(state, *opening);
        }
        News::Marked(papers) => marked(state, &papers),
        News::Basket(news) => basket::changed(state, news),
        News::Searches(searches) => saved_searches::changed(state, searches),
        News::Log(log) => state.library.log = log,
        News::Found(found) => return session::found(state, &found),
        News::Arrived => return arrived(state),
        News::Done(receipt) => return done(state, &receipt),
        News::Warned(why) => state.notices.fail(why),
        News::Stands(standing) => stand(state, standing),
        News::Told(told) => {
            state.notices.tell(told);
            if state.library.asked.pop_front() == Some(Asked::Record(Then::GoOn)) {
                return unread::go_on(state);
            }
        }
        News::Failed(why) => {
            state.notices.fail(why);
            match state.library.asked.pop_front() {
                Some(Asked::Undo) => state.library.done.redone(Step::Act),
                Some(Asked::Redo) => state.library.done.undone(Step::Act),
                _ => {}
            }
        }
    }
    Vec::new()
}

fn marked(state: &mut State, papers: &[(PaperId, Marked)]) {
    let marks = Arc::make_mut(&mut state.library.marks);
    for (id, marked) in papers {
        marks.put(*id, marked);
    }
    if state.filter.marks.arrival == Arrival::UnderWay {
        // What is asked again as papers arrive is asked of their marks too.
        state.filter.marks.asked = Arc::clone(&state.library.marks);
    }
    count(state);
}

/// Every paper has its marks now: what was asked before they were known is asked again.
fn arrived(state: &mut State) -> Vec<Effect> {
    state.filter.marks.arrival = Arrival::Over;
    let query = &state.filter.query;
    let asks = query.asks_for_marks() || query.leaves_out_any(&state.filter.marks.asked);
    if asks { super::filter::ask_in_new_order(state) } else { Vec::new() }
}

/// Counts the marks of the hits anew.
pub fn count(state: &mut State) {
    state.filter.marks.tally =
        Tally::of(&state.filter.hits, &state.library.marks, state.corpus.len());
    super::facets::clamp(state);
}

/// Something was done and will last.
pub fn done(state: &mut State, receipt: &Receipt) -> Vec<Effect> {
    let asked = state.library.asked.pop_front();
    match asked {
        Some(Asked::Undo) => state.library.done.undone(Step::Act),
        Some(Asked::Redo) => state.library.done.redone(Step::Act),
        _ => state.library.done.add(Step::Act),
    }
    state.notices.tell(told(receipt));
    match asked {
        Some(Asked::Record(Then::GoOn)) => return unread::go_on(state),
        Some(Asked::Undo | Asked::Redo) => list::go_to_paper(state, receipt.papers.first()),
        Some(Asked::Turn) => return vec![Effect::Library(Task::Log)],
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
        let _ = ask(&mut state, Task::Undo, Asked::Undo);
        let _ = take(&mut state, News::Warned("The place is not kept.".to_owned()));
        assert!(state.library.is_asked());
        let _ = take(&mut state, News::Failed("The disk is full.".to_owned()));
        assert!(!state.library.is_asked());
    }
}
