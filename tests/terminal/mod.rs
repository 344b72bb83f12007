//! The built program in a real terminal: screen, bytes sent, copies, and files left behind.

mod copying;
mod helper;
mod inline;
mod jobs;
mod keys;
mod life;
mod marks;
mod mouse;
mod next_run;
mod pipes;
mod plain;
mod screen;
mod themes;

use crate::support::home::{Home, LOADED};
use crate::support::pty::{Exit, Modes, Pty, footer};

/// The end of the footer without a notice.
const HINTS: &str = "q quit";

/// Waits for this position in the footer, such as `2/198`.
fn wait_for_place(pty: &Pty, place: &str) {
    pty.wait_for(place, |seen| footer(seen).trim_end().ends_with(&format!(" {place}")));
}

/// Waits for the exit, and asserts that the terminal is restored.
fn ends_with(pty: &mut Pty, code: u32) {
    let Exit { code: ended, modes, line } = pty.wait_for_exit();
    assert_eq!((ended, modes), (code, Modes::COOKED), "{}", pty.text());
    assert_eq!(line, pty.line_settings().1);
}

/// The frames in the bytes, and the bytes outside them.
fn frames(bytes: &[u8]) -> (Vec<String>, Vec<String>) {
    let text = String::from_utf8_lossy(bytes);
    let mut parts = text.split("\u{1b}[?2026h");
    let mut outside = vec![parts.next().unwrap_or_default().to_owned()];
    let mut inside = Vec::new();
    for part in parts {
        match part.split_once("\u{1b}[?2026l") {
            Some((frame, rest)) => {
                inside.push(frame.to_owned());
                outside.push(rest.to_owned());
            }
            None => inside.push(part.to_owned()),
        }
    }
    (inside, outside)
}
