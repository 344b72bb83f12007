//! Encodes the difference between two screens in few bytes of plain control sequences.

use std::fmt::Write as _;
use std::ops::Range;

use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthChar;

use super::cell_width::{AmbiguousWidth, WidthAgreement, is_line_art, width_agreement};
use super::grid::{CellStyle, Grid, ScreenCell};

/// On and off codes of each modifier. Bold and dim share an off code, and so do both blinks.
const MODIFIERS: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// From this many blanks on, erasing to the end of the line is shorter.
const MIN_BLANKS_TO_ERASE_LINE: usize = 4;
/// From this many blanks on, erasing them and moving past them is shorter.
const MIN_BLANKS_TO_ERASE_CELLS: usize = 10;
/// A gap of up to this many unchanged characters is rewritten instead of skipped.
const MAX_REWRITTEN_GAP: usize = 4;

/// Up to this many rows down, line feeds are shorter than an absolute move.
const MAX_LINE_FEEDS: u16 = 4;

/// The terminal's cursor, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum CursorPlace {
    #[default]
    Unknown,
    /// The row, without the column. With autowrap off, no character leaves its row.
    Row(u16),
    At(Position),
}

/// Writes control sequences and tracks the terminal's cursor and style.
#[derive(Debug, Default)]
pub struct Encoder {
    out: String,
    style: CellStyle,
    place: CursorPlace,
    ambiguous_width: AmbiguousWidth,
    /// A character of uncertain width may have overwritten cells of this row before this column.
    uncertain_until: usize,
    /// Number of characters of line art written in a row before the cursor.
    line_art_run: usize,
}

impl Encoder {
    /// Starts with a terminal in the default style and its cursor at `at`.
    pub fn new(at: Option<Position>, ambiguous_width: AmbiguousWidth) -> Self {
        let place = at.map_or(CursorPlace::Unknown, CursorPlace::At);
        Self { place, ambiguous_width, ..Self::default() }
    }

    /// Resets the style and returns the bytes and the cursor position.
    pub fn finish(mut self) -> (String, Option<Position>) {
        self.set_style(&CellStyle::default());
        let position = if let CursorPlace::At(at) = self.place { Some(at) } else { None };
        (self.out, position)
    }

    /// Erases the whole screen.
    pub fn erase(&mut self) {
        self.out.push_str("\x1b[m\x1b[2J");
    }

    /// Scrolls `rows` up by `by` rows, or down if negative, and resets the scroll region.
    pub fn scroll(&mut self, rows: &Range<u16>, by: i32) {
        let direction = if by >= 0 { 'S' } else { 'T' };
        let (first, last, by) = (rows.start + 1, rows.end, by.unsigned_abs());
        let _ = write!(self.out, "\x1b[{first};{last}r\x1b[{by}{direction}\x1b[r");
        self.place = CursorPlace::Unknown;
    }

    pub fn update(&mut self, drawn: &Grid, next: &Grid) {
        for y in 0..next.size().height {
            self.update_row(y, drawn.row(y), next.row(y));
        }
    }

    fn update_row(&mut self, y: u16, drawn: &[ScreenCell], next: &[ScreenCell]) {
        let differs = |x: usize| drawn[x] != next[x];
        let end = (0..next.len()).rfind(|&x| differs(x)).map_or(0, |last| last + 1);
        (self.uncertain_until, self.line_art_run) = (0, 0);
        let mut x = 0;
        while x < end.max(self.uncertain_until) {
            if !differs(x) && x >= self.uncertain_until {
                self.line_art_run = 0;
                x += 1;
                continue;
            }
            self.rewrite_gap(next, x, y);
            let run = next[x..].iter().take_while(|glyph| glyph.is_plain_blank()).count();
            if run == 0 {
                let after = x + next[x].width().max(1);
                let continues_run = next.get(after).is_some_and(|it| is_line_art(it.symbol()))
                    && (differs(after) || after < self.uncertain_until);
                self.glyph(next, x, y, continues_run);
                x = after;
            } else {
                self.line_art_run = 0;
                let uncertain = self.uncertain_until;
                let changed = (x..x + run).rfind(|&at| differs(at) || at < uncertain).unwrap_or(x);
                self.blanks(next, x, y, changed - x + 1);
                x += run;
            }
        }
    }

