//! The times of the last fetches, and of an update that was not finished.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::directory::InboxDirectory;
use crate::sources::atomic_file::write_private;

/// An update that was broken off is continued for this long, in seconds. Later, all is fetched anew.
const MAX_BROKEN_AGE: i64 = 600;

/// The times of the last fetches, in seconds since the start of 1970.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FetchLog {
    file: PathBuf,
    times: FetchTimes,
    /// Sources that were fetched since then are not due. In seconds since the start of 1970.
    due_before: i64,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct FetchTimes {
    /// The start of an update that is not done.
    unfinished_since: Option<i64>,
    sources: BTreeMap<String, FetchTime>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct FetchTime {
    /// A fetch of another address says nothing.
    address: String,
    at: i64,
}

impl FetchLog {
    /// Reads the file. One that is missing or damaged is that of an inbox without a fetch.
    pub fn read(directory: &InboxDirectory) -> Self {
        let file = directory.path().join("fetched.json");
        let text = fs::read(&file).unwrap_or_default();
        let times = serde_json::from_slice(&text).unwrap_or_default();
        Self { file, times, due_before: i64::MAX }
    }

    /// The time of the last fetch of a source.
    pub fn last_fetch(&self, name: &str, address: &str) -> Option<i64> {
        let fetch = self.times.sources.get(name).filter(|it| it.address == address);
        fetch.map(|it| it.at)
    }

    /// Begins an update, or continues one that was broken off a moment ago: what it has fetched is
    /// not fetched again. `asked_at` is the time at which the user asked for it, which is earlier
    /// than `now` if another update was running: what that has fetched since is not fetched again
    /// either.
    pub fn begin(&mut self, asked_at: i64, now: i64) {
        let broken = self.times.unfinished_since;
        let broken = broken.filter(|it| (0..=MAX_BROKEN_AGE).contains(&(now - it)));
        let waited = (asked_at < now).then_some(asked_at);
        self.due_before = broken.into_iter().chain(waited).min().unwrap_or(now + 1);
        self.times.unfinished_since = Some(broken.unwrap_or(now));
    }

    /// Returns true if a source is to be fetched in this update.
    pub fn is_due(&self, name: &str, address: &str) -> bool {
        self.last_fetch(name, address).is_none_or(|at| at < self.due_before)
    }

    pub fn add_fetch(&mut self, name: &str, address: &str, now: i64) {
        let fetch = FetchTime { address: address.to_owned(), at: now };
        self.times.sources.insert(name.to_owned(), fetch);
    }

    /// Ends the update.
    pub fn finish(&mut self) {
        self.times.unfinished_since = None;
    }

    /// Replaces the file.
    ///
    /// # Errors
    ///
    /// Returns an error if it cannot be written.
    pub fn save(&self) -> io::Result<()> {
        let text = serde_json::to_string(&self.times).map_err(io::Error::other)?;
        write_private(&self.file, &format!("{text}\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_update_that_was_broken_off_is_continued_for_a_while() {
        let folder = tempfile::tempdir().unwrap();
        let directory = InboxDirectory::new(folder.path().to_owned());
        let mut log = FetchLog::read(&directory);
        log.begin(1000, 1000);
        log.add_fetch("a", "hf", 1001);
        log.save().unwrap();
        let mut next = FetchLog::read(&directory);
        next.begin(1010, 1010);
        assert_eq!(["a", "b"].map(|it| next.is_due(it, "hf")), [false, true]);
        assert!(next.is_due("a", "hf:trending"));
        next.finish();
        next.save().unwrap();
        let mut later = FetchLog::read(&directory);
        later.begin(1010, 1010);
        assert!(later.is_due("a", "hf"));
        let mut late = FetchLog::read(&directory);
        late.times.unfinished_since = Some(1000);
        late.begin(1000 + MAX_BROKEN_AGE + 1, 1000 + MAX_BROKEN_AGE + 1);
        assert!(late.is_due("a", "hf"));
    }

    #[test]
    fn what_another_update_fetched_while_this_one_waited_is_not_due() {
        let folder = tempfile::tempdir().unwrap();
        let mut log = FetchLog::read(&InboxDirectory::new(folder.path().to_owned()));
        log.add_fetch("a", "hf", 1005);
        log.add_fetch("b", "hf", 990);
        log.begin(1000, 1010);
        assert_eq!(["a", "b"].map(|it| log.is_due(it, "hf")), [false, true]);
    }

    #[test]
    fn a_damaged_file_is_that_of_an_inbox_without_a_fetch() {
        let folder = tempfile::tempdir().unwrap();
        let directory = InboxDirectory::new(folder.path().to_owned());
        fs::write(folder.path().join("fetched.json"), "{\"sources\": 3").unwrap();
        assert_eq!(FetchLog::read(&directory).last_fetch("a", "hf"), None);
    }
}
