//! The state of a group of hosts with one limit: when its last requests were sent, and until when a
//! host has asked all of them to wait.

use std::fmt::Write as _;
use std::time::Duration;

use jiff::Timestamp;

use super::host::RateLimit;

/// A host that asks for more is not believed: the clock was wrong.
const LONGEST_HOLD: Duration = Duration::from_hours(25);

/// The state of a group, in milliseconds since 1970. The clock of the wall, since other processes
/// read it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PacingState {
    held_until: Option<i64>,
    /// Times of requests that count, in order. The time of a request is that of its end, so that
    /// the host sees the whole pause however long the network took; until then, that of its start.
    times: Vec<i64>,
}

/// The reason why a request has to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PacingPause {
    /// The limit of the group.
    Spaced(Duration),
    /// The host has asked for it.
    Held(Duration),
}

impl PacingState {
    /// Parses the text of [`Self::to_text`]. A text that was damaged counts as a request now for
    /// each that the limit allows, so that the limit holds.
    pub fn parse(text: &str, now: Timestamp, limit: RateLimit) -> Self {
        let Some(state) = Self::parse_whole(text) else {
            let times = vec![now.as_millisecond(); limit.requests as usize];
            return Self { held_until: None, times };
        };
        let Self { held_until, mut times } = state;
        let now = now.as_millisecond();
        // A time to come was written when the clock was ahead.
        times.retain(|it| *it <= now && now - *it <= millis(limit.per));
        let held_until = held_until.filter(|it| (now..now + millis(LONGEST_HOLD)).contains(it));
        Self { held_until, times }
    }

    fn parse_whole(text: &str) -> Option<Self> {
        if text.is_empty() {
            return Some(Self::default());
        }
        let text = text.strip_suffix(" end\n")?;
        let mut numbers = text.split(' ').map(|it| it.parse::<i64>().ok());
        let held_until = numbers.next()??;
        let times = numbers.collect::<Option<Vec<i64>>>()?;
        Some(Self { held_until: (held_until != 0).then_some(held_until), times })
    }

    /// The state as a line. Its last word tells that it was written to its end.
    pub fn to_text(&self) -> String {
        let mut text = self.held_until.unwrap_or(0).to_string();
        for time in &self.times {
            let _ = write!(text, " {time}");
        }
        text + " end\n"
    }

    /// The pause before the next request; `None` if it may be sent.
    pub fn pause(&self, now: Timestamp, limit: RateLimit) -> Option<PacingPause> {
        let now = now.as_millisecond();
        if let Some(until) = self.held_until.filter(|it| *it > now) {
            return Some(PacingPause::Held(duration(until - now)));
        }
        let oldest = self.times.len().checked_sub(limit.requests as usize)?;
        // A millisecond more, since the times are rounded down.
        let left = self.times.get(oldest)? + millis(limit.per) + 1 - now;
        (left > 0).then(|| PacingPause::Spaced(duration(left)))
    }

    /// Counts a request. Returns its time, with which [`Self::end`] finds it.
    pub fn begin(&mut self, now: Timestamp) -> i64 {
        self.times.push(now.as_millisecond());
        now.as_millisecond()
    }

    /// Sets the time of a request to that of its end.
    pub fn end(&mut self, start: i64, now: Timestamp) {
        let found = self.times.iter().position(|it| *it == start);
        if let Some(at) = found {
            self.times.remove(at);
        }
        self.times.push(now.as_millisecond().max(start));
        self.times.sort_unstable();
    }

    /// Lets all requests of the group wait.
    pub fn hold_until(&mut self, until: Timestamp) {
        self.held_until = self.held_until.max(Some(until.as_millisecond()));
    }
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

fn duration(millis: i64) -> Duration {
    Duration::from_millis(millis.unsigned_abs())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sources::online::host::Connections;

    const LIMIT: RateLimit = RateLimit {
        group: "test",
        requests: 2,
        per: Duration::from_secs(3),
        connections: Connections::Several,
    };

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millisecond(1_796_000_000_000 + millis).unwrap()
    }

    #[test]
    fn the_third_of_two_requests_waits() {
        let mut state = PacingState::default();
        assert_eq!(state.pause(at(0), LIMIT), None);
        let start = state.begin(at(0));
        state.end(start, at(400));
        assert_eq!(state.pause(at(500), LIMIT), None);
        state.begin(at(500));
        let pause = PacingPause::Spaced(Duration::from_millis(2401));
        assert_eq!(state.pause(at(1000), LIMIT), Some(pause));
        assert_eq!(state.pause(at(3401), LIMIT), None);
    }

    #[test]
    fn a_host_that_asks_for_a_pause_gets_it() {
        let mut state = PacingState::default();
        state.hold_until(at(45_000));
        state.hold_until(at(1_000));
        let state = PacingState::parse(&state.to_text(), at(40_000), LIMIT);
        let pause = PacingPause::Held(Duration::from_secs(5));
        assert_eq!(state.pause(at(40_000), LIMIT), Some(pause));
        assert_eq!(state.pause(at(45_000), LIMIT), None);
    }

    #[test]
    fn times_of_a_clock_that_was_ahead_hold_nobody() {
        let mut state = PacingState::default();
        state.begin(at(90_000_000));
        state.begin(at(90_000_000));
        state.hold_until(at(900_000_000));
        let state = PacingState::parse(&state.to_text(), at(0), LIMIT);
        assert_eq!(state, PacingState::default());
    }

    #[test]
    fn a_damaged_state_holds_the_limit() {
        for text in ["0 1", "x", "0 1 2 en", "\0\0\0", "0 end", "0  end\n"] {
            let state = PacingState::parse(text, at(0), LIMIT);
            let pause = PacingPause::Spaced(Duration::from_millis(3001));
            assert_eq!(state.pause(at(0), LIMIT), Some(pause), "{text:?}");
        }
        assert_eq!(PacingState::parse("", at(0), LIMIT).pause(at(0), LIMIT), None);
    }

    proptest! {
        #[test]
        fn no_span_has_more_requests_than_the_limit(steps in prop::collection::vec((0i64..2000, 0i64..4000), 1..40)) {
            let (mut state, mut now, mut sent) = (PacingState::default(), 0, Vec::new());
            for (idle, taken) in steps {
                now += idle;
                state = PacingState::parse(&state.to_text(), at(now), LIMIT);
                while let Some(PacingPause::Spaced(pause)) = state.pause(at(now), LIMIT) {
                    now += pause.as_millis() as i64;
                }
                let start = state.begin(at(now));
                sent.push(now);
                now += taken;
                state.end(start, at(now));
            }
            for three in sent.windows(3) {
                prop_assert!(three[2] - three[0] > 3000, "{:?}", three);
            }
        }
    }
}
