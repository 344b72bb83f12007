//! Options and result of the event loop.

use std::path::PathBuf;
use std::time::Duration;

use super::clipboard::{ClipboardSetting, Connection, Environment};
use super::preferences::load_bibliography;
use super::terminal::display::Display;
use crate::app::model::citing::LastBibliography;
use crate::app::{ExitResult, RunMode, Settings, TipsVisibility};
use crate::cite::CiteOptions;
use crate::domain::Corpus;
use crate::library::SavedSearch;
use crate::sources::{Cache, OpenSource};

/// A lone Esc of a local terminal waits this long for the rest of a key's sequence.
const LOCAL_ESCAPE_TIMEOUT: Duration = Duration::from_millis(30);
/// Over SSH and mosh, packets may split a sequence.
const REMOTE_ESCAPE_TIMEOUT: Duration = Duration::from_millis(100);

/// Options of the event loop.
pub struct RunOptions {
    pub sources: Vec<OpenSource>,
    pub settings: Settings,
    pub style: CiteOptions,
    /// The user's bibliographies, read before the first copy.
    pub bibliography_files: Vec<PathBuf>,
    pub clipboard: ClipboardSetting,
    pub environment: Environment,
    /// The part of the terminal to draw on.
    pub display: Display,
    /// The library file. Without one, changes last for this run only.
    pub library: Option<PathBuf>,
    /// The cache of large files, if it is enabled.
    pub cache: Option<Cache>,
    /// The time that a lone Esc waits for the rest of a key's sequence, if configured.
    pub escape_timeout: Option<Duration>,
    /// The initial search.
    pub search: Option<SavedSearch>,
    /// Notices to show at the start.
    pub notices: Vec<String>,
}

impl RunOptions {
    /// The tips are shown at the first start, when there is no library file yet.
    pub fn tips(&self) -> TipsVisibility {
        let is_first = self.library.as_ref().is_some_and(|file| !file.exists());
        if is_first && self.settings.run_mode == RunMode::Browse {
            TipsVisibility::Shown
        } else {
            TipsVisibility::Hidden
        }
    }

    /// The bibliography that papers were exported to last, in an earlier run.
    pub fn last_bibliography(&self) -> Option<LastBibliography> {
        let path = load_bibliography(self.environment.state_dir.as_deref()?)?;
        LastBibliography::from_path(&path)
    }
}

/// The time that a lone Esc waits for the rest of a sequence: as configured, or as the connection
/// to the terminal needs.
pub fn escape_timeout(configured: Option<Duration>, connection: Connection) -> Duration {
    configured.unwrap_or(match connection {
        Connection::Local => LOCAL_ESCAPE_TIMEOUT,
        Connection::Ssh | Connection::Mosh => REMOTE_ESCAPE_TIMEOUT,
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escape_waits_longer_over_a_network_unless_the_wait_is_configured() {
        assert_eq!(escape_timeout(None, Connection::Local), LOCAL_ESCAPE_TIMEOUT);
        for connection in [Connection::Ssh, Connection::Mosh] {
            assert_eq!(escape_timeout(None, connection), REMOTE_ESCAPE_TIMEOUT);
            assert_eq!(escape_timeout(Some(Duration::ZERO), connection), Duration::ZERO);
        }
    }
}
