//! Tests against a terminal emulator: the emulator shows every cell as drawn.

use std::num::NonZeroU16;

use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::style::{Color, Modifier, Style};

use super::*;

/// A screen of the given size and the emulator that reads its output.
pub struct Bench {
    terminal: Terminal<Screen<Vec<u8>>>,
    emulator: vt100::Parser,
    frames: usize,
}

impl Bench {
    pub fn new(width: u16, height: u16) -> Self {
        let [rows, cols] = [height, width].map(|it| NonZeroU16::new(it).unwrap());
        let mut emulator = vt100::Parser::new(rows, cols, 0);
        emulator.process(b"left over from before \x1b[7m");
        let screen = Screen::new(Vec::new(), Size::new(width, height));
        Self { terminal: Terminal::new(screen).unwrap(), emulator, frames: 0 }
    }

    pub fn screen(&mut self) -> &mut Screen<Vec<u8>> {
        self.terminal.backend_mut()
    }

    /// Draws a frame and returns the bytes sent.
    pub fn draw(&mut self, canvas: &Buffer, cursor: Option<Position>) -> String {
        self.terminal
            .draw(|frame| {
                frame.buffer_mut().content.clone_from(&canvas.content);
                if let Some(position) = cursor {
                    frame.set_cursor_position(position);
                }
            })
            .unwrap();
        self.frames += 1;
        let sent = std::mem::take(self.screen().writer_mut());
        assert_eq!(sent.len(), self.screen().last_frame_bytes());
        self.emulator.process(&sent);
        String::from_utf8(sent).unwrap()
    }

    fn assert_shows(&self, canvas: &Buffer) {
        let area = canvas.area;
        for y in 0..area.height {
            let mut x = 0;
            while x < area.width {
                let cell = &canvas[(x, y)];
                let cell_shown = self.emulator.screen().cell(y, x).unwrap();
                let context = format!("frame {} at {x},{y}", self.frames);
                let text = if cell_shown.has_contents() { cell_shown.contents() } else { " " };
                assert_eq!(text, cell.symbol(), "{context}");
                assert_eq!(cell_shown.bgcolor(), emulated(cell.bg), "background, {context}");
                assert_eq!(
                    cell_shown.underline(),
                    cell.modifier.contains(Modifier::UNDERLINED),
                    "underline, {context}"
                );
                assert_eq!(
                    cell_shown.inverse(),
                    cell.modifier.contains(Modifier::REVERSED),
                    "reverse, {context}"
                );
                let visible_on_blank = Modifier::UNDERLINED | Modifier::REVERSED;
                if text != " " || cell.modifier.intersects(visible_on_blank) {
                    assert_eq!(cell_shown.fgcolor(), emulated(cell.fg), "foreground, {context}");
                    for (on, modifier) in [
                        (cell_shown.bold(), Modifier::BOLD),
                        (cell_shown.dim(), Modifier::DIM),
                        (cell_shown.italic(), Modifier::ITALIC),
                    ] {
                        assert_eq!(on, cell.modifier.contains(modifier), "{modifier:?}, {context}");
                    }
                }
                x += cell.cell_width().max(1);
            }
        }
    }
}

fn emulated(color: Color) -> vt100::Color {
    const BY_NUMBER: [Color; 16] = [
        Color::Black,
        Color::Red,
        Color::Green,
        Color::Yellow,
        Color::Blue,
        Color::Magenta,
        Color::Cyan,
        Color::Gray,
        Color::DarkGray,
        Color::LightRed,
        Color::LightGreen,
        Color::LightYellow,
        Color::LightBlue,
        Color::LightMagenta,
        Color::LightCyan,
        Color::White,
    ];
    match color {
        Color::Reset => vt100::Color::Default,
        Color::Indexed(index) => vt100::Color::Idx(index),
        Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
        named => vt100::Color::Idx(BY_NUMBER.iter().position(|it| *it == named).unwrap() as u8),
    }
}

/// A change to the canvas, or to the encoding.
#[derive(Debug, Clone)]
enum Step {
    Write { x: u16, y: u16, text: String, style: Style },
    Paint { y: u16, style: Style },
    Blank { y: u16 },
    Scroll { rows: Range<u16>, by: i32 },
    Hint { rows: Range<u16>, by: i32 },
    Link { y: u16 },
    Clear,
    Draw { cursor: Option<(u16, u16)> },
}

const WIDTH: u16 = 23;
const HEIGHT: u16 = 7;

