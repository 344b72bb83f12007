//! Runs that name no address ask nobody, and leave nothing behind.

use super::configured_place;
use crate::support::program::Place;
use crate::support::server::{PlayedReply, Server};

/// The names of all hosts in the configuration.
const HOSTS: [&str; 16] = [
    "arxiv-api", "arxiv-feed", "arxiv-pages", "hugging-face", "semantic-scholar", "openalex",
    "crossref", "pubmed", "europe-pmc", "biorxiv", "acl-anthology", "papers-with-code", "dblp",
    "inspire", "unpaywall", "opencitations",
];

const PAPER: &str = "{\"title\": \"Snow on Slopes\", \"arxiv_id\": \"2101.00001\", \"doi\": \
                     \"10.1000/182\", \"abstract\": \"See https://example.org/x.\"}\n";

/// A home in which every host is the server, and its keys are there.
fn place(server: &Server) -> Place {
    configured_place(&super::configuration(server, &HOSTS))
}

#[test]
fn without_an_address_nobody_is_asked() {
    let server = Server::start(|_| PlayedReply::ok(""));
    let place = place(&server);
    let papers = place.file("one.jsonl", PAPER);
    let typed = "/hf:trending arxiv:cs.CL 2501.02950 10.1000/183 https://example.org<Enter>";
    for arguments in [
        &[&papers, "--as", "bibtex"][..],
        &["--as", "title", "--limit", "3"],
        &["--keys", typed, "--screen", &papers],
        &["--keys", "jkGgg/snow<Enter>yiybyasrt+?<Esc>:log<Enter>", "--screen", &papers],
        &["--keys", "<Space>mR", "--screen", &papers],
        &["--pick", "--keys", "snow<Enter>", &papers],
        &["--query", "author:moss", "--screen", "--keys", "", &papers],
        &["stat", &papers],
        &["convert", &papers, "--as", "ris"],
        &["cache", "list"],
        &["cache", "clear"],
        &["marked"],
        &["basket"],
        &["library", "check"],
        &["--generate", "man"],
        &["--check-config"],
        &["--help"],
    ] {
        let ran = place.run(arguments);
        assert!((0..=2).contains(&ran.code), "{arguments:?}: {ran:?}");
        assert_eq!(server.paths(), Vec::<String>::new(), "{arguments:?}");
    }
    let input = place.run_with(&["-", "--as", "title"], PAPER.as_bytes());
    assert_eq!(input.printed(), "Snow on Slopes\n");
    assert_eq!(server.paths(), Vec::<String>::new());
    assert!(!place.path("home/cache/offprint/online").exists());
}

/// Keys that a reader types in a few seconds: filters, motions, marks, copies, panes, popups, facets, and
/// words that look like addresses.
const ROUND: &str = "/arxiv:cs.CL 2501.02950<Enter>jjkkGgg<C-g>/doi:10.1000/182<Esc>*sr.uu<C-r>yiybyl\
    yctsnow<Enter><Tab><Tab>jj<Enter><S-Tab>gf<Esc>?jjj<Esc>F<Esc>BxhvjY:log<Enter>jj<Esc>:sort \
    year<Enter>:set theme<Esc>zzztTga<C-g>n N<Space><Space><Esc>:enr<Tab><Esc>:open hf:<Tab><Esc>";

#[test]
fn ten_minutes_of_typing_ask_nobody() {
    let server = Server::start(|_| PlayedReply::ok(""));
    let place = place(&server);
    let papers = place.file("one.jsonl", PAPER);
    // Five keys a second for ten minutes are three thousand.
    let typed = ROUND.repeat(3_000 / 150 + 1);
    let ran = place.run(&["--keys", &typed, "--screen", &papers]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.output.contains("Snow on Slopes"), "{}", ran.output);
    assert_eq!(server.paths(), Vec::<String>::new());
}

#[test]
fn the_hosts_of_this_test_are_all() {
    for host in HOSTS {
        let place = configured_place(&format!("[online.urls]\n{host} = \"http://127.0.0.1:1\"\n"));
        assert_eq!(place.run(&["cache", "list"]).errors, "", "{host}");
    }
    let place = configured_place("[online.urls]\nweb = \"http://127.0.0.1:1\"\n");
    assert!(place.run(&["--check-config"]).errors.contains("`online.urls.web` is no service"));
}
