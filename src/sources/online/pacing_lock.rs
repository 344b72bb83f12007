//! Locks the state of a group of hosts, among all processes of the user or, without a directory, in
//! this one.
//!
//! The lock is one of the file: the system releases it when a process dies.

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};

use crate::sources::disk::open_regular;

/// The states of a process that has no directory for them.
static PROCESS_STATES: LazyLock<Arc<ProcessStates>> = LazyLock::new(Arc::default);

/// A longer file is no state.
const MAX_STATE_LEN: u64 = 64 << 10;

/// The place of the states.
#[derive(Debug, Clone)]
pub struct PacingStore {
    directory: Option<PathBuf>,
    process: Arc<ProcessStates>,
}

/// The states of groups in memory.
#[derive(Debug, Default)]
struct ProcessStates(Mutex<BTreeMap<&'static str, ProcessState>>);

#[derive(Debug, Default)]
struct ProcessState {
    is_locked: bool,
    text: String,
}

/// The locked state of a group. Dropping it releases the lock.
#[derive(Debug)]
pub enum PacingLock {
    File(File),
    Process(ProcessLock),
}

#[derive(Debug)]
pub struct ProcessLock {
    states: Arc<ProcessStates>,
    group: &'static str,
}

impl PacingStore {
    /// The states of a directory; of this process without one.
    pub fn new(directory: Option<PathBuf>) -> Self {
        Self { directory, process: Arc::clone(&PROCESS_STATES) }
    }

    /// Locks a group. `None` if another request has locked it.
    pub fn try_lock(&self, group: &'static str) -> Option<PacingLock> {
        if let Some(file) = self.directory.as_deref().and_then(|it| open_state(it, group).ok()) {
            match file.try_lock() {
                Ok(()) => return Some(PacingLock::File(file)),
                Err(TryLockError::WouldBlock) => return None,
                // The file system has no locks. The limit holds at least in this process.
                Err(TryLockError::Error(_)) => {}
            }
        }
        let mut states = self.process.states();
        let state = states.entry(group).or_default();
        let is_free = !std::mem::replace(&mut state.is_locked, true);
        is_free
            .then(|| PacingLock::Process(ProcessLock { states: Arc::clone(&self.process), group }))
    }
}

impl ProcessStates {
    fn states(&self) -> MutexGuard<'_, BTreeMap<&'static str, ProcessState>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PacingLock {
    /// The text of the state; empty at first.
    pub fn read(&mut self) -> String {
        match self {
            Self::File(file) => read_text(file).unwrap_or_else(|_| "unreadable".to_owned()),
            Self::Process(lock) => {
                lock.states.states().get(lock.group).map_or_else(String::new, |it| it.text.clone())
            }
        }
    }

    /// Replaces the state. A failure is ignored: the lock alone keeps requests apart.
    pub fn write(&mut self, text: &str) {
        match self {
            Self::File(file) => {
                let _ = write_text(file, text);
            }
            Self::Process(lock) => {
                let mut states = lock.states.states();
                text.clone_into(&mut states.entry(lock.group).or_default().text);
            }
        }
    }
}

impl Drop for ProcessLock {
    fn drop(&mut self) {
        self.states.states().entry(self.group).or_default().is_locked = false;
    }
}

fn open_state(directory: &Path, group: &str) -> io::Result<File> {
    let mut options = File::options();
    options.read(true).write(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let path = directory.join(group);
    match open_regular(&path, &mut options) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let mut builder = fs::DirBuilder::new();
            builder.recursive(true);
            #[cfg(unix)]
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
            builder.create(directory)?;
            open_regular(&path, &mut options)
        }
        opened => opened,
    }
}

fn read_text(mut file: &File) -> io::Result<String> {
    file.rewind()?;
    let mut text = String::new();
    file.take(MAX_STATE_LEN).read_to_string(&mut text)?;
    Ok(text)
}

fn write_text(mut file: &File, text: &str) -> io::Result<()> {
    file.rewind()?;
    file.write_all(text.as_bytes())?;
    file.set_len(text.len() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_locked_once_and_keeps_its_state() {
        let directory = tempfile::tempdir().unwrap();
        for folder in [Some(directory.path().join("deep/pacing")), None] {
            let store = PacingStore { directory: folder, process: Arc::default() };
            let mut lock = store.try_lock("arxiv").unwrap();
            assert_eq!(lock.read(), "");
            lock.write("a long state");
            lock.write("short");
            assert!(store.try_lock("arxiv").is_none());
            assert!(store.try_lock("dblp").is_some());
            drop(lock);
            assert_eq!(store.try_lock("arxiv").unwrap().read(), "short");
        }
    }

    #[test]
    fn without_a_writable_directory_the_process_keeps_the_state() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("file");
        std::fs::write(&file, "").unwrap();
        let store = PacingStore { directory: Some(file), process: Arc::default() };
        let lock = store.try_lock("arxiv").unwrap();
        assert!(matches!(lock, PacingLock::Process(_)));
        assert!(store.try_lock("arxiv").is_none());
    }
}
