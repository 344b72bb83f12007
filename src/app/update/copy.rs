//! Requests copies of papers to the clipboard.

use super::selection::action_target;
use crate::app::effect::Effect;
use crate::app::input::context::KeyContext;
use crate::app::input::key::Key;
use crate::app::model::state::State;
use crate::cite::OutputFormat;

/// Copies the papers of [`action_target`]. The selection is not consumed.
pub fn copy(state: &mut State, format: OutputFormat, count: Option<usize>) -> Vec<Effect> {
    let target = action_target(state, count);
    state.selection.last_copy_format = Some(format);
    if target.papers.is_empty() {
        state.notices.error("No paper to copy");
        return Vec::new();
    }
    vec![Effect::Copy { target, format }]
}

/// Shows the formats as the continuations of `y`. For prompts, where `y` is text.
pub fn open_menu(state: &mut State) {
    state.view.pending_keys.forced_context = Some(KeyContext::List);
    state.view.pending_keys.keys = vec![Key::char('y')];
}

pub fn copy_in_last_format(state: &mut State, count: Option<usize>) -> Vec<Effect> {
    let format = state.settings.copy_format.unwrap_or(OutputFormat::TitleAndLink);
    copy(state, state.selection.last_copy_format.unwrap_or(format), count)
}
