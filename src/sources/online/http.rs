//! HTTP. The only file that knows the HTTP crate.
//!
//! A redirect is a reply like others here, since the request that follows it is paced too.

use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use flate2::read::MultiGzDecoder;
use rustls::CertificateError;
use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};

use super::error::{CertificateFault, FetchError};
use super::services::reply::error_message;
use super::url::{authority, is_loopback};
use crate::sources::disk::io_reason;
use crate::text::sanitise;

/// Maximum length of a body, packed and unpacked, in bytes.
const MAX_BODY_LEN: u64 = 64 << 20;
/// Maximum length of the body of an error that is looked at, in bytes.
const MAX_ERROR_LEN: u64 = 64 << 10;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(15);
/// A reply that takes longer is given up, however it comes.
const TOTAL_TIMEOUT: Duration = Duration::from_mins(10);

/// A request as it is sent.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpCall {
    /// The name of the service in messages.
    pub service: &'static str,
    pub url: String,
    pub headers: Vec<(String, String)>,
    /// The JSON document of a `POST`.
    pub json_body: Option<String>,
    /// Time without a byte after which the request fails.
    pub read_timeout: Duration,
}

/// A reply with any status.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HttpAnswer {
    pub status: u16,
    /// The names are in lower case.
    pub headers: Vec<(String, String)>,
    /// The unpacked body; of an error only its beginning.
    pub body: Vec<u8>,
}

/// Sends requests.
pub trait HttpExchange: Send + Sync {
    /// Sends a request and reads the whole reply.
    ///
    /// # Errors
    ///
    /// Returns the reason if there is no whole reply.
    fn exchange(&self, call: &HttpCall) -> Result<HttpAnswer, FetchError>;

    /// Ends all requests that are on their way.
    fn abort(&self);
}

/// The client of a run. Makes no connection, and reads no certificate, before the first request.
#[derive(Default)]
pub struct HttpClient {
    agent: Mutex<Option<Agent>>,
}

impl HttpAnswer {
    /// Returns the first header with this name, which is in lower case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
    }

    /// The sentence of a service in the body of an error; empty if there is none.
    pub fn message(&self) -> String {
        let message = error_message(&self.body).unwrap_or_default();
        message.trim_end_matches('.').to_owned()
    }
}

impl HttpClient {
    fn agent(&self) -> Agent {
        let mut agent = self.agent.lock().unwrap_or_else(PoisonError::into_inner);
        agent.get_or_insert_with(new_agent).clone()
    }
}

