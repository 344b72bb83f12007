//! The filter: what is typed, what it found, and what the matcher is asked.

use std::sync::Arc;

use crate::app::effect::Effect;
use crate::app::model::filter::{Completing, History, Skipped};
use crate::app::model::load::Searched;
use crate::app::model::state::{Mode, State};
use crate::app::model::text_field::Line;
use crate::app::model::undo::Step;
use crate::search::{Answer, Facets, Hits, Query, Request, Stage, complete};

/// Asks what the line now says, with the cursor on the first hit to come, or on its paper where the
/// line says nothing.
pub fn ask_anew(state: &mut State) -> Vec<Effect> {
    let text = state.filter.line.text();
    if text == state.filter.query.source() {
        return Vec::new();
    }
    let query = state.filter.typed();
    if query.asks_the_same(&state.filter.query) {
        state.filter.query = Arc::new(query);
        return Vec::new();
    }
    ask_as_marked(state)
}

/// Asks what the line says of papers as they are marked now.
pub fn ask_as_marked(state: &mut State) -> Vec<Effect> {
    let query = Arc::new(state.filter.typed());
    state.filter.marks.asked = Arc::clone(&state.library.marks);
    // A range being chosen becomes a selection before its rows move.
    super::selection::end_range(state);
    if query.is_empty() {
        super::list::keep_through_clearing(state, &query);
    } else {
        super::list::go_to_top(state);
    }
    tell_unasked(state, &query);
    state.filter.query = query;
    ask_in_new_order(state)
}

/// Says once that a long query is not asked whole.
fn tell_unasked(state: &mut State, query: &Query) {
    let unasked = query.unasked().split_whitespace().count();
    if unasked > 0 && state.filter.query.unasked().is_empty() {
        state.notices.tell(format!("Filter too long: its last {unasked} words are not used"));
    }
}

/// Puts another text into the line and asks.
pub fn replace(state: &mut State, text: &str) -> Vec<Effect> {
    state.filter.line = Line::new(text);
    state.filter.forget_completion();
    ask_anew(state)
}

/// Asks the same query in another order; the cursor stays on its paper.
pub fn ask_in_new_order(state: &mut State) -> Vec<Effect> {
    state.filter.ticket.0 += 1;
    state.filter.also.clear();
    ask(state)
}

/// Asks again, since there are more papers than when it was asked last.
pub fn ask(state: &mut State) -> Vec<Effect> {
    show_all(state);
    state.load.searched = Searched { len: state.corpus.len(), is_linked_since: false };
    state.filter.stage = Stage::Partial;
    vec![Effect::Search(Request {
        own: state.settings.bibliography.clone(),
        ticket: state.filter.ticket,
        query: Arc::clone(&state.filter.query),
        corpus: state.corpus.clone(),
        marks: Arc::clone(&state.filter.marks.asked),
        order: state.filter.order,
        direction: state.filter.direction,
    })]
}

/// Shows every paper that there is, where nothing is filtered: nobody needs to be asked for that.
pub fn show_all(state: &mut State) {
    if state.filter.shows_all(&state.corpus) {
        let all = Hits::everything(&state.corpus, state.filter.order, &state.load.all);
        state.load.all.clone_from(&all);
        state.filter.hits = all;
        super::list::keep_place(state);
    }
}

/// Takes an answer of the matcher, unless the question is no longer asked or answered to the end.
pub fn take(state: &mut State, answer: Answer) -> Vec<Effect> {
    let filter = &mut state.filter;
    let is_late = filter.stage == Stage::Final && answer.stage != Stage::Final;
    if answer.ticket != filter.ticket || is_late {
        return Vec::new();
    }
    if !filter.shows_all(&state.corpus) {
        let anchor = state.selection.anchor().and_then(|rank| filter.hits.get(rank));
        filter.hits = answer.hits;
        if let Some(rank) = anchor.and_then(|id| filter.hits.place(id)) {
            state.selection.begin_range(rank);
        }
    }
    state.list.answered = answer.ticket;
    filter.also = answer.also;
    filter.stage = answer.stage;
    if let Some(facets) = answer.facets {
        // Names are counted last; until then those stay that were counted before.
        filter.facets = if facets.names.is_some() {
            facets
        } else {
            let names = filter.facets.names.clone();
            Arc::new(Facets { names, ..Facets::clone(&facets) })
        };
    }
    super::list::keep_place(state);
    super::library::count(state);
    let is_due = state.filter.stage == Stage::Final && state.is_search_due();
    if is_due { ask(state) } else { Vec::new() }
}

/// Leaves the line and keeps what it says, which is asked again where marks have changed since.
pub fn accept(state: &mut State) -> Vec<Effect> {
    state.filter.line.trim_end();
    state.filter.history.add(state.filter.line.text());
    state.filter.forget_completion();
    state.mode = Mode::Panes;
    let current = state.current().map(|(id, _)| id);
    let is_changed = !Arc::ptr_eq(&state.filter.marks.asked, &state.library.marks);
    let effects = if is_changed { ask_as_marked(state) } else { Vec::new() };
    state.list.at = current;
    effects
}

/// Shows what was skipped, or hides it again.
pub fn turn_skipped(state: &mut State) -> Vec<Effect> {
    let (skipped, told) = match state.filter.marks.skipped {
        Skipped::Hidden => (Skipped::Shown, "What was skipped is shown; :hidden hides it again."),
        Skipped::Shown => (Skipped::Hidden, "What was skipped is hidden."),
    };
    state.filter.marks.skipped = skipped;
    state.notices.tell(told);
    let current = state.current().map(|(id, _)| id);
    let effects = ask_as_marked(state);
    state.list.at = current;
    effects
}

/// Opens the line, from the paper under the cursor.
pub fn open(state: &mut State) {
    super::list::begin_filter(state);
    state.mode = Mode::Filter;
}

/// Empties the line; what it said can be restored.
pub fn clear(state: &mut State) -> Vec<Effect> {
    if state.filter.line.is_empty() {
        return Vec::new();
    }
    put_away(state, "");
    replace(state, "")
}

/// Keeps what the line says to be restored or recalled, where another text takes its place.
pub fn put_away(state: &mut State, after: &str) {
    let before = state.filter.line.text().to_owned();
    if !before.is_empty() && before != after {
        state.filter.history.add(&before);
        state.library.done.add(Step::Filter { before, after: after.to_owned() });
    }
}

/// Completes what is typed after a prefix, one candidate further each time. Without candidates
/// nothing happens, and the answer is `None`.
pub fn complete_line(state: &mut State) -> Option<Vec<Effect>> {
    let filter = &mut state.filter;
    let (candidates, at, before) = if let Some(it) = filter.completing.take() {
        (it.candidates, it.at + 1, it.before)
    } else {
        let text = filter.line.text();
        let marks = &state.library.marks;
        let candidates = complete(&state.corpus, marks, text, filter.line.cursor());
        (candidates, 0, text.to_owned())
    };
    let at = at.checked_rem(candidates.len())?;
    let chosen = &candidates[at];
    let mut text = before.clone();
    text.replace_range(chosen.replace.clone(), &chosen.text);
    let effects = replace(state, &text);
    state.filter.completing = Some(Completing { candidates, at, before });
    Some(effects)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn history_goes_back_from_the_newest_and_round() {
        let mut history = History::default();
        for text in ["a", "b", "a", " "] {
            history.add(text);
        }
        let recalled: Vec<_> =
            (0..3).map(|_| history.recall().unwrap_or_default().to_owned()).collect();
        assert_eq!(recalled, ["a", "b", "a"]);
        assert_eq!(History::default().recall(), None);
    }
}
