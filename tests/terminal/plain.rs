//! The dialogue of lines on a dumb terminal and through a pipe.

use super::{Home, ends_with};
use crate::support::program::Place;
use crate::support::pty::Pty;

fn start_dumb(home: &Home, arguments: &[&str]) -> Pty {
    let mut command = home.offprint(&[&["--plain"], arguments].concat());
    command.env("TERM", "dumb");
    let pty = Pty::start(command, 200, 50);
    pty.wait_for_text("> ");
    pty
}

#[test]
fn a_dumb_terminal_has_a_dialogue_without_control_sequences() {
    let home = Home::new();
    let mut pty = start_dumb(&home, &[]);
    pty.wait_for_text("198 papers. Type help for the commands.");
    pty.send("/hopfield networks\r");
    pty.wait_for_text("papers match hopfield networks");
    pty.send("*\r");
    pty.wait_for_text("Starred: ");
    pty.send("yb\r");
    pty.wait_for_text("BibTeX, ");
    pty.send("show-copy\r");
    pty.wait_for_text("@");
    pty.send("quit\r");
    ends_with(&mut pty, 0);
    assert!(!pty.seen().bytes().contains(&0x1b), "{}", pty.text());
}

#[test]
fn a_copy_over_a_network_is_saved_to_a_file_that_is_named() {
    let home = Home::new();
    let mut pty = start_dumb(&home, &[]);
    pty.send("yt\r");
    pty.wait_for_text("title, ");
    assert!(pty.text().contains("→ "), "{}", pty.text());
    assert!(pty.seen().copies().is_empty());
    pty.send("q\r");
    ends_with(&mut pty, 0);
    assert!(home.paste().starts_with("Learning to Write"));
}

#[test]
fn a_dialogue_through_a_pipe_exports_marks_and_remembers() {
    let place = Place::new();
    let record = |title: &str| {
        format!("{{\"title\": \"{title}\", \"authors\": [\"Ada Lovelace\"], \"year\": 1843}}\n")
    };
    let papers = place.file("papers.jsonl", record("On the Engine") + &record("On the Loom"));
    let input = b"/loom\n*\ntag\nweaving\nexport\nb\nout.bib\n";
    let answers = place.run_with(&["--plain", &papers], input).printed();
    assert!(answers.contains("1 of 2 papers match loom"), "{answers}");
    assert!(answers.contains("Starred: On the Loom"), "{answers}");
    assert!(!answers.contains('\u{1b}'), "{answers}");
    let later = place.run_with(&["--plain", &papers], b"/is:starred\n").printed();
    assert!(later.contains("1. On the Loom, Lovelace, 1843 [starred, tag weaving]"), "{later}");
}

#[test]
fn options_of_the_screen_are_refused_in_a_dialogue() {
    let place = Place::new();
    for option in ["--pick", "--as=title"] {
        let message = place.run(&["--plain", option]).failed();
        assert!(message.contains("has no effect with --plain"), "{message}");
    }
}
