//! What the loop starts with, and what it ends with.

use std::path::PathBuf;

use super::clipboard::{Setting, Surroundings};
use crate::app::{Outcome, Settings};
use crate::cite::CiteStyle;
use crate::domain::Corpus;
use crate::library::Saved;
use crate::sources::{Cache, Opened};

/// What the program starts with.
pub struct Start {
    pub opened: Vec<Opened>,
    pub settings: Settings,
    pub style: CiteStyle,
    /// The reader's own bibliographies, which are read before anything is copied.
    pub bibliography: Vec<PathBuf>,
    pub clipboard: Setting,
    pub surroundings: Surroundings,
    /// The file of the library; without one it is gone with the run.
    pub library: Option<PathBuf>,
    /// Where what was read of large files is kept.
    pub cache: Option<Cache>,
    /// What to search to begin with.
    pub search: Option<Saved>,
    /// Notices that are due at the start.
    pub notices: Vec<String>,
}

/// How the program ended.
#[derive(Debug)]
pub enum Ended {
    By(Outcome, Corpus),
    /// A signal asked for it, with the exit code that says so.
    Signal(u8),
    /// The terminal is gone.
    Lost,
}
