//! The bytes sent to draw the screen: none without changes, complete frames, few of them.

use super::{HINTS, Home, LOADED, ends_with, footer, frames, wait_for_place};
use crate::support::pty::Pty;

#[test]
fn another_size_is_drawn_at_once_down_to_one_cell_and_back() {
    let home = Home::new();
    let mut pty = home.start();
    // Any action ends the tips of the first start.
    pty.send("\x0c");
    for (width, height) in [(80, 24), (39, 9), (12, 3), (3, 2), (2, 1), (1, 1), (200, 50)] {
        let before = frames(pty.seen().bytes()).0.len();
        pty.resize(width, height);
        pty.wait_for("another frame", |seen| frames(seen.bytes()).0.len() > before);
    }
    pty.wait_for("the whole width", |seen| footer(seen).trim_end().ends_with(LOADED));
    pty.wait_for_text(HINTS);
    pty.resize(60, 20);
    pty.wait_for("the other layout", |seen| {
        footer(seen).trim_end().ends_with(LOADED) && seen.screen().contents().contains("Abstract")
            || seen.screen().contents().contains("Coherence is one of")
    });
    pty.send("q");
    ends_with(&mut pty, 0);
}

/// Redraws the screen and returns the number of bytes received so far.
fn redraw(pty: &mut Pty) -> usize {
    let before = frames(pty.seen().bytes()).0.len();
    pty.send("\x0c");
    let is_whole = |bytes: &[u8]| frames(bytes).0.len() > before && bytes.ends_with(b"\x1b[?2026l");
    pty.wait_for("a whole frame", |seen| is_whole(seen.bytes()));
    pty.seen().bytes().len()
}

#[test]
fn nothing_is_sent_but_what_was_asked_for() {
    let home = Home::new();
    let mut pty = home.start();
    pty.send("jjj");
    wait_for_place(&pty, "4/198");
    // The detail pane follows after a delay.
    pty.wait_for_text("Hamed Rahimi, David Mimno");
    let first = redraw(&mut pty);
    let totals: Vec<usize> = (0..10).map(|_| redraw(&mut pty)).collect();
    let one = totals[0] - first;
    let expected: Vec<usize> = (1..=10).map(|times| first + times * one).collect();
    assert_eq!(totals, expected);
}

#[test]
fn all_that_is_drawn_is_in_synchronized_updates() {
    let home = Home::new();
    let mut pty = home.start();
    pty.send("jjGgg/brain\rjj?q\r");
    pty.wait_for("the reader", |seen| footer(seen).contains("page"));
    pty.send(":q\r");
    ends_with(&mut pty, 0);
    let seen = pty.seen();
    let (inside, outside) = frames(seen.bytes());
    assert!(inside.len() > 1);
    let [entering, between @ .., leaving] = outside.as_slice() else { panic!("{outside:?}") };
    assert!(entering.contains("\x1b[?1049h"), "{entering:?}");
    assert!(between.iter().all(String::is_empty), "{between:?}");
    // A frame that might be open is ended first.
    assert!(leaving.is_empty() || leaving.contains("\x1b[?1049l"), "{leaving:?}");
    assert!(!inside.concat().contains("\x1b[?1049"));
}

#[test]
fn keys_typed_ahead_are_taken_together() {
    let home = Home::new();
    let mut pty = home.start();
    let before = frames(pty.seen().bytes()).0.len();
    pty.send(&"j".repeat(190));
    wait_for_place(&pty, "191/198");
    let drawn = frames(pty.seen().bytes()).0.len() - before;
    assert!(drawn <= 40, "{drawn} frames for 190 keys");
    pty.send("q");
    ends_with(&mut pty, 0);
}
