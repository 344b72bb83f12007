//! An HTTP server on 127.0.0.1 that plays replies, and remembers what it was asked.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

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

impl Server {
    /// Starts a server that answers each request as `play` says, each connection on a thread of its
    /// own.
    pub(crate) fn start(
        play: impl Fn(&ReceivedRequest) -> PlayedReply + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("a bound port");
        let received = Arc::new(Mutex::new(Vec::new()));
        let (play, log) = (Arc::new(play), Arc::clone(&received));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (play, log) = (Arc::clone(&play), Arc::clone(&log));
                thread::spawn(move || {
                    let _ = serve(&stream, &*play, &log);
                });
            }
        });
        Self { address, received }
    }

    /// The address without a slash at the end.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
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
    stream: &TcpStream,
    play: &dyn Fn(&ReceivedRequest) -> PlayedReply,
    log: &Mutex<Vec<ReceivedRequest>>,
) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    while let Some(request) = read_request(&mut reader)? {
        log.lock().expect("no panic in the server").push(request.clone());
        if !write_reply(stream, &play(&request))? {
            return Ok(());
        }
    }
    Ok(())
}

fn read_request(reader: &mut BufReader<&TcpStream>) -> io::Result<Option<ReceivedRequest>> {
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
fn pause_for(mut stream: &TcpStream, pause: Duration) -> io::Result<()> {
    stream.set_read_timeout(Some(pause))?;
    match stream.read(&mut [0]) {
        Err(error)
            if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) =>
        {
            stream.set_read_timeout(None)
        }
        read => read.map(drop),
    }
}

/// Writes a reply. Returns true if the connection may be used again.
fn write_reply(mut stream: &TcpStream, reply: &PlayedReply) -> io::Result<bool> {
    if matches!(reply.body, PlayedBody::Silence) {
        return stream.read(&mut [0]).map(|_| false);
    }
    let announced = match &reply.body {
        PlayedBody::Whole(body) | PlayedBody::Dribbled(body, _) => Some(body.len()),
        PlayedBody::CutOff(body) => Some(body.len() + 1000),
        PlayedBody::Endless(_) | PlayedBody::Silence => None,
    };
    let mut head = format!("HTTP/1.1 {} Played\r\n", reply.status);
    for (name, value) in &reply.headers {
        head += &format!("{name}: {value}\r\n");
    }
    head += &announced.map_or_else(
        || "connection: close\r\n\r\n".to_owned(),
        |len| format!("content-length: {len}\r\n\r\n"),
    );
    stream.write_all(head.as_bytes())?;
    match &reply.body {
        PlayedBody::Whole(body) => {
            stream.write_all(body)?;
            return Ok(true);
        }
        PlayedBody::CutOff(body) => stream.write_all(body)?,
        PlayedBody::Dribbled(body, pause) => {
            for byte in body {
                stream.write_all(&[*byte])?;
                pause_for(stream, *pause)?;
            }
            return Ok(true);
        }
        PlayedBody::Endless(bytes) => loop {
            stream.write_all(bytes)?;
        },
        PlayedBody::Silence => {}
    }
    Ok(false)
}
