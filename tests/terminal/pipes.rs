//! Papers from pipes and files, and output for other programs, with the keys from the terminal.

use std::fs;
use std::io::Write as _;
use std::process::Command;

use super::{Home, LOADED, ends_with, wait_for_place};
use crate::support::pty::Pty;

fn record(title: &str) -> String {
    format!("{{\"title\": \"{title}\", \"authors\": [\"Ada Lovelace\"], \"year\": 1843}}\n")
}

#[test]
fn a_choice_goes_to_standard_output_and_the_screen_to_the_terminal() {
    for output in ["> chosen", "| cat > chosen"] {
        let home = Home::new();
        let script = format!("\"$OFFPRINT\" --pick --as link {output}; echo code $?");
        let mut pty = Pty::start(home.script(&script), 120, 36);
        pty.wait_for_text(LOADED);
        pty.send("\x1b[B\t\t\r");
        pty.wait_for_text("code 0");
        ends_with(&mut pty, 0);
        let chosen = "https://arxiv.org/abs/2212.08718\nhttps://arxiv.org/abs/2106.14587\n";
        assert_eq!(home.read("chosen").lines().count(), chosen.lines().count());
        assert!(home.read("chosen").starts_with("https://"), "{}", home.read("chosen"));
    }
}

#[test]
fn choosing_nothing_prints_nothing_and_says_so() {
    let home = Home::new();
    let mut pty = Pty::start(home.script("\"$OFFPRINT\" --pick > chosen; echo code $?"), 120, 36);
    pty.wait_for_text(LOADED);
    pty.send("\x1b");
    pty.wait_for_text("code 1");
    ends_with(&mut pty, 0);
    assert_eq!(home.read("chosen"), "");
}

#[test]
fn papers_are_piped_in_while_keys_come_from_the_terminal() {
    let home = Home::new();
    home.write("papers.jsonl", record("On the Engine") + &record("On the Loom"));
    let mut pty = Pty::start(home.script("cat papers.jsonl | \"$OFFPRINT\""), 120, 36);
    pty.wait_for_text("standard input  2");
    pty.wait_for_text("On the Loom");
    pty.send("j");
    wait_for_place(&pty, "2/2");
    pty.send("yt");
    pty.wait_for("a copy", |seen| seen.copies() == ["On the Loom"]);
    pty.send("q");
    ends_with(&mut pty, 0);
}

#[test]
fn papers_are_piped_in_and_choices_piped_out_at_once() {
    let home = Home::new();
    home.write("papers.jsonl", record("On the Engine") + &record("On the Loom"));
    let script = "cat papers.jsonl | \"$OFFPRINT\" --pick | cat > chosen";
    let mut pty = Pty::start(home.script(script), 120, 36);
    pty.wait_for_text("On the Loom");
    pty.send("\x1b[B\r");
    ends_with(&mut pty, 0);
    assert_eq!(home.read("chosen"), "On the Loom\n");
}

#[test]
fn a_slow_pipe_shows_its_progress_and_its_first_papers_at_once() {
    let home = Home::new();
    assert!(Command::new("mkfifo").arg(home.path("slow")).status().unwrap().success());
    let mut pty = Pty::start(home.script("\"$OFFPRINT\" < slow"), 120, 36);
    let mut slow = fs::File::options().write(true).open(home.path("slow")).unwrap();
    // The screen is drawn before any input.
    pty.wait_for_text("loading");
    slow.write_all(record("On the Engine").as_bytes()).unwrap();
    pty.wait_for_text("On the Engine");
    pty.wait_for_text("loading");
    slow.write_all(record("On the Loom").as_bytes()).unwrap();
    pty.wait_for_text("On the Loom");
    drop(slow);
    pty.wait_for("the end", |seen| !seen.screen().contents().contains("loading"));
    pty.send("q");
    ends_with(&mut pty, 0);
}

#[test]
fn a_pipe_that_never_ends_is_no_reason_not_to_quit() {
    let home = Home::new();
    assert!(Command::new("mkfifo").arg(home.path("slow")).status().unwrap().success());
    let mut pty = Pty::start(home.script("exec \"$OFFPRINT\" < slow"), 120, 36);
    let mut slow = fs::File::options().write(true).open(home.path("slow")).unwrap();
    slow.write_all(record("On the Engine").as_bytes()).unwrap();
    pty.wait_for_text("On the Engine");
    pty.send("q");
    ends_with(&mut pty, 0);
}

#[test]
fn a_source_that_fails_later_is_a_notice() {
    let home = Home::new();
    // Compressed data that ends early, long after its first papers.
    let papers: String = (0..20_000).map(|number| record(&format!("On number {number}"))).collect();
    home.write("papers.jsonl", papers);
    let script =
        "gzip papers.jsonl && head -c 20000 papers.jsonl.gz > cut.gz && \"$OFFPRINT\" cut.gz";
    let mut pty = Pty::start(home.script(script), 120, 36);
    pty.wait_for_text("On number 0");
    pty.wait_for("a notice", |seen| super::footer(seen).contains("cut.gz"));
    pty.send("q");
    ends_with(&mut pty, 0);
}

#[test]
fn a_file_that_has_changed_is_read_again() {
    let home = Home::new();
    home.write("papers.jsonl", record("On the Engine") + &record("On the Loom"));
    let mut pty = Pty::start(home.offprint(&["papers.jsonl"]), 120, 36);
    pty.wait_for_text("papers.jsonl  2");
    pty.send("j");
    wait_for_place(&pty, "2/2");
    home.write(
        "papers.jsonl",
        record("On Notes") + &record("On the Engine") + &record("On the Loom"),
    );
    pty.send("R");
    pty.wait_for_text("Reloaded: 3 papers");
    wait_for_place(&pty, "3/3");
    fs::remove_file(home.path("papers.jsonl")).unwrap();
    pty.send("R");
    pty.wait_for("why not", |seen| super::footer(seen).contains("Not reloaded"));
    pty.send("q");
    ends_with(&mut pty, 0);
}
