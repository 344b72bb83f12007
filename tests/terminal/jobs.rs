//! Suspending and resuming as a job of a shell.

use super::{HINTS, Home, LOADED, ends_with};
use crate::support::pty::{Modes, Pty, signal};

/// Runs the program as a job: when it stops, the script prints `stopped`, waits for a line, and
/// resumes it.
const JOB: &str = "set -m
    sh -c 'echo $$ > pid; exec \"$OFFPRINT\" $PAPERS'
    stty -a > line; echo stopped; read line; fg > /dev/null; echo ended with $?";

fn start(home: &Home) -> Pty {
    let pty = Pty::start(home.script(JOB), 120, 36);
    pty.wait_for_text(LOADED);
    pty.wait_for_text(HINTS);
    pty
}

/// Waits for the shell, which must find the terminal restored.
fn wait_for_shell(pty: &Pty) {
    pty.wait_for("the shell", |seen| {
        seen.screen().contents().contains("stopped") && !seen.modes().alternate_screen
    });
    assert_eq!(pty.seen().modes(), Modes::COOKED);
}

fn goes_on_and_ends(home: &Home, pty: &mut Pty) {
    let before = pty.line_settings().1;
    let told = home.read("line");
    for mode in ["icanon", "echo", "isig", "opost"] {
        let is_set =
            |line: &str| line.split_whitespace().any(|it| it.trim_end_matches(';') == mode);
        assert!(is_set(&before) && is_set(&told), "{mode}\n{told}");
    }
    pty.send("\n");
    pty.wait_for("the screen", |seen| {
        seen.modes().alternate_screen && seen.screen().contents().contains(LOADED)
    });
    pty.send("j");
    pty.wait_for_text("2/198");
    pty.send("q");
    pty.wait_for_text("ended with 0");
    ends_with(pty, 0);
}

#[test]
fn ctrl_z_stops_in_a_cooked_terminal_and_fg_draws_again() {
    let home = Home::new();
    let mut pty = start(&home);
    pty.send("\x1a");
    wait_for_shell(&pty);
    goes_on_and_ends(&home, &mut pty);
}

#[test]
fn a_stop_from_outside_is_like_ctrl_z() {
    let home = Home::new();
    let mut pty = start(&home);
    signal("TSTP", home.read("pid").trim());
    wait_for_shell(&pty);
    goes_on_and_ends(&home, &mut pty);
}

#[test]
fn a_stop_that_nobody_can_catch_is_made_good_when_the_program_goes_on() {
    let home = Home::new();
    let mut pty = home.start();
    pty.signal("STOP");
    pty.wait_until_stopped();
    let sent = pty.seen().bytes().len();
    pty.signal("CONT");
    pty.wait_for("a whole frame", |seen| {
        let new = String::from_utf8_lossy(&seen.bytes()[sent..]).into_owned();
        new.contains("\x1b[?1049h") && new.contains(LOADED)
    });
    pty.send("q");
    ends_with(&mut pty, 0);
}

#[test]
fn a_job_that_is_ended_while_it_is_stopped_ends() {
    let home = Home::new();
    let mut pty = start(&home);
    pty.send("\x1a");
    wait_for_shell(&pty);
    signal("TERM", home.read("pid").trim());
    pty.send("\n");
    pty.wait_for_text("ended with 143");
    ends_with(&mut pty, 0);
}

#[test]
fn what_was_copied_just_before_a_stop_is_delivered() {
    let home = Home::new();
    let mut pty = start(&home);
    pty.send("yl\x1a");
    wait_for_shell(&pty);
    goes_on_and_ends(&home, &mut pty);
    assert_eq!(pty.seen().copies(), ["https://arxiv.org/abs/2209.10922"]);
}

#[test]
fn without_a_shell_to_go_back_to_ctrl_z_does_not_stop() {
    // As under `ssh -t`, where nothing could resume the program.
    let home = Home::new();
    let mut pty = home.start();
    pty.send("\x1aj");
    pty.wait_for_text("2/198");
    pty.send("k\x1a");
    pty.wait_for_text("no shell");
    pty.send("q");
    ends_with(&mut pty, 0);
}

#[test]
fn a_file_that_was_changed_meanwhile_is_told() {
    let home = Home::new();
    let record = "{\"title\": \"On the Engine\"}\n";
    home.write("papers.jsonl", record);
    let mut job = home.script(JOB);
    job.env("PAPERS", "papers.jsonl");
    let mut pty = Pty::start(job, 120, 36);
    pty.wait_for_text("1/1");
    pty.send("\x1a");
    wait_for_shell(&pty);
    home.write("papers.jsonl", record.repeat(2));
    pty.send("\n");
    pty.wait_for_text("A file changed; R reloads it");
    pty.send("R");
    pty.wait_for_text("Reloaded: 2 papers");
    pty.send("q");
    pty.wait_for_text("ended with 0");
}

#[test]
fn put_into_the_background_the_program_leaves_the_terminal_alone() {
    let home = Home::new();
    let script = JOB.replace("echo stopped;", "echo stopped; bg > /dev/null;");
    let mut pty = Pty::start(home.script(&script), 120, 36);
    pty.wait_for_text(LOADED);
    pty.send("\x1a");
    wait_for_shell(&pty);
    goes_on_and_ends(&home, &mut pty);
    let seen = pty.seen();
    let entered = String::from_utf8_lossy(seen.bytes()).matches("\x1b[?1049h").count();
    assert_eq!(entered, 2, "at the start, and in the foreground again");
}
