//! How far loading is, its defects, and what is to be found again after a reload.

use crate::formats::Defect;
use crate::library::PendingPapers;
use crate::search::Hits;
use std::sync::Arc;

#[derive(Debug, Default)]
pub struct LoadState {
    /// What the header calls the corpus.
    pub name: String,
    pub phase: LoadPhase,
    pub bytes: u64,
    pub total: Option<u64>,
    /// The first of the records that could not be read, and how many there are.
    pub defects: Vec<Defect>,
    pub defect_count: usize,
    /// While abstracts are being indexed: how many papers' are.
    pub indexed_abstracts: Option<u32>,
    /// The corpus as it was when the searcher was asked last.
    pub searched: SearchedCorpus,
    /// All papers as they were last shown, from which the next list of all is made.
    pub all_hits: Hits,
    /// Files that hold no papers, each in a sentence.
    pub skipped_files: Vec<String>,
    /// What is to be found again after a reload.
    pub pending_papers: Option<PendingPapers>,
    /// Numbers of records that will be linked to papers before them, ascending.
    pub duplicate_rows: Arc<[u32]>,
}

/// The corpus that an answer of the searcher is about.
#[derive(Debug, Default)]
pub struct SearchedCorpus {
    /// In papers.
    pub len: u32,
    /// Whether some of them have turned out to be others since.
    pub is_linked_since: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LoadPhase {
    #[default]
    Loading,
    Paused,
    Done,
}

/// So many defects are kept to be listed.
pub const MAX_LISTED_DEFECTS: usize = 10_000;
