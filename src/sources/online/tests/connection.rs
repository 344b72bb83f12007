//! Tests of the cache, of repeated tries and of redirects.

use std::collections::VecDeque;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tempfile::TempDir;

use crate::sources::load_control::LoadControl;
use crate::sources::online::clock::{Clock, ManualClock};
use crate::sources::online::connection::OnlineConnection;
use crate::sources::online::error::FetchError;
use crate::sources::online::fetch::{Freshness, ReplySource};
use crate::sources::online::host::Host;
use crate::sources::online::http::{HttpAnswer, HttpCall, HttpExchange};
use crate::sources::online::request::{HttpReply, HttpRequest, Lifetime};
use crate::sources::online::settings::{ApiKey, NetworkAccess, OnlineSettings};

const HOUR: Lifetime = Lifetime::For(Duration::from_hours(1));

/// A client that plays answers in order, and remembers what it was asked.
#[derive(Default)]
struct PlayedClient {
    answers: Mutex<VecDeque<Result<HttpAnswer, FetchError>>>,
    calls: Mutex<Vec<HttpCall>>,
}

impl HttpExchange for PlayedClient {
    fn exchange(&self, call: &HttpCall) -> Result<HttpAnswer, FetchError> {
        self.calls.lock().unwrap().push(call.clone());
        self.answers.lock().unwrap().pop_front().expect("an answer that was made up")
    }

    fn abort(&self) {}
}

struct Test {
    directory: TempDir,
    clock: Arc<ManualClock>,
    client: Arc<PlayedClient>,
    settings: OnlineSettings,
}

impl Test {
    fn new(answers: impl IntoIterator<Item = HttpAnswer>) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let settings = OnlineSettings {
            directory: Some(directory.path().to_owned()),
            max_bytes: 1 << 20,
            ..OnlineSettings::default()
        };
        let client = PlayedClient::default();
        client.answers.lock().unwrap().extend(answers.into_iter().map(Ok));
        let clock = Arc::new(ManualClock::new("2026-11-30T12:00:00Z"));
        Self { directory, clock, client: Arc::new(client), settings }
    }

    fn connection(&self) -> OnlineConnection {
        let clock: Arc<dyn Clock> = Arc::<ManualClock>::clone(&self.clock);
        let client: Arc<dyn HttpExchange> = Arc::<PlayedClient>::clone(&self.client);
        OnlineConnection::with(Arc::new(self.settings.clone()), clock, client)
    }

    fn ask(&self, request: &HttpRequest, freshness: Freshness) -> Result<HttpReply, FetchError> {
        self.connection().ask(request, HOUR, freshness, &LoadControl::default(), &mut drop)
    }

    fn get(&self, host: Host) -> Result<String, FetchError> {
        let reply = self.ask(&HttpRequest::get(host, "/x"), Freshness::FromCache)?;
        Ok(String::from_utf8(reply.body).unwrap())
    }

    fn calls(&self) -> Vec<HttpCall> {
        self.client.calls.lock().unwrap().clone()
    }

    fn seconds(&self) -> f64 {
        let start: jiff::Timestamp = "2026-11-30T12:00:00Z".parse().unwrap();
        self.clock.now().duration_since(start).as_secs_f64()
    }

    /// The bytes of all files of the cache.
    fn cached_bytes(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self.directory.path().join("replies")).into_iter().flatten();
        files.flat_map(|it| std::fs::read(it.unwrap().path()).unwrap()).collect()
    }
}

fn answer(status: u16, body: &str, headers: &[(&str, &str)]) -> HttpAnswer {
    let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    HttpAnswer { status, headers: headers.collect(), body: body.into() }
}

fn header<'a>(call: &'a HttpCall, name: &str) -> Option<&'a str> {
    call.headers.iter().find(|(it, _)| it == name).map(|(_, value)| value.as_str())
}

