//! The directory of the inbox: its files, and the locks of those who change them.

use std::collections::HashSet;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::source_name::{NEWS, is_same_name};
use crate::sources::source::InboxFile;

const EXTENSION: &str = "jsonl";
/// The keys of papers that are kept no longer.
const PAST_EXTENSION: &str = "past";
/// The folder of the files of sources that are followed no longer.
const UNFOLLOWED: &str = "unfollowed";

/// The directory of the inbox.
#[derive(Debug, Clone)]
pub struct InboxDirectory {
    path: PathBuf,
}

impl InboxDirectory {
    pub fn new(path: PathBuf) -> Self {
        Self { path }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The file with the papers of a source.
    pub fn file(&self, name: &str) -> PathBuf {
        self.path.join(format!("{name}.{EXTENSION}"))
    }

    /// The file with the keys of the papers of a source that are kept no longer.
    pub fn past_file(&self, name: &str) -> PathBuf {
        self.path.join(format!("{name}.{PAST_EXTENSION}"))
    }

    /// The names of the sources that have papers: first the news of marked papers, whose reason
    /// takes precedence, then by name.
    pub fn names(&self) -> Vec<String> {
        let mut names = names_in(&self.path);
        names.sort_by_key(|it| (it != NEWS, it.to_lowercase()));
        names
    }

    /// The files to read for all sources, or for one.
    pub fn files(&self, name: Option<&str>) -> Vec<InboxFile> {
        let names = self.names().into_iter();
        let wanted = names.filter(|it| name.is_none_or(|name| is_same_name(it, name)));
        let file = |it: String| InboxFile { path: self.file(&it), name: name.map(|_| it) };
        wanted.map(file).collect()
    }

    /// Creates the directory, for its owner only.
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be created.
    pub fn create(&self) -> io::Result<()> {
        create_private(&self.path)
    }

    /// Waits until no other process updates the inbox. The lock ends with the file that is returned,
    /// and with the process. `on_wait` is called if another process has it.
    ///
    /// # Errors
    ///
    /// Returns an error if the lock cannot be made.
    pub fn lock_update(&self, on_wait: &mut dyn FnMut()) -> io::Result<File> {
        self.lock("update.lock", on_wait)
    }

    /// Waits until no other process changes what is followed.
    ///
    /// # Errors
    ///
    /// Returns an error if the lock cannot be made.
    pub fn lock_follow_list(&self) -> io::Result<File> {
        self.lock("follow.lock", &mut || {})
    }

    fn lock(&self, name: &str, on_wait: &mut dyn FnMut()) -> io::Result<File> {
        self.create()?;
        let path = self.path.join(name);
        let file = File::options().create(true).truncate(false).write(true).open(path)?;
        match file.try_lock() {
            Err(TryLockError::WouldBlock) => {
                on_wait();
                file.lock()?;
            }
            // Without locks on this file system, two updates at once are possible but harmless: each
            // replaces whole files.
            Ok(()) | Err(TryLockError::Error(_)) => {}
        }
        Ok(file)
    }

    /// Moves the files of sources that are followed no longer out of the inbox, and those of sources
    /// that are followed again back.
    ///
    /// # Errors
    ///
    /// Returns an error if a file cannot be moved.
    pub fn match_followed(&self, followed: &[&str]) -> io::Result<()> {
        let is_followed = |name: &str| followed.iter().any(|it| is_same_name(it, name));
        for name in names_in(&self.path) {
            if name != NEWS && !is_followed(&name) {
                self.unfollow(&name)?;
            }
        }
        let unfollowed = Self::new(self.path.join(UNFOLLOWED));
        for name in names_in(&unfollowed.path) {
            if is_followed(&name) && !self.file(&name).exists() {
                move_if_there(&unfollowed.past_file(&name), &self.past_file(&name))?;
                move_if_there(&unfollowed.file(&name), &self.file(&name))?;
            }
        }
        Ok(())
    }

    /// Moves the files of a source out of the inbox. Returns the file with its papers, if it has
    /// any.
    ///
    /// # Errors
    ///
    /// Returns an error if a file cannot be moved.
    pub fn unfollow(&self, name: &str) -> io::Result<Option<PathBuf>> {
        let unfollowed = Self::new(self.path.join(UNFOLLOWED));
        unfollowed.create()?;
        let target = unfollowed.file(name);
        let is_moved = move_if_there(&self.file(name), &target)?;
        move_if_there(&self.past_file(name), &unfollowed.past_file(name))?;
        Ok(is_moved.then_some(target))
    }

    /// The keys of all papers that were kept once.
    ///
    /// # Errors
    ///
    /// Returns an error if a file cannot be read.
    pub fn past_keys(&self) -> io::Result<HashSet<u64>> {
        let mut keys = HashSet::new();
        for file in entries(&self.path) {
            if file.extension().is_some_and(|it| it == PAST_EXTENSION) {
                keys.extend(read_keys(&file)?);
            }
        }
        Ok(keys)
    }
}

/// The keys in a file, one a line in hexadecimal digits; none if it does not exist.
///
/// # Errors
///
/// Returns an error if the file cannot be read.
pub fn read_keys(file: &Path) -> io::Result<Vec<u64>> {
    let text = match fs::read(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        read => read?,
    };
    let lines = text.split(|it| *it == b'\n').filter_map(|it| std::str::from_utf8(it).ok());
    Ok(lines.filter_map(|it| u64::from_str_radix(it.trim(), 16).ok()).collect())
}

fn create_private(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries.map(|it| it.path()).collect()
}

/// The names of the files with papers in a folder. Empty files are left out.
fn names_in(folder: &Path) -> Vec<String> {
    let is_file = |it: &PathBuf| {
        it.extension().is_some_and(|it| it == EXTENSION)
            && fs::metadata(it).is_ok_and(|it| it.is_file() && it.len() > 0)
    };
    let files = entries(folder).into_iter().filter(is_file);
    let name = |it: PathBuf| it.file_stem()?.to_str().map(str::to_owned);
    files.filter_map(name).filter(|it| !it.starts_with('.')).collect()
}

/// Renames a file. Returns false if there is none.
fn move_if_there(from: &Path, to: &Path) -> io::Result<bool> {
    match fs::rename(from, to) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn news_come_first_and_what_is_followed_no_longer_goes_and_comes_back() {
        let folder = tempfile::tempdir().unwrap();
        let inbox = InboxDirectory::new(folder.path().join("inbox"));
        assert_eq!(inbox.names(), Vec::<String>::new());
        inbox.create().unwrap();
        for name in ["b", "News", "A"] {
            fs::write(inbox.file(name), "{}\n").unwrap();
        }
        fs::write(inbox.file("empty"), "").unwrap();
        fs::write(inbox.past_file("b"), "00000000000000ff\nx\n").unwrap();
        assert_eq!(inbox.names(), ["News", "A", "b"]);
        assert_eq!(inbox.past_keys().unwrap(), HashSet::from([255]));
        inbox.match_followed(&["a"]).unwrap();
        assert_eq!(inbox.names(), ["News", "A"]);
        assert_eq!(inbox.past_keys().unwrap(), HashSet::new());
        inbox.match_followed(&["a", "B"]).unwrap();
        assert_eq!(inbox.names(), ["News", "A", "b"]);
        assert_eq!(inbox.past_keys().unwrap(), HashSet::from([255]));
        let files = inbox.files(Some("a"));
        assert_eq!(files, [InboxFile { path: inbox.file("A"), name: Some("A".to_owned()) }]);
    }
}
