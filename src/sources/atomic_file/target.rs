//! Resolves the file that a path points to, and decides if it may be replaced.

use std::fs::{self, File, FileType};
use std::io;
use std::path::{Path, PathBuf};

use crate::sources::disk::open_regular;

/// Maximum number of symbolic links followed, as on Linux.
const MAX_LINKS: usize = 40;

/// The target of a write.
#[derive(Debug)]
pub enum WriteTarget {
    /// A file that does not exist; all symbolic links are resolved.
    New(PathBuf),
    /// A regular file, opened for writing; all symbolic links are resolved.
    File { path: PathBuf, file: File },
    /// No regular file, or an open file named through `/proc`.
    Special { path: PathBuf, kind: SpecialKind },
}

/// Kind of a special file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(unix), expect(dead_code, reason = "only Unix tells all of them apart"))]
pub enum SpecialKind {
    Folder,
    /// A character device, such as `/dev/null` or a terminal.
    Device,
    Disk,
    Pipe,
    Socket,
    /// An open file, such as `/dev/stdout` redirected to a file.
    OpenFile,
    Unknown,
}

impl SpecialKind {
    #[cfg(unix)]
    fn new(kind: FileType) -> Self {
        use std::os::unix::fs::FileTypeExt as _;
        match kind {
            it if it.is_dir() => Self::Folder,
            it if it.is_char_device() => Self::Device,
            it if it.is_block_device() => Self::Disk,
            it if it.is_fifo() => Self::Pipe,
            it if it.is_socket() => Self::Socket,
            _ => Self::Unknown,
        }
    }

    #[cfg(not(unix))]
    fn new(kind: FileType) -> Self {
        if kind.is_dir() { Self::Folder } else { Self::Unknown }
    }

    /// Returns true for kinds that accept data. Writing to a block device would destroy its
    /// content, and a socket cannot be opened.
    pub fn is_writable(self) -> bool {
        match self {
            Self::Device | Self::Pipe | Self::OpenFile => true,
            Self::Folder | Self::Disk | Self::Socket | Self::Unknown => false,
        }
    }

    pub fn refusal(self) -> io::Error {
        let message = match self {
            Self::Folder => "is a directory",
            Self::Device => "is a device, not a regular file",
            Self::Disk => "is a block device, not a regular file",
            Self::Pipe => "is a pipe, not a regular file",
            Self::Socket => "is a socket, not a regular file",
            Self::OpenFile => "is an open file descriptor; name the file itself",
            Self::Unknown => "not a regular file",
        };
        io::Error::other(message)
    }
}

impl WriteTarget {
    /// Resolves the symbolic links of a path and opens an existing file for writing.
    pub fn resolve(path: &Path) -> io::Result<Self> {
        // `metadata` follows links like opening does, so the kernel refuses links that another user
        // has put into a world-writable directory.
        match fs::metadata(path) {
            Ok(metadata) if !metadata.is_file() => Ok(Self::Special {
                path: path.to_owned(),
                kind: SpecialKind::new(metadata.file_type()),
            }),
            Ok(_) => match resolve_links(path)? {
                Some(path) => {
                    let file = open_regular(&path, File::options().write(true))?;
                    Ok(Self::File { path, file })
                }
                None => Ok(Self::Special { path: path.to_owned(), kind: SpecialKind::OpenFile }),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Ok(Self::New(resolve_links(path)?.ok_or(error)?))
            }
            Err(error) => Err(error),
        }
    }

    /// Returns the path of a regular or new file.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::New(path) | Self::File { path, .. } => Some(path),
            Self::Special { .. } => None,
        }
    }
}

/// Returns true if writing to the path replaces a file, or creates one at the end of a symbolic
/// link. Special files and directories are never replaced.
pub fn would_replace(path: &Path) -> bool {
    match fs::metadata(path) {
        Ok(metadata) => metadata.is_file() && resolve_links(path).is_ok_and(|it| it.is_some()),
        Err(_) => fs::symlink_metadata(path).is_ok(),
    }
}

/// Resolves symbolic links, whether or not the file exists; `None` for an open file under `/proc`.
fn resolve_links(path: &Path) -> io::Result<Option<PathBuf>> {
    let mut path = path.to_owned();
    for _ in 0..=MAX_LINKS {
        let name = path.file_name().ok_or_else(|| SpecialKind::Folder.refusal())?;
        let folder = path.parent().filter(|it| !it.as_os_str().is_empty());
        let folder = fs::canonicalize(folder.unwrap_or_else(|| Path::new(".")))?;
        let file = folder.join(name);
        let Ok(next) = fs::read_link(&file) else { return Ok(Some(file)) };
        if folder.starts_with("/proc") || folder == Path::new("/dev/fd") {
            return Ok(None);
        }
        path = folder.join(next);
    }
    Err(io::Error::other("too many levels of symbolic links"))
}

/// Returns true if the file has no other hard links.
#[cfg(unix)]
pub fn is_only_name(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt as _;
    Ok(file.metadata()?.nlink() == 1)
}

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "fails on Unix")]
pub fn is_only_name(_: &File) -> io::Result<bool> {
    Ok(true)
}
