//! Which papers of the corpus the library knows.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rusqlite::Connection;

use super::source_record::{self, sign};
use crate::domain::{Corpus, Keys, Paper, PaperId};
use crate::text::fnv;

/// By what most papers of a corpus are told, quickly, from those that may be known.
#[derive(Debug, Default)]
pub struct Sieve {
    keys: HashSet<u64>,
    signs: HashSet<i64>,
}

impl Sieve {
    /// All that the library knows, or what it knows of some papers.
    pub fn of(connection: &Connection, papers: Option<&[i64]>) -> rusqlite::Result<Self> {
        let mut sieve = Self::default();
        let Some(papers) = papers else {
            let mut select = connection.prepare("SELECT key FROM key WHERE ties = 1")?;
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                sieve.keys.insert(fnv(row.get_ref(0)?.as_str()?));
            }
            let mut select = connection.prepare("SELECT sign FROM card WHERE card <> 0")?;
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                sieve.signs.insert(row.get(0)?);
            }
            return Ok(sieve);
        };
        for paper in papers {
            for names in source_record::names(connection, *paper)? {
                let keys = names.keys.iter().chain([&names.weak]);
                keys.for_each(|key| sieve.add(key, names.sign));
            }
        }
        Ok(sieve)
    }

    pub fn add(&mut self, key: &str, sign: i64) {
        self.keys.insert(fnv(key));
        self.signs.insert(sign);
    }

    /// The keys of a paper that may be known.
    pub fn keys(&self, paper: &Paper<'_>) -> Option<Keys> {
        let may_be_known = self.signs.contains(&sign(paper.title))
            || Keys::strong_hashes(paper).any(|it| self.keys.contains(&it));
        may_be_known.then(|| Keys::from(paper))
    }
}

/// Whether reading all that the library knows takes less time than looking so many papers up.
pub fn is_worth_a_sieve(connection: &Connection, papers: u32) -> rusqlite::Result<bool> {
    /// Cards that are read while one paper is looked up.
    const READ_MEANWHILE: i64 = 30;
    let cards: i64 = connection.query_row("SELECT max(card) FROM card", [], |row| row.get(0))?;
    Ok(cards <= READ_MEANWHILE * i64::from(papers))
}

/// Papers of the corpus that the library knows, with their numbers there.
#[derive(Debug, Default)]
pub struct Sights {
    here: HashMap<i64, Vec<PaperId>>,
    numbers: HashMap<PaperId, i64>,
    /// How many records of the corpus have been looked up.
    pub looked_up: u32,
    /// Set when nobody will see any more what is looked up.
    pub is_over: Arc<AtomicBool>,
}

impl Sights {
    /// Where the corpus has the paper.
    pub fn of(&self, paper: i64) -> &[PaperId] {
        self.here.get(&paper).map_or(&[], Vec::as_slice)
    }

    pub fn put(&mut self, id: PaperId, paper: i64) {
        match self.numbers.insert(id, paper) {
            Some(before) if before == paper => {}
            Some(before) => {
                self.numbers.insert(id, before);
                self.moved(before, paper);
            }
            None => self.here.entry(paper).or_default().push(id),
        }
    }

    /// Takes note of a paper that was looked up, where it is known.
    pub fn meet(&mut self, seen: &Seen) {
        if let Some(paper) = seen.sighting.papers.first() {
            self.put(seen.id, *paper);
        }
    }

    /// What was known as one paper has turned out to be another.
    pub fn moved(&mut self, from: i64, to: i64) {
        if from == to {
            return;
        }
        let ids = self.here.remove(&from).unwrap_or_default();
        self.numbers.extend(ids.iter().map(|id| (*id, to)));
        self.here.entry(to).or_default().extend(ids);
    }

    /// The number of a paper of the corpus that is known.
    pub fn number(&self, id: PaperId) -> Option<i64> {
        self.numbers.get(&id).copied()
    }

    /// Every paper of the corpus that is known.
    pub fn ids(&self) -> impl Iterator<Item = PaperId> {
        self.numbers.keys().copied()
    }

    /// Forgets a corpus that has gone.
    pub fn begin_again(&mut self) {
        *self = Self { is_over: Arc::clone(&self.is_over), ..Self::default() };
    }

    /// Whether nobody will see any more what is looked up.
    pub fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Relaxed)
    }

    pub fn forget(&mut self) {
        self.here.clear();
        self.numbers.clear();
    }
}

/// A paper of the corpus that the library knows.
#[derive(Debug)]
pub struct Seen {
    pub id: PaperId,
    pub keys: Keys,
    pub sighting: source_record::Sighting,
}

/// Looks papers of the corpus up, from that record on: with a sieve those that it holds or of which
/// another record is known.
pub fn look_up(
    connection: &Connection,
    sieve: Option<&Sieve>,
    sights: &Sights,
    corpus: &Corpus,
    from: u32,
) -> rusqlite::Result<Vec<Seen>> {
    let mut seen = Vec::new();
    if sieve.is_some_and(|it| it.signs.is_empty()) {
        return Ok(seen);
    }
    let mut met = Vec::new();
    for (start, segment) in corpus.segments() {
        if sights.is_over() {
            return Ok(seen);
        }
        segment.for_each_paper(from.saturating_sub(start)..segment.len(), |row, paper| {
            let record = PaperId(start + row);
            let id = corpus.first(record);
            let is_known = id != record && sights.number(id).is_some();
            let keys = sieve.map_or_else(|| Some(Keys::from(&paper)), |it| it.keys(&paper));
            // What is known of a paper by all its records.
            let has_more = is_known || id != record && keys.is_some();
            let all = if has_more { corpus.get(id) } else { None };
            met.extend(all.map(|it| Keys::from(&it)).or(keys).map(|keys| (id, keys)));
        });
    }
    for (id, keys) in met {
        if sights.is_over() {
            break;
        }
        let sighting = source_record::sight(connection, &keys)?;
        seen.push(Seen { id, keys, sighting });
    }
    Ok(seen)
}
