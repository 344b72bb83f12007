//! The bottom line: a line being typed, the continuations of a sequence, the last notice, the keys
//! that matter here, and the place in the list.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use super::header::counts;
use super::key_hints::keys;
use super::text::{self, grouped};
use super::theme::Palette;
use crate::app::model::popup::Kind;
use crate::app::model::popup_rows::rows;
use crate::app::{Level, Line, Meter, Mode, Pane, State, progress, written};
use crate::text::width;

/// Draws the line and returns where the cursor stands, if it is being typed into.
pub fn draw(state: &State, palette: &Palette, buf: &mut Buffer) -> Option<Position> {
    let area = state.view.areas.footer;
    if area.is_empty() {
        return None;
    }
    let row = text::after(Rect { width: area.width.saturating_sub(1), ..area }, 1);
    match &state.mode {
        Mode::Command(line) => return Some(prompt(":", line, row, palette, buf)),
        Mode::Asking(asking) => {
            return Some(prompt(&asking.label(), &asking.line, row, palette, buf));
        }
        Mode::Find(line) => return Some(prompt("find ", line, row, palette, buf)),
        Mode::Tags(tagging) => return Some(prompt("tags ", &tagging.line, row, palette, buf)),
        Mode::Question(question) => {
            text::plain(buf, row, &question.told, palette.strong);
            return None;
        }
        _ => {}
    }
    let row = text::right(buf, row, &place(state), palette.quiet);
    let row = Rect { width: row.width.saturating_sub(2), ..row };
    if !state.view.pressed.keys.is_empty() {
        text::plain(buf, row, &written(&state.view.pressed.keys), palette.strong);
        return None;
    }
    if let Some(completing) = state.filter.completing() {
        let shown = completing.candidates.iter().cycle().skip(completing.at);
        let names = shown.take(completing.candidates.len()).map(|it| {
            (String::new(), format!("{} {}", it.text.trim_end(), grouped(it.count as usize)))
        });
        hints(names.collect(), row, palette, buf);
        return None;
    }
    let x = notice(state, row, palette, buf);
    let rest = text::from(row, if x > row.x { x + 3 } else { row.x });
    hints(keys(state), rest, palette, buf);
    None
}

fn prompt(label: &str, line: &Line, row: Rect, palette: &Palette, buf: &mut Buffer) -> Position {
    let x = text::plain(buf, row, label, palette.key);
    text::scrolled(buf, text::from(row, x), line, Vec::new(), true)
}

/// `3/198`, and where there is no header the counts too.
fn place(state: &State) -> String {
    let mut parts = Vec::new();
    if let Some(count) = state.view.pressed.count {
        parts.push(count.to_string());
    }
    if state.view.meter == Meter::Shown {
        parts.push(state.view.frame.to_string());
    }
    if matches!(state.view.pane, Pane::Reader | Pane::Triage)
        && let Some(reading) = &state.view.reading
    {
        let height = usize::from(state.view.areas.detail.height);
        let seen = (reading.top + height).min(reading.lines.len());
        parts.push(format!("{} %", seen * 100 / reading.lines.len().max(1)));
    }
    if let Mode::Overlay(overlay) = &state.mode {
        let rows = rows(state, overlay).len();
        if rows > 0 && !matches!(overlay.kind, Kind::Link { .. }) {
            parts.push(format!("{}/{rows}", overlay.cursor + 1));
        }
        return parts.join("  ");
    }
    if state.view.pane == Pane::Basket {
        let all = state.library.basket.kept.len();
        let at = (state.library.basket_pane.cursor + 1).min(all);
        parts.push(format!("{at}/{all}"));
    } else if state.view.pane == Pane::Triage && state.view.areas.header.is_empty() {
        parts.push(progress(state));
    } else if state.view.areas.header.is_empty() && state.view.width < 60 {
        parts.push(counts(state));
    } else if !state.hits().is_empty() {
        let (at, all) = (state.list.cursor + 1, state.hits().len());
        parts.push(format!("{}/{}", grouped(at), grouped(all)));
    }
    parts.join("  ")
}

fn notice(state: &State, row: Rect, palette: &Palette, buf: &mut Buffer) -> u16 {
    let Some(notice) = state.notices.last() else { return row.x };
    let style = match notice.level {
        Level::Told => palette.text,
        Level::Failed => palette.failed,
    };
    text::plain(buf, row, &notice.text, style)
}

/// Keys with what they do, as many as there is room for.
fn hints(items: Vec<(String, String)>, row: Rect, palette: &Palette, buf: &mut Buffer) {
    let mut rest = row;
    for (keys, label) in items {
        let room = width(&keys) + width(&label) + usize::from(!keys.is_empty());
        if room > usize::from(rest.width) {
            break;
        }
        let mut x = text::plain(buf, rest, &keys, palette.key);
        if !keys.is_empty() {
            x += 1;
        }
        let x = text::plain(buf, text::from(rest, x), &label, palette.quiet);
        rest = text::from(rest, x + 2);
    }
}
