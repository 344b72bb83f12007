//! Counts the work of a thread that must be completed before the program ends.
//!
//! A thread may be busy with optional work too, such as recognising papers or reading a
//! bibliography. Joining the thread would wait for that as well.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// Treatment of unfinished work at exit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitPolicy {
    Finish,
    Abandon,
}

/// Time allowed to a thread to end once its required work is done. An orderly end closes files, and
/// is not worth a longer wait.
const THREAD_EXIT_TIMEOUT: Duration = Duration::from_millis(50);

/// Counter of required work on the side that requests it and waits for it.
#[derive(Debug)]
pub struct PendingWork {
    count: PendingCount,
    completions: Receiver<()>,
}

/// Number of pending required items. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct PendingCount(Arc<AtomicUsize>);

impl PendingCount {
    /// Counts an item. Call this before sending the request.
    pub fn add(&self, exit_policy: ExitPolicy) {
        if exit_policy == ExitPolicy::Finish {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
}

/// Reports completed items. Dropping it ends the wait.
#[derive(Debug)]
pub struct CompletionSender(Sender<()>);

impl PendingWork {
    pub fn new() -> (Self, CompletionSender) {
        let (completions, receiver) = channel();
        (
            Self { count: PendingCount::default(), completions: receiver },
            CompletionSender(completions),
        )
    }

    /// The shared counter, for another sender of requests.
    pub fn counter(&self) -> PendingCount {
        self.count.clone()
    }

    /// Waits until all required items are done or the thread has ended. The request channel must be
    /// closed before.
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
    pub fn report(&self, exit_policy: ExitPolicy) {
        if exit_policy == ExitPolicy::Finish {
            // The receiver is gone if nobody waits.
            let _ = self.0.send(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_owed_is_waited_for_and_what_is_optional_is_not() {
        let (pending, completions) = PendingWork::new();
        let (resume, resumed) = channel::<()>();
        for exit_policy in [ExitPolicy::Finish, ExitPolicy::Abandon, ExitPolicy::Finish] {
            pending.counter().add(exit_policy);
        }
        let thread = std::thread::spawn(move || {
            completions.report(ExitPolicy::Finish);
            completions.report(ExitPolicy::Finish);
            completions.report(ExitPolicy::Abandon);
            // Blocks until the wait is over.
            let _ = resumed.recv();
            drop(completions);
        });
        pending.wait();
        drop(resume);
        assert!(thread.join().is_ok());
    }

    #[test]
    fn a_thread_that_has_ended_owes_nothing() {
        let (pending, completions) = PendingWork::new();
        pending.counter().add(ExitPolicy::Finish);
        drop(completions);
        pending.wait();
    }
}
