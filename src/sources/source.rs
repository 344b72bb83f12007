//! The sources of papers: built-in, a file, standard input, a service on the network, the inbox, the
//! library of Zotero.

use std::path::{Path, PathBuf};

use super::online::OnlineSource;
use super::zotero::ZoteroAddress;

/// A source of papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    Builtin,
    File(PathBuf),
    Stdin,
    Online(Box<OnlineSource>),
    Inbox(InboxFile),
    /// The library of Zotero on this machine, or a collection of it.
    Zotero(ZoteroAddress),
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
            Self::Builtin | Self::Stdin | Self::Online(_) | Self::Zotero(_) => None,
        }
    }

    /// Parses the address of papers on this machine that is no file name: `zotero`,
    /// `zotero:Collection`, or `maildir:PATH`. `None` for another text.
    pub fn from_local_address(text: &str) -> Option<Self> {
        if let Some(path) = text.strip_prefix("maildir:") {
            return Some(Self::File(PathBuf::from(path)));
        }
        ZoteroAddress::parse(text).map(Self::Zotero)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_on_this_machine_is_told_by_its_prefix() {
        let zotero = |collection: &str| {
            Some(Source::Zotero(ZoteroAddress { collection: collection.to_owned() }))
        };
        for (text, expected) in [
            ("zotero", zotero("")),
            ("zotero:", zotero("")),
            ("zotero: Thesis/Snow", zotero("Thesis/Snow")),
            ("maildir:/home/ada/Mail", Some(Source::File("/home/ada/Mail".into()))),
            ("zoteros", None),
            ("arxiv:cs.CL", None),
        ] {
            assert_eq!(Source::from_local_address(text), expected, "{text}");
        }
        assert_eq!(ZoteroAddress::parse("zotero:A").unwrap().to_string(), "zotero:A");
    }
}
