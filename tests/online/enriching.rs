//! Papers completed from services, by the command and on the screen.

use std::fs;

use super::{configuration, place_with};
use crate::support::home::Home;
use crate::support::pty::{Exit, Modes, Pty};
use crate::support::server::{PlayedBody, PlayedReply, ReceivedRequest, Server};

/// The services that are asked.
const HOSTS: [&str; 4] = ["arxiv-api", "crossref", "semantic-scholar", "openalex"];

const SNOW: &str = "@misc{moss2020,\n  title = {Snow on the Slopes of Winter},\n  author = {Moss, A.},\n  \
    eprint = {2001.00001},\n  archiveprefix = {arXiv},\n  year = {2020}\n}\n";
const OTHERS: &str = "@article{fen2019,\n  title = {Fog in the Valleys of Spring},\n  author = {Fen, Iris},\n  \
    doi = {10.1000/fog}\n}\n@article{rill2018,\n  title = {Rain on the Roofs of Autumn},\n  \
    author = {Rill, Noa}\n}\n@article{bog2017,\n  title = {Peat in the Moors of Summer},\n  \
    author = {Bog, Pia}\n}\n";

/// The reply of each service: a part of the path, and the body.
const REPLIES: [(&str, &str); 5] = [
    (
        "id_list=2001.00001",
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>arXiv Query</title><entry>\
         <id>http://arxiv.org/abs/2001.00001v1</id><title>Snow on the Slopes of Winter</title>\
         <summary>It falls.</summary><author><name>Ada Moss</name></author></entry></feed>",
    ),
    (
        "filter=doi:10.1000/fog",
        "{\"message\": {\"items\": [{\"DOI\": \"10.1000/fog\", \"title\": [\"Fog in the Valleys of \
         Spring\"], \"author\": [{\"given\": \"Iris\", \"family\": \"Fen\"}], \"container-title\": \
         [\"Annals of Fog\"], \"type\": \"journal-article\", \"volume\": \"7\"}]}}",
    ),
    (
        "query.bibliographic=snow",
        "{\"message\": {\"total-results\": 1, \"items\": [{\"DOI\": \"10.1000/snow\", \"title\": \
         [\"Snow on the Slopes of Winter\"], \"author\": [{\"given\": \"Ada\", \"family\": \
         \"Moss\"}], \"container-title\": [\"Annals of Snow\"], \"type\": \"journal-article\", \
         \"issued\": {\"date-parts\": [[2021]]}}]}}",
    ),
    (
        "search?query=rain",
        "{\"total\": 1, \"offset\": 0, \"data\": [{\"title\": \"Rain on the Roofs of Autumn\", \
         \"authors\": [{\"name\": \"Noa Rill\"}], \"externalIds\": {\"DOI\": \"10.1000/rain\"}}]}",
    ),
    (
        "search=peat",
        "{\"meta\": {\"count\": 1}, \"results\": [{\"id\": \"https://openalex.org/W1\", \"title\": \
         \"Peat in the Moors of Summer\", \"doi\": \"https://doi.org/10.1000/peat\", \
         \"authorships\": [{\"author\": {\"display_name\": \"Pia Bog\"}}]}]}",
    ),
];

fn play(request: &ReceivedRequest) -> PlayedReply {
    let reply = REPLIES.iter().find(|(part, _)| request.path.contains(part));
    let none = "{\"message\": {\"total-results\": 0, \"items\": []}, \"total\": 0, \"data\": [], \
                \"meta\": {\"count\": 0}, \"results\": []}";
    PlayedReply::ok(reply.map_or(none, |(_, body)| body))
}

