//! The OSC 52 sequence, which asks a terminal to set its clipboard. Terminals send no reply.
//!
//! The format is xterm's: `ESC ] 52 ; selection ; base64 ESC \`. All terminals support the
//! selection `c` only.

use base64::{Engine, engine::general_purpose::STANDARD};

/// Payload bytes per piece for GNU screen, which drops strings of 768 bytes or more.
const SCREEN_CHUNK_BYTES: usize = 250;

pub fn sequence(text: &str) -> Vec<u8> {
    sequence_with_terminator(text, "\x1b\\")
}

/// The sequence in pieces, each wrapped so that screen passes it through. It ends with BEL, since
/// an `ESC \` in a piece would end that piece.
pub fn sequence_for_screen(text: &str) -> Vec<u8> {
    let reassembled_text = sequence_with_terminator(text, "\x07");
    reassembled_text
        .chunks(SCREEN_CHUNK_BYTES)
        .flat_map(|piece| [b"\x1bP".as_slice(), piece, b"\x1b\\"].concat())
        .collect()
}

fn sequence_with_terminator(text: &str, end: &str) -> Vec<u8> {
    format!("\x1b]52;c;{}{end}", STANDARD.encode(text)).into_bytes()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Joins the payloads of the pieces as screen does; also returns the longest payload's length.
    fn reassembled(pieces: &[u8]) -> (Vec<u8>, usize) {
        let text = String::from_utf8(pieces.to_vec()).unwrap();
        let payloads: Vec<&str> = text
            .split_inclusive("\x1b\\")
            .map(|piece| piece.strip_prefix("\x1bP").unwrap().strip_suffix("\x1b\\").unwrap())
            .collect();
        let max_len = payloads.iter().map(|payload| payload.len()).max().unwrap_or_default();
        (payloads.concat().into_bytes(), max_len)
    }

    #[test]
    fn the_sequence_is_the_one_that_terminals_know() {
        assert_eq!(sequence("link"), b"\x1b]52;c;bGluaw==\x1b\\");
    }

    proptest! {
        #[test]
        fn pieces_for_screen_reassemble_to_the_sequence(text in "\\PC{0,2000}") {
            let (reassembled_text, max_len) = reassembled(&sequence_for_screen(&text));
            prop_assert_eq!(reassembled_text, sequence_with_terminator(&text, "\x07"));
            prop_assert!(max_len <= SCREEN_CHUNK_BYTES);
        }

        #[test]
        fn a_terminal_reads_back_what_was_sent(text in any::<String>()) {
            let sent = String::from_utf8(sequence(&text)).unwrap();
            let body = sent.strip_prefix("\x1b]52;c;").unwrap().strip_suffix("\x1b\\").unwrap();
            prop_assert_eq!(STANDARD.decode(body).unwrap(), text.as_bytes());
        }
    }
}
