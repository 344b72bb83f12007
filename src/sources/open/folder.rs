//! The files of a folder, in order.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::text::sanitise;

/// A folder in a folder and so on is looked into so many times.
const MAX_FOLDER_DEPTH: usize = 32;

/// The contents of a folder and of the folders in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FolderListing {
    /// Every file, by name.
    pub files: Vec<PathBuf>,
    /// The size of all files, in bytes.
    pub bytes: u64,
    /// Folders that were not looked into, each in a sentence.
    pub unreadable: Vec<String>,
}

impl FolderListing {
    /// Lists a folder. Hidden entries are left out, and folders that are only linked to, for they
    /// may lead back.
    ///
    /// # Errors
    ///
    /// When the folder cannot be listed; one in it that cannot is told as unread.
    pub fn read(folder: &Path) -> io::Result<Self> {
        let mut listing = Self::default();
        listing.collect(folder, 0)?;
        Ok(listing)
    }

    fn collect(&mut self, folder: &Path, depth: usize) -> io::Result<()> {
        let mut entries: Vec<fs::DirEntry> = fs::read_dir(folder)?.collect::<io::Result<_>>()?;
        entries.sort_by_key(fs::DirEntry::file_name);
        for entry in entries {
            let path = entry.path();
            if entry.file_name().to_string_lossy().starts_with('.') {
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

    /// Lists a folder in a folder. One that cannot be listed is no reason to give up the rest.
    fn collect_below(&mut self, folder: &Path, depth: usize) {
        let why = if depth > MAX_FOLDER_DEPTH {
            format!("it lies more than {MAX_FOLDER_DEPTH} folders deep; name it to read it")
        } else {
            match self.collect(folder, depth) {
                Ok(()) => return,
                Err(error) => error.to_string(),
            }
        };
        let name = sanitise(&folder.to_string_lossy()).into_owned();
        self.unreadable.push(format!("cannot look into the folder {name}: {why}"));
    }
}
