//! Errors of the library. Each message is one sentence: the operation, the file, and the remedy.

use std::io;
use std::sync::Arc;

use rusqlite::ErrorCode;

#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    #[error("cannot open the library {name}: {cause}; check that you may read and write it")]
    Open { name: Arc<str>, cause: OpenCause },
    #[error(
        "cannot read the library {name}: a newer offprint has written it (form {version}, this one \
         knows {supported}); use that one, or another library with --library"
    )]
    NewerFormat { name: Arc<str>, version: i32, supported: i32 },
    #[error(
        "cannot use {name} as the library: it is a file of another program, or damaged from its \
         beginning on; name another with --library"
    )]
    Foreign { name: Arc<str> },
    #[error(
        "cannot use the library {name}: {difference}; `offprint library check --repair` puts its papers and \
         marks into a new file"
    )]
    SchemaChanged { name: Arc<str>, difference: String },
    #[error(
        "cannot read all of the library {name}: it is damaged; `offprint library check` says what \
         can be saved"
    )]
    Damaged { name: Arc<str> },
    #[error("cannot write the library {name}: the disk is full; make room and do it again")]
    DiskFull { name: Arc<str> },
    #[error(
        "cannot write the library {name}: the disk or your share of it may be full ({cause}); make \
         room and do it again"
    )]
    Write { name: Arc<str>, cause: rusqlite::Error },
    #[error("cannot write the library {name}: another program holds it; try again")]
    Locked { name: Arc<str> },
    #[error("cannot write the library {name}: it may only be read")]
    ReadOnly { name: Arc<str> },
    #[error("cannot use the library {name}: {cause}")]
    Failed { name: Arc<str>, cause: rusqlite::Error },
    #[error("cannot read {name}: {cause}")]
    Import { name: Arc<str>, cause: io::Error },
    #[error("cannot read {name}: line {line} {reason}; nothing was taken over")]
    Line { name: Arc<str>, line: usize, reason: &'static str },
    #[error("cannot write the library out: {0}")]
    Export(#[source] io::Error),
}

/// The error of the system or of the database behind a failed open.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub enum OpenCause {
    System(#[from] io::Error),
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
