//! Opens the source of a list by the text that names it: a file, or an address on the network.

use std::sync::Arc;

use super::jobs::export::expand_home;
use crate::domain::Identifier;
use crate::formats::Abbreviations;
use crate::sources::{
    Address, AddressError, Freshness, NetworkAccess, OnlineSettings, OnlineSource, OpenSource,
    ReadOptions, Source, open,
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
pub fn open_list_source(text: &str, options: &ReadOptions) -> Result<OpenSource, String> {
    // The format and the abbreviations of the run belong to the files that it was started with.
    let options = ReadOptions {
        detect_format: None,
        abbreviations: Abbreviations::default(),
        freshness: Freshness::FromCache,
        ..options.clone()
    };
    open(source_by_name(text)?, &options).map_err(|error| error.to_string())
}

/// The source with this name. A file takes precedence over an address.
fn source_by_name(text: &str) -> Result<Source, String> {
    let path = expand_home(text);
    if path.exists() {
        return Ok(Source::File(path));
    }
    if let Some(papers) = several_papers(text) {
        return Ok(online_source(Address::Papers(papers)));
    }
    match Address::parse(text) {
        Ok(address) => Ok(online_source(address)),
        Err(error @ AddressError::FileName(_)) => Err(format!("{error}; Tab completes")),
        Err(error) => Err(error.to_string()),
    }
}

fn online_source(address: Address) -> Source {
    Source::Online(Box::new(OnlineSource::new(address)))
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

    #[test]
    fn a_list_is_named_by_a_file_or_an_address() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hf");
        std::fs::write(&path, "").unwrap();
        assert_eq!(source_by_name(path.to_str().unwrap()), Ok(Source::File(path)));
        let title = |text: &str| match source_by_name(text) {
            Ok(Source::Online(online)) => online.address.title(),
            other => panic!("{other:?}"),
        };
        assert_eq!(title("arxiv:cs.CL"), "arXiv cs.CL");
        assert_eq!(title("2501.02950 10.1000/182"), "2 papers");
        let unknown = source_by_name("refs.bob").unwrap_err();
        assert_eq!(unknown, "refs.bob: no such file or directory; Tab completes");
        assert!(source_by_name("arxv:cs.CL").unwrap_err().contains("did you mean `arxiv:cs.CL`?"));
    }
}
