//! The time until which a reply is taken from the cache without asking.

use std::time::Duration;

use jiff::{Timestamp, ZonedDateTime};

use super::request::Lifetime;

/// The time zone in which the days of arXiv begin.
const ARXIV_TIME_ZONE: &str = "America/New_York";
/// Lifetime of a reply whose day has no end that is known.
const FALLBACK: Duration = Duration::from_hours(1);

/// When a reply that arrived at this time must be asked for again; `None` for never.
pub fn expiry(lifetime: Lifetime, arrived: Timestamp) -> Option<Timestamp> {
    match lifetime {
        Lifetime::Final => None,
        Lifetime::For(duration) => Some(later(arrived, duration)),
        Lifetime::ArxivDay => {
            let midnight = arrived.in_tz(ARXIV_TIME_ZONE).and_then(|it| next_midnight(&it));
            Some(midnight.unwrap_or_else(|_| later(arrived, FALLBACK)))
        }
    }
}

/// The beginning of the next day, on a day of 23, 24 or 25 hours.
fn next_midnight(time: &ZonedDateTime) -> Result<Timestamp, jiff::Error> {
    Ok(time.tomorrow()?.start_of_day()?.timestamp())
}

fn later(time: Timestamp, duration: Duration) -> Timestamp {
    time.checked_add(duration).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_arxiv_ends_at_midnight_in_new_york() {
        for (arrived, end) in [
            // In winter, New York is five hours behind UTC.
            ("2026-11-30T12:00:00Z", "2026-12-01T05:00:00Z"),
            ("2026-12-01T04:59:59Z", "2026-12-01T05:00:00Z"),
            ("2026-12-01T05:00:00Z", "2026-12-02T05:00:00Z"),
            // In summer, it is four.
            ("2026-07-01T12:00:00Z", "2026-07-02T04:00:00Z"),
            // Summer time begins on 8 March 2026 at 2 o'clock: this day has 23 hours.
            ("2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"),
            ("2026-03-08T04:59:59Z", "2026-03-08T05:00:00Z"),
            ("2026-03-08T07:30:00Z", "2026-03-09T04:00:00Z"),
            // Summer time ends on 1 November 2026 at 2 o'clock: this day has 25 hours.
            ("2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z"),
            ("2026-11-01T06:30:00Z", "2026-11-02T05:00:00Z"),
            ("2026-11-02T04:30:00Z", "2026-11-02T05:00:00Z"),
        ] {
            let expires = expiry(Lifetime::ArxivDay, arrived.parse().unwrap());
            assert_eq!(expires, Some(end.parse().unwrap()), "{arrived}");
        }
    }

    #[test]
    fn a_final_reply_has_no_end() {
        let arrived: Timestamp = "2026-11-30T12:00:00Z".parse().unwrap();
        assert_eq!(expiry(Lifetime::Final, arrived), None);
        let quarter = Lifetime::For(Duration::from_mins(15));
        assert_eq!(expiry(quarter, arrived), Some("2026-11-30T12:15:00Z".parse().unwrap()));
        assert_eq!(expiry(Lifetime::For(Duration::MAX), arrived), Some(Timestamp::MAX));
    }
}
