//! Checks a library for damage and repairs it.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Row, params_from_iter, types::Value};

use super::{rebuild, schema};

use super::store::Store;
use crate::library::error::{LibraryError, OpenCause};

/// The result of a check.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckReport {
    pub papers: usize,
    pub entries: usize,
    /// Messages of `SQLite`'s integrity check, at most 20.
    pub damage: Vec<String>,
    /// Set to repaired if the derived tables did not match the log.
    pub derived: DerivedTables,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DerivedTables {
    #[default]
    InOrder,
    Repaired,
}

/// Checks the whole file, and rebuilds the derived tables if they do not match the log.
///
/// # Errors
///
/// Returns an error if the library cannot be read or the rebuilt tables not be written.
pub fn check_library(store: &mut Store) -> Result<CheckReport, LibraryError> {
    let (damage, papers, entries) = store.read(|connection| {
        let count = |sql| connection.query_row(sql, [], |row| row.get::<_, u32>(0));
        let damage: Vec<String> = connection
            .prepare("PRAGMA integrity_check(20)")?
            .query_map([], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let papers = count("SELECT count(DISTINCT paper) FROM card WHERE card <> 0")?;
        Ok((damage, papers as usize, count("SELECT count(*) FROM entry")? as usize))
    })?;
    let damage: Vec<String> = damage.into_iter().filter(|it| it != "ok").collect();
    let derived =
        if damage.is_empty() { rebuild_if_different(store)? } else { DerivedTables::InOrder };
    Ok(CheckReport { papers, entries, damage, derived })
}

/// Rebuilds the derived tables in a transaction, and commits it only if they differ from before.
fn rebuild_if_different(store: &Store) -> Result<DerivedTables, LibraryError> {
    let work = || {
        let transaction = store.connection.unchecked_transaction()?;
        let before = dump_derived(&transaction)?;
        rebuild::rebuild(&transaction)?;
        if dump_derived(&transaction)? == before {
            return transaction.rollback().map(|()| DerivedTables::InOrder);
        }
        transaction.commit().map(|()| DerivedTables::Repaired)
    };
    work().map_err(|cause| store.error(cause))
}

/// Returns the rows of all derived tables as text, for comparison.
pub fn dump_derived(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut lines = Vec::new();
    for sql in [
        "SELECT card, paper, sign FROM card ORDER BY card",
        "SELECT key, card, ties FROM key ORDER BY key, card",
        "SELECT process, act FROM undone ORDER BY process, act",
        "SELECT paper, aspect, value, at FROM state ORDER BY paper, aspect",
    ] {
        let mut select = connection.prepare(sql)?;
        let columns = select.column_count();
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let values = (0..columns).map(|column| row.get::<_, Value>(column));
            lines.push(format!("{:?}", values.collect::<rusqlite::Result<Vec<_>>>()?));
        }
    }
    Ok(lines)
}

/// Copies the readable rows of a damaged library to a new file in its place. Returns the report on
/// the new file, and the path that the damaged one was moved to.
///
/// # Errors
///
/// Returns an error if no row can be read or the new file not be written; the damaged one stays in
/// place.
pub fn repair(path: &Path) -> Result<(CheckReport, PathBuf), LibraryError> {
    let rescued = sibling_path(path, "rescued");
    for file in database_files(&rescued) {
        let _ = fs::remove_file(file);
    }
    let mut to = Store::open(&rescued)?.store;
    let from = Store::open_unchecked(path)?;
    let report = to.write(|transaction| {
        copy_readable_rows(&from.connection, transaction.connection)?;
        rebuild::rebuild(transaction.connection)
    });
    let report = report.and_then(|()| check_library(&mut to))?;
    if report.papers + report.entries == 0 {
        return Err(LibraryError::Damaged { name: from.name });
    }
    to.read(|it| it.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())))?;
    drop((from, to));
    let damaged = (1..).map(|number| sibling_path(path, &format!("damaged-{number}")));
    let damaged = damaged
        .into_iter()
        .find(|it| !it.exists())
        .unwrap_or_else(|| sibling_path(path, "damaged"));
    let renamed = database_files(path).into_iter().zip(database_files(&damaged));
    let renamed =
        renamed.filter(|(from, _)| from.exists()).try_for_each(|(from, to)| fs::rename(from, to));
    renamed.and_then(|()| fs::rename(&rescued, path)).map_err(|cause| LibraryError::Open {
        name: path.to_string_lossy().into(),
        cause: OpenCause::System(cause),
    })?;
    Ok((report, damaged))
}

