//! The sources of papers: built-in, a file, standard input, a service on the network, the inbox.

use std::path::{Path, PathBuf};

use super::online::OnlineSource;

/// A source of papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    Builtin,
    File(PathBuf),
    Stdin,
    Online(Box<OnlineSource>),
    Inbox(InboxFile),
}

/// A file of the inbox, with the papers that one followed source has listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxFile {
    pub path: PathBuf,
    /// The name of the followed source, if it alone was asked for.
    pub name: Option<String>,
}

impl Source {
    /// The path of a source that is a file.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::File(path) | Self::Inbox(InboxFile { path, .. }) => Some(path),
            Self::Builtin | Self::Stdin | Self::Online(_) => None,
        }
    }
}
