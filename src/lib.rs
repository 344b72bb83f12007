//! Offprint: a keyboard-driven terminal browser for research papers.

pub mod app;
pub mod cite;
pub mod cli;
pub mod domain;
pub mod formats;
pub mod search;
pub mod shell;
pub mod sources;
pub mod text;
pub mod ui;
