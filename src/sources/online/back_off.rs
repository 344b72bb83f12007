//! Pauses before a request is sent again.

use std::time::Duration;

use jiff::Timestamp;

use super::host::Host;

/// Number of times that a request is sent before the fetch fails.
pub const MAX_TRIES: u32 = 5;
/// Pauses up to this are waited for. A longer one ends the fetch, and the message tells it.
pub const MAX_PAUSE: Duration = Duration::from_mins(2);
const LONGEST_BACK_OFF: Duration = Duration::from_mins(1);
/// arXiv answers nothing for about this time after `Rate exceeded.`.
const ARXIV_PAUSE: Duration = Duration::from_secs(45);
/// A longer pause is a slip of the server.
const MAX_RETRY_AFTER: Duration = Duration::from_hours(24);

/// Returns true if a request that got this status may succeed later.
pub fn is_temporary(status: u16) -> bool {
    is_limiting(status) || matches!(status, 500 | 502 | 504)
}

/// Returns true if the status asks all processes to wait.
pub fn is_limiting(status: u16) -> bool {
    matches!(status, 429 | 503)
}

/// The pause after a number of tries: 1, 2, 4 … 60 s, and up to a quarter more.
pub fn back_off(tries: u32, jitter: f64) -> Duration {
    let doubled = Duration::from_secs(1 << tries.saturating_sub(1).min(6));
    doubled.min(LONGEST_BACK_OFF).mul_f64(1.0 + jitter.clamp(0.0, 1.0) / 4.0)
}

/// The pause that a host asks for with a status, or else a usual one.
pub fn limiting_pause(
    host: Host,
    retry_after: Option<&str>,
    tries: u32,
    now: Timestamp,
    jitter: f64,
) -> Duration {
    let requested = retry_after.and_then(|it| parse_retry_after(it, now));
    let usual = match host {
        Host::ArxivApi | Host::ArxivFeed | Host::ArxivPages => ARXIV_PAUSE,
        Host::HuggingFace
        | Host::SemanticScholar
        | Host::OpenAlex
        | Host::Crossref
        | Host::Pubmed
        | Host::EuropePmc
        | Host::Biorxiv
        | Host::Dblp
        | Host::Inspire
        | Host::AclAnthology
        | Host::PapersWithCode
        | Host::Unpaywall
        | Host::OpenCitations
        | Host::Web => Duration::ZERO,
    };
    requested.unwrap_or_else(|| usual.max(back_off(tries, jitter)))
}

/// The pause after a reply whose `RateLimit` header says that no request is left, as in
/// `"api";r=0;t=297`: the time until more are allowed. `None` if requests are left, or if it cannot
/// be read.
pub fn exhausted_pause(rate_limit: &str) -> Option<Duration> {
    // Each policy has an item of its own.
    let pause = |item: &str| {
        let number = |name: &str| {
            let mut parts = item.split(';').filter_map(|it| it.trim().split_once('='));
            parts.find(|(it, _)| *it == name)?.1.parse::<u64>().ok()
        };
        let seconds = number("t").filter(|_| number("r") == Some(0))?;
        Some(Duration::from_secs(seconds).min(MAX_RETRY_AFTER))
    };
    rate_limit.split(',').filter_map(pause).max().filter(|it| !it.is_zero())
}

/// Parses the value of `Retry-After`: seconds or a date. `None` for a time that is over.
fn parse_retry_after(text: &str, now: Timestamp) -> Option<Duration> {
    let text = text.trim();
    let pause = if text.bytes().all(|it| it.is_ascii_digit()) {
        Duration::from_secs(text.parse().ok()?)
    } else {
        let date = jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
        date.duration_since(now).try_into().ok()?
    };
    (!pause.is_zero()).then(|| pause.min(MAX_RETRY_AFTER))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_without_requests_left_is_not_asked_before_there_are_more() {
        for (header, seconds) in [
            ("\"api\";r=0;t=297", Some(297)),
            ("\"pages\";r=3;t=10, \"api\"; r=0; t=5", Some(5)),
            ("\"api\";r=499;t=297", None),
            ("\"api\";r=0", None),
            ("\"api\";r=0;t=0", None),
            ("\"api\";r=0;t=99999999999", Some(24 * 3600)),
            ("r=;t=x", None),
        ] {
            assert_eq!(exhausted_pause(header), seconds.map(Duration::from_secs), "{header}");
        }
    }

    fn now() -> Timestamp {
        "2026-11-30T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn pauses_double_up_to_a_minute() {
        let seconds: Vec<u64> = (1..=9).map(|it| back_off(it, 0.0).as_secs()).collect();
        assert_eq!(seconds, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
        assert_eq!(back_off(2, 1.0), Duration::from_millis(2500));
    }

    #[test]
    fn a_host_may_ask_for_seconds_or_a_date() {
        for (text, pause) in [
            ("7", Some(7)),
            (" 120 ", Some(120)),
            ("Mon, 30 Nov 2026 12:00:30 GMT", Some(30)),
            ("Mon, 30 Nov 2026 11:00:00 GMT", None),
            ("0", None),
            ("99999999999", Some(24 * 60 * 60)),
            ("99999999999999999999999", None),
            ("soon", None),
        ] {
            let parsed = parse_retry_after(text, now());
            assert_eq!(parsed, pause.map(Duration::from_secs), "{text}");
        }
    }

    #[test]
    fn arxiv_is_left_alone_for_longer() {
        let pause = |host, header| limiting_pause(host, header, 1, now(), 0.0).as_secs();
        assert_eq!(pause(Host::ArxivApi, None), 45);
        assert_eq!(pause(Host::ArxivApi, Some("5")), 5);
        assert_eq!(pause(Host::Dblp, None), 1);
        assert_eq!(pause(Host::Dblp, Some("0")), 1);
    }

    #[test]
    fn only_what_may_pass_is_asked_again() {
        let temporary = (300..600).filter(|it| is_temporary(*it)).collect::<Vec<_>>();
        assert_eq!(temporary, [429, 500, 502, 503, 504]);
        assert!(!is_limiting(500));
    }
}
