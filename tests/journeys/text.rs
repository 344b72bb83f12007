//! Characters of every kind in rows of cells.

use offprint::app::{Appearance, LineArt, Settings};

use super::harness::{Program, SHELF, numbered};

/// The column, in cells, at which a text begins in a row.
fn column(row: &str, text: &str) -> usize {
    offprint::text::width(&row[..row.find(text).unwrap()])
}

#[test]
fn tex_is_made_readable_in_rows() {
    assert!(Program::shelf().screen().contains("A naïve Bayes for Erdős Graphs"));
}

#[test]
fn tex_and_accents_need_not_be_typed() {
    let title = "A na\\\"ive Bayes for Erd\\H{o}s Graphs";
    for typed in ["naive", "erdos", "koenig", "konig", "Erdős", "König", "naïve"] {
        assert_eq!(Program::shelf().press(&format!("/{typed}")).on(), title, "{typed}");
    }
    assert_eq!(Program::shelf().press("/cafe").on(), "Éléments of Cafe\u{301} Acoustics");
    assert_eq!(Program::shelf().press("/angstrom").on(), "Éléments of Cafe\u{301} Acoustics");
}

#[test]
fn a_match_in_readable_tex_is_marked_where_it_is_shown() {
    insta::assert_snapshot!(Program::shelf().press("/erdos<Enter>").styled(3));
}

#[test]
fn a_wide_title_and_a_combining_accent_keep_the_years_in_line() {
    let program = Program::shelf();
    let plain = column(&program.row(3), "2024");
    assert_eq!(column(&program.row(9), "2020"), plain);
    assert_eq!(column(&program.row(11), "2018"), plain);
}

#[test]
fn a_wide_title_is_found_and_marked() {
    let program = Program::shelf().press("/記憶<Enter>");
    assert_eq!(program.on(), "深層学習の記憶");
    insta::assert_snapshot!(program.styled(3));
}

#[test]
fn a_wide_title_is_cut_within_its_room() {
    for width in 1..40 {
        let screen = Program::with(SHELF).at(width, 14).screen();
        for line in screen.lines() {
            assert!(offprint::text::width(line) <= width.into(), "{width}: {line}");
        }
    }
}

#[test]
fn the_rule_beside_a_wide_title_stays_straight() {
    let program = Program::shelf();
    let columns: Vec<usize> = (3..33).map(|row| column(&program.row(row), "│")).collect();
    assert!(columns.iter().all(|it| *it == columns[0]), "{columns:?}");
}

#[test]
fn hostile_text_is_shown_without_its_force() {
    let hostile = r#"{"title": "Red \u001b[31mherring\u0007 \u202eback", "authors": ["A\u0000B"], "abstract": "x\u001b]0;owned\u0007y\u009b2J"}"#;
    let program = Program::with(hostile).at(120, 36).press("<Enter>");
    assert!(!program.screen().contains(|c: char| c.is_control() && c != '\n'));
    assert!(!program.screen().contains('\u{202e}'));
    assert!(program.screen().contains("herring"));
}

#[test]
fn rules_bars_and_markers_are_in_ascii_if_that_is_configured() {
    let papers = numbered(40);
    for (width, height) in [(120, 36), (80, 24), (60, 20)] {
        let appearance = Appearance { line_art: LineArt::Ascii, ..Appearance::default() };
        let settings = Settings { appearance, ..Settings::default() };
        let program = Program::with(&papers).settings(settings).at(width, height);
        let mut program = program.press("*jxj<Space>");
        assert!(program.screen().contains("----"), "{}", program.screen());
        for keys in ["", "<Tab>", "<Esc><Enter>", "<Esc>y", "<Esc>s", "<Esc>?", "<Esc>:"] {
            program = program.press(keys);
            let screen = program.screen();
            let others: String = screen.chars().filter(|it| !it.is_ascii()).collect();
            assert_eq!(others, "", "{keys}: {screen}");
        }
    }
}
