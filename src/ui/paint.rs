//! Text into cells: cut to its room, with styles on stretches of it.

use std::ops::Range;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::text::{truncate, width};

/// Writes the text into the row, cut with an ellipsis where it is too long, and returns the column
/// after it. Each style covers a byte range of the text; later ones win.
pub fn styled(
    buf: &mut Buffer,
    row: Rect,
    text: &str,
    base: Style,
    styles: impl IntoIterator<Item = (Range<usize>, Style)>,
) -> u16 {
    if row.is_empty() {
        return row.x;
    }
    let room = usize::from(row.width);
    let shown = truncate(text, room);
    let (end, _) = buf.set_stringn(row.x, row.y, shown.as_ref(), room, base);
    for (range, style) in styles {
        let from = width(&text[..range.start]).min(room);
        let to = width(&text[..range.end]).min(room);
        let cells = Rect { x: row.x + from as u16, width: (to - from) as u16, ..row };
        buf.set_style(cells.intersection(row), style);
    }
    end
}

/// Writes the text at the start of the row.
pub fn plain(buf: &mut Buffer, row: Rect, text: &str, style: Style) -> u16 {
    styled(buf, row, text, style, [])
}

/// Writes the text at the end of the row and returns what is left of the row before it.
pub fn right(buf: &mut Buffer, row: Rect, text: &str, style: Style) -> Rect {
    let cells = width(text).min(row.width.into()) as u16;
    let at = Rect { x: row.right() - cells, width: cells, ..row };
    plain(buf, at, text, style);
    Rect { width: row.width - cells, ..row }
}

/// The row with so many columns taken off its start.
pub fn after(row: Rect, columns: u16) -> Rect {
    let columns = columns.min(row.width);
    Rect { x: row.x + columns, width: row.width - columns, ..row }
}

/// The row from a column on.
pub fn from(row: Rect, x: u16) -> Rect {
    after(row, x.saturating_sub(row.x))
}

/// The area with so many rows taken off its top.
pub fn below(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.y + rows, height: area.height - rows, ..area }
}
