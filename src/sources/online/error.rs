//! Errors of fetching. Each message is one sentence: what was asked, of whom, and what to do next.

use std::fmt;
use std::time::Duration;

/// An error of a fetch. Papers that came before it are kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    #[error("{what}: not in the cache, and the network is turned off (`--offline`)")]
    Offline { what: String },
    #[error("{service}: {reason}")]
    Connection { service: &'static str, reason: String },
    /// The connection ended before the reply did. It may succeed when it is tried again.
    #[error("{service}: the connection to {host} broke off; try again")]
    Interrupted { service: &'static str, host: String },
    /// The host is not proved to be the one that was asked. Nothing was sent to it.
    #[error("{service}: the certificate of {host} {fault}")]
    Certificate { service: &'static str, host: String, fault: CertificateFault },
    #[error("{service}: the reply is larger than {} MB, so it was cut off; ask for less", .max_bytes >> 20)]
    TooLarge { service: &'static str, max_bytes: u64 },
    /// The service answered, but refused.
    #[error("{service}: {reason}")]
    Refused { service: &'static str, reason: String },
    /// The service answered with a status other than success.
    #[error("{service}: {}", status_reason(*.status, .url, .message))]
    Status {
        service: &'static str,
        status: u16,
        /// Without scheme and query.
        url: String,
        /// The sentence of the service, sanitised; may be empty.
        message: String,
    },
    #[error("{service} is limiting requests; next try in {}", PauseText(*.wait))]
    Limited { service: &'static str, wait: Duration },
    /// The reply is not what the service documents.
    #[error("{service}: unexpected reply: {reason}")]
    Unexpected { service: &'static str, reason: String },
    #[error("{what}: {service} has no such list")]
    Unsupported { what: String, service: &'static str },
    #[error("stopped")]
    Cancelled,
}

/// The fault of a certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertificateFault {
    OtherName,
    Expired,
    NotValidYet,
    UnknownIssuer,
    Revoked,
    Invalid,
}

impl fmt::Display for CertificateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OtherName => "is for another host name; nothing was sent",
            Self::Expired => "has expired; nothing was sent",
            Self::NotValidYet => "is not valid yet; check the clock of this machine",
            Self::UnknownIssuer => {
                "is self-signed or has an unknown issuer; if you trust it, name it in SSL_CERT_FILE"
            }
            Self::Revoked => "is revoked; nothing was sent",
            Self::Invalid => "is not valid; nothing was sent",
        })
    }
}

/// A pause as text, as in `45 s` or `2 h`.
#[derive(Debug, Clone, Copy)]
pub struct PauseText(pub Duration);

impl fmt::Display for PauseText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Rounded up, so that it is not asked too early.
        match self.0.as_millis().div_ceil(1000).max(1) {
            seconds @ 0..=120 => write!(f, "{seconds} s"),
            seconds @ 121..=7_200 => write!(f, "{} min", seconds.div_ceil(60)),
            seconds => write!(f, "{} h", seconds.div_ceil(3_600)),
        }
    }
}

fn status_reason(status: u16, url: &str, message: &str) -> String {
    let reason = match status {
        400 | 405..=408 | 411..=422 => format!("the request for {url} is not accepted"),
        401 => format!("the key for {url} is missing or wrong; check `[online.keys]`"),
        403 => format!("access to {url} is refused"),
        404 | 410 => format!("{url} does not exist"),
        500.. => format!("{url} does not work at the moment; try again later"),
        _ => format!("unexpected reply for {url}"),
    };
    let colon = if message.is_empty() { "" } else { ": " };
    format!("{reason} (status {status}){colon}{message}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_says_what_to_do_next() {
        let wait =
            |seconds| FetchError::Limited { service: "arXiv", wait: Duration::from_secs(seconds) };
        for (error, text) in [
            (wait(45), "arXiv is limiting requests; next try in 45 s"),
            (wait(0), "arXiv is limiting requests; next try in 1 s"),
            (wait(600), "arXiv is limiting requests; next try in 10 min"),
            (wait(80_000), "arXiv is limiting requests; next try in 23 h"),
            (
                FetchError::TooLarge { service: "arXiv", max_bytes: 64 << 20 },
                "arXiv: the reply is larger than 64 MB, so it was cut off; ask for less",
            ),
            (
                FetchError::Status {
                    service: "DBLP",
                    status: 404,
                    url: "dblp.org/x".to_owned(),
                    message: String::new(),
                },
                "DBLP: dblp.org/x does not exist (status 404)",
            ),
        ] {
            assert_eq!(error.to_string(), text);
        }
    }
}
