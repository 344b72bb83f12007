//! The reins of a loader: held by whoever started it.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// Pauses, resumes and ends a loader from another thread.
///
/// The loader has one clone and whoever started it the others; when these are dropped, the loading
/// ends, also while it is paused.
#[derive(Debug)]
pub struct Control(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug)]
struct State {
    run: Run,
    handles: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Run {
    On,
    Paused,
    Cancelled,
}

impl Default for Control {
    fn default() -> Self {
        let state = Mutex::new(State { run: Run::On, handles: 1 });
        Self(Arc::new(Shared { state, changed: Condvar::new() }))
    }
}

impl Clone for Control {
    fn clone(&self) -> Self {
        self.state().handles += 1;
        Self(Arc::clone(&self.0))
    }
}

impl Drop for Control {
    fn drop(&mut self) {
        let handles = {
            let mut state = self.state();
            state.handles -= 1;
            state.handles
        };
        if handles == 1 {
            self.cancel();
        }
    }
}

impl Control {
    /// Has the loader stop where it is until it is resumed.
    pub fn pause(&self) {
        self.set(Run::Paused);
    }

    pub fn resume(&self) {
        self.set(Run::On);
    }

    /// Ends the loading for good.
    pub fn cancel(&self) {
        self.set(Run::Cancelled);
    }

    pub fn is_paused(&self) -> bool {
        self.state().run == Run::Paused
    }

    pub fn is_cancelled(&self) -> bool {
        self.state().run == Run::Cancelled
    }

    /// Waits while the loading is paused; tells whether it is to end.
    pub fn is_over(&self) -> bool {
        let mut state = self.state();
        while state.run == Run::Paused {
            state = self.0.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.run == Run::Cancelled
    }

    fn set(&self, run: Run) {
        let mut state = self.state();
        if state.run != Run::Cancelled {
            state.run = run;
            self.0.changed.notify_all();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cancelled_stays_cancelled() {
        let control = Control::default();
        control.cancel();
        control.resume();
        assert!(control.is_over());
    }

    #[test]
    fn a_paused_loader_ends_when_nobody_holds_it_any_more() {
        let ours = Control::default();
        ours.pause();
        let its = ours.clone();
        let loader = std::thread::spawn(move || its.is_over());
        drop(ours);
        assert!(loader.join().unwrap());
    }

    #[test]
    fn a_loader_without_a_holder_runs() {
        assert!(!Control::default().is_over());
    }
}
