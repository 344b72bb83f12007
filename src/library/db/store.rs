//! Opens the database file of the library, checks it, and runs transactions on it.

use std::fs;
use std::hash::{BuildHasher as _, RandomState};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use rusqlite::backup::Backup;
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use super::file_identity::{FileChange, FileIdentity};
use super::log::WriteTransaction;
use super::schema::{self, FORMAT_VERSION, FileKind};
use super::{filesystem, rebuild};
use crate::library::error::{LibraryError, OpenCause};
use crate::text::sanitise;

/// Time to wait for another process that holds the lock of the file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(3);

/// Maximum size of a file that is checked for damage at each start, in bytes. The check takes some
/// milliseconds at this size.
const MAX_QUICK_CHECK_BYTES: i64 = 4 << 20;

/// An open library, in a file or in memory.
#[derive(Debug)]
pub struct Store {
    pub connection: Connection,
    /// Name of the file in messages.
    pub name: Arc<str>,
    /// Random number that distinguishes the entries of this process.
    pub process: i64,
    /// Number of the next entry or source record.
    next_number: i64,
    /// Identity of the file; `None` in memory.
    identity: Option<FileIdentity>,
}

/// An opened library, with a warning for the reader if there is one.
#[derive(Debug)]
pub struct OpenedStore {
    pub store: Store,
    pub warning: Option<String>,
}

impl Store {
    /// Opens the library at `path`, and creates it if it does not exist.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be opened or written, is not a library, has a newer
    /// format, or is damaged; the file is left unchanged.
    pub fn open(path: &Path) -> Result<OpenedStore, LibraryError> {
        let name = display_name(path);
        create_file(path).map_err(|cause| LibraryError::Open {
            name: Arc::clone(&name),
            cause: OpenCause::System(cause),
        })?;
        let file_system = filesystem::file_system(path);
        let store = Self::connect(path, &name).and_then(|mut store| {
            store.prepare(file_system)?;
            store.identity = FileIdentity::read(path);
            Ok(store)
        });
        let warning = (file_system == filesystem::FileSystem::Network)
            .then(|| format!("Library {name} is on a network drive: saving is slower"));
        Ok(OpenedStore { store: store?, warning })
    }

