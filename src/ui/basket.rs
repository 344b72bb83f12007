//! The basket: its papers in order, under a heading.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::text;
use super::theme::Palette;
use crate::app::{Pane, State};
use crate::domain::{Paper, family_names};
use crate::text::readable;

pub fn draw(state: &State, palette: &Palette, buf: &mut Buffer) {
    let area = state.view.areas.body;
    if state.view.pane != Pane::Basket || area.is_empty() {
        return;
    }
    let basket = &state.library.basket;
    let heading = text::after(Rect { height: 1, ..area }, 1);
    let x = text::plain(buf, heading, "Basket", palette.strong);
    if basket.kept.is_empty() {
        let hint = "  is empty; a puts the paper under the cursor into it.";
        text::plain(buf, text::from(heading, x), hint, palette.quiet);
        return;
    }
    let widest = basket.kept.len().to_string().len() as u16;
    let top = state.library.basket_pane.top;
    let rows = text::below(area, 1);
    let shown = basket.corpus.papers().enumerate().skip(top);
    for ((number, (_, paper)), y) in shown.zip(rows.y..rows.bottom()) {
        let is_here = basket.here.get(number).is_some_and(Option::is_some);
        let row = Rect { y, height: 1, ..rows };
        let is_current = number == state.library.basket_pane.cursor;
        text::plain(buf, row, if is_current { "▌" } else { " " }, palette.mark);
        let row = text::after(Rect { width: row.width.saturating_sub(1), ..row }, 1);
        let label = format!("{:>1$}", number + 1, usize::from(widest));
        text::plain(buf, row, &label, palette.mark);
        line(&paper, is_here, text::after(row, widest + 1), palette, buf);
        if is_current {
            buf.set_style(row, palette.cursor);
        }
    }
}

/// `Key-value memory in the brain · Gershman, Fiete, Irie   2025`.
fn line(paper: &Paper<'_>, is_here: bool, row: Rect, palette: &Palette, buf: &mut Buffer) {
    let year = paper.year.map_or_else(String::new, |year| format!(" {year}"));
    let row = text::right(buf, row, &year, palette.quiet);
    let row = if is_here || row.width < 60 {
        row
    } else {
        text::right(buf, row, " from another source ", palette.quiet)
    };
    let x = text::plain(buf, row, &readable(paper.title), palette.text);
    let names = family_names(paper);
    let authors = match names.len() {
        0 => return,
        1..=3 => names.join(", "),
        _ => format!("{}, …", names[0]),
    };
    text::plain(buf, text::from(row, x), &format!(" · {authors}"), palette.quiet);
}
