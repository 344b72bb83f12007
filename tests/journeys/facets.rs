//! The facet pane.

use offprint::app::model::facet_rows::facet_rows;

use super::harness::{Program, SHELF};

/// [`SHELF`] with the focus on the facets and the cursor on `cs.LG`.
fn on_a_category() -> Program {
    Program::shelf().press("<S-Tab>3j")
}

#[test]
fn enter_on_a_value_puts_it_into_the_filter_and_enter_again_takes_it_out() {
    let program = on_a_category().press("<Enter>");
    assert_eq!((program.filter_line().as_str(), program.hits().len()), ("/ cat:cs.LG", 5));
    insta::assert_snapshot!(program.picture());
    let program = program.press("<Enter>");
    assert_eq!((program.filter_line().as_str(), program.hits().len()), ("/ filter", 10));
}

#[test]
fn a_bang_excludes_a_value() {
    let program = on_a_category().press("!");
    assert_eq!((program.filter_line().as_str(), program.hits().len()), ("/ !cat:cs.LG", 5));
}

#[test]
fn an_excluded_value_can_be_taken_back_where_it_was_excluded() {
    let program = on_a_category().press("!!");
    assert_eq!((program.filter_line().as_str(), program.hits().len()), ("/ filter", 10));
}

#[test]
fn counts_are_of_the_hits() {
    let screen = Program::shelf().press("/transf").screen();
    assert!(screen.contains("ISMIR            2"), "{screen}");
    assert!(!screen.contains("ICLR 2021"));
}

#[test]
fn a_value_goes_with_what_is_typed() {
    let program = Program::shelf().press("/transf<Enter><S-Tab>3j<Enter>");
    assert!(program.filter_line().contains("transf") && program.filter_line().contains("cat:"));
    assert_eq!(program.hits().len(), 1);
}

#[test]
fn l_opens_a_group_further_and_h_closes_it() {
    let program = on_a_category();
    let shown = |program: &Program| program.screen().contains("q-bio.PE");
    assert!(!shown(&program), "the eighth value is behind the dots");
    let program = program.press("l");
    assert!(shown(&program));
    let program = program.press("hh");
    assert!(!program.screen().contains("cs.LG            5"));
    let heading = program.screen().lines().any(|it| it.contains("▸ Category"));
    assert!(heading, "{}", program.screen());
}

#[test]
fn enter_on_a_heading_opens_it() {
    let program = Program::shelf().press("<S-Tab><Enter>");
    assert!(program.screen().contains("▾ Year") && program.screen().contains("  2016"));
}

#[test]
fn enter_on_the_dots_shows_the_rest() {
    assert!(Program::shelf().press("<S-Tab>10j<Enter>").screen().contains("q-bio.PE"));
}

#[test]
fn two_years_are_alternatives() {
    let program = Program::shelf().press("<S-Tab>l2j<Enter>");
    assert_eq!(program.hits().len(), 1, "{}", program.filter_line());
    assert!(program.filter_line().contains("year:2024"));
}

#[test]
fn slash_from_the_facets_goes_to_the_filter() {
    assert_eq!(on_a_category().press("/deep").filter_line(), "/ deep");
}

#[test]
fn the_years_stand_as_a_histogram() {
    assert!(Program::shelf().row(4).starts_with(" 2016 ▄ ▄▄▄▄▄█▄ 2024"));
}

#[test]
fn a_group_that_nothing_has_is_not_shown() {
    let plain = r#"{"title": "Bare"}"#;
    let screen = Program::with(plain).at(120, 36).screen();
    assert!(!screen.contains("Category") && !screen.contains("Venue") && !screen.contains("Year"));
}

#[test]
fn what_a_facet_asked_for_comes_back_with_u() {
    let program = on_a_category().press("<Enter><Esc><Esc>u");
    assert_eq!(program.filter_line(), "/ cat:cs.LG");
}

#[test]
fn a_venue_with_a_blank_in_it_is_asked_for_whole() {
    let program = Program::with(SHELF).at(120, 50).press("<S-Tab>");
    let rows = program.screen();
    let at = rows.lines().position(|it| it.contains("   ICLR 2024")).unwrap() - 3;
    let program = program.press(&format!("{at}j<Enter>"));
    assert_eq!(program.hits(), ["Key Memories of Small Brains"], "{}", program.filter_line());
}

#[test]
fn the_cursor_stays_on_the_value_that_was_toggled() {
    let program = Program::shelf().press("<S-Tab>6j");
    let under = |program: &Program| {
        let reversed = (3..36).map(|row| program.styled(row)).find(|it| it.contains("reversed"));
        reversed.unwrap_or_default().lines().next().unwrap_or_default().to_owned()
    };
    assert!(under(&program).contains("math.CO"), "{}", under(&program));
    let program = program.press("<Enter>");
    assert!(under(&program).contains("math.CO"), "{}", under(&program));
    assert_eq!(program.press("<Enter>").hits().len(), 10);
}

#[test]
fn a_pane_that_was_scrolled_shows_what_is_left_of_it() {
    let program = Program::shelf().resize(120, 14).press("<S-Tab>G");
    assert!(program.state().view.facets.viewport.top > 0, "{}", program.screen());
    let program = program.press("<Tab>/transf<Enter>");
    let rows = facet_rows(program.state()).len();
    assert!(program.state().view.facets.viewport.cursor < rows, "{}", program.screen());
}
