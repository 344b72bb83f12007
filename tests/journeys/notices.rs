//! Notices: how long they stay, and what is shown beside them.

use std::sync::Arc;

use offprint::app::{Event, Settings, State, TipsVisibility, parse_keys, update};
use offprint::ui;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::harness::{Program, SHELF};

#[test]
fn a_notice_goes_with_the_next_action_and_the_hints_are_back() {
    let program = Program::shelf().press("*");
    assert!(program.footer().starts_with("Starred: Key Memories"), "{}", program.footer());
    for keys in ["j", "u", "/", ":", "?", "<Space>", "<Enter>", "yt"] {
        let program = Program::shelf().press("*").press(keys);
        assert!(!program.footer().contains("Starred:"), "{keys}: {}", program.footer());
    }
    let footer = Program::shelf().press("*j").footer();
    assert!(footer.starts_with("Enter read  y copy  / filter"), "{footer}");
}

#[test]
fn a_notice_stays_while_a_sequence_or_a_count_is_pending() {
    let program = Program::shelf().press("*3");
    assert!(program.footer().starts_with("Starred: "), "{}", program.footer());
    let program = Program::shelf().press("*y<Esc>");
    assert!(program.footer().starts_with("Starred: "), "{}", program.footer());
}

#[test]
fn at_80_columns_a_notice_leaves_room_for_two_hints() {
    let title = "A Title That Is Longer Than Any Line of a Terminal ".repeat(3);
    let paper = format!(r#"{{"title": "{title}", "authors": ["A B"]}}"#);
    let footer = Program::with(&paper).at(80, 24).press("*").footer();
    assert!(footer.starts_with("Starred: A Title"), "{footer}");
    assert!(footer.contains("…   u undo  Enter read"), "{footer}");
    // On a narrow screen the notice takes the line.
    let footer = Program::with(&paper).at(50, 24).press("*").footer();
    assert!(!footer.contains("undo"), "{footer}");
}

#[test]
fn the_receipt_of_a_change_is_followed_by_undo_and_that_of_an_undo_by_redo() {
    let footer = Program::with(SHELF).at(80, 24).press("*").footer();
    assert!(footer.contains("   u undo  Enter read"), "{footer}");
    let footer = Program::with(SHELF).at(80, 24).press("*u").footer();
    assert!(footer.contains("   ^R redo  Enter read"), "{footer}");
}

#[test]
fn the_first_start_shows_three_lines_to_try_until_the_first_action() {
    let mut state = State::new(Arc::new(Settings::default()), 80, 24);
    state.notices.tips = TipsVisibility::Shown;
    let screen = |state: &State| {
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        terminal.draw(|frame| ui::draw(state, frame)).unwrap();
        terminal.backend().to_string()
    };
    let mut press = |keys: &str| {
        for key in parse_keys(keys).unwrap() {
            let _ = update(&mut state, Event::Key(key));
        }
        screen(&state)
    };
    let first = press("j");
    for tip in ["Things to try", "/ filter as you type", "yb copy BibTeX", "u undo", "? all keys"] {
        assert!(first.contains(tip), "{tip}: {first}");
    }
    assert!(!press("*").contains("Things to try"));
}
