//! Standard input in loops and scripts, and from `xargs`, `ssh -n`, cron and sockets.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, Write};
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::process::{Command, Stdio};

use super::PAPERS;
use crate::support::program::{OFFPRINT, Place, Ran, feed, finish};

/// A shell script in which `offprint` runs the program.
fn script(place: &Place, text: &str) -> Command {
    let script = format!("offprint() {{ \"$OFFPRINT\" \"$@\"; }}\n{text}");
    let mut command = place.within(Command::new("/bin/sh"), &["-c", &script]);
    command.env("OFFPRINT", OFFPRINT).env("PATH", "/usr/bin:/bin");
    command
}

#[test]
fn the_list_of_a_loop_is_left_to_the_loop() {
    let place = Place::new();
    let first = place.run(&["--filter", "brain", "--limit", "1"]).printed();
    // The second list looks like papers from its second line on.
    for list in ["brain\nattention\nmemory\n", "brain\n{\"title\": \"memory\"}\nmemory\n"] {
        place.file("list", list);
        let text =
            "while read -r q; do echo \"> $q\"; offprint --filter \"$q\" --limit 1; done < list";
        let ran = finish(&mut script(&place, text));
        let turns: Vec<&str> = ran.output.lines().filter_map(|it| it.strip_prefix("> ")).collect();
        assert_eq!(turns, list.lines().collect::<Vec<_>>(), "{}", ran.output);
        assert!(ran.output.starts_with(&format!("> brain\n{first}")), "{}", ran.output);
        assert_eq!(ran.errors.matches("using the built-in papers").count(), 3, "{}", ran.errors);
        assert!(ran.errors.contains("FILE or </dev/null"), "{}", ran.errors);
    }
}

