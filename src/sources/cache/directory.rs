//! The cache directory: lists, removes and limits its entries.

use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::manifest::{Manifest, SourceKey};
use crate::sources::atomic_file;
use crate::sources::disk::format_bytes;
use crate::text::sanitise;

/// File extension of an entry.
pub const ENTRY_EXTENSION: &str = "papers";
/// File extension of the word index of an entry.
pub const INDEX_EXTENSION: &str = "words";

/// The cache directory.
#[derive(Debug, Clone)]
pub struct Cache {
    pub directory: PathBuf,
    /// Maximum size of all entries together, in bytes. 0 makes the cache read-only.
    pub max_bytes: u64,
}

/// An entry in a listing of the cache.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CacheListing {
    /// Path of the source file; `None` for an entry that is corrupt or of another version.
    pub source: Option<String>,
    pub bytes: u64,
    /// Size of the source file, in bytes.
    pub source_bytes: u64,
    pub papers: u32,
    /// True if the source file is unchanged.
    pub is_fresh: bool,
    path: PathBuf,
    last_used: SystemTime,
}

impl CacheListing {
    /// Removes the entry and its index.
    ///
    /// # Errors
    ///
    /// Returns an error if one of the two files cannot be removed.
    pub fn remove(&self) -> io::Result<()> {
        fs::remove_file(&self.path)?;
        match fs::remove_file(self.path.with_extension(INDEX_EXTENSION)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }
}

impl Cache {
    pub fn new(directory: PathBuf, max_bytes: u64) -> Self {
        Self { directory, max_bytes }
    }

    /// Opens a cache without writing to it.
    pub fn read_only(directory: PathBuf) -> Self {
        Self::new(directory, 0)
    }

    /// Returns the cache without write access.
    #[must_use]
    pub fn as_read_only(&self) -> Self {
        Self::read_only(self.directory.clone())
    }

    /// Returns true if entries may be written.
    pub fn is_writable(&self) -> bool {
        self.max_bytes > 0
    }

    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// Lists all entries, the most recently used first.
    ///
    /// # Errors
    ///
    /// Returns an error if the directory exists but cannot be read.
    pub fn list(&self) -> io::Result<Vec<CacheListing>> {
        let mut entries = Vec::new();
        for path in self.files(ENTRY_EXTENSION)? {
            let Ok(metadata) = fs::metadata(&path) else { continue };
            let words = fs::metadata(path.with_extension(INDEX_EXTENSION)).map_or(0, |it| it.len());
            let contents = Manifest::read(&path).ok();
            let source_key = contents.as_ref().map(|it| &it.source_key);
            entries.push(CacheListing {
                source: source_key.map(|it| sanitise(&it.path).into_owned()),
                bytes: metadata.len() + words,
                source_bytes: source_key.map_or(0, |it| it.size),
                papers: contents.as_ref().map_or(0, |it| it.papers),
                is_fresh: source_key.is_some_and(SourceKey::is_fresh),
                path,
                last_used: metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH),
            });
        }
        entries.sort_by(|a, b| b.last_used.cmp(&a.last_used).then_with(|| a.path.cmp(&b.path)));
        Ok(entries)
    }

    /// Removes all entries. Returns their number and their size in bytes.
    ///
    /// # Errors
    ///
    /// Returns an error if one of them cannot be removed.
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

    /// Returns the path of the entry of a source, whether or not it exists.
    pub fn path(&self, source_key: &SourceKey) -> PathBuf {
        self.directory.join(format!("{:016x}.{ENTRY_EXTENSION}", source_key.hash()))
    }

    /// Lists the regular files with an extension. Anything else is not ours and is ignored.
    fn files(&self, extension: &str) -> io::Result<Vec<PathBuf>> {
        let directory = match fs::read_dir(&self.directory) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            directory => directory?,
        };
        let files = directory.filter_map(Result::ok);
        let files = files.filter(|it| it.file_type().is_ok_and(|it| it.is_file()));
        Ok(files
            .map(|it| it.path())
            .filter(|it| it.extension() == Some(OsStr::new(extension)))
            .collect())
    }
}

/// Returns a notice that names size and directory of the cache.
pub fn location_notice(bytes: u64, cache: &Cache) -> String {
    let directory = cache.directory.display().to_string();
    format!(
        "A cache of {} goes to {}, for a quick start the next time; `cache = false` in the \
         configuration turns it off.",
        format_bytes(bytes),
        sanitise(&directory)
    )
}
