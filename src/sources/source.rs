//! The places that papers are read from: built in, a file, standard input.

use std::path::PathBuf;

/// Where papers are read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    Builtin,
    File(PathBuf),
    Stdin,
}
