//! Rebuilds all derived tables from the log.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, params};

use super::log::{self, UNDO_ATTRIBUTE, newest_version};
use super::paper_json;
use super::source_record::{insert_keys, title_fingerprint};
use crate::library::model::change::ChangeSetId;

/// Rebuilds all derived tables. Other processes see it as a change of every paper.
pub fn rebuild(connection: &Connection) -> rusqlite::Result<()> {
    group_records(connection)?;
    derive_undone(connection)?;
    connection.execute("DELETE FROM state", [])?;
    connection.execute(
        "INSERT INTO state (paper, aspect, value, at)
         SELECT paper, aspect, value, at FROM (
             SELECT paper, aspect, value, at, row_number() OVER (
                 PARTITION BY paper, aspect
                 ORDER BY at DESC, entry.process DESC, entry.number DESC) AS age
             FROM entry JOIN card USING (card)
             WHERE aspect <> 'undo' AND NOT EXISTS (
                 SELECT 1 FROM undone
                 WHERE undone.process = entry.process AND undone.act = entry.act))
         WHERE age = 1 AND value <> ''",
        [],
    )?;
    let version = newest_version(connection)? + 1;
    connection.execute("DELETE FROM change", [])?;
    connection.execute(
        "INSERT INTO change (paper, version, moved) VALUES (?1, ?2, NULL)",
        params![ALL_PAPERS, version],
    )?;
    Ok(())
}

/// Paper number of a change row that invalidates all papers, their numbers included.
pub const ALL_PAPERS: i64 = -1;

/// Groups records into papers by their tying keys, and rebuilds the key table.
fn group_records(connection: &Connection) -> rusqlite::Result<()> {
    let mut papers = PaperSets::default();
    let mut records: Vec<(i64, String, String, String)> = Vec::new();
    let mut select = connection
        .prepare("SELECT card, keys, weak, record FROM card WHERE card <> 0 ORDER BY card")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        records.push((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
    }
    drop(rows);
    connection.execute("DELETE FROM key", [])?;
    for (record, keys, weak, _) in &records {
        let keys: Vec<String> = serde_json::from_str(keys).unwrap_or_default();
        papers.add(*record, &keys);
        insert_keys(connection, *record, &keys, weak)?;
    }
    let mut update = connection.prepare("UPDATE card SET paper = ?2, sign = ?3 WHERE card = ?1")?;
    for (record, _, _, json) in &records {
        let title = paper_json::from_json(json).unwrap_or_default().title;
        update.execute([*record, papers.find(*record), title_fingerprint(&title)])?;
    }
    Ok(())
}

/// Disjoint sets of records. The number of a paper is that of its first record.
#[derive(Debug, Default)]
struct PaperSets {
    parents: HashMap<i64, i64>,
    first_with: HashMap<String, i64>,
}

impl PaperSets {
    fn add(&mut self, record: i64, keys: &[String]) {
        for key in keys {
            let other_root = *self.first_with.entry(key.clone()).or_insert(record);
            let (root, other_root) = (self.find(record), self.find(other_root));
            if root != other_root {
                self.parents.insert(root.max(other_root), root.min(other_root));
            }
        }
    }

    fn find(&mut self, mut record: i64) -> i64 {
        while let Some(&parent) = self.parents.get(&record) {
            // Path halving keeps the chains short.
            if let Some(&grandparent) = self.parents.get(&parent) {
                self.parents.insert(record, grandparent);
            }
            record = parent;
        }
        record
    }
}

/// Finds the change sets that are undone. An undo is newer than its target, so in the order from
/// newest to oldest each undo is visited after everything that can undo it.
fn derive_undone(connection: &Connection) -> rusqlite::Result<()> {
    let mut undone: HashSet<ChangeSetId> = HashSet::new();
    let mut order = connection.prepare(
        "SELECT at, process, number FROM entry WHERE process = ?1 AND act = ?2 AND number = ?2",
    )?;
    let mut select = connection.prepare(
        "SELECT process, act, number, at, value FROM entry WHERE aspect = ?1
         ORDER BY at DESC, process DESC, number DESC",
    )?;
    let mut rows = select.query([UNDO_ATTRIBUTE])?;
    while let Some(row) = rows.next()? {
        let change_set = log::change_set_id(row)?;
        let Some(target) = ChangeSetId::parse(row.get_ref(4)?.as_str()?) else { continue };
        let undo_order: (i64, i64, i64) = (row.get(3)?, row.get(0)?, row.get(2)?);
        let key = [target.process.cast_signed(), target.number.cast_signed()];
        let mut targets = order.query(key)?;
        let is_later = match targets.next()? {
            Some(row) => undo_order > (row.get(0)?, row.get(1)?, row.get(2)?),
            None => false,
        };
        if is_later && !undone.contains(&change_set) {
            undone.insert(target);
        }
    }
    connection.execute("DELETE FROM undone", [])?;
    let mut insert = connection.prepare("INSERT INTO undone (process, act) VALUES (?1, ?2)")?;
    for change_set in undone {
        insert.execute([change_set.process.cast_signed(), change_set.number.cast_signed()])?;
    }
    Ok(())
}
