//! The part of the terminal that the program draws on: all of it, or some rows below the prompt.

use std::str::FromStr;

use ratatui::layout::Size;

/// Rows of an inline display that are useful: the filter, a paper and the footer.
const MIN_INLINE_ROWS: u16 = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Display {
    /// The alternate screen.
    #[default]
    FullScreen,
    /// Rows below the cursor, which are erased at the end.
    Inline(InlineHeight),
}

/// Height of an inline display.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InlineHeight {
    Rows(u16),
    /// Per cent of the height of the terminal, from 1 to 100.
    Percent(u16),
}

impl FromStr for InlineHeight {
    type Err = String;

    /// Parses a number of rows, or `40%`.
    fn from_str(text: &str) -> Result<Self, String> {
        let height = match text.strip_suffix('%') {
            Some(percent) => {
                percent.parse().ok().filter(|it| (1..=100).contains(it)).map(Self::Percent)
            }
            None => text.parse().ok().filter(|it| *it >= MIN_INLINE_ROWS).map(Self::Rows),
        };
        height.ok_or_else(|| {
            format!("expected a number of rows from {MIN_INLINE_ROWS} on, or per cent as in 40%")
        })
    }
}

impl Display {
    /// The size of the display on a terminal of this size.
    pub fn size_within(self, terminal: Size) -> Size {
        let height = match self {
            Self::FullScreen => return terminal,
            Self::Inline(InlineHeight::Rows(rows)) => rows,
            Self::Inline(InlineHeight::Percent(percent)) => {
                (u32::from(terminal.height) * u32::from(percent) / 100) as u16
            }
        };
        Size { height: height.max(MIN_INLINE_ROWS).min(terminal.height), ..terminal }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_height_is_a_number_of_rows_or_a_share_of_the_terminal() {
        let height = |text: &str| {
            let display = Display::Inline(text.parse().unwrap());
            display.size_within(Size::new(80, 24)).height
        };
        assert_eq!(["10", "40%", "100%", "99", "1%"].map(height), [10, 9, 24, 24, 3]);
        assert_eq!(Display::FullScreen.size_within(Size::new(80, 24)), Size::new(80, 24));
        for wrong in ["", "0", "2", "0%", "101%", "-3", "ten"] {
            assert!(wrong.parse::<InlineHeight>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_inline_display_is_never_larger_than_the_terminal() {
        let tiny = Size::new(5, 1);
        for text in ["10", "40%"] {
            assert_eq!(Display::Inline(text.parse().unwrap()).size_within(tiny), tiny);
        }
    }
}
