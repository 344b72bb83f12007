//! The tables of the library, and the check of a file's schema against them.
//!
//! The tables `card` and `entry` are the log: rows are only ever added. All other tables, except
//! `place` (sessions) and `seen` (visits), are derived from the log in the same transaction and can
//! be rebuilt.
//!
//! - A row of `card` is a source record: the keys of a paper as one source gave them, and enough
//!   metadata to cite it. Records that share a tying key belong to one paper, whose number is that
//!   of its first record. Record 0 refers to no paper.
//! - A row of `entry` sets an attribute (column `aspect`) in a change set (column `act`).
//!   Attributes of a paper are `read`, `star`, `skip`, `later`, `tag:NAME`, `note`, `accepted`,
//!   `basket` and `key:YEAR`; those of record 0 are `search:NAME`, `query:TEXT` and `undo`, whose value is the
//!   id of the change set that it undoes. An empty value switches off.
//! - Entries are ordered by `(at, process, number)`. `at` is the time in milliseconds since 1970,
//!   and greater than that of every earlier entry.

use std::collections::BTreeMap;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::text::{sanitise, truncate};

/// `SQLite` `application_id` of a library: `OffP`.
pub const APPLICATION_ID: i32 = 0x4f66_6650;

/// Version of the format, in `SQLite`'s `user_version`. A file of a higher version is refused.
pub const FORMAT_VERSION: i32 = 1;

const TABLES: &str = include_str!("tables.sql");

/// Maximum width of a name in a message, in terminal cells.
const MAX_NAME_WIDTH: usize = 40;

/// The kind of database in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileKind {
    Library,
    /// A library with an unexpected, changed or missing schema object, described in words.
    SchemaChanged(String),
    Empty,
    /// A library of a later format version.
    NewerFormat(i32),
    Foreign,
}

pub fn file_kind(connection: &Connection) -> rusqlite::Result<FileKind> {
    let number = |pragma| connection.pragma_query_value(None, pragma, |row| row.get::<_, i32>(0));
    let (application, version) = (number("application_id")?, number("user_version")?);
    let tables: i32 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok(match (application, version) {
        (APPLICATION_ID, FORMAT_VERSION) => {
            schema_difference(connection)?.map_or(FileKind::Library, FileKind::SchemaChanged)
        }
        (APPLICATION_ID, version) if version > FORMAT_VERSION => FileKind::NewerFormat(version),
        (0, 0) if tables == 0 => FileKind::Empty,
        _ => FileKind::Foreign,
    })
}

/// Protects against SQL hidden in the schema of an untrusted file: triggers, views and unsafe
/// functions do not run, and the schema cannot be written directly.
pub fn harden(connection: &Connection) -> rusqlite::Result<()> {
    for (setting, value) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
    ] {
        connection.set_db_config(setting, value)?;
    }
    Ok(())
}

/// Schema objects: type and name, with the SQL that creates them.
type SchemaObjects = BTreeMap<(String, String), Option<String>>;

/// Returns the schema that this program creates.
fn expected_schema() -> rusqlite::Result<SchemaObjects> {
    let connection = Connection::open_in_memory()?;
    connection.execute_batch(TABLES)?;
    let mut objects = SchemaObjects::new();
    for_each_object(&connection, &mut |kind, name, text| {
        objects.insert((kind.to_owned(), name.to_owned()), text.map(str::to_owned));
        true
    })?;
    Ok(objects)
}

/// Passes type, name and SQL of each schema object to `visit` until it returns false.
fn for_each_object(
    connection: &Connection,
    visit: &mut dyn FnMut(&str, &str, Option<&str>) -> bool,
) -> rusqlite::Result<()> {
    let mut select = connection.prepare("SELECT type, name, sql FROM sqlite_schema")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let text = row.get_ref(2)?.as_str_or_null()?;
        if !visit(row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?, text) {
            break;
        }
    }
    Ok(())
}

/// Describes the first difference between the schema and [`expected_schema`].
fn schema_difference(connection: &Connection) -> rusqlite::Result<Option<String>> {
    let (mut missing, mut difference) = (expected_schema()?, None);
    for_each_object(connection, &mut |kind, name, text| {
        let object =
            || format!("{} “{}”", sanitise(kind), truncate(&sanitise(name), MAX_NAME_WIDTH));
        difference = match missing.remove(&(kind.to_owned(), name.to_owned())) {
            Some(expected) if expected.as_deref() == text => None,
            Some(_) => Some(format!("unexpected definition of {}", object())),
            // SQLite creates these tables itself on `ANALYZE`.
            None if kind == "table" && name.starts_with("sqlite_stat") => None,
            None => Some(format!("unexpected {}", object())),
        };
        difference.is_none()
    })?;
    let missing_object =
        || missing.keys().next().map(|(kind, name)| format!("missing {kind} “{name}”"));
    Ok(difference.or_else(missing_object))
}

/// Returns true if `name` is an ordinary table without generated columns, whose rows can be read
/// without evaluating anything. Its SQL may differ from ours otherwise.
pub fn is_plain_table(connection: &Connection, name: &str) -> rusqlite::Result<bool> {
    let mut is_plain = false;
    for_each_object(connection, &mut |kind, other, text| {
        let text = text.unwrap_or_default().to_ascii_uppercase();
        let is_computed = || text.split(|c: char| !c.is_alphanumeric()).any(|word| word == "AS");
        is_plain |=
            (kind, other) == ("table", name) && text.starts_with("CREATE TABLE") && !is_computed();
        !is_plain
    })?;
    Ok(is_plain)
}

/// Creates the tables in an empty file, in one transaction.
pub fn create_tables(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    // Another process may have created them in the meantime.
    if file_kind(&transaction)? == FileKind::Empty {
        transaction.execute_batch(TABLES)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", FORMAT_VERSION)?;
    }
    transaction.commit()
}
