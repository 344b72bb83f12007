//! Kills updates of the inbox at random moments: it must be whole each time, with nothing lost and
//! nothing twice.
//!
//! `OFFPRINT_KILLS` sets the number of kills; the default is 40.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Stdio;
use std::sync::mpsc::channel;
use std::time::Duration;

use crate::support::program::Place;
use crate::support::server::{PlayedReply, Server};

/// Number of followed sources. Neighbours share a paper.
const SOURCES: usize = 6;
/// The longest time that an update is left to run, in milliseconds.
const MAX_RUN: u64 = 127;

/// The page of a source: five papers of its own, and one that the next source has too.
fn page(source: usize) -> String {
    let paper = |number: usize| {
        format!(
            "@article{{p{number},\n  title = {{Paper {number} of the Lake}},\n  author = {{Moss, Ada}},\n  doi = {{10.1000/{number}}}\n}}\n"
        )
    };
    (source * 5..source * 5 + 6).map(paper).collect()
}

/// The titles in each file of the inbox, which must be whole.
fn papers(place: &Place) -> BTreeMap<String, Vec<String>> {
    let folder = place.path("home/data/offprint/inbox");
    let mut papers = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().into_string().unwrap();
        if entry.path().extension().is_none_or(|it| it != "jsonl") {
            continue;
        }
        let text = fs::read_to_string(entry.path()).unwrap();
        assert!(text.is_empty() || text.ends_with('\n'), "{name}: {text}");
        let titles = text.lines().map(|line| {
            let paper: serde_json::Value = serde_json::from_str(line).unwrap();
            assert_eq!(name, format!("{}.jsonl", paper["origin"].as_str().unwrap()));
            assert_eq!(paper["listed"].as_str().unwrap().len(), 10);
            paper["title"].as_str().unwrap().to_owned()
        });
        papers.insert(name.clone(), titles.collect());
    }
    papers
}

/// Returns true if the last update has done all of its work.
fn is_finished(place: &Place) -> bool {
    let path = place.path("home/data/offprint/inbox/fetched.json");
    let log: Option<serde_json::Value> =
        fs::read(path).ok().map(|it| serde_json::from_slice(&it).unwrap());
    log.is_some_and(|it| it["unfinished_since"].is_null())
}

#[test]
fn an_update_that_is_killed_at_any_moment_leaves_the_inbox_whole() {
    let kills: usize =
        std::env::var("OFFPRINT_KILLS").ok().and_then(|it| it.parse().ok()).unwrap_or(40);
    let server = Server::start(|request| {
        let source = request.path.trim_start_matches("/s").parse().unwrap();
        PlayedReply::ok(page(source))
    });
    let url = server.url();
    let lines: Vec<String> = (0..SOURCES).map(|it| format!("{url}/s{it} as s{it}\n")).collect();
    let lines = lines.concat();
    let (_never, waiting) = channel::<()>();
    let (mut killed, mut random) = (0, 12_345_u64);
    while killed < kills {
        let place = Place::new();
        place.file("config/offprint/follow", &lines);
        let requests_before = server.received().len();
        let (mut seen, mut runs) = (BTreeSet::new(), 0);
        loop {
            let mut update = place.command(&["update"]);
            let mut update = update.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            runs += 1;
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            // Kills at a random moment; no event is awaited.
            let _ = waiting.recv_timeout(Duration::from_millis((random >> 33) % MAX_RUN));
            let is_done = update.try_wait().unwrap().is_some();
            if !is_done {
                update.kill().unwrap();
                killed += 1;
            }
            update.wait().unwrap();
            // It may have been killed after its work was done.
            let is_done = is_done || is_finished(&place);
            let papers = papers(&place);
            for (name, titles) in &papers {
                let distinct: BTreeSet<&String> = titles.iter().collect();
                assert_eq!(distinct.len(), titles.len(), "twice in {name}: {titles:?}");
                assert!(titles.len() == 6, "{name} is not whole: {titles:?}");
            }
            let there: BTreeSet<String> = papers.keys().cloned().collect();
            assert!(there.is_superset(&seen), "lost: {seen:?}, {there:?}");
            seen = there;
            if is_done || killed >= kills {
                break;
            }
        }
        let ended = place.run(&["update"]);
        assert!([0, 1].contains(&ended.code), "{}", ended.errors);
        assert_eq!(papers(&place).len(), SOURCES);
        let all = place.run(&["inbox", "--as", "title"]).printed();
        assert_eq!(all.lines().count(), SOURCES * 5 + 1, "{all}");
        // Each source is fetched once by the updates that were broken off together and, if one of
        // them was done, once by the last. A kill can lose the reply that was just being stored.
        let requests = server.received().len() - requests_before;
        assert!(requests <= 2 * SOURCES + runs, "{requests} requests of {runs} updates");
    }
    println!("{killed} kills, the inbox whole after each");
}
