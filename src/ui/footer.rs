//! Footer: a prompt, a pending key sequence, the last notice, key hints, and the position in the
//! list.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::header::result_counts;
use super::key_hints::key_hints;
use super::text::{self, group_digits};
use super::theme::Palette;
use crate::app::model::popup::PopupKind;
use crate::app::model::popup_rows::popup_rows;
use crate::app::{
    FrameStatsDisplay, Level, Mode, Pane, State, TextField, format_keys, triage_progress,
};
use crate::text::width;

/// Draws the footer. Returns the cursor position if a prompt is open.
pub fn draw(state: &State, palette: &Palette, buf: &mut Buffer) -> Option<Position> {
    let area = state.view.areas.footer;
    if area.is_empty() {
        return None;
    }
    let row = text::skip_columns(Rect { width: area.width.saturating_sub(1), ..area }, 1);
    match &state.mode {
        Mode::Command(line) => return Some(draw_prompt(":", line, row, palette, buf)),
        Mode::Destination(asking) => {
            return Some(draw_prompt(&asking.label(), &asking.field, row, palette, buf));
        }
        Mode::Find(line) => return Some(draw_prompt("find ", line, row, palette, buf)),
        Mode::Tags(tagging) => {
            return Some(draw_prompt("tags ", &tagging.field, row, palette, buf));
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
    let x = draw_notice(state, row, palette, buf);
    let rest = text::from_column(row, if x > row.x { x + 3 } else { row.x });
    draw_hints(key_hints(state), rest, palette, buf);
    None
}

fn draw_prompt(
    label: &str,
    line: &TextField,
    row: Rect,
    palette: &Palette,
    buf: &mut Buffer,
) -> Position {
    let x = text::draw_text(buf, row, label, palette.key);
    text::draw_text_field(buf, text::from_column(row, x), line, Vec::new(), true)
}

/// The position, such as `3/198`; also the counts if the header is hidden.
fn position_label(state: &State) -> String {
    let mut parts = Vec::new();
    if let Some(count) = state.view.pending_keys.count {
        parts.push(count.to_string());
    }
    if state.view.frame_stats_display == FrameStatsDisplay::Shown {
        parts.push(state.view.frame_stats.to_string());
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

fn draw_notice(state: &State, row: Rect, palette: &Palette, buf: &mut Buffer) -> u16 {
    let Some(notice) = state.notices.visible() else { return row.x };
    let style = match notice.level {
        Level::Info => palette.text,
        Level::Error => palette.error,
    };
    text::draw_text(buf, row, &notice.text, style)
}

/// Draws keys with their labels, as many as fit.
fn draw_hints(items: Vec<(String, String)>, row: Rect, palette: &Palette, buf: &mut Buffer) {
    let mut rest = row;
    for (keys, label) in items {
        let needed = width(&keys) + width(&label) + usize::from(!keys.is_empty());
        if needed > usize::from(rest.width) {
            break;
        }
        let mut x = text::draw_text(buf, rest, &keys, palette.key);
        if !keys.is_empty() {
            x += 1;
        }
        let x = text::draw_text(buf, text::from_column(rest, x), &label, palette.muted);
        rest = text::from_column(rest, x + 2);
    }
}
