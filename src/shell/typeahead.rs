//! Typeahead: keys that act on results wait until the search or the library has responded.
//!
//! Typing `/`, a few letters, Enter and `yb` at once means the first hit of those letters, however
//! long the search takes, and also before the papers are loaded.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use super::terminal::input::{TerminalEvent, is_paste_in_prompt, text_of_burst};
use crate::app::{
    Action, FilterAction, Key, KeyCode, KeyContext, LeaveAction, LoadPhase, Lookup, Mode,
    ReaderAction, SearchAction, State, ViewAction,
};
use crate::search::QueryId;

/// Timeout for the first papers and for the library. A pipe may never deliver papers.
const FIRST_PAPERS_TIMEOUT: Duration = Duration::from_secs(1);

#[derive(Debug)]
pub struct Typeahead {
    inputs: VecDeque<TerminalEvent>,
    /// The newest query with a response.
    last_answered: QueryId,
    /// End of the wait for the first papers.
    papers_deadline: Instant,
    /// Time at which the program quits even if earlier keys still wait.
    exit_deadline: Option<Instant>,
}

/// A quit key waits this long for the keys typed before it.
const EXIT_DELAY: Duration = Duration::from_millis(120);

impl Typeahead {
    pub fn new() -> Self {
        let papers_deadline = Instant::now() + FIRST_PAPERS_TIMEOUT;
        Self {
            inputs: VecDeque::new(),
            last_answered: QueryId::default(),
            papers_deadline,
            exit_deadline: None,
        }
    }

    /// Time of the next check of waiting keys, unless a message arrives sooner.
    pub fn deadline(&self) -> Option<Instant> {
        if self.inputs.is_empty() {
            return None;
        }
        let papers_deadline = Some(self.papers_deadline).filter(|it| *it > Instant::now());
        [papers_deadline, self.exit_deadline].into_iter().flatten().min()
    }

    /// Returns true if the program must quit although earlier keys still wait.
    pub fn is_overdue(&self) -> bool {
        !self.inputs.is_empty() && self.exit_deadline.is_some_and(|it| it <= Instant::now())
    }

    /// Queues the input if it has to wait, otherwise returns it.
    pub fn admit(&mut self, state: &State, input: TerminalEvent) -> Option<TerminalEvent> {
        let is_interrupt = |key| key == Key::ctrl('c');
        if matches!(input, TerminalEvent::Key(key) if is_interrupt(latin_key(state, key))) {
            // An interrupt discards earlier keys, and must not wait for them.
            self.inputs.clear();
            self.exit_deadline = None;
            return Some(input);
        }
        if self.inputs.is_empty() && !self.must_wait(state, &input) {
            return Some(input);
        }
        if self.inputs.is_empty() && state.library.is_busy() {
            // The library responds at once unless another process has locked it.
            self.papers_deadline = Instant::now() + FIRST_PAPERS_TIMEOUT;
        }
        self.inputs.push_back(input);
        if self.exit_deadline.is_none() && self.ends_with_quit(state) {
            self.exit_deadline = Some(Instant::now() + EXIT_DELAY);
        }
        None
    }

    /// Splits a burst into its keys, unless it is a paste where the user types.
    pub fn split_burst(&self, state: &State, input: TerminalEvent) -> Vec<TerminalEvent> {
        match input {
            TerminalEvent::Burst(keys)
                if self.expects_text(state) && !is_paste_in_prompt(&text_of_burst(&keys)) =>
            {
                keys.into_iter().map(TerminalEvent::Key).collect()
            }
            other => vec![other],
        }
    }

    /// Returns true if a prompt has the focus once the waiting inputs are handled.
    fn expects_text(&self, state: &State) -> bool {
        let is_end = |it: &TerminalEvent| {
            matches!(it, TerminalEvent::Key(Key { code: KeyCode::Enter | KeyCode::Esc, .. }))
        };
        let is_opening = |it: &TerminalEvent| match it {
            TerminalEvent::Key(key) => opens_prompt(state, *key),
            TerminalEvent::Burst(_) | TerminalEvent::Paste(_) => true,
            _ => false,
        };
        let end = self.inputs.iter().rposition(is_end);
        let mut last_inputs = self.inputs.iter().skip(end.map_or(0, |at| at + 1));
        end.is_none() && state.has_prompt() || last_inputs.any(is_opening)
    }

