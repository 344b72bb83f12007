//! Looks up identifiers, addresses and citation keys in one pass over the corpus.

use std::collections::HashSet;

use hashbrown::HashMap;
use rayon::prelude::*;

use super::clues::{Clues, hash_of_address};
use super::context::ReferenceContext;
use crate::domain::{IdentityKeys, PaperId};
use crate::search::cancel::Cancelled;
use crate::search::matching::context::CorpusSegment;
use crate::text::{distinct, fnv, fnv_ignoring_case};

/// Papers that share an address, above which it is that of a site, not of a paper.
const MAX_PAPERS_OF_ADDRESS: usize = 8;

/// The hashes to look up, and once looked up the papers that have them.
#[derive(Debug, Default)]
pub struct PaperLookupTable {
    identifiers: HashMap<u64, Vec<PaperId>>,
    addresses: HashMap<u64, Vec<PaperId>>,
    keys: HashMap<u64, Vec<PaperId>>,
}

/// A hash of one kind.
#[derive(Debug, Clone, Copy)]
enum HashKind {
    Identifier,
    Address,
    Key,
}

impl PaperLookupTable {
    /// Looks up what the clues name.
    ///
    /// # Errors
    ///
    /// [`Cancelled`] once a newer request has arrived.
    pub fn new(clues: &[Clues], context: ReferenceContext<'_>) -> Result<Self, Cancelled> {
        let mut table = Self::default();
        for it in clues {
            let wanted = |hash: &u64| (*hash, Vec::new());
            table.identifiers.extend(it.identifiers.iter().map(wanted));
            table.addresses.extend(it.addresses.iter().map(wanted));
            table.keys.extend(it.key_words.iter().map(wanted));
            for key in &it.keys {
                table.keys.extend(key_prefixes(key).map(|it| (fnv_ignoring_case(it), Vec::new())));
                let identifiers = context.bibliographies.identifiers_of_key(key);
                table.identifiers.extend(identifiers.iter().map(|it| (fnv(it), Vec::new())));
            }
        }
        let segments = context.segments();
        let found = segments.par_iter().map(|at| table.find_in_segment(*at, context));
        for (kind, hash, id) in found.collect::<Result<Vec<_>, Cancelled>>()?.into_iter().flatten()
        {
            let column = match kind {
                HashKind::Identifier => &mut table.identifiers,
                HashKind::Address => &mut table.addresses,
                HashKind::Key => &mut table.keys,
            };
            if let Some(papers) = column.get_mut(&hash).filter(|it| !it.contains(&id)) {
                papers.push(id);
            }
        }
        Ok(table)
    }

    fn find_in_segment(
        &self,
        at: CorpusSegment<'_>,
        context: ReferenceContext<'_>,
    ) -> Result<Vec<(HashKind, u64, PaperId)>, Cancelled> {
        /// Rows between two polls of the cancellation.
        const CANCEL_INTERVAL: u32 = 1 << 10;
        context.cancel.check()?;
        let mut found = Vec::new();
        if !self.keys.is_empty() {
            for (row, hash) in (0..).zip(at.segment.key_hashes()) {
                if self.keys.contains_key(hash) {
                    found.push((HashKind::Key, *hash, context.paper_id(at, row)));
                }
            }
        }
        if self.identifiers.is_empty() && self.addresses.is_empty() {
            return Ok(found);
        }
        let mut is_cancelled = false;
        let rows = (0..at.segment.len()).take_while(|row| {
            is_cancelled = context.cancel.check_every(CANCEL_INTERVAL, *row).is_err();
            !is_cancelled
        });
        at.segment.for_each_paper(rows, |row, paper| {
            if !self.identifiers.is_empty() {
                let hashes = IdentityKeys::strong_hashes(&paper);
                let hits = hashes.filter(|it| self.identifiers.contains_key(it));
                found.extend(hits.map(|it| (HashKind::Identifier, it, context.paper_id(at, row))));
            }
            if !self.addresses.is_empty() && !paper.url_list.is_empty() {
                let hashes = paper.urls().map(hash_of_address);
                let hits = hashes.filter(|it| self.addresses.contains_key(it));
                found.extend(hits.map(|it| (HashKind::Address, it, context.paper_id(at, row))));
            }
        });
        if is_cancelled { Err(Cancelled) } else { Ok(found) }
    }

