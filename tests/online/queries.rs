//! Searches that a service can express only in part: the rest is applied to the papers that come.

use super::place_with;
use crate::support::server::{PlayedReply, Server};

/// Two papers of a search, of which one is often cited.
const FOUND: &str = "{\"total\": 2, \"offset\": 0, \"data\": [\
    {\"paperId\": \"a\", \"title\": \"Snow on Slopes\", \"year\": 2021, \"citationCount\": 7, \
     \"authors\": [{\"name\": \"Ada Moss\"}]},\
    {\"paperId\": \"b\", \"title\": \"Snow in Valleys\", \"year\": 2022, \"citationCount\": 120, \
     \"authors\": [{\"name\": \"Iris Fen\"}]}]}";

#[test]
fn what_the_service_cannot_apply_is_applied_here_and_told() {
    let server = Server::start(|_| PlayedReply::ok(FOUND));
    let place = place_with(&server, &["semantic-scholar"]);
    let ran = place.run(&["fetch", "s2:snow cites:>100", "--as", "title"]);
    assert_eq!((ran.code, &*ran.output), (0, "Snow in Valleys\n"));
    assert!(ran.errors.contains("the service cannot apply `cites:>100`; filtered here"));
    assert!(server.paths()[0].starts_with("/graph/v1/paper/search?query=snow&fields="));
    let ran = place.run(&["s2:snow author:moss", "--as", "title"]);
    assert_eq!(ran.output, "Snow on Slopes\n");
    let ran = place.run(&["fetch", "s2:snow cites:>1000"]);
    assert_eq!((ran.code, &*ran.output), (1, ""));
}

#[test]
fn only_the_papers_of_the_search_are_filtered() {
    let server = Server::start(|_| PlayedReply::ok(FOUND));
    let place = place_with(&server, &["semantic-scholar"]);
    let file = place.file("refs.bib", "@article{a, title = {Fog}, year = 2001}");
    let ran = place.run(&[&file, "s2:snow cites:>100", "--as", "title"]);
    assert_eq!(ran.output, "Fog\nSnow in Valleys\n");
}

#[test]
fn a_list_on_the_screen_opens_with_the_rest_as_its_filter() {
    let server = Server::start(|_| PlayedReply::ok(FOUND));
    let place = place_with(&server, &["semantic-scholar"]);
    let screen = place.run(&["s2:snow cites:>100", "--screen"]).printed();
    assert!(screen.contains("cites:>100") && screen.contains("Snow in Valleys"), "{screen}");
    assert!(!screen.contains("Snow on Slopes"), "{screen}");
}

#[test]
fn a_search_without_words_is_refused_before_anything_is_sent() {
    let server = Server::start(|_| PlayedReply::ok(FOUND));
    let place = place_with(&server, &["semantic-scholar", "arxiv-api"]);
    let message = place.run(&["fetch", "s2:since:7d"]).errors;
    assert!(message.contains("a search without words: Semantic Scholar"), "{message}");
    assert_eq!(server.paths(), Vec::<String>::new());
}