fn new_agent() -> Agent {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = TlsConfig::builder()
        .root_certs(RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(provider)
        .build();
    Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_connect(Some(CONNECT_TIMEOUT))
        .timeout_global(Some(TOTAL_TIMEOUT))
        .tls_config(tls)
        .build()
        .new_agent()
}

impl HttpExchange for HttpClient {
    fn exchange(&self, call: &HttpCall) -> Result<HttpAnswer, FetchError> {
        let agent = self.agent();
        let failed = |error: ureq::Error| connection_error(error, call);
        let sent = match &call.json_body {
            None => {
                let request = with_headers(agent.get(&call.url), call);
                configured(request.config(), call).call()
            }
            Some(body) => {
                let request = with_headers(agent.post(&call.url), call);
                let request = request.header("content-type", "application/json");
                configured(request.config(), call).send(body)
            }
        };
        let mut response = sent.map_err(failed)?;
        let status = response.status().as_u16();
        let headers = response.headers().iter().filter_map(|(name, value)| {
            Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
        });
        let mut answer = HttpAnswer { status, headers: headers.collect(), body: Vec::new() };
        let is_packed = answer.header("content-encoding").is_some_and(|it| it.contains("gzip"));
        let announced = answer.header("content-length").and_then(|it| it.parse::<u64>().ok());
        let body = response.body_mut().as_reader();
        if status == 200 {
            let read = match announced {
                Some(len) if len > MAX_BODY_LEN => Err(BodyError::TooLarge),
                _ => read_body(body, is_packed, MAX_BODY_LEN),
            };
            answer.body = read.map_err(|it| match it {
                BodyError::TooLarge => {
                    FetchError::TooLarge { service: call.service, max_bytes: MAX_BODY_LEN }
                }
                BodyError::Damaged => FetchError::Unexpected {
                    service: call.service,
                    reason: "the packed data are damaged; try again later".to_owned(),
                },
                BodyError::Read(error) => connection_error(ureq::Error::from(error), call),
            })?;
        } else if status >= 400 {
            // The rest of an error does not matter.
            answer.body = read_body(body, is_packed, MAX_ERROR_LEN).unwrap_or_default();
        }
        Ok(answer)
    }

    fn abort(&self) {
        let agent = self.agent.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(agent) = agent {
            agent.shutdown();
        }
    }
}

fn with_headers<Any>(
    mut request: ureq::RequestBuilder<Any>,
    call: &HttpCall,
) -> ureq::RequestBuilder<Any> {
    request = request.header("accept-encoding", "gzip");
    for (name, value) in &call.headers {
        request = request.header(name.as_str(), value.as_str());
    }
    request
}

/// A request to this machine goes to no proxy: what is not encrypted does not leave the machine.
fn configured<Any>(
    config: ureq::config::ConfigBuilder<ureq::typestate::RequestScope<Any>>,
    call: &HttpCall,
) -> ureq::RequestBuilder<Any> {
    let config = config.timeout_per_read(Some(call.read_timeout));
    if is_loopback(&call.url) { config.proxy(None).build() } else { config.build() }
}

/// The reason why a body was not read.
#[derive(Debug)]
enum BodyError {
    TooLarge,
    /// The body came to its end, but does not unpack.
    Damaged,
    Read(io::Error),
}

/// A reader that remembers that it failed.
struct WatchedReader<R> {
    inner: R,
    has_failed: bool,
}

impl<R: Read> Read for WatchedReader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer);
        self.has_failed |= read.as_ref().is_err_and(|it| it.kind() != io::ErrorKind::Interrupted);
        read
    }
}

/// Reads a body up to a bound, which holds packed and unpacked: a few bytes may unpack to very many,
/// and endless bytes to none.
fn read_body(body: impl Read, is_packed: bool, max_len: u64) -> Result<Vec<u8>, BodyError> {
    let mut packed = WatchedReader { inner: body, has_failed: false }.take(max_len + 1);
    let mut bytes = Vec::new();
    let read = if is_packed {
        MultiGzDecoder::new(&mut packed).take(max_len + 1).read_to_end(&mut bytes)
    } else {
        packed.read_to_end(&mut bytes)
    };
    if packed.limit() == 0 || bytes.len() as u64 > max_len {
        return Err(BodyError::TooLarge);
    }
    match read {
        Ok(_) => Ok(bytes),
        Err(_) if !packed.get_ref().has_failed => Err(BodyError::Damaged),
        Err(error) => Err(BodyError::Read(error)),
    }
}

/// Tells an error without the URL, which may have a key in it.
fn connection_error(error: ureq::Error, call: &HttpCall) -> FetchError {
    let (service, host) = (call.service, sanitise(authority(&call.url)).into_owned());
    let unreachable = |reason: &str| FetchError::Connection {
        service,
        reason: format!("no connection to {host} ({reason}); check the network and try again"),
    };
    match error {
        ureq::Error::Rustls(error) => tls_error(&error, service, host),
        ureq::Error::Io(error) => {
            if let Some(error) = error.get_ref().and_then(|it| it.downcast_ref::<rustls::Error>()) {
                return tls_error(error, service, host);
            }
            match error.kind() {
                io::ErrorKind::UnexpectedEof
                | io::ErrorKind::ConnectionReset
                | io::ErrorKind::ConnectionAborted
                | io::ErrorKind::BrokenPipe => FetchError::Interrupted { service, host },
                _ => unreachable(&io_reason(&error)),
            }
        }
        ureq::Error::Timeout(ureq::Timeout::Connect | ureq::Timeout::Resolve) => {
            unreachable("it does not answer")
        }
        ureq::Error::Timeout(ureq::Timeout::Global) => FetchError::Connection {
            service,
            reason: format!("{host} is too slow; try again later"),
        },
        ureq::Error::Timeout(_) => {
            let seconds = call.read_timeout.as_secs();
            let reason = format!("{host} was silent for {seconds} s; try again later");
            FetchError::Connection { service, reason }
        }
        ureq::Error::HostNotFound => unreachable("no such host"),
        ureq::Error::ConnectionFailed => unreachable("it does not answer"),
        ureq::Error::InvalidProxyUrl | ureq::Error::ConnectProxyFailed(_) => {
            unreachable("the proxy does not answer; check HTTPS_PROXY")
        }
        ureq::Error::Protocol(_) | ureq::Error::LargeResponseHeader(..) => {
            FetchError::Unexpected { service, reason: format!("{host} does not speak HTTP") }
        }
        _ => unreachable("the request cannot be sent"),
    }
}

