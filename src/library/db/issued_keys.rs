//! Citation keys that were given out: which key a paper has from then on.

use rusqlite::Connection;

use super::log::Writing;
use super::source_record::{self, Card};
use super::store::Store;
use super::{attribute, paper_json, record_changes, state};
use crate::cite::KeptKey;
use crate::domain::{Keys, Paper};
use crate::library::error::LibraryError;
use crate::library::model::issued_key::GivenKey;

impl GivenKey {
    pub fn new(paper: &Paper<'_>, key: String) -> Self {
        Self {
            paper: Keys::from(paper),
            year: paper.year,
            record: paper_json::write(paper),
            sign: source_record::sign(paper.title),
            key,
        }
    }
}

/// Writes the keys of papers; returns the cards that were added for that.
pub fn write(writing: &mut Writing<'_>, given: &[GivenKey]) -> rusqlite::Result<Vec<Card>> {
    let mut added = Vec::new();
    let number = writing.number;
    for it in given {
        let new = |tie| Card::of_record(it.record.clone(), it.sign, &it.paper, tie);
        let (card, new) = record_changes::card_of(writing, &it.paper, new)?;
        added.extend(new);
        let paper = record_changes::paper_of(writing.connection, card)?;
        let aspect = attribute::key(it.year);
        if state::value(writing.connection, paper, &aspect)?.as_ref() != Some(&it.key) {
            writing.set(number, (card, paper), &aspect, &it.key)?;
        }
    }
    Ok(added)
}

/// The keys that were given out, those of one paper in the order of time.
///
/// # Errors
///
/// When the library cannot be read.
pub fn kept_keys(store: &Store) -> Result<Vec<KeptKey>, LibraryError> {
    store.read(read)
}

pub fn read(connection: &Connection) -> rusqlite::Result<Vec<KeptKey>> {
    let mut select = connection.prepare_cached(
        "SELECT keys, weak, aspect, value FROM state JOIN card USING (paper)
         WHERE aspect >= 'key:' AND aspect < 'key;' ORDER BY at, card",
    )?;
    let mut rows = select.query([])?;
    let mut kept = Vec::new();
    while let Some(row) = rows.next()? {
        let keys: Vec<String> = serde_json::from_str(row.get_ref(0)?.as_str()?).unwrap_or_default();
        let weak: String = row.get(1)?;
        let strong = keys.into_iter().filter(|it| !it.starts_with("title:")).collect();
        let year = attribute::year_of_key(row.get_ref(2)?.as_str()?);
        kept.push(KeptKey { paper: Keys { strong, weak }, year, key: row.get(3)? });
    }
    Ok(kept)
}
