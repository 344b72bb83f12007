//! Reports of the mouse on a terminal.

use super::{Home, LOADED, ends_with, wait_for_place};
use crate::support::pty::Pty;

const CAPTURE: &[u8] = b"\x1b[?1000h";

fn asks_for_mouse(pty: &Pty) -> bool {
    pty.seen().bytes().windows(CAPTURE.len()).any(|it| it == CAPTURE)
}

#[test]
fn the_mouse_is_the_terminals_own_unless_it_is_switched_on() {
    let home = Home::new();
    let mut pty = home.start();
    assert!(!asks_for_mouse(&pty));
    pty.send(":set mouse=on\r");
    pty.wait_for_text("Mouse on");
    assert!(asks_for_mouse(&pty));
    // The third paper, in rows of two lines below the header.
    pty.send("\x1b[<0;40;8M\x1b[<0;40;8m");
    wait_for_place(&pty, "3/198");
    pty.send(":set mouse=off\r");
    pty.wait_for_text("Mouse off");
    pty.send("q");
    ends_with(&mut pty, 0);
    assert_eq!(pty.seen().screen().mouse_protocol_mode(), vt100::MouseProtocolMode::None);
}

#[test]
fn a_configured_mouse_scrolls_reads_and_is_given_back() {
    let home = Home::new();
    let config = home.write("config.toml", "mouse = true\n");
    let mut pty = Pty::start(home.offprint(&["--config", config.to_str().unwrap()]), 120, 36);
    pty.wait_for_text(LOADED);
    pty.wait_for("mouse reports", |seen| {
        seen.screen().mouse_protocol_mode() != vt100::MouseProtocolMode::None
    });
    pty.send("\x1b[<65;40;8M\x1b[<65;40;8M");
    wait_for_place(&pty, "8/198");
    pty.send("\x1b[<0;40;8M\x1b[<0;40;8m\x1b[<0;40;8M\x1b[<0;40;8m");
    pty.wait_for_text("Space page");
    pty.send("qq");
    ends_with(&mut pty, 0);
    assert_eq!(pty.seen().screen().mouse_protocol_mode(), vt100::MouseProtocolMode::None);
}
