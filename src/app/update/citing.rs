//! Citation styles, exports and pipes: menus, prompts and results.

use super::{popup, selection};
use crate::app::effect::Effect;
use crate::app::model;
use crate::app::model::cite_request::{CiteRequest, CiteResult, ExportRequest, IfExists};
use crate::app::model::citing::{DestinationPrompt, MenuChoice};
use crate::app::model::export_selection::{Destination, ExportScope, ExportSelection};
use crate::app::model::popup::{Popup, PopupKind};
use crate::app::model::popup_rows::{self, count_in_scope, scope_row};
use crate::app::model::state::{Mode, State};
use crate::app::model::target::Target;
use crate::app::model::text_field::TextField;
use crate::app::model::viewport::Viewport;
use crate::cite::{OutputFormat, PreferredVersion, Style};

/// Opens the menu of styles with the cursor on the current one.
pub fn open_styles(state: &mut State) {
    let styles = Style::all();
    let at = styles.iter().position(|it| *it == state.cite.style).unwrap_or(0);
    state.cite.preview = None;
    open_at(state, PopupKind::Styles(styles.into()), at);
}

fn open_at(state: &mut State, kind: PopupKind, cursor: usize) {
    let viewport = Viewport { cursor, top: 0 };
    state.mode = Mode::Popup(Popup { viewport, ..Popup::new(kind) });
}

/// The papers to export. A range in progress becomes the selection.
fn papers_of(export: ExportSelection, state: &mut State) -> Target {
    match export.scope {
        ExportScope::Target => selection::action_target(state, None),
        ExportScope::Rows(count) => selection::action_target(state, Some(count)),
        ExportScope::Listed => selection::all_listed(state),
    }
}

/// Applies the choice of a menu.
pub fn apply_choice(state: &mut State, offer: MenuChoice) -> Vec<Effect> {
    match offer {
        MenuChoice::Format(export, format) => {
            let (destination, target) = (export.destination, papers_of(export, state));
            let text = match destination {
                Destination::File => default_path(state, format),
                Destination::Command => state.cite.last_command.clone(),
            };
            let line = TextField::new(&text);
            state.mode =
                Mode::Destination(DestinationPrompt { destination, format, target, field: line });
            Vec::new()
        }
        MenuChoice::OtherPapers(export) => {
            open_formats(state, export);
            Vec::new()
        }
        MenuChoice::Style(style) => use_style(state, style),
        MenuChoice::Export(export) => vec![Effect::Cite(CiteRequest::Export(export))],
    }
}

/// The default file name: the name of the source with the extension of the format.
fn default_path(state: &State, format: OutputFormat) -> String {
    let name = state.load.name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default().to_lowercase().replace(' ', "-");
    let stem = if stem.is_empty() { "papers" } else { &stem };
    format!("{stem}.{}", format.extension())
}

/// Exports or pipes as entered in the prompt.
pub fn accept_prompt(state: &mut State) -> Vec<Effect> {
    let Mode::Destination(prompt) = std::mem::take(&mut state.mode) else { return Vec::new() };
    let text = prompt.field.text().trim().to_owned();
    if text.is_empty() {
        return Vec::new();
    }
    let DestinationPrompt { destination, format, target, .. } = prompt;
    vec![Effect::Cite(match destination {
        Destination::File => CiteRequest::Export(ExportRequest {
            target,
            format,
            path: text,
            if_exists: IfExists::Ask,
        }),
        Destination::Command => {
            state.cite.last_command.clone_from(&text);
            CiteRequest::Pipe { target, format, command: text }
        }
    })]
}

pub fn use_style(state: &mut State, style: Style) -> Vec<Effect> {
    state.notices.info(format!("Citation style: {}", style.name()));
    state.cite.style = style.clone();
    vec![Effect::Cite(CiteRequest::UseStyle(style))]
}

/// Applies `:prefer preprint` or `:prefer published`.
pub fn set_preferred_version(state: &mut State, prefer: PreferredVersion) -> Vec<Effect> {
    state.notices.info(match prefer {
        PreferredVersion::Published => "Preferred version: published, with its preprint",
        PreferredVersion::Preprint => "Preferred version: preprint",
    });
    vec![Effect::Cite(CiteRequest::PreferVersion(prefer))]
}

/// Handles the result of a request.
pub fn handle_result(state: &mut State, answer: CiteResult) -> Vec<Effect> {
    match answer {
        CiteResult::Done(notice) => state.notices.info(notice),
        CiteResult::Failed(why) => state.notices.error(why),
        CiteResult::Exists(export) => popup::open(state, PopupKind::FileExists(export)),
        CiteResult::Preview(preview) => {
            state.cite.pending_preview = None;
            state.cite.preview = Some(preview);
        }
        CiteResult::Bibliographies(complaints) => {
            for complaint in complaints {
                state.notices.error(complaint);
            }
        }
        CiteResult::Style(style) => return use_style(state, style),
    }
    Vec::new()
}

/// Requests the preview of the style under the cursor, one request at a time.
pub fn request_preview(state: &mut State) -> Option<Effect> {
    let Mode::Popup(popup) = &state.mode else { return None };
    if !matches!(popup.kind, PopupKind::Styles(_)) || state.cite.pending_preview.is_some() {
        return None;
    }
    let row = popup_rows::popup_rows(state, popup).into_iter().nth(popup.viewport.cursor)?;
    let Some(model::popup::RowAction::Cite(MenuChoice::Style(style))) = row.action else {
        return None;
    };
    let (paper, _) = state.current()?;
    let preview = state.cite.preview.as_ref();
    if preview.is_some_and(|it| (it.paper, &it.style) == (paper, &style)) {
        return None;
    }
    state.cite.pending_preview = Some((paper, style.clone()));
    Some(Effect::Cite(CiteRequest::Preview { paper, style }))
}

/// Opens the menu of formats with the cursor on the first format.
pub fn open_formats(state: &mut State, export: ExportSelection) {
    selection::end_range(state);
    if count_in_scope(state, export.scope) == 0 {
        state.notices.error("No paper to export");
        return;
    }
    let cursor = usize::from(scope_row(state, export).is_some());
    open_at(state, PopupKind::Formats(export), cursor);
}