#[test]
fn a_reply_is_asked_for_again_when_it_is_old_and_renewed_when_it_is_the_same() {
    let etag = [("etag", "\"1\""), ("last-modified", "Mon, 30 Nov 2026 10:00:00 GMT")];
    let test = Test::new([
        answer(200, "one", &etag),
        answer(304, "", &[("etag", "\"1\"")]),
        answer(200, "two", &[]),
    ]);
    assert_eq!(test.get(Host::Dblp).unwrap(), "one");
    assert_eq!(test.get(Host::Dblp).unwrap(), "one");
    assert_eq!(test.calls().len(), 1);
    test.clock.advance(Duration::from_secs(3_601));
    assert_eq!(test.get(Host::Dblp).unwrap(), "one");
    let calls = test.calls();
    assert_eq!(header(&calls[0], "if-none-match"), None);
    assert_eq!(header(&calls[1], "if-none-match"), Some("\"1\""));
    let modified = Some("Mon, 30 Nov 2026 10:00:00 GMT");
    assert_eq!(header(&calls[1], "if-modified-since"), modified);
    // It is as young as at first.
    test.clock.advance(Duration::from_secs(3_500));
    assert_eq!(test.get(Host::Dblp).unwrap(), "one");
    assert_eq!(test.calls().len(), 2);
    let again = test.ask(&HttpRequest::get(Host::Dblp, "/x"), Freshness::Revalidated);
    assert_eq!(again.unwrap().body, b"two");
    assert_eq!(test.get(Host::Dblp).unwrap(), "two");
    assert_eq!(test.calls().len(), 3);
}

#[test]
fn offline_reads_the_cache_whatever_its_age() {
    let mut test = Test::new([answer(200, "one", &[])]);
    assert_eq!(test.get(Host::Dblp).unwrap(), "one");
    test.settings.access = NetworkAccess::Offline;
    test.clock.advance(Duration::from_secs(1_000_000));
    assert_eq!(test.get(Host::Dblp).unwrap(), "one");
    let again = test.ask(&HttpRequest::get(Host::Dblp, "/x"), Freshness::Revalidated);
    assert_eq!(again.unwrap().body, b"one");
    let missing = test.get(Host::Crossref).unwrap_err();
    assert_eq!(missing, FetchError::Offline { what: "api.crossref.org/x".to_owned() });
    assert_eq!(test.calls().len(), 1);
}

#[test]
fn without_room_or_a_directory_nothing_is_kept() {
    for change in [
        (|settings: &mut OnlineSettings| settings.max_bytes = 0) as fn(&mut OnlineSettings),
        |settings| settings.directory = None,
    ] {
        let mut test = Test::new([answer(200, "one", &[]), answer(200, "two", &[])]);
        change(&mut test.settings);
        assert_eq!(test.get(Host::PapersWithCode).unwrap(), "one");
        assert_eq!(test.get(Host::PapersWithCode).unwrap(), "two");
        assert_eq!(test.cached_bytes(), b"");
    }
}

#[test]
fn what_may_pass_is_tried_five_times() {
    let failure = || answer(502, "", &[]);
    let test = Test::new([failure(), failure(), answer(200, "one", &[])]);
    assert_eq!(test.get(Host::HuggingFace).unwrap(), "one");
    assert!((3.0..3.1).contains(&test.seconds()), "{}", test.seconds());
    let test = Test::new((0..5).map(|_| failure()));
    let error = test.get(Host::HuggingFace).unwrap_err().to_string();
    let message = "Hugging Face: huggingface.co/x does not work at the moment; try again later \
                (status 502)";
    assert_eq!(error, message);
    assert_eq!(test.calls().len(), 5);
    assert!((15.0..15.1).contains(&test.seconds()), "{}", test.seconds());
}

#[test]
fn what_cannot_pass_is_not_tried_again() {
    for status in [400, 401, 403, 404, 418] {
        let test = Test::new([answer(status, "{\"error\":\"Unknown id\"}", &[])]);
        let error = test.get(Host::Dblp).unwrap_err().to_string();
        assert!(error.ends_with(&format!("(status {status}): Unknown id")), "{error}");
        assert_eq!((test.calls().len(), test.cached_bytes()), (1, Vec::new()));
    }
}