fn tls_error(error: &rustls::Error, service: &'static str, host: String) -> FetchError {
    let fault = match error {
        rustls::Error::InvalidCertificate(error) => match error {
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                CertificateFault::OtherName
            }
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                CertificateFault::Expired
            }
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                CertificateFault::NotValidYet
            }
            CertificateError::UnknownIssuer => CertificateFault::UnknownIssuer,
            CertificateError::Revoked => CertificateFault::Revoked,
            // A certificate of an authority that a server uses itself.
            other if format!("{other:?}").contains("CaUsedAsEndEntity") => {
                CertificateFault::UnknownIssuer
            }
            _ => CertificateFault::Invalid,
        },
        rustls::Error::NoCertificatesPresented => CertificateFault::Invalid,
        rustls::Error::General(_) => {
            let reason = "this system has no certificates of authorities; install them, or name a \
                          file of them in SSL_CERT_FILE";
            return FetchError::Connection { service, reason: reason.to_owned() };
        }
        _ => {
            let reason = format!("no encrypted connection to {host}; try again later");
            return FetchError::Connection { service, reason };
        }
    };
    FetchError::Certificate { service, host, fault }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_body_is_bounded_packed_and_unpacked() {
        let is_too_large = |it| matches!(it, Err(BodyError::TooLarge));
        assert_eq!(read_body(&b"papers"[..], false, 6).unwrap(), b"papers");
        assert!(is_too_large(read_body(&b"papers"[..], false, 5)));
        assert!(is_too_large(read_body(io::repeat(b'x'), false, 1000)));
        assert_eq!(read_body(&*packed(b"papers"), true, 100).unwrap(), b"papers");
        let bomb = packed(&vec![0; 100_000]);
        assert!(bomb.len() < 1000, "{}", bomb.len());
        assert!(is_too_large(read_body(&*bomb, true, 1000)));
        // Members of a stream that hold nothing.
        let nothing = packed(b"").repeat(100);
        assert!(is_too_large(read_body(&*nothing, true, 1000)));
        assert_eq!(read_body(&*nothing, true, 10_000).unwrap(), b"");
        let cut_off = &packed(b"papers")[..15];
        assert!(matches!(read_body(cut_off, true, 1000), Err(BodyError::Damaged)));
    }

    #[test]
    fn a_request_that_is_on_its_way_is_aborted() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let call = HttpCall {
            service: "DBLP",
            url: format!("http://{}/", listener.local_addr().unwrap()),
            headers: Vec::new(),
            json_body: None,
            read_timeout: Duration::from_mins(10),
        };
        let client = Arc::new(HttpClient::default());
        let asking = Arc::clone(&client);
        let asked = std::thread::spawn(move || asking.exchange(&call));
        let (mut socket, _) = listener.accept().unwrap();
        // The reply begins, but never ends.
        socket.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegin").unwrap();
        let mut request = [0; 16];
        assert!(socket.read(&mut request).unwrap() > 0);
        client.abort();
        assert!(asked.join().unwrap().is_err());
    }

    #[test]
    fn the_sentence_of_a_service_is_taken_from_its_json() {
        let message = |body: &str| HttpAnswer { body: body.into(), ..Default::default() }.message();
        assert_eq!(message("{\"error\":\"Paper not\\u001b[2J found.\"}"), "Paper not found");
        assert_eq!(message("{\"error\":{\"code\":1}}"), "an error without a message");
        assert_eq!(message("<html>"), "");
        let long = format!("{{\"message\":\"{}\"}}", "a".repeat(1000));
        assert!(message(&long).len() < 200, "{}", message(&long));
    }
}
