//! Settings of what goes over the network, from the command line, the configuration and the
//! environment.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::host::{Host, UserStanding};

/// Time without a byte after which a request fails, unless the configuration has another.
const READ_TIMEOUT: Duration = Duration::from_secs(30);

/// Permission to use the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NetworkAccess {
    #[default]
    Allowed,
    /// Only the cache is read.
    Offline,
}

/// Settings that apply to all requests of a run.
#[derive(Debug, Clone, Default)]
pub struct OnlineSettings {
    pub access: NetworkAccess,
    /// The e-mail address that the services are told.
    pub contact: Option<String>,
    /// Addresses in place of [`Host::base_url`].
    pub base_urls: Vec<(Host, String)>,
    pub keys: Vec<(Host, ApiKey)>,
    /// The directory of replies and of the pacing between processes; none without a cache.
    pub directory: Option<PathBuf>,
    /// Maximum size of all kept replies together, in bytes. 0 keeps and reads none.
    pub max_bytes: u64,
    /// Time without a byte after which a request fails, if the configuration has one.
    pub timeout: Option<Duration>,
}

/// A key of a service, which is never shown.
#[derive(Clone, PartialEq, Eq)]
pub enum ApiKey {
    Value(String),
    /// A program and its arguments; it prints the key. It runs when the key is needed.
    Command(Vec<String>),
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(…)")
    }
}

impl OnlineSettings {
    /// The directory of replies and of the pacing, in that of the cache.
    pub fn directory_in(cache: &Path) -> PathBuf {
        cache.join("online")
    }

    /// The address of a host, without a slash at the end.
    pub fn base_url(&self, host: Host) -> &str {
        let configured = self.base_urls.iter().find(|(it, _)| *it == host);
        configured.map_or_else(|| host.base_url(), |(_, url)| url.trim_end_matches('/'))
    }

    /// Time without a byte after which a request fails.
    pub fn read_timeout(&self) -> Duration {
        self.timeout.unwrap_or(READ_TIMEOUT)
    }

    /// The facts for which the operator of the host raises its limit.
    pub fn standing(&self, host: Host) -> UserStanding {
        UserStanding { has_contact: self.contact.is_some(), has_key: self.key(host).is_some() }
    }

    /// The key of a host, if the user has one.
    pub fn key(&self, host: Host) -> Option<&ApiKey> {
        self.keys.iter().find(|(it, _)| *it == host).map(|(_, key)| key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_configured_address_replaces_that_of_the_host() {
        let base_urls = vec![(Host::Dblp, "http://127.0.0.1:1/".to_owned())];
        let settings = OnlineSettings { base_urls, ..OnlineSettings::default() };
        assert_eq!(settings.base_url(Host::Dblp), "http://127.0.0.1:1");
        assert_eq!(settings.base_url(Host::Crossref), "https://api.crossref.org");
    }

    #[test]
    fn a_key_is_not_shown() {
        let keys = vec![(Host::OpenAlex, ApiKey::Value("secret".to_owned()))];
        let settings = OnlineSettings { keys, ..OnlineSettings::default() };
        assert!(!format!("{settings:?}").contains("secret"));
        assert!(settings.key(Host::OpenAlex).is_some());
    }
}
