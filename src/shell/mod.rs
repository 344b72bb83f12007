//! The terminal, the threads and the clipboard: the only place that acts.

pub mod clipboard;
