//! Cells of a screen. A wide character and its further cells are always set and cleared together.

use std::ops::Range;
use std::sync::Arc;

use ratatui::buffer::{Cell, CellWidth};
use ratatui::layout::{Rect, Size};
use ratatui::style::{Color, Modifier};

/// The modifiers that are visible on a blank.
const VISIBLE_ON_BLANK: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK)
    .union(Modifier::CROSSED_OUT);

/// Colours, modifiers and link of a cell.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CellStyle {
    pub fg: Color,
    pub bg: Color,
    pub modifier: Modifier,
    pub link: Option<Arc<str>>,
}

impl CellStyle {
    /// Returns true if a blank written or erased in this style looks like a plain one.
    pub fn leaves_blanks_plain(&self) -> bool {
        self.bg == Color::Reset
            && !self.modifier.intersects(VISIBLE_ON_BLANK)
            && self.link.is_none()
    }
}

/// Content of one cell. The second cell of a wide character has an empty symbol.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScreenCell {
    cell: Cell,
    link: Option<Arc<str>>,
}

impl ScreenCell {
    const TAIL: Self = Self { cell: Cell::new(""), link: None };

    /// Drops invisible attributes, so that cells are equal if they look equal.
    fn new(cell: &Cell) -> Self {
        let mut visible = Cell::EMPTY;
        visible.bg = cell.bg;
        let blank = cell.symbol() == " ";
        if !blank {
            visible.set_symbol(cell.symbol());
        }
        if !blank || cell.modifier.intersects(VISIBLE_ON_BLANK) {
            visible.fg = cell.fg;
            visible.modifier = cell.modifier;
        }
        Self { cell: visible, link: None }
    }

    pub fn symbol(&self) -> &str {
        self.cell.symbol()
    }

    pub fn style(&self) -> CellStyle {
        let Cell { fg, bg, modifier, .. } = self.cell;
        CellStyle { fg, bg, modifier, link: self.link.clone() }
    }

    pub fn has_style(&self, style: &CellStyle) -> bool {
        self.cell.fg == style.fg
            && self.cell.bg == style.bg
            && self.cell.modifier == style.modifier
            && self.link == style.link
    }

    pub fn width(&self) -> usize {
        usize::from(self.cell.cell_width())
    }

    pub fn is_plain_blank(&self) -> bool {
        self.link.is_none() && self.cell == Cell::EMPTY
    }

    fn is_tail(&self) -> bool {
        self.symbol().is_empty()
    }
}

#[derive(Debug, Clone)]
pub struct Grid {
    size: Size,
    cells: Vec<ScreenCell>,
}

impl Grid {
    pub fn blank(size: Size) -> Self {
        let cells = usize::from(size.width) * usize::from(size.height);
        Self { size, cells: vec![ScreenCell::default(); cells] }
    }

    pub fn size(&self) -> Size {
        self.size
    }

    pub fn row(&self, y: u16) -> &[ScreenCell] {
        &self.cells[self.span(y..y + 1)]
    }

    fn span(&self, rows: Range<u16>) -> Range<usize> {
        let width = usize::from(self.size.width);
        usize::from(rows.start) * width..usize::from(rows.end) * width
    }

    /// Writes a character and returns the number of cells that it takes. A character that the
    /// terminal could not show there (half a wide character, a control character) becomes a blank.
    pub fn set_cell(&mut self, x: u16, y: u16, cell: &Cell) -> u16 {
        if x >= self.size.width || y >= self.size.height {
            return 1;
        }
        let width = if cell.symbol().chars().any(char::is_control) { 0 } else { cell.cell_width() };
        let mut glyph = ScreenCell::new(cell);
        let fits = (1..=self.size.width - x).contains(&width);
        if !fits {
            glyph.cell.set_symbol(" ");
            glyph = ScreenCell::new(&glyph.cell);
        }
        let columns = if fits { width } else { 1 };
        let span = self.span(y..y + 1);
        let row = &mut self.cells[span];
        let cells = usize::from(x)..usize::from(x + columns);
        blank_cut_character(row, cells.start);
        blank_cut_character(row, cells.end);
        row[cells.clone()].fill(ScreenCell::TAIL);
        row[cells.start] = glyph;
        columns
    }

    pub fn set_link(&mut self, area: Rect, link: Option<&Arc<str>>) {
        let area = area.intersection(Rect::from((ratatui::layout::Position::ORIGIN, self.size)));
        for y in area.rows().map(|row| row.y) {
            let span = self.span(y..y + 1);
            let row = &mut self.cells[span];
            for glyph in &mut row[usize::from(area.left())..usize::from(area.right())] {
                if !glyph.is_tail() {
                    glyph.link = link.cloned();
                }
            }
        }
    }

    /// Moves the content of `rows` up by `by` rows (down if negative) and fills in blanks.
    pub fn shift(&mut self, rows: Range<u16>, by: i32) {
        let by_cells = by.unsigned_abs() as usize * usize::from(self.size.width);
        let span = self.span(rows);
        let glyphs = &mut self.cells[span];
        let by_cells = by_cells.min(glyphs.len());
        if by >= 0 {
            glyphs.rotate_left(by_cells);
            let first_blank = glyphs.len() - by_cells;
            glyphs[first_blank..].fill(ScreenCell::default());
        } else {
            glyphs.rotate_right(by_cells);
            glyphs[..by_cells].fill(ScreenCell::default());
        }
    }
}

/// Blanks the wide character that begins before `x` and covers it.
fn blank_cut_character(row: &mut [ScreenCell], x: usize) {
    if !row.get(x).is_some_and(ScreenCell::is_tail) {
        return;
    }
    let head = row[..x].iter().rposition(|glyph| !glyph.is_tail()).unwrap_or(0);
    let tail = row[x..].iter().take_while(|glyph| glyph.is_tail()).count();
    row[head..x + tail].fill(ScreenCell::default());
}
