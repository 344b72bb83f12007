//! Creates temporary files next to their targets, and removes those that a killed process left.
//!
//! ```text
//! .offprint-HASH-RANDOM.tmp
//! HASH      FNV-1a of the target's name, 16 hexadecimal digits
//! RANDOM    12 letters and digits
//! ```
//!
//! A temporary file is locked while it is written. The lock ends with the process, however that
//! ends, so a file that can be locked is a leftover.

use std::fs::{self, File, Metadata, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::NamedTempFile;

use crate::sources::disk::open_regular_for_reading;
use crate::text::fnv;

const PREFIX: &str = ".offprint-";
const SUFFIX: &str = ".tmp";
const HASH_LEN: usize = 16;
const RANDOM_LEN: usize = 12;
/// Age after which an unchanged file is a leftover on file systems without locks.
const MAX_UNLOCKED_AGE: Duration = Duration::from_hours(24);
/// Maximum number of attempts to create and lock a file before another process removes it.
const MAX_ATTEMPTS: usize = 8;

/// Creates a locked temporary file in the directory of `path`, and removes leftovers there.
pub fn create_beside(path: &Path, mode: u32) -> io::Result<NamedTempFile> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    // Leftovers only waste space; a directory that cannot be listed may still be writable.
    let _ = remove_leftovers(folder);
    let prefix = prefix(path);
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix).suffix(SUFFIX).rand_bytes(RANDOM_LEN);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(mode));
    #[cfg(not(unix))]
    let _ = mode;
    for _ in 0..MAX_ATTEMPTS {
        let file = builder.tempfile_in(folder)?;
        match file.as_file().try_lock() {
            Ok(()) if is_linked(file.as_file())? => return Ok(file),
            // The file system has no locks.
            Err(TryLockError::Error(_)) => return Ok(file),
            // Another process has taken the file for a leftover.
            Ok(()) | Err(TryLockError::WouldBlock) => {}
        }
    }
    Err(io::ErrorKind::ResourceBusy.into())
}

/// Returns true if another process is writing the file at `path`.
pub fn is_being_written(path: &Path) -> bool {
    let prefix = prefix(path);
    let files = path.parent().and_then(|it| temporary_files(it).ok()).unwrap_or_default();
    let mut own_files =
        files.iter().filter(|it| name(it).is_some_and(|it| it.starts_with(&prefix)));
    own_files.any(|it| matches!(TemporaryState::new(it), TemporaryState::BeingWritten))
}

/// Removes temporary files of this user that no process is writing.
///
/// # Errors
///
/// Returns an error if the directory exists and cannot be listed.
pub fn remove_leftovers(folder: &Path) -> io::Result<()> {
    for path in temporary_files(folder)? {
        if let TemporaryState::LeftOver(_lock) = TemporaryState::new(&path) {
            // Another run may have been quicker.
            let _ = fs::remove_file(path);
        }
    }
    Ok(())
}

/// State of a temporary file.
#[derive(Debug)]
enum TemporaryState {
    BeingWritten,
    /// Locked while this value exists, if the file system has locks. A writer that has created but
    /// not yet locked the file finds it locked or removed, and creates another.
    LeftOver(File),
    /// A file of another user, or no regular file.
    Foreign,
}

impl TemporaryState {
    fn new(path: &Path) -> Self {
        // Another user may have created anything under this name.
        let Ok(file) = open_regular_for_reading(path) else { return Self::Foreign };
        let Some(metadata) = file.metadata().ok().filter(is_own) else { return Self::Foreign };
        match file.try_lock() {
            Ok(()) => Self::LeftOver(file),
            Err(TryLockError::Error(_)) if is_old(&metadata) => Self::LeftOver(file),
            Err(TryLockError::WouldBlock | TryLockError::Error(_)) => Self::BeingWritten,
        }
    }
}

fn is_old(metadata: &Metadata) -> bool {
    let modified = metadata.modified().ok();
    let age = modified.and_then(|it| SystemTime::now().duration_since(it).ok());
    age.is_some_and(|it| it > MAX_UNLOCKED_AGE)
}

fn prefix(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    format!("{PREFIX}{:0HASH_LEN$x}-", fnv(&name))
}

fn name(path: &Path) -> Option<&str> {
    path.file_name()?.to_str()
}

/// Lists the files whose names match the pattern of temporary files.
fn temporary_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let paths = entries.filter_map(|it| Some(it.ok()?.path()));
    Ok(paths.filter(|it| name(it).is_some_and(is_temporary)).collect())
}

fn is_temporary(name: &str) -> bool {
    let middle = name.strip_prefix(PREFIX).and_then(|it| it.strip_suffix(SUFFIX));
    middle.and_then(|it| it.split_once('-')).is_some_and(|(hash, random)| {
        hash.len() == HASH_LEN
            && hash.bytes().all(|it| it.is_ascii_hexdigit())
            && random.len() == RANDOM_LEN
            && random.bytes().all(|it| it.is_ascii_alphanumeric())
    })
}

#[cfg(unix)]
fn is_own(metadata: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    metadata.uid() == rustix::process::geteuid().as_raw()
}

#[cfg(not(unix))]
fn is_own(_: &Metadata) -> bool {
    true
}

/// Returns true if the file has not been unlinked.
#[cfg(unix)]
fn is_linked(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    Ok(file.metadata()?.nlink() > 0)
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "fails on Unix")]
fn is_linked(_: &File) -> io::Result<bool> {
    Ok(true)
}
