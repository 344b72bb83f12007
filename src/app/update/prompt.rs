//! Prompts: the keys and actions that edit, accept and close them.

use super::outcome::{FollowUp, Outcome};
use super::{citing, command, filter, find, list, pick, tags};
use crate::app::action::command_names::common_prefix;
use crate::app::action::{Action, EditAction, LeaveAction, Motion, OpenAction, PromptAction};
use crate::app::effect::Effect;
use crate::app::input::key::{Key, KeyCode};
use crate::app::model::command_candidates::{CommandCandidates, command_candidates};
use crate::app::model::export_selection::Destination;
use crate::app::model::filter::History;
use crate::app::model::layout::Pane;
use crate::app::model::path_completion::path_start;
use crate::app::model::popup::PopupFocus;
use crate::app::model::settings::RunMode;
use crate::app::model::state::{Mode, State};
use crate::app::model::text_field::TextField;
use crate::app::model::viewport::Viewport;
use crate::search::join_pasted_lines;

/// The text field of the focused prompt.
fn active_field(state: &mut State) -> Option<&mut TextField> {
    match &mut state.mode {
        Mode::Panes | Mode::Confirmation(_) => None,
        Mode::Tags(tagging) => Some(&mut tagging.field),
        Mode::Filter => Some(&mut state.filter.field),
        Mode::Command(line) | Mode::Find(line) => Some(line),
        Mode::Destination(prompt) => Some(&mut prompt.field),
        Mode::Popup(popup) => match popup.focus {
            PopupFocus::FilterField => popup.filter_field.as_mut(),
            PopupFocus::Rows => None,
        },
    }
}

/// The history of the focused prompt, if it has one.
fn active_history(state: &mut State) -> Option<&mut History> {
    let histories = &mut state.view.histories;
    Some(match &state.mode {
        Mode::Filter => &mut state.filter.history,
        Mode::Command(_) => &mut histories.command,
        Mode::Find(_) => &mut histories.find,
        Mode::Tags(_) => &mut histories.tags,
        Mode::Destination(prompt) => match prompt.destination {
            Destination::File => &mut histories.file,
            Destination::Command => &mut histories.pipe,
        },
        Mode::Panes | Mode::Confirmation(_) | Mode::Popup(_) => return None,
    })
}

/// Types a key into the focused prompt. Returns `None` if there is no prompt.
pub fn type_key(state: &mut State, key: Key) -> Option<Vec<Effect>> {
    // A key of the field whose modifier has no binding acts as without it.
    let edit_action = match key {
        Key { code: KeyCode::Char(c), ctrl: false, alt: false, .. } => {
            active_field(state)?.insert(c);
            return Some(handle_edit(state));
        }
        Key { code: KeyCode::Backspace, .. } => EditAction::EraseChar,
        Key { code: KeyCode::Delete, .. } => EditAction::EraseNextChar,
        Key { code: KeyCode::Left, .. } => EditAction::CharLeft,
        Key { code: KeyCode::Right, .. } => EditAction::CharRight,
        _ => return active_field(state).map(|_| Vec::new()),
    };
    edit(state, edit_action)
}

/// Edits the text of the focused prompt. Returns `None` if there is no prompt.
fn edit(state: &mut State, action: EditAction) -> Option<Vec<Effect>> {
    let field = active_field(state)?;
    if action == EditAction::EraseChar && field.is_empty() {
        return Some(close(state));
    }
    let len = field.text().len();
    field.edit(action);
    if field.text().len() == len {
        // A motion of the cursor keeps a recalled text, and with it the draft.
        state.filter.completion = None;
        return Some(Vec::new());
    }
    Some(handle_edit(state))
}

/// Inserts pasted text into the focused prompt. Without a prompt it opens the filter; pasted text
/// is never interpreted as keys.
pub fn paste(state: &mut State, text: &str) -> Vec<Effect> {
    state.notices.expire();
    if active_field(state).is_none() {
        state.view.pane = Pane::List;
        filter::open(state);
        let mut line = TextField::default();
        line.paste(&join_pasted_lines(text));
        filter::remember_for_undo(state, line.text());
        state.filter.field = line;
    } else if matches!(state.mode, Mode::Filter) {
        // Each line may be a reference of its own.
        state.filter.field.paste(&join_pasted_lines(text));
    } else if let Some(line) = active_field(state) {
        line.paste(text);
    }
    handle_edit(state)
}

/// Inserts the text of keys that arrived in one go, and tells that none of them was run.
pub fn paste_burst(state: &mut State, text: &str) -> Vec<Effect> {
    let notice = if state.has_prompt() {
        "Pasted as one line; no key was run"
    } else {
        "Pasted into the filter; no key was run"
    };
    let effects = paste(state, text);
    state.notices.info(notice);
    effects
}

