//! The tmux around the program: its buffer, and what it knows of the terminal beyond.
//!
//! By default tmux swallows OSC 52, bare and wrapped, but `load-buffer -w` always passes it on.

use super::environment::{Link, Tmux, is_under_mosh, run_tmux};
use super::error::{Failure, Trouble};
use super::process::Answer;
use super::receipt::Sent;
use super::route::Route;

/// The terminal that shows this tmux, as tmux describes it.
#[derive(Debug, PartialEq, Eq)]
struct Client {
    term: String,
    features: String,
    link: Link,
}

/// Whether a receipt should also teach how to paste from tmux's buffer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lesson {
    Due,
    Given,
}

/// Fills tmux's buffer, and the clipboard of the terminal beyond as far as tmux can.
pub fn copy(tmux: &Tmux, text: &str, lesson: &mut Lesson) -> Result<Sent, Failure> {
    let load = |arguments: &[&str]| run_tmux(tmux, arguments, text, Answer::Unwanted).map(drop);
    copy_with(load, || client(tmux), text, lesson)
}

fn copy_with(
    load: impl Fn(&[&str]) -> Result<(), Trouble>,
    client: impl FnOnce() -> Option<Client>,
    text: &str,
    lesson: &mut Lesson,
) -> Result<Sent, Failure> {
    match load(&["load-buffer", "-w", "-"]) {
        Ok(()) => Ok(receipt(client().as_ref(), text.len(), lesson)),
        // Before 3.2 there was no -w.
        Err(Trouble::Failed { .. }) => {
            load(&["load-buffer", "-"]).map_err(Failure::Tmux)?;
            Ok(old_receipt(text, lesson))
        }
        Err(trouble) => Err(Failure::Tmux(trouble)),
    }
}

/// The buffer is filled; a tmux that old hands nothing on by itself, but may let OSC 52 through.
fn old_receipt(text: &str, lesson: &mut Lesson) -> Sent {
    let fits = Route::Osc52.limit(Link::Ssh).is_none_or(|limit| text.len() <= limit.bytes);
    let mut sent = Sent::through("→ tmux's buffer");
    if fits {
        sent.how.push_str(", and sent to the terminal (OSC 52)");
        sent.bytes = super::osc52::sequence(text);
    }
    teach(&mut sent, lesson);
    sent
}

fn client(tmux: &Tmux) -> Option<Client> {
    let question = "#{client_termname}|#{client_termfeatures}|#{client_pid}";
    let answer = run_tmux(tmux, &["display-message", "-p", question], "", Answer::Wanted).ok()?;
    let (described, process) = answer.trim_end().rsplit_once('|')?;
    let under_mosh = process.parse().is_ok_and(is_under_mosh);
    read_client(described, if under_mosh { Link::Mosh } else { Link::Local })
}

/// Reads `term|features`; a tmux that nobody is attached to answers with neither.
fn read_client(described: &str, link: Link) -> Option<Client> {
    let (term, features) = described.split_once('|')?;
    let (term, features) = (term.to_owned(), features.to_owned());
    (!term.is_empty()).then_some(Client { term, features, link })
}

/// Claims the terminal beyond only where tmux says that it has a clipboard.
fn receipt(client: Option<&Client>, bytes: usize, lesson: &mut Lesson) -> Sent {
    let Some(Client { term, features, link }) = client else {
        return only_the_buffer("no terminal attached".to_owned(), lesson);
    };
    if term.starts_with("tmux") || term.starts_with("screen") {
        only_the_buffer("the outer tmux needs `set -s set-clipboard on`".to_owned(), lesson)
    } else if !features.split(',').any(|feature| feature == "clipboard") {
        let set = format!("tmux needs `set -as terminal-features ',{term}:clipboard'`");
        only_the_buffer(set, lesson)
    } else if Route::Osc52.limit(*link).is_some_and(|it| *link == Link::Mosh && bytes > it.bytes) {
        only_the_buffer("too large for mosh".to_owned(), lesson)
    } else {
        Sent::through("→ tmux and its terminal")
    }
}

