//! Tests of the pseudo-terminal itself.

use crate::support::pty::{Modes, Pty, command};

fn script(script: &str) -> Pty {
    Pty::start(command("sh", &["-c", script]), 40, 5)
}

#[test]
fn what_is_typed_and_copied_is_seen() {
    let mut pty = script(r#"read line; printf '\033]52;c;%s\a' "$line"; read rest; exit 3"#);
    pty.send("c2FsdGVk\r");
    pty.wait_for("a copy", |seen| seen.copies() == ["salted"]);
    pty.wait_for_text("c2FsdGVk");
    pty.send("\r");
    let exit = pty.wait_for_exit();
    assert_eq!((exit.code, exit.modes), (3, Modes::COOKED));
    assert_eq!(exit.line, pty.line_settings().1);
}

#[test]
fn what_the_program_leaves_behind_is_told() {
    let mut pty = script(r"printf '\033[?1049h\033[?2004h\033[?25l'; stty raw; printf ready");
    let exit = pty.wait_for_exit();
    let left = Modes { alternate_screen: true, bracketed_paste: true, cursor_visible: false };
    assert_eq!(exit.modes, left);
    assert_ne!(exit.line, pty.line_settings().1);
}

#[test]
fn a_program_that_stops_is_seen_to_stop_and_goes_on() {
    let mut pty = script("echo before; kill -s STOP $$; echo after");
    pty.wait_until_stopped();
    pty.wait_for_text("before");
    pty.signal("CONT");
    assert_eq!(pty.wait_for_exit().code, 0);
    assert!(pty.text().contains("after"));
}