#[test]
fn a_host_that_is_limiting_is_left_alone_as_long_as_it_says() {
    let limited = |headers| answer(429, "Rate exceeded.", headers);
    let test = Test::new([
        limited(&[]),
        limited(&[("retry-after", "20")]),
        limited(&[("retry-after", "Mon, 30 Nov 2026 12:02:00 GMT")]),
        answer(200, "one", &[]),
    ]);
    let (mut waits, request) = (Vec::new(), HttpRequest::get(Host::ArxivApi, "/x"));
    let asked = test.connection().ask(
        &request,
        HOUR,
        Freshness::FromCache,
        &LoadControl::default(),
        &mut |it| waits.push(it),
    );
    assert_eq!(asked.unwrap().body, b"one");
    assert_eq!(waits[0], "arXiv is limiting requests; next try in 45 s");
    assert!(waits.contains(&"arXiv is limiting requests; next try in 20 s".to_owned()));
    assert!((120.0..120.2).contains(&test.seconds()), "{}", test.seconds());
    let long = Test::new([answer(503, "", &[("retry-after", "3600")])]);
    let error = long.get(Host::OpenAlex).unwrap_err().to_string();
    assert_eq!(error, "OpenAlex is limiting requests; next try in 60 min");
    let always = Test::new((0..5).map(|_| limited(&[])));
    let error = always.get(Host::ArxivApi).unwrap_err().to_string();
    assert_eq!(error, "arXiv is limiting requests; next try in 45 s");
    assert_eq!(always.calls().len(), 5);
}

#[test]
fn a_connection_that_breaks_off_is_tried_again() {
    let test = Test::new([]);
    let host = "dblp.org".to_owned();
    let broken = || Err(FetchError::Interrupted { service: "DBLP", host: host.clone() });
    let mut answers = test.client.answers.lock().unwrap();
    answers.extend([broken(), Ok(answer(200, "one", &[]))]);
    drop(answers);
    assert_eq!(test.get(Host::Dblp).unwrap(), "one");
    test.client.answers.lock().unwrap().extend((0..5).map(|_| broken()));
    let error = test.get(Host::Dblp);
    // The reply that came before is fresh.
    assert_eq!(error.unwrap(), "one");
    let again = test.ask(&HttpRequest::get(Host::Dblp, "/x"), Freshness::Revalidated);
    let message = "DBLP: the connection to dblp.org broke off; try again";
    assert_eq!(again.unwrap_err().to_string(), message);
    assert_eq!(test.calls().len(), 7);
}

#[test]
fn a_redirect_is_followed_within_bounds_and_paced() {
    let to = |location| answer(302, "", &[("location", location)]);
    let test = Test::new([to("/y"), to("https://other.org/z"), answer(200, "one", &[])]);
    assert_eq!(test.get(Host::Dblp).unwrap(), "one");
    let urls: Vec<String> = test.calls().into_iter().map(|it| it.url).collect();
    assert_eq!(urls, ["https://dblp.org/x", "https://dblp.org/y", "https://other.org/z"]);
    assert!((10.0..10.1).contains(&test.seconds()), "{}", test.seconds());
    let test = Test::new((0..6).map(|_| to("/x")));
    let error = test.get(Host::HuggingFace).unwrap_err().to_string();
    assert_eq!(error, "Hugging Face: huggingface.co/x redirects again and again");
    assert_eq!(test.calls().len(), 6);
    for location in ["http://dblp.org/x", "ftp://dblp.org/x", ""] {
        let test = Test::new([to(location)]);
        let error = test.get(Host::Dblp).unwrap_err().to_string();
        let message = "DBLP: dblp.org/x redirects to an address without encryption, or to none; it \
                    is not followed";
        assert_eq!(error, message);
    }
}

#[test]
fn a_document_is_sent_again_only_where_the_redirect_says_so() {
    for (status, is_sent) in [(307, true), (308, true), (301, false), (302, false), (303, false)] {
        let to = answer(status, "", &[("location", "/y")]);
        let test = Test::new([to, answer(200, "one", &[])]);
        let request = HttpRequest::post(Host::SemanticScholar, "/x", "{}");
        test.ask(&request, Freshness::FromCache).unwrap();
        assert_eq!(test.calls()[1].json_body.is_some(), is_sent, "{status}");
    }
}

