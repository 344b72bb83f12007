//! All papers that the inbox has or had, to tell which ones are new.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::ops::ControlFlow;
use std::path::Path;

use super::directory::InboxDirectory;
use super::identity_index::{IdentityIndex, RecordIdentity};
use crate::domain::{BibField, Draft, Paper};
use crate::formats::{Format, read};

/// A line of a file of the inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownRecord {
    /// The source whose file has the line.
    pub source: String,
    /// The number of the line, from zero.
    pub line: u64,
    /// The day on which the paper was listed first, `2021-05-03`.
    pub listed: String,
    pub announcement: String,
    pub version: u16,
}

/// All papers that the inbox has, and the keys of those that it had.
#[derive(Debug, Default)]
pub struct KnownRecords {
    pub records: IdentityIndex<KnownRecord>,
    /// Keys of the papers that are kept no longer.
    pub past: HashSet<u64>,
}

impl KnownRecords {
    /// Reads all files of the inbox.
    ///
    /// # Errors
    ///
    /// Returns an error if a file cannot be read.
    pub fn read(directory: &InboxDirectory) -> io::Result<Self> {
        let past = directory.past_keys()?;
        let mut known = Self { records: IdentityIndex::default(), past };
        for name in directory.names() {
            each_line(&directory.file(&name), &mut |line, text| {
                if let Some(draft) = draft_of_line(text) {
                    let record = KnownRecord {
                        source: name.clone(),
                        line,
                        listed: draft.field(BibField::Listed).to_owned(),
                        announcement: draft.field(BibField::Announcement).to_owned(),
                        version: version_number(draft.field(BibField::Version)),
                    };
                    known.records.insert(RecordIdentity::from(&draft), record);
                }
                Ok(())
            })?;
        }
        Ok(known)
    }

    /// Returns true if the paper was kept once.
    pub fn is_past(&self, identity: &RecordIdentity) -> bool {
        !self.past.is_empty() && identity.hashes().any(|it| self.past.contains(&it))
    }
}

/// Calls back with each line of a file and its number, from zero. A file that does not exist has no
/// lines.
///
/// # Errors
///
/// Returns an error if the file cannot be read, or that of `each`.
pub fn each_line(
    path: &Path,
    each: &mut dyn FnMut(u64, &[u8]) -> io::Result<()>,
) -> io::Result<()> {
    let mut input = match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        opened => BufReader::new(opened?),
    };
    let mut line = Vec::new();
    for number in 0.. {
        line.clear();
        if input.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        each(number, &line)?;
    }
    Ok(())
}

/// The paper of a line; `None` if it has none that can be read.
pub fn draft_of_line(line: &[u8]) -> Option<Draft> {
    let (mut draft, mut input) = (None, line);
    let read = read(Format::Jsonl, &mut input, &mut |record| {
        draft = draft.take().or_else(|| record.ok());
        ControlFlow::Continue(())
    });
    read.ok().and(draft)
}

/// The number of a version, as in `v3` or `3`; 1 if it is unknown.
pub fn version_number(version: &str) -> u16 {
    version.trim_start_matches(['v', 'V']).parse().unwrap_or(1)
}

/// The version of a paper; 1 if it is unknown.
pub fn version_of(paper: &Paper<'_>) -> u16 {
    version_number(paper.field(BibField::Version))
}
