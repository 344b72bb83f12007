//! Tests against a terminal that draws ambiguous characters wider than they are counted.

use proptest::prelude::*;
use unicode_width::UnicodeWidthChar as _;

use super::AmbiguousWidth;
use super::tests::{Bench, lines};

/// A terminal of an East Asian setting: it draws ambiguous characters two cells wide, and knows the
/// sequences that frames use.
struct WideTerminal {
    rows: Vec<Vec<String>>,
    at: (usize, usize),
}

impl WideTerminal {
    fn new(width: u16, height: u16) -> Self {
        Self { rows: vec![vec![" ".to_owned(); width.into()]; height.into()], at: (0, 0) }
    }

    fn process(&mut self, sent: &str) {
        let mut rest = sent;
        while let Some(first) = rest.chars().next() {
            rest = match (first, rest.strip_prefix("\x1b[")) {
                (_, Some(sequence)) => {
                    let end = sequence.find(|it: char| it.is_ascii_alphabetic()).unwrap();
                    self.control(&sequence[..end], sequence.as_bytes()[end]);
                    &sequence[end + 1..]
                }
                ('\r', _) => self.move_on((0, self.at.1), rest),
                ('\n', _) => self.move_on((self.at.0, self.at.1 + 1), rest),
                ('\x08', _) => self.move_on((self.at.0 - 1, self.at.1), rest),
                (letter, _) => {
                    self.write(letter);
                    &rest[letter.len_utf8()..]
                }
            };
        }
    }

    fn move_on<'a>(&mut self, to: (usize, usize), rest: &'a str) -> &'a str {
        self.at = to;
        &rest[1..]
    }

    fn control(&mut self, parameters: &str, last: u8) {
        let mut numbers = parameters.split(';').map(|it| it.parse::<usize>().unwrap_or(1));
        let (first, second) = (numbers.next().unwrap_or(1), numbers.next().unwrap_or(1));
        let (x, y) = self.at;
        let width = self.rows[0].len();
        match last {
            b'H' => self.at = (second - 1, first - 1),
            b'G' => self.at.0 = first - 1,
            b'A' => self.at.1 -= first,
            b'B' => self.at.1 += first,
            b'C' => self.at.0 = (x + first).min(width - 1),
            b'D' => self.at.0 -= first,
            b'K' => self.rows[y][x..].fill(" ".to_owned()),
            b'X' => self.rows[y][x..(x + first).min(width)].fill(" ".to_owned()),
            b'J' => self.rows.iter_mut().for_each(|row| row.fill(" ".to_owned())),
            _ => {}
        }
    }

    /// Writes a character without wrapping: one that does not fit before the margin is dropped.
    fn write(&mut self, letter: char) {
        let wide = letter.width_cjk().unwrap_or(0);
        let (x, row) = (self.at.0, &mut self.rows[self.at.1]);
        if x + wide > row.len() {
            return;
        }
        // Half of a wide character is blanked with the other half.
        if row[x].is_empty() && x > 0 {
            row[x - 1] = " ".to_owned();
        }
        row[x] = letter.to_string();
        if wide == 2 {
            row[x + 1] = String::new();
        }
        if let Some(next) = row.get_mut(x + wide.max(1)).filter(|it| it.is_empty()) {
            *next = " ".to_owned();
        }
        self.at.0 = (x + wide).min(row.len() - 1);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_terminal_that_draws_ambiguous_characters_wide_has_no_stray_letters(
        frames in prop::collection::vec(
            prop::collection::vec("[a-c ·─│é…]{30}", 3), 1..6,
        ),
    ) {
        let mut bench = Bench::new(30, 3);
        bench.screen().set_ambiguous_width(AmbiguousWidth::PerhapsWide);
        let mut terminal = WideTerminal::new(30, 3);
        for frame in frames {
            let rows: Vec<&str> = frame.iter().map(String::as_str).collect();
            terminal.process(&bench.draw(&lines(&rows), None));
            for (shown, row) in terminal.rows.iter().zip(&frame) {
                for (at, (cell, wanted)) in shown.iter().zip(row.chars()).enumerate() {
                    let is_letter = |text: &str| ["a", "b", "c"].contains(&text);
                    let wanted = wanted.to_string();
                    prop_assert!(
                        if is_letter(&wanted) { *cell == wanted } else { !is_letter(cell) },
                        "column {} of {:?} shows {:?}", at, row, shown
                    );
                }
            }
        }
    }
}
