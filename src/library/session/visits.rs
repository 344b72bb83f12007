//! Finds the papers added to a source since the last visit.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::domain::{Corpus, IdentityKeys, PaperId};
use crate::text::{MONTHS, fnv};

/// Maximum number of papers of a corpus that is compared and remembered. Sources that are followed
/// for new papers are far smaller.
const MAX_PAPERS: u32 = 200_000;

/// The papers that a source held at the last visit.
#[derive(Debug, Default)]
pub struct LastVisit {
    /// The day of the last visit, as in `21 November`; `None` for a source never opened before.
    pub day: Option<String>,
    papers: HashSet<u64>,
    /// Set once the source is read to its end, so that the comparison can begin.
    pub is_ready: bool,
}

/// The begin of a load.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadStart {
    /// The key of the session. `None` if the source cannot be opened again.
    pub source: Option<String>,
    pub baseline: NewPapersBaseline,
}

/// The papers that a source must not have held for a paper to be new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewPapersBaseline {
    /// Those of the visit before this run.
    LastVisit,
    /// Those of the last complete load, also in this run.
    LastLoad,
}

/// The visits of the sources that were read in this run before the current one, so that the same
/// papers are new when the user comes back to them.
#[derive(Debug, Default)]
pub struct EarlierVisits(Vec<(String, LastVisit)>);

/// Maximum number of visits that are kept.
const MAX_EARLIER_VISITS: usize = 32;

impl EarlierVisits {
    pub fn keep(&mut self, source: String, visit: LastVisit) {
        self.0.retain(|(it, _)| *it != source);
        if self.0.len() == MAX_EARLIER_VISITS {
            self.0.remove(0);
        }
        self.0.push((source, visit));
    }

    pub fn take(&mut self, source: &str) -> Option<LastVisit> {
        let at = self.0.iter().position(|(it, _)| it == source)?;
        Some(self.0.remove(at).1)
    }
}

impl LastVisit {
    /// Loads the last visit of a source; empty if there was none.
    pub fn load(connection: &Connection, source: &str) -> rusqlite::Result<Self> {
        let row: Option<(String, Vec<u8>)> = connection
            .query_row(
                "SELECT strftime('%d %m %Y', at / 1000, 'unixepoch', 'localtime')
                     || ' ' || strftime('%Y', 'now', 'localtime'), papers
                 FROM seen WHERE source = ?1",
                [source],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        let Some((date, papers)) = row else { return Ok(Self::default()) };
        let (papers, _) = papers.as_chunks();
        let papers = papers.iter().map(|it| u64::from_le_bytes(*it)).collect();
        Ok(Self { day: format_day(&date), papers, is_ready: false })
    }

    /// Returns the papers that the source did not hold at the last visit, and the hashes of all its
    /// papers, to be saved. Returns `None` for a corpus of more than [`MAX_PAPERS`] papers, or once
    /// `is_cancelled` returns true.
    pub fn new_papers(
        &self,
        corpus: &Corpus,
        is_cancelled: impl Fn() -> bool,
    ) -> Option<(Vec<PaperId>, HashSet<u64>)> {
        if corpus.len() > MAX_PAPERS {
            return None;
        }
        let mut new = Vec::new();
        let mut papers = HashSet::new();
        for (id, paper) in corpus.papers() {
            if is_cancelled() {
                return None;
            }
            let strong = IdentityKeys::strong_hashes(&paper).next();
            let hash = strong.unwrap_or_else(|| fnv(&IdentityKeys::from(&paper).weak));
            if self.day.is_some() && !self.papers.contains(&hash) {
                new.push(id);
            }
            papers.insert(hash);
        }
        Some((new, papers))
    }
}

/// Saves the hashes of the papers that the source holds, as sorted little-endian `u64`s.
pub fn save(
    connection: &Connection,
    source: &str,
    now: i64,
    papers: &HashSet<u64>,
) -> rusqlite::Result<()> {
    let mut hashes: Vec<u64> = papers.iter().copied().collect();
    hashes.sort_unstable();
    let bytes: Vec<u8> = hashes.into_iter().flat_map(u64::to_le_bytes).collect();
    connection.execute(
        "INSERT INTO seen (source, at, papers) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET at = ?2, papers = ?3",
        params![source, now, bytes],
    )?;
    Ok(())
}

/// Formats a date given as "day month year current-year": `21 November`, with the year only if it
/// is not the current one.
fn format_day(date: &str) -> Option<String> {
    let mut parts = date.split(' ');
    let day = parts.next()?.trim_start_matches('0');
    let month = MONTHS.get(parts.next()?.parse::<usize>().ok()?.checked_sub(1)?)?;
    let year = parts.next()?;
    let is_this_year = parts.next()? == year;
    Some(if is_this_year { format!("{day} {month}") } else { format!("{day} {month} {year}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_another_year_is_said_with_it() {
        assert_eq!(format_day("21 11 2025 2025").as_deref(), Some("21 November"));
        assert_eq!(format_day("01 02 2024 2025").as_deref(), Some("1 February 2024"));
        assert_eq!(format_day(""), None);
    }
}
