//! Draws the state. Reads `&State` and writes cells, without other effects.

mod basket;
mod columns;
mod detail;
mod facets;
mod filter;
mod footer;
mod header;
mod key_hints;
mod line_art;
mod list;
mod pending_keys;
mod popup;
mod qr_code;
mod text;
mod theme;
mod tips;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::model::popup::PopupKind;
use crate::app::model::theme_preview::shown_appearance;
use crate::app::{LineArt, Mode, Pane, Popup, Rules, State};
use theme::Palette;

/// Draws the whole screen.
pub fn draw(state: &State, frame: &mut Frame<'_>) {
    let palette = Palette::new(shown_appearance(state));
    let areas = &state.view.areas;
    if areas.screen.intersection(frame.area()) != areas.screen {
        // The terminal has shrunk, and the resize event has not arrived yet.
        return;
    }
    let buf = frame.buffer_mut();
    header::draw(state, &palette, buf);
    draw_rules(state, &palette, buf);
    let popup = if let Mode::Popup(popup) = &state.mode { Some(popup) } else { None };
    if !popup.is_some_and(Popup::covers_body) {
        draw_panes(state, &palette, buf);
    }
    let popup_cursor = popup.and_then(|it| popup::draw(state, it, &palette, buf));
    tips::draw(state, &palette, buf);
    pending_keys::draw(state, &palette, buf);
    let filter_cursor = filter::draw(state, &palette, buf);
    let footer_cursor = footer::draw(state, &palette, buf);
    // A QR code has no form in ASCII.
    let has_qr_code = popup.is_some_and(|it| matches!(it.kind, PopupKind::Link { .. }));
    if state.settings.appearance.line_art == LineArt::Ascii && !has_qr_code {
        line_art::replace_with_ascii(buf);
    }
    if let Some(at) = popup_cursor.or(filter_cursor).or(footer_cursor) {
        frame.set_cursor_position(at);
    }
}

/// The visible links and their areas, for OSC 8 hyperlinks.
pub fn links(state: &State) -> Vec<(Rect, String)> {
    match &state.mode {
        Mode::Popup(popup) => popup::links(state, popup),
        _ => detail::links(state),
    }
}

/// Draws the rules above and below the body.
fn draw_rules(state: &State, palette: &Palette, buf: &mut Buffer) {
    let body = state.view.areas.body;
    if state.view.areas.rules == Rules::Drawn {
        for y in [body.y.saturating_sub(1), body.bottom()] {
            buf.set_stringn(0, y, "─".repeat(body.width.into()), body.width.into(), palette.rule);
        }
    }
}

/// Draws the panes and the separators between them.
fn draw_panes(state: &State, palette: &Palette, buf: &mut Buffer) {
    let areas = &state.view.areas;
    list::draw(state, palette, buf);
    let is_side_by_side = areas.list.y == areas.detail.y && !areas.list.is_empty();
    if is_side_by_side && !areas.detail.is_empty() {
        draw_separator(areas.list.right(), Pane::Detail, state, palette, buf);
    }
    if !areas.facets.is_empty() && state.view.areas.list.x > areas.facets.x {
        draw_separator(areas.facets.right(), Pane::Facets, state, palette, buf);
    }
    if !is_side_by_side && !areas.list.is_empty() && !areas.detail.is_empty() {
        let row = Rect { y: areas.list.bottom(), height: 1, ..areas.list };
        let line = if state.has_focus(Pane::Detail) { "━" } else { "─" };
        buf.set_stringn(
            row.x,
            row.y,
            line.repeat(row.width.into()),
            row.width.into(),
            palette.rule,
        );
    }
    detail::draw(state, palette, buf);
    facets::draw(state, palette, buf);
    basket::draw(state, palette, buf);
}

/// Draws a vertical rule, joined to the horizontal ones; heavy if the pane beside it has the focus.
fn draw_separator(x: u16, pane: Pane, state: &State, palette: &Palette, buf: &mut Buffer) {
    let body = state.view.areas.body;
    let line = if state.has_focus(pane) { "┃" } else { "│" };
    for y in body.top()..body.bottom() {
        buf.set_stringn(x, y, line, 1, palette.rule);
    }
    if state.view.areas.rules == Rules::Drawn {
        buf.set_stringn(x, body.y - 1, "┬", 1, palette.rule);
        buf.set_stringn(x, body.bottom(), "┴", 1, palette.rule);
    }
}
