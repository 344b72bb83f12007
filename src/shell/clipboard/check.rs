//! `offprint --clipboard-check`: names the route that a copy takes and the reason, copies a test
//! text, asks whether it arrived, and stores the result for this terminal.

use std::{
    collections::BTreeSet,
    hash::{BuildHasher, Hasher, RandomState},
    io::{self, BufRead, Write},
    process::ExitCode,
};

use super::check_results::{self, CheckResult};
use super::environment::{Connection, Environment, Os};
use super::receipt::{UNCONFIRMED_HINT, format_size};
use super::route::{choose_route, fills_desktop_too};
use super::route_kind::RouteKind;
use super::setting::ClipboardSetting;
use super::{Clipboard, CopyText, file};
use crate::text::sanitise;

/// Result of the check; becomes the exit code 0, 1 or 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckOutcome {
    Arrived,
    Missing,
    Unanswered,
}

impl From<CheckOutcome> for ExitCode {
    fn from(outcome: CheckOutcome) -> Self {
        match outcome {
            CheckOutcome::Arrived => Self::SUCCESS,
            CheckOutcome::Missing => Self::FAILURE,
            CheckOutcome::Unanswered => Self::from(2),
        }
    }
}

/// Explains the route, copies the test text and asks for the result. `output` is the terminal under
/// test.
///
/// # Errors
/// Returns the I/O error if the terminal cannot be read or written.
pub fn check(
    setting: &ClipboardSetting,
    environment: &Environment,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
) -> io::Result<CheckOutcome> {
    // Routes that failed an earlier check are tried again: the terminal's settings may have
    // changed.
    let open =
        Environment { failed_routes: BTreeSet::new(), ..environment.with_attached_terminal() };
    explain(setting, &open, output)?;

    let text = format!("offprint clipboard check {:04}", random_below(10_000));
    let copy = CopyText { description: "test text".to_owned(), text: text.clone(), html: None };
    let delivery = match Clipboard::new(setting.clone(), open.clone()).send(&copy, None) {
        Ok(delivery) => delivery,
        Err(failure) => {
            writeln!(output, "Not copied: {failure}.")?;
            return Ok(CheckOutcome::Missing);
        }
    };
    output.write_all(&delivery.bytes)?;
    writeln!(output, "{}.", delivery.receipt.replacen(UNCONFIRMED_HINT, "", 1))?;
    if delivery.route_kind == RouteKind::File {
        let is_configured = *setting == ClipboardSetting::File;
        return Ok(if is_configured { CheckOutcome::Arrived } else { CheckOutcome::Missing });
    }
    writeln!(output, "Paste somewhere else. The text should be: {text}")?;
    match ask(input, output)? {
        None => Ok(CheckOutcome::Unanswered),
        Some(answer) => {
            save_result(setting, &open, delivery.route_kind, answer, output)?;
            Ok(if answer == CheckResult::Arrived {
                CheckOutcome::Arrived
            } else {
                CheckOutcome::Missing
            })
        }
    }
}

fn explain(
    setting: &ClipboardSetting,
    environment: &Environment,
    output: &mut dyn Write,
) -> io::Result<()> {
    let (route, reason) = choose_route(setting, environment);
    let mut routes = route.name(environment);
    if *setting == ClipboardSetting::Auto && fills_desktop_too(&route, environment) {
        routes = format!("{routes} and {}", environment.desktop_clipboard_name());
    }
    writeln!(output, "Copying uses {routes}: {reason}.")?;
    if let Some(limit) = route.limit(environment.connection) {
        let path = file::copied_path(environment).unwrap_or_else(|| "nowhere".to_owned());
        writeln!(output, "Limit {}; larger texts go to {path}.", format_size(limit.bytes))?;
    }
    writeln!(output, "Environment: {}.", describe_environment(environment))?;
    let state_dir = environment.state_dir.as_deref();
    for (kind, result) in check_results::load_for_terminal(state_dir, &environment.terminal_name())
    {
        let arrived = if result == CheckResult::Arrived { "arrived" } else { "did not arrive" };
        writeln!(output, "Earlier check of {}: the text {arrived}.", route_name(kind))?;
    }
    Ok(())
}

