//! Options for reading sources.

use std::sync::Arc;

use super::inbox::InboxSettings;
use super::online::{Freshness, OnlineSettings};
use crate::domain::KeyPattern;
use crate::formats::{Abbreviations, FieldNames, Format, UnrecognisedInput, detect_with};

/// Options that apply to all sources of a run.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// Format set by the user, which overrides the detected one.
    pub detect_format: Option<Format>,
    /// Names of fields in JSON and tables, in addition to the usual ones.
    pub field_names: FieldNames,
    /// Pattern of citation keys.
    pub key_pattern: KeyPattern,
    /// Abbreviations (`@string`) defined by the BibTeX files of the run so far. Sources opened with
    /// clones of these options share them, in the order in which they are read.
    pub abbreviations: Abbreviations,
    /// Settings of what goes over the network.
    pub online: Arc<OnlineSettings>,
    pub freshness: Freshness,
    /// The inbox, if the user has a directory for it.
    pub inbox: Option<Arc<InboxSettings>>,
}

impl ReadOptions {
    /// Returns the format of a source that begins with `head`.
    ///
    /// # Errors
    ///
    /// Returns an error if the format is unknown or `head` contains no papers.
    pub fn format(&self, head: &[u8]) -> Result<Format, UnrecognisedInput> {
        match (self.detect_format, detect_with(head, &self.field_names)) {
            // `--from` cannot override this: empty, binary and UTF-16 input is never readable.
            (_, Err(reason @ (UnrecognisedInput::Empty | UnrecognisedInput::Binary))) => {
                Err(reason)
            }
            (Some(format), _) => Ok(format),
            (None, message) => message,
        }
    }
}
