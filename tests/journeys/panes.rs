//! The panes, the focus, and the layouts.

use offprint::app::Pane;

use super::harness::{Program, SHELF};

fn focus(program: &Program) -> Pane {
    program.state().view.pane
}

#[test]
fn tab_goes_round_the_panes() {
    let program = Program::shelf();
    assert_eq!(focus(&program), Pane::List);
    let program = program.press("<Tab>");
    assert_eq!(focus(&program), Pane::Detail);
    let program = program.press("<Tab>");
    assert_eq!(focus(&program), Pane::Facets);
    let program = program.press("<Tab>");
    assert_eq!(focus(&program), Pane::List);
    assert_eq!(focus(&program.press("<S-Tab>")), Pane::Facets);
}

#[test]
fn the_pane_with_the_focus_can_be_told() {
    let pictures = ["", "<Tab>", "<Tab><Tab>"].map(|keys| Program::shelf().press(keys).picture());
    assert_ne!(pictures[0], pictures[1]);
    assert_ne!(pictures[1], pictures[2]);
    insta::assert_snapshot!("the_facets_with_the_focus", pictures[2]);
}

#[test]
fn the_detail_pane_follows_the_cursor() {
    let screen = Program::shelf().press("j").screen();
    assert!(screen.contains("A gentle course."), "{screen}");
}

#[test]
fn esc_in_a_pane_goes_back_to_the_list() {
    for keys in ["<Tab><Esc>", "<Tab><Tab><Esc>", "<Tab>q", "<Tab>h"] {
        let program = Program::shelf().press(keys);
        assert_eq!(focus(&program), Pane::List, "{keys}");
        assert!(!program.has_quit(), "{keys}");
    }
}

#[test]
fn equals_goes_round_the_layouts_and_keeps_the_paper() {
    let program = Program::shelf().press("3j=");
    assert_eq!(program.on(), "深層学習の記憶");
    insta::assert_snapshot!("list_only", program.picture());
    let program = program.press("=");
    insta::assert_snapshot!("side_by_side", program.picture());
    let program = program.press("=");
    insta::assert_snapshot!("stacked", program.picture());
    let program = program.press("=");
    assert_eq!(program.on(), "深層学習の記憶");
    assert_eq!(program.footer().split("  ").next(), Some("Layout: fitted"));
}

#[test]
fn a_layout_is_named_when_it_is_chosen() {
    assert!(Program::shelf().press("=").footer().starts_with("Layout: list only"));
}

#[test]
fn a_paper_keeps_the_cursor_when_the_window_changes() {
    let program = Program::shelf().press("8j").resize(30, 8).resize(200, 60).resize(80, 24);
    assert_eq!(program.on(), "Graph Neural Networks for Gardeners");
    assert!(program.screen().contains("▌   Graph Neural Networks"));
}

#[test]
fn on_a_middling_screen_the_facets_open_over_the_list() {
    let program = Program::with(SHELF).at(80, 24).press("<S-Tab>");
    insta::assert_snapshot!(program.picture());
    assert!(!program.press("<Esc>").screen().contains("Category"));
}

#[test]
fn on_a_narrow_screen_tab_shows_the_other_panes_one_at_a_time() {
    let program = Program::with(SHELF).at(36, 16).press("<Tab>");
    assert!(program.screen().contains("Small brains keep"));
    assert!(!program.screen().contains("Deep Nets"));
    assert!(program.press("<Tab>").screen().contains("Category"));
}
