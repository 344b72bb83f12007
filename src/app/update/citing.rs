//! Citing on the screen: the style of references, and papers on their way into a file or a command.

use super::selection::Subject;
use crate::app::effect::Effect;
pub use crate::app::model::cite_request::{Answer, Existing, Export, Preview, Task};
pub use crate::app::model::export_selection::{Outgoing, Outlet, Scope};
pub use crate::app::model::export_selection::{form_rows, open_forms};
use crate::app::model::popup_rows::{self, Kind, Overlay, Row};
use crate::app::model::state::{Mode, State};
use crate::app::model::text_field::Line;
use crate::cite::{Form, Prefer, Style};
use crate::domain::PaperId;

/// What is cited with.
#[derive(Debug, Default)]
pub struct Citing {
    pub style: Style,
    /// The paper under the cursor in the style under the cursor of the menu.
    pub preview: Option<Preview>,
    /// The preview that is being made.
    asked: Option<(PaperId, Style)>,
    /// The command that papers were handed to last.
    command: String,
}

impl Citing {
    pub fn new(style: Style) -> Self {
        Self { style, ..Self::default() }
    }
}

/// A line in which a file or a command is named.
#[derive(Debug)]
pub struct Asking {
    pub outlet: Outlet,
    pub form: Form,
    pub subject: Subject,
    pub line: Line,
}

impl Asking {
    /// What the line asks for.
    pub fn label(&self) -> String {
        let what = self.form.what(self.subject.papers.len());
        match self.outlet {
            Outlet::File => format!("export {what} to "),
            Outlet::Command => format!("pipe {what} to "),
        }
    }
}

/// What a menu offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Offer {
    Form(Outgoing, Form),
    /// The same menu for other papers.
    Scope(Outgoing),
    Style(Style),
    Export(Export),
}

/// Opens the menu of styles at the one in use.
pub fn open_styles(state: &mut State) {
    let styles = Style::all();
    let at = styles.iter().position(|it| *it == state.citing.style).unwrap_or(0);
    state.citing.preview = None;
    state.mode = Mode::Overlay(Overlay { cursor: at, ..Overlay::new(Kind::Styles(styles.into())) });
    popup_rows::scroll(state);
}

pub fn style_rows(state: &State, styles: &[Style]) -> Vec<Row> {
    let row = |style: &Style| {
        let mark = if *style == state.citing.style { "  (now)" } else { "" };
        Row {
            keys: style.name().to_owned(),
            text: style.title() + mark,
            choice: Some(popup_rows::Choice::Offer(Offer::Style(style.clone()))),
        }
    };
    styles.iter().map(row).collect()
}

/// What can be done about a file that is there already.
pub fn exists_rows(export: &Export) -> Vec<Row> {
    let row = |key: &str, text: String, existing| Row {
        keys: key.to_owned(),
        text,
        choice: Some(popup_rows::Choice::Offer(Offer::Export(Export {
            existing,
            ..export.clone()
        }))),
    };
    let mut rows = Vec::new();
    if export.form.is_bibliography() {
        let text = format!("add to {} what is not in it", export.path);
        rows.push(row("a", text, Existing::Append));
    }
    rows.push(row("r", format!("replace {}", export.path), Existing::Replace));
    rows
}

/// Does what was chosen from a menu.
pub fn choose(state: &mut State, offer: Offer) -> Vec<Effect> {
    match offer {
        Offer::Form(outgoing, form) => {
            let (outlet, subject) = (outgoing.outlet, outgoing.papers(state));
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
        Answer::Exists(export) => popup_rows::open(state, Kind::Exists(export)),
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
    let Some(popup_rows::Choice::Offer(Offer::Style(style))) = row.choice else { return None };
    let (paper, _) = state.current()?;
    let preview = state.citing.preview.as_ref();
    if preview.is_some_and(|it| (it.paper, &it.style) == (paper, &style)) {
        return None;
    }
    state.citing.asked = Some((paper, style.clone()));
    Some(Effect::Citing(Task::Preview { paper, style }))
}
