//! Opens the source of a list by the text that names it: a file, or an address on the network.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use super::jobs::export::expand_home;
use crate::domain::Identifier;
use crate::formats::Abbreviations;
use crate::search::{self, CalendarDay};
use crate::sources::{
    Address, AddressError, Freshness, NetworkAccess, OnlineSettings, OpenSource, ReadOptions,
    Source, open,
};

/// The sources of the list on the screen and of those below it.
#[derive(Debug)]
pub struct ListSources {
    pub options: ReadOptions,
    /// The last are those of the list on the screen.
    pub sources: Vec<Vec<Source>>,
}

impl Default for ListSources {
    /// Without sources, whose options would allow it, nothing is sent over the network.
    fn default() -> Self {
        let online = OnlineSettings { access: NetworkAccess::Offline, ..OnlineSettings::default() };
        let options = ReadOptions { online: Arc::new(online), ..ReadOptions::default() };
        Self { options, sources: Vec::new() }
    }
}

impl ListSources {
    /// Takes note of the sources of the list on the screen.
    pub fn note_loaded(&mut self, sources: &[OpenSource]) {
        self.options = sources.first().map(|it| it.options().clone()).unwrap_or_default();
        self.sources = vec![sources.iter().map(|it| it.source().clone()).collect()];
    }

    pub fn current(&self) -> &[Source] {
        self.sources.last().map_or(&[], Vec::as_slice)
    }
}

/// Opens the source with this name. Sends no request: a load does.
///
/// # Errors
///
/// Returns the reason if there is no such file and the text is no address, or if the file cannot be
/// read.
pub fn open_list_source(text: &str, options: &ReadOptions) -> Result<Vec<OpenSource>, String> {
    // The format and the abbreviations of the run belong to the files that it was started with.
    let options = ReadOptions {
        detect_format: None,
        abbreviations: Abbreviations::default(),
        freshness: Freshness::FromCache,
        ..options.clone()
    };
    let sources = sources_by_name(text, &options)?.into_iter();
    sources.map(|it| open(it, &options).map_err(|error| error.to_string())).collect()
}

/// The sources with this name. A file takes precedence over an address.
fn sources_by_name(text: &str, options: &ReadOptions) -> Result<Vec<Source>, String> {
    let path = expand_home(text);
    if path.exists() {
        return Ok(vec![Source::File(path)]);
    }
    if let Some(inbox) = options.inbox.as_ref().and_then(|it| it.directory.sources(text)) {
        return inbox;
    }
    if let Some(source) = Source::from_local_address(text) {
        return Ok(vec![source]);
    }
    if let Some(papers) = several_papers(text) {
        return Ok(vec![online_source(Address::Papers(papers))]);
    }
    match Address::parse(text) {
        Ok(address) => Ok(vec![online_source(address)]),
        Err(error @ AddressError::FileName(_)) => Err(format!("{error}; Tab completes")),
        Err(error) => Err(error.to_string()),
    }
}

/// The source of an address. Ages in a search are counted back from today.
pub fn online_source(address: Address) -> Source {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Source::Online(Box::new(search::online_source(address, CalendarDay::from_unix_time(now))))
}

/// The identifiers of a text that has nothing but several of them.
fn several_papers(text: &str) -> Option<Vec<Identifier>> {
    let mut papers = Vec::new();
    for word in text.split_whitespace() {
        match Address::parse(word) {
            Ok(Address::Papers(mut paper)) => papers.append(&mut paper),
            _ => return None,
        }
    }
    (papers.len() > 1).then_some(papers)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::{InboxDirectory, InboxSettings};

    #[test]
    fn a_list_is_named_by_a_file_or_an_address() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hf");
        std::fs::write(&path, "").unwrap();
        let by_name = |text: &str| sources_by_name(text, &ReadOptions::default());
        assert_eq!(by_name(path.to_str().unwrap()), Ok(vec![Source::File(path)]));
        let title = |text: &str| match by_name(text).as_deref() {
            Ok([Source::Online(online)]) => online.address.title(),
            other => panic!("{other:?}"),
        };
        assert_eq!(title("arxiv:cs.CL"), "arXiv cs.CL");
        assert_eq!(title("2501.02950 10.1000/182"), "2 papers");
        let unknown = by_name("refs.bob").unwrap_err();
        assert_eq!(unknown, "refs.bob: no such file or directory; Tab completes");
        assert!(matches!(by_name("zotero:Thesis").as_deref(), Ok([Source::Zotero(_)])));
        let directory = InboxDirectory::new(folder.path().join("inbox"));
        let settings = InboxSettings { directory, config: None, library: None };
        let options = ReadOptions { inbox: Some(Arc::new(settings)), ..ReadOptions::default() };
        assert!(sources_by_name("inbox", &options).unwrap_err().starts_with("the inbox is empty"));
        assert!(by_name("arxv:cs.CL").unwrap_err().contains("did you mean `arxiv:cs.CL`?"));
    }
}
