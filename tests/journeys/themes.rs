//! The themes, including the one without colour.

use offprint::app::{Background, Theme};

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

#[test]
fn on_an_unknown_background_keys_and_matches_are_told_in_the_default_colour() {
    for keys in ["", "/pian", "?", "<Enter>", "<Space>", "<S-Tab>3j!"] {
        let program = Program::with(SHELF).background(Background::Unknown).at(120, 36).press(keys);
        let looks = styles(&program);
        let colours = ["Cyan", "Magenta", "Green", "Red", "Blue", "White", "Black", " on "];
        let colour = colours.iter().find(|it| looks.contains(**it));
        assert_eq!(colour, None, "{keys}");
    }
    let program = Program::with(SHELF).background(Background::Unknown).at(120, 36);
    assert!(program.styled(35).contains("bold"), "{}", program.styled(35));
}

#[test]
fn the_background_that_the_terminal_tells_chooses_its_own_colours() {
    let unknown = Program::with(SHELF).background(Background::Unknown).at(120, 36);
    let before = styles(&unknown);
    let dark = styles(&unknown.feed(offprint::app::Event::Background(Background::Dark)));
    assert!(dark.contains("Cyan") && !before.contains("Cyan"), "{dark}");
    let light = Program::with(SHELF).background(Background::Light).at(120, 36);
    assert!(styles(&light).contains("Blue"), "links are blue: {}", styles(&light));
}

#[test]
fn the_menu_of_themes_previews_the_one_under_the_cursor() {
    let menu = themed(Theme::Terminal).press(":theme<Enter>");
    assert!(menu.screen().contains("Theme") && menu.screen().contains("(current)"));
    let dark = menu.press("jj");
    let preview = styles(&dark);
    assert_eq!(dark.state().settings.appearance.theme, Theme::Terminal);
    let chosen = dark.press("<Enter>");
    assert_eq!(chosen.state().settings.appearance.theme, Theme::Dark);
    assert!(chosen.footer().starts_with("Theme: dark"), "{}", chosen.footer());
    assert_ne!(styles(&themed(Theme::Terminal).press(":theme<Enter>")), preview);

    let cancelled = themed(Theme::Terminal).press(":theme<Enter>jj<Esc>");
    assert_eq!(styles(&cancelled), styles(&themed(Theme::Terminal)));
}

#[test]
fn a_theme_named_on_the_command_line_is_previewed_while_it_is_typed() {
    let typed = themed(Theme::Terminal).press(":theme light");
    assert_eq!(typed.styled(4), themed(Theme::Light).press(":theme light").styled(4));
    assert_eq!(typed.state().settings.appearance.theme, Theme::Terminal);
    let kept = typed.press("<Enter>");
    assert_eq!(kept.state().settings.appearance.theme, Theme::Light);
    let unknown = kept.press(":theme pink<Enter>");
    assert!(unknown.footer().starts_with("theme=pink: unknown value"), "{}", unknown.footer());
}
