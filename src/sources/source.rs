//! The sources of papers: built-in, a file, standard input, a service on the network.

use std::path::PathBuf;

use super::online::OnlineSource;

/// A source of papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    Builtin,
    File(PathBuf),
    Stdin,
    Online(Box<OnlineSource>),
}