/// Lists the system, the connection and the environment variables that the route depends on.
fn describe_environment(environment: &Environment) -> String {
    let system = match environment.os {
        Os::Unix => "Unix",
        Os::MacOs => "macOS",
        Os::Windows => "Windows",
        Os::Wsl => "WSL",
        Os::Termux => "Termux",
    };
    let connection = match environment.connection {
        Connection::Local => "not over SSH",
        Connection::Ssh => "over SSH",
        Connection::Mosh => "over mosh",
    };
    let variables = [
        ("TMUX", environment.tmux.as_ref().map(|tmux| tmux.server.as_str())),
        ("STY", environment.screen_session.as_deref()),
        ("ZELLIJ", environment.zellij.as_deref()),
        ("DISPLAY", environment.display.as_deref()),
        ("WAYLAND_DISPLAY", environment.wayland.as_deref()),
        ("TERM", Some(environment.term.as_str())),
        ("TERM_PROGRAM", Some(environment.term_program.as_str())),
    ];
    let set = variables.into_iter().filter_map(|(name, value)| {
        value.filter(|it| !it.is_empty()).map(|value| format!("{name}={}", sanitise(value)))
    });
    [system.to_owned(), connection.to_owned()].into_iter().chain(set).collect::<Vec<_>>().join(", ")
}

const fn route_name(kind: RouteKind) -> &'static str {
    match kind {
        RouteKind::Command => "a command",
        RouteKind::Windows | RouteKind::Native => "the desktop clipboard",
        RouteKind::Tmux => "tmux",
        RouteKind::Screen => "screen",
        RouteKind::Osc52 => "OSC 52",
        RouteKind::File => "a file",
    }
}

/// Asks until the reply is yes or no. Returns `None` for `q` and at the end of the input.
fn ask(input: &mut dyn BufRead, output: &mut dyn Write) -> io::Result<Option<CheckResult>> {
    loop {
        write!(output, "Did it arrive? [y/n/q] ")?;
        output.flush()?;
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        match line.trim().to_lowercase().as_str() {
            "y" | "yes" => return Ok(Some(CheckResult::Arrived)),
            "n" | "no" => return Ok(Some(CheckResult::Missing)),
            "q" | "quit" => return Ok(None),
            _ => {}
        }
    }
}

fn save_result(
    setting: &ClipboardSetting,
    environment: &Environment,
    kind: RouteKind,
    result: CheckResult,
    output: &mut dyn Write,
) -> io::Result<()> {
    let state_dir = environment.state_dir.as_deref();
    let terminal = environment.terminal_name();
    if let Err(failure) = check_results::save(state_dir, &terminal, kind, result) {
        return writeln!(output, "The result was not saved: {failure}");
    }
    writeln!(output, "Saved for this terminal ({}).", sanitise(&terminal))?;
    if result == CheckResult::Missing {
        let failed_routes = check_results::failed_routes(state_dir, &terminal);
        let next = Environment { failed_routes, ..environment.clone() };
        match choose_route(setting, &next).0 {
            route if route.kind() == kind => {
                writeln!(output, "It stays in use, since the clipboard setting names it.")?;
            }
            other => writeln!(output, "From now on copying uses {}.", other.name(&next))?,
        }
        writeln!(output, "Fix the settings of {}, then run this check again.", route_name(kind))?;
    }
    Ok(())
}