fn style() -> impl Strategy<Value = Style> {
    let color = prop_oneof![
        4 => Just(Color::Reset),
        1 => Just(Color::Blue),
        1 => Just(Color::LightRed),
        1 => Just(Color::DarkGray),
        1 => any::<u8>().prop_map(Color::Indexed),
        1 => any::<(u8, u8, u8)>().prop_map(|(r, g, b)| Color::Rgb(r, g, b)),
    ];
    let modifier = prop_oneof![
        Just(Modifier::empty()),
        any::<u16>().prop_map(|bits| {
            Modifier::from_bits_truncate(bits) - Modifier::HIDDEN - Modifier::SLOW_BLINK
        }),
    ]
    // The emulator supports only one intensity at a time.
    .prop_map(|modifier| {
        if modifier.contains(Modifier::BOLD) { modifier - Modifier::DIM } else { modifier }
    });
    (color.clone(), color, modifier).prop_map(|(fg, bg, modifier)| {
        Style::new().fg(fg).bg(bg).add_modifier(modifier).remove_modifier(!modifier)
    })
}

fn text() -> impl Strategy<Value = String> {
    let letter = prop_oneof![
        4 => prop::sample::select(vec!["a", "b", " ", "─", "é"]),
        1 => prop::sample::select(vec!["漢", "한", "e\u{301}", "o\u{323}\u{302}", "😀", "   "]),
    ];
    prop::collection::vec(letter, 0..WIDTH as usize).prop_map(|symbols| symbols.concat())
}

fn step() -> impl Strategy<Value = Step> {
    let rows = || (0..HEIGHT, 0..=HEIGHT + 1).prop_map(|(from, to)| from..to);
    prop_oneof![
        8 => (0..WIDTH, 0..HEIGHT, text(), style())
            .prop_map(|(x, y, text, style)| Step::Write { x, y, text, style }),
        2 => (0..HEIGHT, style()).prop_map(|(y, style)| Step::Paint { y, style }),
        2 => (0..HEIGHT).prop_map(|y| Step::Blank { y }),
        3 => (rows(), -8..8_i32).prop_map(|(rows, by)| Step::Scroll { rows, by }),
        1 => (rows(), any::<i32>()).prop_map(|(rows, by)| Step::Hint { rows, by }),
        1 => (0..HEIGHT).prop_map(|y| Step::Link { y }),
        1 => Just(Step::Clear),
        6 => prop::option::of((0..WIDTH, 0..HEIGHT)).prop_map(|cursor| Step::Draw { cursor }),
    ]
}

fn scrolled(canvas: &Buffer, rows: &Range<u16>, by: i32) -> Buffer {
    let mut moved = canvas.clone();
    for y in rows.start..rows.end.min(HEIGHT) {
        let from = i32::from(y) + by;
        for x in 0..WIDTH {
            let source_row =
                u16::try_from(from).ok().filter(|it| rows.contains(it) && *it < HEIGHT);
            moved[(x, y)] = source_row.map_or_else(Cell::default, |from| canvas[(x, from)].clone());
        }
    }
    moved
}

/// Clears the cells covered by wide characters, as ratatui does for text.
fn well_formed(canvas: &Buffer) -> Buffer {
    let mut formed = canvas.clone();
    for y in 0..HEIGHT {
        let mut x = 0;
        while x < WIDTH {
            let width = formed[(x, y)].cell_width().max(1);
            if x + width > WIDTH {
                formed[(x, y)].set_symbol(" ");
            } else {
                (x + 1..x + width).for_each(|covered| formed[(covered, y)].reset());
            }
            x += width;
        }
    }
    formed
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_drawn_the_terminal_shows(steps in prop::collection::vec(step(), 1..60)) {
        let mut bench = Bench::new(WIDTH, HEIGHT);
        let mut canvas = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
        for step in steps {
            match step {
                Step::Write { x, y, text, style } => canvas.set_string(x, y, text, style),
                Step::Paint { y, style } => canvas.set_style(Rect::new(0, y, WIDTH, 1), style),
                Step::Blank { y } => (0..WIDTH).for_each(|x| canvas[(x, y)].reset()),
                Step::Scroll { rows, by } => {
                    canvas = scrolled(&canvas, &rows, by);
                    bench.screen().hint(rows, by);
                }
                Step::Hint { rows, by } => bench.screen().hint(rows, by),
                Step::Link { y } => {
                    bench.screen().add_link(Rect::new(3, y, 9, 1), "https://example.org");
                }
                Step::Clear => bench.terminal.clear().unwrap(),
                Step::Draw { cursor } => {
                    let formed = well_formed(&canvas);
                    bench.draw(&formed, cursor.map(Position::from));
                    bench.assert_shows(&formed);
                    let screen = bench.emulator.screen();
                    prop_assert_eq!(screen.hide_cursor(), cursor.is_none());
                    if let Some((x, y)) = cursor {
                        prop_assert_eq!(screen.cursor_position(), (y, x));
                    }
                }
            }
        }
    }
}

pub fn lines(lines: &[&str]) -> Buffer {
    Buffer::with_lines(lines.iter().copied())
}

