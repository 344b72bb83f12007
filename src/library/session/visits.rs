//! What is new in a source since it was open before.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::domain::{Corpus, IdentityKeys, PaperId};
use crate::text::fnv;

/// Papers of the largest corpus of which it is remembered what it held. Sources that one follows
/// are far smaller.
const MAX_PAPERS: u32 = 200_000;

/// What a source held when it was open before.
#[derive(Debug, Default)]
pub struct LastVisit {
    /// The day, as in `21 November`; nothing where it was never open.
    pub day: Option<String>,
    papers: HashSet<u64>,
    /// Whether all has come that it is to be compared with.
    pub is_ready: bool,
}

impl LastVisit {
    pub fn load(connection: &Connection, source: &str) -> rusqlite::Result<Self> {
        let found: Option<(String, Vec<u8>)> = connection
            .query_row(
                "SELECT strftime('%d %m %Y', at / 1000, 'unixepoch', 'localtime')
                     || ' ' || strftime('%Y', 'now', 'localtime'), papers
                 FROM seen WHERE source = ?1",
                [source],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()?;
        let Some((date, papers)) = found else { return Ok(Self::default()) };
        let (papers, _) = papers.as_chunks();
        let papers = papers.iter().map(|it| u64::from_le_bytes(*it)).collect();
        Ok(Self { day: format_day(&date), papers, is_ready: false })
    }

    /// The papers that the source did not have, and what it holds now, to be remembered. Nothing
    /// for a corpus that is too large, or once it is over.
    pub fn new_papers(
        &self,
        corpus: &Corpus,
        is_over: impl Fn() -> bool,
    ) -> Option<(Vec<PaperId>, HashSet<u64>)> {
        if corpus.len() > MAX_PAPERS {
            return None;
        }
        let mut new = Vec::new();
        let mut papers = HashSet::new();
        for (id, paper) in corpus.papers() {
            if is_over() {
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

/// Remembers what the source holds.
pub fn save(
    connection: &Connection,
    source: &str,
    now: i64,
    papers: &HashSet<u64>,
) -> rusqlite::Result<()> {
    let mut sorted: Vec<u64> = papers.iter().copied().collect();
    sorted.sort_unstable();
    let bytes: Vec<u8> = sorted.into_iter().flat_map(u64::to_le_bytes).collect();
    connection.execute(
        "INSERT INTO seen (source, at, papers) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET at = ?2, papers = ?3",
        params![source, now, bytes],
    )?;
    Ok(())
}

/// A day as it is said, from day, month, year and the year that it is.
fn format_day(date: &str) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
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
