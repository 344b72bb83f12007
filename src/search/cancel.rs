//! Cancellation of a search that nobody waits for any more.

/// Someone asked for something else.
#[derive(Debug)]
pub struct Cancelled;
