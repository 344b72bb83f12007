//! An HTTP server on 127.0.0.1 that plays replies, with or without TLS, and remembers what it was
//! asked.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// A request that arrived.
#[derive(Debug, Clone)]
pub(crate) struct ReceivedRequest {
    pub method: String,
    /// Path and query.
    pub path: String,
    /// The names are in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    pub at: Instant,
}

impl ReceivedRequest {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
    }
}

/// A reply to play.
#[derive(Debug, Clone)]
pub(crate) struct PlayedReply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: PlayedBody,
}

#[derive(Debug, Clone)]
pub(crate) enum PlayedBody {
    Whole(Vec<u8>),
    /// The connection ends before the announced length is sent.
    CutOff(Vec<u8>),
    /// One byte after the other, with a pause between them, until the client leaves.
    Dribbled(Vec<u8>, Duration),
    /// The same bytes again and again, without an announced length.
    Endless(Vec<u8>),
    /// Nothing at all, until the client leaves.
    Silence,
    /// The bytes in place of a reply, and the end of the connection.
    Raw(Vec<u8>),
}

impl PlayedReply {
    pub(crate) fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: Vec::new(), body: PlayedBody::Whole(body.into()) }
    }

    pub(crate) fn ok(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200, body)
    }

    pub(crate) fn with_header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
}

/// A running server. It ends with the process of the tests.
pub(crate) struct Server {
    address: SocketAddr,
    received: Arc<Mutex<Vec<ReceivedRequest>>>,
}

/// A connection, with or without TLS.
trait Connection: Read + Write {
    fn socket(&self) -> &TcpStream;
}

impl Connection for TcpStream {
    fn socket(&self) -> &TcpStream {
        self
    }
}

impl Connection for StreamOwned<ServerConnection, TcpStream> {
    fn socket(&self) -> &TcpStream {
        &self.sock
    }
}

impl Server {
    /// Starts a server that answers each request as `play` says, each connection on a thread of its
    /// own.
    pub(crate) fn start(
        play: impl Fn(&ReceivedRequest) -> PlayedReply + Send + Sync + 'static,
    ) -> Self {
        Self::start_with(None, play)
    }

    /// The same with TLS and this certificate.
    pub(crate) fn start_tls(
        certificate: CertificateDer<'static>,
        key: PrivateKeyDer<'static>,
        play: impl Fn(&ReceivedRequest) -> PlayedReply + Send + Sync + 'static,
    ) -> Self {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("the usual versions of TLS")
            .with_no_client_auth()
            .with_single_cert(vec![certificate], key)
            .expect("a certificate with its key");
        Self::start_with(Some(Arc::new(config)), play)
    }

    fn start_with(
        tls: Option<Arc<ServerConfig>>,
        play: impl Fn(&ReceivedRequest) -> PlayedReply + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("a bound port");
        let received = Arc::new(Mutex::new(Vec::new()));
        let (play, log) = (Arc::new(play), Arc::clone(&received));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (play, log, tls) = (Arc::clone(&play), Arc::clone(&log), tls.clone());
                thread::spawn(move || {
                    let connection: Box<dyn Connection> = match tls {
                        None => Box::new(stream),
                        Some(config) => {
                            let tls = ServerConnection::new(config).expect("a usable setting");
                            Box::new(StreamOwned::new(tls, stream))
                        }
                    };
                    let _ = serve(connection, &*play, &log);
                });
            }
        });
        Self { address, received }
    }

    /// The address without a slash at the end.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The same with TLS and a name in place of the number.
    pub(crate) fn tls_url(&self) -> String {
        format!("https://localhost:{}", self.address.port())
    }

    /// All requests so far.
    pub(crate) fn received(&self) -> Vec<ReceivedRequest> {
        self.received.lock().expect("no panic in the server").clone()
    }

    /// The paths of all requests so far.
    pub(crate) fn paths(&self) -> Vec<String> {
        self.received().into_iter().map(|it| it.path).collect()
    }
}

fn serve(
    connection: Box<dyn Connection>,
    play: &dyn Fn(&ReceivedRequest) -> PlayedReply,
    log: &Mutex<Vec<ReceivedRequest>>,
) -> io::Result<()> {
    let mut reader = BufReader::new(connection);
    while let Some(request) = read_request(&mut reader)? {
        log.lock().expect("no panic in the server").push(request.clone());
        if !write_reply(reader.get_mut().as_mut(), &play(&request))? {
            return Ok(());
        }
    }
    Ok(())
}

fn read_request(reader: &mut impl BufRead) -> io::Result<Option<ReceivedRequest>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut headers = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.push((name.to_ascii_lowercase(), value.to_owned()));
    }
    let mut request =
        ReceivedRequest { method, path, headers, body: Vec::new(), at: Instant::now() };
    let len = request.header("content-length").and_then(|it| it.parse().ok()).unwrap_or(0);
    request.body = vec![0; len];
    reader.read_exact(&mut request.body)?;
    Ok(Some(request))
}

/// Waits, but no longer than until the client leaves.
fn pause_for(mut socket: &TcpStream, pause: Duration) -> io::Result<()> {
    socket.set_read_timeout(Some(pause))?;
    match socket.read(&mut [0]) {
        Err(error)
            if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) =>
        {
            socket.set_read_timeout(None)
        }
        Ok(0) => Err(io::ErrorKind::ConnectionAborted.into()),
        read => read.map(drop),
    }
}

/// Writes a reply. Returns true if the connection may be used again.
fn write_reply(connection: &mut dyn Connection, reply: &PlayedReply) -> io::Result<bool> {
    let announced = match &reply.body {
        PlayedBody::Silence => return connection.read(&mut [0]).map(|_| false),
        PlayedBody::Raw(bytes) => {
            connection.write_all(bytes)?;
            return connection.flush().map(|()| false);
        }
        PlayedBody::Whole(_) if reply.status == 304 => None,
        PlayedBody::Whole(body) | PlayedBody::Dribbled(body, _) => {
            Some(format!("content-length: {}", body.len()))
        }
        PlayedBody::CutOff(body) => Some(format!("content-length: {}", body.len() + 1000)),
        PlayedBody::Endless(_) => Some("connection: close".to_owned()),
    };
    let lines = reply.headers.iter().map(|(name, value)| format!("{name}: {value}"));
    let status = format!("HTTP/1.1 {} Played", reply.status);
    let head: Vec<String> = [status].into_iter().chain(lines).chain(announced).collect();
    connection.write_all(format!("{}\r\n\r\n", head.join("\r\n")).as_bytes())?;
    match &reply.body {
        PlayedBody::Whole(_) if reply.status == 304 => {}
        PlayedBody::Whole(body) => connection.write_all(body)?,
        PlayedBody::CutOff(body) => {
            connection.write_all(body)?;
            connection.flush()?;
            return Ok(false);
        }
        PlayedBody::Dribbled(body, pause) => {
            for byte in body {
                connection.write_all(&[*byte])?;
                connection.flush()?;
                pause_for(connection.socket(), *pause)?;
            }
        }
        PlayedBody::Endless(bytes) => loop {
            connection.write_all(bytes)?;
        },
        PlayedBody::Silence | PlayedBody::Raw(_) => {}
    }
    connection.flush().map(|()| true)
}
