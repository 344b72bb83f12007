//! How sources are to be read, beyond what they tell themselves.

use crate::domain::KeyPattern;
use crate::formats::{Abbreviations, FieldNames, Format, UnrecognisedInput, detect_with};

#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// The format to insist on.
    pub detect_format: Option<Format>,
    /// What fields are called in JSON and in tables, beside their usual names.
    pub field_names: FieldNames,
    /// What citation keys are made of.
    pub key_pattern: KeyPattern,
    /// The macros that the BibTeX files of the run have defined so far. All sources that are opened
    /// with clones of this share them, in the order in which they are read.
    pub abbreviations: Abbreviations,
}

impl ReadOptions {
    /// The format of what begins so.
    ///
    /// # Errors
    ///
    /// When these are no papers, or of no format that is known.
    pub fn format(&self, head: &[u8]) -> Result<Format, UnrecognisedInput> {
        match (self.detect_format, detect_with(head, &self.field_names)) {
            // Nobody insists on what is no text at all.
            (_, Err(why @ (UnrecognisedInput::Empty | UnrecognisedInput::Binary))) => Err(why),
            (Some(format), _) => Ok(format),
            (None, told) => told,
        }
    }
}
