//! Marks and notes on a real terminal: the editor takes over the terminal, and type-ahead waits for
//! the library.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use super::{Home, LOADED, ends_with, wait_for_place};
use crate::support::pty::{Modes, Pty};

/// A script to be used as the editor.
fn editor(home: &Home, script: &str) -> PathBuf {
    let path = home.write("editor", format!("#!/bin/sh\n{script}\n"));
    fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
    path
}

fn start(home: &Home, editor: &PathBuf) -> Pty {
    let mut command = home.offprint(&[]);
    command.env("EDITOR", editor);
    let pty = Pty::start(command, 120, 36);
    pty.wait_for_text(LOADED);
    pty
}

fn notes(home: &Home) -> Vec<PathBuf> {
    let files = fs::read_dir(home.path("state/notes")).map(Iterator::flatten);
    files.into_iter().flatten().map(|it| it.path()).collect()
}

#[test]
fn an_editor_has_the_terminal_and_gives_it_back() {
    let home = Home::new();
    let editor = editor(&home, "echo in the editor; read line; echo \"$line\" >> \"$1\"");
    let mut pty = start(&home, &editor);
    pty.send("e");
    pty.wait_for("the editor", |seen| {
        seen.screen().contents().contains("in the editor") && seen.modes() == Modes::COOKED
    });
    // Keys go to the editor, even those bound in the program.
    pty.send("q a thought\r");
    pty.wait_for_text("Note saved: ");
    pty.wait_for_text("q a thought");
    assert!(notes(&home).is_empty(), "what is kept needs no file");
    pty.send("q");
    ends_with(&mut pty, 0);
}

#[test]
fn what_was_written_before_an_editor_broke_is_not_lost() {
    let home = Home::new();
    let broken = editor(&home, "echo half a thought >> \"$1\"; exit 3");
    let mut pty = start(&home, &broken);
    pty.send("e");
    pty.wait_for_text("Note not saved: the editor failed (exit status: 3)");
    assert_eq!(notes(&home).len(), 1);
    editor(&home, "echo and the rest >> \"$1\"");
    pty.send("e");
    pty.wait_for_text("Note saved: ");
    pty.wait_for_text("half a thought");
    pty.send("JJ");
    pty.wait_for_text("and the rest");
    pty.send("q");
    ends_with(&mut pty, 0);
}

#[test]
fn keys_typed_ahead_wait_for_what_the_library_says() {
    let home = Home::new();
    let mut pty = start(&home, &PathBuf::from("true"));
    pty.send("rrrj*u.");
    pty.wait_for_text("1 starred");
    pty.wait_for_text("197 unread");
    pty.send("uu");
    pty.wait_for_text("Undone: mark read (");
    pty.send("q");
    ends_with(&mut pty, 0);
}

#[test]
fn on_a_full_disk_marks_are_not_made_and_say_so_and_the_program_goes_on() {
    let home = Home::new();
    // Limits files to the size of an empty library, like a full disk.
    let script = "ulimit -f 300; trap '' XFSZ; exec \"$OFFPRINT\"";
    let mut pty = Pty::start(home.script(script), 120, 36);
    pty.wait_for_text(LOADED);
    pty.send("Ay");
    pty.wait_for_text("not saved");
    pty.send("jj");
    wait_for_place(&pty, "3/198");
    let header = pty.text().lines().next().unwrap_or_default().to_owned();
    assert!(!header.contains("unread"), "{header}");
    pty.send("q");
    ends_with(&mut pty, 0);
    let mut pty = start_anywhere(&home);
    pty.wait_for_text("3/198");
    pty.send("Ay");
    pty.wait_for_text("Marked read: 198 papers");
    pty.send("q");
    ends_with(&mut pty, 0);
}

#[test]
fn a_session_that_is_quit_leaves_the_place_to_one_that_is_open() {
    let home = Home::new();
    let mut first = start(&home, &PathBuf::from("true"));
    let mut second = start_anywhere(&home);
    second.wait_for_text(LOADED);
    second.send("/brain mem\rj*");
    second.wait_for_text("Starred: ");
    first.send("q");
    ends_with(&mut first, 0);
    second.signal("KILL");
    let _ = second.wait_for_exit();
    let third = start_anywhere(&home);
    third.wait_for_text("interrupted session");
    third.wait_for_text("/ brain mem");
}

#[test]
fn a_killed_program_is_back_where_it_was_and_a_second_one_is_no_broken_run() {
    let home = Home::new();
    let mut pty = start(&home, &PathBuf::from("true"));
    pty.send("/brain mem\r");
    pty.wait_for_text("of 198");
    pty.send("j*");
    pty.wait_for_text("Starred: ");
    let second = start_anywhere(&home);
    second.wait_for_text("1 starred");
    assert!(!second.text().contains("interrupted session"), "{}", second.text());
    drop(second);
    pty.send("j");
    pty.wait_for_text("3/14");
    pty.signal("KILL");
    let _ = pty.wait_for_exit();
    let mut pty = start_anywhere(&home);
    pty.wait_for_text("interrupted session");
    pty.wait_for_text("3/14");
    pty.wait_for_text("/ brain mem");
    pty.send("q");
    ends_with(&mut pty, 0);
}

fn start_anywhere(home: &Home) -> Pty {
    Pty::start(home.offprint(&[]), 120, 36)
}
