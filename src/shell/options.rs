//! What the loop starts with, and what it ends with.

use std::path::PathBuf;

use super::clipboard::{ClipboardSetting, Environment};
use crate::app::{ExitResult, Settings};
use crate::cite::CiteOptions;
use crate::domain::Corpus;
use crate::library::SavedSearch;
use crate::sources::{Cache, OpenSource};

/// What the program starts with.
pub struct RunOptions {
    pub opened: Vec<OpenSource>,
    pub settings: Settings,
    pub style: CiteOptions,
    /// The reader's own bibliographies, which are read before anything is copied.
    pub bibliography_files: Vec<PathBuf>,
    pub clipboard: ClipboardSetting,
    pub environment: Environment,
    /// The file of the library; without one it is gone with the run.
    pub library: Option<PathBuf>,
    /// Where what was read of large files is kept.
    pub cache: Option<Cache>,
    /// What to search to begin with.
    pub search: Option<SavedSearch>,
    /// Notices that are due at the start.
    pub notices: Vec<String>,
}

/// How the program ended.
#[derive(Debug)]
pub enum ExitReason {
    Quit(ExitResult, Corpus),
    /// A signal asked for it, with the exit code that says so.
    Signal(u8),
    /// The terminal is gone.
    TerminalLost,
}
