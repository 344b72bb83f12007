//! Lists the files of a folder recursively.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::sources::disk::io_reason;
use crate::text::sanitise;

/// Maximum depth of nested folders.
const MAX_FOLDER_DEPTH: usize = 32;

/// The folders of read and of unread mails.
const MAILDIR_FOLDERS: [&str; 2] = ["cur", "new"];

/// The files of a folder and its subfolders.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FolderListing {
    /// All files, sorted by name within each folder.
    pub files: Vec<PathBuf>,
    /// Size of all files, in bytes.
    pub bytes: u64,
    /// Messages about folders that could not be listed.
    pub unreadable: Vec<String>,
}

impl FolderListing {
    /// Lists a folder. Hidden entries are skipped, and links to folders, which may form cycles.
    ///
    /// # Errors
    ///
    /// Returns an error if the folder cannot be listed; for subfolders, a message is added to
    /// [`Self::unreadable`].
    pub fn read(folder: &Path) -> io::Result<Self> {
        let mut listing = Self::default();
        listing.collect(folder, 0)?;
        Ok(listing)
    }

    fn collect(&mut self, folder: &Path, depth: usize) -> io::Result<()> {
        // A `maildir` also has a folder of mails that are not yet complete.
        let is_maildir = MAILDIR_FOLDERS.iter().all(|it| folder.join(it).is_dir());
        let mut entries: Vec<fs::DirEntry> = fs::read_dir(folder)?.collect::<io::Result<_>>()?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let path = entry.path();
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if is_maildir && entry.file_name() == "tmp" {
                continue;
            }
            if entry.file_type()?.is_dir() {
                self.collect_below(&path, depth + 1);
            } else if let Some(file) = fs::metadata(&path).ok().filter(fs::Metadata::is_file) {
                self.bytes += file.len();
                self.files.push(path);
            }
        }
        Ok(())
    }

    /// Lists a subfolder, or adds a message if it cannot be listed.
    fn collect_below(&mut self, folder: &Path, depth: usize) {
        let reason = if depth > MAX_FOLDER_DEPTH {
            format!("nested more than {MAX_FOLDER_DEPTH} folders deep; name it to read it")
        } else {
            match self.collect(folder, depth) {
                Ok(()) => return,
                Err(error) => io_reason(&error),
            }
        };
        let name = sanitise(&folder.to_string_lossy()).into_owned();
        self.unreadable.push(format!("{name}: {reason}"));
    }
}
