//! Footer: a prompt, a pending key sequence, the last notice, key hints, and the position in the
//! list.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::header::{result_counts, selection_label};
use super::key_hints::key_hints;
use super::text;
use super::theme::Palette;
use crate::app::model::popup::PopupKind;
use crate::app::model::popup_rows::popup_rows;
use crate::app::{
    FrameStatsDisplay, Level, Mode, Pane, State, TextField, format_keys, missing_argument,
    triage_progress,
};
use crate::text::group_digits;
use crate::text::width;

/// Blank cells between a notice and the key hints.
const NOTICE_GAP: u16 = 3;
/// Blank cells between two key hints.
const HINT_GAP: usize = 2;
const TAGS_HINT: &str = "comma-separated, Tab completes";
const PATH_HINT: &str = "Tab completes, Up recalls";

/// Draws the footer. Returns the cursor position if a prompt is open.
pub fn draw(state: &State, palette: &Palette, buf: &mut Buffer) -> Option<Position> {
    let area = state.view.areas.footer;
    if area.is_empty() {
        return None;
    }
    let row = text::skip_columns(Rect { width: area.width.saturating_sub(1), ..area }, 1);
    match &state.mode {
        Mode::Command(line) => {
            let hint = missing_argument(line.text());
            let row = draw_prompt_hint(hint, ":", line, row, palette, buf);
            return Some(draw_prompt(":", line, row, palette, buf));
        }
        Mode::Destination(asking) => {
            let label = asking.label();
            let row = draw_prompt_hint(PATH_HINT, &label, &asking.field, row, palette, buf);
            return Some(draw_prompt(&label, &asking.field, row, palette, buf));
        }
        Mode::Find(line) => {
            let (label, matches) = find_labels(state);
            let row = text::draw_right_aligned(buf, row, &matches, palette.muted);
            return Some(draw_prompt(label, line, row, palette, buf));
        }
        Mode::Tags(tagging) => {
            let row = draw_prompt_hint(TAGS_HINT, "tags: ", &tagging.field, row, palette, buf);
            return Some(draw_prompt("tags: ", &tagging.field, row, palette, buf));
        }
        Mode::Confirmation(question) => {
            text::draw_text(buf, row, &question.question, palette.strong);
            return None;
        }
        _ => {}
    }
    let row = text::draw_right_aligned(buf, row, &position_label(state), palette.muted);
    let row = Rect { width: row.width.saturating_sub(2), ..row };
    if !state.view.pending_keys.keys.is_empty() {
        text::draw_text(buf, row, &format_keys(&state.view.pending_keys.keys), palette.strong);
        return None;
    }
    if let Some(completing) = state.filter.completing() {
        let candidates = completing.candidates.iter().cycle().skip(completing.current);
        let names = candidates.take(completing.candidates.len()).map(|candidate| {
            (
                String::new(),
                format!("{} {}", candidate.text.trim_end(), group_digits(candidate.count as usize)),
            )
        });
        draw_hints(names.collect(), row, palette, buf);
        return None;
    }
    let hints = key_hints(state);
    let x = draw_notice(state, &hints, row, palette, buf);
    let rest = text::from_column(row, if x > row.x { x + NOTICE_GAP } else { row.x });
    draw_hints(hints, rest, palette, buf);
    None
}

/// Draws the hint of a prompt at the end of the row, if the text leaves room for it. Returns the rest
/// of the row.
fn draw_prompt_hint(
    hint: &str,
    label: &str,
    line: &TextField,
    row: Rect,
    palette: &Palette,
    buf: &mut Buffer,
) -> Rect {
    /// Cells for the cursor, and for more text to be typed.
    const FREE_CELLS: usize = 12;
    let needed = width(label) + width(line.text()) + width(hint) + FREE_CELLS;
    if needed > row.width.into() {
        return row;
    }
    let row = text::draw_right_aligned(buf, row, hint, palette.muted);
    Rect { width: row.width.saturating_sub(2), ..row }
}

/// The label of the find prompt, and the number of matches so far.
fn find_labels(state: &State) -> (&'static str, String) {
    if state.view.pane == Pane::Facets {
        return ("find value ", String::new());
    }
    let matches = state.view.paper_text.as_ref().map(|it| it.find.describe());
    let matches = matches.filter(|it| !it.is_empty());
    ("find ", matches.map(|it| format!(" {it}")).unwrap_or_default())
}