    /// Writes one character. `continues_run` is true if line art is written next.
    fn glyph(&mut self, row: &[ScreenCell], x: usize, y: u16, continues_run: bool) {
        let glyph = &row[x];
        let (symbol, width) = (glyph.symbol(), glyph.width());
        self.move_to(x, y);
        self.set_style(&glyph.style());
        let agreement = match (width_agreement(symbol, width), self.ambiguous_width) {
            (WidthAgreement::Ambiguous, AmbiguousWidth::Narrow) => WidthAgreement::Agreed,
            (agreement, _) => agreement,
        };
        // A wide form does not fit into the last column, where the earlier character would stay.
        let may_not_fit = agreement == WidthAgreement::Ambiguous && x + width == row.len();
        if agreement == WidthAgreement::Joined || may_not_fit {
            self.out.extend(std::iter::repeat_n(' ', width));
            self.place = CursorPlace::Row(y);
            self.move_to(x, y);
        }
        self.out.push_str(symbol);
        let next = x + width;
        self.line_art_run = if is_line_art(symbol) { self.line_art_run + 1 } else { 0 };
        let covered = match agreement {
            WidthAgreement::Agreed => 0,
            WidthAgreement::Joined => symbol.chars().filter_map(UnicodeWidthChar::width).sum(),
            WidthAgreement::Disputed => symbol.chars().count(),
            // A run of line art drifts as a whole, and may cover as many cells behind its end.
            WidthAgreement::Ambiguous if self.line_art_run > 0 && continues_run => 0,
            WidthAgreement::Ambiguous if self.line_art_run > 1 => self.line_art_run + 1,
            // A blank or line art may be covered.
            WidthAgreement::Ambiguous
                if row.get(next).is_none_or(|it| {
                    it.is_plain_blank() || self.line_art_run > 0 && is_line_art(it.symbol())
                }) =>
            {
                0
            }
            WidthAgreement::Ambiguous => 2,
        };
        self.uncertain_until = self.uncertain_until.max((x + covered).min(row.len()));
        let is_certain =
            agreement == WidthAgreement::Agreed || self.line_art_run > 0 && continues_run;
        self.place = if is_certain && next < row.len() {
            CursorPlace::At(Position::new(next as u16, y))
        } else {
            CursorPlace::Row(y)
        };
    }

    fn blanks(&mut self, row: &[ScreenCell], x: usize, y: u16, count: usize) {
        self.move_to(x, y);
        if !self.style.leaves_blanks_plain() {
            self.set_style(&CellStyle::default());
        }
        if count >= MIN_BLANKS_TO_ERASE_LINE && row[x..].iter().all(ScreenCell::is_plain_blank) {
            self.out.push_str("\x1b[K");
        } else if count >= MIN_BLANKS_TO_ERASE_CELLS {
            let _ = write!(self.out, "\x1b[{count}X");
        } else {
            self.out.extend(std::iter::repeat_n(' ', count));
            // After the last column, the column depends on the terminal.
            self.place = if x + count < row.len() {
                CursorPlace::At(Position::new((x + count) as u16, y))
            } else {
                CursorPlace::Row(y)
            };
        }
    }

    /// Rewrites the few unchanged characters before `x` if they need no change of style.
    fn rewrite_gap(&mut self, row: &[ScreenCell], x: usize, y: u16) {
        let CursorPlace::At(at) = self.place else { return };
        if at.y != y || usize::from(at.x) >= x {
            return;
        }
        let gap = &row[usize::from(at.x)..x];
        let as_is = |glyph: &ScreenCell| {
            glyph.symbol().len() == 1
                && (glyph.has_style(&self.style)
                    || glyph.is_plain_blank() && self.style.leaves_blanks_plain())
        };
        if gap.len() <= MAX_REWRITTEN_GAP && gap.iter().all(as_is) {
            self.out.extend(gap.iter().map(ScreenCell::symbol));
            self.place = CursorPlace::At(Position::new(x as u16, y));
        }
    }

    pub fn move_to(&mut self, x: usize, y: u16) {
        let target = Position::new(x as u16, y);
        let (row, step) = match self.place {
            CursorPlace::At(from) if from == target => return,
            CursorPlace::At(from) => (Some(from.y), relative(from, target)),
            CursorPlace::Row(row) => (Some(row), None),
            CursorPlace::Unknown => (None, None),
        };
        let from_row = row.and_then(|row| from_row(row, target));
        let moves = [Some(absolute(target)), step, from_row].into_iter().flatten();
        self.out.push_str(&moves.min_by_key(String::len).unwrap_or_default());
        self.place = CursorPlace::At(target);
    }

    fn set_style(&mut self, style: &CellStyle) {
        if self.style == *style {
            return;
        }
        if self.style.link != style.link {
            let url = style.link.as_deref().unwrap_or_default();
            let _ = write!(self.out, "\x1b]8;;{url}\x1b\\");
        }
        let (delta, full) = (delta_codes(&self.style, style), full_codes(style));
        if let Some(delta) = delta {
            let codes = if delta.len() < full.len() { delta } else { full };
            let _ = write!(self.out, "\x1b[{codes}m");
        }
        self.style = style.clone();
    }
}