    /// Returns true if quitting now loses more than the quit key and keys that accept a line.
    pub fn loses_keys(&self) -> bool {
        let accepts = |it: &&TerminalEvent| {
            matches!(it, TerminalEvent::Key(Key { code: KeyCode::Enter, .. }))
        };
        self.is_overdue() && self.inputs.iter().filter(|it| !accepts(it)).count() > 1
    }

    /// Returns true if the last waiting keys quit the program and are not text in a line.
    fn ends_with_quit(&self, state: &State) -> bool {
        let key = |it: &TerminalEvent| {
            if let TerminalEvent::Key(key) = it { Some(latin_key(state, *key)) } else { None }
        };
        let Some(keys) = self.inputs.iter().map(key).collect::<Option<Vec<Key>>>() else {
            return false;
        };
        let ends = |it: &Key| matches!(it.code, KeyCode::Enter | KeyCode::Esc);
        let begin = keys.iter().rposition(ends).map(|at| at + 1);
        let is_browsing = state.is_browsing() && state.view.pending_keys.keys.is_empty();
        let begin = if is_browsing { Some(begin.unwrap_or(0)) } else { begin };
        let Some(keys) = begin.map(|at| &keys[at..]) else { return false };
        let keymap = &state.settings.keymap;
        let opens_line = |key: &Key| opens_prompt(state, *key);
        let leaves = |from: usize| {
            keymap.lookup(KeyContext::List, &keys[from..])
                == Lookup::Action(Action::Leave(LeaveAction::Quit))
        };
        let last = (1..=2).filter_map(|count| keys.len().checked_sub(count));
        !keys.iter().any(opens_line) && last.into_iter().any(leaves)
    }

    /// Notes the response to a query, or the end of the search thread.
    pub fn note_response(&mut self, query_id: QueryId) {
        self.last_answered = self.last_answered.max(query_id);
    }

    /// The next waiting input if it need not wait any more.
    pub fn pop_ready(&mut self, state: &State) -> Option<TerminalEvent> {
        if self.must_wait(state, self.inputs.front()?) { None } else { self.inputs.pop_front() }
    }

    fn must_wait(&self, state: &State, input: &TerminalEvent) -> bool {
        let is_for_rows = match (&state.mode, input) {
            // Edits of the query do not wait: each supersedes the query before it.
            (
                _,
                TerminalEvent::Resize { .. }
                | TerminalEvent::FocusGained
                | TerminalEvent::Mouse(_)
                | TerminalEvent::Background(_)
                | TerminalEvent::Disconnected(_),
            )
            | (Mode::Filter, TerminalEvent::Burst(_) | TerminalEvent::Paste(_)) => false,
            (Mode::Filter, TerminalEvent::Key(key)) => !edits_filter(state, *key),
            (_, TerminalEvent::Key(key)) => !leaves(state, *key),
            (_, TerminalEvent::Burst(_) | TerminalEvent::Paste(_)) => true,
        };
        let is_pending = self.last_answered < state.filter.query_id
            || state.library.is_busy() && Instant::now() < self.papers_deadline
            || state.corpus.is_empty()
                && state.load.phase == LoadPhase::Loading
                && Instant::now() < self.papers_deadline;
        is_for_rows && is_pending
    }
}

/// The key of the Latin layout at the place of the key, or the first one if there are several.
fn latin_key(state: &State, key: Key) -> Key {
    let keys = state.settings.lang_map.translate(key);
    keys.and_then(|keys| keys.first().copied()).unwrap_or(key)
}

