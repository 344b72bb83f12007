//! Reports of the mouse, and the recognition of double presses.

use std::time::{Duration, Instant};

use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};

use crate::app::{MouseInput, MouseKind};

/// Two presses within this time are a double press.
const DOUBLE_PRESS_TIME: Duration = Duration::from_millis(400);

/// A report in the encoding SGR: `button;column;row`, from 1, and `M` for a press or `m` for a
/// release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MouseReport {
    button: u16,
    column: u16,
    row: u16,
    is_release: bool,
}

impl MouseReport {
    /// Parses a report without its introducer, such as `0;10;5M`.
    pub fn parse(report: &str) -> Option<Self> {
        let is_release = report.ends_with('m');
        let mut numbers = report.strip_suffix(['m', 'M'])?.split(';').map(|it| it.parse().ok());
        let (button, column, row) = (numbers.next()??, numbers.next()??, numbers.next()??);
        numbers.next().is_none().then_some(Self { button, column, row, is_release })
    }

    /// The input; `None` if the program does not use it.
    pub fn input(self) -> Option<MouseInput> {
        const MOTION: u16 = 32;
        let kind = match self.button {
            0 if self.is_release => MouseKind::Release,
            0 => MouseKind::Press,
            MOTION => MouseKind::Drag,
            64 => MouseKind::WheelUp,
            65 => MouseKind::WheelDown,
            _ => return None,
        };
        let (x, y) = (self.column.saturating_sub(1), self.row.saturating_sub(1));
        Some(MouseInput { kind, x, y })
    }
}

/// The input for an event of crossterm; `None` if the program does not use it.
pub fn mouse_input(event: MouseEvent) -> Option<MouseInput> {
    let kind = match event.kind {
        MouseEventKind::Down(MouseButton::Left) => MouseKind::Press,
        MouseEventKind::Up(MouseButton::Left) => MouseKind::Release,
        MouseEventKind::Drag(MouseButton::Left) => MouseKind::Drag,
        MouseEventKind::ScrollUp => MouseKind::WheelUp,
        MouseEventKind::ScrollDown => MouseKind::WheelDown,
        _ => return None,
    };
    // With a modifier, terminals select text.
    event.modifiers.is_empty().then_some(MouseInput { kind, x: event.column, y: event.row })
}

/// Recognises a second press at the same cell.
#[derive(Debug, Default)]
pub struct DoublePress {
    last: Option<(Instant, u16, u16)>,
}

impl DoublePress {
    /// The input at this time, as a double press if it is one. A third press is a single one.
    pub fn detect(&mut self, input: MouseInput, now: Instant) -> MouseInput {
        if input.kind != MouseKind::Press {
            return input;
        }
        let is_second = self.last.is_some_and(|(at, x, y)| {
            (x, y) == (input.x, input.y) && now.saturating_duration_since(at) <= DOUBLE_PRESS_TIME
        });
        self.last = (!is_second).then_some((now, input.x, input.y));
        let kind = if is_second { MouseKind::DoublePress } else { MouseKind::Press };
        MouseInput { kind, ..input }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_has_a_button_and_a_cell() {
        let input = |report: &str| MouseReport::parse(report).and_then(MouseReport::input);
        let at = |kind, x, y| Some(MouseInput { kind, x, y });
        assert_eq!(input("0;10;5M"), at(MouseKind::Press, 9, 4));
        assert_eq!(input("0;10;5m"), at(MouseKind::Release, 9, 4));
        assert_eq!(input("32;1;1M"), at(MouseKind::Drag, 0, 0));
        assert_eq!(input("64;120;36M"), at(MouseKind::WheelUp, 119, 35));
        assert_eq!(input("65;0;0M"), at(MouseKind::WheelDown, 0, 0));
        for other in ["2;1;1M", "4;1;1M", "35;1;1M", "0;1M", "0;1;1;1M", "0;1;1", "", "0;x;1M"] {
            assert_eq!(input(other), None, "{other}");
        }
    }

    #[test]
    fn two_presses_at_a_cell_in_a_short_time_are_a_double_press() {
        let mut detector = DoublePress::default();
        let began = Instant::now();
        let mut press = |x, milliseconds| {
            let input = MouseInput { kind: MouseKind::Press, x, y: 3 };
            detector.detect(input, began + Duration::from_millis(milliseconds)).kind
        };
        assert_eq!(press(1, 0), MouseKind::Press);
        assert_eq!(press(1, 200), MouseKind::DoublePress);
        assert_eq!(press(1, 300), MouseKind::Press);
        assert_eq!(press(2, 400), MouseKind::Press);
        assert_eq!(press(2, 1400), MouseKind::Press);
    }
}
