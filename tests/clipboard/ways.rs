//! The clipboard module on its own, each route with the real tool at its end.
//!
//! A tmux with `set-clipboard on` plays the terminal: its buffer is the user's clipboard.

use std::ffi::OsString;
use std::fs;
use std::net::TcpListener;
use std::process::Command;

use offprint::shell::clipboard::{
    Clipboard, ClipboardSetting, Connection, CopyText, Environment, HOLD_SUBCOMMAND, RouteKind,
    read_last_copy,
};
use tempfile::TempDir;

use super::tools::{Display, Server, output_of};
use crate::support::program::OFFPRINT;

const LINK: &str = "https://arxiv.org/abs/2501.02950";

fn copy(text: &str) -> CopyText {
    CopyText { description: "link".into(), text: text.into(), html: None }
}

fn surroundings(place: &TempDir) -> Environment {
    Environment { state_dir: Some(place.path().join("state")), ..Environment::default() }
}

fn offprint() -> OsString {
    OFFPRINT.into()
}

#[test]
#[ignore = "needs tmux"]
fn tmux_holds_what_was_copied_and_teaches_how_to_paste_once() {
    let place = tempfile::tempdir().unwrap();
    let server = Server::start(place.path(), "alone", "");
    let here = Environment { tmux: Some(server.as_seen_within()), ..surroundings(&place) };
    let mut clipboard = Clipboard::new(ClipboardSetting::Auto, here.clone());
    let first = clipboard.copy(&copy(LINK)).unwrap();
    assert_eq!(server.buffer(), LINK);
    assert_eq!((first.route_kind, first.bytes.as_slice()), (RouteKind::Tmux, b"".as_slice()));
    assert!(first.receipt.contains("no terminal attached"), "{}", first.receipt);
    assert!(first.receipt.contains("prefix ]"), "{}", first.receipt);
    let second = clipboard.copy(&copy("two")).unwrap();
    assert!(!second.receipt.contains("prefix ]"), "{}", second.receipt);
    assert_eq!(read_last_copy(&here).unwrap(), "two");
}

#[test]
#[ignore = "needs tmux"]
fn tmux_passes_a_copy_on_to_its_terminal() {
    let place = tempfile::tempdir().unwrap();
    let terminal = Server::terminal(place.path());
    let server = Server::start(place.path(), "inner", "");
    terminal.attach(&server, "xterm-256color");
    let here = Environment { tmux: Some(server.as_seen_within()), ..surroundings(&place) };
    let text = "@article{key}\n".repeat(1000);
    let delivery = Clipboard::new(ClipboardSetting::Auto, here).copy(&copy(&text)).unwrap();
    // The terminal reports the name of a multiplexer, behind which nothing is known.
    assert!(delivery.receipt.starts_with("link, 14.0 kB → tmux's buffer only · the outer tmux"));
    terminal.run(&["wait-for", "copied"]);
    assert_eq!(terminal.buffer(), text);
    assert_eq!(server.buffer(), text);
}

#[test]
#[ignore = "needs tmux"]
fn tmux_within_tmux_does_not_claim_the_terminal_beyond() {
    let place = tempfile::tempdir().unwrap();
    let outer = Server::start(place.path(), "outer", "");
    let inner = Server::start(place.path(), "inner", "set -as terminal-features ',*:clipboard'\n");
    outer.attach(&inner, "tmux-256color");
    let here = Environment { tmux: Some(inner.as_seen_within()), ..surroundings(&place) };
    let told = Clipboard::new(ClipboardSetting::Auto, here).copy(&copy(LINK)).unwrap().receipt;
    assert!(told.starts_with("link, 32 B → tmux's buffer only · "), "{told}");
    assert!(told.contains("the outer tmux needs `set -s set-clipboard on`"), "{told}");
    assert_eq!(inner.buffer(), LINK);
}

#[test]
#[ignore = "needs tmux"]
fn what_is_attached_now_is_read_from_tmux() {
    let place = tempfile::tempdir().unwrap();
    let server = Server::start(place.path(), "alone", "");
    server.run(&["set-environment", "DISPLAY", ":77"]);
    server.run(&["set-environment", "-r", "SSH_CONNECTION"]);
    let stale = Environment {
        connection: Connection::Ssh,
        display: Some("localhost:10.0".into()),
        tmux: Some(server.as_seen_within()),
        ..surroundings(&place)
    };
    let fresh = stale.with_attached_terminal();
    assert_eq!((fresh.connection, fresh.display.as_deref()), (Connection::Local, Some(":77")));
}

