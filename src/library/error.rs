//! Errors of the library. Each message names the file, the reason, and a remedy if there is one.

use std::io;
use std::sync::Arc;

use rusqlite::ErrorCode;

use crate::sources::io_reason;

#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    #[error("library {name}: {cause}")]
    Open { name: Arc<str>, cause: OpenCause },
    #[error(
        "library {name}: written by a newer offprint (format {version}, supported: {supported}); \
         update offprint, or use another --library"
    )]
    NewerFormat { name: Arc<str>, version: i32, supported: i32 },
    #[error("library {name}: not an Offprint library, or corrupt (use another --library)")]
    Foreign { name: Arc<str> },
    #[error(
        "library {name}: {difference} (`offprint library check --repair` saves its papers and marks \
         to a new file)"
    )]
    SchemaChanged { name: Arc<str>, difference: String },
    #[error("library {name}: corrupt (`offprint library check` shows what can be saved)")]
    Damaged { name: Arc<str> },
    #[error("library {name}: not saved, the disk is full; free some space and try again")]
    DiskFull { name: Arc<str> },
    #[error(
        "library {name}: not saved, {cause}; if the disk or your quota is full, free some space and \
         try again"
    )]
    Write { name: Arc<str>, cause: rusqlite::Error },
    #[error("library {name}: locked by another program; try again")]
    Locked { name: Arc<str> },
    #[error("library {name}: not saved, the file is read-only")]
    ReadOnly { name: Arc<str> },
    #[error("library {name}: {cause}")]
    Failed { name: Arc<str>, cause: rusqlite::Error },
    #[error("{name}: {}", io_reason(.cause))]
    Import { name: Arc<str>, cause: io::Error },
    #[error("{name}: line {line}: {reason}; nothing imported")]
    Line { name: Arc<str>, line: usize, reason: &'static str },
    #[error("library export: {}", io_reason(.0))]
    Export(#[source] io::Error),
}

/// The error of the system or of the database behind a failed open.
#[derive(Debug, thiserror::Error)]
pub enum OpenCause {
    #[error("{}", io_reason(.0))]
    System(#[from] io::Error),
    #[error(transparent)]
    Database(#[from] rusqlite::Error),
}

impl LibraryError {
    /// Translates an error of the database into one of the library `name`.
    pub fn from_database(name: &Arc<str>, cause: rusqlite::Error) -> Self {
        let name = Arc::clone(name);
        if is_invalid_value(&cause) {
            return Self::Damaged { name };
        }
        match cause.sqlite_error_code() {
            Some(ErrorCode::SystemIoFailure) if is_write_failure(&cause) => {
                Self::Write { name, cause }
            }
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked { name },
            Some(ErrorCode::DiskFull) => Self::DiskFull { name },
            Some(ErrorCode::ReadOnly) => Self::ReadOnly { name },
            Some(ErrorCode::NotADatabase) => Self::Foreign { name },
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { name },
            Some(ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::Open { name, cause: cause.into() }
            }
            _ => Self::Failed { name, cause },
        }
    }
}

/// Returns true for a value that this program cannot have written; the file is corrupt then.
fn is_invalid_value(cause: &rusqlite::Error) -> bool {
    use rusqlite::Error;
    matches!(
        cause,
        Error::FromSqlConversionFailure(..)
            | Error::IntegralValueOutOfRange(..)
            | Error::Utf8Error(..)
            | Error::InvalidColumnType(..)
    )
}

/// Returns true if the system refused a write. An exhausted quota is reported by these codes too.
fn is_write_failure(cause: &rusqlite::Error) -> bool {
    use rusqlite::ffi;
    const WRITING: [i32; 5] = [
        ffi::SQLITE_IOERR_WRITE,
        ffi::SQLITE_IOERR_FSYNC,
        ffi::SQLITE_IOERR_DIR_FSYNC,
        ffi::SQLITE_IOERR_TRUNCATE,
        ffi::SQLITE_IOERR_SHMSIZE,
    ];
    cause.sqlite_error().is_some_and(|it| WRITING.contains(&it.extended_code))
}
