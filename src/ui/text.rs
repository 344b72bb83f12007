//! Writes text into cells: truncated to the row, with styles on byte ranges.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use crate::app::TextField;
use crate::text::{truncate, width};

/// Writes the text into the row, truncated with an ellipsis, and returns the column after it. Each
/// style covers a byte range of the text; later styles win.
pub fn draw_styled(
    buf: &mut Buffer,
    row: Rect,
    text: &str,
    base: Style,
    styles: impl IntoIterator<Item = (Range<usize>, Style)>,
) -> u16 {
    if row.is_empty() {
        return row.x;
    }
    let max_width = usize::from(row.width);
    let visible = truncate(text, max_width);
    let (end, _) = buf.set_stringn(row.x, row.y, visible.as_ref(), max_width, base);
    for (range, style) in styles {
        let from = width(&text[..range.start]).min(max_width);
        let to = width(&text[..range.end]).min(max_width);
        let cells = Rect { x: row.x + from as u16, width: (to - from) as u16, ..row };
        buf.set_style(cells.intersection(row), style);
    }
    end
}

/// Writes the text at the start of the row and returns the column after it.
pub fn draw_text(buf: &mut Buffer, row: Rect, text: &str, style: Style) -> u16 {
    draw_styled(buf, row, text, style, [])
}

/// Writes the text at the end of the row and returns the rest of the row before it.
pub fn draw_right_aligned(buf: &mut Buffer, row: Rect, text: &str, style: Style) -> Rect {
    let cells = width(text).min(row.width.into()) as u16;
    let cells_area = Rect { x: row.right() - cells, width: cells, ..row };
    draw_text(buf, cells_area, text, style);
    Rect { width: row.width - cells, ..row }
}

/// The row without its first `columns` cells.
pub fn skip_columns(row: Rect, columns: u16) -> Rect {
    let columns = columns.min(row.width);
    Rect { x: row.x + columns, width: row.width - columns, ..row }
}

/// The row from column `x` on.
pub fn from_column(row: Rect, x: u16) -> Rect {
    skip_columns(row, x.saturating_sub(row.x))
}

/// The area without its first `rows` rows.
pub fn skip_rows(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}

/// Draws a text field, scrolled so that its cursor (or its start without focus) is visible. Returns
/// the cursor position.
pub fn draw_text_field(
    buf: &mut Buffer,
    row: Rect,
    line: &TextField,
    styles: Vec<(Range<usize>, Style)>,
    is_focused: bool,
) -> Position {
    let text = line.text();
    let max_width = usize::from(row.width).max(1);
    let cursor = width(&text[..line.cursor()]);
    let hidden = if is_focused { (cursor + 1).saturating_sub(max_width) } else { 0 };
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
    draw_styled(buf, row, &text[start..], Style::new(), styles);
    let x = row.x + (cursor.saturating_sub(skipped).min(max_width - 1)) as u16;
    Position { x, y: row.y }
}
