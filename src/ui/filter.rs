//! The filter line: what is typed, coloured by what it means.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::paint;
use super::theme::Palette;
use crate::app::{Line, Mode, State};
use crate::search::Span;
use crate::text::width;

/// Draws the line and returns where the cursor stands, if it is being typed into.
pub fn draw(state: &State, palette: &Palette, buf: &mut Buffer) -> Option<Position> {
    let area = state.view.areas.filter;
    if area.is_empty() {
        return None;
    }
    let is_typed = matches!(state.mode, Mode::Filter);
    let row = paint::after(area, 1);
    let x = paint::plain(buf, row, "/ ", if is_typed { palette.key } else { palette.quiet });
    let row = paint::from(row, x);
    let line = &state.filter.line;
    if line.is_empty() && !is_typed {
        let hint = if area.width >= 40 { "to filter" } else { "" };
        paint::plain(buf, row, hint, palette.quiet);
        return None;
    }
    let spans = state.filter.query.spans();
    let styles = spans.into_iter().map(|(range, span)| (range, style(span, palette))).collect();
    let at = scrolled(buf, row, line, styles, is_typed);
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

/// Draws a line that may be longer than its room so that its cursor, or else its start, is in
/// sight, and returns where the cursor stands.
pub fn scrolled(
    buf: &mut Buffer,
    row: Rect,
    line: &Line,
    styles: Vec<(Range<usize>, Style)>,
    is_typed: bool,
) -> Position {
    let text = line.text();
    let room = usize::from(row.width).max(1);
    let cursor = width(&text[..line.cursor()]);
    let hidden = if is_typed { (cursor + 1).saturating_sub(room) } else { 0 };
    let mut start = 0;
    let mut skipped = 0;
    for (at, c) in text.char_indices() {
        if skipped >= hidden {
            break;
        }
        skipped += width(c.encode_utf8(&mut [0; 4]));
        start = at + c.len_utf8();
    }
    let end = text.len();
    let shift = |range: Range<usize>| {
        range.start.clamp(start, end) - start..range.end.clamp(start, end) - start
    };
    let styles = styles.into_iter().map(|(range, style)| (shift(range), style));
    paint::styled(buf, row, &text[start..], Style::new(), styles);
    let x = row.x + (cursor.saturating_sub(skipped).min(room - 1)) as u16;
    Position { x, y: row.y }
}
