//! Keys and pastes as terminals and slow connections send them.

use super::{Home, LOADED, ends_with, frames, wait_for_place};
use crate::support::pty::Pty;

/// The row of the filter.
fn filter(pty: &Pty) -> String {
    pty.text().lines().nth(1).unwrap_or_default().trim().to_owned()
}

#[test]
fn a_paste_into_the_filter_is_one_update() {
    let home = Home::new();
    let mut pty = home.start();
    pty.send("/");
    pty.wait_for("the cursor", |seen| !seen.screen().hide_cursor());
    let before = frames(pty.seen().bytes()).0.len();
    let pasted = "graph neural networks for jamming ".repeat(100);
    pty.send(&format!("\x1b[200~{pasted}\x1b[201~"));
    pty.wait_for("what it finds", |seen| seen.screen().contents().contains("1 of 198"));
    // Until the whole frame has come, the footer shows the place in the list of all papers.
    wait_for_place(&pty, "1/1");
    // One frame for the text, and a few for the hits.
    assert!(frames(pty.seen().bytes()).0.len() - before <= 6);
    pty.send("\x1b");
    pty.wait_for_text(LOADED);
    pty.send("q");
    ends_with(&mut pty, 0);
}

#[test]
fn a_paste_is_never_run_as_keys() {
    // The filter shows a line break, since each line may be a reference.
    for (before, pasted) in [
        ("", "q ZZ:q ⏎ end"),
        ("/", "q ZZ:q ⏎ end"),
        (":", "q ZZ:q end"),
        ("\r", "q ZZ:q ⏎ end"),
        ("?", "q ZZ:q ⏎ end"),
    ] {
        let home = Home::new();
        let mut pty = home.start();
        let hostile = "q\rZZ\x03\x03\x04\x1a:q\r\n\x1b[B\x1b]52;c;aGFybQ==\x07\x1b\x1b[31mend";
        pty.send(&format!("{before}\x1b[200~{hostile}\x1b[201~"));
        pty.wait_for_text(pasted);
        pty.send("\x03");
        pty.send(":q\r");
        ends_with(&mut pty, 0);
        assert!(pty.seen().copies().is_empty());
    }
}

#[test]
fn a_paste_outside_the_filter_opens_it() {
    let home = Home::new();
    let mut pty = home.start();
    pty.send("\x1b[200~Mirostat\x1b[201~");
    pty.wait_for_text("/ Mirostat");
    pty.wait_for_text("1 of 198");
}

#[test]
fn a_paste_without_its_marks_runs_no_key() {
    for (pasted, text) in [
        ("Exploring Models\nAx\n", "/ Exploring Models ⏎ Ax"),
        ("Attention Is All You Need\r", "/ Attention Is All You Need"),
        ("BERT: Pre-training\rQ\r", "/ BERT: Pre-training ⏎ Q"),
        ("Auto-Encoding Variational Bayes\r", "/ Auto-Encoding Variational Bayes"),
        ("xLSTM: Extended\r", "/ xLSTM: Extended"),
    ] {
        let home = Home::new();
        let mut pty = home.start();
        pty.send(pasted);
        pty.wait_for_text(text);
        pty.wait_for_text("Pasted into the filter");
        pty.send("\x1b");
        pty.wait_for_text("/ filter");
        pty.send("q");
        ends_with(&mut pty, 0);
    }
}

#[test]
fn keys_typed_ahead_in_one_go_are_keys() {
    let home = Home::new();
    let mut pty = home.start();
    pty.send("jjj");
    wait_for_place(&pty, "4/198");
    pty.send("ggjyt");
    pty.wait_for("the copy", |seen| !seen.copies().is_empty());
    pty.send("/brain memory\r:2\r");
    wait_for_place(&pty, "2/11");
    pty.send("q");
    ends_with(&mut pty, 0);
}

#[test]
fn keys_under_another_layout_are_those_at_their_places() {
    let home = Home::new();
    let mut pty = home.start();
    pty.send("ооо");
    wait_for_place(&pty, "4/198");
    // As the keyboard protocol reports Ctrl with the key of the letter c.
    pty.send("\x1b[1089;5u");
    pty.wait_for_text("again to quit");
    pty.send("й");
    ends_with(&mut pty, 0);
}

/// Sends the start of a sequence, and the rest as soon as the program has read the start. If the
/// rest came too late, the lone Esc has cleared the filter.
fn sent_apart(pty: &mut Pty, start: &str, rest: &str) {
    pty.send(start);
    pty.wait_until_read();
    pty.send(rest);
    pty.wait_until_read();
}

#[test]
fn a_sequence_that_came_apart_is_one_key() {
    let home = Home::new();
    let mut pty = home.start();
    pty.send("/brain\r");
    wait_for_place(&pty, "1/57");
    // On a busy machine the rest occasionally comes too late.
    for _ in 0..50 {
        sent_apart(&mut pty, "\x1b", "[B");
        pty.send(":2\r");
        pty.wait_for("the second place", |seen| {
            seen.screen().contents().trim_end().ends_with(" 2/57")
                || seen.screen().contents().trim_end().ends_with(" 2/198")
        });
        if filter(&pty) == "/ brain" {
            return;
        }
        pty.send("u:1\r");
        wait_for_place(&pty, "1/57");
    }
    panic!("never rejoined");
}

#[test]
fn a_configured_wait_rejoins_the_keys_of_a_slow_line() {
    let home = Home::new();
    let config = home.write("config.toml", "escape-timeout = 1000\n");
    let program = home.offprint(&["--config", config.to_str().unwrap()]);
    let mut pty = Pty::start(program, 120, 36);
    pty.wait_for_text(LOADED);
    pty.send("/brain\r");
    wait_for_place(&pty, "1/57");
    for byte in ["\x1b", "[", "B"] {
        pty.send(byte);
        pty.wait_until_read();
    }
    wait_for_place(&pty, "2/57");
    assert_eq!(filter(&pty), "/ brain");
}

#[test]
fn alt_and_a_letter_drop_no_filter_and_act_on_no_paper() {
    let home = Home::new();
    let mut pty = home.start();
    pty.send("/brain mem");
    pty.wait_for_text("/ brain mem");
    // Alt with x, t, A and Enter; Alt with the left arrow and d move and delete by words.
    pty.send("\x1bx\x1bt\x1bA\x1b\r\x1b[1;3D\x1bd\x08\r");
    wait_for_place(&pty, "1/57");
    pty.send("\x1bx\x1bA\x1bj\x1bq");
    pty.send(":2\r");
    wait_for_place(&pty, "2/57");
    assert_eq!(filter(&pty), "/ brain");
}

#[test]
fn a_lone_esc_needs_no_other_key() {
    let home = Home::new();
    let mut pty = home.start();
    pty.send("/brain\r");
    pty.wait_for_text("of 198");
    pty.send("\x1b");
    pty.wait_for_text("/ filter");
}
