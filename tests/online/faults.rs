//! Servers that fail, limit, redirect, or send too much.

use std::io::Write as _;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::{BIBTEX, TITLES, configured_place};
use crate::support::program::Place;
use crate::support::server::{PlayedBody, PlayedReply, Server};

/// A server that plays these replies in order, and the last one from then on.
fn server(replies: Vec<PlayedReply>) -> Server {
    let next = AtomicUsize::new(0);
    Server::start(move |_| {
        let at = next.fetch_add(1, Ordering::Relaxed).min(replies.len() - 1);
        replies[at].clone()
    })
}

fn with_body(body: PlayedBody) -> PlayedReply {
    PlayedReply { body, ..PlayedReply::ok("") }
}

fn packed(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

/// The message of a run that asks this server.
fn message(server: &Server) -> String {
    Place::new().run(&[&format!("{}/x?secret=1", server.url()), "--as", "title"]).failed()
}

#[test]
fn a_packed_reply_is_unpacked() {
    let reply = PlayedReply::ok(packed(BIBTEX.as_bytes())).with_header("content-encoding", "gzip");
    let server = server(vec![reply]);
    assert_eq!(Place::new().run(&[&server.url(), "--as", "title"]).printed(), TITLES);
}

#[test]
fn a_packed_file_is_read_as_one_on_the_disk() {
    let server = server(vec![PlayedReply::ok(packed(BIBTEX.as_bytes()))]);
    let url = format!("{}/refs.bib.gz", server.url());
    assert_eq!(Place::new().run(&[&url, "--as", "title"]).printed(), TITLES);
    let damaged = self::server(vec![PlayedReply::ok(&packed(BIBTEX.as_bytes())[..60])]);
    Place::new().run(&[&damaged.url(), "--as", "title"]).failed();
}

#[test]
fn too_much_is_cut_off_at_the_bound() {
    let bound = "the reply is larger than 64 MB, so it was cut off; ask for less";
    let endless = server(vec![with_body(PlayedBody::Endless(vec![b'x'; 1 << 20]))]);
    let told = message(&endless);
    assert!(told.contains(bound), "{told}");
    let announced = b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\nbegin".to_vec();
    assert!(message(&server(vec![with_body(PlayedBody::Raw(announced))])).contains(bound));
    // A megabyte of nothing, seventy times.
    let mut bomb = packed(&vec![0; 1 << 20]).repeat(70);
    assert!(bomb.len() < 100_000, "{}", bomb.len());
    let reply = |body| PlayedReply::ok(body).with_header("content-encoding", "gzip");
    let told = message(&server(vec![reply(bomb.clone())]));
    assert!(told.contains(bound), "{told}");
    bomb.truncate(1000);
    let told = message(&server(vec![reply(bomb)]));
    assert!(told.contains("the packed data are damaged"), "{told}");
}

#[test]
fn a_reply_that_is_cut_off_is_asked_for_again() {
    let cut_off = with_body(PlayedBody::CutOff(BIBTEX.into()));
    let server = server(vec![cut_off, PlayedReply::ok(BIBTEX)]);
    assert_eq!(Place::new().run(&[&server.url(), "--as", "title"]).printed(), TITLES);
    assert_eq!(server.paths().len(), 2);
}

#[test]
fn a_server_that_is_limiting_is_asked_again_when_it_says() {
    let limited = PlayedReply::new(429, "<html>Too many").with_header("Retry-After", "1");
    let server = server(vec![limited, PlayedReply::new(503, ""), PlayedReply::ok(BIBTEX)]);
    assert_eq!(Place::new().run(&[&server.url(), "--as", "title"]).printed(), TITLES);
    let times: Vec<_> = server.received().into_iter().map(|it| it.at).collect();
    assert_eq!(times.len(), 3);
    assert!(times.windows(2).all(|it| it[1] - it[0] >= Duration::from_secs(1)), "{times:?}");
}

#[test]
fn a_long_pause_is_told_and_holds_the_next_run_without_a_request() {
    let server = server(vec![PlayedReply::new(503, "").with_header("Retry-After", "7200")]);
    let place = Place::new();
    let told = place.run(&[&server.url(), "--as", "title"]).failed();
    assert!(told.contains("is limiting requests; next try in 120 min"), "{told}");
    let told = place.run(&[&server.url(), "--as", "title"]).failed();
    assert!(told.contains("is limiting requests; next try in 120 min"), "{told}");
    assert_eq!(server.paths().len(), 1);
}

#[test]
fn a_status_that_stays_is_told_at_once_without_the_query() {
    for (status, reason) in [
        (400, "the request for"),
        (401, "the key for"),
        (403, "access to"),
        (404, "does not exist"),
    ] {
        let server = server(vec![PlayedReply::new(status, "{\"error\": \"No such paper\"}")]);
        let told = message(&server);
        assert!(told.contains(reason) && told.contains("No such paper"), "{told}");
        assert!(!told.contains("secret"), "{told}");
        assert_eq!(server.paths().len(), 1);
    }
}

#[test]
fn a_silent_server_is_left_after_the_configured_time() {
    let server = server(vec![with_body(PlayedBody::Silence)]);
    let place = configured_place("[online]\ntimeout = 1\n");
    let told = place.run(&[&server.url(), "--as", "title"]).failed();
    assert!(told.contains("was silent for 1 s; try again later"), "{told}");
    assert_eq!(server.paths().len(), 1);
}

#[test]
fn a_reply_byte_by_byte_is_read_to_its_end() {
    let pause = Duration::from_micros(100);
    let server = server(vec![with_body(PlayedBody::Dribbled(BIBTEX.into(), pause))]);
    assert_eq!(Place::new().run(&[&server.url(), "--as", "title"]).printed(), TITLES);
}

#[test]
fn what_is_no_http_or_no_papers_is_told_and_not_kept() {
    let raw = with_body(PlayedBody::Raw(b"SSH-2.0-server\r\n\r\n".to_vec()));
    let told = message(&server(vec![raw]));
    assert!(told.contains("does not speak HTTP"), "{told}");
    let page = PlayedReply::ok("<html><body>Sign in to the network</body></html>")
        .with_header("content-type", "text/html");
    let server = server(vec![page, PlayedReply::ok(BIBTEX)]);
    let place = Place::new();
    place.run(&[&server.url(), "--as", "title"]).failed();
    assert_eq!(place.run(&[&server.url(), "--as", "title"]).printed(), TITLES);
    assert_eq!(server.paths().len(), 2);
}

#[test]
fn redirects_are_followed_up_to_five() {
    let server = Server::start(|request| match request.path.as_str() {
        "/5" => PlayedReply::ok(BIBTEX),
        path => {
            let next: u32 = path[1..].parse().map_or(0, |it: u32| it + 1);
            PlayedReply::new(302, "").with_header("Location", &format!("/{next}"))
        }
    });
    let place = Place::new();
    let url = format!("{}/0", server.url());
    assert_eq!(place.run(&[&url, "--as", "title"]).printed(), TITLES);
    let around = Server::start(|_| PlayedReply::new(301, "").with_header("Location", "/"));
    let told = Place::new().run(&[&around.url(), "--as", "title"]).failed();
    assert!(told.contains("redirects again and again"), "{told}");
    assert_eq!(around.paths().len(), 6);
    let away =
        Server::start(|_| PlayedReply::new(302, "").with_header("Location", "http://example.org/"));
    let told = Place::new().run(&[&away.url(), "--as", "title"]).failed();
    assert!(told.contains("redirects to an address without encryption"), "{told}");
}

#[test]
fn nobody_there_is_told_at_once() {
    // A port that was free a moment ago.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let told = Place::new().run(&[&format!("http://{address}/"), "--as", "title"]).failed();
    let text = format!("no connection to {address} (connection refused); check the network");
    assert!(told.contains(&text), "{told}");
    let told = Place::new().run(&["http://example.org/x.bib", "--as", "title"]).failed();
    assert!(told.contains("an address begins with https://"), "{told}");
}

#[test]
fn a_source_that_fails_leaves_the_papers_of_others() {
    let server = Server::start(|request| match request.path.as_str() {
        "/a.bib" => PlayedReply::ok(BIBTEX),
        _ => PlayedReply::new(404, ""),
    });
    let (first, second) = (format!("{}/b.bib", server.url()), format!("{}/a.bib", server.url()));
    let ran = Place::new().run(&[&first, &second, "--as", "title"]);
    assert_eq!((ran.code, ran.output.as_str()), (2, TITLES));
    assert!(ran.errors.contains("/b.bib does not exist (status 404)"), "{}", ran.errors);
    assert_eq!(server.paths(), ["/b.bib", "/a.bib"]);
}
