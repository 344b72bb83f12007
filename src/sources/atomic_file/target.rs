//! The file that a path leads to, and whether it may be replaced.

use std::fs::{self, File, FileType};
use std::io;
use std::path::{Path, PathBuf};

use crate::sources::disk::regular_file;

/// Links that are followed, as many as Linux follows.
const MAX_LINKS: usize = 40;

/// What writing to a path writes to.
#[derive(Debug)]
pub enum WriteTarget {
    /// Nothing is there; the path has no link left.
    New(PathBuf),
    /// A regular file, opened for writing; the path has no link left.
    File { path: PathBuf, file: File },
    /// Something that is no file on a disk, or is open under a name in `/proc`.
    Special { path: PathBuf, kind: SpecialKind },
}

/// What is no file on a disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(not(unix), expect(dead_code, reason = "only Unix tells all of them apart"))]
pub enum SpecialKind {
    Folder,
    /// Such as `/dev/null` or a terminal.
    Device,
    Disk,
    Pipe,
    Socket,
    /// Such as `/dev/stdout`, when that goes to a file.
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

    /// A disk would lose everything that is on it, and a socket cannot be opened.
    pub fn is_writable(self) -> bool {
        match self {
            Self::Device | Self::Pipe | Self::OpenFile => true,
            Self::Folder | Self::Disk | Self::Socket | Self::Unknown => false,
        }
    }

    pub fn refusal(self) -> io::Error {
        let told = match self {
            Self::Folder => "it is a folder, no regular file",
            Self::Device => "it is a device, no regular file",
            Self::Disk => "it is a disk, no regular file",
            Self::Pipe => "it is a pipe, no regular file",
            Self::Socket => "it is a socket, no regular file",
            Self::OpenFile => "it is open already; name the file itself",
            Self::Unknown => "it is no regular file",
        };
        io::Error::other(told)
    }
}

impl WriteTarget {
    pub fn resolve(path: &Path) -> io::Result<Self> {
        // This follows links as opening does: the kernel refuses those that someone else has put
        // into a folder that everyone may write to.
        match fs::metadata(path) {
            Ok(it) if !it.is_file() => {
                Ok(Self::Special { path: path.to_owned(), kind: SpecialKind::new(it.file_type()) })
            }
            Ok(_) => match resolve_links(path)? {
                Some(path) => {
                    let file = regular_file::open(&path, File::options().write(true))?;
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

    /// The file on a disk that is written.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Self::New(path) | Self::File { path, .. } => Some(path),
            Self::Special { .. } => None,
        }
    }
}

/// Whether writing to a path would replace a file, or create one at the end of a link. Devices and
/// pipes are not replaced, nor are folders, which cannot be written.
pub fn would_replace(path: &Path) -> bool {
    match fs::metadata(path) {
        Ok(it) => it.is_file() && resolve_links(path).is_ok_and(|it| it.is_some()),
        Err(_) => fs::symlink_metadata(path).is_ok(),
    }
}

/// The path without links, whether or not something is there; nothing for an open file.
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
    Err(io::Error::other("too many links lead to each other"))
}

/// Whether no other hard link leads to the file.
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