fn absolute(Position { x, y }: Position) -> String {
    match (x, y) {
        (0, 0) => "\x1b[H".to_owned(),
        (0, _) => format!("\x1b[{}H", y + 1),
        _ => format!("\x1b[{};{}H", y + 1, x + 1),
    }
}

/// The move from any column of a row, to the same row or a few rows down.
fn from_row(row: u16, to: Position) -> Option<String> {
    let down = to.y.checked_sub(row).filter(|it| *it <= MAX_LINE_FEEDS)?;
    Some(match (down, to.x) {
        (0, 0) => "\r".to_owned(),
        (0, x) => format!("\x1b[{}G", x + 1),
        (_, x) => {
            let right = match x {
                0 => String::new(),
                1 => "\x1b[C".to_owned(),
                _ => format!("\x1b[{x}C"),
            };
            format!("\r{}{right}", "\n".repeat(down.into()))
        }
    })
}

fn relative(from: Position, to: Position) -> Option<String> {
    let steps = |by: u16, direction: char| match by {
        1 => format!("\x1b[{direction}"),
        _ => format!("\x1b[{by}{direction}"),
    };
    let left = |by: u16| if by <= 3 { "\x08".repeat(by.into()) } else { steps(by, 'D') };
    if from.y == to.y {
        return Some(match (to.x, from.x) {
            (0, _) => "\r".to_owned(),
            (to, from) if to > from => steps(to - from, 'C'),
            (to, from) => left(from - to),
        });
    }
    let vertical =
        if to.y > from.y { steps(to.y - from.y, 'B') } else { steps(from.y - to.y, 'A') };
    match (to.x, from.x) {
        (to, from) if to == from => Some(vertical),
        (0, _) => Some(format!("\r{vertical}")),
        _ => None,
    }
}

/// The codes from one style to another; `None` if they look the same.
fn delta_codes(from: &CellStyle, to: &CellStyle) -> Option<String> {
    let mut codes = Codes::default();
    let removed = from.modifier - to.modifier;
    let mut shared_modifiers = from.modifier & to.modifier;
    let mut last_code = 0;
    for (_, _, off) in MODIFIERS.into_iter().filter(|(it, ..)| removed.contains(*it)) {
        if off != last_code {
            codes.push(off);
        }
        last_code = off;
        let sharing = MODIFIERS.iter().filter(|(_, _, other)| *other == off);
        sharing.for_each(|(other, ..)| shared_modifiers.remove(*other));
    }
    codes.modifiers(to.modifier - shared_modifiers);
    if from.fg != to.fg {
        codes.color(to.fg, 30);
    }
    if from.bg != to.bg {
        codes.color(to.bg, 40);
    }
    (!codes.0.is_empty()).then_some(codes.0)
}

/// The codes from any style to this one.
fn full_codes(to: &CellStyle) -> String {
    let mut codes = Codes::default();
    codes.modifiers(to.modifier);
    if to.fg != Color::Reset {
        codes.color(to.fg, 30);
    }
    if to.bg != Color::Reset {
        codes.color(to.bg, 40);
    }
    if codes.0.is_empty() { String::new() } else { format!("0;{}", codes.0) }
}

#[derive(Default)]
struct Codes(String);

impl Codes {
    fn push(&mut self, code: impl std::fmt::Display) {
        let separator = if self.0.is_empty() { "" } else { ";" };
        let _ = write!(self.0, "{separator}{code}");
    }

    fn modifiers(&mut self, modifiers: Modifier) {
        for (_, on, _) in MODIFIERS.iter().filter(|(it, ..)| modifiers.contains(*it)) {
            self.push(on);
        }
    }

    /// `base` is 30 for the foreground and 40 for the background.
    fn color(&mut self, color: Color, base: u8) {
        match color {
            Color::Reset => self.push(base + 9),
            Color::Indexed(index) => self.push(format_args!("{};5;{index}", base + 8)),
            Color::Rgb(r, g, b) => self.push(format_args!("{};2;{r};{g};{b}", base + 8)),
            Color::Black => self.push(base),
            Color::Red => self.push(base + 1),
            Color::Green => self.push(base + 2),
            Color::Yellow => self.push(base + 3),
            Color::Blue => self.push(base + 4),
            Color::Magenta => self.push(base + 5),
            Color::Cyan => self.push(base + 6),
            Color::Gray => self.push(base + 7),
            Color::DarkGray => self.push(base + 60),
            Color::LightRed => self.push(base + 61),
            Color::LightGreen => self.push(base + 62),
            Color::LightYellow => self.push(base + 63),
            Color::LightBlue => self.push(base + 64),
            Color::LightMagenta => self.push(base + 65),
            Color::LightCyan => self.push(base + 66),
            Color::White => self.push(base + 67),
        }
    }
}
