//! The filter: what is typed, what it found, and what the matcher is asked.

use std::sync::Arc;

use super::load::Searched;
use crate::app::effect::Effect;
use crate::app::model::mark_counts::Tally;
use crate::app::model::state::{Mode, State};
use crate::app::model::text_field::Line;
use crate::app::model::undo::Step;
use crate::domain::{Corpus, Marks};
use crate::search::{
    Answer, Completion, Direction, Facets, Highlighter, Hits, Order, Query, Request, Stage, Ticket,
    complete,
};

#[derive(Debug, Default)]
pub struct Filter {
    pub line: Line,
    pub query: Arc<Query>,
    /// The newest question asked of the matcher; answers to others are stale.
    pub ticket: Ticket,
    pub hits: Hits,
    pub facets: Arc<Facets>,
    /// Words of the corpus that stand in for words of the query.
    pub also: Vec<String>,
    pub stage: Stage,
    pub order: Order,
    pub direction: Direction,
    pub history: History,
    pub marks: Marked,
    completing: Option<Completing>,
}

/// What is asked of the reader's marks, and what the hits have of them.
#[derive(Debug, Default)]
pub struct Marked {
    /// The marks as they were when the query was edited last: a paper that no longer matches
    /// because of what was done to it since stays.
    pub asked: Arc<Marks>,
    /// Whether what was skipped is shown.
    pub skipped: Skipped,
    pub tally: Tally,
    pub arrival: Arrival,
}

/// Whether papers are still to come whose marks are not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Arrival {
    #[default]
    UnderWay,
    Over,
}

/// Whether papers that were skipped are in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Skipped {
    #[default]
    Hidden,
    Shown,
}

/// What was typed before, oldest first.
#[derive(Debug, Default)]
pub struct History {
    entries: Vec<String>,
    /// How far back the user has gone, from the newest; `None` at what is being typed.
    at: Option<usize>,
}

/// Completions that Tab goes through.
#[derive(Debug)]
pub struct Completing {
    pub candidates: Vec<Completion>,
    /// The one in the line.
    pub at: usize,
    /// The line before the first was put in.
    before: String,
}

/// How many lines of history are kept.
const HISTORY: usize = 200;

impl History {
    pub fn add(&mut self, text: &str) {
        self.at = None;
        if text.trim().is_empty() {
            return;
        }
        self.entries.retain(|it| it != text);
        self.entries.push(text.to_owned());
        if self.entries.len() > HISTORY {
            self.entries.remove(0);
        }
    }

    /// The entry added last.
    pub fn newest(&self) -> &str {
        self.entries.last().map_or("", String::as_str)
    }

    /// Whether what is in the line was recalled.
    pub fn is_recalling(&self) -> bool {
        self.at.is_some()
    }

    /// The entry before the one recalled last, round to the newest after the oldest.
    pub fn recall(&mut self) -> Option<&str> {
        let count = self.entries.len();
        let at = self.at.map_or(0, |at| (at + 1) % count.max(1));
        self.at = Some(at);
        self.entries.get(count.checked_sub(at + 1)?).map(String::as_str)
    }

    /// The entry after the one recalled last, or nothing at the newest.
    pub fn unrecall(&mut self) -> Option<&str> {
        self.at = self.at?.checked_sub(1);
        self.entries.get(self.entries.len().checked_sub(self.at? + 1)?).map(String::as_str)
    }
}

impl Filter {
    pub fn highlighter(&self) -> Highlighter {
        Highlighter::new(Arc::clone(&self.query), &self.also)
    }

    pub fn completing(&self) -> Option<&Completing> {
        self.completing.as_ref()
    }

    /// What the line says.
    fn typed(&self) -> Query {
        let query = Query::parse(self.line.text());
        match self.marks.skipped {
            Skipped::Shown => query.with_skipped(),
            Skipped::Hidden => query,
        }
    }

    /// Whether every record is shown in order of arrival, so that no matcher need be asked.
    pub fn shows_all(&self, corpus: &Corpus) -> bool {
        let as_it_came = matches!(self.order, Order::Relevance | Order::Arrival);
        let forward = as_it_came && self.direction == Direction::Forward;
        let is_whole = self.query.is_empty() && !self.query.leaves_out_any(&self.marks.asked);
        forward && is_whole && corpus.is_plain()
    }

    /// Whether the hits are those of the query.
    pub fn is_answered(&self, corpus: &Corpus) -> bool {
        self.stage == Stage::Final || self.shows_all(corpus)
    }

    pub fn forget_completion(&mut self) {
        self.completing = None;
        self.history.at = None;
    }
}

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
    let is_due = state.filter.stage == Stage::Final && super::load::is_due(state);
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
