//! Which-key popup: the continuations of a pending key sequence, in columns above the footer.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::widgets::{Clear, Widget};

use super::text;
use super::theme::Palette;
use crate::app::model::command_candidates::command_candidates;
use crate::app::model::path_completion::file_label;
use crate::app::{Action, CopyAction, Mode, State};
use crate::text::width;

/// Blank cells between two columns of keys.
const COLUMN_GAP: usize = 2;

pub fn draw(state: &State, palette: &Palette, buf: &mut Buffer) {
    let body = state.view.areas.body;
    let continuations = continuations(state);
    if continuations.is_empty() || body.is_empty() {
        return;
    }
    let of_keys = continuations.iter().map(|(keys, _)| width(keys)).max().unwrap_or(0);
    let of_labels = continuations.iter().map(|(_, label)| width(label)).max().unwrap_or(0);
    let column = (of_keys + 1 + of_labels + COLUMN_GAP).min(usize::from(body.width).max(1));
    let columns = (usize::from(body.width) / column).max(1);
    let rows = continuations.len().div_ceil(columns).min(body.height.into());
    let continuations = cut_to(continuations, rows * columns);
    let area = Rect { y: body.bottom() - rows as u16, height: rows as u16, ..body };
    Clear.render(area, buf);
    if area.y > body.y {
        let rule_area = Rect { y: area.y - 1, height: 1, ..area };
        text::draw_text(buf, rule_area, &"─".repeat(area.width.into()), palette.rule);
    }
    for (number, (keys, label)) in continuations.iter().enumerate().take(rows * columns) {
        let (x, y) = ((number / rows * column) as u16, (number % rows) as u16);
        let row = Rect { y: area.y + y, height: 1, ..area };
        let cell = text::skip_columns(row, x + 1);
        let cell = Rect { width: cell.width.min(column as u16), ..cell };
        text::draw_text(buf, cell, keys, palette.key);
        text::draw_text(buf, text::skip_columns(cell, of_keys as u16 + 1), label, palette.text);
    }
}

/// The first items, at most `count`; if there are more, the last one tells their number.
fn cut_to(mut items: Vec<(String, String)>, count: usize) -> Vec<(String, String)> {
    if items.len() > count && count > 0 {
        let more = items.len() - (count - 1);
        items.truncate(count - 1);
        items.push(("…".to_owned(), format!("{more} more")));
    }
    items
}

/// The continuations of the pending keys, with their summaries.
fn continuations(state: &State) -> Vec<(String, String)> {
    if let Mode::Tags(prompt) = &state.mode {
        let count = |(tag, count): (String, usize)| (tag, count.to_string());
        return prompt.candidates(&state.library.marks).into_iter().map(count).collect();
    }
    let files = &state.view.histories.completions;
    if !files.is_empty() {
        return files.iter().map(|it| (file_label(it).to_owned(), String::new())).collect();
    }
    if let Mode::Command(line) = &state.mode
        && !line.is_empty()
    {
        return command_candidates(state, line.text()).items;
    }
    if state.view.pending_keys.keys.is_empty() {
        return Vec::new();
    }
    let context = state.view.pending_keys.forced_context.unwrap_or_else(|| state.context());
    let continuations = state.settings.keymap.continuations(context, &state.view.pending_keys.keys);
    let label = |(keys, action): (String, Action)| (keys, short_summary(action).to_owned());
    continuations.into_iter().map(label).collect()
}

/// The summary without the words that the first key implies.
fn short_summary(action: Action) -> &'static str {
    let summary = action.info().map_or("", |entry| entry.summary);
    if action == Action::Copy(CopyAction::ShowLast) {
        return "show last copy";
    }
    let Action::Copy(CopyAction::Format(_)) = action else { return summary };
    let rest = summary.strip_prefix("copy ").unwrap_or(summary);
    let articles = ["the ", "a ", "an "];
    articles.iter().find_map(|article| rest.strip_prefix(article)).unwrap_or(rest)
}
