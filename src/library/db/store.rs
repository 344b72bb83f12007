//! The file of the library: opened, checked for what it is, and written.

use std::fs;
use std::hash::{BuildHasher as _, RandomState};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use rusqlite::backup::Backup;
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use super::log::WriteTransaction;
use super::schema::{self, FORMAT_VERSION, FileKind};
use super::{filesystem, rebuild};
use crate::library::error::{LibraryError, OpenCause};
use crate::text::sanitise;

/// How long another program may hold the file.
const BUSY_TIMEOUT: Duration = Duration::from_secs(3);

/// Bytes of the largest file that is looked through for damage each time: some milliseconds.
const MAX_QUICK_CHECK_BYTES: i64 = 4 << 20;

/// A library, in its file or for this run only.
#[derive(Debug)]
pub struct Store {
    pub connection: Connection,
    /// What the file is called in messages.
    pub name: Arc<str>,
    /// Tells what this run writes from all else: a random number.
    pub process: i64,
    /// The number of the next entry or card.
    next_number: i64,
}

/// A library that was opened, and what is to be said about it.
#[derive(Debug)]
pub struct OpenedStore {
    pub store: Store,
    pub warning: Option<String>,
}

impl Store {
    /// Opens the library of that file, and makes one where there is none.
    ///
    /// # Errors
    ///
    /// When it cannot be opened or written, is of another program or of a newer form, or is
    /// damaged; the file is left as it is.
    pub fn open(path: &Path) -> Result<OpenedStore, LibraryError> {
        let name = display_name(path);
        create_file(path).map_err(|cause| LibraryError::Open {
            name: Arc::clone(&name),
            cause: OpenCause::System(cause),
        })?;
        let place = filesystem::file_system(path);
        let opened = Self::connect(path, &name).and_then(|mut store| {
            store.prepare(place)?;
            Ok(store)
        });
        let warning = (place == filesystem::FileSystem::Network).then(|| {
            format!("The library {name} lies on a network drive: writing it is slower there.")
        });
        Ok(OpenedStore { store: opened?, warning })
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
        // Half of a random number, since the database knows signed ones only.
        let process = RandomState::new().hash_one(0) >> 1;
        Self { connection, name, process: process.cast_signed(), next_number: 1 }
    }

    /// Sees that this is a library, of a form that is known, and that it can be written.
    fn prepare(&mut self, place: filesystem::FileSystem) -> Result<(), LibraryError> {
        let name = Arc::clone(&self.name);
        let contents = self.file_kind()?;
        self.quick_check()?;
        let connection = &mut self.connection;
        let journal = match place {
            filesystem::FileSystem::Local => "wal",
            // A write-ahead log is shared by memory, which a network drive does not share.
            filesystem::FileSystem::Network => "delete",
        };
        let prepare = |connection: &mut Connection| {
            set_journal(connection, journal)?;
            connection.pragma_update(None, "synchronous", "full")?;
            // What is damaged is to be met before it is written on.
            connection.pragma_update(None, "cell_size_check", true)?;
            if contents == FileKind::Empty { schema::create_tables(connection) } else { Ok(()) }
        };
        prepare(connection).map_err(|cause| LibraryError::from_database(&name, cause))?;
        if connection.is_readonly("main").unwrap_or(true) {
            return Err(LibraryError::ReadOnly { name });
        }
        Ok(())
    }

    /// Finds damage before it is written on, which would lose more. In a file that is large the time
    /// is not there: what is read of it tells then.
    fn quick_check(&self) -> Result<(), LibraryError> {
        let size =
            |pragma| self.connection.pragma_query_value(None, pragma, |it| it.get::<_, i64>(0));
        let bytes = size("page_count").and_then(|pages| Ok(pages * size("page_size")?));
        if bytes.map_err(|cause| self.error(cause))? > MAX_QUICK_CHECK_BYTES {
            return Ok(());
        }
        if is_sound(&self.connection).map_err(|cause| self.error(cause))? {
            Ok(())
        } else {
            Err(LibraryError::Damaged { name: Arc::clone(&self.name) })
        }
    }

    /// What is in the file, where that is a library of this form or nothing.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, is no library, or is a library of a newer version.
    pub fn file_kind(&self) -> Result<FileKind, LibraryError> {
        let name = Arc::clone(&self.name);
        // One moment of the file: another process may be making the tables.
        let found = self
            .connection
            .unchecked_transaction()
            .and_then(|reading| schema::file_kind(&reading))
            .map_err(|cause| self.error(cause))?;
        match found {
            FileKind::NewerFormat(found) => {
                Err(LibraryError::NewerFormat { name, version: found, supported: FORMAT_VERSION })
            }
            FileKind::Foreign => Err(LibraryError::Foreign { name }),
            FileKind::SchemaChanged(what) => {
                Err(LibraryError::SchemaChanged { name, difference: what })
            }
            known @ (FileKind::Library | FileKind::Empty) => Ok(known),
        }
    }

