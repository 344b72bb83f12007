//! The rows of popups: listings, menus and links.

use super::appearance::Theme;
use super::change_text;
use super::cite_request::{ExportRequest, IfExists};
use super::citing::MenuChoice;
use super::enrichment::EnrichmentState;
use super::export_selection::{Destination, ExportScope, ExportSelection};
use super::format_letters::format_letters;
use super::help_rows::help_rows;
use super::layout::Pane;
use super::menu_help::menu_help_rows;
use super::popup::{
    ADD_AGAIN_KEY, OTHER_PAPERS_KEY, Popup, PopupKind, PopupRow, ROW_LABELS, RowAction, SearchCount,
};
use super::proposal_rows::proposal_rows;
use super::setting_list::{SETTINGS, SettingInfo};
use super::state::State;
use super::text_field::TextField;
use crate::app::action::sort_order::{SORT_ORDERS, sort_name};
use crate::cite::{OutputFormat, Style};
use crate::domain::Link;
use crate::library::{ChangeKind, LogEntry, SavedSearch};
use crate::search::{SortDirection, SortKey};
use crate::text::{counted, fold, sanitise, wrap};
use std::borrow::Cow;
use std::collections::HashMap;

/// The title of a popup, such as `Export 2 selected papers as`.
pub fn popup_title(state: &State, popup: &Popup) -> Cow<'static, str> {
    Cow::Borrowed(match popup.kind {
        PopupKind::Help => "Help",
        PopupKind::MenuHelp => {
            let explained = popup.explained.as_ref().map(|it| popup_title(state, it));
            return format!("Keys of \"{}\"", explained.unwrap_or_default()).into();
        }
        PopupKind::Messages => "Messages",
        PopupKind::Defects => "Unreadable records",
        PopupKind::Sort => "Sort by",
        PopupKind::Log => "History",
        PopupKind::Searches(_) => "Saved searches",
        PopupKind::Proposals => "Changes proposed by services",
        PopupKind::Links { .. } => "Open",
        PopupKind::Link { .. } => "Link",
        PopupKind::Formats(ExportSelection { destination, scope }) => {
            let verb = match destination {
                Destination::File => "Export",
                Destination::Command => "Pipe",
            };
            return format!("{verb} {} as", describe_scope(state, scope)).into();
        }
        PopupKind::Styles(_) => "Citation style",
        PopupKind::Themes => "Theme",
        PopupKind::Settings => "Settings",
        PopupKind::FileExists(_) => "File already exists",
    })
}

/// The rows of the popup that match its filter.
pub fn popup_rows(state: &State, popup: &Popup) -> Vec<PopupRow> {
    let filter_text = popup.filter_field.as_ref().map_or("", TextField::text);
    let needle = fold(filter_text);
    if needle.is_empty() {
        return all_rows(state, popup);
    }
    let passes = |row: &PopupRow| {
        let text = fold(&format!("{} {} {}", row.keys, row.text, row.search_words));
        !row.is_heading() && needle.split(' ').all(|word| text.contains(word))
    };
    // A folded section is found too.
    let rows = match popup.kind {
        PopupKind::Help => help_rows(state, &[]),
        _ => all_rows(state, popup),
    };
    rows.into_iter().filter(passes).collect()
}

/// The rows of the popup, whatever its filter.
pub fn all_rows(state: &State, popup: &Popup) -> Vec<PopupRow> {
    match &popup.kind {
        PopupKind::Help => help_rows(state, &popup.folded),
        PopupKind::MenuHelp => {
            popup.explained.as_ref().map_or_else(Vec::new, |it| menu_help_rows(state, &it.kind))
        }
        PopupKind::Messages => {
            state.notices.all().iter().flat_map(|it| wrapped_rows(state, &it.text)).collect()
        }
        PopupKind::Defects => {
            let unread = state.load.defects.iter().map(ToString::to_string);
            let lines = unread.chain(state.load.skipped_files.iter().cloned());
            lines.flat_map(|it| wrapped_rows(state, &it)).collect()
        }
        PopupKind::Sort => sort_rows(state),
        PopupKind::Log => state.library.log.iter().map(log_row).collect(),
        PopupKind::Searches(counts) => saved_search_rows(state, counts),
        PopupKind::Proposals => match &state.load.enrichment {
            EnrichmentState::Proposed(proposals) => proposal_rows(proposals),
            EnrichmentState::Idle | EnrichmentState::Running { .. } => Vec::new(),
        },
        PopupKind::Links { links, search } => link_rows(links, search.as_deref()),
        PopupKind::Formats(export) => format_rows(state, *export),
        PopupKind::Styles(styles) => style_rows(state, styles),
        PopupKind::Themes => theme_rows(state),
        PopupKind::Settings => SETTINGS.iter().map(|it| setting_row(state, it)).collect(),
        PopupKind::FileExists(export) => exists_rows(export),
        PopupKind::Link { url, why } => vec![text_row(why.clone()), text_row(url.clone())],
    }
}

