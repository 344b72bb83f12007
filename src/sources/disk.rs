//! Access to the disk: regular files in folders of other users, reads and writes at an offset,
//! inode numbers, free space, and the words of I/O errors.

use std::fs::{File, Metadata, OpenOptions};
use std::io;
use std::path::Path;

/// Opens a regular file. On Unix, does not follow a symbolic link at the end of the path, nor block
/// on a pipe.
///
/// # Errors
///
/// Returns an error if the file does not exist or is not regular.
pub fn open_regular(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
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

/// As [`open_regular`], for reading.
pub fn open_regular_for_reading(path: &Path) -> io::Result<File> {
    open_regular(path, File::options().read(true))
}

/// Fills the buffer from an offset of the file.
#[cfg(unix)]
pub fn read_exact_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::read_exact_at(file, buffer, offset)
}

#[cfg(windows)]
pub fn read_exact_at(file: &File, mut buffer: &mut [u8], mut offset: u64) -> io::Result<()> {
    use std::os::windows::fs::FileExt;
    while !buffer.is_empty() {
        match file.seek_read(buffer, offset)? {
            0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            len => {
                buffer = &mut buffer[len..];
                offset += len as u64;
            }
        }
    }
    Ok(())
}

/// Writes all bytes at an offset of the file.
#[cfg(unix)]
pub fn write_all_at(file: &File, bytes: &[u8], offset: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, offset)
}

#[cfg(windows)]
pub fn write_all_at(file: &File, mut bytes: &[u8], mut offset: u64) -> io::Result<()> {
    use std::os::windows::fs::FileExt;
    while !bytes.is_empty() {
        match file.seek_write(bytes, offset)? {
            0 => return Err(io::ErrorKind::WriteZero.into()),
            len => {
                bytes = &bytes[len..];
                offset += len as u64;
            }
        }
    }
    Ok(())
}

/// Returns the inode number, and the ctime in nanoseconds since 1970. Both are 0 on other systems.
#[cfg(unix)]
pub fn inode_and_ctime(metadata: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    let nanoseconds =
        metadata.ctime().wrapping_mul(1_000_000_000).wrapping_add(metadata.ctime_nsec());
    (metadata.ino(), nanoseconds.cast_unsigned())
}

#[cfg(not(unix))]
pub fn inode_and_ctime(_: &Metadata) -> (u64, u64) {
    (0, 0)
}

/// Returns the bytes available in the file system of a directory; `None` if unknown.
#[cfg(unix)]
pub fn free_bytes(directory: &Path) -> Option<u64> {
    let stat = rustix::fs::statvfs(directory).ok()?;
    stat.f_bavail.checked_mul(stat.f_frsize)
}

#[cfg(not(unix))]
pub fn free_bytes(_: &Path) -> Option<u64> {
    None
}

/// Formats a size in decimal units: `12 kB`, `3 MB`, `1.5 GB`. Rounds kB and MB up.
pub fn format_bytes(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        1_000_000..1_000_000_000 => format!("{} MB", bytes.div_ceil(1_000_000)),
        _ => format!("{:.1} GB", bytes as f64 / 1e9),
    }
}

/// The reason of an I/O error, such as `no such file or directory`.
///
/// The standard library appends ` (os error 2)` to the text of the system, which begins with a
/// capital letter and on Windows ends with a full stop.
pub fn io_reason(error: &io::Error) -> String {
    let text = error.to_string();
    let Some(number) = error.raw_os_error() else { return text };
    let text = text.strip_suffix(&format!(" (os error {number})")).unwrap_or(&text);
    let text = text.trim_end_matches('.');
    let mut chars = text.chars();
    let first = chars.next().map(|it| it.to_lowercase().to_string()).unwrap_or_default();
    first + chars.as_str()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_system_error_has_no_number_and_no_capital() {
        let missing = std::fs::read("/no/such/file").unwrap_err();
        assert_eq!(io_reason(&missing), "no such file or directory");
    }

    #[test]
    fn another_error_keeps_its_text() {
        assert_eq!(io_reason(&io::Error::other("Corrupt data (3).")), "Corrupt data (3).");
    }
}