fn only_the_buffer(note: String, lesson: &mut Lesson) -> Sent {
    let mut sent = Sent::through("→ tmux's buffer only");
    sent.notes.push(note);
    teach(&mut sent, lesson);
    sent
}

fn teach(sent: &mut Sent, lesson: &mut Lesson) {
    if *lesson == Lesson::Due {
        sent.notes.push("prefix ] or :r !offprint paste".to_owned());
        *lesson = Lesson::Given;
    }
}

#[cfg(test)]
mod tests {
    use std::process::ExitStatus;

    use super::{super::process::DEADLINE, *};

    fn told(term: &str, features: &str, link: Link, bytes: usize) -> String {
        let client = read_client(&format!("{term}|{features}"), link);
        receipt(client.as_ref(), bytes, &mut Lesson::Given).told("link", bytes)
    }

    #[test]
    fn the_terminal_is_claimed_only_with_the_clipboard_feature() {
        let with = told("xterm-256color", "bpaste,clipboard,title", Link::Local, 33);
        assert_eq!(with, "link, 33 B → tmux and its terminal");
        let without = told("linux", "title,clipboards", Link::Local, 33);
        assert!(
            without.starts_with("link, 33 B → tmux's buffer only · tmux needs `set"),
            "{without}"
        );
        assert!(without.contains("terminal-features ',linux:clipboard'"), "{without}");
    }

    #[test]
    fn beyond_another_multiplexer_nothing_is_claimed_whatever_its_features() {
        for term in ["tmux-256color", "screen", "screen-256color"] {
            let told = told(term, "clipboard,title", Link::Local, 33);
            assert!(told.starts_with("link, 33 B → tmux's buffer only · "), "{told}");
            assert!(told.ends_with("the outer tmux needs `set -s set-clipboard on`"), "{told}");
        }
    }

    #[test]
    fn without_a_terminal_attached_only_the_buffer_is_claimed() {
        assert_eq!(
            told("", "", Link::Local, 33),
            "link, 33 B → tmux's buffer only · no terminal attached"
        );
    }

    fn failed() -> Trouble {
        Trouble::Failed { status: ExitStatus::default(), complaint: "unknown flag -w".into() }
    }

    #[test]
    fn an_old_tmux_gets_the_sequence_too_unless_it_is_too_long() {
        let old = |arguments: &[&str]| {
            if arguments.contains(&"-w") { Err(failed()) } else { Ok(()) }
        };
        let copy = |text| copy_with(old, || None, text, &mut Lesson::Given).unwrap();
        let sent = "link, 1 B → tmux's buffer, and sent to the terminal (OSC 52)";
        assert_eq!(copy("x").told("link", 1), format!("{sent} · not there? yv"));
        let long = copy(&"x".repeat(75_000));
        assert_eq!((long.how.as_str(), long.bytes.len()), ("→ tmux's buffer", 0));
    }

    #[test]
    fn a_tmux_that_is_gone_or_does_not_answer_is_a_failure() {
        let gone = copy_with(|_| Err(failed()), || None, "x", &mut Lesson::Due);
        assert!(gone.unwrap_err().to_string().starts_with("tmux failed ("));
        let mute = |arguments: &[&str]| {
            assert!(arguments.contains(&"-w"), "it is not asked twice");
            Err(Trouble::Unfinished(DEADLINE))
        };
        let told = copy_with(mute, || None, "x", &mut Lesson::Due).unwrap_err().to_string();
        assert_eq!(told, "tmux did not finish within 2 s and is left to itself");
    }

    #[test]
    fn what_mosh_would_drop_is_not_claimed() {
        let told = |bytes| told("xterm", "clipboard", Link::Mosh, bytes);
        assert!(told(12_288).ends_with("→ tmux and its terminal"));
        assert!(told(12_289).ends_with("→ tmux's buffer only · too large for mosh"));
    }

    #[test]
    fn pasting_is_taught_once() {
        let mut lesson = Lesson::Due;
        let first = receipt(None, 1, &mut lesson);
        assert!(first.notes.iter().any(|note| note.contains(":r !offprint paste")));
        assert!(first.notes.iter().any(|note| note.contains("prefix ]")));
        assert_eq!(receipt(None, 1, &mut lesson).notes.len(), 1);
    }
}
