//! Keeps the limits of the hosts over all processes of the user.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use jiff::Timestamp;

use super::back_off::MAX_PAUSE;
use super::clock::Clock;
use super::error::{FetchError, PauseText};
use super::host::{Connections, Host, RateLimit, UserStanding};
use super::pacing_lock::{PacingLock, PacingStore};
use super::pacing_state::{PacingPause, PacingState};
use crate::sources::load_control::LoadControl;

/// Pause before the lock of another request is tried again.
const LOCK_PAUSE: Duration = Duration::from_millis(50);
/// The state is looked at again after this, so that what is waited for is told anew.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);
/// A lock that is held for longer is that of a process which was stopped and not ended.
const MAX_LOCK_WAIT: Duration = Duration::from_mins(15);
/// Tries to lock a state that others lock only while they change it.
const MAX_LOCK_TRIES: u32 = 100;

/// The limits of all hosts.
pub struct Pacing {
    store: PacingStore,
    clock: Arc<dyn Clock>,
}

/// Permission to send one request. Drop it when the reply is there.
pub struct PacingPermit<'a> {
    pacing: &'a Pacing,
    limit: RateLimit,
    /// The lock, if the host allows one connection only.
    lock: Option<PacingLock>,
    /// The lock of a connection, released with the permit.
    _connection: Option<PacingLock>,
    start: i64,
    held_until: Option<Timestamp>,
}

impl Pacing {
    /// Keeps the states in a directory; in this process without one.
    pub fn new(directory: Option<PathBuf>, clock: Arc<dyn Clock>) -> Self {
        Self { store: PacingStore::new(directory), clock }
    }

    /// Waits until a request to the host may be sent. `on_wait` is told what is waited for.
    ///
    /// # Errors
    ///
    /// Returns [`FetchError::Limited`] if the host has asked for a long pause,
    /// [`FetchError::Connection`] if another process keeps the only connection, and
    /// [`FetchError::Cancelled`] as soon as the load is cancelled.
    pub fn admit(
        &self,
        host: Host,
        standing: UserStanding,
        control: &LoadControl,
        on_wait: &mut dyn FnMut(String),
    ) -> Result<PacingPermit<'_>, FetchError> {
        let (limit, service) = (host.rate_limit(standing), host.title());
        let (mut told, mut lock_wait) = (String::new(), Duration::ZERO);
        let mut tell = |text: String| {
            if text != told {
                on_wait(text.clone());
                told = text;
            }
        };
        loop {
            let pause = match self.try_locks(limit) {
                None if lock_wait >= MAX_LOCK_WAIT => {
                    let reason =
                        "another process is still waiting for its reply; end it and try again";
                    return Err(FetchError::Connection { service, reason: reason.to_owned() });
                }
                None => {
                    tell(format!("another request to {service}"));
                    lock_wait += LOCK_PAUSE;
                    LOCK_PAUSE
                }
                Some(locks) => match self.try_begin(locks, limit) {
                    Ok(permit) => return Ok(permit),
                    Err(PacingPause::Held(wait)) if wait > MAX_PAUSE => {
                        return Err(FetchError::Limited { service, wait });
                    }
                    Err(PacingPause::Held(wait)) => {
                        let wait_text = PauseText(wait);
                        tell(format!("{service} is limiting requests; next try in {wait_text}"));
                        wait
                    }
                    Err(PacingPause::Spaced(wait)) => {
                        tell(limit_text(limit));
                        wait
                    }
                },
            };
            if self.clock.wait(pause.min(LONGEST_PAUSE), control) {
                return Err(FetchError::Cancelled);
            }
        }
    }

    /// Locks the state of a group, and one of its connections where these are counted.
    fn try_locks(&self, limit: RateLimit) -> Option<(PacingLock, Option<PacingLock>)> {
        let state = self.store.try_lock(limit.group)?;
        let connection = match limit.connections {
            Connections::One | Connections::Several => None,
            Connections::OneEach(locks) => {
                Some(locks.iter().find_map(|it| self.store.try_lock(it))?)
            }
        };
        Some((state, connection))
    }

    fn try_begin(
        &self,
        (mut lock, connection): (PacingLock, Option<PacingLock>),
        limit: RateLimit,
    ) -> Result<PacingPermit<'_>, PacingPause> {
        let now = self.clock.now();
        let mut state = PacingState::parse(&lock.read(), now, limit);
        if let Some(pause) = state.pause(now, limit) {
            return Err(pause);
        }
        let start = state.begin(now);
        lock.write(&state.to_text());
        let lock = (limit.connections == Connections::One).then_some(lock);
        Ok(PacingPermit {
            pacing: self,
            limit,
            lock,
            _connection: connection,
            start,
            held_until: None,
        })
    }

    /// Locks a state that others lock only for a moment.
    fn lock_for_a_moment(&self, group: &'static str) -> Option<PacingLock> {
        (0..MAX_LOCK_TRIES).find_map(|_| {
            let lock = self.store.try_lock(group);
            if lock.is_none() {
                thread::sleep(Duration::from_millis(1));
            }
            lock
        })
    }
}

