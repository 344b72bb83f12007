//! Appends entries to the log and keeps the derived tables in step: undone change sets, and the
//! current state of each paper.

use rusqlite::{Connection, params};

use super::source_record::InsertedRecord;
use crate::library::model::change::ChangeSetId;

/// Attribute of an entry that undoes a change set.
pub const UNDO_ATTRIBUTE: &str = "undo";

/// An open write transaction, with the identity of the entries that it writes.
#[derive(Debug)]
pub struct WriteTransaction<'a> {
    pub connection: &'a Connection,
    pub process: i64,
    /// Number of the next entry or source record.
    pub next_number: i64,
    /// Time of all entries of this transaction, in milliseconds since 1970.
    pub time: i64,
    /// Version that this transaction's rows of `change` get.
    version: i64,
}

impl<'a> WriteTransaction<'a> {
    /// Prepares entries newer than all others. `now` is in milliseconds since 1970.
    pub fn new(
        connection: &'a Connection,
        process: i64,
        number: i64,
        now: i64,
    ) -> rusqlite::Result<Self> {
        let at = next_time(connection, now)?;
        Ok(Self {
            connection,
            process,
            next_number: number,
            time: at,
            version: newest_version(connection)? + 1,
        })
    }

    /// Returns the next number and advances it.
    pub fn take_number(&mut self) -> i64 {
        self.next_number += 1;
        self.next_number - 1
    }

    /// Appends an entry that sets an attribute, and updates the state.
    pub fn set(
        &mut self,
        change_set: i64,
        (record, paper): (i64, i64),
        aspect: &str,
        value: &str,
    ) -> rusqlite::Result<()> {
        let number = self.take_number();
        insert_entry(
            self.connection,
            (self.process, change_set, number),
            self.time,
            record,
            aspect,
            value,
        )?;
        put_state(self.connection, paper, aspect, value, self.time)?;
        self.mark_changed(paper, None)
    }

    /// Appends an entry that undoes `target`, and updates the state.
    pub fn undo(&mut self, change_set: i64, target: ChangeSetId) -> rusqlite::Result<()> {
        let number = self.take_number();
        let value = target.to_string();
        insert_entry(
            self.connection,
            (self.process, change_set, number),
            self.time,
            0,
            UNDO_ATTRIBUTE,
            &value,
        )?;
        self.update_undone(target)
    }

    /// Updates whether a change set is undone, and everything that depends on it.
    fn update_undone(&mut self, change_set: ChangeSetId) -> rusqlite::Result<()> {
        // A loop, not recursion: an imported log may chain undos to any depth.
        let mut pending = vec![change_set];
        while let Some(change_set) = pending.pop() {
            self.update_undone_once(change_set, &mut pending)?;
        }
        Ok(())
    }

    /// As [`Self::update_undone`] for one change set; those whose state depends on it are pushed to
    /// `waiting`.
    fn update_undone_once(
        &mut self,
        change_set: ChangeSetId,
        pending: &mut Vec<ChangeSetId>,
    ) -> rusqlite::Result<()> {
        let is_undone = is_undone(self.connection, change_set)?;
        let undone = !revoking_change_sets(self.connection, change_set)?.is_empty();
        if undone == is_undone {
            return Ok(());
        }
        let sql = if undone {
            "INSERT INTO undone (process, act) VALUES (?1, ?2)"
        } else {
            "DELETE FROM undone WHERE process = ?1 AND act = ?2"
        };
        self.connection.prepare_cached(sql)?.execute(id_columns(change_set))?;
        let entries: Vec<(i64, String, String)> = self
            .connection
            .prepare_cached(
                "SELECT paper, aspect, value FROM entry JOIN card USING (card)
                 WHERE entry.process = ?1 AND act = ?2",
            )?
            .query_map(id_columns(change_set), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (paper, aspect, value) in entries {
            if aspect == UNDO_ATTRIBUTE {
                pending.extend(ChangeSetId::parse(&value));
            } else {
                self.derive_attribute(paper, &aspect)?;
            }
        }
        Ok(())
    }

    /// Derives the current value of one attribute of a paper from the log.
    fn derive_attribute(&mut self, paper: i64, aspect: &str) -> rusqlite::Result<()> {
        let mut newest = self.connection.prepare_cached(
            "SELECT value, at FROM card JOIN entry USING (card)
             WHERE paper = ?1 AND aspect = ?2 AND NOT EXISTS (
                 SELECT 1 FROM undone
                 WHERE undone.process = entry.process AND undone.act = entry.act)
             ORDER BY at DESC, entry.process DESC, entry.number DESC LIMIT 1",
        )?;
        let mut rows = newest.query(params![paper, aspect])?;
        let (value, time) = match rows.next()? {
            Some(row) => (row.get(0)?, row.get(1)?),
            None => (String::new(), 0),
        };
        put_state(self.connection, paper, aspect, &value, time)?;
        self.mark_changed(paper, None)
    }

    /// Updates the state after a source record was inserted: merges the attributes of merged
    /// papers.
    pub fn apply_inserted(&mut self, added: &InsertedRecord) -> rusqlite::Result<()> {
        for other in &added.merged_papers {
            self.connection
                .prepare_cached("DELETE FROM state WHERE paper = ?1")?
                .execute([other])?;
            self.mark_changed(*other, Some(added.paper))?;
        }
        if !added.merged_papers.is_empty() {
            let aspects: Vec<String> = self
                .connection
                .prepare_cached(
                    "SELECT DISTINCT aspect FROM card JOIN entry USING (card) WHERE paper = ?1",
                )?
                .query_map([added.paper], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            for aspect in aspects {
                self.derive_attribute(added.paper, &aspect)?;
            }
        }
        self.mark_changed(added.paper, None)
    }

    /// Marks the paper as changed, for other processes. `moved` is the paper that it was merged
    /// into.
    fn mark_changed(&self, paper: i64, moved: Option<i64>) -> rusqlite::Result<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO change (paper, version, moved) VALUES (?1, ?2, ?3)
                 ON CONFLICT DO UPDATE SET version = ?2, moved = ?3",
            )?
            .execute(params![paper, self.version, moved])?;
        Ok(())
    }
}

