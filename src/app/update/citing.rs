//! Citation styles, exports and pipes: menus, prompts and results.

use super::{popup, selection};
use crate::app::action::ExportAction;
use crate::app::action::command_line::Overwrite;
use crate::app::effect::Effect;
use crate::app::model;
use crate::app::model::cite_request::{
    CiteRequest, CiteResult, ExportReceipt, ExportRequest, IfExists,
};
use crate::app::model::citing::{DestinationPrompt, LastBibliography, MenuChoice};
use crate::app::model::export_selection::{Destination, ExportScope, ExportSelection};
use crate::app::model::popup::{Popup, PopupKind};
use crate::app::model::popup_rows::{self, count_in_scope, first_rows};
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
            let field = TextField::with_default(&text);
            state.view.histories.completions.clear();
            state.mode =
                Mode::Destination(DestinationPrompt { destination, format, target, field });
            Vec::new()
        }
        MenuChoice::OtherPapers(export) => {
            open_formats(state, export);
            Vec::new()
        }
        MenuChoice::AddAgain(export) => add_again(state, export),
        MenuChoice::Style(style) => use_style(state, style),
        MenuChoice::Export(export) => vec![Effect::Cite(CiteRequest::Export(export))],
    }
}

/// Adds papers to the last bibliography.
fn add_again(state: &mut State, export: ExportSelection) -> Vec<Effect> {
    let Some(LastBibliography { path, format }) = state.cite.last_bibliography.clone() else {
        return Vec::new();
    };
    let target = papers_of(export, state);
    let request = ExportRequest { target, format, path, if_exists: IfExists::Append };
    vec![Effect::Cite(CiteRequest::Export(request))]
}

/// The default file name: the last bibliography if it has the extension of the format, or else the
/// name of the source with that extension.
fn default_path(state: &State, format: OutputFormat) -> String {
    let last = state.cite.last_bibliography.as_ref();
    if let Some(last) = last.filter(|it| it.format.extension() == format.extension()) {
        return last.path.clone();
    }
    let name = state.load.lists.current.name.rsplit(['/', '\\']).next().unwrap_or_default();
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
    send(state, destination, Output { target, format, text }, IfExists::Ask)
}

/// Papers in a format, with the file or the command that receives them.
struct Output {
    target: Target,
    format: OutputFormat,
    text: String,
}

fn send(
    state: &mut State,
    destination: Destination,
    output: Output,
    if_exists: IfExists,
) -> Vec<Effect> {
    let Output { target, format, text } = output;
    state.cite.last_format = Some(format);
    vec![Effect::Cite(match destination {
        Destination::File => {
            CiteRequest::Export(ExportRequest { target, format, path: text, if_exists })
        }
        Destination::Command => {
            state.cite.last_command.clone_from(&text);
            CiteRequest::Pipe { target, format, command: text }
        }
    })]
}

/// Exports papers to the file of a command, in the format of its extension.
pub fn export_to(
    state: &mut State,
    action: ExportAction,
    path: String,
    overwrite: Overwrite,
) -> Vec<Effect> {
    let Some(format) = OutputFormat::from_path(&path) else {
        state.notices.error(format!(
            "{path}: no known file extension (bib, ris, json, yml, nbib, enw, jsonl, csv, tsv, md, txt)"
        ));
        return Vec::new();
    };
    state.view.histories.file.add(&path);
    let if_exists = match overwrite {
        Overwrite::Ask => IfExists::Ask,
        Overwrite::Confirmed => IfExists::Replace,
    };
    send_papers(state, action, format, path, if_exists)
}

/// Pipes papers to the command, in the format of the last export or pipe, or else as BibTeX.
pub fn pipe_to(state: &mut State, action: ExportAction, command: String) -> Vec<Effect> {
    let format = state.cite.last_format.unwrap_or(OutputFormat::Bibtex);
    state.view.histories.pipe.add(&command);
    send_papers(state, action, format, command, IfExists::Ask)
}

fn send_papers(
    state: &mut State,
    action: ExportAction,
    format: OutputFormat,
    text: String,
    if_exists: IfExists,
) -> Vec<Effect> {
    let export = ExportSelection::from_action(action, None);
    let target = papers_of(export, state);
    if target.papers.is_empty() {
        state.notices.error("No paper to export");
        return Vec::new();
    }
    send(state, export.destination, Output { target, format, text }, if_exists)
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
        CiteResult::Exported(receipt) => return finish_export(state, receipt),
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

/// Confirms an export. A bibliography is offered for the next one, also in later runs.
fn finish_export(state: &mut State, receipt: ExportReceipt) -> Vec<Effect> {
    let ExportReceipt { message, format, path } = receipt;
    state.notices.info(message);
    let last = LastBibliography { path, format };
    if !format.is_bibliography() || state.cite.last_bibliography.as_ref() == Some(&last) {
        return Vec::new();
    }
    let path = last.path.clone();
    state.cite.last_bibliography = Some(last);
    vec![Effect::SaveBibliographyPath(path)]
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
    let cursor = first_rows(state, export).len();
    open_at(state, PopupKind::Formats(export), cursor);
}
