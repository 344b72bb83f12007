//! Citing on the screen: the style of references, and papers on their way into a file or a command.

use super::{popup, selection};
use crate::app::effect::Effect;
use crate::app::model;
use crate::app::model::cite_request::{Answer, Existing, Export, Task};
use crate::app::model::citing::{Asking, Offer};
use crate::app::model::export_selection::{Outgoing, Outlet, Scope};
use crate::app::model::popup::{Kind, Overlay};
use crate::app::model::popup_rows::{self, scope_row};
use crate::app::model::state::{Mode, State};
use crate::app::model::target::Subject;
use crate::app::model::text_field::Line;
use crate::cite::{Form, Prefer, Style};

/// Opens the menu of styles at the one in use.
pub fn open_styles(state: &mut State) {
    let styles = Style::all();
    let at = styles.iter().position(|it| *it == state.citing.style).unwrap_or(0);
    state.citing.preview = None;
    state.mode = Mode::Overlay(Overlay { cursor: at, ..Overlay::new(Kind::Styles(styles.into())) });
    popup::scroll(state);
}

/// Returns the papers that go out. A range being chosen becomes the selection.
fn papers_of(outgoing: Outgoing, state: &mut State) -> Subject {
    match outgoing.scope {
        Scope::Subject => selection::subject(state, None),
        Scope::Rows(count) => selection::subject(state, Some(count)),
        Scope::Listed => selection::listed(state),
    }
}

/// Does what was chosen from a menu.
pub fn choose(state: &mut State, offer: Offer) -> Vec<Effect> {
    match offer {
        Offer::Form(outgoing, form) => {
            let (outlet, subject) = (outgoing.outlet, papers_of(outgoing, state));
            let text = match outlet {
                Outlet::File => default_path(state, form),
                Outlet::Command => state.citing.command.clone(),
            };
            let line = Line::new(&text);
            state.mode = Mode::Asking(Asking { outlet, form, subject, line });
            Vec::new()
        }
        Offer::Scope(outgoing) => {
            open_forms(state, outgoing);
            Vec::new()
        }
        Offer::Style(style) => use_style(state, style),
        Offer::Export(export) => vec![Effect::Citing(Task::Export(export))],
    }
}

/// The name of the source with the ending of the form.
fn default_path(state: &State, form: Form) -> String {
    let name = state.load.name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default().to_lowercase().replace(' ', "-");
    let stem = if stem.is_empty() { "papers" } else { &stem };
    format!("{stem}.{}", form.extension())
}

/// Does what was asked in the line, once it is entered.
pub fn entered(state: &mut State) -> Vec<Effect> {
    let Mode::Asking(asking) = std::mem::take(&mut state.mode) else { return Vec::new() };
    let text = asking.line.text().trim().to_owned();
    if text.is_empty() {
        return Vec::new();
    }
    let Asking { outlet, form, subject, .. } = asking;
    vec![Effect::Citing(match outlet {
        Outlet::File => Task::Export(Export { subject, form, path: text, existing: Existing::Ask }),
        Outlet::Command => {
            state.citing.command.clone_from(&text);
            Task::Pipe { subject, form, command: text }
        }
    })]
}

pub fn use_style(state: &mut State, style: Style) -> Vec<Effect> {
    state.notices.tell(format!("References are in the style {} now.", style.name()));
    state.citing.style = style.clone();
    vec![Effect::Citing(Task::Use(style))]
}

/// `:prefer preprint`, `:prefer published`.
pub fn prefer(state: &mut State, prefer: Prefer) -> Vec<Effect> {
    state.notices.tell(match prefer {
        Prefer::Published => "Papers are cited as they were published, with their preprint beside.",
        Prefer::Preprint => "Papers that are on arXiv are cited as preprints.",
    });
    vec![Effect::Citing(Task::Prefer(prefer))]
}

/// Takes what came of a task.
pub fn take(state: &mut State, answer: Answer) -> Vec<Effect> {
    match answer {
        Answer::Done(told) => state.notices.tell(told),
        Answer::Failed(why) => state.notices.fail(why),
        Answer::Exists(export) => popup::open(state, Kind::Exists(export)),
        Answer::Previewed(preview) => {
            state.citing.asked = None;
            state.citing.preview = Some(preview);
        }
        Answer::Bibliographies(complaints) => {
            for complaint in complaints {
                state.notices.fail(complaint);
            }
        }
        Answer::Found(style) => return use_style(state, style),
    }
    Vec::new()
}

/// Asks for the preview of the style under the cursor, one at a time.
pub fn follow(state: &mut State) -> Option<Effect> {
    let Mode::Overlay(overlay) = &state.mode else { return None };
    if !matches!(overlay.kind, Kind::Styles(_)) || state.citing.asked.is_some() {
        return None;
    }
    let row = popup_rows::rows(state, overlay).into_iter().nth(overlay.cursor)?;
    let Some(model::popup::Choice::Offer(Offer::Style(style))) = row.choice else { return None };
    let (paper, _) = state.current()?;
    let preview = state.citing.preview.as_ref();
    if preview.is_some_and(|it| (it.paper, &it.style) == (paper, &style)) {
        return None;
    }
    state.citing.asked = Some((paper, style.clone()));
    Some(Effect::Citing(Task::Preview { paper, style }))
}

/// Opens the menu of forms, with the cursor on the first form.
pub fn open_forms(state: &mut State, outgoing: Outgoing) {
    selection::end_range(state);
    if outgoing.scope.count(state) == 0 {
        state.notices.fail("There is no paper to write out.");
        return;
    }
    let cursor = usize::from(scope_row(state, outgoing).is_some());
    state.mode = Mode::Overlay(Overlay { cursor, ..Overlay::new(Kind::Forms(outgoing)) });
    popup::scroll(state);
}
