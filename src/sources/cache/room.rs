//! How much may be written.

use std::path::Path;

/// Bytes that may still be written in a directory, where the system tells.
#[cfg(unix)]
pub fn free(directory: &Path) -> Option<u64> {
    let stat = rustix::fs::statvfs(directory).ok()?;
    stat.f_bavail.checked_mul(stat.f_frsize)
}

#[cfg(not(unix))]
pub fn free(_: &Path) -> Option<u64> {
    None
}
