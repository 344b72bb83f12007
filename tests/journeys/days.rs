//! Days as headings in a list that is sorted by the day of listing.

use std::fmt::Write as _;

use offprint::app::{Event, MouseInput, MouseKind};

use super::harness::Program;

/// Papers of these days, each with a number of papers, in this order.
fn listed(days: &[(&str, usize)]) -> String {
    let mut lines = String::new();
    for (day, count) in days {
        for number in 1..=*count {
            let listed =
                if day.is_empty() { String::new() } else { format!(r#", "listed": "{day}""#) };
            writeln!(
                lines,
                r#"{{"title": "Paper {number} of {day}", "abstract": "Text.", "year": 2026{listed}}}"#
            )
            .unwrap();
        }
    }
    lines
}

const WEEK: [(&str, usize); 4] =
    [("", 2), ("2026-11-26", 3), ("2026-11-27", 41), ("2026-11-25", 5)];

fn week(width: u16, height: u16) -> Program {
    Program::with(&listed(&WEEK)).at(width, height).press("slgg")
}

/// Asserts that the paper under the cursor is on the screen, marked by its bar.
fn assert_cursor_is_visible(program: &Program, keys: &str) {
    let screen = program.screen();
    let row = screen.lines().find(|it| it.contains('▌')).unwrap_or_default();
    assert!(row.contains(&program.on()), "after {keys}, on {}:\n{screen}", program.on());
}

#[test]
fn the_first_paper_of_each_day_has_a_heading() {
    let program = week(120, 36);
    insta::assert_snapshot!("wide", program.picture());
    let program = week(80, 24).press("rjr42j");
    insta::assert_snapshot!("narrow", program.picture());
    assert!(!week(80, 24).press("sr").screen().contains("Friday"));
}

#[test]
fn a_heading_is_cut_to_what_fits() {
    let screen = week(30, 20).press("r").screen();
    assert!(screen.contains(" Friday, 27 November 2026\n"), "{screen}");
    let screen = week(22, 20).press("r").screen();
    assert!(screen.contains("2026-11-27"), "{screen}");
}

#[test]
fn no_motion_loses_the_cursor_behind_headings() {
    let days: Vec<(String, usize)> =
        (1..=28).map(|day| (format!("2026-11-{day:02}"), day % 3 + 1)).collect();
    let days: Vec<(&str, usize)> = days.iter().map(|(day, count)| (day.as_str(), *count)).collect();
    let papers = listed(&days);
    for (width, height) in [(120, 36), (120, 20), (80, 24), (60, 12), (40, 10)] {
        let mut program = Program::with(&papers).at(width, height).press("slgg");
        for keys in [
            "j", "j", "9j", "<C-f>", "<C-f>", "L", "j", "H", "k", "M", "zt", "zz", "zb", "<C-d>",
            "<C-u>", "<C-b>", "G", "k", "3k", "L", "<C-b>", "gg", "30G", "zb", "S", "G", "gg",
        ] {
            program = program.press(keys);
            assert_cursor_is_visible(&program, keys);
            let before = program.screen();
            program = program.resize(width, height);
            assert_eq!(program.screen(), before, "{keys} leaves the screen unsettled");
        }
        let last = program.press("G");
        assert!(last.screen().contains(&last.on()));
    }
}

#[test]
fn the_end_of_the_list_is_at_the_bottom_of_the_screen() {
    let program = week(120, 36).press("G");
    let screen = program.screen();
    let rows: Vec<&str> = screen.lines().collect();
    let last = rows.iter().rposition(|it| it.contains("Paper 2 of ")).unwrap();
    assert!(last + 4 >= rows.len() - 1, "{screen}");
    assert!(screen.contains("Day unknown · 2 papers"), "{screen}");
}

#[test]
fn the_mouse_finds_the_row_under_it() {
    let mouse =
        |program: Program, kind, y| program.feed(Event::Mouse(MouseInput { kind, x: 40, y }));
    let program = week(80, 24);
    for y in 3..12 {
        let row = program.row(y.into());
        let program = mouse(week(80, 24), MouseKind::Press, y);
        if !row.contains("Friday") && row.contains("Paper") {
            assert!(row.contains(&program.on()), "{row}: {}", program.on());
        } else {
            assert_eq!(program.on(), "Paper 1 of 2026-11-27", "the heading of {row}");
        }
    }
    let mut program = week(80, 24);
    for _ in 0..30 {
        program = mouse(program, MouseKind::WheelDown, 5);
        assert_cursor_is_visible(&program, "the wheel");
    }
    assert!(program.screen().contains("Day unknown"), "{}", program.screen());
    for _ in 0..30 {
        program = mouse(program, MouseKind::WheelUp, 5);
        assert_cursor_is_visible(&program, "the wheel");
    }
    assert_eq!(program.state().list.viewport.top, 0);
}

#[test]
fn pages_lead_to_both_ends() {
    let mut program = week(80, 24);
    for _ in 0..12 {
        program = program.press("<C-f>");
    }
    assert_eq!(program.on(), "Paper 2 of");
    for _ in 0..12 {
        program = program.press("<C-b>");
    }
    assert_eq!(program.on(), "Paper 1 of 2026-11-27");
}
