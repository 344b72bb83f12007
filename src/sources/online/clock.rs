//! The time, which tests hand in so that nothing has to be waited for.

use std::hash::{BuildHasher as _, RandomState};
use std::time::Duration;

use jiff::Timestamp;

use crate::sources::load_control::LoadControl;

/// The time, pauses, and chance.
pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;

    /// Waits. Returns true as soon as the load is cancelled.
    fn wait(&self, duration: Duration, control: &LoadControl) -> bool;

    /// A random number from 0 to 1, so that several processes do not try again at the same moment.
    fn jitter(&self) -> f64;
}

/// The clock of the system.
#[derive(Debug, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn wait(&self, duration: Duration, control: &LoadControl) -> bool {
        control.wait_for(duration)
    }

    fn jitter(&self) -> f64 {
        // Each hasher of the standard library has keys of its own.
        f64::from(RandomState::new().hash_one(0) as u32) / f64::from(u32::MAX)
    }
}

/// A clock that only its waits move on.
#[cfg(test)]
#[derive(Debug)]
pub struct ManualClock {
    now: std::sync::Mutex<Timestamp>,
}

#[cfg(test)]
impl ManualClock {
    /// A clock that stands at this time, as in `2026-11-30T12:00:00Z`.
    pub fn new(now: &str) -> Self {
        Self { now: std::sync::Mutex::new(now.parse().unwrap()) }
    }

    pub fn advance(&self, duration: Duration) {
        *self.now.lock().unwrap() += duration;
    }
}

#[cfg(test)]
impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        *self.now.lock().unwrap()
    }

    fn wait(&self, duration: Duration, control: &LoadControl) -> bool {
        self.advance(duration);
        control.is_cancelled()
    }

    fn jitter(&self) -> f64 {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jitter_is_a_fraction_that_differs() {
        let numbers: Vec<f64> = (0..20).map(|_| SystemClock.jitter()).collect();
        assert!(numbers.iter().all(|it| (0.0..=1.0).contains(it)));
        assert!(numbers.iter().any(|it| (it - numbers[0]).abs() > 1e-6));
    }
}
