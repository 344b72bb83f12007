//! Asks for marked papers themselves, since a followed source may not list their new versions and
//! retractions.

use super::source_fetch::{FetchExtent, SourceFetch, fetch_source};
use crate::domain::{Identifier, Mark, Paper, PaperMarks};
use crate::sources::{Address, ReadOptions};

/// Pause between two lookups, in seconds.
pub const LOOKUP_PAUSE: i64 = 24 * 60 * 60;
/// Maximum number of papers of a service that are asked for in one lookup.
const MAX_PAPERS: usize = 1_000;

/// The identifiers of marked papers, by the service that knows their news.
#[derive(Debug, Default)]
pub struct MarkedIdentifiers {
    /// Starred preprints, which may have new versions.
    preprints: Vec<Identifier>,
    /// Published papers with any mark, which may be retracted.
    published: Vec<Identifier>,
}

impl MarkedIdentifiers {
    pub fn add(&mut self, paper: &Paper<'_>, marks: &PaperMarks) {
        if marks.marks.contains(&Mark::Starred) && !paper.arxiv.is_empty() {
            self.preprints.push(Identifier::Arxiv(paper.arxiv.to_owned()));
        }
        if !paper.doi.is_empty() {
            self.published.push(Identifier::Doi(paper.doi.to_owned()));
        }
    }

    pub fn is_empty(&self) -> bool {
        self.preprints.is_empty() && self.published.is_empty()
    }

    /// Fetches the papers, those of a service in batches.
    pub fn fetch(self, options: &ReadOptions) -> Vec<SourceFetch> {
        let lists = [self.preprints, self.published].into_iter().filter(|it| !it.is_empty());
        let fetch = |mut papers: Vec<Identifier>| {
            papers.truncate(MAX_PAPERS);
            fetch_source(&Address::Papers(papers), options, FetchExtent::All)
        };
        lists.map(fetch).collect()
    }
}
