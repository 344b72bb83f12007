//! Detects that a file was removed or replaced while it is open.

use std::path::Path;

/// The identity of a file, which its path may lose to another file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileIdentity {
    device: u64,
    number: u64,
}

/// Change of the file at a path since it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileChange {
    Unchanged,
    Removed,
    /// Another file has the path.
    Replaced,
}

impl FileIdentity {
    /// The identity of the file at `path`; `None` without a file, or where files have none.
    #[cfg(unix)]
    pub fn read(path: &Path) -> Option<Self> {
        use std::os::unix::fs::MetadataExt as _;
        let metadata = std::fs::metadata(path).ok()?;
        Some(Self { device: metadata.dev(), number: metadata.ino() })
    }

    /// Returns `None`: an open file can be neither removed nor replaced.
    #[cfg(not(unix))]
    pub fn read(_path: &Path) -> Option<Self> {
        None
    }

    /// The change of the file at `path` since this identity was read.
    pub fn change_at(self, path: &Path) -> FileChange {
        match Self::read(path) {
            Some(now) if now == self => FileChange::Unchanged,
            Some(_) => FileChange::Replaced,
            // A folder that cannot be searched for a moment is no removal.
            None if path.try_exists().is_ok() => FileChange::Removed,
            None => FileChange::Unchanged,
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_removed_and_a_replaced_file_are_told_from_an_edited_one() {
        let directory = tempfile::tempdir().unwrap();
        let (path, other) = (directory.path().join("a"), directory.path().join("b"));
        fs::write(&path, "one").unwrap();
        let identity = FileIdentity::read(&path).unwrap();
        fs::write(&path, "two").unwrap();
        assert_eq!(identity.change_at(&path), FileChange::Unchanged);
        fs::write(&other, "three").unwrap();
        fs::rename(&other, &path).unwrap();
        assert_eq!(identity.change_at(&path), FileChange::Replaced);
        fs::remove_file(&path).unwrap();
        assert_eq!(identity.change_at(&path), FileChange::Removed);
    }
}
