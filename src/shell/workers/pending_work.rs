//! The work of a thread that is to reach its end before the program does.
//!
//! A thread may be busy with more than that: it looks papers up, or reads a bibliography. To wait
//! for the thread itself would be to wait for that too.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// Whether the program may end before something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitPolicy {
    Finish,
    Abandon,
}

/// How long a thread may take to end once nothing is owed: an orderly end closes files, and is not
/// worth waiting for longer.
const THREAD_EXIT_TIMEOUT: Duration = Duration::from_millis(50);

/// The end at which work is owed and waited for.
#[derive(Debug)]
pub struct PendingWork {
    count: PendingCount,
    completions: Receiver<()>,
}

/// The amount of work that is owed. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct PendingCount(Arc<AtomicUsize>);

impl PendingCount {
    /// Counts what the thread is asked for, before it is asked.
    pub fn add(&self, duty: ExitPolicy) {
        if duty == ExitPolicy::Finish {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
}

/// The end at which the thread says what it has done. Dropped, nothing more is waited for.
#[derive(Debug)]
pub struct CompletionSender(Sender<()>);

impl PendingWork {
    pub fn new() -> (Self, CompletionSender) {
        let (discharge, done) = channel();
        (Self { count: PendingCount::default(), completions: done }, CompletionSender(discharge))
    }

    /// Counts what the thread is asked for, before it is asked.
    pub fn add(&self, duty: ExitPolicy) {
        self.count.add(duty);
    }

    /// Returns the counter of the work, for another who asks.
    pub fn owed(&self) -> PendingCount {
        self.count.clone()
    }

    /// Waits until all that is owed is done, or the thread has ended. The thread must have been told
    /// that nothing more comes.
    pub fn wait(self) {
        for _ in 0..self.count.0.load(Ordering::SeqCst) {
            if self.completions.recv().is_err() {
                return;
            }
        }
        let _ = self.completions.recv_timeout(THREAD_EXIT_TIMEOUT);
    }
}

impl CompletionSender {
    pub fn report(&self, duty: ExitPolicy) {
        if duty == ExitPolicy::Finish {
            // Nobody waits where the other end is gone.
            let _ = self.0.send(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_owed_is_waited_for_and_what_is_optional_is_not() {
        let (duties, discharge) = PendingWork::new();
        let (go, waits) = channel::<()>();
        for duty in [ExitPolicy::Finish, ExitPolicy::Abandon, ExitPolicy::Finish] {
            duties.add(duty);
        }
        let thread = std::thread::spawn(move || {
            discharge.report(ExitPolicy::Finish);
            discharge.report(ExitPolicy::Finish);
            discharge.report(ExitPolicy::Abandon);
            // Busy until it is told, which is after the wait is over.
            let _ = waits.recv();
            drop(discharge);
        });
        duties.wait();
        drop(go);
        assert!(thread.join().is_ok());
    }

    #[test]
    fn a_thread_that_has_ended_owes_nothing() {
        let (duties, discharge) = PendingWork::new();
        duties.add(ExitPolicy::Finish);
        drop(discharge);
        duties.wait();
    }
}