#[test]
fn a_loop_that_names_a_file_or_no_input_is_told_nothing() {
    let place = Place::new();
    place.file("list", "bee\nbrain memory\n");
    place.file("papers.jsonl", PAPERS);
    for source in ["papers.jsonl", "</dev/null"] {
        for list in ["done < list", "done"] {
            let before = if list == "done" { "cat list | " } else { "" };
            let text = format!(
                "{before}while read -r q; do echo \"> $q\"; offprint --filter \"$q\" {source}; {list}"
            );
            let ran = finish(&mut script(&place, &text));
            assert_eq!(ran.output.matches("> ").count(), 2, "{text}: {}", ran.output);
            assert_eq!(ran.errors, "", "{text}");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn the_list_of_a_loop_over_a_pipe_is_refused_as_papers_and_left_to_the_loop() {
    let place = Place::new();
    let text = "printf 'brain\\nattention\\nmemory\\n' | while read -r q; do echo \"> $q\"; \
        offprint --filter \"$q\"; echo \"code $?\"; done";
    let ran = finish(&mut script(&place, text));
    // The last turn finds the pipe empty.
    assert_eq!(ran.output, "> brain\ncode 2\n> attention\ncode 2\n> memory\ncode 1\n");
    assert_eq!(ran.errors.matches("standard input").count(), 3, "{}", ran.errors);
    assert_eq!(ran.errors.matches("FILE, or use </dev/null").count(), 3, "{}", ran.errors);
}

#[test]
fn a_script_that_is_standard_input_is_not_eaten() {
    let place = Place::new();
    let text = "\"$OFFPRINT\" --filter brain --limit 1\necho after\n";
    let file = File::open(place.file("script.sh", text)).unwrap();
    let mut shell = place.within(Command::new("/bin/sh"), &[]);
    let ran = finish(shell.env("OFFPRINT", OFFPRINT).stdin(file));
    assert!(ran.output.ends_with("after\n") && ran.output.lines().count() == 2, "{}", ran.output);
}

#[test]
fn xargs_and_ssh_and_cron_give_nothing_and_the_built_in_papers_are_searched() {
    let place = Place::new();
    let expected = place.run(&["--filter", "brain", "--limit", "1"]).printed();
    // `xargs` and `ssh -n` connect `/dev/null`; a closed input counts as none.
    for text in [
        "echo brain | xargs -n 1 \"$OFFPRINT\" --limit 1 --filter",
        "offprint --limit 1 --filter brain </dev/null",
        "offprint --limit 1 --filter brain <&-",
    ] {
        assert_eq!(finish(&mut script(&place, text)).printed(), expected, "{text}");
    }
}

#[test]
fn an_empty_input_is_never_a_reason_to_print_other_papers() {
    let place = Place::new();
    // Some cron daemons connect a pipe that is closed at once.
    for arguments in [&["--filter", "brain"][..], &["--as", "bibtex"], &["convert", "--to", "ris"]]
    {
        let ran = place.run_with(arguments, b"");
        assert_eq!(ran.output, "", "{arguments:?}");
        assert_eq!(ran.code, i32::from(arguments[0] == "--filter"), "{arguments:?}");
        let told = "offprint: standard input: empty; name a FILE, or use </dev/null for the built-in papers\n";
        assert_eq!(ran.errors, told, "{arguments:?}");
    }
    let ran = place.run_with(&["--filter", "brain", "-"], b"");
    assert_eq!((ran.code, ran.output.as_str()), (1, ""));
    assert!(ran.errors.contains("standard input"), "{}", ran.errors);
}

#[test]
fn what_is_no_papers_is_refused_with_what_avoids_it() {
    let place = Place::new();
    let text = "dear reader,\nthis is a letter\nto you\n";
    let file = File::open(place.file("letter", text)).unwrap();
    let from_file = finish(place.command(&["--filter", "brain"]).stdin(file));
    let from_pipe = place.run_with(&["--filter", "brain"], text.as_bytes());
    for ran in [from_file, from_pipe] {
        let said = ran.failed();
        assert!(said.contains("standard input: "), "{said}");
        assert!(said.contains("name a FILE, or use </dev/null"), "{said}");
    }
}

#[test]
fn papers_are_read_from_a_file_a_pipe_and_a_socket() {
    let place = Place::new();
    let arguments = ["--filter", "bee"];
    let file = File::open(place.file("papers.jsonl", PAPERS)).unwrap();
    let from_file = finish(place.command(&arguments).stdin(file));
    let from_pipe = feed(&mut place.command(&arguments), PAPERS.as_bytes());
    let from_socket = with_socket(&place, &arguments, PAPERS.as_bytes());
    for ran in [from_file, from_pipe, from_socket] {
        assert_eq!(ran.printed(), "Memory in the brain of a bee\n");
    }
    let ran = with_socket(&place, &arguments, b"");
    assert_eq!((ran.code, ran.output.as_str()), (1, ""), "{}", ran.errors);
    let said = with_socket(&place, &arguments, b"dear reader\nof this\n").failed();
    assert!(said.contains("</dev/null"), "{said}");
}

fn with_socket(place: &Place, arguments: &[&str], bytes: &[u8]) -> Ran {
    let (ours, theirs) = UnixStream::pair().unwrap();
    let mut command = place.command(arguments);
    command.stdin(OwnedFd::from(theirs));
    let mut writer = &ours;
    writer.write_all(bytes).unwrap();
    drop(ours);
    finish(&mut command)
}

#[test]
fn a_dash_reads_also_what_another_has_begun_to_read() {
    let place = Place::new();
    place.file("papers.jsonl", PAPERS);
    let text = "{ read -r first; offprint --filter brain -; } < papers.jsonl";
    let printed = finish(&mut script(&place, text)).printed();
    assert_eq!(printed, "Brain memory\nMemory in the brain of a bee\n");
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_refused_stays_in_the_pipe() {
    let place = Place::new();
    let (mut reader, mut writer) = std::io::pipe().unwrap();
    writer.write_all(b"dear reader,\nthis is a letter\nto you\n").unwrap();
    drop(writer);
    let shared = reader.try_clone().unwrap();
    let ran = finish(place.command(&["--filter", "brain"]).stdin(OwnedFd::from(shared)));
    assert_eq!(ran.code, 2);
    let mut left = String::new();
    reader.read_to_string(&mut left).unwrap();
    assert!(left.starts_with("dear reader") && left.ends_with("to you\n"), "{left}");
}

#[test]
fn a_mode_that_needs_no_papers_leaves_standard_input_alone() {
    let place = Place::new();
    let mut file = File::open(place.file("papers.jsonl", PAPERS)).unwrap();
    for arguments in [&["basket"][..], &["marked"], &["cache", "list"], &["--generate", "man"]] {
        let shared = file.try_clone().unwrap();
        finish(place.command(arguments).stdin(shared));
        assert_eq!(file.stream_position().unwrap(), 0, "{arguments:?}");
    }
}

#[test]
fn an_input_that_stays_silent_is_told_after_a_second_and_waited_for() {
    let place = Place::new();
    let mut command = place.command(&["--filter", "bee"]);
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = String::new();
    BufReader::new(child.stderr.take().unwrap()).read_line(&mut told).unwrap();
    assert!(told.contains("waiting for papers on standard input; a FILE or </dev/null"), "{told}");
    child.stdin.take().unwrap().write_all(PAPERS.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "Memory in the brain of a bee\n");
}

#[test]
fn a_command_over_ssh_without_a_terminal_uses_the_built_in_papers() {
    let place = Place::new();
    let arguments = ["--filter", "brain", "--limit", "1"];
    let expected = place.run(&arguments).printed();
    // As from sshd, whose end of the stream stays open.
    let (_open, theirs) = UnixStream::pair().unwrap();
    let mut command = place.command(&arguments);
    command.env("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22").stdin(OwnedFd::from(theirs));
    let ran = finish(&mut command);
    assert_eq!((ran.code, ran.output), (0, expected));
    assert!(
        ran.errors.contains("using the built-in papers: nothing on standard input"),
        "{}",
        ran.errors
    );
    let mut command = place.command(&["--filter", "bee"]);
    command.env("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22");
    assert_eq!(feed(&mut command, PAPERS.as_bytes()).printed(), "Memory in the brain of a bee\n");
}