/// Reacts to an edit of the text.
fn handle_edit(state: &mut State) -> Vec<Effect> {
    state.filter.forget_completion();
    state.view.histories.completions.clear();
    end_recall(state);
    apply_text(state)
}

fn end_recall(state: &mut State) {
    if let Some(history) = active_history(state) {
        history.end_recall();
    }
}

/// Searches for the changed text, if the prompt searches while it is edited.
fn apply_text(state: &mut State) -> Vec<Effect> {
    match &mut state.mode {
        Mode::Filter => return filter::search_if_changed(state),
        Mode::Find(_) => find::typed(state),
        Mode::Popup(popup) => popup.viewport = Viewport::default(),
        Mode::Command(_)
        | Mode::Destination(_)
        | Mode::Tags(_)
        | Mode::Confirmation(_)
        | Mode::Panes => {}
    }
    Vec::new()
}

/// Applies an action to the focused prompt. Returns `None` if there is no prompt, or if the action
/// does not apply to prompts.
pub fn apply(state: &mut State, action: Action) -> Option<Outcome> {
    active_field(state)?;
    if let Some(effects) = pick::apply_in_filter(state, action) {
        return Some(effects.into());
    }
    match action {
        Action::Edit(action) => edit(state, action).map(Outcome::from),
        Action::Prompt(PromptAction::Accept) => Some(accept(state)),
        Action::Prompt(PromptAction::Complete) => complete(state).map(Outcome::from),
        Action::Prompt(PromptAction::Recall) => match state.mode {
            Mode::Popup(_) => None,
            _ => Some(recall_older(state).into()),
        },
        Action::Move(motion) => recall_by_motion(state, motion).map(Outcome::from),
        Action::Leave(LeaveAction::Peel) if matches!(state.mode, Mode::Filter) => {
            Some(filter::cancel(state).into())
        }
        Action::Leave(LeaveAction::Peel) if matches!(state.mode, Mode::Find(_)) => {
            find::cancel(state);
            Some(close(state).into())
        }
        Action::Leave(LeaveAction::Peel | LeaveAction::Interrupt) => Some(close(state).into()),
        Action::Leave(
            LeaveAction::Back | LeaveAction::Close | LeaveAction::Suspend | LeaveAction::Quit,
        )
        | Action::Reader(_)
        | Action::Unread(_)
        | Action::Filter(_)
        | Action::Select(_)
        | Action::Mark(_)
        | Action::MarkRead(_)
        | Action::Annotate(_)
        | Action::Change(_)
        | Action::Basket(_)
        | Action::Search(_)
        | Action::Facet(_)
        | Action::Jump(_)
        | Action::Copy(_)
        | Action::Export(_)
        | Action::Open(_)
        | Action::Show(_)
        | Action::View(_)
        | Action::Load(_) => None,
    }
}

/// Accepts the text of the prompt, and adds it to the history of the prompt.
fn accept(state: &mut State) -> Outcome {
    state.view.histories.completions.clear();
    let text = active_field(state).map(|field| field.text().trim_end().to_owned());
    if let (Some(history), Some(text)) = (active_history(state), text) {
        history.add(&text);
    }
    match &state.mode {
        Mode::Filter => {
            let effects = filter::accept(state);
            let picks = state.settings.run_mode == RunMode::Pick;
            let then = picks.then_some(FollowUp::Action(Action::Open(OpenAction::Reader)));
            Outcome { effects, then: then.into_iter().collect() }
        }
        Mode::Command(line) => {
            let text = line.text().to_owned();
            state.mode = Mode::Panes;
            command::run(state, &text)
        }
        Mode::Tags(_) => tags::accept(state).into(),
        Mode::Destination(_) => citing::accept_prompt(state).into(),
        Mode::Popup(_) => focus_rows(state).into(),
        Mode::Find(_) => {
            find::accept(state);
            close(state).into()
        }
        Mode::Confirmation(_) | Mode::Panes => close(state).into(),
    }
}

fn complete(state: &mut State) -> Option<Vec<Effect>> {
    match &mut state.mode {
        Mode::Filter => return Some(complete_or_select(state)),
        Mode::Tags(_) => tags::complete(state),
        Mode::Destination(_) => return Some(request_paths(state)),
        Mode::Command(_) => return Some(complete_command(state)),
        Mode::Find(_) | Mode::Popup(_) | Mode::Confirmation(_) | Mode::Panes => return None,
    }
    Some(Vec::new())
}

