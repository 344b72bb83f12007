//! Options and result of the event loop.

use std::path::PathBuf;

use super::clipboard::{ClipboardSetting, Environment};
use crate::app::{ExitResult, Settings};
use crate::cite::CiteOptions;
use crate::domain::Corpus;
use crate::library::SavedSearch;
use crate::sources::{Cache, OpenSource};

/// Options of the event loop.
pub struct RunOptions {
    pub sources: Vec<OpenSource>,
    pub settings: Settings,
    pub style: CiteOptions,
    /// The user's bibliographies, read before the first copy.
    pub bibliography_files: Vec<PathBuf>,
    pub clipboard: ClipboardSetting,
    pub environment: Environment,
    /// The library file. Without one, changes last for this run only.
    pub library: Option<PathBuf>,
    /// The cache of large files, if it is enabled.
    pub cache: Option<Cache>,
    /// The initial search.
    pub search: Option<SavedSearch>,
    /// Notices to show at the start.
    pub notices: Vec<String>,
}

/// Reason why the program ended.
#[derive(Debug)]
pub enum ExitReason {
    Quit(ExitResult, Corpus),
    /// A signal ended it; the value is the exit code.
    Signal(u8),
    /// The terminal is gone.
    TerminalLost,
}