/// Copies the readable rows of a damaged library to a database in memory.
pub fn salvage_in_memory(path: &Path) -> Result<Store, LibraryError> {
    let from = Store::open_unchecked(path)?;
    match from.file_kind() {
        // Only rows of ordinary tables are copied, into tables of our own schema.
        Ok(_) | Err(LibraryError::SchemaChanged { .. }) => {}
        Err(error) => return Err(error),
    }
    let mut to = Store::in_memory()?;
    to.write(|transaction| {
        copy_readable_rows(&from.connection, transaction.connection)?;
        rebuild::rebuild(transaction.connection)
    })?;
    Ok(to)
}

/// The paths of the database, its write-ahead log and its shared memory.
fn database_files(path: &Path) -> [PathBuf; 3] {
    ["", "-wal", "-shm"].map(|suffix| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    })
}

fn sibling_path(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{suffix}"));
    PathBuf::from(name)
}

/// Copies every readable row of the tables that are not derived.
fn copy_readable_rows(from: &Connection, to: &Connection) -> rusqlite::Result<()> {
    for (table, key, columns) in [
        ("card", "card", "card, process, number, keys, weak, record, paper, sign"),
        ("entry", "entry", "entry, process, act, number, at, card, aspect, value"),
        ("place", "", "source, at, value"),
        ("seen", "rowid", "source, at, papers"),
    ] {
        // The name may be that of a view whose query never ends.
        if !schema::is_plain_table(from, table).unwrap_or(false) {
            continue;
        }
        let placeholders: Vec<String> = columns.split(", ").map(|_| "?".to_owned()).collect();
        let mut insert = to.prepare(&format!(
            "INSERT OR IGNORE INTO {table} ({columns}) VALUES ({})",
            placeholders.join(", ")
        ))?;
        let mut copy_row = |row: &Row<'_>| -> rusqlite::Result<Option<i64>> {
            let values = (0..placeholders.len()).map(|column| row.get::<_, Value>(column));
            insert.execute(params_from_iter(values.collect::<rusqlite::Result<Vec<_>>>()?))?;
            Ok(row.get(0).ok())
        };
        let select = format!("SELECT {columns} FROM {table}");
        let (last_before, is_whole) = scan(from, &format!("{select} NOT INDEXED"), &mut copy_row);
        if is_whole || key.is_empty() {
            continue;
        }
        // Scans from the other end up to the damage, then probes the rows between one by one.
        let (first_after, _) =
            scan(from, &format!("{select} NOT INDEXED ORDER BY {key} DESC"), &mut copy_row);
        let gap = last_before.unwrap_or(0)..first_after.unwrap_or(0);
        let Ok(mut select_row) = from.prepare(&format!("{select} WHERE {key} = ?1")) else {
            continue;
        };
        for number in gap.take(MAX_PROBED_ROWS) {
            // Rows that cannot be read are lost.
            let _ = select_row.query_row([number], |row| copy_row(row));
        }
    }
    Ok(())
}

/// Maximum number of rows probed one by one between two damaged places.
const MAX_PROBED_ROWS: usize = 10_000_000;

/// Passes rows to `put` until one cannot be read. Returns the number of the last row, and whether
/// the scan reached the end.
fn scan(
    from: &Connection,
    sql: &str,
    visit: &mut impl FnMut(&Row<'_>) -> rusqlite::Result<Option<i64>>,
) -> (Option<i64>, bool) {
    let mut last = None;
    let Ok(mut select) = from.prepare(sql) else { return (None, false) };
    let Ok(mut rows) = select.query([]) else { return (None, false) };
    loop {
        match rows.next() {
            Ok(Some(row)) => last = visit(row).ok().flatten().or(last),
            Ok(None) => return (last, true),
            Err(_) => return (last, false),
        }
    }
}
