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
pub enum Duty {
    Owed,
    Optional,
}

/// How long a thread may take to end once nothing is owed: an orderly end closes files, and is not
/// worth waiting for longer.
const PARTING: Duration = Duration::from_millis(50);

/// The end at which work is owed and waited for.
#[derive(Debug)]
pub struct Duties {
    owed: Owed,
    done: Receiver<()>,
}

/// The amount of work that is owed. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Owed(Arc<AtomicUsize>);

impl Owed {
    /// Counts what the thread is asked for, before it is asked.
    pub fn add(&self, duty: Duty) {
        if duty == Duty::Owed {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }
}

/// The end at which the thread says what it has done. Dropped, nothing more is waited for.
#[derive(Debug)]
pub struct Discharge(Sender<()>);

impl Duties {
    pub fn new() -> (Self, Discharge) {
        let (discharge, done) = channel();
        (Self { owed: Owed::default(), done }, Discharge(discharge))
    }

    /// Counts what the thread is asked for, before it is asked.
    pub fn add(&self, duty: Duty) {
        self.owed.add(duty);
    }

    /// Returns the counter of the work, for another who asks.
    pub fn owed(&self) -> Owed {
        self.owed.clone()
    }

    /// Waits until all that is owed is done, or the thread has ended. The thread must have been told
    /// that nothing more comes.
    pub fn wait(self) {
        for _ in 0..self.owed.0.load(Ordering::SeqCst) {
            if self.done.recv().is_err() {
                return;
            }
        }
        let _ = self.done.recv_timeout(PARTING);
    }
}

impl Discharge {
    pub fn done(&self, duty: Duty) {
        if duty == Duty::Owed {
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
        let (duties, discharge) = Duties::new();
        let (go, waits) = channel::<()>();
        for duty in [Duty::Owed, Duty::Optional, Duty::Owed] {
            duties.add(duty);
        }
        let thread = std::thread::spawn(move || {
            discharge.done(Duty::Owed);
            discharge.done(Duty::Owed);
            discharge.done(Duty::Optional);
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
        let (duties, discharge) = Duties::new();
        duties.add(Duty::Owed);
        drop(discharge);
        duties.wait();
    }
}