#[test]
#[ignore = "needs screen, and tmux as its terminal"]
fn screen_hands_the_pieces_on_as_one_sequence() {
    let place = tempfile::tempdir().unwrap();
    let terminal = Server::terminal(place.path());
    let text = "@article{key}\n".repeat(5000);
    let here = Environment { screen_session: Some("1.test".into()), ..surroundings(&place) };
    let delivery = Clipboard::new(ClipboardSetting::Auto, here).copy(&copy(&text)).unwrap();
    assert_eq!(delivery.receipt, "link, 70.0 kB sent to the terminal (OSC 52) · yv shows it");
    let bytes = place.path().join("bytes");
    fs::write(&bytes, delivery.bytes).unwrap();
    let line = format!("screen -c /dev/null sh -c 'cat {}; read end'", bytes.display());
    terminal.run(&["new-window", "-n", "screen", &line]);
    terminal.run(&["wait-for", "copied"]);
    assert_eq!(terminal.buffer(), text);
    terminal.run(&["send-keys", "-t", "screen", "Enter"]);
}

#[test]
#[ignore = "needs tmux as a terminal"]
fn a_terminal_takes_the_bare_sequence() {
    let place = tempfile::tempdir().unwrap();
    let terminal = Server::terminal(place.path());
    let here = Environment { connection: Connection::Ssh, ..surroundings(&place) };
    let text = "x".repeat(74_994);
    let delivery = Clipboard::new(ClipboardSetting::Auto, here).copy(&copy(&text)).unwrap();
    let bytes = place.path().join("bytes");
    fs::write(&bytes, delivery.bytes).unwrap();
    terminal.run(&["new-window", &format!("cat {}; read end", bytes.display())]);
    terminal.run(&["wait-for", "copied"]);
    assert_eq!(terminal.buffer(), text);
}

#[test]
#[ignore = "needs Xvfb and xclip"]
fn a_copy_on_x11_outlives_the_program_until_someone_else_copies() {
    let place = tempfile::tempdir().unwrap();
    let display = Display::start();
    let gone = place.path().join("gone");
    assert!(Command::new("mkfifo").arg(&gone).status().unwrap().success());
    // The process that holds the text, and a FIFO that signals its end.
    let script = format!("\"$0\" {HOLD_SUBCOMMAND}; echo gone > {}", gone.display());
    let holder = vec!["sh".into(), "-c".into(), script.into(), offprint()];
    let here = Environment { display: Some(display.name.clone()), ..surroundings(&place) };

    let mut clipboard = Clipboard::with_holder(ClipboardSetting::Native, here, holder);
    let styled = CopyText { html: Some("<i>Nature</i>".into()), ..copy("Nature, Gödel 2025") };
    let delivery = clipboard.copy(&styled).unwrap();
    assert_eq!(delivery.receipt, "link, 19 B → the X11 clipboard");
    assert_eq!(display.paste("UTF8_STRING"), "Nature, Gödel 2025");
    assert!(display.paste("text/html").contains("<i>Nature</i>"));
    drop(clipboard);
    assert_eq!(display.paste("UTF8_STRING"), "Nature, Gödel 2025");

    display.replace("another");
    assert_eq!(output_of("cat", &[gone.to_str().unwrap()], &[]), "gone\n");
    assert_eq!(display.paste("UTF8_STRING"), "another");
}

#[test]
#[ignore = "needs Xvfb and xclip"]
fn a_later_copy_on_x11_replaces_the_earlier_one() {
    let place = tempfile::tempdir().unwrap();
    let display = Display::start();
    let here = Environment { display: Some(display.name.clone()), ..surroundings(&place) };
    let holder = vec![offprint(), HOLD_SUBCOMMAND.into()];
    let mut clipboard = Clipboard::with_holder(ClipboardSetting::Auto, here, holder);
    let long = "@article{key}\n".repeat(100_000);
    for text in ["one", &long, "three"] {
        assert_eq!(clipboard.copy(&copy(text)).unwrap().route_kind, RouteKind::Native);
        assert_eq!(display.paste("UTF8_STRING"), text);
    }
}

#[test]
fn a_display_that_accepts_and_never_answers_ends_in_osc_52() {
    let place = tempfile::tempdir().unwrap();
    let mute = TcpListener::bind("127.0.0.1:0").unwrap();
    let number = mute.local_addr().unwrap().port() - 6000;
    let display = Some(format!("127.0.0.1:{number}"));
    let here = Environment { display, ..surroundings(&place) };
    let holder = vec![offprint(), HOLD_SUBCOMMAND.into()];
    let mut clipboard = Clipboard::with_holder(ClipboardSetting::Native, here, holder);
    for _ in 0..2 {
        let delivery = clipboard.copy(&copy(LINK)).unwrap();
        assert_eq!(delivery.route_kind, RouteKind::Osc52);
        assert!(
            delivery
                .receipt
                .starts_with("link, 32 B sent to the terminal (OSC 52) · yv shows it · the X11")
        );
        assert!(delivery.bytes.starts_with(b"\x1b]52;c;"));
    }
}
