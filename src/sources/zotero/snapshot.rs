//! Opens a consistent state of a database that another program may be writing, without a lock on it
//! and without a file beside it.
//!
//! Zotero locks its database exclusively as long as it runs, so it cannot be read in place.
//! Without a journal the file is opened as immutable and checked for changes afterwards. Otherwise
//! database and journal are copied, and the last committed state is restored from the copies, as
//! after a crash. A copy counts only if nothing that it consists of changed meanwhile.

use std::ffi::OsString;
use std::fs::{self, File, Metadata};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::error::ZoteroError;
use crate::sources::disk::inode_and_ctime;
use crate::text::display_path;

/// The time for which a state without changes is waited for.
const MAX_WAIT: Duration = Duration::from_secs(5);
/// Pause before another try.
const RETRY_INTERVAL: Duration = Duration::from_millis(20);
/// The age at which a time of change differs from that of a later change on every file system that
/// records it more finely than in whole seconds.
const MIN_AGE: Duration = Duration::from_millis(20);
/// The length of the header of a write-ahead log, which changes when the log begins anew.
const LOG_HEADER_LEN: u64 = 32;

/// A file as far as changes show.
#[derive(Debug, Clone, PartialEq, Eq)]
struct FileState {
    len: u64,
    modified: Option<SystemTime>,
    inode: (u64, u64),
}

/// The database with its journals.
#[derive(Debug, Clone, PartialEq, Eq)]
struct DatabaseState {
    database: FileState,
    /// The rollback journal, if it is not empty.
    journal: Option<FileState>,
    /// The header of the write-ahead log, if it is not empty. Frames that are appended behind it
    /// change nothing of what was committed before.
    log_header: Option<Vec<u8>>,
}

impl FileState {
    fn new(metadata: &Metadata) -> Self {
        let (len, modified) = (metadata.len(), metadata.modified().ok());
        Self { len, modified, inode: inode_and_ctime(metadata) }
    }

    /// Returns true if a change at this moment could have the same time.
    fn is_recent(&self) -> bool {
        let age = self.modified.and_then(|it| it.elapsed().ok());
        age.is_some_and(|it| it < MIN_AGE)
    }
}

impl DatabaseState {
    fn read(database: &Path) -> io::Result<Self> {
        let journal = present(fs::metadata(beside(database, "-journal")))?;
        let log_header = match present(File::open(beside(database, "-wal")))? {
            None => None,
            Some(file) => {
                let mut header = Vec::new();
                file.take(LOG_HEADER_LEN).read_to_end(&mut header)?;
                Some(header).filter(|it| !it.is_empty())
            }
        };
        Ok(Self {
            database: FileState::new(&fs::metadata(database)?),
            journal: journal.map(|it| FileState::new(&it)).filter(|it| it.len > 0),
            log_header,
        })
    }

    fn has_journal(&self) -> bool {
        self.journal.is_some() || self.log_header.is_some()
    }

    fn is_recent(&self) -> bool {
        self.database.is_recent() || self.journal.as_ref().is_some_and(FileState::is_recent)
    }
}

/// Reads from a consistent state of a database. `read` may run several times; the result of the last
/// run counts.
///
/// # Errors
///
/// Returns an error if the file cannot be read or is no database, or if it changes all the time.
pub fn read_consistent<T>(
    database: &Path,
    read: &mut dyn FnMut(&Connection) -> rusqlite::Result<T>,
) -> Result<T, ZoteroError> {
    let name = || display_path(database);
    let failed = |cause| ZoteroError::Read { name: name(), cause };
    let deadline = Instant::now() + MAX_WAIT;
    let mut must_copy = false;
    loop {
        let before = DatabaseState::read(database).map_err(failed)?;
        if !before.is_recent() || Instant::now() >= deadline {
            let copy = must_copy || before.has_journal();
            let result = if copy {
                let folder = tempfile::tempdir().map_err(failed)?;
                let copy = copy_database(database, folder.path(), &before).map_err(failed)?;
                let is_same = DatabaseState::read(database).map_err(failed)? == before;
                is_same.then(|| open_copy(&copy).and_then(|it| read(&it)))
            } else {
                let result = open_immutable(database).and_then(|it| read(&it));
                let is_same = DatabaseState::read(database).map_err(failed)? == before;
                is_same.then_some(result)
            };
            if let Some(result) = result {
                return result.map_err(|error| describe(&name(), &error));
            }
            must_copy = true;
        }
        if Instant::now() >= deadline {
            return Err(ZoteroError::Busy { name: name() });
        }
        thread::sleep(RETRY_INTERVAL);
    }
}

/// Reads the names of the tables, from a state that need not be consistent.
pub fn table_names(database: &Path) -> rusqlite::Result<Vec<String>> {
    let connection = open_immutable(database)?;
    let mut statement =
        connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")?;
    let names = statement.query_map([], |row| row.get(0))?;
    names.collect()
}

fn describe(name: &str, error: &rusqlite::Error) -> ZoteroError {
    let name = name.to_owned();
    let text = error.to_string();
    let is_foreign = matches!(error.sqlite_error_code(), Some(ErrorCode::NotADatabase))
        || text.contains("no such table")
        || text.contains("no such column");
    if is_foreign {
        ZoteroError::Foreign { name }
    } else {
        ZoteroError::Database { name, reason: text }
    }
}

/// Copies the database, then its journals. The log must be copied last: frames that are appended
/// meanwhile are behind those that belong to the copied database.
fn copy_database(database: &Path, folder: &Path, state: &DatabaseState) -> io::Result<PathBuf> {
    let copy = folder.join("copy.sqlite");
    let copy_file = |from: &Path, to: &Path| {
        // The copy gets our own permissions, since restoring writes to it.
        io::copy(&mut File::open(from)?, &mut File::create_new(to)?)
    };
    copy_file(database, &copy)?;
    for (ending, is_present) in
        [("-journal", state.journal.is_some()), ("-wal", state.log_header.is_some())]
    {
        if is_present {
            match copy_file(&beside(database, ending), &beside(&copy, ending)) {
                // A journal that is gone shows as a change afterwards.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                result => drop(result?),
            }
        }
    }
    Ok(copy)
}

fn open_copy(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    prepare(Connection::open_with_flags(path, flags)?)
}

/// Opens a file without any lock. Its journals are then ignored.
fn open_immutable(path: &Path) -> rusqlite::Result<Connection> {
    let path = if path.is_absolute() { path.to_owned() } else { PathBuf::from(".").join(path) };
    let text = path.to_string_lossy().replace('\\', "/");
    let text = text.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
        | OpenFlags::SQLITE_OPEN_URI
        | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    prepare(Connection::open_with_flags(format!("file:{text}?mode=ro&immutable=1"), flags)?)
}

/// Makes a connection safe for a file of another program, and restores the committed state.
fn prepare(connection: Connection) -> rusqlite::Result<Connection> {
    connection.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;")?;
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    connection.execute_batch("PRAGMA query_only = ON;")?;
    Ok(connection)
}

/// The path of a journal: that of the database with an ending.
fn beside(database: &Path, ending: &str) -> PathBuf {
    let mut path = OsString::from(database);
    path.push(ending);
    path.into()
}

/// `None` for a file that does not exist.
fn present<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(it) => Ok(Some(it)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
