//! The question for the terminal's background, and the colours of a terminal that is not known.

use super::{Home, LOADED, ends_with, wait_for_place};
use crate::support::pty::Pty;

const QUESTION: &[u8] = b"\x1b]11;?";

fn asks_for_background(pty: &Pty) -> bool {
    pty.seen().bytes().windows(QUESTION.len()).any(|it| it == QUESTION)
}

#[test]
fn a_local_terminal_is_asked_for_its_background_and_its_answer_is_no_key() {
    let home = Home::new();
    let mut command = home.offprint(&[]);
    command.env_remove("SSH_CONNECTION");
    let mut pty = Pty::start(command, 120, 36);
    pty.wait_for_text(LOADED);
    assert!(asks_for_background(&pty));
    // The letters of the answer would mark a paper and copy it.
    pty.send("\x1b]11;rgb:ffff/ffff/ffff\x1b\\");
    pty.send("j");
    wait_for_place(&pty, "2/198");
    let header = pty.text().lines().next().unwrap_or_default().to_owned();
    assert_eq!(header.trim(), "Hugging Face Papers  198");
    pty.send("q");
    ends_with(&mut pty, 0);
}

#[test]
fn over_a_network_no_terminal_is_asked_and_keys_are_bold_in_the_default_colour() {
    let home = Home::new();
    let mut pty = home.start();
    assert!(!asks_for_background(&pty));
    {
        let seen = pty.seen();
        let row = seen.screen().size().0.get() - 1;
        let key = seen.screen().cell(row, 1).unwrap();
        assert!(key.bold(), "{}", seen.screen().contents());
        assert_eq!(key.fgcolor(), vt100::Color::Default);
    }
    pty.send("q");
    ends_with(&mut pty, 0);
}

#[test]
fn a_theme_is_chosen_by_an_option_and_the_last_choice_is_remembered() {
    let home = Home::new();
    let key_color = |pty: &Pty| {
        let seen = pty.seen();
        let row = seen.screen().size().0.get() - 1;
        seen.screen().cell(row, 1).unwrap().fgcolor()
    };
    let mut pty = Pty::start(home.offprint(&["--theme", "dark"]), 120, 36);
    pty.wait_for_text(LOADED);
    assert_eq!(key_color(&pty), vt100::Color::Idx(110));
    pty.send(":theme light\r");
    pty.wait_for_text("Theme: light");
    pty.send("q");
    ends_with(&mut pty, 0);
    let mut pty = home.start();
    assert_eq!(key_color(&pty), vt100::Color::Idx(25));
    pty.send("q");
    ends_with(&mut pty, 0);
}
