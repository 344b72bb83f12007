//! Rewrites frames for an inline display, whose place on the terminal is unknown.
//!
//! A frame addresses cells from the top left corner of the screen. An inline display begins in the
//! row that the cursor was in, so each absolute address becomes a movement from the current row.

use std::fmt::Write as _;

const ESC: u8 = 0x1b;
const BEL: u8 = 0x07;

/// Tracks the row of the cursor below the first row of the display.
#[derive(Debug, Clone, Copy, Default)]
pub struct InlineRewriter {
    pub row: u16,
}

impl InlineRewriter {
    /// The bytes of a frame with relative movements. Unknown sequences are copied.
    pub fn rewrite(&mut self, frame: &[u8]) -> Vec<u8> {
        let mut output = Vec::with_capacity(frame.len());
        let mut rest = frame;
        while let Some(at) = rest.iter().position(|&byte| byte == ESC) {
            self.copy_text(&rest[..at], &mut output);
            let len = sequence_len(&rest[at..]);
            let (sequence, after) = rest[at..].split_at(len);
            self.rewrite_sequence(sequence, &mut output);
            rest = after;
        }
        self.copy_text(rest, &mut output);
        output
    }

    /// Copies text. A line feed moves the cursor down.
    fn copy_text(&mut self, text: &[u8], output: &mut Vec<u8>) {
        let line_feeds = memchr::memchr_iter(b'\n', text).count();
        self.row = self.row.saturating_add(u16::try_from(line_feeds).unwrap_or(u16::MAX));
        output.extend_from_slice(text);
    }

    /// Movement from the current row to a row and a column of the display.
    pub fn move_to(&mut self, row: u16, column: u16) -> String {
        let mut moves = String::from("\r");
        match (row.checked_sub(self.row), self.row.checked_sub(row)) {
            (Some(down @ 1..), _) => _ = write!(moves, "\x1b[{down}B"),
            (_, Some(up @ 1..)) => _ = write!(moves, "\x1b[{up}A"),
            _ => {}
        }
        if column > 0 {
            let _ = write!(moves, "\x1b[{column}C");
        }
        self.row = row;
        moves
    }

    fn rewrite_sequence(&mut self, sequence: &[u8], output: &mut Vec<u8>) {
        let numbers = match sequence {
            [ESC, b'[', numbers @ .., _] => std::str::from_utf8(numbers).unwrap_or_default(),
            _ => return output.extend_from_slice(sequence),
        };
        let mut numbers = numbers.split(';').map(|it| it.parse::<u16>().ok());
        let mut next = || numbers.next().flatten().unwrap_or(1).max(1);
        match sequence.last() {
            Some(b'H') => {
                let (row, column) = (next() - 1, next() - 1);
                output.extend_from_slice(self.move_to(row, column).as_bytes());
            }
            Some(b'J') => {
                output.extend_from_slice(self.move_to(0, 0).as_bytes());
                output.extend_from_slice(b"\x1b[J");
            }
            Some(last @ (b'A' | b'B')) => {
                let by = next();
                self.row = match last {
                    b'A' => self.row.saturating_sub(by),
                    _ => self.row.saturating_add(by),
                };
                output.extend_from_slice(sequence);
            }
            _ => output.extend_from_slice(sequence),
        }
    }
}

/// The length of the escape sequence at the start of the bytes, at least 1.
fn sequence_len(bytes: &[u8]) -> usize {
    let len = match bytes.get(1) {
        Some(b'[') => {
            let last = bytes[2..].iter().position(|byte| (0x40..=0x7e).contains(byte));
            last.map(|at| at + 3)
        }
        Some(b']') => {
            let is_end = |pair: &[u8]| pair[0] == BEL || pair == [ESC, b'\\'];
            let last = bytes[2..].windows(2).position(is_end);
            last.map(|at| if bytes[at + 2] == BEL { at + 3 } else { at + 4 })
        }
        Some(_) => Some(2),
        None => None,
    };
    len.unwrap_or(bytes.len()).min(bytes.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rewritten(row: u16, frame: &str) -> (String, u16) {
        let mut rewriter = InlineRewriter { row };
        let bytes = rewriter.rewrite(frame.as_bytes());
        (String::from_utf8(bytes).unwrap(), rewriter.row)
    }

    #[test]
    fn an_address_becomes_a_movement_from_the_current_row() {
        for (row, frame, expected, after) in [
            (0, "\x1b[3;5Hx", "\r\x1b[2B\x1b[4Cx", 2),
            (4, "\x1b[H", "\r\x1b[4A", 0),
            (4, "\x1b[5H", "\r", 4),
            (2, "\x1b[m\x1b[2J", "\x1b[m\r\x1b[2A\x1b[J", 0),
            (2, "a\x1b[Bb\x1b[2A", "a\x1b[Bb\x1b[2A", 1),
            (1, "a\r\nb\x1b[H", "a\r\nb\r\x1b[2A", 0),
            (1, "\x1b[?25h\x1b[0;1mé\x1b[K", "\x1b[?25h\x1b[0;1mé\x1b[K", 1),
            (1, "\x1b]8;;http://a/[2H\x1b\\t\x1b[H", "\x1b]8;;http://a/[2H\x1b\\t\r\x1b[1A", 0),
        ] {
            assert_eq!(rewritten(row, frame), (expected.to_owned(), after), "{frame:?}");
        }
    }

    #[test]
    fn a_frame_drawn_below_a_prompt_looks_as_on_a_screen_of_its_own() {
        let frame = "\x1b[2J\x1b[2;3Hsecond\x1b[Hfirst\x1b[3Hthird\x1b[A\rx\x1b[2;1H";
        let mut own = vt100::Parser::new(
            std::num::NonZeroU16::new(3).unwrap(),
            std::num::NonZeroU16::new(20).unwrap(),
            0,
        );
        own.process(frame.as_bytes());
        let mut below = vt100::Parser::new(
            std::num::NonZeroU16::new(5).unwrap(),
            std::num::NonZeroU16::new(20).unwrap(),
            0,
        );
        below.process(b"one\r\ntwo\r\n");
        below.process(&InlineRewriter::default().rewrite(frame.as_bytes()));
        let contents = below.screen().contents();
        assert_eq!(contents, format!("one\ntwo\n{}", own.screen().contents()));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_bytes_are_rewritten(frame in prop::collection::vec(any::<u8>(), 0..80)) {
            let mut rewriter = InlineRewriter::default();
            let _ = rewriter.rewrite(&frame);
        }

        #[test]
        fn text_without_sequences_is_copied(frame in "[a-zé ]{0,40}") {
            prop_assert_eq!(rewritten(3, &frame), (frame, 3));
        }
    }
}
