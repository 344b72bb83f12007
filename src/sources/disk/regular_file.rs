//! Opening of files in places where something else may lie: a pipe, a folder, a planted link.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// Opens a regular file. Follows no link at the end of the path, and does not wait for a pipe.
///
/// # Errors
///
/// When there is no such file, or something else is in its place.
pub fn open(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt as _;
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY;
        options.custom_flags(flags.bits().cast_signed());
    }
    let file = options.open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("it is no regular file"));
    }
    Ok(file)
}

/// Opens a regular file for reading, as [`open()`].
pub fn open_for_reading(path: &Path) -> io::Result<File> {
    open(path, File::options().read(true))
}