#[test]
fn a_frame_that_changes_nothing_sends_nothing() {
    let mut bench = Bench::new(6, 2);
    let canvas = lines(&["title ", "      "]);
    assert!(bench.draw(&canvas, Some(Position::new(5, 0))).contains("title"));
    assert_eq!(bench.draw(&canvas, Some(Position::new(5, 0))), "");
    assert_eq!(bench.draw(&canvas, Some(Position::new(4, 0))), "\x08");
}

#[test]
fn a_frame_is_one_synchronized_update() {
    let mut bench = Bench::new(6, 2);
    let sent = bench.draw(&lines(&["title ", "      "]), None);
    assert!(sent.starts_with(BEGIN_FRAME) && sent.ends_with(END_FRAME), "{sent:?}");
    assert_eq!(sent.matches("\x1b[?2026").count(), 2);
}

#[test]
fn a_blank_tail_is_erased_and_not_written() {
    let mut bench = Bench::new(40, 1);
    bench.draw(&lines(&[&"x".repeat(40)]), None);
    let canvas = lines(&[&format!("y{}", " ".repeat(39))]);
    let sent = bench.draw(&canvas, None);
    assert!(sent.contains("y\x1b[K") && !sent.contains("  "), "{sent:?}");
    bench.assert_shows(&canvas);
}

#[test]
fn scrolling_with_a_hint_sends_one_row() {
    let text = |row: usize| format!("{:<60}", format!("{row} a title that is unlike {}", row * 7));
    let page = |from: usize| Buffer::with_lines((from..from + 20).map(text));
    let mut bench = Bench::new(60, 20);
    bench.draw(&page(0), None);
    let plain = bench.draw(&page(1), None).len();
    bench.screen().hint(0..20, 1);
    let scrolled = bench.draw(&page(2), None);
    bench.assert_shows(&page(2));
    assert!(scrolled.len() * 4 < plain, "{} against {plain}", scrolled.len());
    assert!(scrolled.contains("\x1b[r"), "the scroll region is reset");
}

#[test]
fn a_character_of_uncertain_width_does_not_push_its_neighbours() {
    let mut bench = Bench::new(12, 1);
    let mut canvas = lines(&["xxxxxxxxxxxx"]);
    bench.draw(&canvas, None);
    canvas.set_string(0, 0, "👩\u{200d}🔬ab❤\u{fe0f}cd", Style::new());
    bench.draw(&canvas, None);
    let cell_shown = bench.emulator.screen().contents();
    assert!(cell_shown.contains("ab") && cell_shown.ends_with("cdxxxx"), "{cell_shown:?}");
    let at = |column| bench.emulator.screen().cell(0, column).unwrap().contents();
    assert_eq!([at(2), at(3), at(6), at(7), at(8)], ["a", "b", "c", "d", "x"]);
}

#[test]
fn a_link_is_opened_and_closed_around_its_cells() {
    let mut bench = Bench::new(12, 1);
    bench.screen().add_link(Rect::new(4, 0, 4, 1), "https://example.org/a");
    let canvas = lines(&["see here now"]);
    let sent = bench.draw(&canvas, None);
    assert!(
        sent.contains("see \x1b]8;;https://example.org/a\x1b\\here")
            && sent.contains("\x1b]8;;\x1b\\now"),
        "{sent:?}"
    );
    let sent = bench.draw(&canvas, None);
    assert!(sent.contains("here") && !sent.contains("example"), "no longer a link: {sent:?}");
}

#[test]
fn a_link_that_could_end_its_sequence_is_no_link() {
    let mut bench = Bench::new(4, 1);
    for url in ["https://e.org/\x1b\\x", "javascript:alert(1)", "https://e.org/ö", "file:///a"] {
        bench.screen().add_link(Rect::new(0, 0, 4, 1), url);
    }
    assert!(!bench.draw(&lines(&["link"]), None).contains("\x1b]8"));
}

#[test]
fn a_control_character_in_a_cell_is_a_blank() {
    let mut bench = Bench::new(3, 1);
    let mut canvas = lines(&["abc"]);
    canvas[(1, 0)].set_symbol("\x1b[2J");
    bench.screen().draw([(1, 0, &canvas[(1, 0)])].into_iter()).unwrap();
    bench.screen().flush().unwrap();
    let sent = std::mem::take(bench.screen().writer_mut());
    assert_eq!(String::from_utf8(sent).unwrap().matches("\x1b[2J").count(), 1, "ours alone");
}

#[test]
fn a_new_size_is_drawn_whole_without_asking_the_terminal() {
    let mut bench = Bench::new(10, 2);
    bench.draw(&lines(&["0123456789", "abcdefghij"]), None);
    bench.screen().resize(Size::new(5, 2));
    bench.emulator.set_size(NonZeroU16::new(2).unwrap(), NonZeroU16::new(5).unwrap());
    let canvas = lines(&["01234", "abcde"]);
    let sent = bench.draw(&canvas, None);
    bench.assert_shows(&canvas);
    assert!(!sent.contains("\x1b[6n"));
}
