//! Popups: a titled list of rows over the body, or a link with its QR code.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::{Clear, Widget};

use super::theme::Palette;
use super::{qr_code, text};
use crate::app::State;
use crate::app::model::popup::{Popup, PopupFocus, PopupKind, PopupRow, preview_height};
use crate::app::model::popup_rows::{all_rows, popup_rows, popup_title};
use crate::text::{width, wrap};

/// Draws the popup. Returns the cursor position if its filter line has the focus.
pub fn draw(state: &State, popup: &Popup, palette: &Palette, buf: &mut Buffer) -> Option<Position> {
    let body = state.view.areas.body;
    if body.is_empty() {
        return None;
    }
    let rows = popup_rows(state, popup);
    // A filtered menu keeps its place.
    let height = (all_rows(state, popup).len() as u16 + 2).min(body.height);
    let area =
        if popup.covers_body() { body } else { Rect { y: body.bottom() - height, height, ..body } };
    Clear.render(area, buf);
    if area.y > body.y {
        let rule = "─".repeat(area.width.into());
        buf.set_stringn(area.x, area.y - 1, rule, area.width.into(), palette.rule);
    }
    let inner = text::skip_columns(Rect { width: area.width.saturating_sub(1), ..area }, 1);
    let cursor = draw_heading(state, popup, Rect { height: 1, ..inner }, palette, buf);
    let list = content_area(area);
    match &popup.kind {
        PopupKind::Link { url, why } => draw_link(url, why, list, palette, buf),
        PopupKind::Styles(_) => {
            let list = draw_preview(state, list, palette, buf);
            draw_rows(&rows, popup, list, palette, buf);
        }
        _ => draw_rows(&rows, popup, list, palette, buf),
    }
    cursor
}

/// Draws the title, and the filter behind it. The title is cut where the filter needs the room.
/// Returns the cursor position if the filter has the focus.
fn draw_heading(
    state: &State,
    popup: &Popup,
    row: Rect,
    palette: &Palette,
    buf: &mut Buffer,
) -> Option<Position> {
    let title = popup_title(state, popup);
    let Some(line) = &popup.filter_field else {
        text::draw_text(buf, row, &title, palette.strong);
        return None;
    };
    // Two blanks, the sign of the filter, its text, and the cursor.
    let needed = (width(line.text()) as u16).saturating_add(5).min(row.width);
    let title_area = Rect { width: row.width - needed, ..row };
    let x = text::draw_text(buf, title_area, &title, palette.strong);
    let x = if x > row.x { x + 2 } else { x };
    let x = text::draw_text(buf, text::from_column(row, x), "/ ", palette.key);
    let is_focused = popup.focus == PopupFocus::FilterField;
    let at = text::draw_text_field(buf, text::from_column(row, x), line, Vec::new(), is_focused);
    is_focused.then_some(at)
}

/// The URL of a link popup and its areas.
pub fn links(state: &State, popup: &Popup) -> Vec<(Rect, String)> {
    let PopupKind::Link { url, why } = &popup.kind else { return Vec::new() };
    let area = link_area(why, content_area(state.view.areas.body));
    let lines = wrap(url, area.width.into());
    let rows = lines.iter().zip(area.y..area.bottom());
    rows.map(|(line, y)| {
        (Rect { y, height: 1, width: width(&url[line.clone()]) as u16, ..area }, url.clone())
    })
    .collect()
}

/// The area of the rows, below the title.
fn content_area(area: Rect) -> Rect {
    text::skip_rows(text::skip_columns(Rect { width: area.width.saturating_sub(1), ..area }, 1), 1)
}

/// The area of the URL, below the reason why the link is shown.
fn link_area(reason: &str, area: Rect) -> Rect {
    text::skip_rows(area, wrap(reason, area.width.into()).len() as u16)
}

/// Draws the current paper in the selected citation style below the list. Returns the area left for
/// the list.
fn draw_preview(state: &State, area: Rect, palette: &Palette, buf: &mut Buffer) -> Rect {
    let height = preview_height(area.height);
    let list = Rect { height: area.height - height, ..area };
    let area_below = Rect { y: list.bottom(), height, ..area };
    let Some(preview) = state.cite.preview.as_ref().filter(|_| height > 1) else { return list };
    buf.set_stringn(
        area_below.x,
        area_below.y,
        "─".repeat(area_below.width.into()),
        area_below.width.into(),
        palette.rule,
    );
    let text = if preview.text.is_empty() {
        "The citation style prints nothing for this paper"
    } else {
        &preview.text
    };
    let rows = text::skip_rows(area_below, 1);
    for (line, y) in wrap(text, rows.width.into()).into_iter().zip(rows.y..rows.bottom()) {
        text::draw_text(buf, Rect { y, height: 1, ..rows }, &text[line], palette.text);
    }
    list
}

