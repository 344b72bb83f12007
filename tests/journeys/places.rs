//! Going back and forward over jumps, filters and lists.

use super::harness::{Program, numbered};

/// The rank under the cursor, and the rank at the top of the list.
fn place(program: &Program) -> (usize, usize) {
    (program.state().list.viewport.cursor, program.state().list.viewport.top)
}

#[test]
fn ctrl_o_goes_back_over_jumps_and_ctrl_n_forward() {
    let program = Program::with(&numbered(300)).at(120, 36).press("50Gzt");
    let start = place(&program);
    let program = program.press("G:200<Enter>jj<C-o>");
    assert_eq!(program.on(), "Paper 300");
    let program = program.press("<C-o>");
    assert_eq!((program.on().as_str(), place(&program)), ("Paper 50", start));
    let program = program.press("2<C-n>");
    assert_eq!(program.on(), "Paper 202");
    let program = program.press("<C-n>");
    assert!(program.footer().starts_with("No later place"), "{}", program.footer());
    let program = program.press("9<C-o><C-o>");
    assert_eq!(program.on(), "Paper 1");
    assert!(program.footer().starts_with("No earlier place"), "{}", program.footer());
}

#[test]
fn ctrl_o_goes_back_over_filters() {
    let program = Program::shelf().press("4j/trans<Enter>j/piano<Enter>gc");
    assert_eq!(program.filter_line(), "/ cat:cs.SD");
    let program = program.press("<C-o>");
    assert_eq!(program.filter_line(), "/ trans piano");
    let program = program.press("<C-o>");
    assert_eq!((program.filter_line().as_str(), program.hits().len()), ("/ trans", 2));
    assert_eq!(program.on(), "Transformers on the Shelf");
    let program = program.press("<C-o>");
    assert_eq!((program.hits().len(), place(&program).0), (10, 4));
    let program = program.press("<C-n><C-n><C-n>");
    assert_eq!(program.filter_line(), "/ cat:cs.SD");
}

#[test]
fn ctrl_o_goes_back_over_orders_facets_and_a_cleared_filter() {
    let program = Program::shelf().press("3jst<C-o>");
    assert_eq!(
        (program.hits()[0].as_str(), place(&program).0),
        ("Key Memories of Small Brains", 3)
    );
    let program = Program::shelf().press("2j<S-Tab>3j<Enter><C-o>");
    assert_eq!((program.hits().len(), place(&program).0), (10, 2));
    let program = Program::shelf().press("/trans<Enter>j<C-g><C-o>");
    assert_eq!((program.hits().len(), program.on().as_str()), (2, "Transformers on the Shelf"));
}

#[test]
fn ctrl_o_goes_back_from_the_basket_and_into_the_reader() {
    let program = Program::shelf().press("2ja6jB<C-o>");
    assert_eq!((place(&program).0, program.screen().contains(" Basket ")), (8, false));
    let program = Program::shelf().press("j<Enter>ga<C-o>");
    assert!(program.state().view.pane == offprint::app::Pane::Reader);
    assert_eq!((program.on().as_str(), program.hits().len()), ("Deep Nets Without Tears", 10));
}

#[test]
fn a_place_whose_paper_is_not_listed_any_more_is_the_top() {
    let program = Program::shelf().press("jx/trans<Enter><C-o>");
    assert_eq!(program.hits().len(), 9, "what was skipped is hidden now");
    assert_eq!(place(&program).0, 0);
}

#[test]
fn u_keeps_the_paper_when_a_filter_comes_back() {
    let program = Program::shelf().press("/trans<Enter>j<C-g>u");
    assert_eq!((program.hits().len(), program.on().as_str()), (2, "Transformers on the Shelf"));
}
