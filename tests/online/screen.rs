//! Lists from the network on the screen: first rows, stopping, fetching again, opening and going
//! back.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

use super::{BIBTEX, configuration};
use crate::support::home::Home;
use crate::support::program::Place;
use crate::support::pty::{Exit, Modes, Pty, footer};
use crate::support::server::{PlayedBody, PlayedReply, Server};

/// A third paper, which a list gets later.
const LATER: &str = "@article{rill2023,\n  title = {Rain on Roofs},\n  author = {Rill, Noa},\n  \
    year = 2023\n}\n";

/// A reply that never comes.
fn silence() -> PlayedReply {
    PlayedReply { body: PlayedBody::Silence, ..PlayedReply::ok("") }
}

/// Waits for this position at the end of the footer, such as `2/3`.
fn wait_for_place(pty: &Pty, place: &str) {
    pty.wait_for(place, |seen| footer(seen).trim_end().ends_with(&format!(" {place}")));
}

fn quits(pty: &mut Pty, keys: &str) {
    pty.send(keys);
    let Exit { code, modes, .. } = pty.wait_for_exit();
    assert_eq!((code, modes), (0, Modes::COOKED), "{}", pty.text());
}

#[test]
fn rows_are_drawn_and_keys_are_live_while_the_rest_is_waited_for() {
    let server = Server::start(|request| match request.path.as_str() {
        "/first.bib" => PlayedReply::ok(BIBTEX),
        _ => silence(),
    });
    let home = Home::new();
    let urls = ["first.bib", "second.bib"].map(|it| format!("{}/{it}", server.url()));
    let mut pty = Pty::start(home.offprint(&[&urls[0], &urls[1]]), 120, 36);
    pty.wait_for_text("Snow on Slopes");
    pty.wait_for_text("· fetching");
    pty.send("j");
    wait_for_place(&pty, "2/2");
    pty.send("/snow\r");
    wait_for_place(&pty, "1/1");
    pty.send("\x03");
    pty.wait_for_text("Fetch stopped: 2 kept; R fetches again");
    pty.wait_for("no fetch", |seen| !seen.screen().contents().contains("· fetching"));
    pty.wait_for_text("Snow on Slopes");
    quits(&mut pty, "q");
}

#[test]
fn a_server_that_dribbles_holds_up_no_key() {
    let server = Server::start(|_| {
        let body = PlayedBody::Dribbled(BIBTEX.into(), Duration::from_secs(1));
        PlayedReply { body, ..PlayedReply::ok("") }
    });
    let home = Home::new();
    let papers = home.write("papers.bib", BIBTEX);
    let url = format!("{}/slow.bib", server.url());
    let mut pty = Pty::start(home.offprint(&[papers.to_str().unwrap(), &url]), 120, 36);
    pty.wait_for_text("· fetching");
    pty.send("j");
    wait_for_place(&pty, "2/2");
    pty.send("k");
    wait_for_place(&pty, "1/2");
    pty.send("\x03");
    pty.wait_for_text("Fetch stopped");
    quits(&mut pty, "q");
}

#[test]
fn a_list_that_is_fetched_again_stays_until_its_papers_come_and_marks_the_new() {
    let (release, gate) = channel();
    let (gate, asked) = (Mutex::new(gate), AtomicUsize::new(0));
    let server = Server::start(move |_| {
        if asked.fetch_add(1, Ordering::SeqCst) == 0 {
            return PlayedReply::ok(BIBTEX);
        }
        let _ = gate.lock().unwrap().recv();
        PlayedReply::ok(format!("{BIBTEX}{LATER}"))
    });
    let home = Home::new();
    let url = format!("{}/list.bib", server.url());
    let mut pty = Pty::start(home.offprint(&[&url]), 120, 36);
    wait_for_place(&pty, "1/2");
    pty.wait_for("the end", |seen| !seen.screen().contents().contains("· fetching"));
    pty.send("jR");
    pty.wait_for_text("· fetching again");
    wait_for_place(&pty, "2/2");
    release.send(()).unwrap();
    wait_for_place(&pty, "2/3");
    pty.wait_for_text("Rain on Roofs");
    pty.wait_for_text("1 new");
    pty.send("/is:new\r");
    wait_for_place(&pty, "1/1");
    pty.wait_for_text("Rain on Roofs");
    assert_eq!(server.paths().len(), 2);
    quits(&mut pty, "q");
}

#[test]
fn a_list_that_cannot_be_fetched_again_stays() {
    let asked = AtomicUsize::new(0);
    let server = Server::start(move |_| match asked.fetch_add(1, Ordering::SeqCst) {
        0 => PlayedReply::ok(BIBTEX),
        _ => PlayedReply::new(404, "gone"),
    });
    let home = Home::new();
    let url = format!("{}/list.bib", server.url());
    let mut pty = Pty::start(home.offprint(&[&url]), 120, 36);
    wait_for_place(&pty, "1/2");
    pty.wait_for("the end", |seen| !seen.screen().contents().contains("· fetching"));
    pty.send("jR");
    pty.wait_for_text("404");
    pty.wait_for("the end", |seen| !seen.screen().contents().contains("· fetching"));
    pty.wait_for_text("Snow on Slopes");
    quits(&mut pty, "q");
}

