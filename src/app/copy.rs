//! Asking for copies of what is selected.

use super::select::{self, subject};
use super::{Effect, State};
use crate::cite::Form;

/// Asks for a copy; it ends the selection, which can be selected again.
pub(super) fn copy(state: &mut State, form: Form) -> Vec<Effect> {
    let subject = subject(state);
    state.selection.last_form = Some(form);
    if subject.papers.is_empty() {
        state.notices.fail("There is no paper to copy.");
        return Vec::new();
    }
    select::end(state, &subject);
    vec![Effect::Copy { subject, form }]
}

pub(super) fn copy_again(state: &mut State) -> Vec<Effect> {
    let form = state.settings.copy_form.unwrap_or(Form::TitleAndLink);
    copy(state, state.selection.last_form.unwrap_or(form))
}
