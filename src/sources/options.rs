//! How sources are to be read, beyond what they tell themselves.

use crate::domain::KeyPattern;
use crate::formats::{Format, Macros, Names, NotPapers, detect_with};

#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The format to insist on.
    pub format: Option<Format>,
    /// What fields are called in JSON and in tables, beside their usual names.
    pub names: Names,
    /// What citation keys are made of.
    pub keys: KeyPattern,
    /// The macros that the BibTeX files of the run have defined so far. All sources that are opened
    /// with clones of this share them, in the order in which they are read.
    pub macros: Macros,
}

impl Reading {
    /// The format of what begins so.
    ///
    /// # Errors
    ///
    /// When these are no papers, or of no format that is known.
    pub fn format(&self, head: &[u8]) -> Result<Format, NotPapers> {
        match (self.format, detect_with(head, &self.names)) {
            // Nobody insists on what is no text at all.
            (_, Err(why @ (NotPapers::Empty | NotPapers::Binary))) => Err(why),
            (Some(format), _) => Ok(format),
            (None, told) => told,
        }
    }
}
