//! Copying with the real tools: tmux, screen and an X server, each started for the test alone.
//!
//! A tmux with `set-clipboard on` stands in for a terminal: its buffer is what the reader's clipboard
//! would hold. Every wait is on a primitive of the tool itself, bounded by `timeout`.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "helpers of a test may fail as loudly as the test")]

use std::{
    ffi::OsString,
    fs,
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use offprint::shell::clipboard::{
    Clipboard, Copy, HOLD_SUBCOMMAND, Link, Setting, Surroundings, Tmux, Way, last_copy,
};
use tempfile::TempDir;

const LINK: &str = "https://arxiv.org/abs/2501.02950";

fn copy(text: &str) -> Copy {
    Copy { what: "link".into(), text: text.into(), html: None }
}

fn surroundings(place: &TempDir) -> Surroundings {
    Surroundings { state_dir: Some(place.path().join("state")), ..Surroundings::default() }
}

fn offprint() -> OsString {
    env!("CARGO_BIN_EXE_offprint").into()
}

/// What a program prints; it must succeed and may not take longer than 20 s.
fn output_of(program: &str, arguments: &[&str], variables: &[(&str, &str)]) -> String {
    let mut command = Command::new("timeout");
    command.arg("20").arg(program).args(arguments).env_remove("TMUX").env_remove("TMUX_PANE");
    let output = command.envs(variables.iter().copied()).output().unwrap();
    assert!(output.status.success(), "{program} {arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// A tmux server of its own, ended with the test.
struct Server {
    socket: PathBuf,
}

impl Server {
    fn start(place: &Path, name: &str, config: &str) -> Self {
        let server = Self { socket: place.join(name) };
        let file = place.join(format!("{name}.conf"));
        fs::write(&file, config).unwrap();
        server.run(&["-f", file.to_str().unwrap(), "new-session", "-d", "-x", "100", "-y", "30"]);
        server
    }

    /// A tmux whose buffer is what the clipboard of a terminal would hold.
    fn terminal(place: &Path) -> Self {
        let hook = "set-hook -g pane-set-clipboard 'wait-for -S copied'\n";
        Self::start(place, "terminal", &format!("set -s set-clipboard on\n{hook}"))
    }

    fn run(&self, arguments: &[&str]) -> String {
        let socket = self.socket.to_str().unwrap();
        output_of("tmux", &[&["-S", socket], arguments].concat(), &[("TERM", "xterm-256color")])
    }

    /// Shows the other server in a window of this one, as a terminal of the given kind.
    fn attach(&self, inner: &Self, term: &str) {
        inner.run(&["set-hook", "-g", "client-attached", "wait-for -S attached"]);
        let socket = inner.socket.display();
        let line = format!("env -u TMUX -u TMUX_PANE TERM={term} tmux -S {socket} attach");
        self.run(&["new-window", &line]);
        inner.run(&["wait-for", "attached"]);
    }

    fn buffer(&self) -> String {
        self.run(&["show-buffer"])
    }

    fn as_seen_within(&self) -> Tmux {
        Tmux { server: format!("{},0,0", self.socket.display()), pane: None }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let socket = self.socket.to_str().unwrap();
        let ended = Command::new("tmux").args(["-S", socket, "kill-server"]).status();
        assert!(ended.is_ok());
    }
}

#[test]
#[ignore = "needs tmux"]
fn tmux_holds_what_was_copied_and_teaches_how_to_paste_once() {
    let place = tempfile::tempdir().unwrap();
    let server = Server::start(place.path(), "alone", "");
    let here = Surroundings { tmux: Some(server.as_seen_within()), ..surroundings(&place) };
    let mut clipboard = Clipboard::new(Setting::Auto, here.clone());
    let first = clipboard.copy(&copy(LINK)).unwrap();
    assert_eq!(server.buffer(), LINK);
    assert_eq!((first.way, first.bytes.as_slice()), (Way::Tmux, b"".as_slice()));
    assert!(first.receipt.contains("no terminal is attached"), "{}", first.receipt);
    assert!(first.receipt.contains("prefix ]"), "{}", first.receipt);
    let second = clipboard.copy(&copy("two")).unwrap();
    assert!(!second.receipt.contains("prefix ]"), "{}", second.receipt);
    assert_eq!(last_copy(&here).unwrap(), "two");
}

#[test]
#[ignore = "needs tmux"]
fn tmux_passes_a_copy_on_to_a_terminal_that_takes_it() {
    let place = tempfile::tempdir().unwrap();
    let terminal = Server::terminal(place.path());
    let server = Server::start(place.path(), "inner", "");
    terminal.attach(&server, "xterm-256color");
    let here = Surroundings { tmux: Some(server.as_seen_within()), ..surroundings(&place) };
    let text = "@article{key}\n".repeat(1000);
    let delivery = Clipboard::new(Setting::Auto, here).copy(&copy(&text)).unwrap();
    assert_eq!(delivery.receipt, "link, 14.0 kB → tmux and its terminal");
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
    let here = Surroundings { tmux: Some(inner.as_seen_within()), ..surroundings(&place) };
    let told = Clipboard::new(Setting::Auto, here).copy(&copy(LINK)).unwrap().receipt;
    assert!(told.starts_with("link, 32 B → tmux's buffer · "), "{told}");
    assert!(told.contains("`set -s set-clipboard on` in the outer tmux"), "{told}");
    assert_eq!(inner.buffer(), LINK);
}

#[test]
#[ignore = "needs tmux"]
fn what_is_attached_now_is_read_from_tmux() {
    let place = tempfile::tempdir().unwrap();
    let server = Server::start(place.path(), "alone", "");
    server.run(&["set-environment", "DISPLAY", ":77"]);
    server.run(&["set-environment", "-r", "SSH_CONNECTION"]);
    let stale = Surroundings {
        link: Link::Ssh,
        display: Some("localhost:10.0".into()),
        tmux: Some(server.as_seen_within()),
        ..surroundings(&place)
    };
    let fresh = stale.refreshed();
    assert_eq!((fresh.link, fresh.display.as_deref()), (Link::Local, Some(":77")));
}

#[test]
#[ignore = "needs screen, and tmux as its terminal"]
fn screen_hands_the_pieces_on_as_one_sequence() {
    let place = tempfile::tempdir().unwrap();
    let terminal = Server::terminal(place.path());
    let text = "@article{key}\n".repeat(5000);
    let here = Surroundings { sty: Some("1.test".into()), ..surroundings(&place) };
    let delivery = Clipboard::new(Setting::Auto, here).copy(&copy(&text)).unwrap();
    assert_eq!(delivery.receipt, "link, 70.0 kB sent to the terminal (OSC 52) · not there? yv");
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
    let here = Surroundings { link: Link::Ssh, ..surroundings(&place) };
    let text = "x".repeat(74_994);
    let delivery = Clipboard::new(Setting::Auto, here).copy(&copy(&text)).unwrap();
    let bytes = place.path().join("bytes");
    fs::write(&bytes, delivery.bytes).unwrap();
    terminal.run(&["new-window", &format!("cat {}; read end", bytes.display())]);
    terminal.run(&["wait-for", "copied"]);
    assert_eq!(terminal.buffer(), text);
}

/// An X server on a display that was free.
struct Display {
    server: Child,
    name: String,
}

impl Display {
    fn start() -> Self {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut number = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut number).unwrap();
        Self { server, name: format!(":{}", number.trim()) }
    }

    fn paste(&self, target: &str) -> String {
        let arguments = ["-selection", "clipboard", "-o", "-t", target];
        output_of("xclip", &arguments, &[("DISPLAY", &self.name)])
    }

    /// Copies as another program would.
    fn replace(&self, text: &str) {
        let mut xclip = Command::new("xclip")
            .args(["-selection", "clipboard", "-i"])
            .env("DISPLAY", &self.name)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        xclip.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        assert!(xclip.wait().unwrap().success());
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        drop(self.server.kill().and_then(|()| self.server.wait()));
    }
}

#[test]
#[ignore = "needs Xvfb and xclip"]
fn a_copy_on_x11_outlives_the_program_until_someone_else_copies() {
    let place = tempfile::tempdir().unwrap();
    let display = Display::start();
    let gone = place.path().join("gone");
    assert!(Command::new("mkfifo").arg(&gone).status().unwrap().success());
    // The program that holds the text, and a sign of its end.
    let script = format!("\"$0\" {HOLD_SUBCOMMAND}; echo gone > {}", gone.display());
    let holder = vec!["sh".into(), "-c".into(), script.into(), offprint()];
    let here = Surroundings { display: Some(display.name.clone()), ..surroundings(&place) };

    let mut clipboard = Clipboard::with_holder(Setting::Native, here, holder);
    let styled = Copy { html: Some("<i>Nature</i>".into()), ..copy("Nature, Gödel 2025") };
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
    let here = Surroundings { display: Some(display.name.clone()), ..surroundings(&place) };
    let holder = vec![offprint(), HOLD_SUBCOMMAND.into()];
    let mut clipboard = Clipboard::with_holder(Setting::Auto, here, holder);
    let long = "@article{key}\n".repeat(100_000);
    for text in ["one", &long, "three"] {
        assert_eq!(clipboard.copy(&copy(text)).unwrap().way, Way::Native);
        assert_eq!(display.paste("UTF8_STRING"), text);
    }
}

#[test]
fn a_display_that_accepts_and_never_answers_ends_in_osc_52() {
    let place = tempfile::tempdir().unwrap();
    let mute = TcpListener::bind("127.0.0.1:0").unwrap();
    let number = mute.local_addr().unwrap().port() - 6000;
    let display = Some(format!("127.0.0.1:{number}"));
    let here = Surroundings { display, ..surroundings(&place) };
    let holder = vec![offprint(), HOLD_SUBCOMMAND.into()];
    let mut clipboard = Clipboard::with_holder(Setting::Native, here, holder);
    for _ in 0..2 {
        let delivery = clipboard.copy(&copy(LINK)).unwrap();
        assert_eq!(delivery.way, Way::Osc52);
        assert!(delivery.receipt.starts_with("link, 32 B sent to the terminal (OSC 52) · the X11"));
        assert!(delivery.bytes.starts_with(b"\x1b]52;c;"));
    }
}