fn draw_rows(rows: &[PopupRow], popup: &Popup, area: Rect, palette: &Palette, buf: &mut Buffer) {
    if rows.is_empty() {
        text::draw_text(
            buf,
            Rect { height: area.height.min(1), ..area },
            empty_message(popup),
            palette.muted,
        );
        return;
    }
    // The last line tells whether there are more rows.
    let height = area.height.saturating_sub(1).max(1).min(area.height);
    let below = Rect { y: area.y + height, height: area.height - height, ..area };
    let area = Rect { height, ..area };
    let more = more_label(popup.viewport.top, rows.len(), height.into());
    text::draw_text(buf, Rect { height: below.height.min(1), ..below }, more, palette.muted);
    let widest = rows.iter().map(|row| width(&row.keys)).max().unwrap_or(0) as u16;
    let column = widest.min(area.width / 2);
    let visible = rows.iter().enumerate().skip(popup.viewport.top);
    for ((number, row), y) in visible.zip(area.y..area.bottom()) {
        let at = Rect { y, height: 1, ..area };
        if row.is_heading() {
            text::draw_text(buf, at, &row.text, palette.strong);
        } else {
            let keys = Rect { width: column, ..at };
            text::draw_text(buf, keys, &row.keys, palette.key);
            let gap = if column > 0 { column + 2 } else { 0 };
            text::draw_text(buf, text::skip_columns(at, gap), &row.text, palette.text);
        }
        if number == popup.viewport.cursor {
            buf.set_style(at, palette.cursor);
        }
    }
}

/// Tells whether there are rows above or below those on the screen.
fn more_label(top: usize, len: usize, height: usize) -> &'static str {
    match (top > 0, top + height < len) {
        (false, false) => "",
        (false, true) => "more ↓",
        (true, false) => "more ↑",
        (true, true) => "more ↑ ↓",
    }
}

/// Message of a popup without rows.
fn empty_message(popup: &Popup) -> &'static str {
    if popup.filter_field.as_ref().is_some_and(|field| !field.is_empty()) {
        return "No matches";
    }
    match popup.kind {
        PopupKind::Messages => "No messages",
        PopupKind::Defects => "No unreadable records",
        PopupKind::Log => "No changes yet",
        PopupKind::Searches(_) => "No saved searches; `:save NAME` adds one",
        PopupKind::Links { .. } => "No links",
        PopupKind::Proposals => "No changes proposed",
        PopupKind::Help
        | PopupKind::MenuHelp
        | PopupKind::Sort
        | PopupKind::Formats(_)
        | PopupKind::Styles(_)
        | PopupKind::Themes
        | PopupKind::Settings
        | PopupKind::FileExists(_)
        | PopupKind::Link { .. } => "No matches",
    }
}

/// Draws the reason, the URL, and its QR code if that fits.
fn draw_link(url: &str, reason: &str, area: Rect, palette: &Palette, buf: &mut Buffer) {
    let url_area = link_area(reason, area);
    let mut y = area.y;
    for (text, style, area) in [(reason, palette.text, area), (url, palette.link, url_area)] {
        for (line, row) in wrap(text, area.width.into()).into_iter().zip(area.y..area.bottom()) {
            text::draw_text(buf, Rect { y: row, height: 1, ..area }, &text[line], style);
            y = row + 1;
        }
    }
    let picture = qr_code::qr_code_lines(url);
    let free_rows = usize::from(area.bottom().saturating_sub(y));
    let fits =
        picture.len() <= free_rows && picture.iter().all(|it| width(it) <= area.width.into());
    if !fits {
        let row = Rect { y: y + 1, height: 1, ..area };
        text::draw_text(
            buf,
            row.intersection(area),
            "Window too small for the QR code",
            palette.muted,
        );
        return;
    }
    for (line, y) in picture.iter().zip(y..area.bottom()) {
        text::draw_text(buf, Rect { y, height: 1, ..area }, line, palette.qr_code);
    }
}
