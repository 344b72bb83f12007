//! The built program in a real terminal: what it shows, sends, copies, and leaves behind.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod copying;
mod helper;
mod jobs;
mod keys;
mod life;
mod pipes;
#[path = "../pty/mod.rs"]
mod pty;
mod screen;

use std::fs;
use std::path::PathBuf;

use pty::{CommandBuilder, Exit, Modes, Pty, Seen, command};
use tempfile::TempDir;

const OFFPRINT: &str = env!("CARGO_BIN_EXE_offprint");
/// The first paper of the built-in corpus, and how many there are.
const LOADED: &str = "1/198";
/// What the footer ends with when nothing was told.
const HINTS: &str = "q quit";

/// A home of its own for each test, seen over SSH and with nothing around the terminal.
struct Home(TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        fs::write(self.path(name), text).unwrap();
        self.path(name)
    }

    fn environ(&self, mut command: CommandBuilder) -> CommandBuilder {
        command.env("HOME", self.0.path());
        command.env("OFFPRINT_STATE", self.path("state"));
        command.env("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22");
        command.cwd(self.0.path());
        command
    }

    /// The program with these arguments.
    fn offprint(&self, arguments: &[&str]) -> CommandBuilder {
        self.environ(command(OFFPRINT, arguments))
    }

    /// A script that finds the program in `$OFFPRINT`.
    fn script(&self, script: &str) -> CommandBuilder {
        let mut command = self.environ(command("sh", &["-c", script]));
        command.env("OFFPRINT", OFFPRINT);
        command
    }

    /// The program on a screen of 120×36, with its papers there.
    fn start(&self) -> Pty {
        let pty = Pty::start(self.offprint(&[]), 120, 36);
        pty.wait_for_text(LOADED);
        pty.wait_for_text("Learning to Write with Coherence From\n");
        pty
    }
}

/// The last row of the screen.
fn footer(seen: &Seen) -> String {
    let (rows, columns) = seen.screen().size();
    let last = rows.get() - 1;
    seen.screen().contents_between(last, 0, last, columns.get())
}

/// Waits until the place in the footer is this one, as `2/198`.
fn wait_for_place(pty: &Pty, place: &str) {
    pty.wait_for(place, |seen| footer(seen).trim_end().ends_with(&format!(" {place}")));
}

/// Waits for the end, and requires that the terminal is as it was.
fn ends_with(pty: &mut Pty, code: u32) {
    let Exit { code: ended, modes, line } = pty.wait_for_exit();
    assert_eq!((ended, modes), (code, Modes::COOKED), "{}", pty.text());
    assert_eq!(line, pty.line_settings().1);
}

/// The frames among the bytes, and what was sent outside them.
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
