//! Asking for copies of what is selected.

use super::selection::subject;
use crate::app::effect::Effect;
use crate::app::model::state::State;
use crate::cite::Form;

/// Asks for a copy of the selection, which stays, or of what else [`subject`] names.
pub fn copy(state: &mut State, form: Form, count: Option<usize>) -> Vec<Effect> {
    let subject = subject(state, count);
    state.selection.last_form = Some(form);
    if subject.papers.is_empty() {
        state.notices.fail("There is no paper to copy.");
        return Vec::new();
    }
    vec![Effect::Copy { subject, form }]
}

pub fn copy_again(state: &mut State, count: Option<usize>) -> Vec<Effect> {
    let form = state.settings.copy_form.unwrap_or(Form::TitleAndLink);
    copy(state, state.selection.last_form.unwrap_or(form), count)
}
