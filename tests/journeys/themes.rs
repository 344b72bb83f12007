//! The themes, including the one without colour.

use offprint::app::Theme;

use super::harness::{Program, SHELF};

fn themed(theme: Theme) -> Program {
    Program::with(SHELF).theme(theme).at(120, 36)
}

/// The styles of the whole screen, without text.
fn styles(program: &Program) -> String {
    let looks: String = (0..36).map(|row| program.styled(row)).collect();
    looks.lines().filter_map(|line| line.rsplit_once('"')).map(|(_, look)| look).collect()
}

#[test]
fn without_colour_the_selection_the_cursor_and_matches_can_be_told() {
    let program = themed(Theme::Plain).press("/pian<Enter><Space>");
    let looks: String = (3..7).map(|row| program.styled(row)).collect();
    insta::assert_snapshot!(looks);
    insta::assert_snapshot!("without_colour", program.picture());
}

#[test]
fn without_colour_no_cell_has_one() {
    for keys in ["", "/pian", "?", "<Enter>/m", "y", "<Space>", "yd5jyd", "<S-Tab>3j!"] {
        let looks = styles(&themed(Theme::Plain).press(keys));
        let colours = ["Cyan", "Magenta", "Green", "Red", "White", "Black", " on "];
        let colour = colours.iter().find(|it| looks.contains(**it));
        assert_eq!(colour, None, "{keys}");
    }
}

#[test]
fn the_terminals_own_colours_leave_out_white_and_bright_black() {
    for keys in ["", "/pian", "?", "<Enter>/m", "y", "<Space>", "<S-Tab>3j!"] {
        let looks = styles(&themed(Theme::Terminal).press(keys));
        for colour in ["White", "DarkGray", "Black", "LightYellow"] {
            assert!(!looks.contains(colour), "{keys}: {colour}");
        }
    }
}

#[test]
fn a_theme_changes_colours_and_no_text() {
    let plain = themed(Theme::Plain).press("/pian");
    for theme in [Theme::Terminal, Theme::Dark, Theme::Light] {
        let other = themed(theme).press("/pian");
        assert_eq!(other.screen(), plain.screen());
        assert_ne!(other.picture(), plain.picture());
    }
}

#[test]
fn the_row_under_the_cursor_keeps_its_look_while_the_filter_is_typed() {
    insta::assert_snapshot!(themed(Theme::Terminal).press("/pian").styled(3));
}

#[test]
fn a_match_in_a_title_that_is_bold_is_told_by_more_than_its_colour() {
    for theme in [Theme::Plain, Theme::Terminal, Theme::Dark, Theme::Light] {
        let program = themed(theme).press("/deep<Enter><Enter>");
        let title = (3..6).map(|row| program.styled(row)).find(|it| it.contains("\"Deep\""));
        assert!(title.is_some_and(|it| it.contains("underlined")), "{theme:?}");
    }
}
