//! The sources of papers: built-in, a file, standard input.

use std::path::PathBuf;

/// A source of papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    Builtin,
    File(PathBuf),
    Stdin,
}