    /// A library that is gone with the run.
    ///
    /// # Errors
    ///
    /// When there is no memory for it.
    pub fn in_memory() -> Result<Self, LibraryError> {
        let name: Arc<str> = "of this run".into();
        let made = Connection::open_in_memory().and_then(|mut connection| {
            schema::create_tables(&mut connection)?;
            Ok(connection)
        });
        let connection = made.map_err(|cause| LibraryError::from_database(&name, cause))?;
        Ok(Self::new(connection, name))
    }

    /// What can be read of the file, in memory: what is done from here on is gone with the run. The
    /// file is not touched.
    ///
    /// # Errors
    ///
    /// When it cannot be read as a library of a known form.
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
        if !is_sound(&to).map_err(failed)? {
            return Err(LibraryError::Damaged { name });
        }
        Ok(Self::new(to, name))
    }

    /// The library of that file, to be read only.
    ///
    /// # Errors
    ///
    /// When it cannot be read as a library of a known form.
    pub fn open_read_only(path: &Path) -> Result<Self, LibraryError> {
        let name = display_name(path);
        let connection =
            read_only(path).map_err(|cause| LibraryError::from_database(&name, cause))?;
        let store = Self::new(connection, name);
        store.file_kind()?;
        Ok(store)
    }

    /// The file as it is, to be read only, however damaged.
    ///
    /// # Errors
    ///
    /// When the file cannot be opened.
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

    /// Reads.
    ///
    /// # Errors
    ///
    /// When `work` fails.
    pub fn read<T>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, LibraryError> {
        work(&self.connection).map_err(|cause| self.error(cause))
    }

    /// Writes all or nothing. What was written is durable when this returns.
    ///
    /// # Errors
    ///
    /// When `work` fails or the transaction cannot be committed; nothing is written then.
    pub fn write<T>(
        &mut self,
        work: impl FnOnce(&mut WriteTransaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, LibraryError> {
        let written = self.try_write(work);
        written.map_err(|cause| self.error(cause))
    }

    fn try_write<T>(
        &mut self,
        work: impl FnOnce(&mut WriteTransaction<'_>) -> rusqlite::Result<T>,
    ) -> rusqlite::Result<T> {
        let transaction =
            Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let mut writing = WriteTransaction::new(
            &transaction,
            self.process,
            self.next_number,
            now_in_milliseconds(),
        )?;
        let done = work(&mut writing)?;
        let number = writing.next_number;
        transaction.commit()?;
        self.next_number = number;
        Ok(done)
    }

    /// Writes what need not be durable at once: a kill does not lose it, a power cut may.
    ///
    /// # Errors
    ///
    /// When `work` fails.
    pub fn write_relaxed(
        &mut self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<()>,
    ) -> Result<(), LibraryError> {
        let noted = self
            .connection
            .pragma_update(None, "synchronous", "normal")
            .and_then(|()| work(&self.connection));
        let restored = self.connection.pragma_update(None, "synchronous", "full");
        noted.and(restored).map_err(|cause| self.error(cause))
    }

    /// Derives everything from the log anew.
    ///
    /// # Errors
    ///
    /// When it cannot be read or written.
    pub fn rebuild(&mut self) -> Result<(), LibraryError> {
        self.write(|writing| rebuild::rebuild(writing.connection))
    }
}

/// The time in milliseconds since 1970, by the clock.
pub fn now_in_milliseconds() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(0)
}

/// Sets the kind of journal. Alone of all statements this fails at once where another program holds
/// the file, so that one is waited for with another statement.
fn set_journal(connection: &Connection, journal: &str) -> rusqlite::Result<()> {
    let begun = Instant::now();
    loop {
        match connection.pragma_update_and_check(None, "journal_mode", journal, |_| Ok(())) {
            Err(why)
                if why.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && begun.elapsed() < BUSY_TIMEOUT =>
            {
                connection.execute_batch("BEGIN EXCLUSIVE; COMMIT")?;
            }
            set => return set,
        }
    }
}

/// Whether the database finds no damage in its structure.
fn is_sound(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row("PRAGMA quick_check(1)", [], |row| Ok(row.get_ref(0)?.as_str()? == "ok"))
}

fn display_name(path: &Path) -> Arc<str> {
    sanitise(&path.to_string_lossy()).into()
}

/// Makes the file where there is none, for its owner alone.
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

/// Opens a file that is not to be written. Where even its directory may not be, the file alone is
/// read, as it lay when it was last put in order.
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

/// A path as it stands in an address.
fn uri_path(path: &Path) -> String {
    let path = if path.is_absolute() { path.to_owned() } else { PathBuf::from(".").join(path) };
    let text = path.to_string_lossy().replace('\\', "/");
    text.replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}
