//! The files of a folder, in order.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A folder in a folder and so on is looked into so many times.
const MOST_DEPTH: usize = 32;

/// Every file in the folder and in the folders in it, by name, with its size in bytes. What is
/// hidden is left out, and folders that are only linked to, for they may lead back.
///
/// # Errors
///
/// When the folder cannot be listed; one in it that cannot is passed over.
pub(super) fn files(folder: &Path) -> io::Result<Vec<(PathBuf, u64)>> {
    let mut files = Vec::new();
    collect(folder, 0, &mut files)?;
    Ok(files)
}

fn collect(folder: &Path, depth: usize, files: &mut Vec<(PathBuf, u64)>) -> io::Result<()> {
    let mut entries: Vec<fs::DirEntry> = fs::read_dir(folder)?.collect::<io::Result<_>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        match entry.file_type()? {
            kind if kind.is_dir() && depth < MOST_DEPTH => {
                // What may not be looked into is no reason to give up the rest.
                let _ = collect(&path, depth + 1, files);
            }
            _ => {
                if let Some(file) = fs::metadata(&path).ok().filter(fs::Metadata::is_file) {
                    files.push((path, file.len()));
                }
            }
        }
    }
    Ok(())
}
