//! Saved searches, and the history of the filter.

use super::harness::Program;

#[test]
fn a_search_is_saved_listed_with_its_unread_and_run() {
    let program = Program::shelf().press("/piano<Enter>sy:save at the piano<Enter>");
    assert!(program.footer().starts_with("Saved search: at the piano"), "{}", program.footer());
    let program = program.press("<C-g>rF");
    insta::assert_snapshot!(program.picture());
    let program = program.press("<Enter>");
    assert_eq!(program.hits().len(), 2);
    assert_eq!(program.filter_line(), "/ piano");
    assert!(program.header().contains("by year"), "{}", program.header());
}

#[test]
fn a_saved_search_is_forgotten_and_u_brings_it_back() {
    let program = Program::shelf().press("/piano<Enter>:save piano<Enter>FD");
    assert!(program.footer().starts_with("Deleted search: piano"), "{}", program.footer());
    let program = program.press("qu");
    assert!(program.footer().starts_with("Saved search: piano"), "{}", program.footer());
    let program = program.press(":forget piano<Enter>F");
    assert!(program.screen().contains("No saved searches"), "{}", program.screen());
    let asked = Program::shelf().press(":save<Enter>").footer();
    assert!(asked.starts_with(":save ") && asked.ends_with("NAME"), "{asked}");
}

#[test]
fn above_the_first_row_are_the_filters_typed_before() {
    let program = Program::shelf().press("/piano<Enter><C-g>/deep<Enter><C-g>gg/<Up>");
    assert_eq!(program.filter_line(), "/ deep");
    let program = program.press("<Up>");
    assert_eq!(program.filter_line(), "/ piano");
    let program = program.press("<Down>");
    assert_eq!(program.filter_line(), "/ deep");
    let program = program.press("<Down>");
    assert_eq!(program.filter_line(), "/");
    assert_eq!(program.press("<C-r><C-r>").filter_line(), "/ piano");
}
