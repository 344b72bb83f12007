//! Encodes the difference between two screens in few bytes of plain control sequences.

use std::fmt::Write as _;
use std::ops::Range;

use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthChar;

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

/// Writes control sequences and tracks the terminal's cursor and style.
#[derive(Debug, Default)]
pub struct Encoder {
    out: String,
    style: CellStyle,
    /// Position of the next character; `None` if uncertain.
    position: Option<Position>,
    /// A character of uncertain width may have overwritten cells of this row before this column.
    uncertain_until: usize,
}

impl Encoder {
    /// Starts with a terminal in the default style and its cursor at `at`.
    pub fn new(at: Option<Position>) -> Self {
        Self { position: at, ..Self::default() }
    }

    /// Resets the style and returns the bytes and the cursor position.
    pub fn finish(mut self) -> (String, Option<Position>) {
        self.set_style(&CellStyle::default());
        (self.out, self.position)
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
        self.position = None;
    }

    pub fn update(&mut self, drawn: &Grid, next: &Grid) {
        for y in 0..next.size().height {
            self.update_row(y, drawn.row(y), next.row(y));
        }
    }

    fn update_row(&mut self, y: u16, drawn: &[ScreenCell], next: &[ScreenCell]) {
        let differs = |x: usize| drawn[x] != next[x];
        let end = (0..next.len()).rfind(|&x| differs(x)).map_or(0, |last| last + 1);
        self.uncertain_until = 0;
        let mut x = 0;
        while x < end.max(self.uncertain_until) {
            if !differs(x) && x >= self.uncertain_until {
                x += 1;
                continue;
            }
            self.rewrite_gap(next, x, y);
            let run = next[x..].iter().take_while(|glyph| glyph.is_plain_blank()).count();
            if run == 0 {
                self.glyph(next, x, y);
                x += next[x].width().max(1);
            } else {
                let uncertain = self.uncertain_until;
                let changed = (x..x + run).rfind(|&at| differs(at) || at < uncertain).unwrap_or(x);
                self.blanks(next, x, y, changed - x + 1);
                x += run;
            }
        }
    }

    fn glyph(&mut self, row: &[ScreenCell], x: usize, y: u16) {
        let glyph = &row[x];
        let (symbol, width) = (glyph.symbol(), glyph.width());
        self.move_to(x, y);
        self.set_style(&glyph.style());
        // Terminals agree on the width of characters, but not of joined sequences such as emoji.
        let summed: usize = symbol.chars().filter_map(UnicodeWidthChar::width).sum();
        if summed != width {
            self.out.extend(std::iter::repeat_n(' ', width));
            self.position = None;
            self.move_to(x, y);
            self.uncertain_until = (x + summed.max(width)).min(row.len());
        }
        self.out.push_str(symbol);
        let certain = summed == width && x + width < row.len();
        self.position = certain.then(|| Position::new((x + width) as u16, y));
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
            // After the last column the cursor position depends on the terminal.
            self.position = (x + count < row.len()).then(|| Position::new((x + count) as u16, y));
        }
    }

    /// Rewrites the few unchanged characters before `x` if they need no change of style.
    fn rewrite_gap(&mut self, row: &[ScreenCell], x: usize, y: u16) {
        let Some(at) = self.position.filter(|at| at.y == y && usize::from(at.x) < x) else {
            return;
        };
        let gap = &row[usize::from(at.x)..x];
        let as_is = |glyph: &ScreenCell| {
            glyph.symbol().len() == 1
                && (glyph.has_style(&self.style)
                    || glyph.is_plain_blank() && self.style.leaves_blanks_plain())
        };
        if gap.len() <= MAX_REWRITTEN_GAP && gap.iter().all(as_is) {
            self.out.extend(gap.iter().map(ScreenCell::symbol));
            self.position = Some(Position::new(x as u16, y));
        }
    }

    pub fn move_to(&mut self, x: usize, y: u16) {
        let target = Position::new(x as u16, y);
        if self.position == Some(target) {
            return;
        }
        let mut best = absolute(target);
        if let Some(step) = self.position.and_then(|from| relative(from, target))
            && step.len() < best.len()
        {
            best = step;
        }
        self.out.push_str(&best);
        self.position = Some(target);
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
