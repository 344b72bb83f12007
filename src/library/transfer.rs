//! Exports the library as JSON Lines and merges such exports. Merging is idempotent, commutative
//! and associative.
//!
//! The first line is `{"is":"library","form":1}`. Papers follow, each as one source recorded it,
//! then entries of the log, which refer to papers, then the saved sessions.

use std::io::{BufRead, Write};
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension as _, params};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::db::rebuild;
use super::db::schema::FORMAT_VERSION;
use super::db::store::Store;
use super::error::LibraryError;
use super::model::change::ChangeSetId;

/// The last millisecond of the year 9999.
const MAX_TIME: i64 = 253_402_300_799_999;
/// Maximum length of a line, in bytes.
const MAX_LINE_LEN: u64 = 1 << 24;
/// Maximum length of an import, in bytes. The whole text is in memory until its last line is
/// checked.
const MAX_IMPORT_BYTES: usize = 1 << 30;

#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "lowercase")]
enum ExportLine {
    Library {
        #[serde(rename = "form")]
        version: i32,
    },
    Paper {
        id: String,
        keys: Vec<String>,
        weak: String,
        record: Value,
    },
    Entry {
        id: String,
        #[serde(rename = "act")]
        change_set: u64,
        #[serde(rename = "at")]
        time: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        paper: Option<String>,
        aspect: String,
        value: String,
    },
    Place {
        source: String,
        #[serde(rename = "at")]
        time: i64,
        value: Value,
    },
}

/// Numbers of rows that a merge has added or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct MergeSummary {
    pub papers: usize,
    pub entries: usize,
    pub sessions: usize,
}

/// Writes everything except the visits of sources.
///
/// # Errors
///
/// Returns an error if the library cannot be read or `output` not be written.
pub fn export(store: &Store, output: &mut dyn Write) -> Result<(), LibraryError> {
    let mut write = |line: &ExportLine| -> Result<(), LibraryError> {
        let line = serde_json::to_string(line).unwrap_or_default();
        writeln!(output, "{line}").map_err(LibraryError::Export)
    };
    write(&ExportLine::Library { version: FORMAT_VERSION })?;
    // One transaction, so that all rows are of the same moment.
    let transaction = store.connection.unchecked_transaction().map_err(|it| store.error(it))?;
    for sql in [SELECT_PAPERS, SELECT_ENTRIES, SELECT_PLACES] {
        let mut select = transaction.prepare(sql).map_err(|it| store.error(it))?;
        let mut rows = select.query([]).map_err(|it| store.error(it))?;
        while let Some(row) = rows.next().map_err(|it| store.error(it))? {
            write(&export_line(sql, row).map_err(|it| store.error(it))?)?;
        }
    }
    Ok(())
}

const SELECT_PAPERS: &str = "SELECT process, number, keys, weak, record FROM card
    WHERE card <> 0 AND record <> '' ORDER BY process, number";
const SELECT_ENTRIES: &str =
    "SELECT entry.process, entry.number, act, at, card.process, card.number,
    aspect, value FROM entry JOIN card USING (card) ORDER BY entry.process, entry.number, act";
const SELECT_PLACES: &str = "SELECT source, at, value FROM place ORDER BY source";

fn export_line(sql: &str, row: &rusqlite::Row<'_>) -> rusqlite::Result<ExportLine> {
    let id = |process: usize, number: usize| -> rusqlite::Result<String> {
        let [process, number]: [i64; 2] = [row.get(process)?, row.get(number)?];
        let (process, number) = (process.cast_unsigned(), number.cast_unsigned());
        Ok(ChangeSetId { process, number }.to_string())
    };
    let json = |column: usize| -> rusqlite::Result<Value> {
        Ok(serde_json::from_str(row.get_ref(column)?.as_str()?).unwrap_or_default())
    };
    Ok(match sql {
        SELECT_PAPERS => ExportLine::Paper {
            id: id(0, 1)?,
            keys: serde_json::from_value(json(2)?).unwrap_or_default(),
            weak: row.get(3)?,
            record: json(4)?,
        },
        SELECT_ENTRIES => ExportLine::Entry {
            id: id(0, 1)?,
            change_set: row.get::<_, i64>(2)?.cast_unsigned(),
            time: row.get(3)?,
            paper: Some(id(4, 5)?).filter(|it| *it != NO_PAPER),
            aspect: row.get(6)?,
            value: row.get(7)?,
        },
        _ => ExportLine::Place { source: row.get(0)?, time: row.get(1)?, value: json(2)? },
    })
}

/// The exported id of record 0, which refers to no paper.
const NO_PAPER: &str = "0000000000000000-0";

/// Merges an export into the library, in one transaction.
///
/// # Errors
///
/// Returns an error if the input cannot be read, is no export or exceeds the limits, or if the
/// library cannot be written. Nothing is written then.
pub fn import(
    store: &mut Store,
    name: &str,
    input: &mut dyn BufRead,
) -> Result<MergeSummary, LibraryError> {
    let lines = parse(name, input)?;
    store.write(|transaction| {
        let connection = transaction.connection;
        let mut merged = MergeSummary::default();
        for line in &lines {
            merge_line(connection, line, &mut merged)?;
        }
        if merged.papers + merged.entries > 0 {
            rebuild::rebuild(connection)?;
        }
        Ok(merged)
    })
}

