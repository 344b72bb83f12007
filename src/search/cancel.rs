//! Cancellation of a search whose response is no longer wanted.

/// Error of a search that stopped because a newer request has arrived.
#[derive(Debug)]
pub struct Cancelled;

/// Tells a running search if it has been cancelled. Long loops poll it between segments, and
/// between batches of rows.
#[derive(Clone, Copy)]
pub struct CancelToken<'a>(&'a (dyn Fn() -> bool + Sync));

impl<'a> CancelToken<'a> {
    pub fn new(is_cancelled: &'a (dyn Fn() -> bool + Sync)) -> Self {
        Self(is_cancelled)
    }

    pub fn is_cancelled(self) -> bool {
        (self.0)()
    }

    /// # Errors
    ///
    /// [`Cancelled`] once a newer request has arrived.
    pub fn check(self) -> Result<(), Cancelled> {
        if self.is_cancelled() { Err(Cancelled) } else { Ok(()) }
    }

    /// Polls only at every `interval`-th iteration: a poll costs more than one small step.
    ///
    /// # Errors
    ///
    /// As [`CancelToken::check`].
    pub fn check_every(self, interval: u32, iteration: u32) -> Result<(), Cancelled> {
        if iteration.is_multiple_of(interval) { self.check() } else { Ok(()) }
    }
}