fn draw_prompt(
    label: &str,
    line: &TextField,
    row: Rect,
    palette: &Palette,
    buf: &mut Buffer,
) -> Position {
    let x = text::draw_text(buf, row, label, palette.key);
    let selection = line.selection().map(|range| (range, palette.cursor));
    let styles = selection.into_iter().collect();
    text::draw_text_field(buf, text::from_column(row, x), line, styles, true)
}

/// The position, such as `3/198`; also the counts if the header is hidden.
fn position_label(state: &State) -> String {
    let mut parts = Vec::new();
    if let Some(count) = state.view.pending_keys.count {
        parts.push(count.to_string());
    }
    if state.view.areas.header.is_empty() && !state.selection.is_empty() {
        parts.push(selection_label(state));
    }
    if state.view.frame_stats_display == FrameStatsDisplay::Shown {
        parts.push(state.view.frame_stats.to_string());
    }
    if matches!(state.view.pane, Pane::Reader | Pane::Triage | Pane::Detail) {
        let matches = state.view.paper_text.as_ref().map(|it| it.find.describe());
        parts.extend(matches.filter(|it| !it.is_empty()));
    }
    if matches!(state.view.pane, Pane::Reader | Pane::Triage)
        && let Some(paper_text) = &state.view.paper_text
    {
        let height = usize::from(state.view.areas.detail.height);
        let lines_seen = (paper_text.top + height).min(paper_text.lines.len());
        parts.push(format!("{} %", lines_seen * 100 / paper_text.lines.len().max(1)));
    }
    if let Mode::Popup(popup) = &state.mode {
        let rows = popup_rows(state, popup).len();
        if rows > 0 && !matches!(popup.kind, PopupKind::Link { .. }) {
            parts.push(format!("{}/{rows}", popup.viewport.cursor + 1));
        }
        return parts.join("  ");
    }
    if state.view.pane == Pane::Basket {
        let all = state.library.basket.library_ids.len();
        let at = (state.library.basket_viewport.cursor + 1).min(all);
        parts.push(format!("{at}/{all}"));
    } else if state.view.pane == Pane::Triage && state.view.areas.header.is_empty() {
        parts.push(triage_progress(state));
    } else if state.view.areas.header.is_empty() && state.view.width < 60 {
        parts.push(result_counts(state));
    } else if !state.hits().is_empty() {
        let (at, all) = (state.list.viewport.cursor + 1, state.hits().len());
        parts.push(format!("{}/{}", group_digits(at), group_digits(all)));
    }
    parts.join("  ")
}

/// Draws the notice, on the part of the row that leaves room for two key hints. Returns the column
/// after it.
fn draw_notice(
    state: &State,
    hints: &[(String, String)],
    row: Rect,
    palette: &Palette,
    buf: &mut Buffer,
) -> u16 {
    /// On a narrower row the notice takes all of it.
    const MIN_SHARED_WIDTH: u16 = 60;
    let Some(notice) = state.notices.visible() else { return row.x };
    let style = match notice.level {
        Level::Info => palette.text,
        Level::Error => palette.error,
    };
    let reserved: usize = hints.iter().take(2).map(|hint| hint_width(hint) + HINT_GAP).sum();
    let reserved = (reserved as u16 + NOTICE_GAP).saturating_sub(HINT_GAP as u16);
    let is_shared = row.width >= MIN_SHARED_WIDTH && !hints.is_empty();
    let width = if is_shared { row.width.saturating_sub(reserved) } else { row.width };
    text::draw_text(buf, Rect { width, ..row }, &notice.text, style)
}

fn hint_width((keys, label): &(String, String)) -> usize {
    width(keys) + width(label) + usize::from(!keys.is_empty())
}

/// Draws keys with their labels, as many as fit.
pub fn draw_hints(items: Vec<(String, String)>, row: Rect, palette: &Palette, buf: &mut Buffer) {
    let mut rest = row;
    for hint in items {
        if hint_width(&hint) > usize::from(rest.width) {
            break;
        }
        let (keys, label) = hint;
        let mut x = text::draw_text(buf, rest, &keys, palette.key);
        if !keys.is_empty() {
            x += 1;
        }
        let x = text::draw_text(buf, text::from_column(rest, x), &label, palette.muted);
        rest = text::from_column(rest, x + HINT_GAP as u16);
    }
}