    /// The papers with one of the identifiers, in order of the identifiers.
    pub fn papers_of_identifiers(&self, clues: &Clues) -> Vec<PaperId> {
        papers_of(&self.identifiers, clues.identifiers.iter().copied())
    }

    /// The papers with one of the addresses. An address of many papers is left out.
    pub fn papers_of_addresses(&self, clues: &Clues) -> Vec<PaperId> {
        let few = |hash: &u64| {
            self.addresses.get(hash).is_some_and(|it| it.len() <= MAX_PAPERS_OF_ADDRESS)
        };
        papers_of(&self.addresses, clues.addresses.iter().copied().filter(few))
    }

    /// The papers with one of the keys: those of the corpus, with or without suffix, and those of
    /// the user's own bibliographies.
    pub fn papers_of_keys(&self, clues: &Clues, context: ReferenceContext<'_>) -> Vec<PaperId> {
        let papers = clues.keys.iter().flat_map(|key| self.papers_of_key(key, context));
        let words = papers_of(&self.keys, clues.key_words.iter().copied());
        distinct(papers.chain(words))
    }

    fn papers_of_key(&self, key: &str, context: ReferenceContext<'_>) -> Vec<PaperId> {
        let whole = papers_of(&self.keys, [fnv_ignoring_case(key)]);
        if !whole.is_empty() {
            return whole;
        }
        let with_prefix = papers_of(&self.keys, key_prefixes(key).map(fnv_ignoring_case));
        let has_suffix = |id: &PaperId| context.corpus.has_citation_key(*id, key);
        let with_suffix: Vec<PaperId> = with_prefix.into_iter().filter(has_suffix).collect();
        if !with_suffix.is_empty() {
            return with_suffix;
        }
        let identifiers = context.bibliographies.identifiers_of_key(key);
        let own = papers_of(&self.identifiers, identifiers.iter().map(|it| fnv(it)));
        if own.is_empty() { papers_of_own_entry(key, context) } else { own }
    }
}

fn papers_of(
    column: &HashMap<u64, Vec<PaperId>>,
    hashes: impl IntoIterator<Item = u64>,
) -> Vec<PaperId> {
    distinct(hashes.into_iter().filter_map(|it| column.get(&it)).flatten().copied())
}

/// A key, and its beginnings before each `-`, after which a suffix may follow.
fn key_prefixes(key: &str) -> impl Iterator<Item = &str> {
    std::iter::once(key).chain(key.match_indices('-').map(|(at, _)| &key[..at]))
}

/// The papers of the entry with a key in the user's own bibliographies, by title and author.
fn papers_of_own_entry(key: &str, context: ReferenceContext<'_>) -> Vec<PaperId> {
    let Some(bibliography) = context.bibliographies.get().filter(|it| it.has_key(key)) else {
        return Vec::new();
    };
    let has_key = |id: &PaperId| {
        let paper = context.corpus.get(*id);
        let own_key = paper.as_ref().and_then(|it| bibliography.key(it));
        own_key.is_some_and(|it| it.eq_ignore_ascii_case(key))
    };
    let ids: HashSet<PaperId> = context
        .segments()
        .par_iter()
        .flat_map_iter(|&at| (0..at.segment.len()).map(move |row| context.paper_id(at, row)))
        .filter(has_key)
        .collect();
    let mut ids: Vec<PaperId> = ids.into_iter().collect();
    ids.sort_unstable();
    ids
}
