//! Errors of fetching. Each message is one sentence: what was asked, of whom, and what to do next.

use std::time::Duration;

/// An error of a fetch. Papers that came before it are kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    #[error("{what}: not in the cache, and the network is turned off (`--offline`)")]
    Offline { what: String },
    #[error("{service}: {reason}")]
    Connection { service: &'static str, reason: String },
    /// The service answered, but refused.
    #[error("{service}: {reason}")]
    Refused { service: &'static str, reason: String },
    #[error("{service} is limiting requests; next try in {} s", .wait.as_secs().max(1))]
    Limited { service: &'static str, wait: Duration },
    /// The reply is not what the service documents.
    #[error("{service}: unexpected reply: {reason}")]
    Unexpected { service: &'static str, reason: String },
    #[error("{what}: {service} has no such list")]
    Unsupported { what: String, service: &'static str },
    #[error("stopped")]
    Cancelled,
}