/// Parses and checks every line first, so that nothing is written if one of them is invalid.
fn parse(name: &str, input: &mut dyn BufRead) -> Result<Vec<ExportLine>, LibraryError> {
    let name: Arc<str> = crate::text::sanitise(name).into();
    let (mut lines, mut bytes) = (Vec::new(), 0);
    let mut text = String::new();
    for number in 1.. {
        text.clear();
        let read = std::io::Read::take(&mut *input, MAX_LINE_LEN).read_line(&mut text);
        let failed = |cause| LibraryError::Import { name: Arc::clone(&name), cause };
        if read.map_err(failed)? == 0 {
            break;
        }
        if text.trim().is_empty() {
            continue;
        }
        let error = |reason| LibraryError::Line { name: Arc::clone(&name), line: number, reason };
        bytes += text.len();
        if bytes > MAX_IMPORT_BYTES {
            return Err(error("beyond the first gigabyte, which is the limit"));
        }
        let line: ExportLine =
            serde_json::from_str(&text).map_err(|_| error("not a line of an exported library"))?;
        match &line {
            ExportLine::Library { version } if *version > FORMAT_VERSION => {
                return Err(error("written by a newer offprint"));
            }
            _ if lines.is_empty() && !matches!(line, ExportLine::Library { .. }) => {
                return Err(error("not the start of an exported library"));
            }
            line if !is_valid(line) => return Err(error("number out of range")),
            _ => lines.push(line),
        }
    }
    Ok(lines)
}

fn is_valid(line: &ExportLine) -> bool {
    let is_time = |time: &i64| (0..=MAX_TIME).contains(time);
    let is_id = |id: &String| ChangeSetId::parse(id).is_some();
    match line {
        ExportLine::Library { .. } => true,
        ExportLine::Paper { id, .. } => is_id(id) && id != NO_PAPER,
        ExportLine::Entry { id, change_set, time, paper, .. } => {
            let is_number = i64::try_from(*change_set).is_ok();
            is_number && is_time(time) && is_id(id) && paper.as_ref().is_none_or(is_id)
        }
        ExportLine::Place { time, .. } => is_time(time),
    }
}

/// Inserts the row of a line unless it is already present.
fn merge_line(
    connection: &Connection,
    line: &ExportLine,
    merged: &mut MergeSummary,
) -> rusqlite::Result<()> {
    match line {
        ExportLine::Library { .. } => {}
        ExportLine::Paper { id, keys, weak, record } => {
            let [process, number] = id_columns(id);
            let keys = serde_json::to_string(keys).unwrap_or_default();
            // An entry imported before its paper has inserted a placeholder without data.
            merged.papers += connection
                .prepare_cached(
                    "INSERT INTO card (process, number, keys, weak, record, paper, sign)
                     VALUES (?1, ?2, ?3, ?4, ?5, 0, 0)
                     ON CONFLICT DO UPDATE SET keys = ?3, weak = ?4, record = ?5
                     WHERE record = '' AND card <> 0",
                )?
                .execute(params![process, number, keys, weak, record.to_string()])?;
        }
        ExportLine::Entry { id, change_set, time, paper, aspect, value } => {
            let [process, number] = id_columns(id);
            let record = find_or_insert_record(connection, paper.as_deref())?;
            merged.entries += connection
                .prepare_cached(
                    "INSERT OR IGNORE INTO entry (process, act, number, at, card, aspect, value)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                )?
                .execute(params![
                    process,
                    change_set.cast_signed(),
                    number,
                    time,
                    record,
                    aspect,
                    value
                ])?;
        }
        ExportLine::Place { source, time, value } => {
            merged.sessions += connection
                .prepare_cached(
                    "INSERT INTO place (source, at, value) VALUES (?1, ?2, ?3)
                     ON CONFLICT DO UPDATE SET at = ?2, value = ?3
                     WHERE (?2, ?3) > (at, value)",
                )?
                .execute(params![source, time, value.to_string()])?;
        }
    }
    Ok(())
}

fn id_columns(id: &str) -> [i64; 2] {
    let id = ChangeSetId::parse(id).unwrap_or(ChangeSetId { process: 0, number: 0 });
    [id.process.cast_signed(), id.number.cast_signed()]
}

/// Returns the record that an entry refers to. Inserts a placeholder if it has not been imported
/// yet.
fn find_or_insert_record(connection: &Connection, paper: Option<&str>) -> rusqlite::Result<i64> {
    let Some(paper) = paper else { return Ok(0) };
    let [process, number] = id_columns(paper);
    let existing = connection
        .prepare_cached("SELECT card FROM card WHERE process = ?1 AND number = ?2")?
        .query_row([process, number], |row| row.get(0))
        .optional()?;
    if let Some(record) = existing {
        return Ok(record);
    }
    connection
        .prepare_cached(
            "INSERT INTO card (process, number, keys, weak, record, paper, sign)
             VALUES (?1, ?2, '[]', '', '', 0, 0)",
        )?
        .execute([process, number])?;
    Ok(connection.last_insert_rowid())
}
