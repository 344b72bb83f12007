//! `offprint --clipboard-check` on a terminal, and the effect of its saved results.

use crate::support::home::{Home, LOADED};
use crate::support::pty::{Modes, Pty, footer};

const LINK: &str = "https://arxiv.org/abs/2209.10922";

/// Runs the check, which must show the text it sent, and answers its question.
fn answer(home: &Home, keys: &str) -> (u32, String) {
    let mut pty = Pty::start(home.offprint(&["--clipboard-check"]), 100, 30);
    pty.wait_for_text("Did it arrive? [y/n/q]");
    pty.wait_for("a copy", |seen| seen.copies().len() == 1);
    let sent = pty.seen().copies()[0].clone();
    assert!(sent.starts_with("offprint clipboard check "), "{sent}");
    pty.wait_for_text(&format!("The text should be: {sent}"));
    pty.send(keys);
    let exit = pty.wait_for_exit();
    assert_eq!(exit.modes, Modes::COOKED);
    (exit.code, pty.text())
}

/// Copies a link; returns the receipt and the copies sent to the terminal.
fn copy(home: &Home) -> (String, Vec<String>) {
    let mut pty = Pty::start(home.offprint(&[]), 120, 36);
    pty.wait_for_text(LOADED);
    pty.send("yl");
    pty.wait_for("its receipt", |seen| footer(seen).contains("link, 32 B"));
    let receipt = footer(&pty.seen());
    pty.send("q");
    assert_eq!(pty.wait_for_exit().code, 0);
    (receipt, pty.seen().copies().to_vec())
}

#[test]
fn a_no_sends_later_copies_to_a_file_until_a_yes() {
    let home = Home::new();
    let (code, told) = answer(&home, "n\r");
    assert_eq!(code, 1);
    assert!(told.contains("Copying uses OSC 52: over SSH."), "{told}");
    assert!(told.contains("From now on copying uses a file."), "{told}");
    assert!(!told.contains("yv"), "{told}");

    let (receipt, sent) = copy(&home);
    let expected = "link, 32 B → ~/state/copied.txt (OSC 52 failed --clipboard-check here)";
    assert!(receipt.contains(expected), "{receipt}");
    assert_eq!(sent, Vec::<String>::new());
    assert_eq!(home.read("state/copied.txt"), LINK);
    assert_eq!(home.paste(), LINK);

    let (code, told) = answer(&home, "y\r");
    assert_eq!(code, 0);
    assert!(told.contains("Earlier check of OSC 52: the text did not arrive."), "{told}");
    let (receipt, sent) = copy(&home);
    assert!(receipt.contains("link, 32 B sent to the terminal (OSC 52)"), "{receipt}");
    assert_eq!(sent, [LINK]);
}

#[test]
fn without_an_answer_nothing_is_remembered() {
    let home = Home::new();
    assert_eq!(answer(&home, "what?\rq\r").0, 2);
    assert_eq!(copy(&home).1, [LINK]);
}