/// Returns the time of the next entry: `now`, or one millisecond after the newest entry if the
/// clock is behind.
pub fn next_time(connection: &Connection, now: i64) -> rusqlite::Result<i64> {
    let newest: Option<i64> =
        connection.prepare_cached("SELECT max(at) FROM entry")?.query_row([], |row| row.get(0))?;
    Ok(newest.map_or(now, |newest| now.max(newest.saturating_add(1))))
}

/// Returns the highest version in `change`, or 0.
pub fn newest_version(connection: &Connection) -> rusqlite::Result<i64> {
    let newest: Option<i64> = connection
        .prepare_cached("SELECT max(version) FROM change")?
        .query_row([], |row| row.get(0))?;
    Ok(newest.unwrap_or(0))
}

fn insert_entry(
    connection: &Connection,
    (process, change_set, number): (i64, i64, i64),
    time: i64,
    record: i64,
    aspect: &str,
    value: &str,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO entry (process, act, number, at, card, aspect, value)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![process, change_set, number, time, record, aspect, value])?;
    Ok(())
}

/// Writes an attribute of a paper into `state`; an empty value deletes it.
fn put_state(
    connection: &Connection,
    paper: i64,
    aspect: &str,
    value: &str,
    time: i64,
) -> rusqlite::Result<()> {
    if value.is_empty() {
        connection
            .prepare_cached("DELETE FROM state WHERE paper = ?1 AND aspect = ?2")?
            .execute(params![paper, aspect])?;
    } else {
        connection
            .prepare_cached(
                "INSERT INTO state (paper, aspect, value, at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO UPDATE SET value = ?3, at = ?4",
            )?
            .execute(params![paper, aspect, value, time])?;
    }
    Ok(())
}

/// Returns the columns `process` and `act` of a change set.
pub fn id_columns(change_set: ChangeSetId) -> [i64; 2] {
    [change_set.process.cast_signed(), change_set.number.cast_signed()]
}

pub fn is_undone(connection: &Connection, change_set: ChangeSetId) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM undone WHERE process = ?1 AND act = ?2)")?
        .query_row(id_columns(change_set), |row| row.get(0))
}

/// Returns the change sets that undo this one and are not undone themselves. An undo must be newer
/// than its target, so no two change sets can undo each other.
pub fn revoking_change_sets(
    connection: &Connection,
    change_set: ChangeSetId,
) -> rusqlite::Result<Vec<ChangeSetId>> {
    let [process, number] = id_columns(change_set);
    connection
        .prepare_cached(
            "SELECT undo.process, undo.act FROM entry AS undo
             JOIN entry AS done
             ON done.process = ?1 AND done.act = ?2 AND done.number = ?2
             WHERE undo.aspect = 'undo' AND undo.value = ?3
             AND (undo.at, undo.process, undo.number) > (done.at, done.process, done.number)
             AND NOT EXISTS (
                 SELECT 1 FROM undone
                 WHERE undone.process = undo.process AND undone.act = undo.act)",
        )?
        .query_map(params![process, number, change_set.to_string()], change_set_id)?
        .collect()
}

/// Reads a change set id from the first two columns.
pub fn change_set_id(row: &rusqlite::Row<'_>) -> rusqlite::Result<ChangeSetId> {
    let [process, number]: [i64; 2] = [row.get(0)?, row.get(1)?];
    Ok(ChangeSetId { process: process.cast_unsigned(), number: number.cast_unsigned() })
}
