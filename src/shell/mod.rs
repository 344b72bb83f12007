//! The terminal, the threads and the clipboard: the only place that acts.

pub mod clipboard;
pub mod input;
pub mod open;
pub mod screen;
pub mod signals;
pub mod terminal;
