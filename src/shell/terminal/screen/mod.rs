//! Ratatui backend that sends the changed cells of a frame in few bytes and one write, and never
//! queries the terminal.

mod cell_width;
mod encoder;
mod grid;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod width_tests;

use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Rect, Size};

pub use cell_width::AmbiguousWidth;
use encoder::Encoder;
use grid::Grid;

const BEGIN_FRAME: &str = "\x1b[?2026h";
const END_FRAME: &str = "\x1b[?2026l";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cursor {
    Hidden,
    At(Position),
}

/// A ratatui backend that stores the terminal's content and sends the differences.
///
/// The size is set with [`Screen::resize`]; the terminal is never queried. After other output to
/// the terminal, [`Backend::clear`] makes the next frame a full one.
#[derive(Debug)]
pub struct Screen<W: Write> {
    writer: W,
    /// Content of the terminal; `None` if unknown.
    drawn: Option<Grid>,
    next: Grid,
    cursor_shown: Option<Cursor>,
    cursor_visible: bool,
    cursor_position: Position,
    scroll_hint: Option<(Range<u16>, i32)>,
    links: Vec<(Rect, Arc<str>)>,
    last_frame_bytes: usize,
    ambiguous_width: AmbiguousWidth,
}

impl<W: Write> Screen<W> {
    pub fn new(writer: W, size: Size) -> Self {
        Self {
            writer,
            drawn: None,
            next: Grid::blank(size),
            cursor_shown: None,
            cursor_visible: false,
            cursor_position: Position::ORIGIN,
            scroll_hint: None,
            links: Vec::new(),
            last_frame_bytes: 0,
            ambiguous_width: AmbiguousWidth::Narrow,
        }
    }

    /// Sets the width that the terminal may give to ambiguous characters.
    pub fn set_ambiguous_width(&mut self, width: AmbiguousWidth) {
        self.ambiguous_width = width;
    }

    /// Sets the terminal's new size. Ratatui reads it before the next frame and redraws everything.
    pub fn resize(&mut self, size: Size) {
        if size != self.next.size() {
            self.next = Grid::blank(size);
            self.invalidate();
        }
    }

    /// Announces before a frame that `rows` have moved up by `by` rows (down if negative). A wrong
    /// hint is harmless: the shorter encoding is sent, and the screen is the same.
    pub fn hint(&mut self, rows: Range<u16>, by: i32) {
        self.scroll_hint = Some((rows, by));
    }

    /// Links `area` to `url` in the next frame. Only http, https and mailto are accepted, in
    /// printable ASCII, which cannot end the escape sequence.
    pub fn add_link(&mut self, area: Rect, url: &str) {
        let is_known_scheme =
            ["http://", "https://", "mailto:"].iter().any(|it| url.starts_with(it));
        if is_known_scheme && url.bytes().all(|byte| byte.is_ascii_graphic()) {
            self.links.push((area, url.into()));
        }
    }

    /// Number of bytes that the last frame sent; 0 if nothing changed.
    pub fn last_frame_bytes(&self) -> usize {
        self.last_frame_bytes
    }

    pub fn writer(&self) -> &W {
        &self.writer
    }

    pub fn writer_mut(&mut self) -> &mut W {
        &mut self.writer
    }

    fn invalidate(&mut self) {
        self.drawn = None;
        self.cursor_shown = None;
    }

    fn cursor_wanted(&self) -> Cursor {
        if self.cursor_visible { Cursor::At(self.cursor_position) } else { Cursor::Hidden }
    }

    fn set_links(&mut self) {
        let all = Rect::from((Position::ORIGIN, self.next.size()));
        self.next.set_link(all, None);
        for (area, url) in self.links.drain(..) {
            self.next.set_link(area, Some(&url));
        }
    }