impl PacingPermit<'_> {
    /// Lets all requests to the hosts of the group wait.
    pub fn hold(&mut self, pause: Duration) {
        self.held_until = self.pacing.clock.now().checked_add(pause).ok();
    }
}

impl Drop for PacingPermit<'_> {
    fn drop(&mut self) {
        let lock = self.lock.take();
        let Some(mut lock) = lock.or_else(|| self.pacing.lock_for_a_moment(self.limit.group))
        else {
            return;
        };
        let now = self.pacing.clock.now();
        let mut state = PacingState::parse(&lock.read(), now, self.limit);
        state.end(self.start, now);
        if let Some(until) = self.held_until {
            state.hold_until(until);
        }
        lock.write(&state.to_text());
    }
}

/// The limit as text, as in `3 s between requests`.
fn limit_text(limit: RateLimit) -> String {
    match limit.requests {
        1 => format!("{} s between requests", limit.per.as_secs()),
        requests => format!("at most {requests} requests in {} s", limit.per.as_secs()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::online::clock::ManualClock;

    struct TestPacing {
        directory: tempfile::TempDir,
        clock: Arc<ManualClock>,
    }

    impl TestPacing {
        fn new() -> Self {
            let clock = Arc::new(ManualClock::new("2026-11-30T12:00:00Z"));
            Self { directory: tempfile::tempdir().unwrap(), clock }
        }

        /// As another process has it.
        fn pacing(&self) -> Pacing {
            let clock: Arc<dyn Clock> = Arc::<ManualClock>::clone(&self.clock);
            Pacing::new(Some(self.directory.path().to_owned()), clock)
        }

        fn seconds(&self) -> f64 {
            let start: Timestamp = "2026-11-30T12:00:00Z".parse().unwrap();
            self.clock.now().duration_since(start).as_secs_f64()
        }
    }

    fn admit<'a>(pacing: &'a Pacing, host: Host, waits: &mut Vec<String>) -> PacingPermit<'a> {
        let standing = UserStanding::default();
        pacing.admit(host, standing, &LoadControl::default(), &mut |it| waits.push(it)).unwrap()
    }

    #[test]
    fn two_processes_keep_the_pause_of_arxiv() {
        let (test, mut waits) = (TestPacing::new(), Vec::new());
        let (one, other) = (test.pacing(), test.pacing());
        drop(admit(&one, Host::ArxivApi, &mut waits));
        assert_eq!(waits, Vec::<String>::new());
        drop(admit(&other, Host::ArxivFeed, &mut waits));
        assert_eq!(waits, ["3 s between requests"]);
        let permit = admit(&one, Host::ArxivApi, &mut waits);
        assert!((6.0..6.1).contains(&test.seconds()), "{}", test.seconds());
        // The pause begins when the reply is there.
        test.clock.advance(Duration::from_secs(10));
        drop(permit);
        drop(admit(&other, Host::ArxivApi, &mut waits));
        assert!((19.0..19.1).contains(&test.seconds()), "{}", test.seconds());
    }

    #[test]
    fn a_host_that_is_limiting_holds_all_processes() {
        let (test, mut waits) = (TestPacing::new(), Vec::new());
        let (one, other) = (test.pacing(), test.pacing());
        admit(&one, Host::ArxivApi, &mut waits).hold(Duration::from_secs(45));
        drop(admit(&other, Host::ArxivApi, &mut waits));
        assert_eq!(waits.first().unwrap(), "arXiv is limiting requests; next try in 45 s");
        assert_eq!(waits.last().unwrap(), "arXiv is limiting requests; next try in 1 s");
        assert!((45.0..45.1).contains(&test.seconds()));
        // The pages of papers have a limit of their own.
        drop(admit(&one, Host::ArxivPages, &mut waits));
        assert!((45.0..45.1).contains(&test.seconds()));
        admit(&one, Host::OpenAlex, &mut waits).hold(Duration::from_hours(1));
        let standing = UserStanding::default();
        let refused = other.admit(Host::OpenAlex, standing, &LoadControl::default(), &mut drop);
        let message = refused.err().unwrap().to_string();
        assert_eq!(message, "OpenAlex is limiting requests; next try in 60 min");
    }

    #[test]
    fn one_connection_is_one() {
        let test = TestPacing::new();
        let (one, other) = (test.pacing(), test.pacing());
        let permit = admit(&one, Host::ArxivApi, &mut Vec::new());
        let (control, mut waits) = (LoadControl::default(), Vec::new());
        let standing = UserStanding::default();
        let cancelled = other.admit(Host::ArxivApi, standing, &control, &mut |it| {
            waits.push(it);
            control.cancel();
        });
        assert_eq!(cancelled.err(), Some(FetchError::Cancelled));
        assert_eq!(waits, ["another request to arXiv"]);
        let endless = other.admit(Host::ArxivApi, standing, &LoadControl::default(), &mut drop);
        let message = endless.err().unwrap().to_string();
        assert!(message.starts_with("arXiv: another process is still waiting"), "{message}");
        assert!((900.0..901.0).contains(&test.seconds()), "{}", test.seconds());
        drop(permit);
        drop(admit(&other, Host::ArxivApi, &mut waits));
    }

    #[test]
    fn several_connections_share_a_span() {
        let (test, mut waits) = (TestPacing::new(), Vec::new());
        let (one, other) = (test.pacing(), test.pacing());
        let permits: Vec<_> = (0..3).map(|_| admit(&one, Host::Pubmed, &mut waits)).collect();
        assert_eq!(waits, Vec::<String>::new());
        drop(admit(&other, Host::Pubmed, &mut waits));
        assert_eq!(waits, ["at most 3 requests in 1 s"]);
        drop(permits);
        assert!((1.0..1.1).contains(&test.seconds()), "{}", test.seconds());
    }

    #[test]
    fn a_known_user_has_three_connections_over_all_processes() {
        let (test, control) = (TestPacing::new(), LoadControl::default());
        let (one, other) = (test.pacing(), test.pacing());
        let standing = UserStanding { has_contact: true, ..UserStanding::default() };
        let mut permits: Vec<_> = [&one, &other, &one]
            .map(|it| it.admit(Host::Crossref, standing, &control, &mut drop).unwrap())
            .into();
        let mut waits = Vec::new();
        let fourth = other.admit(Host::Crossref, standing, &control, &mut |it| {
            waits.push(it);
            permits.pop();
        });
        assert!(fourth.is_ok());
        assert_eq!(waits, ["another request to Crossref"]);
        assert_eq!(permits.len(), 2);
    }

    #[test]
    fn without_a_directory_the_limit_holds_in_the_process() {
        let clock = Arc::new(ManualClock::new("2026-11-30T12:00:00Z"));
        let pacing = || Pacing::new(None, Arc::<ManualClock>::clone(&clock) as Arc<dyn Clock>);
        let (one, other, mut waits) = (pacing(), pacing(), Vec::new());
        // No other test asks this host without a directory.
        drop(admit(&one, Host::Unpaywall, &mut waits));
        for _ in 0..10 {
            drop(admit(&other, Host::Unpaywall, &mut waits));
        }
        assert_eq!(waits, ["at most 10 requests in 1 s"]);
    }
}