#[test]
fn a_list_opens_over_another_and_going_back_asks_nothing() {
    let server = Server::start(|_| PlayedReply::ok(BIBTEX));
    let home = Home::new();
    let mut pty = home.start();
    pty.send("/brain\rj");
    let wait_for_brain =
        |pty: &Pty| pty.wait_for("brain", |seen| seen.screen().contents().contains("/ brain"));
    wait_for_brain(&pty);
    wait_for_place(&pty, "2/57");
    pty.send(&format!(":open {}/list.bib\r", server.url()));
    pty.wait_for_text("Hugging Face Papers › 127.0.0.1");
    wait_for_place(&pty, "1/2");
    pty.send("*");
    pty.wait_for_text("1 starred");
    pty.send("h");
    wait_for_brain(&pty);
    pty.wait_for("the list below", |seen| !seen.screen().contents().contains(" › "));
    wait_for_place(&pty, "2/57");
    assert_eq!(server.paths(), ["/list.bib"]);
    quits(&mut pty, "q");
}

#[test]
fn related_papers_are_asked_for_by_identifier_and_only_when_asked_for() {
    let server = Server::start(|_| PlayedReply::new(404, "{}"));
    let home = Home::new();
    let hosts = ["semantic-scholar", "opencitations", "openalex", "crossref", "arxiv-api"];
    let config = home.write("config.toml", configuration(&server, &hosts));
    let paper = "@article{a,\n title = {Snow},\n author = {A, B},\n doi = {10.1000/182}\n}\n";
    let papers = home.write("papers.bib", paper);
    let arguments = ["--config", config.to_str().unwrap(), papers.to_str().unwrap()];
    let mut pty = Pty::start(home.offprint(&arguments), 120, 36);
    wait_for_place(&pty, "1/1");
    pty.send("/snow\rjk*");
    pty.wait_for_text("1 starred");
    assert!(server.paths().is_empty());
    for (keys, title) in [
        ("gr", "papers.bib › References of 10.1000/182"),
        ("gb", "papers.bib › Cited by of 10.1000/182"),
        ("gs", "papers.bib › Similar to 10.1000/182"),
    ] {
        pty.send(keys);
        pty.wait_for_text(title);
        pty.wait_for("the end", |seen| !seen.screen().contents().contains("· fetching"));
        pty.send("q");
        pty.wait_for("the list below", |seen| !seen.screen().contents().contains(" › "));
        wait_for_place(&pty, "1/1");
    }
    quits(&mut pty, "q");
}

#[test]
fn a_script_of_keys_opens_a_list_and_goes_back() {
    let server = Server::start(|_| PlayedReply::ok(BIBTEX));
    let place = Place::new();
    let papers = place.file("papers.bib", LATER);
    let keys = format!(":open {}/list.bib<Enter>G", server.url());
    let screen = place.run(&[&papers, "--keys", &keys, "--screen"]).printed();
    assert!(screen.starts_with(" papers.bib › 127.0.0.1"), "{screen}");
    assert!(screen.contains("Fog in Valleys") && screen.contains(" 2/2\n"), "{screen}");
    let screen = place.run(&[&papers, "--keys", &format!("{keys}h"), "--screen"]).printed();
    assert!(screen.starts_with(" papers.bib  1\n"), "{screen}");
}

#[test]
fn a_session_of_the_list_below_is_not_that_of_the_list_above() {
    let server = Server::start(|_| PlayedReply::ok(BIBTEX));
    let home = Home::new();
    let papers = home.write("papers.bib", format!("{BIBTEX}{LATER}"));
    let papers = papers.to_str().unwrap();
    let mut pty = Pty::start(home.offprint(&[papers]), 120, 36);
    wait_for_place(&pty, "1/3");
    pty.send("G*");
    // The library is open, and so keeps the place.
    pty.wait_for_text("1 starred");
    wait_for_place(&pty, "3/3");
    pty.send(&format!(":open {}/list.bib\r", server.url()));
    wait_for_place(&pty, "1/2");
    quits(&mut pty, "Q");
    let mut pty = Pty::start(home.offprint(&[papers]), 120, 36);
    wait_for_place(&pty, "3/3");
    assert!(!pty.text().contains("interrupted"), "{}", pty.text());
    quits(&mut pty, "q");
}

#[test]
fn the_inbox_is_fetched_again_with_what_has_come_since() {
    let asked = AtomicUsize::new(0);
    let server = Server::start(move |_| match asked.fetch_add(1, Ordering::SeqCst) {
        0 => PlayedReply::ok(BIBTEX),
        _ => PlayedReply::ok(format!("{BIBTEX}{LATER}")),
    });
    let home = Home::new();
    let program = |arguments: &[&str]| {
        let mut command = home.offprint(arguments);
        for (name, path) in [("OFFPRINT_FOLLOW", "follow"), ("OFFPRINT_DATA", "data")] {
            command.env(name, home.path(path));
        }
        command
    };
    home.write("follow", format!("{}/list.bib as weather\n", server.url()));
    let mut update = Pty::start(program(&["update"]), 120, 36);
    assert_eq!(update.wait_for_exit().code, 0, "{}", update.text());
    let mut pty = Pty::start(program(&[]), 120, 36);
    pty.wait_for_text("Snow on Slopes");
    pty.wait_for_text("Inbox  2");
    pty.send("R");
    pty.wait_for_text("Inbox  3");
    pty.wait_for_text("Rain on Roofs");
    pty.send("R");
    pty.wait_for_text("Nothing new");
    pty.send(":open inbox:weather\r");
    pty.wait_for_text("Inbox › Inbox: weather  3 · by date listed");
    quits(&mut pty, "qq");
}
