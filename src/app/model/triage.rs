//! TODO header.

use std::time::Duration;

/// How fast the reader is.
#[derive(Debug, Clone, Default)]
pub struct Triage {
    /// How long the last verdicts took, the oldest first.
    pub took: Vec<Duration>,
    /// When the paper on the screen came up.
    pub since: Option<Duration>,
}

/// Verdicts from which the pace is told.
pub const LAST: usize = 32;

/// From so many on it is told at all.
pub const ENOUGH: usize = 3;

/// Who takes longer for one paper was away.
pub const AWAY: Duration = Duration::from_mins(10);
