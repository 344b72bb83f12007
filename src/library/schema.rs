//! The tables, and what tells them from those of other programs and of later forms.
//!
//! Cards and entries are the library: they are only ever added. All else is derived from them in
//! the same transaction and can be derived again.
//!
//! - A *card* is what one source knew of a paper: its keys, and enough of it to cite it. Cards that
//!   share a key that ties are of one paper, whose number is that of its first card. Card 0 stands
//!   for no paper.
//! - An *entry* says what an act set an aspect of a paper to: `read`, `star`, `skip`, `later`,
//!   `tag:NAME`, `note`, `basket`; of no paper: `search:NAME`, `query:TEXT`, and `undo`, whose
//!   value is the act that it takes back. An empty value switches off.
//! - The order of entries is that of `(at, process, number)`. `at` is the time in milliseconds, and
//!   more than that of every entry that was there before.

use rusqlite::{Connection, Transaction, TransactionBehavior};

/// Tells the file from those of other programs: `OffP`.
pub(super) const APPLICATION: i32 = 0x4f66_6650;

/// The form that this program writes.
pub(super) const FORM: i32 = 1;

const TABLES: &str = "
CREATE TABLE card(
    card INTEGER PRIMARY KEY,
    process INTEGER NOT NULL,
    number INTEGER NOT NULL,
    keys TEXT NOT NULL,
    weak TEXT NOT NULL,
    record TEXT NOT NULL,
    paper INTEGER NOT NULL,
    sign INTEGER NOT NULL,
    UNIQUE(process, number)
);
CREATE INDEX card_paper ON card(paper);
CREATE TABLE entry(
    entry INTEGER PRIMARY KEY,
    process INTEGER NOT NULL,
    act INTEGER NOT NULL,
    number INTEGER NOT NULL,
    at INTEGER NOT NULL,
    card INTEGER NOT NULL,
    aspect TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE(process, act, number)
);
CREATE INDEX entry_card ON entry(card, aspect, at);
CREATE INDEX entry_at ON entry(at);
CREATE INDEX entry_undo ON entry(value) WHERE aspect = 'undo';
CREATE TABLE key(
    key TEXT NOT NULL,
    card INTEGER NOT NULL,
    ties INTEGER NOT NULL,
    PRIMARY KEY(key, card)
) WITHOUT ROWID;
CREATE TABLE undone(
    process INTEGER NOT NULL,
    act INTEGER NOT NULL,
    PRIMARY KEY(process, act)
) WITHOUT ROWID;
CREATE TABLE state(
    paper INTEGER NOT NULL,
    aspect TEXT NOT NULL,
    value TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY(paper, aspect)
) WITHOUT ROWID;
CREATE INDEX state_aspect ON state(aspect);
CREATE TABLE change(
    paper INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    moved INTEGER
);
CREATE INDEX change_version ON change(version);
CREATE TABLE place(
    source TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE seen(
    source TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    papers BLOB NOT NULL
);
INSERT INTO card VALUES (0, 0, 0, '[]', '', '', 0, 0);
";

/// What is in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Contents {
    Library,
    Nothing,
    /// A library of a later form.
    Newer(i32),
    Foreign,
}

pub(super) fn contents(connection: &Connection) -> rusqlite::Result<Contents> {
    let number = |pragma| connection.pragma_query_value(None, pragma, |row| row.get::<_, i32>(0));
    let (application, form) = (number("application_id")?, number("user_version")?);
    let tables: i32 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok(match (application, form) {
        (APPLICATION, FORM) => Contents::Library,
        (APPLICATION, form) if form > FORM => Contents::Newer(form),
        (0, 0) if tables == 0 => Contents::Nothing,
        _ => Contents::Foreign,
    })
}

/// Makes the tables in a file that has none, all at once or not at all.
pub(super) fn make(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = Transaction::new_unchecked(connection, TransactionBehavior::Immediate)?;
    // Another process may have done it meanwhile.
    if contents(&transaction)? == Contents::Nothing {
        transaction.execute_batch(TABLES)?;
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", FORM)?;
    }
    transaction.commit()
}
