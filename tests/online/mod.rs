//! Papers from services: the program asks a server on this machine, which plays their replies.

mod caching;
mod enriching;
mod faults;
mod inbox;
mod inbox_kills;
mod pacing;
mod queries;
mod quiet;
mod screen;
mod services;
#[cfg(target_os = "linux")]
mod tls;

use crate::support::program::{Place, finish};
use crate::support::server::{PlayedReply, Server};

/// Two papers as any file has them.
const BIBTEX: &str = "@article{moss2021,\n  title = {Snow on Slopes},\n  author = {Moss, Ada},\n  \
    year = 2021\n}\n@article{fen2022,\n  title = {Fog in Valleys},\n  author = {Fen, Iris},\n  \
    year = 2022\n}\n";
/// Their titles.
const TITLES: &str = "Snow on Slopes\nFog in Valleys\n";

/// A place whose configuration leads all of the hosts to the server.
pub(crate) fn place_with(server: &Server, hosts: &[&str]) -> Place {
    let place = Place::new();
    let text = format!("[online]\ncontact = \"me@example.org\"\n{}", configuration(server, hosts));
    place.file("config/offprint/config.toml", text);
    place
}

/// A configuration in which each of the hosts has the address of the server.
pub(crate) fn configuration(server: &Server, hosts: &[&str]) -> String {
    let urls = hosts.iter().map(|it| format!("{it} = \"{}\"\n", server.url()));
    format!("[online.urls]\n{}", urls.collect::<Vec<_>>().concat())
}

/// A home with this configuration.
fn configured_place(configuration: &str) -> Place {
    let place = Place::new();
    place.file("config/offprint/config.toml", configuration);
    place
}

#[test]
fn a_file_on_a_server_is_read_as_a_file() {
    let server = Server::start(|_| PlayedReply::ok(BIBTEX));
    let place = Place::new();
    let url = format!("{}/refs.bib", server.url());
    assert_eq!(place.run(&[&url, "--as", "title"]).printed(), TITLES);
    assert_eq!(server.paths(), ["/refs.bib"]);
    let received = &server.received()[0];
    assert_eq!(received.method, "GET");
    let program = concat!("offprint/", env!("CARGO_PKG_VERSION"));
    assert_eq!(received.header("user-agent"), Some(program));
    assert_eq!(received.header("accept-encoding"), Some("gzip"));
}

#[test]
fn the_contact_is_told_where_one_is_configured() {
    let server = Server::start(|_| PlayedReply::ok(BIBTEX));
    let place = configured_place("[online]\ncontact = \"me@example.org\"\n");
    place.run(&[&server.url(), "--as", "title"]).printed();
    let received = &server.received()[0];
    let agent = received.header("user-agent").unwrap();
    assert!(agent.ends_with("(mailto:me@example.org)"), "{agent}");
}

#[test]
fn proxies_of_the_environment_are_used_but_not_for_this_machine() {
    let proxy = Server::start(|_| PlayedReply::new(403, ""));
    let server = Server::start(|_| PlayedReply::ok(BIBTEX));
    let place = Place::new();
    let run = |url: &str| {
        let mut command = place.command(&[url, "--as", "title"]);
        finish(command.env("HTTPS_PROXY", proxy.url()).env("HTTP_PROXY", proxy.url()))
    };
    assert_eq!(run(&server.url()).printed(), TITLES);
    assert!(proxy.paths().is_empty());
    let told = run("https://papers.example/x.bib").failed();
    assert!(told.contains("the proxy does not answer; check HTTPS_PROXY"), "{told}");
    let received = &proxy.received()[0];
    assert_eq!(
        (received.method.as_str(), received.path.as_str()),
        ("CONNECT", "papers.example:443")
    );
}
