//! Reads and writes issued citation keys.

use rusqlite::Connection;

use super::log::WriteTransaction;
use super::source_record::{self, SourceRecord};
use super::store::Store;
use super::{attribute, paper_json, record_changes, state};
use crate::cite::AssignedKey;
use crate::domain::{IdentityKeys, Paper};
use crate::library::error::LibraryError;
use crate::library::model::issued_key::IssuedKey;

impl IssuedKey {
    pub fn new(paper: &Paper<'_>, key: String) -> Self {
        Self {
            identity_keys: IdentityKeys::from(paper),
            year: paper.year,
            paper_json: paper_json::to_json(paper),
            title_fingerprint: source_record::title_fingerprint(paper.title),
            key,
        }
    }
}

/// Writes the issued keys; returns the source records inserted for them. A key that the paper
/// already has is not written again.
pub fn write_keys(
    transaction: &mut WriteTransaction<'_>,
    issued_keys: &[IssuedKey],
) -> rusqlite::Result<Vec<SourceRecord>> {
    let mut added = Vec::new();
    let number = transaction.next_number;
    for issued in issued_keys {
        let new = |tie| {
            SourceRecord::from_json(
                issued.paper_json.clone(),
                issued.title_fingerprint,
                &issued.identity_keys,
                tie,
            )
        };
        let (record, new) =
            record_changes::find_or_insert_record(transaction, &issued.identity_keys, new)?;
        added.extend(new);
        let paper = record_changes::paper_of_record(transaction.connection, record)?;
        let aspect = attribute::key_attribute(issued.year);
        if state::attribute_value(transaction.connection, paper, &aspect)?.as_ref()
            != Some(&issued.key)
        {
            transaction.set(number, (record, paper), &aspect, &issued.key)?;
        }
    }
    Ok(added)
}

/// Reads all issued keys, in the order of issue.
///
/// # Errors
///
/// Returns an error if the library cannot be read.
pub fn read_issued_keys(store: &Store) -> Result<Vec<AssignedKey>, LibraryError> {
    store.read(read_keys)
}

/// As [`read_issued_keys`], on an open connection.
pub fn read_keys(connection: &Connection) -> rusqlite::Result<Vec<AssignedKey>> {
    let mut select = connection.prepare_cached(
        "SELECT keys, weak, aspect, value FROM state JOIN card USING (paper)
         WHERE aspect >= 'key:' AND aspect < 'key;' ORDER BY at, card",
    )?;
    let mut rows = select.query([])?;
    let mut keys = Vec::new();
    while let Some(row) = rows.next()? {
        let strong_keys: Vec<String> =
            serde_json::from_str(row.get_ref(0)?.as_str()?).unwrap_or_default();
        let weak: String = row.get(1)?;
        let strong = strong_keys.into_iter().filter(|it| !it.starts_with("title:")).collect();
        let year = attribute::year_of_key(row.get_ref(2)?.as_str()?);
        keys.push(AssignedKey { identity: IdentityKeys { strong, weak }, year, key: row.get(3)? });
    }
    Ok(keys)
}
