//! Copies through the surrounding tmux: its buffer, and the terminal it is attached to.
//!
//! tmux drops OSC 52 by default, wrapped or not, but `load-buffer -w` always forwards the text.

use super::environment::{Connection, Tmux, is_under_mosh, run_tmux};
use super::error::{ClipboardError, ProcessError};
use super::process::OutputMode;
use super::receipt::{Arrival, SentCopy};
use super::route::Route;

/// The terminal attached to tmux, as tmux describes it.
#[derive(Debug, PartialEq, Eq)]
struct TmuxClient {
    term: String,
    features: String,
    /// The name and version that the terminal reports, such as `foot(1.13.1)`; empty if it does
    /// not.
    reported_name: String,
    link: Connection,
}

/// Terminals that set the clipboard by OSC 52 without being configured. The values of `TERM` and
/// the reported names begin with these names.
const TERMINALS_WITH_OSC52: [&str; 8] =
    ["xterm-kitty", "kitty", "xterm-ghostty", "ghostty", "foot", "alacritty", "wezterm", "contour"];

/// The route to a terminal that may ignore OSC 52.
const SENT_THROUGH_TMUX: &str = "→ tmux's buffer, and sent to the terminal (OSC 52)";

/// State of the hint in a receipt how to paste from tmux's buffer; it is shown once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasteHint {
    Pending,
    Shown,
}

/// Fills tmux's buffer, and the clipboard of the attached terminal if tmux supports that.
pub fn copy_to_buffer(
    tmux: &Tmux,
    text: &str,
    paste_hint: &mut PasteHint,
) -> Result<SentCopy, ClipboardError> {
    let load = |arguments: &[&str]| run_tmux(tmux, arguments, text, OutputMode::Discard).map(drop);
    copy_with(load, || client(tmux), text, paste_hint)
}

fn copy_with(
    load: impl Fn(&[&str]) -> Result<(), ProcessError>,
    client: impl FnOnce() -> Option<TmuxClient>,
    text: &str,
    paste_hint: &mut PasteHint,
) -> Result<SentCopy, ClipboardError> {
    match load(&["load-buffer", "-w", "-"]) {
        Ok(()) => Ok(receipt(client().as_ref(), text.len(), paste_hint)),
        // tmux before 3.2 has no `-w`.
        Err(ProcessError::Failed { .. }) => {
            load(&["load-buffer", "-"]).map_err(ClipboardError::Tmux)?;
            Ok(receipt_without_forwarding(text, paste_hint))
        }
        Err(error) => Err(ClipboardError::Tmux(error)),
    }
}

/// Receipt of a tmux without `-w`, which forwards nothing but may let OSC 52 through.
fn receipt_without_forwarding(text: &str, paste_hint: &mut PasteHint) -> SentCopy {
    let fits = Route::Osc52.limit(Connection::Ssh).is_none_or(|limit| text.len() <= limit.bytes);
    let mut sent = SentCopy::via_route(if fits { SENT_THROUGH_TMUX } else { "→ tmux's buffer" });
    if fits {
        sent.arrival = Arrival::Unconfirmed;
        sent.bytes = super::osc52::sequence(text);
    }
    add_paste_hint(&mut sent, paste_hint);
    sent
}

fn client(tmux: &Tmux) -> Option<TmuxClient> {
    let question = "#{client_termname}|#{client_termfeatures}|#{client_termtype}|#{client_pid}";
    let answer =
        run_tmux(tmux, &["display-message", "-p", question], "", OutputMode::Capture).ok()?;
    let (described, process) = answer.trim_end().rsplit_once('|')?;
    let under_mosh = process.parse().is_ok_and(is_under_mosh);
    read_client(described, if under_mosh { Connection::Mosh } else { Connection::Local })
}

/// Parses `term|features|name`. Without an attached client tmux prints empty values.
fn read_client(described: &str, link: Connection) -> Option<TmuxClient> {
    let mut parts = described.splitn(3, '|').map(str::to_owned);
    let (term, features) = (parts.next()?, parts.next()?);
    let reported_name = parts.next().unwrap_or_default();
    (!term.is_empty()).then_some(TmuxClient { term, features, reported_name, link })
}

impl TmuxClient {
    /// Returns true if another multiplexer is between tmux and the terminal.
    fn is_multiplexer(&self) -> bool {
        ["tmux", "screen"]
            .iter()
            .any(|it| self.term.starts_with(it) || self.reported_name.starts_with(it))
    }

    /// Returns true if the terminal is known to set the clipboard by OSC 52.
    fn is_known_to_copy(&self) -> bool {
        let names = [&self.term, &self.reported_name].map(|it| it.to_ascii_lowercase());
        TERMINALS_WITH_OSC52.iter().any(|known| names.iter().any(|it| it.starts_with(known)))
    }
}

/// Receipt that claims the terminal only if it is known to take the text.
fn receipt(client: Option<&TmuxClient>, bytes: usize, paste_hint: &mut PasteHint) -> SentCopy {
    let Some(client) = client else {
        return receipt_buffer_only("no terminal attached".to_owned(), paste_hint);
    };
    let TmuxClient { term, features, link, .. } = client;
    if client.is_multiplexer() {
        receipt_buffer_only("the outer tmux needs `set -s set-clipboard on`".to_owned(), paste_hint)
    } else if !features.split(',').any(|feature| feature == "clipboard") {
        let set = format!("tmux needs `set -as terminal-features ',{term}:clipboard'`");
        receipt_buffer_only(set, paste_hint)
    } else if Route::Osc52
        .limit(*link)
        .is_some_and(|it| *link == Connection::Mosh && bytes > it.bytes)
    {
        receipt_buffer_only("too large for mosh".to_owned(), paste_hint)
    } else if client.is_known_to_copy() {
        SentCopy::via_route("→ tmux and its terminal")
    } else {
        let mut sent = SentCopy::via_route(SENT_THROUGH_TMUX);
        sent.arrival = Arrival::Unconfirmed;
        sent
    }
}

