//! Loading progress, defects, and the papers to find again after a reload.

use super::enrichment::EnrichmentState;
use super::list_stack::ListStack;
use crate::formats::Defect;
use crate::library::PendingPapers;
use crate::search::Hits;
use crate::sources::FetchProgress;
use std::sync::Arc;

#[derive(Debug, Default)]
pub struct LoadState {
    /// The list that is loaded, and those below it.
    pub lists: ListStack,
    pub phase: LoadPhase,
    pub progress: LoadProgress,
    /// The first [`MAX_LISTED_DEFECTS`] defects.
    pub defects: Vec<Defect>,
    pub defect_count: usize,
    /// Number of papers whose abstracts are indexed, while indexing runs.
    pub indexed_abstracts: Option<u32>,
    /// The corpus at the time of the last search request.
    pub searched: SearchedCorpus,
    /// The hits of the last list of all papers; the next one is derived from it.
    pub all_hits: Hits,
    /// Files without papers, each as a message.
    pub skipped_files: Vec<String>,
    /// The papers to find again after a reload.
    pub pending_papers: Option<PendingPapers>,
    /// Rows of records that will be merged into earlier papers, ascending.
    pub duplicate_rows: Arc<[u32]>,
    /// The completion of papers of this list.
    pub enrichment: EnrichmentState,
}

/// The part of the sources that is read.
#[derive(Debug, Default)]
pub struct LoadProgress {
    pub bytes: u64,
    /// Size of all sources in bytes, if it is known.
    pub total: Option<u64>,
    /// The progress of a source on the network.
    pub fetch: Option<FetchProgress>,
}

/// The corpus that a search response covers.
#[derive(Debug, Default)]
pub struct SearchedCorpus {
    /// Number of papers.
    pub len: u32,
    /// True if records have been merged since the request.
    pub is_linked_since: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LoadPhase {
    #[default]
    Loading,
    Paused,
    Done,
    /// Everything is loaded, and the source is fetched again; its papers will replace the list once
    /// the first of them have come.
    Refetching,
}

/// Maximum number of defects kept for the list.
pub const MAX_LISTED_DEFECTS: usize = 10_000;