/// Completes the name of a command, or its argument: a value, or a path.
fn complete_command(state: &mut State) -> Vec<Effect> {
    if path_start(state).is_some() {
        return request_paths(state);
    }
    let Mode::Command(line) = &state.mode else { return Vec::new() };
    let text = line.text().to_owned();
    let CommandCandidates { start, items } = command_candidates(state, &text);
    let names: Vec<&str> = items.iter().map(|(name, _)| name.as_str()).collect();
    if let (Some(common), Mode::Command(line)) = (common_prefix(&names), &mut state.mode) {
        *line = TextField::new(&format!("{}{common}", &text[..start]));
    }
    Vec::new()
}

/// Requests the files that complete the path at the end of the text.
fn request_paths(state: &mut State) -> Vec<Effect> {
    let start = path_start(state);
    let Some((start, field)) = start.zip(active_field(state)) else { return Vec::new() };
    vec![Effect::CompletePath(field.text()[start..].to_owned())]
}

/// Completes the path to the longest common prefix of the files found, unless it has changed since.
pub fn complete_path(state: &mut State, text: &str, paths: &[String]) {
    let start = path_start(state);
    let Some((start, field)) = start.zip(active_field(state)) else { return };
    if &field.text()[start..] != text {
        return;
    }
    let names: Vec<&str> = paths.iter().map(String::as_str).collect();
    if let Some(common) = common_prefix(&names).filter(|it| it.len() >= text.len()) {
        *field = TextField::new(&format!("{}{common}", &field.text()[..start]));
    }
    state.view.histories.completions = if paths.len() > 1 { paths.to_vec() } else { Vec::new() };
}

/// Recalls earlier texts of the prompt. In the filter, moving up from the first row of the list
/// recalls earlier filters.
fn recall_by_motion(state: &mut State, motion: Motion) -> Option<Vec<Effect>> {
    let goes_back = match motion {
        Motion::Up => true,
        Motion::Down => false,
        Motion::First
        | Motion::Last
        | Motion::HalfDown
        | Motion::HalfUp
        | Motion::PageDown
        | Motion::PageUp
        | Motion::ScreenTop
        | Motion::ScreenMiddle
        | Motion::ScreenBottom
        | Motion::CursorTop
        | Motion::CursorMiddle
        | Motion::CursorBottom => return None,
    };
    match &state.mode {
        Mode::Filter if goes_back && state.list.viewport.cursor > 0 => None,
        Mode::Filter if !goes_back && !state.filter.history.is_recalling() => None,
        // In the filter of a popup, these keys move in its rows.
        Mode::Popup(_) => None,
        _ if goes_back => Some(recall_older(state)),
        _ => Some(recall_newer(state)),
    }
}

/// Closes the prompt: filter and find keep their text, a command is discarded.
fn close(state: &mut State) -> Vec<Effect> {
    end_recall(state);
    state.view.histories.completions.clear();
    match &mut state.mode {
        Mode::Filter => return filter::accept(state),
        Mode::Popup(popup) => {
            popup.filter_field = None;
            focus_rows(state);
        }
        _ => state.mode = Mode::Panes,
    }
    Vec::new()
}

fn focus_rows(state: &mut State) {
    if let Mode::Popup(popup) = &mut state.mode {
        popup.focus = PopupFocus::Rows;
    }
}

/// Completes the value after a prefix; without a prefix, selects and moves down, as fzf does.
fn complete_or_select(state: &mut State) -> Vec<Effect> {
    if let Some(effects) = filter::complete_value(state) {
        return effects;
    }
    if let Some((id, _)) = state.current() {
        state.selection.toggle(id);
        list::move_cursor(state, Motion::Down, None);
    }
    Vec::new()
}

/// Replaces the text by the entry before it in the history of the prompt.
fn recall_older(state: &mut State) -> Vec<Effect> {
    let Some(text) = active_field(state).map(|field| field.text().to_owned()) else {
        return Vec::new();
    };
    let older = active_history(state).and_then(|history| history.recall(&text)).map(str::to_owned);
    if let Some(older) = older {
        return replace_text(state, &older);
    }
    if matches!(state.mode, Mode::Filter) {
        state.notices.info("No earlier filter");
    }
    Vec::new()
}

/// Replaces the recalled text by the entry after it, or after the newest by the draft.
fn recall_newer(state: &mut State) -> Vec<Effect> {
    match active_history(state).and_then(History::unrecall) {
        Some(newer) => replace_text(state, &newer),
        None => Vec::new(),
    }
}

fn replace_text(state: &mut State, text: &str) -> Vec<Effect> {
    state.filter.completion = None;
    state.view.histories.completions.clear();
    if let Some(field) = active_field(state) {
        *field = TextField::new(text);
    }
    apply_text(state)
}