fn text_row(text: String) -> PopupRow {
    PopupRow { text, ..PopupRow::default() }
}

/// A text wrapped to the width of the popup, with continuation lines indented.
fn wrapped_rows(state: &State, text: &str) -> Vec<PopupRow> {
    let text = sanitise(text);
    let width = usize::from(state.view.areas.body.width).saturating_sub(4).max(1);
    let indents = std::iter::once("").chain(std::iter::repeat("  "));
    let lines = wrap(&text, width).into_iter().zip(indents);
    lines.map(|(line, indent)| text_row(format!("{indent}{}", &text[line]))).collect()
}

/// A row of the log. The word for an undone change comes first, so that a long title does not push
/// it off the screen.
fn log_row(entry: &LogEntry) -> PopupRow {
    let papers = change_text::describe_papers(entry.count, &entry.title);
    let text = match entry.kind {
        ChangeKind::Undone => change_text::describe_reversal(entry.kind, &entry.changes, &papers),
        ChangeKind::Recorded | ChangeKind::Redone => {
            format!("{}: {papers}", change_text::describe_changes(&entry.changes))
        }
    };
    PopupRow::new(entry.time.clone(), text, RowAction::ToggleChangeSet(entry.id))
}

fn sort_rows(state: &State) -> Vec<PopupRow> {
    let row = |(key, order, name): &(&str, SortKey, &str)| {
        let mark = match (*order == state.filter.order, state.filter.direction) {
            (true, SortDirection::Forward) => "  (current)",
            (true, SortDirection::Reverse) => "  (current, reversed)",
            (false, _) => "",
        };
        PopupRow::new(*key, format!("{name}{mark}"), RowAction::Sort(*order))
    };
    SORT_ORDERS.iter().map(row).collect()
}

fn link_rows(links: &[Link], search: Option<&str>) -> Vec<PopupRow> {
    let link = |it: &Link| (format!("{:<12}  {}", it.kind.name(), it.url), it.url.clone());
    let search =
        search.map(|url| ("Search on Hugging Face for this title".to_owned(), url.to_owned()));
    // Rows beyond the labels have none.
    let labels = ROW_LABELS.chars().map(String::from).chain(std::iter::repeat(String::new()));
    let row = |((text, url), label): ((String, String), String)| {
        PopupRow::new(label, text, RowAction::Open(url))
    };
    links.iter().map(link).chain(search).zip(labels).map(row).collect()
}

pub fn style_rows(state: &State, styles: &[Style]) -> Vec<PopupRow> {
    let row = |style: &Style| {
        let mark = if *style == state.cite.style { "  (current)" } else { "" };
        let choice = RowAction::Cite(MenuChoice::Style(style.clone()));
        PopupRow::new(style.name(), style.title() + mark, choice)
    };
    styles.iter().map(row).collect()
}

/// A row per theme, picked by its first letter.
fn theme_rows(state: &State) -> Vec<PopupRow> {
    let row = |(name, theme): (&str, Theme)| {
        let mark = if theme == state.settings.appearance.theme { "  (current)" } else { "" };
        let text = format!("{name:<10}{}{mark}", theme.description());
        PopupRow::new(&name[..1], text, RowAction::Theme(theme))
    };
    Theme::ALL.into_iter().map(row).collect()
}

/// A row of a setting: its name, its value, and the values that it accepts.
fn setting_row(state: &State, setting: &SettingInfo) -> PopupRow {
    let (current, values) = ((setting.current)(state), (setting.values)());
    let text = format!("{:<11}{current:<18}  {}", setting.name, values.join(", "));
    PopupRow {
        text,
        action: Some(RowAction::Command(format!("set {}=", setting.name))),
        ..PopupRow::default()
    }
}

/// The choices for an existing file.
pub fn exists_rows(export: &ExportRequest) -> Vec<PopupRow> {
    let row = |key: &str, text: String, if_exists| {
        let request = ExportRequest { if_exists, ..export.clone() };
        PopupRow::new(key, text, RowAction::Cite(MenuChoice::Export(request)))
    };
    let mut rows = Vec::new();
    if export.format.is_bibliography() {
        let text = format!("append missing papers to {}", export.path);
        rows.push(row("a", text, IfExists::Append));
    }
    rows.push(row("r", format!("replace {}", export.path), IfExists::Replace));
    rows
}

