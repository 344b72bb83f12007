//! Copying with the real tools: tmux, screen and an X server, each started for the test alone.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "helpers of a test may fail as loudly as the test")]

mod check;
mod on_screen;
#[path = "../pty/mod.rs"]
mod pty;
mod tools;
mod ways;
