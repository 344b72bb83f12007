//! The facet pane.

use offprint::app::model::facet_group::FacetGroup;
use offprint::app::model::facet_rows::facet_rows;
use offprint::app::model::facets::FacetRow;

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
fn esc_and_slash_from_the_facets_go_to_the_filter() {
    assert_eq!(on_a_category().press("<Esc>/deep").filter_line(), "/ deep");
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

/// The facet rows on the screen that contain the text.
fn facet_lines(program: &Program, text: &str) -> Vec<String> {
    let lines = program.screen();
    let lines = lines.lines().filter_map(|line| line.split_once(['│', '┃']).map(|it| it.0));
    lines.filter(|line| line.contains(text)).map(|line| line.trim().to_owned()).collect()
}

/// Moves the cursor of the facets to a value.
fn on_value(program: Program, value: &str) -> Program {
    let rows = facet_rows(program.state());
    let is_value = |row: &FacetRow| matches!(row, FacetRow::Value { value: it, .. } if it == value);
    let row = rows.iter().position(is_value).unwrap_or_else(|| panic!("no {value}"));
    program.press(&format!("{}gg", row + 1))
}

#[test]
fn two_venues_are_alternatives_and_a_year_narrows_them() {
    let program = Program::with(SHELF).at(120, 50).press("<S-Tab>");
    let program = on_value(program, "ICLR 2024").press("<Enter>");
    assert_eq!(program.hits().len(), 1);
    assert_eq!(facet_lines(&program, "ISMIR"), ["ISMIR            2"], "still to be chosen");
    let program = on_value(program, "ISMIR").press("<Enter>");
    assert_eq!(program.filter_line(), "/ venue:\"ICLR 2024\" | venue:\"ISMIR\"");
    assert_eq!(program.hits().len(), 3);
    insta::assert_snapshot!(program.picture());
    let program = on_value(program, "cs.CL").press("<Enter>");
    assert_eq!(program.hits(), ["Transformers on the Shelf"], "{}", program.filter_line());
    let program = on_value(program, "cs.CL").press("<Enter>");
    assert_eq!(program.hits().len(), 3, "{}", program.filter_line());
    let program = on_value(program, "ICLR 2024").press("<Enter>");
    let program = on_value(program, "ISMIR").press("<Enter>");
    assert_eq!((program.hits().len(), program.filter_line().as_str()), (10, "/ filter"));
}

#[test]
fn values_of_every_group_are_alternatives() {
    for (values, count) in
        [(["cs.CL", "math.NT"], 2), (["Jo Park", "Dana Okafor"], 3), (["maps", "roads"], 2)]
    {
        let lines = SHELF.replace(r#""title": "Deep"#, r#""keywords": ["maps"], "title": "Deep"#);
        let lines =
            lines.replace(r#""title": "Notes"#, r#""keywords": ["roads"], "title": "Notes"#);
        let mut program = Program::with(&lines).at(120, 90).press("<S-Tab>");
        for value in values {
            program = program.press(&format!("/{value}<Enter><Enter><Esc>"));
        }
        assert_eq!(program.hits().len(), count, "{}", program.filter_line());
    }
}

#[test]
fn two_tags_are_alternatives() {
    let program = Program::shelf().press("tred<Enter>jtblue<Enter>jtgreen<Enter><S-Tab>");
    let program = on_value(program, "red").press("<Enter>");
    let program = on_value(program, "blue").press("<Enter>");
    assert_eq!(program.hits().len(), 2, "{}", program.filter_line());
    assert_eq!(facet_lines(&program, "green"), ["green            1"]);
}

#[test]
fn a_restored_filter_leaves_the_other_values_of_its_group_to_be_chosen() {
    let program = Program::with(SHELF).at(120, 50).press("/venue:\"ISMIR\"<Enter>");
    assert_eq!(facet_lines(&program, "ICLR 2022"), ["ICLR 2022        1"]);
    let program = program.press("/<Space>shelf<Enter>");
    assert_eq!(facet_lines(&program, "ICLR 2022"), Vec::<String>::new(), "no such paper");
}

#[test]
fn slash_in_the_facets_finds_a_value_of_any_group() {
    let papers: Vec<String> = (0..300)
        .map(|it| format!(r#"{{"title": "Paper {it}", "authors": ["Ada Moss", "Bo N{it}x"]}}"#))
        .collect();
    let program = Program::with(&papers.join("\n")).at(120, 36).press("<S-Tab>");
    let rows = facet_rows(program.state());
    assert!(!rows.iter().any(|row| format!("{row:?}").contains("N299x")));
    let program = program.press("/N299");
    assert!(program.footer().starts_with("find value N299"), "{}", program.footer());
    insta::assert_snapshot!(program.picture());
    let program = program.press("<Enter><Enter>");
    assert_eq!(program.hits(), ["Paper 299"], "{}", program.filter_line());
    let program = program.press("/<C-u>n150<Enter><Enter>");
    assert_eq!(program.hits(), ["Paper 150", "Paper 299"], "{}", program.filter_line());
    let program = program.press("<Esc>");
    assert!(program.state().view.facets.needle.is_empty());
    assert!(program.press("/zzz").screen().contains("No matches"));
}

#[test]
fn s_sorts_the_values_of_a_group_by_count_or_name() {
    let program = on_a_category();
    let order = |program: &Program| {
        let rows = facet_rows(program.state());
        let values = rows.into_iter().filter_map(|row| match row {
            FacetRow::Value { group: FacetGroup::Category, value, .. } => Some(value),
            _ => None,
        });
        values.take(3).collect::<Vec<_>>()
    };
    assert_eq!(order(&program)[0], "cs.LG");
    let program = program.press("s");
    assert_eq!(order(&program), ["cs.CL", "cs.LG", "cs.SD"]);
    assert!(program.footer().starts_with("Category sorted by name"), "{}", program.footer());
    assert_eq!(facet_lines(&program, "Category"), ["▾ Category   by name"]);
    assert_eq!(order(&program.press("s"))[0], "cs.LG");
}

#[test]
fn a_value_taken_out_keeps_the_paper_under_the_cursor() {
    let program = on_a_category().press("<Enter><Esc>2j");
    let on = program.on();
    let program = on_value(program.press("<S-Tab>"), "cs.LG").press("<Enter>");
    assert_eq!((program.hits().len(), program.on()), (10, on));
}
