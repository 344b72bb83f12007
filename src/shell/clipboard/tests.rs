//! Tests of whole copies in constructed environments: bytes, receipts and files.

use std::fs;

use proptest::prelude::*;

use super::*;

struct Desk {
    place: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { place: tempfile::tempdir().unwrap() }
    }

    fn surroundings(&self) -> Environment {
        Environment {
            connection: Connection::Ssh,
            state_dir: Some(self.place.path().into()),
            ..Environment::default()
        }
    }

    fn copied_file(&self) -> String {
        fs::read_to_string(self.file()).unwrap()
    }

    fn file(&self) -> String {
        self.place.path().join("copied.txt").display().to_string()
    }
}

fn copy(text: &str) -> CopyText {
    CopyText { description: "link".into(), text: text.into(), html: None }
}

fn over(setting: ClipboardSetting, surroundings: Environment) -> Clipboard {
    Clipboard::with_holder(setting, surroundings, Vec::new())
}

fn command(line: &str) -> ClipboardSetting {
    ClipboardSetting::Command(["sh", "-c", line].map(str::to_owned).to_vec())
}

#[test]
fn over_ssh_the_terminal_is_sent_the_text_and_nothing_more_is_claimed() {
    let desk = Desk::new();
    let text = "https://arxiv.org/abs/2501.02950\n";
    let delivery = over(ClipboardSetting::Auto, desk.surroundings()).copy(&copy(text)).unwrap();
    assert_eq!(delivery.receipt, "link, 33 B sent to the terminal (OSC 52) · yv shows it");
    assert_eq!(delivery.bytes, osc52::sequence(text));
    assert_eq!(delivery.route_kind, RouteKind::Osc52);
}

#[test]
fn the_last_copy_is_kept_whichever_way_it_went() {
    let desk = Desk::new();
    let here = desk.surroundings();
    let mut clipboard = over(ClipboardSetting::Auto, here.clone());
    clipboard.copy(&copy("one")).unwrap();
    assert_eq!(read_last_copy(&here).unwrap(), "one");
    let mut clipboard = over(command("exit 1"), here.clone());
    clipboard.copy(&copy("two")).unwrap_err();
    assert_eq!(
        (clipboard.last().unwrap(), read_last_copy(&here).unwrap()),
        ("two".into(), "two".into())
    );
}

#[test]
fn what_is_too_large_for_the_terminal_is_whole_in_a_file() {
    let desk = Desk::new();
    let mut clipboard = over(ClipboardSetting::Auto, desk.surroundings());
    let text = "x".repeat(74_995);
    let delivery = clipboard.copy(&copy(&text)).unwrap();
    let file = desk.file();
    let expected = format!("link, 75.0 kB → {file} (too large for the terminal)");
    assert_eq!(delivery.receipt, expected);
    assert!(delivery.bytes.is_empty());
    assert_eq!(desk.copied_file(), text);
    assert_eq!(clipboard.copy(&copy(&text[1..])).unwrap().route_kind, RouteKind::Osc52);
}

#[test]
fn mosh_takes_less() {
    let desk = Desk::new();
    let surroundings = Environment { connection: Connection::Mosh, ..desk.surroundings() };
    let told = over(ClipboardSetting::Auto, surroundings)
        .copy(&copy(&"x".repeat(12_289)))
        .unwrap()
        .receipt;
    assert!(told.ends_with("copied.txt (too large for mosh)"), "{told}");
}

#[cfg(unix)]
#[test]
fn a_dead_desktop_ends_at_the_terminal_and_says_why() {
    let desk = Desk::new();
    let surroundings = Environment {
        connection: Connection::Local,
        display: Some(":0".into()),
        ..desk.surroundings()
    };
    let delivery = over(ClipboardSetting::Auto, surroundings).copy(&copy("x")).unwrap();
    assert_eq!(delivery.route_kind, RouteKind::Osc52);
    let told = delivery.receipt;
    let start =
        "link, 1 B sent to the terminal (OSC 52) · yv shows it · the X11 clipboard is unavailable";
    assert!(told.starts_with(start), "{told}");
}

#[test]
fn a_remembered_no_sends_the_text_to_a_file_with_the_reason() {
    let desk = Desk::new();
    let surroundings = Environment {
        failed_routes: [RouteKind::Osc52].into_iter().collect(),
        ..desk.surroundings()
    };
    let told = over(ClipboardSetting::Auto, surroundings).copy(&copy("x")).unwrap().receipt;
    let reason = "OSC 52 failed --clipboard-check here";
    assert_eq!(told, format!("link, 1 B → {} ({reason})", desk.file()));
}

#[test]
fn a_file_that_was_asked_for_needs_no_reason() {
    let desk = Desk::new();
    let told = over(ClipboardSetting::File, desk.surroundings()).copy(&copy("x")).unwrap().receipt;
    assert_eq!(told, format!("link, 1 B → {}", desk.file()));
}

#[test]
fn tmux_asked_for_outside_of_it_ends_at_the_terminal() {
    let desk = Desk::new();
    let told = over(ClipboardSetting::Tmux, desk.surroundings()).copy(&copy("x")).unwrap().receipt;
    assert!(told.ends_with("(OSC 52) · yv shows it · not inside tmux"), "{told}");
}

#[cfg(unix)]
#[test]
fn a_command_is_given_the_text() {
    let desk = Desk::new();
    let got = desk.place.path().join("got");
    let line = format!("cat > '{}'", got.display());
    let told = over(command(&line), desk.surroundings()).copy(&copy("a\nb")).unwrap().receipt;
    assert_eq!(told, format!("link, 3 B → `sh -c {line}`"));
    assert_eq!(fs::read_to_string(got).unwrap(), "a\nb");
}

#[cfg(unix)]
#[test]
fn a_command_that_fails_says_how_and_where_the_text_is() {
    let desk = Desk::new();
    let mut clipboard = over(command("echo no seat >&2; exit 3"), desk.surroundings());
    let told = clipboard.copy(&copy("x")).unwrap_err().to_string();
    assert!(told.contains("failed (exit status: 3): no seat"), "{told}");
    assert!(told.ends_with(&format!("; see {}", desk.file())), "{told}");
    assert_eq!(desk.copied_file(), "x");
}

#[test]
fn where_nothing_works_that_is_said() {
    let nowhere = Environment { connection: Connection::Ssh, ..Environment::default() };
    let mut clipboard = over(ClipboardSetting::Auto, nowhere);
    let told = clipboard.copy(&copy(&"x".repeat(80_000))).unwrap_err().to_string();
    assert!(told.starts_with("too large for the terminal; "), "{told}");
    assert!(told.contains("set OFFPRINT_STATE"), "{told}");
    let told = clipboard.copy(&copy("x")).unwrap().receipt;
    assert!(told.contains("not saved for `offprint paste`"), "{told}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_is_copied_holds_nothing_to_act_on(text in any::<String>()) {
        let desk = Desk::new();
        let here = desk.surroundings();
        over(ClipboardSetting::File, here).copy(&copy(&text)).unwrap();
        let acts = |it: char| it.is_control() && it != '\n';
        prop_assert!(!desk.copied_file().contains(acts));
    }
}
