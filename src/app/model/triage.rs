//! How fast the reader triages, and how much is left.

use std::time::Duration;

/// How fast the reader is.
#[derive(Debug, Clone, Default)]
pub struct Triage {
    /// How long the last verdicts took, the oldest first.
    pub durations: Vec<Duration>,
    /// When the paper on the screen came up.
    pub shown_at: Option<Duration>,
}

/// Verdicts from which the pace is told.
pub const MAX_DURATIONS: usize = 32;

/// From so many on it is told at all.
pub const MIN_DURATIONS: usize = 3;

/// Who takes longer for one paper was away.
pub const MAX_DURATION: Duration = Duration::from_mins(10);
