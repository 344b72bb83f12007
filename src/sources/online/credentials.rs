//! The facts about the user in a request: the program with its version, the contact, and the key of
//! a service. None of them is in the cache or in a message.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Read as _;
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};

use super::error::FetchError;
use super::host::Host;
use super::settings::{ApiKey, OnlineSettings};

/// The keys that commands have printed in this run, by command: a password manager asks once.
static PRINTED_KEYS: Mutex<BTreeMap<Vec<String>, String>> = Mutex::new(BTreeMap::new());

const MAX_KEY_LEN: usize = 4096;

/// Parts of a request that the user has set.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Credentials {
    pub headers: Vec<(String, String)>,
    /// Parts of the query, as in `mailto=me%40example.org`.
    pub query: Vec<String>,
    /// The key, so that a reply that repeats it is not kept.
    pub key: Option<String>,
}

/// The text of `User-Agent`.
pub fn user_agent(contact: Option<&str>) -> String {
    const PROGRAM: &str = concat!("offprint/", env!("CARGO_PKG_VERSION"));
    const HOMEPAGES: [&str; 2] = [env!("CARGO_PKG_HOMEPAGE"), env!("CARGO_PKG_REPOSITORY")];
    let homepage = HOMEPAGES.into_iter().find(|it| !it.is_empty()).map(|it| format!("+{it}"));
    let contact = contact.map(|it| format!("mailto:{it}"));
    let parts: Vec<String> = homepage.into_iter().chain(contact).collect();
    if parts.is_empty() { PROGRAM.to_owned() } else { format!("{PROGRAM} ({})", parts.join("; ")) }
}

impl Credentials {
    /// The contact and the key for a host. Runs the command of a key at its first use.
    ///
    /// # Errors
    ///
    /// Returns an error without the key or the arguments if the command prints no key.
    pub fn new(host: Host, settings: &OnlineSettings) -> Result<Self, FetchError> {
        let mut credentials = Self::default();
        if let Some(contact) = settings.contact.as_deref().map(percent_encode) {
            match host {
                Host::OpenAlex | Host::Crossref => {
                    credentials.query.push(format!("mailto={contact}"));
                }
                Host::Pubmed => credentials.query.push(format!("tool=offprint&email={contact}")),
                Host::Unpaywall => credentials.query.push(format!("email={contact}")),
                Host::ArxivApi
                | Host::ArxivFeed
                | Host::ArxivPages
                | Host::HuggingFace
                | Host::SemanticScholar
                | Host::EuropePmc
                | Host::Biorxiv
                | Host::Dblp
                | Host::Inspire
                | Host::AclAnthology
                | Host::PapersWithCode
                | Host::OpenCitations
                | Host::Web => {}
            }
        }
        if let Some(key) = settings.key(host) {
            credentials.add_key(host, key_text(host, key)?);
        }
        Ok(credentials)
    }

    fn add_key(&mut self, host: Host, key: String) {
        let header = |name: &str, value: String| (name.to_owned(), value);
        match host {
            Host::SemanticScholar => self.headers.push(header("x-api-key", key.clone())),
            Host::OpenAlex | Host::Pubmed => {
                self.query.push(format!("api_key={}", percent_encode(&key)));
            }
            Host::Crossref => {
                self.headers.push(header("crossref-plus-api-token", format!("Bearer {key}")));
            }
            Host::OpenCitations => self.headers.push(header("authorization", key.clone())),
            Host::ArxivApi
            | Host::ArxivFeed
            | Host::ArxivPages
            | Host::HuggingFace
            | Host::EuropePmc
            | Host::Biorxiv
            | Host::Dblp
            | Host::Inspire
            | Host::AclAnthology
            | Host::PapersWithCode
            | Host::Unpaywall
            | Host::Web => self.headers.push(header("authorization", format!("Bearer {key}"))),
        }
        self.key = Some(key);
    }

    /// The URL with the parts of the query, except those that it has.
    pub fn url(&self, url: &str) -> String {
        let mut url = url.to_owned();
        for part in &self.query {
            let name = part.split('=').next().unwrap_or_default();
            if !url.contains(&format!("?{name}=")) && !url.contains(&format!("&{name}=")) {
                url.push(if url.contains('?') { '&' } else { '?' });
                url.push_str(part);
            }
        }
        url
    }

    /// Returns true if the bytes have the key in them.
    pub fn is_repeated_in(&self, bytes: &[u8]) -> bool {
        self.key.as_deref().is_some_and(|key| memchr::memmem::find(bytes, key.as_bytes()).is_some())
    }
}

fn key_text(host: Host, key: &ApiKey) -> Result<String, FetchError> {
    let failed = |reason: &str| FetchError::Refused {
        service: host.title(),
        reason: format!("the command of its key in `[online.keys]` {reason}"),
    };
    let key = match key {
        ApiKey::Value(value) => value.clone(),
        ApiKey::Command(command) => {
            let mut printed = PRINTED_KEYS.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(key) = printed.get(command) {
                key.clone()
            } else {
                let key = print_secret(command).map_err(|it| failed(&it))?;
                printed.insert(command.clone(), key.clone());
                key
            }
        }
    };
    let is_printable = !key.is_empty() && key.bytes().all(|it| it.is_ascii_graphic());
    if is_printable { Ok(key) } else { Err(failed("prints no key")) }
}