/// Returns true if the key quits or closes a level, or begins to; neither depends on results.
fn leaves(state: &State, key: Key) -> bool {
    let context = state.context();
    if context == KeyContext::Command {
        return false;
    }
    let keys = [&state.view.pending_keys.keys[..], &[latin_key(state, key)]].concat();
    let is_leaving =
        |action| matches!(action, Action::Leave(LeaveAction::Quit | LeaveAction::Close));
    match state.settings.keymap.lookup(context, &keys) {
        Lookup::Action(action) => is_leaving(action),
        Lookup::Pending => {
            let all = state.settings.keymap.continuations(context, &keys);
            all.into_iter().any(|(_, action)| is_leaving(action))
        }
        Lookup::Unbound => false,
    }
}

/// Returns true if the key opens a prompt or a menu of the list.
fn opens_prompt(state: &State, key: Key) -> bool {
    match state.settings.keymap.lookup(KeyContext::List, &[latin_key(state, key)]) {
        Lookup::Action(action) => opens_text_input(action),
        Lookup::Pending | Lookup::Unbound => false,
    }
}

/// Returns true if letters after the action are text or menu keys.
fn opens_text_input(action: Action) -> bool {
    matches!(
        action,
        Action::Filter(FilterAction::Edit)
            | Action::View(ViewAction::CommandLine)
            | Action::Reader(ReaderAction::Find)
            | Action::Annotate(_)
            | Action::Search(SearchAction::Save)
            | Action::Export(_)
    )
}

