//! The kept replies: a second run, changes, damage, `--offline`, and the command `cache`.

use std::fs;

use super::{BIBTEX, TITLES, configured_place};
use crate::support::program::Place;
use crate::support::server::{PlayedReply, Server};

/// A server with one file, which knows its version.
fn server() -> Server {
    Server::start(|request| match request.header("if-none-match") {
        Some("\"v1\"") => PlayedReply::new(304, ""),
        _ => PlayedReply::ok(BIBTEX).with_header("ETag", "\"v1\""),
    })
}

/// Changes the only kept reply of a place.
fn change_reply(place: &Place, change: impl Fn(Vec<u8>) -> Vec<u8>) {
    let folder = place.path("home/cache/offprint/online/replies");
    let files: Vec<_> = fs::read_dir(folder).unwrap().map(|it| it.unwrap().path()).collect();
    assert_eq!(files.len(), 1, "{files:?}");
    let bytes = fs::read(&files[0]).unwrap();
    fs::write(&files[0], change(bytes)).unwrap();
}

/// Lets the only kept reply of a place be out of date.
fn expire_reply(place: &Place) {
    change_reply(place, |bytes| {
        let text = String::from_utf8(bytes).unwrap();
        let (head, rest) = text.split_once("\"expires\":").unwrap();
        let rest = rest.trim_start_matches(|it: char| it.is_ascii_digit());
        format!("{head}\"expires\":1{rest}").into_bytes()
    });
}

#[test]
fn a_second_run_sends_no_request() {
    let (server, place) = (server(), Place::new());
    let pacing = place.path("home/cache/offprint/online/pacing");
    for _ in 0..3 {
        assert_eq!(place.run(&[&server.url(), "--as", "title"]).printed(), TITLES);
        // A reply of the cache needs no permission.
        drop(fs::remove_dir_all(&pacing));
    }
    assert_eq!(place.run(&[&server.url(), "--as", "title"]).printed(), TITLES);
    assert!(!pacing.exists());
    assert_eq!(server.paths().len(), 1);
}

#[test]
fn an_old_reply_is_asked_for_only_if_it_has_changed() {
    let (server, place) = (server(), Place::new());
    let run = || place.run(&[&server.url(), "--as", "title"]).printed();
    assert_eq!(run(), TITLES);
    expire_reply(&place);
    assert_eq!(run(), TITLES);
    let received = server.received();
    assert_eq!(received.len(), 2);
    assert_eq!(received[1].header("if-none-match"), Some("\"v1\""));
    // It is fresh again.
    assert_eq!(run(), TITLES);
    assert_eq!(server.received().len(), 2);
}

#[test]
fn a_damaged_reply_is_asked_for_again() {
    let (server, place) = (server(), Place::new());
    let run = || place.run(&[&server.url(), "--as", "title"]).printed();
    assert_eq!(run(), TITLES);
    change_reply(&place, |mut bytes| {
        let last = bytes.len() - 10;
        bytes[last] ^= 1;
        bytes
    });
    assert_eq!(run(), TITLES);
    assert_eq!(run(), TITLES);
    let received = server.received();
    assert_eq!(received.len(), 2);
    assert_eq!(received[1].header("if-none-match"), None);
}

#[test]
fn offline_reads_what_was_fetched_and_says_what_is_missing() {
    let (server, place) = (server(), Place::new());
    let (known, other) = (format!("{}/a", server.url()), format!("{}/b", server.url()));
    assert_eq!(place.run(&[&known, "--as", "title"]).printed(), TITLES);
    expire_reply(&place);
    assert_eq!(place.run(&["--offline", &known, "--as", "title"]).printed(), TITLES);
    let told = place.run(&["--offline", &other, "--as", "title"]).failed();
    let text = format!("{other}: not in the cache, and the network is turned off (`--offline`)");
    assert_eq!(told, format!("offprint: {text}\n"));
    assert_eq!(server.paths(), ["/a"]);
}

#[test]
fn a_configuration_without_the_network_or_the_cache_is_kept() {
    let server = server();
    let offline = configured_place("offline = true\n");
    assert!(offline.run(&[&server.url(), "--as", "title"]).failed().contains("not in the cache"));
    assert_eq!(server.paths().len(), 0);
    let uncached = configured_place("cache = false\n");
    for _ in 0..2 {
        assert_eq!(uncached.run(&[&server.url(), "--as", "title"]).printed(), TITLES);
    }
    assert_eq!(server.paths().len(), 2);
    assert!(!uncached.path("home/cache/offprint/online/replies").exists());
}

#[test]
fn replies_are_listed_and_cleared_with_the_cache() {
    let (server, place) = (server(), Place::new());
    for name in ["a", "b"] {
        place.run(&[&format!("{}/{name}", server.url()), "--as", "title"]).printed();
    }
    let listed = place.run(&["cache", "list"]).printed();
    assert!(listed.starts_with("    1 kB  2 replies  other addresses\n1 kB in "), "{listed}");
    let cleared = place.run(&["cache", "clear"]).printed();
    assert!(cleared.ends_with(": removed 0 entries and 2 replies, 1 kB\n"), "{cleared}");
    place.run(&[&format!("{}/a", server.url()), "--as", "title"]).printed();
    assert_eq!(server.paths(), ["/a", "/b", "/a"]);
}
