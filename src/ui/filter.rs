//! The filter line: what is typed, coloured by what it means.

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::Style;

use super::text;
use super::theme::Palette;
use crate::app::{Mode, State};
use crate::search::Span;

/// Draws the line and returns where the cursor stands, if it is being typed into.
pub fn draw(state: &State, palette: &Palette, buf: &mut Buffer) -> Option<Position> {
    let area = state.view.areas.filter;
    if area.is_empty() {
        return None;
    }
    let is_typed = matches!(state.mode, Mode::Filter);
    let row = text::after(area, 1);
    let x = text::plain(buf, row, "/ ", if is_typed { palette.key } else { palette.quiet });
    let row = text::from(row, x);
    let line = &state.filter.line;
    if line.is_empty() && !is_typed {
        let hint = if area.width >= 40 { "to filter" } else { "" };
        text::plain(buf, row, hint, palette.quiet);
        return None;
    }
    let spans = state.filter.query.spans();
    let styles = spans.into_iter().map(|(range, span)| (range, style(span, palette))).collect();
    let at = text::scrolled(buf, row, line, styles, is_typed);
    is_typed.then_some(at)
}

fn style(span: Span, palette: &Palette) -> Style {
    match span {
        Span::Prefix | Span::Operator => palette.key,
        Span::Value => palette.matched,
        Span::Negated | Span::Unknown => palette.failed,
        Span::Word => palette.text,
    }
}