/// Returns true if the key edits the filter line or moves its cursor.
fn edits_filter(state: &State, key: Key) -> bool {
    match state.settings.keymap.lookup(KeyContext::Filter, &[key]) {
        Lookup::Action(action) => matches!(action, Action::Edit(_)),
        _ => !key.ctrl && !key.alt && matches!(key.code, KeyCode::Char(_) | KeyCode::Backspace),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::app::{Event, Settings, update};

    /// Feeds admitted keys to the state and returns the waiting keys as text.
    fn type_ahead(typeahead: &mut Typeahead, state: &mut State, keys: &str) -> String {
        for key in crate::app::parse_keys(keys).unwrap() {
            if let Some(TerminalEvent::Key(key)) = typeahead.admit(state, TerminalEvent::Key(key)) {
                let _ = update(state, Event::Key(key));
            }
        }
        let key_text = |it: &TerminalEvent| match it {
            TerminalEvent::Key(key) => key.to_string(),
            other => format!("{other:?}"),
        };
        typeahead.inputs.iter().map(key_text).collect()
    }

    /// A state with loading complete.
    fn state() -> State {
        let mut state = State::new(Arc::new(Settings::default()), 80, 24);
        state.load.phase = LoadPhase::Done;
        state
    }

    #[test]
    fn keys_for_rows_wait_for_the_answer_and_those_of_the_query_do_not() {
        let (mut typeahead, mut state) = (Typeahead::new(), state());
        assert_eq!(type_ahead(&mut typeahead, &mut state, "j/brain<BS><Enter>yb"), "<Enter>yb");
        assert_eq!(state.filter.field.text(), "brai");
        assert!(typeahead.pop_ready(&state).is_none());
        typeahead.note_response(QueryId(state.filter.query_id.0 - 1));
        assert!(typeahead.pop_ready(&state).is_none());
        typeahead.note_response(state.filter.query_id);
        let next = std::iter::from_fn(|| typeahead.pop_ready(&state)).count();
        assert_eq!(next, 3);
    }

    #[test]
    fn what_edits_the_query_waits_for_no_answer() {
        let (mut typeahead, mut state) = (Typeahead::new(), state());
        assert_eq!(type_ahead(&mut typeahead, &mut state, "/brain<C-u>mind<C-w>a"), "");
        assert_eq!(state.filter.field.text(), "a");
    }

    #[test]
    fn keys_wait_for_the_first_papers_but_not_for_ever() {
        let (mut typeahead, mut state) = (Typeahead::new(), state());
        state.load.phase = LoadPhase::Loading;
        assert_eq!(type_ahead(&mut typeahead, &mut state, "jq"), "jq");
        assert_eq!(typeahead.deadline(), Some(typeahead.papers_deadline));
        typeahead.papers_deadline = Instant::now();
        assert_eq!(typeahead.deadline(), None);
        assert_eq!(std::iter::from_fn(|| typeahead.pop_ready(&state)).count(), 2);
    }

    /// A state whose query has no response yet.
    fn searching() -> (Typeahead, State) {
        let (mut typeahead, mut state) = (Typeahead::new(), state());
        assert_eq!(type_ahead(&mut typeahead, &mut state, "/brain"), "");
        (typeahead, state)
    }

    #[test]
    fn what_leaves_the_program_waits_for_no_answer() {
        for keys in ["Q", "ZZ", "q"] {
            let (mut typeahead, mut state) = searching();
            state.mode = Mode::Panes;
            assert_eq!(type_ahead(&mut typeahead, &mut state, keys), "", "{keys}");
        }
        let mut state = state();
        state.load.phase = LoadPhase::Loading;
        assert_eq!(type_ahead(&mut Typeahead::new(), &mut state, "Q"), "");
    }

    #[test]
    fn what_was_typed_before_the_key_that_leaves_is_not_waited_for_long() {
        for (keys, waits) in [("<Enter>ybQ", true), ("<Enter>jZZ", true), ("<Enter>yb", false)] {
            let (mut typeahead, mut state) = searching();
            assert_eq!(type_ahead(&mut typeahead, &mut state, keys), keys);
            assert!(!typeahead.is_overdue());
            assert_eq!(typeahead.exit_deadline.is_some(), waits, "{keys}");
            typeahead.exit_deadline = typeahead.exit_deadline.map(|_| Instant::now());
            assert_eq!(typeahead.is_overdue(), waits, "{keys}");
        }
        let (mut typeahead, mut state) = searching();
        type_ahead(&mut typeahead, &mut state, "<Enter>ybQ");
        typeahead.exit_deadline = Some(Instant::now());
        typeahead.note_response(state.filter.query_id);
        assert_eq!(
            std::iter::from_fn(|| typeahead.pop_ready(&state)).count(),
            4,
            "the answer has come"
        );
        assert!(!typeahead.is_overdue());
    }

    #[test]
    fn a_letter_that_is_text_does_not_leave_the_program() {
        for keys in ["<Enter>/Q", "<Enter>:Q", "<Enter>tQ", "<Enter>EaQ", "<Down>Q"] {
            let (mut typeahead, mut state) = searching();
            type_ahead(&mut typeahead, &mut state, keys);
            assert!(typeahead.exit_deadline.is_none(), "{keys}");
        }
    }

    fn burst(text: &str) -> TerminalEvent {
        TerminalEvent::Burst(text.chars().map(Key::char).collect())
    }

    #[test]
    fn a_burst_is_a_paste_in_the_list_and_keys_in_a_prompt() {
        for (before, is_split) in [
            ("", false),
            ("/", true),
            (":", true),
            ("t", true),
            ("/brain<Enter>", false),
            ("/brain<Enter>j/", true),
        ] {
            for phase in [LoadPhase::Loading, LoadPhase::Done] {
                let (mut typeahead, mut state) = (Typeahead::new(), state());
                state.load.phase = phase;
                type_ahead(&mut typeahead, &mut state, before);
                let inputs = typeahead.split_burst(&state, burst("memory"));
                // Without papers, `t` opens no prompt.
                let is_refused = before == "t" && typeahead.inputs.is_empty();
                let is_split = is_split && !is_refused;
                assert_eq!(inputs.len() > 1, is_split, "{before} {phase:?}");
            }
        }
    }

    #[test]
    fn keys_of_another_layout_are_known_as_those_of_the_latin_one() {
        let (mut typeahead, mut state) = (Typeahead::new(), state());
        assert_eq!(type_ahead(&mut typeahead, &mut state, "/brain<Enter>ни<C-с>"), "");
        let (mut typeahead, mut state) = searching();
        state.mode = Mode::Panes;
        assert_eq!(type_ahead(&mut typeahead, &mut state, "й"), "");
    }

    #[test]
    fn an_interrupt_waits_for_nothing_and_drops_what_waits() {
        let (mut typeahead, mut state) = (Typeahead::new(), state());
        assert_eq!(type_ahead(&mut typeahead, &mut state, "/brain<Enter>yb<C-c>"), "");
    }
}
