//! Limits of hosts over several processes at once.

use std::process::{Child, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::channel;
use std::time::Duration;

use super::{BIBTEX, TITLES, configuration, configured_place};
use crate::support::program::Place;
use crate::support::server::{PlayedBody, PlayedReply, Server};

/// A host that may be asked once a second.
const HOST: &str = "acl-anthology";

fn start(place: &Place, addresses: &[String]) -> Child {
    let addresses: Vec<&str> = addresses.iter().map(String::as_str).collect();
    let mut command = place.command(&[&addresses[..], &["--as", "title"]].concat());
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Waits for the end of a run, and checks its number of papers.
fn assert_ends(child: Child, papers: usize) {
    let output = child.wait_with_output().unwrap();
    let titles = String::from_utf8(output.stdout).unwrap();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!((titles.lines().count(), errors.as_str()), (papers, ""));
}

#[test]
fn three_processes_keep_the_pause_of_a_host_together() {
    let server = Server::start(|request| {
        // The papers of each page differ.
        PlayedReply::ok(BIBTEX.replace(" on ", &format!(" on {} ", request.path.len())))
    });
    let place = configured_place(&configuration(&server, &[HOST]));
    let url = |path: &str| format!("{}/{path}", server.url());
    let children = [
        start(&place, &[url("a"), url("bb")]),
        start(&place, &[url("ccc"), url("dddd")]),
        start(&place, &[url("eeeee")]),
    ];
    for (child, papers) in children.into_iter().zip([3, 3, 2]) {
        assert_ends(child, papers);
    }
    let mut times: Vec<_> = server.received().into_iter().map(|it| it.at).collect();
    times.sort_unstable();
    assert_eq!(times.len(), 5);
    for pair in times.windows(2) {
        assert!(pair[1] - pair[0] >= Duration::from_secs(1), "{:?}", pair[1] - pair[0]);
    }
}

#[test]
fn a_killed_process_holds_nobody() {
    let (asked, was_asked) = channel();
    let asked = Mutex::new(asked);
    let server = Server::start(move |request| match request.path.as_str() {
        "/silent" => {
            asked.lock().unwrap().send(()).unwrap();
            PlayedReply { body: PlayedBody::Silence, ..PlayedReply::ok("") }
        }
        _ => PlayedReply::ok(BIBTEX),
    });
    let place = configured_place(&configuration(&server, &[HOST]));
    let mut silent = start(&place, &[format!("{}/silent", server.url())]);
    was_asked.recv().unwrap();
    let waiting = start(&place, &[format!("{}/x", server.url())]);
    silent.kill().unwrap();
    silent.wait().unwrap();
    assert_ends(waiting, 2);
    let again = place.run(&[&format!("{}/y", server.url()), "--as", "title"]).printed();
    assert_eq!(again, TITLES);
    assert_eq!(server.paths(), ["/silent", "/x", "/y"]);
}
