//! State that a run leaves for the next one: no more tips, and the last bibliography.

use super::{Home, ends_with};

#[test]
fn the_tips_are_shown_at_the_first_start_only() {
    let home = Home::new();
    let mut pty = home.start();
    pty.wait_for_text("Things to try");
    pty.send("q");
    ends_with(&mut pty, 0);
    let mut pty = home.start();
    assert!(!pty.text().contains("Things to try"), "{}", pty.text());
    pty.send("q");
    ends_with(&mut pty, 0);
}

#[test]
fn the_last_bibliography_is_offered_in_the_next_run() {
    let home = Home::new();
    let mut pty = home.start();
    pty.send("Eb");
    pty.wait_for_text("export BibTeX to: ");
    pty.send("refs.bib\r");
    pty.wait_for_text("Exported BibTeX to refs.bib");
    pty.send("q");
    ends_with(&mut pty, 0);
    let mut pty = home.start();
    pty.send("E");
    pty.wait_for_text("E  add to refs.bib");
    pty.send("b");
    pty.wait_for_text("export BibTeX to: refs.bib");
    pty.send("\x1b");
    pty.wait_for_text("q quit");
    pty.send("q");
    ends_with(&mut pty, 0);
    assert_eq!(home.read("refs.bib").matches('@').count(), 1);
}
