//! Tests of whole copies in constructed environments: bytes, receipts and files.

use std::fs;

use proptest::prelude::*;

use super::*;

struct TestDirectory {
    directory: tempfile::TempDir,
}

impl TestDirectory {
    fn new() -> Self {
        Self { directory: tempfile::tempdir().unwrap() }
    }

    fn environment(&self) -> Environment {
        Environment {
            connection: Connection::Ssh,
            state_dir: Some(self.directory.path().into()),
            ..Environment::default()
        }
    }

    fn copied_file(&self) -> String {
        fs::read_to_string(self.file()).unwrap()
    }

    fn file(&self) -> String {
        self.directory.path().join("copied.txt").display().to_string()
    }
}

fn copy(text: &str) -> CopyText {
    CopyText { description: "link".into(), text: text.into(), html: None }
}

fn clipboard_for(setting: ClipboardSetting, environment: Environment) -> Clipboard {
    Clipboard::with_holder(setting, environment, Vec::new())
}

fn command(line: &str) -> ClipboardSetting {
    ClipboardSetting::Command(["sh", "-c", line].map(str::to_owned).to_vec())
}

#[test]
fn over_ssh_the_terminal_is_sent_the_text_and_nothing_more_is_claimed() {
    let directory = TestDirectory::new();
    let text = "https://arxiv.org/abs/2501.02950\n";
    let delivery =
        clipboard_for(ClipboardSetting::Auto, directory.environment()).copy(&copy(text)).unwrap();
    assert_eq!(delivery.receipt, "link, 33 B sent to the terminal (OSC 52) · yv shows it");
    assert_eq!(delivery.bytes, osc52::sequence(text));
    assert_eq!(delivery.route_kind, RouteKind::Osc52);
}

#[test]
fn the_last_copy_is_kept_whichever_way_it_went() {
    let directory = TestDirectory::new();
    let environment = directory.environment();
    let mut clipboard = clipboard_for(ClipboardSetting::Auto, environment.clone());
    clipboard.copy(&copy("one")).unwrap();
    assert_eq!(read_last_copy(&environment).unwrap(), "one");
    let mut clipboard = clipboard_for(command("exit 1"), environment.clone());
    clipboard.copy(&copy("two")).unwrap_err();
    assert_eq!(
        (clipboard.last().unwrap(), read_last_copy(&environment).unwrap()),
        ("two".into(), "two".into())
    );
}

#[test]
fn what_is_too_large_for_the_terminal_is_whole_in_a_file() {
    let directory = TestDirectory::new();
    let mut clipboard = clipboard_for(ClipboardSetting::Auto, directory.environment());
    let text = "x".repeat(74_995);
    let delivery = clipboard.copy(&copy(&text)).unwrap();
    let file = directory.file();
    let expected = format!("link, 75.0 kB → {file} (too large for the terminal)");
    assert_eq!(delivery.receipt, expected);
    assert!(delivery.bytes.is_empty());
    assert_eq!(directory.copied_file(), text);
    assert_eq!(clipboard.copy(&copy(&text[1..])).unwrap().route_kind, RouteKind::Osc52);
}

#[test]
fn mosh_takes_less() {
    let directory = TestDirectory::new();
    let environment = Environment { connection: Connection::Mosh, ..directory.environment() };
    let message = clipboard_for(ClipboardSetting::Auto, environment)
        .copy(&copy(&"x".repeat(12_289)))
        .unwrap()
        .receipt;
    assert!(message.ends_with("copied.txt (too large for mosh)"), "{message}");
}

#[cfg(unix)]
#[test]
fn a_dead_desktop_ends_at_the_terminal_and_says_why() {
    let directory = TestDirectory::new();
    let environment = Environment {
        connection: Connection::Local,
        display: Some(":0".into()),
        ..directory.environment()
    };
    let delivery = clipboard_for(ClipboardSetting::Auto, environment).copy(&copy("x")).unwrap();
    assert_eq!(delivery.route_kind, RouteKind::Osc52);
    let message = delivery.receipt;
    let start =
        "link, 1 B sent to the terminal (OSC 52) · yv shows it · the X11 clipboard is unavailable";
    assert!(message.starts_with(start), "{message}");
}

/// A clipboard on a local X11 display, with a script in place of the process that holds the text.
#[cfg(unix)]
fn clipboard_on_x11(script: &str, environment: Environment) -> Clipboard {
    let environment =
        Environment { connection: Connection::Local, display: Some(":0".into()), ..environment };
    let holder = ["sh", "-c", script].map(OsString::from).to_vec();
    Clipboard::with_holder(ClipboardSetting::Auto, environment, holder)
}