    /// The bytes of the changed cells, and the cursor position after them.
    fn encode_changes(&self, hint: Option<(Range<u16>, i32)>) -> (String, Option<Position>) {
        let Some(drawn) = &self.drawn else {
            let mut encoder = Encoder::new(None, self.ambiguous_width);
            encoder.erase();
            encoder.update(&Grid::blank(self.next.size()), &self.next);
            return encoder.finish();
        };
        let start = match self.cursor_shown {
            Some(Cursor::At(position)) => Some(position),
            _ => None,
        };
        let mut encoder = Encoder::new(start, self.ambiguous_width);
        encoder.update(drawn, &self.next);
        let plain = encoder.finish();
        let scrolled = hint
            .and_then(|(rows, by)| scrollable(&rows, by, drawn.size().height).then_some((rows, by)))
            .map(|(rows, by)| {
                let mut encoder = Encoder::new(None, self.ambiguous_width);
                let mut shifted = drawn.clone();
                encoder.scroll(&rows, by);
                shifted.shift(rows, by);
                encoder.update(&shifted, &self.next);
                encoder.finish()
            });
        match scrolled {
            Some(scrolled) if scrolled.0.len() < plain.0.len() => scrolled,
            _ => plain,
        }
    }

    fn encode_frame(&mut self) -> String {
        let hint = self.scroll_hint.take();
        let (cells, at) = self.encode_changes(hint);
        let cursor = self.cursor_wanted();
        if cells.is_empty() && self.cursor_shown == Some(cursor) {
            return String::new();
        }
        let mut tail = Encoder::new(at, self.ambiguous_width);
        if let Cursor::At(position) = cursor {
            tail.move_to(position.x.into(), position.y);
        }
        let visibility = match (self.cursor_shown, cursor) {
            (Some(Cursor::At(_)), Cursor::At(_)) | (Some(Cursor::Hidden), Cursor::Hidden) => "",
            (_, Cursor::At(_)) => "\x1b[?25h",
            (_, Cursor::Hidden) => "\x1b[?25l",
        };
        let (moves, _) = tail.finish();
        if cells.is_empty() {
            return format!("{moves}{visibility}");
        }
        format!("{BEGIN_FRAME}{cells}{moves}{visibility}{END_FRAME}")
    }
}

fn scrollable(rows: &Range<u16>, by: i32, height: u16) -> bool {
    let count = u32::from(rows.end.saturating_sub(rows.start));
    rows.end <= height && count >= 2 && (1..count).contains(&by.unsigned_abs())
}

impl<W: Write> Backend for Screen<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        // Ratatui repeats the cells covered by a wide emoji; they belong to the emoji.
        let mut covered = (0, 0..0);
        for (x, y, cell) in content {
            if covered.0 != y || !covered.1.contains(&x) {
                let width = self.next.set_cell(x, y, cell);
                covered = (y, x..x + width);
            }
        }
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.cursor_visible = false;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.cursor_visible = true;
        Ok(())
    }

    /// Returns the last position set; the terminal is not queried.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.cursor_position)
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let Size { width, height } = self.next.size();
        let Position { x, y } = position.into();
        self.cursor_position =
            Position::new(x.min(width.saturating_sub(1)), y.min(height.saturating_sub(1)));
        Ok(())
    }

    /// Marks the terminal's content as unknown: the next frame begins by erasing it.
    fn clear(&mut self) -> io::Result<()> {
        self.next = Grid::blank(self.next.size());
        self.invalidate();
        Ok(())
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        let Size { width, height } = self.next.size();
        let Position { x, y } = self.cursor_position;
        let erased = match clear_type {
            ClearType::All => return self.clear(),
            ClearType::AfterCursor => [(x..width, y..y + 1), (0..width, y + 1..height)],
            ClearType::BeforeCursor => [(0..width, 0..y), (0..x + 1, y..y + 1)],
            ClearType::CurrentLine => [(0..width, y..y + 1), (0..0, 0..0)],
            ClearType::UntilNewLine => [(x..width, y..y + 1), (0..0, 0..0)],
        };
        for (columns, rows) in erased {
            for y in rows {
                columns.clone().for_each(|x| _ = self.next.set_cell(x, y, &Cell::EMPTY));
            }
        }
        Ok(())
    }

    fn size(&self) -> io::Result<Size> {
        Ok(self.next.size())
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.next.size(), pixels: Size::ZERO })
    }

    /// Sends the frame in one write, if it differs.
    fn flush(&mut self) -> io::Result<()> {
        self.set_links();
        let frame = self.encode_frame();
        self.last_frame_bytes = frame.len();
        if frame.is_empty() {
            return Ok(());
        }
        // A failed write leaves the terminal's content unknown.
        self.invalidate();
        self.writer.write_all(frame.as_bytes())?;
        self.writer.flush()?;
        self.drawn = Some(self.next.clone());
        self.cursor_shown = Some(self.cursor_wanted());
        Ok(())
    }
}
