//! Starting and quitting, by every key and signal, with the terminal restored.

use super::{HINTS, Home, LOADED, ends_with, footer};
use crate::support::pty::{Modes, Pty};

#[test]
fn the_start_shows_the_list_the_detail_and_the_keys() {
    let home = Home::new();
    let pty = home.start();
    for shown in ["Hugging Face Papers  198", "▌", "Neural Story Planning", "Category", HINTS] {
        pty.wait_for_text(shown);
    }
    let running = Modes { alternate_screen: true, bracketed_paste: true, cursor_visible: false };
    assert_eq!(pty.seen().modes(), running);
    let (now, before) = pty.line_settings();
    assert_ne!(now, before);
}

#[test]
fn every_way_to_quit_gives_the_terminal_back() {
    for keys in ["q", "Q", ":q\r", "ZZ", "\x03\x03"] {
        let home = Home::new();
        let mut pty = home.start();
        pty.send(keys);
        ends_with(&mut pty, 0);
    }
}

#[test]
fn one_interrupt_says_how_to_quit_and_does_not() {
    let home = Home::new();
    let mut pty = home.start();
    pty.send("\x03");
    pty.wait_for_text("Press q or ^C again to quit");
    pty.send("jq");
    ends_with(&mut pty, 0);
}

#[test]
fn a_signal_that_ends_the_program_gives_the_terminal_back() {
    for (signal, code) in [("TERM", 143), ("INT", 130), ("HUP", 129), ("QUIT", 131)] {
        let home = Home::new();
        let mut pty = home.start();
        pty.signal(signal);
        ends_with(&mut pty, code);
    }
}

#[test]
fn a_terminal_that_is_closed_ends_the_program() {
    let home = Home::new();
    let mut pty = home.start();
    assert_eq!(pty.hang_up(), 129);
}

#[test]
fn a_prompt_or_an_overlay_is_no_trap() {
    for keys in ["/brain\x03", ":set\x03", "?\x03", "y\x03", "\r\x03"] {
        let home = Home::new();
        let mut pty = home.start();
        pty.send(keys);
        pty.send(":q\r");
        ends_with(&mut pty, 0);
    }
}

#[test]
fn keys_typed_before_the_first_screen_are_not_lost() {
    let home = Home::new();
    let mut pty = Pty::start(home.offprint(&[]), 80, 24);
    pty.wait_for("the terminal's keys", |seen| seen.modes().bracketed_paste);
    pty.send("/mirostat\ryt");
    pty.wait_for("a copy", |seen| !seen.copies().is_empty());
    assert!(pty.seen().copies()[0].starts_with("Mirostat"));
    pty.send("q");
    ends_with(&mut pty, 0);
}

#[test]
fn a_dumb_terminal_is_told_apart_in_one_sentence() {
    let home = Home::new();
    let mut dumb = home.offprint(&[]);
    dumb.env("TERM", "dumb");
    let mut pty = Pty::start(dumb, 120, 6);
    ends_with(&mut pty, 2);
    let text = pty.text();
    assert!(text.starts_with("offprint: TERM=dumb: unsupported terminal"), "{text}");
    assert_eq!(text.trim_end().lines().count(), 1, "{text}");
    assert!(!pty.seen().bytes().contains(&0x1b));
}

#[test]
#[cfg(target_os = "linux")] // Others have no setsid(1).
fn without_a_terminal_there_is_one_sentence_and_exit_code_2() {
    let home = Home::new();
    let mut command = std::process::Command::new("setsid");
    command
        .args(["--wait", crate::support::program::OFFPRINT])
        .env("HOME", home.path(""))
        .stdin(std::process::Stdio::null());
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert_eq!(output.stdout, b"");
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.starts_with("offprint: no terminal: "), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
}

#[test]
fn a_file_that_is_not_there_leaves_the_terminal_alone() {
    let home = Home::new();
    let mut pty = Pty::start(home.offprint(&["none.jsonl"]), 80, 24);
    ends_with(&mut pty, 2);
    assert!(pty.text().contains("none.jsonl"), "{}", pty.text());
    assert!(!pty.text().contains(LOADED));
    assert!(!pty.seen().bytes().contains(&0x1b));
}

#[test]
fn a_newer_session_takes_over_the_state_of_one_that_hangs_and_says_so() {
    let home = Home::new();
    let mut hanging = home.start();
    hanging.send("/brain\rj\r");
    hanging.wait_for("the reader", |seen| footer(seen).contains("page"));
    hanging.wait_until_read();
    hanging.signal("STOP");
    hanging.wait_until_stopped();
    let mut newer = Pty::start(home.offprint(&[]), 120, 36);
    newer.wait_for_text("Took over the session of process ");
    newer.wait_for_text("/ brain");
    newer.wait_for_text("which is still running");
    newer.send("q");
    newer.wait_for("the list", |seen| !footer(seen).contains("page"));
    newer.send("q");
    ends_with(&mut newer, 0);
    // The older process does not take the state back when it ends.
    hanging.signal("CONT");
    hanging.send("qq");
    ends_with(&mut hanging, 0);
}
