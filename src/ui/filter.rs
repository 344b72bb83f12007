//! Filter line with syntax highlighting of the query.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::text;
use super::theme::Palette;
use crate::app::{Mode, Rules, State};
use crate::search::Span;

/// Draws the line. Returns the cursor position in filter mode.
pub fn draw(state: &State, palette: &Palette, buf: &mut Buffer) -> Option<Position> {
    let area = state.view.areas.filter;
    if area.is_empty() {
        return None;
    }
    draw_warning(state, palette, buf);
    let is_focused = matches!(state.mode, Mode::Filter);
    let row = text::skip_columns(area, 1);
    let x = text::draw_text(buf, row, "/ ", if is_focused { palette.key } else { palette.muted });
    let row = text::from_column(row, x);
    let line = &state.filter.field;
    if line.is_empty() && !is_focused {
        let hint = if area.width >= 40 { "filter" } else { "" };
        text::draw_text(buf, row, hint, palette.muted);
        return None;
    }
    let spans = state.filter.query.spans();
    let styles =
        spans.into_iter().map(|(range, span)| (range, span_style(span, palette))).collect();
    let at = text::draw_text_field(buf, row, line, styles, is_focused);
    is_focused.then_some(at)
}

/// Draws the first warning about the query on the rule below it. While the query is edited, only
/// warnings about text away from the cursor are drawn: the rest may be unfinished.
fn draw_warning(state: &State, palette: &Palette, buf: &mut Buffer) {
    let areas = &state.view.areas;
    if areas.rules != Rules::Drawn {
        return;
    }
    let query = &state.filter.query;
    let warnings = match state.mode {
        Mode::Filter => query.warnings_beside(state.filter.field.cursor()),
        _ => query.warnings(),
    };
    if let Some(warning) = warnings.first() {
        let rule = Rect { y: areas.body.y.saturating_sub(1), height: 1, ..areas.body };
        let message = format!(" {} ", warning.message);
        text::draw_text(buf, text::skip_columns(rule, 2), &message, palette.error);
    }
}

fn span_style(span: Span, palette: &Palette) -> Style {
    match span {
        Span::Prefix | Span::Operator => palette.key,
        Span::Value => palette.match_text,
        Span::Negated | Span::Invalid => palette.error,
        Span::Word => palette.text,
    }
}