fn receipt_buffer_only(note: String, paste_hint: &mut PasteHint) -> SentCopy {
    let mut sent = SentCopy::via_route("→ tmux's buffer only");
    sent.notes.push(note);
    add_paste_hint(&mut sent, paste_hint);
    sent
}

fn add_paste_hint(sent: &mut SentCopy, paste_hint: &mut PasteHint) {
    if *paste_hint == PasteHint::Pending {
        sent.notes.push("prefix ] or :r !offprint paste".to_owned());
        *paste_hint = PasteHint::Shown;
    }
}

#[cfg(test)]
mod tests {
    use std::process::ExitStatus;

    use super::super::process::DEFAULT_TIMEOUT;

    use super::*;

    fn receipt_text(term: &str, features: &str, link: Connection, bytes: usize) -> String {
        let client = read_client(&format!("{term}|{features}"), link);
        receipt(client.as_ref(), bytes, &mut PasteHint::Shown).receipt("link", bytes)
    }

    #[test]
    fn the_terminal_is_claimed_only_if_it_is_known_to_take_the_text() {
        let known = receipt_text("xterm-kitty", "bpaste,clipboard,title", Connection::Local, 33);
        assert_eq!(known, "link, 33 B → tmux and its terminal");
        let reported = "xterm-256color|clipboard|WezTerm 20230712|with a bar";
        let client = read_client(reported, Connection::Local);
        let message = receipt(client.as_ref(), 33, &mut PasteHint::Shown).receipt("link", 33);
        assert_eq!(message, "link, 33 B → tmux and its terminal");
        let unknown = receipt_text("xterm-256color", "clipboard,title", Connection::Local, 33);
        assert_eq!(
            unknown,
            "link, 33 B → tmux's buffer, and sent to the terminal (OSC 52) · yv shows it"
        );
    }

    #[test]
    fn a_terminal_without_the_clipboard_feature_is_not_claimed() {
        let hint = receipt_text("linux", "title,clipboards", Connection::Local, 33);
        assert!(hint.starts_with("link, 33 B → tmux's buffer only · tmux needs `set"), "{hint}");
        assert!(hint.contains("terminal-features ',linux:clipboard'"), "{hint}");
    }

    #[test]
    fn beyond_another_multiplexer_nothing_is_claimed_whatever_its_features() {
        for (term, features) in [
            ("tmux-256color", "clipboard,title"),
            ("screen", "clipboard"),
            ("screen-256color", "title"),
            ("xterm-256color", "clipboard|tmux 3.4"),
        ] {
            let message = receipt_text(term, features, Connection::Local, 33);
            assert!(message.starts_with("link, 33 B → tmux's buffer only · "), "{message}");
            assert!(
                message.ends_with("the outer tmux needs `set -s set-clipboard on`"),
                "{message}"
            );
        }
    }

    #[test]
    fn without_a_terminal_attached_only_the_buffer_is_claimed() {
        assert_eq!(
            receipt_text("", "", Connection::Local, 33),
            "link, 33 B → tmux's buffer only · no terminal attached"
        );
    }

    fn failed() -> ProcessError {
        ProcessError::Failed { status: ExitStatus::default(), complaint: "unknown flag -w".into() }
    }

    #[test]
    fn an_old_tmux_gets_the_sequence_too_unless_it_is_too_long() {
        let old = |arguments: &[&str]| {
            if arguments.contains(&"-w") { Err(failed()) } else { Ok(()) }
        };
        let copy = |text| copy_with(old, || None, text, &mut PasteHint::Shown).unwrap();
        let sent = "link, 1 B → tmux's buffer, and sent to the terminal (OSC 52)";
        assert_eq!(copy("x").receipt("link", 1), format!("{sent} · yv shows it"));
        let long_copy = copy(&"x".repeat(75_000));
        assert_eq!((long_copy.route_text.as_str(), long_copy.bytes.len()), ("→ tmux's buffer", 0));
    }

    #[test]
    fn a_tmux_that_is_gone_or_does_not_answer_is_a_failure() {
        let result = copy_with(|_| Err(failed()), || None, "x", &mut PasteHint::Pending);
        assert!(result.unwrap_err().to_string().starts_with("tmux: failed ("));
        let mute = |arguments: &[&str]| {
            assert!(arguments.contains(&"-w"), "it is not asked twice");
            Err(ProcessError::TimedOut(DEFAULT_TIMEOUT))
        };
        let message =
            copy_with(mute, || None, "x", &mut PasteHint::Pending).unwrap_err().to_string();
        assert_eq!(message, "tmux: did not finish within 2 s and is left running");
    }

    #[test]
    fn what_mosh_would_drop_is_not_claimed() {
        let message = |bytes| receipt_text("xterm-kitty", "clipboard", Connection::Mosh, bytes);
        assert!(message(12_288).ends_with("→ tmux and its terminal"));
        assert!(message(12_289).ends_with("→ tmux's buffer only · too large for mosh"));
    }

    #[test]
    fn pasting_is_taught_once() {
        let mut paste_hint = PasteHint::Pending;
        let first = receipt(None, 1, &mut paste_hint);
        assert!(first.notes.iter().any(|note| note.contains(":r !offprint paste")));
        assert!(first.notes.iter().any(|note| note.contains("prefix ]")));
        assert_eq!(receipt(None, 1, &mut paste_hint).notes.len(), 1);
    }
}
