//! Basket pane: the papers in order, under a heading.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::text;
use super::theme::Palette;
use crate::app::{Pane, State};
use crate::domain::{Paper, family_names};
use crate::text::tex_to_unicode;

pub fn draw(state: &State, palette: &Palette, buf: &mut Buffer) {
    let area = state.view.areas.body;
    if state.view.pane != Pane::Basket || area.is_empty() {
        return;
    }
    let basket = &state.library.basket;
    let heading = text::skip_columns(Rect { height: 1, ..area }, 1);
    let x = text::draw_text(buf, heading, "Basket", palette.strong);
    if basket.library_ids.is_empty() {
        let hint = "  empty; a adds the current paper";
        text::draw_text(buf, text::from_column(heading, x), hint, palette.muted);
        return;
    }
    let widest = basket.library_ids.len().to_string().len() as u16;
    let top = state.library.basket_viewport.top;
    let rows = text::skip_rows(area, 1);
    let visible = basket.corpus.papers().enumerate().skip(top);
    for ((number, (_, paper)), y) in visible.zip(rows.y..rows.bottom()) {
        let is_here = basket.corpus_ids.get(number).is_some_and(Option::is_some);
        let row = Rect { y, height: 1, ..rows };
        let is_current = number == state.library.basket_viewport.cursor;
        text::draw_text(buf, row, if is_current { "▌" } else { " " }, palette.gutter);
        let row = text::skip_columns(Rect { width: row.width.saturating_sub(1), ..row }, 1);
        let on_cursor = palette.on_cursor_row();
        if is_current {
            buf.set_style(row, palette.cursor);
        }
        let palette = if is_current { &on_cursor } else { palette };
        let label = format!("{:>1$}", number + 1, usize::from(widest));
        text::draw_text(buf, row, &label, palette.gutter);
        draw_line(&paper, is_here, text::skip_columns(row, widest + 1), palette, buf);
    }
}

/// Draws one paper: `Key-value memory in the brain · Gershman, Fiete, Irie   2025`.
fn draw_line(paper: &Paper<'_>, is_here: bool, row: Rect, palette: &Palette, buf: &mut Buffer) {
    let year = paper.year.map_or_else(String::new, |year| format!(" {year}"));
    let row = text::draw_right_aligned(buf, row, &year, palette.muted);
    let row = if is_here || row.width < 60 {
        row
    } else {
        text::draw_right_aligned(buf, row, " from another source ", palette.muted)
    };
    let x = text::draw_text(buf, row, &tex_to_unicode(paper.title), palette.text);
    let names = family_names(paper);
    let authors = match names.len() {
        0 => return,
        1..=3 => names.join(", "),
        _ => format!("{}, …", names[0]),
    };
    text::draw_text(buf, text::from_column(row, x), &format!(" · {authors}"), palette.muted);
}
