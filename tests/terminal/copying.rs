//! Copying and opening over SSH: bytes sent, text shown, and programs that must not start.

use std::os::unix::fs::PermissionsExt;

use super::{Home, LOADED, ends_with, footer};
use crate::support::pty::{Modes, Pty};

const LINK: &str = "https://arxiv.org/abs/2209.10922";

#[test]
fn a_paper_is_found_and_its_bibtex_sent_and_told() {
    let home = Home::new();
    let mut pty = home.start();
    pty.send("/mirostat\ryb");
    pty.wait_for("a copy", |seen| !seen.copies().is_empty());
    pty.wait_for_text("sent to the terminal (OSC 52) · yv shows it");
    pty.send("q");
    ends_with(&mut pty, 0);
    let seen = pty.seen();
    let [bibtex] = seen.copies() else { panic!("{:?}", seen.copies()) };
    assert!(bibtex.starts_with('@'), "{bibtex}");
    assert!(bibtex.contains("Mirostat"), "{bibtex}");
    assert!(bibtex.ends_with("}\n"), "{bibtex}");
    assert_eq!(*bibtex, home.paste());
}

#[test]
fn a_copy_asked_for_just_before_the_end_is_delivered() {
    for keys in ["ylq", "yl:q\r", "yl\x03\x03"] {
        let home = Home::new();
        let mut pty = home.start();
        pty.send(keys);
        ends_with(&mut pty, 0);
        assert_eq!(pty.seen().copies(), [LINK]);
        assert_eq!(home.paste(), LINK);
    }
}

#[test]
fn copies_keep_their_order() {
    let home = Home::new();
    let mut pty = home.start();
    pty.send("ytyiyl");
    pty.wait_for("three copies", |seen| seen.copies().len() == 3);
    let title = "Learning to Write with Coherence From Negative Examples";
    assert_eq!(pty.seen().copies(), [title, "2209.10922", LINK]);
    pty.wait_for("its receipt", |seen| footer(seen).contains("link, 32 B"));
}

#[test]
fn the_last_copy_is_shown_bare_and_a_key_comes_back() {
    let home = Home::new();
    let mut pty = home.start();
    // Type-ahead: the last copy is shown all the same.
    pty.send("ytylyv");
    pty.wait_for_text("[Enter] back");
    pty.wait_for("the shell's screen", |seen| !seen.modes().alternate_screen);
    assert!(pty.text().starts_with(&format!("{LINK}\n")), "{}", pty.text());
    assert_eq!(pty.seen().copies().last().map(String::as_str), Some(LINK));
    pty.send("\r");
    pty.wait_for("the screen", |seen| {
        seen.modes().alternate_screen && seen.screen().contents().contains(LOADED)
    });
    pty.send("q");
    ends_with(&mut pty, 0);
}

#[test]
fn what_comes_while_the_copy_stands_bare_is_drawn_afterwards() {
    let home = Home::new();
    let mut pty = home.start();
    pty.send("ylyv");
    pty.wait_for_text("[Enter] back");
    pty.resize(100, 30);
    pty.send("\x1b[200~brain\x1b[201~");
    pty.wait_for_text("/ brain");
    pty.wait_for("the screen", |seen| seen.modes().alternate_screen);
    pty.send("\x03Q");
    ends_with(&mut pty, 0);
}

#[test]
fn a_copy_can_be_shown_where_nothing_can_be_written() {
    let home = Home::new();
    home.write("state", "in the way");
    let mut pty = home.start();
    pty.send("yl");
    pty.wait_for_text("not saved for `offprint paste`");
    pty.send("yv");
    pty.wait_for_text("[Enter] back");
    assert!(pty.text().starts_with(&format!("{LINK}\n")), "{}", pty.text());
    pty.send("\rq");
    ends_with(&mut pty, 0);
}

#[test]
fn with_nothing_copied_there_is_nothing_to_show() {
    let home = Home::new();
    let mut pty = home.start();
    pty.send("yv");
    pty.wait_for_text("Nothing copied yet");
    assert!(pty.seen().modes().alternate_screen);
}

#[test]
fn a_copy_that_failed_at_the_very_end_is_told_in_the_shell() {
    let home = Home::new();
    let mut pty = Pty::start(home.offprint(&["--clipboard", "command:false"]), 100, 30);
    pty.wait_for_text(LOADED);
    pty.send("ylq");
    ends_with(&mut pty, 0);
    let text = pty.text();
    assert!(text.contains("link not copied: `false`: failed"), "{text}");
    assert!(text.contains("copied.txt"), "{text}");
}

/// A desktop whose launchers log each call.
fn with_launchers(home: &Home, browser: Option<&str>) -> Pty {
    let mut command = home.offprint(&[]);
    let mut path = home.path("").into_os_string();
    for launcher in ["xdg-open", "gio", "gnome-open", "kde-open", "wslview"] {
        let script = format!("#!/bin/sh\necho \"$@\" >> {}\n", home.path("launched").display());
        let program = home.write(launcher, script);
        std::fs::set_permissions(program, PermissionsExt::from_mode(0o755)).unwrap();
    }
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    command.env("PATH", path);
    command.env("DISPLAY", "localhost:10.0");
    if let Some(browser) = browser {
        command.env("BROWSER", browser);
    }
    let pty = Pty::start(command, 120, 36);
    pty.wait_for_text(LOADED);
    pty
}

#[test]
fn over_ssh_a_link_is_shown_and_neither_launched_nor_copied() {
    let home = Home::new();
    let mut pty = with_launchers(&home, None);
    pty.send("yto");
    pty.wait_for_text("yl copies the link");
    pty.wait_for("its copy", |seen| !seen.copies().is_empty());
    let hyperlink = format!(";{LINK}\x1b\\");
    pty.wait_for("a link to click on", |seen| {
        String::from_utf8_lossy(seen.bytes()).split("\x1b]8;").any(|it| it.contains(&hyperlink))
    });
    pty.send("qq");
    ends_with(&mut pty, 0);
    assert!(!home.path("launched").exists());
    let title = "Learning to Write with Coherence From Negative Examples";
    assert_eq!(pty.seen().copies(), [title]);
    assert_eq!(home.paste(), title);
    assert_eq!(pty.seen().modes(), Modes::COOKED);
}

#[test]
fn a_browser_that_is_named_opens_the_link_over_ssh() {
    let home = Home::new();
    let log = home.path("launched");
    assert!(std::process::Command::new("mkfifo").arg(&log).status().unwrap().success());
    let mut pty = with_launchers(&home, Some("no-such-browser:wslview --new %s"));
    pty.send("o");
    assert_eq!(home.read("launched"), format!("--new {LINK}\n"));
    pty.wait_for_text(&format!("Opened {LINK}"));
    pty.send("q");
    ends_with(&mut pty, 0);
}
