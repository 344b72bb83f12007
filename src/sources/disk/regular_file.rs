//! Opens files at paths where another user may have created a pipe, a directory or a link.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// Opens a regular file. On Unix, does not follow a symbolic link at the end of the path, nor block
/// on a pipe.
///
/// # Errors
///
/// Returns an error if the file does not exist or is not regular.
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
        return Err(io::Error::other("not a regular file"));
    }
    Ok(file)
}

/// As [`open()`], for reading.
pub fn open_for_reading(path: &Path) -> io::Result<File> {
    open(path, File::options().read(true))
}