#[cfg(unix)]
#[test]
fn a_dead_tmux_on_a_display_ends_at_the_desktop() {
    let directory = TestDirectory::new();
    let server = directory.directory.path().join("no-socket").display().to_string();
    let environment = Environment {
        tmux: Some(Tmux { server: format!("{server},1,0"), pane: None }),
        ..directory.environment()
    };
    let mut clipboard = clipboard_on_x11("cat > /dev/null; echo held", environment.clone());
    let delivery = clipboard.copy(&copy("x")).unwrap();
    assert_eq!((delivery.route_kind, delivery.bytes.len()), (RouteKind::Native, 0));
    assert!(delivery.receipt.starts_with("link, 1 B → the X11 clipboard (tmux: "), "{delivery:?}");
    let delivery = clipboard_on_x11("exit 1", environment).copy(&copy("x")).unwrap();
    assert_eq!(delivery.route_kind, RouteKind::Osc52);
}

#[cfg(unix)]
#[test]
fn in_screen_on_a_display_the_desktop_has_the_text_too() {
    let directory = TestDirectory::new();
    let environment = Environment { screen_session: Some("1.x".into()), ..directory.environment() };
    let mut clipboard = clipboard_on_x11("cat > /dev/null; echo held", environment.clone());
    let delivery = clipboard.copy(&copy("x")).unwrap();
    let receipt = "link, 1 B → the X11 clipboard, and sent to the terminal (OSC 52)";
    assert_eq!(
        (delivery.receipt.as_str(), delivery.bytes),
        (receipt, osc52::sequence_for_screen("x"))
    );

    let mut clipboard = clipboard_on_x11("echo no", environment);
    let sent = "link, 1 B sent to the terminal (OSC 52) · yv shows it";
    let first = clipboard.copy(&copy("x")).unwrap().receipt;
    assert_eq!(first, format!("{sent} · the X11 clipboard refused: no"));
    assert_eq!(clipboard.copy(&copy("x")).unwrap().receipt, sent, "the failure is noted once");
}

#[test]
fn a_remembered_no_sends_the_text_to_a_file_with_the_reason() {
    let directory = TestDirectory::new();
    let environment = Environment {
        failed_routes: [RouteKind::Osc52].into_iter().collect(),
        ..directory.environment()
    };
    let message =
        clipboard_for(ClipboardSetting::Auto, environment).copy(&copy("x")).unwrap().receipt;
    let reason = "OSC 52 failed --clipboard-check here";
    assert_eq!(message, format!("link, 1 B → {} ({reason})", directory.file()));
}

#[test]
fn a_file_that_was_asked_for_needs_no_reason() {
    let directory = TestDirectory::new();
    let message = clipboard_for(ClipboardSetting::File, directory.environment())
        .copy(&copy("x"))
        .unwrap()
        .receipt;
    assert_eq!(message, format!("link, 1 B → {}", directory.file()));
}

#[test]
fn tmux_asked_for_outside_of_it_ends_at_the_terminal() {
    let directory = TestDirectory::new();
    let message = clipboard_for(ClipboardSetting::Tmux, directory.environment())
        .copy(&copy("x"))
        .unwrap()
        .receipt;
    assert!(message.ends_with("(OSC 52) · yv shows it · not inside tmux"), "{message}");
}

#[cfg(unix)]
#[test]
fn a_command_is_given_the_text() {
    let directory = TestDirectory::new();
    let output_file = directory.directory.path().join("got");
    let line = format!("cat > '{}'", output_file.display());
    let message =
        clipboard_for(command(&line), directory.environment()).copy(&copy("a\nb")).unwrap().receipt;
    assert_eq!(message, format!("link, 3 B → `sh -c {line}`"));
    assert_eq!(fs::read_to_string(output_file).unwrap(), "a\nb");
}

#[cfg(unix)]
#[test]
fn a_command_that_fails_says_how_and_where_the_text_is() {
    let directory = TestDirectory::new();
    let mut clipboard = clipboard_for(command("echo no seat >&2; exit 3"), directory.environment());
    let message = clipboard.copy(&copy("x")).unwrap_err().to_string();
    assert!(message.contains("failed (exit status: 3): no seat"), "{message}");
    assert!(message.ends_with(&format!("; saved to {}", directory.file())), "{message}");
    assert_eq!(directory.copied_file(), "x");
}

#[test]
fn where_nothing_works_that_is_said() {
    let nowhere = Environment { connection: Connection::Ssh, ..Environment::default() };
    let mut clipboard = clipboard_for(ClipboardSetting::Auto, nowhere);
    let message = clipboard.copy(&copy(&"x".repeat(80_000))).unwrap_err().to_string();
    assert!(message.starts_with("too large for the terminal; "), "{message}");
    assert!(message.contains("set OFFPRINT_STATE"), "{message}");
    let message = clipboard.copy(&copy("x")).unwrap().receipt;
    assert!(message.contains("not saved for `offprint paste`"), "{message}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_is_copied_holds_nothing_to_act_on(text in any::<String>()) {
        let directory = TestDirectory::new();
        let environment = directory.environment();
        clipboard_for(ClipboardSetting::File, environment).copy(&copy(&text)).unwrap();
        let is_unsafe = |it: char| it.is_control() && it != '\n';
        prop_assert!(!directory.copied_file().contains(is_unsafe));
    }
}