#[test]
fn each_service_completes_what_it_knows() {
    let server = Server::start(play);
    let place = place_with(&server, &HOSTS);
    let bib = place.file("refs.bib", format!("{SNOW}{OTHERS}"));
    let out = place.path("out.bib");
    let ran = place.run(&["enrich", &bib, "-o", out.to_str().unwrap(), "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.errors);
    assert!(ran.errors.ends_with("4 papers: 4 completed, 0 unchanged, 0 not found\n"), "{ran:?}");
    let text = fs::read_to_string(&out).unwrap();
    for part in [
        "{It falls.}", "{Annals of Snow}", "{10.1000/snow}", "{Annals of Fog}", "{10.1000/rain}",
        "{10.1000/peat}",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    // A second run finds the replies in the cache.
    let asked = server.paths().len();
    let again = place.path("again.bib");
    place.run(&["enrich", &bib, "-o", again.to_str().unwrap(), "--yes"]);
    assert_eq!(fs::read_to_string(again).unwrap(), text);
    assert_eq!(server.paths().len(), asked);
}

#[test]
fn a_service_that_fails_leaves_the_others() {
    for (part, lost, kept) in [
        ("/graph/", "10.1000/rain", "10.1000/peat"),
        ("/api/query", "It falls.", "10.1000/snow"),
        ("filter=doi", "Annals of Fog", "10.1000/rain"),
    ] {
        let server = Server::start(move |request| {
            let fails = request.path.contains(part);
            if fails { PlayedReply::new(400, "{\"error\": \"no\"}") } else { play(request) }
        });
        let place = place_with(&server, &HOSTS);
        let bib = place.file("refs.bib", format!("{SNOW}{OTHERS}"));
        let out = place.path("out.bib");
        let ran = place.run(&["enrich", &bib, "-o", out.to_str().unwrap(), "--yes"]);
        assert_eq!(ran.code, 0, "{}", ran.errors);
        assert!(ran.errors.contains("not accepted (status 400)"), "{part}: {}", ran.errors);
        let text = fs::read_to_string(&out).unwrap();
        assert!(!text.contains(lost) && text.contains(kept), "{part}: {text}");
    }
}

/// The program on the screen, with two papers of a file.
fn start(home: &Home, server: &Server) -> Pty {
    let config = home.write("config.toml", configuration(server, &HOSTS));
    let papers = home.path("refs.bib");
    let arguments = ["--config", config.to_str().unwrap(), papers.to_str().unwrap()];
    let pty = Pty::start(home.offprint(&arguments), 120, 36);
    pty.wait_for_text("Snow on the Slopes of Winter");
    pty
}

fn quits(pty: &mut Pty) {
    pty.send("Q");
    let Exit { code, modes, .. } = pty.wait_for_exit();
    assert_eq!((code, modes), (0, Modes::COOKED), "{}", pty.text());
}

#[test]
fn accepted_changes_are_shown_kept_and_taken_back() {
    let server = Server::start(play);
    let home = Home::new();
    let text = format!("{SNOW}{OTHERS}");
    home.write("refs.bib", &text);
    let mut pty = start(&home, &server);
    pty.send("/snow\r");
    pty.wait_for_text("1 of 4");
    pty.send(":enrich\r");
    pty.wait_for_text("Changes proposed by services");
    pty.wait_for_text("[x]    + DOI: 10.1000/snow");
    pty.wait_for_text("- authors: Moss, A.");
    pty.send("a");
    pty.wait_for_text("Completed: Snow on the Slopes of Winter");
    pty.wait_for_text("Annals of Snow");
    pty.send("u");
    pty.wait_for_text("Undone: complete (Snow on the Slopes of Winter)");
    pty.wait_for("no venue", |seen| !seen.screen().contents().contains("Annals of Snow"));
    pty.send("\x12");
    pty.wait_for_text("Redone: complete (Snow on the Slopes of Winter)");
    pty.wait_for_text("Annals of Snow");
    pty.send("\x07/venue:annals\r");
    pty.wait_for_text("1 of 4");
    quits(&mut pty);
    let asked = server.paths().len();
    let mut pty = start(&home, &server);
    pty.wait_for_text("Annals of Snow");
    pty.send("\x07/year:2021 falls\r");
    pty.wait_for_text("1 of 4");
    quits(&mut pty);
    assert_eq!(server.paths().len(), asked);
    assert_eq!(fs::read_to_string(home.path("refs.bib")).unwrap(), text);
}

#[test]
fn changes_are_accepted_one_by_one_or_not_at_all() {
    let server = Server::start(play);
    let home = Home::new();
    home.write("refs.bib", SNOW);
    let mut pty = start(&home, &server);
    pty.send(":enrich\r");
    pty.wait_for_text("accept the checked changes of 1 paper");
    pty.send("jj\r");
    pty.wait_for_text("accept the checked changes of 0 papers");
    pty.send("n");
    pty.wait_for_text("No changes accepted");
    assert!(!pty.text().contains("Annals of Snow"), "{}", pty.text());
    pty.send(":enrich\r");
    pty.wait_for_text("accept the checked changes of 1 paper");
    // All but the venue is left out.
    pty.send("jj\r/venue\r\r/\x15\ra");
    pty.wait_for_text("Completed: Snow on the Slopes of Winter");
    pty.wait_for_text("Annals of Snow");
    assert!(!pty.text().contains("10.1000/snow"), "{}", pty.text());
    quits(&mut pty);
}

#[test]
fn a_service_that_is_silent_is_left_by_an_interrupt() {
    let server =
        Server::start(|_| PlayedReply { body: PlayedBody::Silence, ..PlayedReply::ok("") });
    let home = Home::new();
    home.write("refs.bib", SNOW);
    let mut pty = start(&home, &server);
    pty.send(":enrich\r");
    pty.wait_for_text("completing 1 paper · fetching 1 identifier");
    pty.send("*");
    pty.wait_for_text("1 starred");
    pty.send("\x03");
    pty.wait_for_text("Stopped, nothing to add yet: 0 of 1 paper found");
    pty.wait_for("no progress", |seen| !seen.screen().contents().contains("completing"));
    quits(&mut pty);
}
