//! Fetches the papers of a followed source.

use crate::domain::Corpus;
use crate::shell::online_source;
use crate::sources::{
    Address, Freshness, LoadControl, LoadEvent, ReadOptions, Source, load_all, open,
};

/// The papers that a fetch has brought.
#[derive(Debug, Default)]
pub struct SourceFetch {
    pub corpus: Corpus,
    /// The part of the address that its service cannot express: a filter for the papers.
    pub filter: String,
    /// The reason why the fetch broke off. The papers before it are kept.
    pub failure: Option<String>,
    pub notices: Vec<String>,
}

/// The part of a list that is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FetchExtent {
    FirstPage,
    All,
}

/// Fetches a list. All requests are sent, also those whose replies the cache has; it then costs a
/// conditional request each.
pub fn fetch_source(address: &Address, options: &ReadOptions, extent: FetchExtent) -> SourceFetch {
    let freshness = match extent {
        FetchExtent::FirstPage => Freshness::FromCache,
        FetchExtent::All => Freshness::Revalidated,
    };
    let source = online_source(address.clone());
    let mut fetch = SourceFetch::default();
    if let Source::Online(online) = &source {
        fetch.filter.clone_from(&online.filter);
    }
    let source = match open(source, &ReadOptions { freshness, ..options.clone() }) {
        Ok(source) => source,
        Err(error) => return SourceFetch { failure: Some(error.to_string()), ..fetch },
    };
    let control = LoadControl::default();
    let stop = control.clone();
    load_all(vec![source], None, &control, &mut |event| match event {
        LoadEvent::Segment(segment) => fetch.corpus.push(segment),
        LoadEvent::Duplicates(duplicates) => fetch.corpus.set_duplicates(duplicates),
        LoadEvent::Failed(reason) => fetch.failure = Some(reason),
        LoadEvent::Notice(notice) => fetch.notices.push(notice),
        LoadEvent::Fetch(progress) => {
            if extent == FetchExtent::FirstPage && progress.pages > 0 {
                stop.cancel();
            }
        }
        LoadEvent::DuplicateRows(_)
        | LoadEvent::Progress { .. }
        | LoadEvent::Defect(_)
        | LoadEvent::PartSummary { .. }
        | LoadEvent::SkippedPart { .. }
        | LoadEvent::Done => {}
    });
    fetch
}
