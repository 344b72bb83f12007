//! Speed of triage, for the estimate of the remaining time.

use std::time::Duration;

/// Timing of triage decisions.
#[derive(Debug, Clone, Default)]
pub struct Triage {
    /// Durations of the last decisions, oldest first.
    pub durations: Vec<Duration>,
    /// Clock reading when the current paper was shown.
    pub shown_at: Option<Duration>,
}

/// Number of decisions from which the speed is estimated.
pub const MAX_DURATIONS: usize = 32;

/// Minimum number of decisions for an estimate.
pub const MIN_DURATIONS: usize = 3;

/// Longer durations are ignored: the user was away.
pub const MAX_DURATION: Duration = Duration::from_mins(10);