    fn connect(path: &Path, name: &Arc<str>) -> Result<Self, LibraryError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)
            .and_then(|it| it.busy_timeout(BUSY_TIMEOUT).map(|()| it))
            .and_then(|it| schema::harden(&it).map(|()| it))
            .map_err(|cause| LibraryError::from_database(name, cause))?;
        Ok(Self::new(connection, Arc::clone(name)))
    }

    fn new(connection: Connection, name: Arc<str>) -> Self {
        connection.set_prepared_statement_cache_capacity(64);
        // Shifted by one bit, since SQLite integers are signed.
        let process = RandomState::new().hash_one(0) >> 1;
        let process = process.cast_signed();
        Self { connection, name, process, next_number: 1, identity: None }
    }

    /// Checks that the file is a library of a known format and writable, and sets its journal mode.
    fn prepare(&mut self, file_system: filesystem::FileSystem) -> Result<(), LibraryError> {
        let name = Arc::clone(&self.name);
        let contents = self.file_kind()?;
        self.quick_check()?;
        let connection = &mut self.connection;
        let journal = match file_system {
            filesystem::FileSystem::Local => "wal",
            // A write-ahead log needs shared memory, which a network drive does not provide.
            filesystem::FileSystem::Network => "delete",
        };
        let prepare = |connection: &mut Connection| {
            set_journal(connection, journal)?;
            connection.pragma_update(None, "synchronous", "full")?;
            // Detects a corrupt page before it is written.
            connection.pragma_update(None, "cell_size_check", true)?;
            if contents == FileKind::Empty { schema::create_tables(connection) } else { Ok(()) }
        };
        prepare(connection).map_err(|cause| LibraryError::from_database(&name, cause))?;
        if connection.is_readonly("main").unwrap_or(true) {
            return Err(LibraryError::ReadOnly { name });
        }
        Ok(())
    }

    /// Detects damage before a write makes it worse. Skipped above [`MAX_QUICK_CHECK_BYTES`];
    /// damage of a large file is found when it is read.
    fn quick_check(&self) -> Result<(), LibraryError> {
        let size =
            |pragma| self.connection.pragma_query_value(None, pragma, |it| it.get::<_, i64>(0));
        let bytes = size("page_count").and_then(|pages| Ok(pages * size("page_size")?));
        if bytes.map_err(|cause| self.error(cause))? > MAX_QUICK_CHECK_BYTES {
            return Ok(());
        }
        if is_intact(&self.connection).map_err(|cause| self.error(cause))? {
            Ok(())
        } else {
            Err(LibraryError::Damaged { name: Arc::clone(&self.name) })
        }
    }

    /// Returns the kind of the file if it is a library of this format, or empty.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read, is no library, has a newer format, or has a
    /// changed schema.
    pub fn file_kind(&self) -> Result<FileKind, LibraryError> {
        let name = Arc::clone(&self.name);
        // A transaction, because another process may be creating the tables.
        let kind = self
            .connection
            .unchecked_transaction()
            .and_then(|transaction| schema::file_kind(&transaction))
            .map_err(|cause| self.error(cause))?;
        match kind {
            FileKind::NewerFormat(version) => {
                Err(LibraryError::NewerFormat { name, version, supported: FORMAT_VERSION })
            }
            FileKind::Foreign => Err(LibraryError::Foreign { name }),
            FileKind::SchemaChanged(difference) => {
                Err(LibraryError::SchemaChanged { name, difference })
            }
            kind @ (FileKind::Library | FileKind::Empty) => Ok(kind),
        }
    }

    /// Creates an empty library in memory, which is lost at the end of the run.
    ///
    /// # Errors
    ///
    /// Returns an error if there is not enough memory.
    pub fn in_memory() -> Result<Self, LibraryError> {
        let name: Arc<str> = "of this run".into();
        let connection_result = Connection::open_in_memory().and_then(|mut connection| {
            schema::create_tables(&mut connection)?;
            Ok(connection)
        });
        let connection =
            connection_result.map_err(|cause| LibraryError::from_database(&name, cause))?;
        Ok(Self::new(connection, name))
    }

    /// Copies the file to memory. The file is not changed, and changes of the copy are lost at the
    /// end of the run.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read as a library of a known format, or is damaged.
    pub fn copy_in_memory(path: &Path) -> Result<Self, LibraryError> {
        let from = Self::open_read_only(path)?;
        let name = Arc::clone(&from.name);
        let failed = |cause| LibraryError::from_database(&name, cause);
        let mut to = Connection::open_in_memory().map_err(failed)?;
        Backup::new(&from.connection, &mut to)
            .and_then(|backup| backup.run_to_completion(i32::MAX, Duration::ZERO, None))
            .and_then(|()| schema::harden(&to))
            .and_then(|()| schema::create_tables(&mut to))
            .map_err(failed)?;
        if !is_intact(&to).map_err(failed)? {
            return Err(LibraryError::Damaged { name });
        }
        Ok(Self::new(to, name))
    }

    /// The change of the file at `path` since this library was opened there.
    pub fn file_change(&self, path: &Path) -> FileChange {
        self.identity.map_or(FileChange::Unchanged, |it| it.change_at(path))
    }

    /// Writes everything to a new file at `path`.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be created or written.
    pub fn write_copy(&self, path: &Path) -> Result<(), LibraryError> {
        create_file(path).map_err(|cause| LibraryError::Open {
            name: Arc::clone(&self.name),
            cause: OpenCause::System(cause),
        })?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let mut to = Connection::open_with_flags(path, flags).map_err(|it| self.error(it))?;
        Backup::new(&self.connection, &mut to)
            .and_then(|backup| backup.run_to_completion(i32::MAX, Duration::ZERO, None))
            .map_err(|cause| self.error(cause))
    }

    /// Opens the library at `path` for reading only.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be read as a library of a known format.
    pub fn open_read_only(path: &Path) -> Result<Self, LibraryError> {
        let name = display_name(path);
        let connection =
            read_only(path).map_err(|cause| LibraryError::from_database(&name, cause))?;
        let store = Self::new(connection, name);
        store.file_kind()?;
        Ok(store)
    }

    /// Opens the file for reading only, without checking its kind or damage.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be opened.
    pub fn open_unchecked(path: &Path) -> Result<Self, LibraryError> {
        let name = display_name(path);
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY;
        let connection = Connection::open_with_flags(path, flags)
            .and_then(|it| schema::harden(&it).map(|()| it));
        let connection = connection.map_err(|cause| LibraryError::from_database(&name, cause))?;
        Ok(Self::new(connection, name))
    }

    pub fn error(&self, cause: rusqlite::Error) -> LibraryError {
        LibraryError::from_database(&self.name, cause)
    }

    /// Runs `work` on the connection, and adds the name of the library to its error.
    ///
    /// # Errors
    ///
    /// Returns the error of `work`.
    pub fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, LibraryError> {
        work(&self.connection).map_err(|cause| self.error(cause))
    }

    /// Runs `work` in a write transaction, which is durable when this returns.
    ///
    /// # Errors
    ///
    /// Returns an error if `work` fails or the transaction cannot be committed; nothing is written
    /// then.
    pub fn write<T>(
        &mut self,
        work: impl FnOnce(&mut WriteTransaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, LibraryError> {
        let result = self.try_write(work);
        result.map_err(|cause| self.error(cause))
    }

    fn try_write<T>(
        &mut self,
        work: impl FnOnce(&mut WriteTransaction<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        let transaction =
            Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let mut write_transaction = WriteTransaction::new(
            &transaction,
            self.process,
            self.next_number,
            now_in_milliseconds(),
        )?;
        let result = work(&mut write_transaction)?;
        let number = write_transaction.next_number;
        transaction.commit()?;
        self.next_number = number;
        Ok(result)
    }

    /// Writes without waiting for the disk: the data survive a kill, but perhaps not a power
    /// failure.
    ///
    /// # Errors
    ///
    /// Returns an error if `work` fails.
    pub fn write_relaxed(
        &mut self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<()>,
    ) -> Result<(), LibraryError> {
        let marked = self
            .connection
            .pragma_update(None, "synchronous", "normal")
            .and_then(|()| work(&self.connection));
        let restored = self.connection.pragma_update(None, "synchronous", "full");
        marked.and(restored).map_err(|cause| self.error(cause))
    }

    /// Rebuilds all derived tables from the log.
    ///
    /// # Errors
    ///
    /// Returns an error if the library cannot be read or written.
    pub fn rebuild(&mut self) -> Result<(), LibraryError> {
        self.write(|write_transaction| rebuild::rebuild(write_transaction.connection))
    }
}

/// Returns the wall-clock time in milliseconds since 1970.
pub fn now_in_milliseconds() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(0)
}

/// Sets the journal mode. `SQLite` does not apply the busy timeout to this pragma, so another
/// statement waits for the lock.
fn set_journal(connection: &Connection, journal: &str) -> rusqlite::Result<()> {
    let start = Instant::now();
    loop {
        match connection.pragma_update_and_check(None, "journal_mode", journal, |_| Ok(())) {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && start.elapsed() < BUSY_TIMEOUT =>
            {
                connection.execute_batch("BEGIN EXCLUSIVE; COMMIT")?;
            }
            set => return set,
        }
    }
}

/// Returns true if `SQLite`'s quick check finds no structural damage.
fn is_intact(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row("PRAGMA quick_check(1)", [], |row| Ok(row.get_ref(0)?.as_str()? == "ok"))
}

fn display_name(path: &Path) -> Arc<str> {
    sanitise(&path.to_string_lossy()).into()
}

/// Creates the file if it does not exist, readable by its owner only.
fn create_file(path: &Path) -> std::io::Result<()> {
    if path.exists() {
        return Ok(());
    }
    if let Some(directory) = path.parent().filter(|it| !it.as_os_str().is_empty()) {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(directory)?;
    }
    let mut options = fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

/// Opens a file that must not be written. If its directory is not writable either, opens the file
/// as immutable, without its write-ahead log.
fn read_only(path: &Path) -> rusqlite::Result<Connection> {
    let open = |suffix: &str| {
        let uri = format!("file:{}?mode=ro{suffix}", uri_path(path));
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        let connection = Connection::open_with_flags(uri, flags)?;
        schema::harden(&connection)?;
        connection.busy_timeout(BUSY_TIMEOUT)?;
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        Ok(connection)
    };
    open("").or_else(|_: rusqlite::Error| open("&immutable=1"))
}

/// Escapes a path for a `file:` URI.
fn uri_path(path: &Path) -> String {
    let path = if path.is_absolute() { path.to_owned() } else { PathBuf::from(".").join(path) };
    let text = path.to_string_lossy().replace('\\', "/");
    text.replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}
