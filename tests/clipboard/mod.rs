//! Copying with the real tools: tmux, screen and an X server, each started for one test.

mod check;
mod on_screen;
mod tools;
mod ways;
