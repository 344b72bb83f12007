//! Maps papers of the corpus to papers of the library.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;

use super::source_record::{self, title_fingerprint};
use crate::domain::{Corpus, IdentityKeys, Paper, PaperId};
use crate::text::fnv;

/// In-memory filter over the library's identity keys. Has no false negatives; saves a database
/// lookup for most papers.
///
/// Valid for the keys loaded into it: keys recorded later, by this process or another, must be
/// added, and a rebuilt library needs a new filter.
#[derive(Debug, Default)]
pub struct KeyFilter {
    key_hashes: HashSet<u64>,
    title_fingerprints: HashSet<i64>,
}

impl KeyFilter {
    /// Loads the keys of the whole library, or those of the given papers only.
    pub fn load(connection: &Connection, papers: Option<&[i64]>) -> rusqlite::Result<Self> {
        let mut key_filter = Self::default();
        let Some(papers) = papers else {
            let mut select = connection.prepare("SELECT key FROM key WHERE ties = 1")?;
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                key_filter.key_hashes.insert(fnv(row.get_ref(0)?.as_str()?));
            }
            let mut select = connection.prepare("SELECT sign FROM card WHERE card <> 0")?;
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                key_filter.title_fingerprints.insert(row.get(0)?);
            }
            return Ok(key_filter);
        };
        for paper in papers {
            for known_keys in source_record::known_keys(connection, *paper)? {
                let keys = known_keys.keys.iter().chain([&known_keys.weak]);
                keys.for_each(|key| key_filter.add(key, known_keys.title_fingerprint));
            }
        }
        Ok(key_filter)
    }

    pub fn add(&mut self, key: &str, title_fingerprint: i64) {
        self.key_hashes.insert(fnv(key));
        self.title_fingerprints.insert(title_fingerprint);
    }

    /// Returns the identity keys of a paper that may be in the library; `None` if it is not.
    pub fn keys(&self, paper: &Paper<'_>) -> Option<IdentityKeys> {
        let is_candidate = self.title_fingerprints.contains(&title_fingerprint(paper.title))
            || IdentityKeys::strong_hashes(paper).any(|it| self.key_hashes.contains(&it));
        is_candidate.then(|| IdentityKeys::from(paper))
    }
}

/// Returns true if loading all keys is cheaper than `papers` lookups.
pub fn is_filter_cheaper(connection: &Connection, papers: u32) -> rusqlite::Result<bool> {
    /// Number of source records that are read in the time of one lookup.
    const RECORDS_READ_PER_LOOKUP: i64 = 30;
    let records: i64 = connection.query_row("SELECT max(card) FROM card", [], |row| row.get(0))?;
    Ok(records <= RECORDS_READ_PER_LOOKUP * i64::from(papers))
}

/// The papers of the corpus that are in the library, in both directions. Valid for one corpus, and
/// until a rebuild changes the library numbers; saves looking a paper up twice.
#[derive(Debug, Default)]
pub struct PaperMap {
    corpus_ids: HashMap<i64, Vec<PaperId>>,
    library_numbers: HashMap<PaperId, i64>,
    /// Number of records of the corpus that have been looked up.
    pub looked_up_records: u32,
    /// Set by another thread when the result of a lookup is no longer wanted.
    pub is_cancelled: Arc<AtomicBool>,
}

impl PaperMap {
    /// Returns the ids of a library paper in the corpus.
    pub fn ids_of(&self, paper: i64) -> &[PaperId] {
        self.corpus_ids.get(&paper).map_or(&[], Vec::as_slice)
    }

    pub fn insert(&mut self, id: PaperId, paper: i64) {
        match self.library_numbers.insert(id, paper) {
            Some(previous) if previous == paper => {}
            Some(previous) => {
                self.library_numbers.insert(id, previous);
                self.merge_papers(previous, paper);
            }
            None => self.corpus_ids.entry(paper).or_default().push(id),
        }
    }

    /// Inserts a looked-up paper if it is in the library.
    pub fn insert_recognised(&mut self, recognised: &RecognisedPaper) {
        if let Some(paper) = recognised.identity.papers.first() {
            self.insert(recognised.id, *paper);
        }
    }

    /// Moves the ids of `from` to `to`, after the library has merged the two papers.
    pub fn merge_papers(&mut self, from: i64, to: i64) {
        if from == to {
            return;
        }
        let ids = self.corpus_ids.remove(&from).unwrap_or_default();
        self.library_numbers.extend(ids.iter().map(|id| (*id, to)));
        self.corpus_ids.entry(to).or_default().extend(ids);
    }

    /// Returns the library number of a paper of the corpus.
    pub fn number(&self, id: PaperId) -> Option<i64> {
        self.library_numbers.get(&id).copied()
    }

    /// Iterates over the papers of the corpus that are in the library, in no order.
    pub fn ids(&self) -> impl Iterator<Item = PaperId> {
        self.library_numbers.keys().copied()
    }

    /// Clears the map for a new corpus. Keeps the cancellation flag, which other threads share.
    pub fn reset(&mut self) {
        *self = Self { is_cancelled: Arc::clone(&self.is_cancelled), ..Self::default() };
    }

    /// Returns true if the result of a lookup is no longer wanted.
    pub fn is_cancelled(&self) -> bool {
        self.is_cancelled.load(Ordering::Relaxed)
    }

    /// Clears the map after a rebuild, which changes library numbers.
    pub fn clear(&mut self) {
        self.corpus_ids.clear();
        self.library_numbers.clear();
    }
}

/// A paper of the corpus that was looked up, with its match in the library.
#[derive(Debug)]
pub struct RecognisedPaper {
    pub id: PaperId,
    pub keys: IdentityKeys,
    pub identity: source_record::IdentityMatch,
}

/// Looks up papers of the corpus, from record `from` on. With a filter, only those that pass it,
/// and those of which another record is recognised already. Returns the matches so far if
/// cancelled.
pub fn look_up(
    connection: &Connection,
    key_filter: Option<&KeyFilter>,
    paper_map: &PaperMap,
    corpus: &Corpus,
    from: u32,
) -> rusqlite::Result<Vec<RecognisedPaper>> {
    let mut recognised = Vec::new();
    if key_filter.is_some_and(|it| it.title_fingerprints.is_empty()) {
        return Ok(recognised);
    }
    let mut candidates = Vec::new();
    for (start, segment) in corpus.segments() {
        if paper_map.is_cancelled() {
            return Ok(recognised);
        }
        segment.for_each_paper(from.saturating_sub(start)..segment.len(), |row, paper| {
            let record = PaperId(start + row);
            let id = corpus.paper_of_record(record);
            let is_known = id != record && paper_map.number(id).is_some();
            let keys =
                key_filter.map_or_else(|| Some(IdentityKeys::from(&paper)), |it| it.keys(&paper));
            // A duplicate is matched by the keys of all its records.
            let has_more = is_known || id != record && keys.is_some();
            let all = if has_more { corpus.get(id) } else { None };
            candidates
                .extend(all.map(|it| IdentityKeys::from(&it)).or(keys).map(|keys| (id, keys)));
        });
    }
    for (id, keys) in candidates {
        if paper_map.is_cancelled() {
            break;
        }
        let identity = source_record::match_identity(connection, &keys)?;
        recognised.push(RecognisedPaper { id, keys, identity });
    }
    Ok(recognised)
}
