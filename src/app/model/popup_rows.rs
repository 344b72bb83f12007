//! The rows of popups: help, listings, menus and links.

use super::change_text;
use super::cite_request::{ExportRequest, IfExists};
use super::citing::MenuChoice;
use super::export_selection::{Destination, ExportScope, ExportSelection};
use super::layout::Pane;
use super::popup::{Popup, PopupKind, PopupRow, ROW_LABELS, RowAction, SearchCount};
use super::state::State;
use crate::app::action::sort_order::{SORT_ORDERS, sort_name};
use crate::app::action::table::action_groups;
use crate::app::input::key::key_label;
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
        PopupKind::Help => "Keys",
        PopupKind::Messages => "Messages",
        PopupKind::Defects => "Unreadable records",
        PopupKind::Sort => "Sort by",
        PopupKind::Log => "History",
        PopupKind::Searches(_) => "Saved searches",
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
        PopupKind::FileExists(_) => "File already exists",
    })
}

/// The rows of the popup that match its filter.
pub fn popup_rows(state: &State, popup: &Popup) -> Vec<PopupRow> {
    let all = match &popup.kind {
        PopupKind::Help => help_rows(state),
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
        PopupKind::Links { links, search } => link_rows(links, search.as_deref()),
        PopupKind::Formats(export) => format_rows(state, *export),
        PopupKind::Styles(styles) => style_rows(state, styles),
        PopupKind::FileExists(export) => exists_rows(export),
        PopupKind::Link { url, why } => vec![text_row(why.clone()), text_row(url.clone())],
    };
    let needle = popup.filter_field.as_ref().map(|line| fold(line.text())).unwrap_or_default();
    let passes = |row: &PopupRow| {
        let text = fold(&format!("{} {}", row.keys, row.text));
        let is_heading =
            popup.kind == PopupKind::Help && row.action.is_none() && row.keys.is_empty();
        !is_heading && needle.split(' ').all(|word| text.contains(word))
    };
    all.into_iter().filter(|row| needle.is_empty() || passes(row)).collect()
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

fn help_rows(state: &State) -> Vec<PopupRow> {
    let mut rows = Vec::new();
    for group in action_groups() {
        rows.push(text_row(group.heading.to_owned()));
        for entry in &group.actions {
            let keys = state.settings.keymap.all_keys_of(entry.action);
            let keys = if keys.is_empty() {
                format!(":{}", entry.name)
            } else {
                keys.iter().map(|it| key_label(it)).collect::<Vec<_>>().join(" ")
            };
            let choice = Some(RowAction::Run(entry.action));
            let text = format!("{}{}", entry.summary, entry.describe_contexts());
            rows.push(PopupRow { keys, text, action: choice });
        }
    }
    rows.push(text_row("Filter syntax".to_owned()));
    let written = |(keys, text): &(&str, &str)| PopupRow {
        keys: (*keys).to_owned(),
        text: (*text).to_owned(),
        action: None,
    };
    rows.extend(crate::search::SYNTAX_EXAMPLES.iter().map(written));
    rows
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
    PopupRow { keys: entry.time.clone(), text, action: Some(RowAction::ToggleChangeSet(entry.id)) }
}

fn sort_rows(state: &State) -> Vec<PopupRow> {
    let row = |(key, order, name): &(&str, SortKey, &str)| {
        let mark = match (*order == state.filter.order, state.filter.direction) {
            (true, SortDirection::Forward) => "  (current)",
            (true, SortDirection::Reverse) => "  (current, reversed)",
            (false, _) => "",
        };
        PopupRow {
            keys: (*key).to_owned(),
            text: format!("{name}{mark}"),
            action: Some(RowAction::Sort(*order)),
        }
    };
    SORT_ORDERS.iter().map(row).collect()
}

fn link_rows(links: &[Link], search: Option<&str>) -> Vec<PopupRow> {
    let link = |it: &Link| (format!("{:<12}  {}", it.kind.name(), it.url), it.url.clone());
    let search =
        search.map(|url| ("Search on Hugging Face for this title".to_owned(), url.to_owned()));
    let row = |((text, url), label): ((String, String), char)| PopupRow {
        keys: label.to_string(),
        text,
        action: Some(RowAction::Open(url)),
    };
    links.iter().map(link).chain(search).zip(ROW_LABELS.chars()).map(row).collect()
}

pub fn style_rows(state: &State, styles: &[Style]) -> Vec<PopupRow> {
    let row = |style: &Style| {
        let mark = if *style == state.cite.style { "  (current)" } else { "" };
        PopupRow {
            keys: style.name().to_owned(),
            text: style.title() + mark,
            action: Some(RowAction::Cite(MenuChoice::Style(style.clone()))),
        }
    };
    styles.iter().map(row).collect()
}

/// The choices for an existing file.
pub fn exists_rows(export: &ExportRequest) -> Vec<PopupRow> {
    let row = |key: &str, text: String, existing| PopupRow {
        keys: key.to_owned(),
        text,
        action: Some(RowAction::Cite(MenuChoice::Export(ExportRequest {
            if_exists: existing,
            ..export.clone()
        }))),
    };
    let mut rows = Vec::new();
    if export.format.is_bibliography() {
        let text = format!("append missing papers to {}", export.path);
        rows.push(row("a", text, IfExists::Append));
    }
    rows.push(row("r", format!("replace {}", export.path), IfExists::Replace));
    rows
}

/// The key of the row that switches to other papers. No output format uses it.
pub const OTHER_PAPERS_KEY: &str = "A";

/// The rows of the menu of formats: a switch to other papers, then a row per format.
pub fn format_rows(state: &State, export: ExportSelection) -> Vec<PopupRow> {
    let row = |(format, label): (OutputFormat, char)| PopupRow {
        keys: label.to_string(),
        text: format.describe(1),
        action: Some(RowAction::Cite(MenuChoice::Format(export, format))),
    };
    let forms = OutputFormat::FILE_MENU_ORDER.into_iter().zip(ROW_LABELS.chars()).map(row);
    scope_row(state, export).into_iter().chain(forms).collect()
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
    let row = || PopupRow {
        keys: OTHER_PAPERS_KEY.to_owned(),
        text: format!("{only}{}", describe_scope(state, scope)),
        action: Some(RowAction::Cite(MenuChoice::OtherPapers(ExportSelection { scope, ..export }))),
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
        PopupRow {
            keys: saved.name.clone(),
            text: format!("{count}{query} · by {order}{turned}"),
            action: Some(RowAction::Search(saved.name.clone())),
        }
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
