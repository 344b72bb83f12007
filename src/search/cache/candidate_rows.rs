//! Where the word that is scanned for was found, kept for the next query: letter by letter there are
//! fewer places to look at.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::domain::Segment;
use crate::search::matching::row_set::{KnownRows, RowSet};
use crate::search::query::{QueryWord, WordKey};

/// The rows that had the last words, by where their segment lies.
#[derive(Debug, Default)]
pub struct CandidateCache {
    contiguous: CachedRowMap<WordKey>,
    /// By the letters of the word.
    subsequence: CachedRowMap<String>,
}

type CachedRowMap<W> = HashMap<usize, CachedRows<W>>;

/// Rows of a segment that had a word.
#[derive(Debug)]
struct CachedRows<W> {
    segment: Arc<Segment>,
    word: W,
    rows: Arc<RowSet>,
}

impl CandidateCache {
    /// Forgets what is known of segments that are gone.
    pub fn retain_segments(&mut self, segments: &[(u32, &Arc<Segment>)]) {
        let here: HashSet<usize> = segments.iter().map(|(_, it)| segment_address(it)).collect();
        self.contiguous.retain(|it, _| here.contains(it));
        self.subsequence.retain(|it, _| here.contains(it));
    }

    pub fn get(&self, segment: &Arc<Segment>, word: &QueryWord) -> KnownRows {
        KnownRows {
            contiguous: cached_rows(&self.contiguous, segment, |it| *it == word.key()),
            // Where a longer word is scattered, its beginning is.
            subsequence: cached_rows(&self.subsequence, segment, |it| word.letters.starts_with(it)),
        }
    }

    pub fn insert(&mut self, segment: &Arc<Segment>, word: &QueryWord, tracks: KnownRows) {
        if let Some(rows) = tracks.contiguous {
            let (segment, word) = (Arc::clone(segment), word.key());
            self.contiguous.insert(segment_address(&segment), CachedRows { segment, word, rows });
        }
        if let Some(rows) = tracks.subsequence {
            let (segment, word) = (Arc::clone(segment), word.letters.clone());
            self.subsequence.insert(segment_address(&segment), CachedRows { segment, word, rows });
        }
    }
}

fn cached_rows<W>(
    footprints: &CachedRowMap<W>,
    segment: &Arc<Segment>,
    serves: impl Fn(&W) -> bool,
) -> Option<Arc<RowSet>> {
    let known = footprints.get(&segment_address(segment))?;
    let is_it = Arc::ptr_eq(&known.segment, segment) && serves(&known.word);
    is_it.then(|| Arc::clone(&known.rows))
}

fn segment_address(segment: &Arc<Segment>) -> usize {
    Arc::as_ptr(segment) as usize
}
