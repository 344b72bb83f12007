//! Columns at the right end of a row of the list.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::text;
use crate::app::model::columns::ListColumn;
use crate::domain::{BibField, Paper, family_names};
use crate::text::{tex_to_unicode, truncate, width};

/// Columns are left out of a row in which the title would have less room.
const MIN_TITLE_WIDTH: u16 = 20;
/// Month and day are left out of narrower rows.
const MIN_WIDTH_WITH_DAY: u16 = 56;
/// Cells between two columns.
const GAP: u16 = 2;

/// Draws the columns that fit, and returns the rest of the row.
pub fn draw(
    columns: &[ListColumn],
    paper: &Paper<'_>,
    row: Rect,
    style: Style,
    buf: &mut Buffer,
) -> Rect {
    let column_width = |column: &ListColumn, text: &str| match column {
        ListColumn::Year => 4,
        // The title takes the room of a month and a day that are not known.
        ListColumn::Date => width(text).max(4) as u16,
        ListColumn::Author | ListColumn::Venue => 14,
        ListColumn::Category => 9,
        ListColumn::Citations | ListColumn::Votes => 6,
        ListColumn::Listed => 10,
    };
    let mut rest = row;
    let mut drawn = Vec::new();
    for column in columns {
        let text = column_text(*column, paper, row.width);
        let cells = column_width(column, &text) + if drawn.is_empty() { 1 } else { GAP };
        let Some(left) = rest.width.checked_sub(cells).filter(|it| *it >= MIN_TITLE_WIDTH) else {
            break;
        };
        rest.width = left;
        drawn.push((*column, text, cells));
    }
    let mut x = rest.right();
    for (position, (column, text, cells)) in drawn.into_iter().enumerate() {
        let gap = if position == 0 { 1 } else { GAP };
        let cell = Rect { x: x + gap, width: cells - gap, ..row };
        match column {
            ListColumn::Year
            | ListColumn::Date
            | ListColumn::Citations
            | ListColumn::Votes
            | ListColumn::Listed => {
                text::draw_right_aligned(buf, cell, &text, style);
            }
            ListColumn::Author | ListColumn::Venue | ListColumn::Category => {
                text::draw_text(buf, cell, &truncate(&text, cell.width.into()), style);
            }
        }
        x += cells;
    }
    rest
}

/// The text of a column in a row of this width.
fn column_text(column: ListColumn, paper: &Paper<'_>, row_width: u16) -> String {
    let year = || paper.year.map_or_else(String::new, |year| year.to_string());
    match column {
        ListColumn::Year => year(),
        ListColumn::Date => match paper.date().filter(|_| row_width >= MIN_WIDTH_WITH_DAY) {
            Some(date) => date.to_owned(),
            None => year(),
        },
        ListColumn::Author => family_names(paper).into_iter().next().unwrap_or_default(),
        ListColumn::Venue => tex_to_unicode(paper.venue).into_owned(),
        ListColumn::Category => paper.category().to_owned(),
        ListColumn::Citations => paper.field(BibField::Citations).to_owned(),
        ListColumn::Votes => paper.field(BibField::Upvotes).to_owned(),
        ListColumn::Listed => paper.field(BibField::Listed).to_owned(),
    }
}