#[test]
fn a_key_goes_to_its_host_alone_and_is_not_kept() {
    let key = ApiKey::Value("secret-word".to_owned());
    let mut test = Test::new([
        answer(302, "", &[("location", "https://other.org/")]),
        answer(200, "one", &[]),
        answer(200, "two", &[]),
        answer(200, "{\"you\":\"secret-word\"}", &[]),
        answer(404, "", &[]),
    ]);
    test.settings.keys = vec![(Host::SemanticScholar, key.clone()), (Host::OpenAlex, key)];
    test.settings.contact = Some("me@example.org".to_owned());
    test.get(Host::SemanticScholar).unwrap();
    let calls = test.calls();
    assert_eq!(header(&calls[0], "x-api-key"), Some("secret-word"));
    assert_eq!(header(&calls[1], "x-api-key"), None);
    assert!(header(&calls[0], "user-agent").unwrap().ends_with("(mailto:me@example.org)"));
    test.get(Host::OpenAlex).unwrap();
    let url = test.calls().last().unwrap().url.clone();
    let query = "?mailto=me%40example.org&api_key=secret-word";
    assert_eq!(url, format!("https://api.openalex.org/x{query}"));
    let other = HttpRequest::get(Host::OpenAlex, "/y");
    test.ask(&other, Freshness::FromCache).unwrap();
    assert!(memchr::memmem::find(&test.cached_bytes(), b"two").is_some());
    assert!(memchr::memmem::find(&test.cached_bytes(), b"secret-word").is_none());
    assert!(memchr::memmem::find(&test.cached_bytes(), b"me%40").is_none());
    // It was not kept, so it is asked for again.
    let error = test.ask(&other, Freshness::FromCache).unwrap_err().to_string();
    assert_eq!(error, "OpenAlex: api.openalex.org/y does not exist (status 404)");
}

#[test]
fn an_address_of_a_known_host_has_its_limit() {
    let test = Test::new([answer(200, "one", &[]), answer(200, "two", &[])]);
    for path in ["https://export.arxiv.org/api/query?1", "https://rss.arxiv.org/rss/cs.CL"] {
        test.ask(&HttpRequest::get(Host::Web, path), Freshness::FromCache).unwrap();
    }
    assert!((3.0..3.1).contains(&test.seconds()), "{}", test.seconds());
    assert_eq!(header(&test.calls()[0], "connection"), Some("close"));
}

#[test]
fn only_encrypted_addresses_are_asked() {
    let test = Test::new([]);
    for path in ["http://example.org/x", "https://user:word@example.org/", "https://a b/"] {
        let error = test.ask(&HttpRequest::get(Host::Web, path), Freshness::FromCache);
        let error = error.unwrap_err().to_string();
        assert!(error.ends_with("cannot be asked: an address begins with https://"), "{error}");
    }
    assert!(test.calls().is_empty());
}

#[test]
fn a_forgotten_reply_is_asked_for_again() {
    let test = Test::new([answer(200, "<html>", &[]), answer(200, "one", &[])]);
    assert_eq!(test.get(Host::Dblp).unwrap(), "<html>");
    test.connection().forget(&HttpRequest::get(Host::Dblp, "/x"));
    assert_eq!(test.get(Host::Dblp).unwrap(), "one");
}

/// A client whose host never answers. It tells when it is asked and when it is aborted.
struct SilentClient {
    events: Sender<&'static str>,
    never: Mutex<Receiver<()>>,
}

impl HttpExchange for SilentClient {
    fn exchange(&self, _call: &HttpCall) -> Result<HttpAnswer, FetchError> {
        self.events.send("asked").unwrap();
        let _ = self.never.lock().unwrap().recv();
        Err(FetchError::Cancelled)
    }

    fn abort(&self) {
        self.events.send("aborted").unwrap();
    }
}

#[test]
fn a_silent_host_does_not_keep_from_cancelling() {
    let test = Test::new([]);
    let (events, received) = channel();
    let (answered, never) = channel();
    let client = Arc::new(SilentClient { events, never: Mutex::new(never) });
    let clock: Arc<dyn Clock> = Arc::<ManualClock>::clone(&test.clock);
    let connection = OnlineConnection::with(Arc::new(test.settings.clone()), clock, client);
    let control = LoadControl::default();
    let cancel = control.clone();
    let user = std::thread::spawn(move || {
        let asked = received.recv();
        cancel.cancel();
        (asked, received.recv())
    });
    let request = HttpRequest::get(Host::ArxivApi, "/x");
    let asked = connection.ask(&request, HOUR, Freshness::FromCache, &control, &mut drop);
    assert_eq!(asked, Err(FetchError::Cancelled));
    assert_eq!(user.join().unwrap(), (Ok("asked"), Ok("aborted")));
    // Others need not wait for the thread that was left behind.
    test.client.answers.lock().unwrap().push_back(Ok(answer(200, "one", &[])));
    assert_eq!(test.get(Host::ArxivApi).unwrap(), "one");
    drop(answered);
}
