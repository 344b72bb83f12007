//! The directory of cache entries: listed, cleared, kept within its size.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::manifest::{Manifest, SourceKey};
use crate::sources::atomic_file;
use crate::sources::disk::space::format_bytes;
use crate::text::sanitise;

/// The ending of an entry's name.
pub const ENTRY_EXTENSION: &str = "papers";
/// The ending of the file of word indexes beside it.
pub const INDEX_EXTENSION: &str = "words";

/// The directory of entries.
#[derive(Debug, Clone)]
pub struct Cache {
    pub directory: PathBuf,
    /// What all entries may take together, in bytes.
    pub max_bytes: u64,
}

/// An entry, as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CacheListing {
    /// The file it was made of; nothing where that cannot be told, since the entry is damaged or of
    /// another version.
    pub source: Option<String>,
    pub bytes: u64,
    /// The size of the file.
    pub source_bytes: u64,
    pub papers: u32,
    /// Whether the file is as it was.
    pub is_fresh: bool,
    path: PathBuf,
    last_used: SystemTime,
}

impl CacheListing {
    /// Removes the entry and what lies beside it.
    ///
    /// # Errors
    ///
    /// When one of both files cannot be removed.
    pub fn remove(&self) -> io::Result<()> {
        fs::remove_file(&self.path)?;
        match fs::remove_file(self.path.with_extension(INDEX_EXTENSION)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

impl Cache {
    pub fn new(directory: PathBuf, most: u64) -> Self {
        Self { directory, max_bytes: most }
    }

    /// A cache that is read and not added to.
    pub fn read_only(directory: PathBuf) -> Self {
        Self::new(directory, 0)
    }

    /// The same, not to be added to.
    #[must_use]
    pub fn as_read_only(&self) -> Self {
        Self::read_only(self.directory.clone())
    }

    /// Whether anything may be added.
    pub fn is_writable(&self) -> bool {
        self.max_bytes > 0
    }

    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// Every entry, the one that was used last first.
    ///
    /// # Errors
    ///
    /// When the directory is there but cannot be read.
    pub fn list(&self) -> io::Result<Vec<CacheListing>> {
        let mut listed = Vec::new();
        for path in self.files(ENTRY_EXTENSION)? {
            let Ok(metadata) = fs::metadata(&path) else { continue };
            let words = fs::metadata(path.with_extension(INDEX_EXTENSION)).map_or(0, |it| it.len());
            let contents = Manifest::read(&path).ok();
            let origin = contents.as_ref().map(|it| &it.source_key);
            listed.push(CacheListing {
                source: origin.map(|it| sanitise(&it.path).into_owned()),
                bytes: metadata.len() + words,
                source_bytes: origin.map_or(0, |it| it.size),
                papers: contents.as_ref().map_or(0, |it| it.papers),
                is_fresh: origin.is_some_and(SourceKey::is_fresh),
                path,
                last_used: metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH),
            });
        }
        listed.sort_by(|a, b| b.last_used.cmp(&a.last_used).then_with(|| a.path.cmp(&b.path)));
        Ok(listed)
    }

    /// Removes every entry, and returns how many they were and how many bytes.
    ///
    /// # Errors
    ///
    /// When one of them cannot be removed.
    pub fn clear(&self) -> io::Result<(usize, u64)> {
        let entries = self.list()?;
        for entry in &entries {
            entry.remove()?;
        }
        for path in self.files(INDEX_EXTENSION)? {
            fs::remove_file(path)?;
        }
        atomic_file::remove_leftovers(&self.directory)?;
        Ok((entries.len(), entries.iter().map(|it| it.bytes).sum()))
    }

    /// Where the entry of a file is, or would be.
    pub fn path(&self, origin: &SourceKey) -> PathBuf {
        self.directory.join(format!("{:016x}.{ENTRY_EXTENSION}", origin.hash()))
    }

    /// The files with that ending. What is no file was put there by someone else, and stays.
    fn files(&self, ending: &str) -> io::Result<Vec<PathBuf>> {
        let directory = match fs::read_dir(&self.directory) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            directory => directory?,
        };
        let files = directory.filter_map(Result::ok);
        let files = files.filter(|it| it.file_type().is_ok_and(|it| it.is_file()));
        Ok(files
            .map(|it| it.path())
            .filter(|it| it.extension() == Some(OsStr::new(ending)))
            .collect())
    }
}

/// A sentence that says where the cache is.
pub fn location_notice(bytes: u64, cache: &Cache) -> String {
    let directory = cache.directory.display().to_string();
    format!(
        "A cache of {} goes to {}, for a quick start the next time; `cache = false` in the \
         configuration turns it off.",
        format_bytes(bytes),
        sanitise(&directory)
    )
}
