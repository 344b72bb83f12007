//! Handle that pauses, resumes or cancels a running load.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Pauses, resumes or cancels a load from another thread.
///
/// The loader owns one clone and its caller the others. When only the loader's clone is left, the
/// load is cancelled, even while paused.
#[derive(Debug)]
pub struct LoadControl(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug)]
struct State {
    run: RunState,
    handles: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RunState {
    Running,
    Paused,
    Cancelled,
}

impl Default for LoadControl {
    fn default() -> Self {
        let state = Mutex::new(State { run: RunState::Running, handles: 1 });
        Self(Arc::new(Shared { state, changed: Condvar::new() }))
    }
}

impl Clone for LoadControl {
    fn clone(&self) -> Self {
        self.state().handles += 1;
        Self(Arc::clone(&self.0))
    }
}

impl Drop for LoadControl {
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

impl LoadControl {
    /// Pauses the load until [`Self::resume`].
    pub fn pause(&self) {
        self.set_run(RunState::Paused);
    }

    pub fn resume(&self) {
        self.set_run(RunState::Running);
    }

    /// Cancels the load for good.
    pub fn cancel(&self) {
        self.set_run(RunState::Cancelled);
    }

    pub fn is_paused(&self) -> bool {
        self.state().run == RunState::Paused
    }

    pub fn is_cancelled(&self) -> bool {
        self.state().run == RunState::Cancelled
    }

    /// Blocks while the load is paused. Returns true if it is cancelled.
    pub fn wait_while_paused(&self) -> bool {
        let mut state = self.state();
        while state.run == RunState::Paused {
            state = self.0.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.run == RunState::Cancelled
    }

    /// Blocks for a time, paused or not. Returns true as soon as the load is cancelled.
    pub fn wait_for(&self, duration: Duration) -> bool {
        let deadline = Instant::now() + duration;
        let mut state = self.state();
        while state.run != RunState::Cancelled {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return false;
            }
            let waited = self.0.changed.wait_timeout(state, left);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        true
    }

    fn set_run(&self, run: RunState) {
        let mut state = self.state();
        if state.run != RunState::Cancelled {
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
        let control = LoadControl::default();
        control.cancel();
        control.resume();
        assert!(control.wait_while_paused());
    }

    #[test]
    fn a_paused_loader_ends_when_nobody_holds_it_any_more() {
        let control = LoadControl::default();
        control.pause();
        let other_handle = control.clone();
        let loader = std::thread::spawn(move || other_handle.wait_while_paused());
        drop(control);
        assert!(loader.join().unwrap());
    }

    #[test]
    fn a_cancelled_load_does_not_wait() {
        let control = LoadControl::default();
        let other_handle = control.clone();
        let loader =
            std::thread::spawn(move || other_handle.wait_for(Duration::from_secs(100_000)));
        control.cancel();
        assert!(loader.join().unwrap());
        assert!(!LoadControl::default().wait_for(Duration::ZERO));
    }

    #[test]
    fn a_loader_without_a_holder_runs() {
        assert!(!LoadControl::default().wait_while_paused());
    }
}
