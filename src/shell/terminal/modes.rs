//! Control sequences that enter and leave the program's display, and that switch its modes.

use crossterm::event::{
    DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange,
};
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen};
use crossterm::{cursor, queue};
use ratatui::layout::Size;

use super::display::Display;
use super::inline::InlineRewriter;
use crate::app::MouseCapture;

/// Keeps a character that is wider than counted on its row.
const AUTOWRAP_OFF: &[u8] = b"\x1b[?7l";
const AUTOWRAP_ON: &[u8] = b"\x1b[?7h";

/// Requests the keyboard protocol that distinguishes Esc from the start of a sequence. No reply is
/// awaited.
#[cfg(not(windows))]
fn keyboard_push_sequence() -> Vec<u8> {
    use crossterm::event::{KeyboardEnhancementFlags, PushKeyboardEnhancementFlags};
    let mut bytes = Vec::new();
    let flags = KeyboardEnhancementFlags::DISAMBIGUATE_ESCAPE_CODES;
    let _ = queue!(bytes, PushKeyboardEnhancementFlags(flags));
    bytes
}

#[cfg(not(windows))]
pub fn keyboard_pop_sequence() -> Vec<u8> {
    let mut bytes = Vec::new();
    let _ = queue!(bytes, crossterm::event::PopKeyboardEnhancementFlags);
    bytes
}

#[cfg(windows)]
fn keyboard_push_sequence() -> Vec<u8> {
    Vec::new()
}

#[cfg(windows)]
pub fn keyboard_pop_sequence() -> Vec<u8> {
    Vec::new()
}

/// Switches the reports of buttons, the wheel and drags, in the encoding for any size of screen.
/// Movements without a button are not reported.
pub fn mouse_sequence(capture: MouseCapture) -> &'static [u8] {
    match capture {
        MouseCapture::On => b"\x1b[?1000h\x1b[?1002h\x1b[?1006h",
        MouseCapture::Off => b"\x1b[?1006l\x1b[?1002l\x1b[?1000l",
    }
}

/// Enters a display of this size.
pub fn enter_sequence(display: Display, size: Size, mouse: MouseCapture) -> Vec<u8> {
    let mut bytes = Vec::new();
    match display {
        Display::FullScreen => _ = queue!(bytes, EnterAlternateScreen),
        Display::Inline(_) => bytes.extend(make_room_sequence(size)),
    }
    let _ = queue!(bytes, cursor::Hide, EnableBracketedPaste, EnableFocusChange);
    if mouse == MouseCapture::On {
        bytes.extend_from_slice(mouse_sequence(mouse));
    }
    bytes.extend(keyboard_push_sequence());
    bytes.extend_from_slice(AUTOWRAP_OFF);
    bytes
}

/// Moves to the start of a row without text and scrolls until that row and the rows of the display
/// below it are on the screen.
///
/// The position of the cursor is unknown. Blanks up to the last column wrap into the next row
/// unless the cursor is in the first column, as shells do before a prompt.
pub fn make_room_sequence(size: Size) -> Vec<u8> {
    let mut bytes = " ".repeat(usize::from(size.width.saturating_sub(1))).into_bytes();
    bytes.push(b'\r');
    let rows_below = size.height.saturating_sub(1);
    bytes.extend(b"\r\n".repeat(rows_below.into()));
    bytes.extend(InlineRewriter { row: rows_below }.move_to(0, 0).into_bytes());
    bytes
}

/// Resets modes that an interrupted frame may have set, then reverts [`enter_sequence`]. `row` is
/// the row of the cursor in an inline display, which is erased.
pub fn leave_sequence(display: Display, row: u16, mouse: MouseCapture) -> Vec<u8> {
    let mut bytes = match display {
        Display::FullScreen => b"\x1b[r\x1b[m\x1b[?2026l".to_vec(),
        Display::Inline(_) => b"\x1b[m\x1b[?2026l".to_vec(),
    };
    bytes.extend_from_slice(AUTOWRAP_ON);
    if mouse == MouseCapture::On {
        bytes.extend_from_slice(mouse_sequence(MouseCapture::Off));
    }
    bytes.extend(keyboard_pop_sequence());
    let _ = queue!(bytes, DisableFocusChange, DisableBracketedPaste);
    match display {
        Display::FullScreen => _ = queue!(bytes, LeaveAlternateScreen),
        Display::Inline(_) => {
            bytes.extend(InlineRewriter { row }.move_to(0, 0).into_bytes());
            bytes.extend_from_slice(b"\x1b[J");
        }
    }
    let _ = queue!(bytes, cursor::Show);
    bytes
}
