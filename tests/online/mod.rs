//! Papers from services: the program asks a server on this machine, which plays their replies.

use crate::support::program::Place;
use crate::support::server::{PlayedReply, Server};

/// Two papers as any file has them.
const BIBTEX: &str = "@article{moss2021,\n  title = {Snow on Slopes},\n  author = {Moss, Ada},\n  \
    year = 2021\n}\n@article{fen2022,\n  title = {Fog in Valleys},\n  author = {Fen, Iris},\n  \
    year = 2022\n}\n";

/// A configuration in which each of the hosts has the address of the server.
pub(crate) fn configuration(server: &Server, hosts: &[&str]) -> String {
    let urls: String = hosts.iter().map(|it| format!("{it} = \"{}\"\n", server.url())).collect();
    format!("[online.urls]\n{urls}")
}

#[test]
fn a_file_on_a_server_is_read_as_a_file() {
    let server = Server::start(|_| PlayedReply::ok(BIBTEX));
    let place = Place::new();
    let url = format!("{}/refs.bib", server.url());
    let titles = place.run(&[&url, "--as", "title"]).printed();
    assert_eq!(titles, "Snow on Slopes\nFog in Valleys\n");
    assert_eq!(server.paths(), ["/refs.bib"]);
}