/// Returns a random number, so that the test text differs from an earlier one in the clipboard.
fn random_below(limit: u64) -> u64 {
    RandomState::new().build_hasher().finish() % limit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn over_ssh(directory: &tempfile::TempDir) -> Environment {
        Environment {
            connection: Connection::Ssh,
            term: "xterm".into(),
            state_dir: Some(directory.path().into()),
            ..Environment::default()
        }
    }

    fn checked(
        setting: &ClipboardSetting,
        environment: &Environment,
        typed: &str,
    ) -> (CheckOutcome, String) {
        let mut output = Vec::new();
        let outcome = check(setting, environment, &mut typed.as_bytes(), &mut output).unwrap();
        (outcome, String::from_utf8(output).unwrap())
    }

    fn refused_at(environment: &Environment) -> BTreeSet<RouteKind> {
        check_results::failed_routes(environment.state_dir.as_deref(), &environment.terminal_name())
    }

    #[test]
    fn the_way_its_reason_its_limit_and_what_was_seen_are_explained() {
        let directory = tempfile::tempdir().unwrap();
        let (_, message) = checked(&ClipboardSetting::Auto, &over_ssh(&directory), "q\n");
        assert!(message.contains("Copying uses OSC 52: over SSH."), "{message}");
        assert!(message.contains("Limit 75.0 kB; larger texts go to "), "{message}");
        assert!(message.contains("Environment: Unix, over SSH, TERM=xterm."), "{message}");
    }

    #[test]
    fn the_test_text_is_sent_and_shown() {
        let directory = tempfile::tempdir().unwrap();
        let (outcome, message) = checked(&ClipboardSetting::Auto, &over_ssh(&directory), "y\n");
        assert_eq!(outcome, CheckOutcome::Arrived);
        let (_, shown_text) = message.split_once("should be: ").unwrap();
        let text = shown_text.lines().next().unwrap();
        let digits = text.strip_prefix("offprint clipboard check ").unwrap();
        assert!(digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()), "{digits}");
        let sent = String::from_utf8(super::super::osc52::sequence(text)).unwrap();
        assert!(message.contains(&sent));
    }

    #[test]
    fn a_no_is_remembered_and_can_be_taken_back() {
        let directory = tempfile::tempdir().unwrap();
        let environment = over_ssh(&directory);
        let (outcome, message) = checked(&ClipboardSetting::Auto, &environment, "n\n");
        assert_eq!(outcome, CheckOutcome::Missing);
        assert!(message.contains("From now on copying uses a file."), "{message}");
        let refused = refused_at(&environment);
        assert_eq!(refused, BTreeSet::from([RouteKind::Osc52]));
        let (outcome, message) = checked(
            &ClipboardSetting::Auto,
            &Environment { failed_routes: refused, ..environment.clone() },
            "y\n",
        );
        assert_eq!(outcome, CheckOutcome::Arrived);
        assert!(message.contains("Earlier check of OSC 52: the text did not arrive."), "{message}");
        assert!(refused_at(&environment).is_empty());
    }

    #[test]
    fn a_way_that_was_asked_for_stays_in_use_whatever_was_answered() {
        let directory = tempfile::tempdir().unwrap();
        let (_, message) = checked(&ClipboardSetting::Osc52, &over_ssh(&directory), "n\n");
        assert!(message.contains("It stays in use"), "{message}");
    }

    #[test]
    fn what_is_no_answer_is_asked_again_and_the_end_is_none() {
        let directory = tempfile::tempdir().unwrap();
        let (outcome, message) =
            checked(&ClipboardSetting::Auto, &over_ssh(&directory), "what?\n\n");
        assert_eq!(outcome, CheckOutcome::Unanswered);
        assert_eq!(message.matches("Did it arrive?").count(), 3);
        let environment = over_ssh(&directory);
        assert!(
            check_results::load_for_terminal(
                environment.state_dir.as_deref(),
                &environment.terminal_name()
            )
            .is_empty()
        );
    }

    #[test]
    fn a_file_is_certain_and_nothing_is_asked() {
        let directory = tempfile::tempdir().unwrap();
        let (outcome, message) = checked(&ClipboardSetting::File, &over_ssh(&directory), "");
        assert_eq!(outcome, CheckOutcome::Arrived);
        assert!(!message.contains("Did it arrive?"), "{message}");
    }
}