/// The rows of the menu of formats: a switch to other papers, the last bibliography, then a row per
/// format with the letter that copies it.
pub fn format_rows(state: &State, export: ExportSelection) -> Vec<PopupRow> {
    let row = |(format, letter): (OutputFormat, char)| {
        let choice = RowAction::Cite(MenuChoice::Format(export, format));
        PopupRow::new(letter, format.describe(1), choice)
    };
    let formats = format_letters(&state.settings.keymap).into_iter().map(row);
    first_rows(state, export).into_iter().chain(formats).collect()
}

/// The rows before the formats.
pub fn first_rows(state: &State, export: ExportSelection) -> Vec<PopupRow> {
    let last = state.cite.last_bibliography.as_ref();
    let add = last.filter(|_| export.destination == Destination::File).map(|last| {
        let choice = RowAction::Cite(MenuChoice::AddAgain(export));
        PopupRow::new(ADD_AGAIN_KEY, format!("add to {}", last.path), choice)
    });
    scope_row(state, export).into_iter().chain(add).collect()
}

/// The row that switches between the target and all listed papers, if they differ.
pub fn scope_row(state: &State, export: ExportSelection) -> Option<PopupRow> {
    let (scope, only) = match export.scope {
        ExportScope::Listed => (ExportScope::Target, "only "),
        ExportScope::Target | ExportScope::Rows(_) => (ExportScope::Listed, ""),
    };
    let is_same = state.view.pane == Pane::Basket && scope == ExportScope::Target
        || state.selection.is_empty()
            && count_in_scope(state, scope) == count_in_scope(state, export.scope);
    let row = || {
        let choice = RowAction::Cite(MenuChoice::OtherPapers(ExportSelection { scope, ..export }));
        PopupRow::new(OTHER_PAPERS_KEY, format!("{only}{}", describe_scope(state, scope)), choice)
    };
    (!is_same && count_in_scope(state, scope) > 0).then(row)
}

/// A row per saved search.
pub fn saved_search_rows(state: &State, counts: &[SearchCount]) -> Vec<PopupRow> {
    let counts: HashMap<&str, &SearchCount> = counts.iter().map(|it| (&*it.name, it)).collect();
    let row = |saved: &SavedSearch| {
        let count = counts.get(&*saved.name);
        let count =
            count.map_or_else(String::new, |it| format!("{} unread of {}  ", it.unread, it.hits));
        let query = if saved.query.is_empty() { "all papers" } else { &saved.query };
        let order = sort_name(saved.order).split(',').next().unwrap_or_default();
        let turned = if saved.direction == SortDirection::Reverse { " reversed" } else { "" };
        let text = format!("{count}{query} · by {order}{turned}");
        PopupRow::new(saved.name.clone(), text, RowAction::Search(saved.name.clone()))
    };
    state.library.searches.iter().map(row).collect()
}

/// The number of papers to export. A range is never in progress here, since the menu is open.
pub fn count_in_scope(state: &State, scope: ExportScope) -> usize {
    let (at, all) = match state.view.pane {
        Pane::Basket => {
            (state.library.basket_viewport.cursor, state.library.basket.library_ids.len())
        }
        _ => (state.list.viewport.cursor, state.hits().len()),
    };
    match scope {
        ExportScope::Rows(count) => count.min(all.saturating_sub(at)),
        ExportScope::Listed => all,
        ExportScope::Target if state.view.pane == Pane::Basket => all,
        ExportScope::Target if state.selection.is_empty() => all.min(1),
        ExportScope::Target => state.selection.papers().len(),
    }
}

/// Describes the papers to export: `1 paper`, `2 selected papers`, `all 198 listed papers`.
fn describe_scope(state: &State, scope: ExportScope) -> String {
    let count = count_in_scope(state, scope);
    let is_basket = state.view.pane == Pane::Basket;
    match scope {
        ExportScope::Listed | ExportScope::Target if is_basket => {
            format!("{} in the basket", counted(count, "paper"))
        }
        ExportScope::Listed => format!("all {}", counted(count, "listed paper")),
        ExportScope::Target if !state.selection.is_empty() => counted(count, "selected paper"),
        ExportScope::Target | ExportScope::Rows(_) => counted(count, "paper"),
    }
}