/// Runs a command and returns the first line that it prints: a key or a password.
///
/// # Errors
///
/// Returns a part of a sentence, without the arguments of the command.
pub fn print_secret(command: &[String]) -> Result<String, String> {
    let Some((program, arguments)) = command.split_first() else {
        return Err("is empty".to_owned());
    };
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let cannot_run = |error| format!("does not run: {}", crate::sources::disk::io_reason(&error));
    let mut child = command.spawn().map_err(cannot_run)?;
    let mut printed = Vec::new();
    if let Some(output) = child.stdout.take() {
        let _ = output.take(MAX_KEY_LEN as u64).read_to_end(&mut printed);
    }
    if !child.wait().map_err(cannot_run)?.success() {
        return Err("failed".to_owned());
    }
    let printed = String::from_utf8_lossy(&printed);
    Ok(printed.lines().next().unwrap_or_default().trim().to_owned())
}

/// Escapes what has a meaning in a query.
fn percent_encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(host: Host, key: ApiKey) -> OnlineSettings {
        let contact = Some("a+b@example.org".to_owned());
        OnlineSettings { contact, keys: vec![(host, key)], ..OnlineSettings::default() }
    }

    fn url(host: Host) -> String {
        let settings = settings(host, ApiKey::Value("k&1".to_owned()));
        Credentials::new(host, &settings).unwrap().url("https://a.org/?q=1")
    }

    #[test]
    fn each_service_gets_its_key_as_it_wants_it() {
        assert_eq!(
            url(Host::OpenAlex),
            "https://a.org/?q=1&mailto=a%2Bb%40example.org&api_key=k%261"
        );
        assert_eq!(
            url(Host::Pubmed),
            "https://a.org/?q=1&tool=offprint&email=a%2Bb%40example.org&api_key=k%261"
        );
        assert_eq!(url(Host::Unpaywall), "https://a.org/?q=1&email=a%2Bb%40example.org");
        assert_eq!(url(Host::SemanticScholar), "https://a.org/?q=1");
        for (host, name, value) in [
            (Host::SemanticScholar, "x-api-key", "word"),
            (Host::HuggingFace, "authorization", "Bearer word"),
        ] {
            let settings = settings(host, ApiKey::Value("word".to_owned()));
            let credentials = Credentials::new(host, &settings).unwrap();
            assert_eq!(credentials.headers, [(name.to_owned(), value.to_owned())]);
            assert!(credentials.is_repeated_in(b"{\"key\":\"word\"}"));
            assert!(!credentials.is_repeated_in(b"{}"));
        }
        assert!(Credentials::new(Host::Dblp, &OnlineSettings::default()).unwrap().key.is_none());
    }

    #[test]
    fn a_part_of_the_query_is_not_doubled() {
        let settings = settings(Host::OpenAlex, ApiKey::Value("word".to_owned()));
        let credentials = Credentials::new(Host::OpenAlex, &settings).unwrap();
        let url = credentials.url("https://a.org/?mailto=me&api_key=1");
        assert_eq!(url, "https://a.org/?mailto=me&api_key=1");
    }

    #[cfg(unix)]
    #[test]
    fn a_command_prints_the_key_once() {
        let directory = tempfile::tempdir().unwrap();
        let log = directory.path().join("log").to_str().unwrap().to_owned();
        let script = "echo run >> \"$0\"; echo secret; echo more";
        let command = ["sh", "-c", script, &log].map(str::to_owned).to_vec();
        let settings = settings(Host::HuggingFace, ApiKey::Command(command));
        for _ in 0..3 {
            let credentials = Credentials::new(Host::HuggingFace, &settings).unwrap();
            assert_eq!(credentials.key.as_deref(), Some("secret"));
        }
        assert_eq!(std::fs::read_to_string(log).unwrap(), "run\n");
    }

    #[cfg(unix)]
    #[test]
    fn a_command_that_fails_is_told_without_its_arguments() {
        for (command, reason) in [
            (vec!["sh", "-c", "echo secret; exit 1"], "failed"),
            (vec!["sh", "-c", "true secret"], "prints no key"),
            (vec!["/no/such/secret"], "does not run: no such file or directory"),
            (vec![], "is empty"),
        ] {
            let command = command.into_iter().map(str::to_owned).collect();
            let settings = settings(Host::OpenAlex, ApiKey::Command(command));
            let error = Credentials::new(Host::OpenAlex, &settings).err().unwrap().to_string();
            let text = format!("OpenAlex: the command of its key in `[online.keys]` {reason}");
            assert_eq!(error, text);
        }
    }

    #[test]
    fn the_program_names_itself_and_the_contact_if_there_is_one() {
        let program = concat!("offprint/", env!("CARGO_PKG_VERSION"));
        assert_eq!(user_agent(None), program);
        assert_eq!(user_agent(Some("a@b.org")), format!("{program} (mailto:a@b.org)"));
    }
}
