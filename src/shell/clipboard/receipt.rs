//! Receipt of a copy: its content, its size, its route, and no more than is known.
//!
//! The footer shows about 90 columns of it, so the parts that need attention come first.

use super::environment::Environment;
use super::osc52;

/// Hint added if nothing confirms that the text arrived.
pub const UNCONFIRMED_HINT: &str = " · yv shows it";

/// Knowledge of the arrival of a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Arrival {
    #[default]
    Confirmed,
    /// A terminal was sent the text, and sends no reply.
    Unconfirmed,
}

/// A copy by one route, with the bytes left to write and the parts of the receipt.
#[derive(Debug, Default)]
pub struct SentCopy {
    /// The route as shown: "→ tmux and its terminal".
    pub route_text: String,
    /// Bytes for the terminal.
    pub bytes: Vec<u8>,
    pub arrival: Arrival,
    /// Reasons why no better route was used.
    pub reasons: Vec<String>,
    pub notes: Vec<String>,
}

impl SentCopy {
    pub fn via_route(how: impl Into<String>) -> Self {
        Self { route_text: how.into(), ..Self::default() }
    }

    /// A copy through the terminal, which sends no reply.
    pub fn via_terminal(bytes: Vec<u8>) -> Self {
        let arrival = Arrival::Unconfirmed;
        Self { bytes, arrival, ..Self::via_route("sent to the terminal (OSC 52)") }
    }

    /// The same copy after the desktop clipboard was filled too, so that nothing is left to be
    /// confirmed or set up.
    pub fn with_desktop(self, clipboard: &str) -> Self {
        let route_text = if self.bytes.is_empty() {
            format!("→ tmux and {clipboard}")
        } else {
            format!("→ {clipboard}, and sent to the terminal (OSC 52)")
        };
        Self { bytes: self.bytes, ..Self::via_route(route_text) }
    }

    pub fn receipt(&self, description: &str, bytes: usize) -> String {
        let mut message = format!("{description}, {} {}", format_size(bytes), self.route_text);
        let reasons = self.reasons.join("; ");
        if self.arrival == Arrival::Unconfirmed {
            message.push_str(UNCONFIRMED_HINT);
        }
        match (reasons.is_empty(), self.bytes.is_empty()) {
            (true, _) => {}
            (false, true) => message = format!("{message} ({reasons})"),
            (false, false) => message = format!("{message} · {reasons}"),
        }
        self.notes.iter().fold(message, |message, note| format!("{message} · {note}"))
    }
}

/// Sends OSC 52 without wrapping. A multiplexer on the user's own machine may drop the sequence, so
/// the text is then saved to a file too, and the receipt names the file and the tmux setting.
pub fn send_bare_osc52(text: &str, environment: &Environment) -> SentCopy {
    let mut sent = SentCopy::via_terminal(osc52::sequence(text));
    if let Some(name) = environment.outer_multiplexer() {
        // tmux can set `TERM` to `screen…` as well, and only tmux has a setting to let OSC 52
        // through.
        let (how, advice) = match name {
            "tmux" => ("sent to your local tmux", "it needs `set -s set-clipboard on`"),
            _ => ("sent to your local screen", "a tmux needs `set -s set-clipboard on`"),
        };
        how.clone_into(&mut sent.route_text);
        sent.notes.push(advice.to_owned());
        sent.notes.push(match super::file::save_copied_file(text, environment) {
            Ok(path) => format!("also in {path}"),
            Err(failure) => failure.to_string(),
        });
    }
    sent
}

/// Formats a size: bytes below 1000, then kB and MB with one decimal.
pub fn format_size(bytes: usize) -> String {
    match bytes {
        0..1000 => format!("{bytes} B"),
        1000..999_950 => format!("{:.1} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

#[cfg(test)]
mod tests {
    use super::super::environment::Connection;
    use super::*;

    #[test]
    fn sizes_are_shown_in_the_largest_unit_they_fill() {
        let sizes = [0, 33, 999, 1000, 1940, 74_994, 999_949, 999_950, 2_345_678].map(format_size);
        let expected =
            ["0 B", "33 B", "999 B", "1.0 kB", "1.9 kB", "75.0 kB", "999.9 kB", "1.0 MB", "2.3 MB"];
        assert_eq!(sizes, expected);
    }

    #[test]
    fn what_the_terminal_was_sent_may_not_be_there() {
        let message = send_bare_osc52("x", &Environment::default()).receipt("link", 33);
        assert_eq!(message, "link, 33 B sent to the terminal (OSC 52) · yv shows it");
    }

    #[test]
    fn why_no_better_way_was_gone_is_told() {
        let reasons = vec!["too large for the terminal".to_owned()];
        let file = SentCopy { reasons, ..SentCopy::via_route("→ ~/copied.txt") };
        let message = file.receipt("BibTeX of 3 papers", 80_000);
        assert_eq!(
            message,
            "BibTeX of 3 papers, 80.0 kB → ~/copied.txt (too large for the terminal)"
        );
        let reasons = vec!["the X11 clipboard did not respond within 1 s".to_owned()];
        let message = SentCopy { reasons, ..SentCopy::via_terminal(vec![0]) }.receipt("link", 33);
        let reason = "the X11 clipboard did not respond within 1 s";
        let sent = "link, 33 B sent to the terminal (OSC 52)";
        assert_eq!(message, format!("{sent} · yv shows it · {reason}"));
    }

    #[test]
    fn before_a_multiplexer_at_home_a_file_is_written_too() {
        let directory = tempfile::tempdir().unwrap();
        let environment = Environment {
            connection: Connection::Ssh,
            term: "tmux-256color".into(),
            home: Some(directory.path().into()),
            state_dir: Some(directory.path().into()),
            ..Environment::default()
        };
        let message = send_bare_osc52("text", &environment).receipt("link", 4);
        let start =
            "link, 4 B sent to your local tmux · yv shows it · it needs `set -s set-clipboard on`";
        assert!(message.starts_with(start), "{message}");
        assert!(message.ends_with(" · also in ~/copied.txt"), "{message}");
        assert_eq!(std::fs::read_to_string(directory.path().join("copied.txt")).unwrap(), "text");
    }
}
