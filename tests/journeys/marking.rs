//! Marks, tags and notes, and their undo.

use offprint::app::Event;

use super::harness::{Program, SHELF, numbered};

#[test]
fn r_marks_read_and_unread_and_the_rows_say_which() {
    let program = Program::shelf().press("r");
    assert!(
        program.footer().starts_with("Marked read: Key Memories of Small Brains"),
        "{}",
        program.footer()
    );
    assert!(program.header().contains("9 unread"), "{}", program.header());
    assert!(program.row(3).contains("▌    Key Memories"), "{}", program.row(3));
    assert!(program.row(5).contains("• Deep Nets"), "{}", program.row(5));
    let program = program.press("r");
    assert!(program.footer().starts_with("Marked unread: Key Memories"), "{}", program.footer());
    assert!(!program.row(5).contains('•'), "what nobody uses is not shown");
}

#[test]
fn every_mark_shows_in_its_row_without_colour() {
    let program = Program::shelf().press("rj*jxjwja").press("jttodo<Enter>gg");
    insta::assert_snapshot!(program.picture());
}

#[test]
fn marks_act_on_the_selection_and_keep_it() {
    let program = Program::shelf().press("<Space><Space><Space>*");
    assert!(program.footer().starts_with("Starred: 3 papers"), "{}", program.footer());
    assert!(program.header().ends_with("3 selected · 3 starred"), "{}", program.header());
    let program = program.press("*");
    assert!(program.footer().starts_with("Unstarred: 3 papers"), "{}", program.footer());
    let program = program.press("ttodo<Enter>");
    assert!(program.footer().starts_with("Tag todo: 3 papers"), "{}", program.footer());
    assert_eq!(program.press("<Esc>gv").selected().len(), 3);
}

#[test]
fn a_verdict_of_triage_is_on_its_paper_and_not_on_the_selection() {
    let program = Program::shelf().press("<Space><Space>gggtx");
    assert!(program.footer().starts_with("Skipped: Key Memories"), "{}", program.footer());
    assert_eq!(program.selected().len(), 2);
    let program = program.press("ttodo<Enter>");
    assert!(program.footer().starts_with("Tag todo: Deep Nets"), "{}", program.footer());
}

#[test]
fn u_takes_back_whatever_was_done_last_and_ctrl_r_does_it_again() {
    let program = Program::shelf().press("/piano<Enter>r<Space>*<Esc><Esc>");
    assert_eq!(program.hits().len(), 10);
    let program = program.press("u");
    assert_eq!(program.hits().len(), 2, "the filter was put away last");
    let program = program.press("u");
    assert_eq!(program.selected().len(), 1, "the selection was put away before");
    let program = program.press("u");
    assert!(program.footer().starts_with("Undone: star ("), "{}", program.footer());
    let program = program.press("u");
    assert!(program.footer().starts_with("Undone: mark read ("), "{}", program.footer());
    assert!(program.press("u").footer().starts_with("Nothing to undo"));
}

#[test]
fn what_was_taken_back_is_done_again_in_order() {
    let program = Program::shelf().press("r*wuuu");
    assert!(!program.header().contains("starred"), "{}", program.header());
    let program = program.press("<C-r><C-r>");
    assert!(program.footer().starts_with("Redone: star ("), "{}", program.footer());
    assert!(program.header().contains("1 starred") && program.header().contains("9 unread"));
    let program = program.press("<C-r><C-r>");
    assert!(program.footer().starts_with("Nothing to redo"), "{}", program.footer());
}

#[test]
fn a_dot_does_the_same_to_another_paper() {
    let program = Program::shelf().press("*jj.");
    assert!(program.header().ends_with("2 starred"), "{}", program.header());
    assert!(Program::shelf().press(".").footer().starts_with("Nothing to repeat"));
}

#[test]
fn what_is_skipped_is_gone_from_the_next_list_and_hidden_shows_it() {
    let program = Program::shelf().press("jx");
    assert!(program.footer().starts_with("Skipped: Deep Nets"), "{}", program.footer());
    assert_eq!(program.hits().len(), 10, "it stays until the query is edited");
    let program = program.press("/piano<Enter><C-g>");
    assert_eq!(program.hits().len(), 9);
    let program = program.press(":hidden<Enter>");
    assert_eq!(program.hits().len(), 10);
    assert!(program.header().contains("skipped shown"), "{}", program.header());
    let program = program.press("ggjx:hidden<Enter>");
    assert!(program.hits().iter().any(|it| it == "Deep Nets Without Tears"));
}

#[test]
fn a_paper_that_no_longer_matches_stays_dimmed_until_the_query_is_edited() {
    let program = Program::shelf().press("/is:unread<Enter>jr");
    let (on, hits) = (program.on(), program.hits());
    assert_eq!(hits.len(), 10);
    let row = program.press("k").styled(5);
    assert!(row.contains(&format!("{on:?} dim")), "{row}");
    let program = Program::shelf().press("/is:unread<Enter>jr/<Enter>");
    assert_eq!(program.hits().len(), 9);
    assert!(!program.hits().contains(&on));
}

#[test]
fn a_read_all_shown_asks_when_they_are_many() {
    let program = Program::shelf().press("A");
    assert!(program.footer().starts_with("Marked read: 10 papers"), "{}", program.footer());
    let many = Program::with(&numbered(60)).at(120, 36).press("A");
    assert!(many.footer().starts_with("Mark 60 papers read? y/n"), "{}", many.footer());
    let many = many.press("n");
    assert!(many.footer().starts_with("Cancelled: no papers marked"), "{}", many.footer());
    let many = many.press("Ay");
    assert!(many.header().contains("0 unread"), "{}", many.header());
    assert!(!many.press("u").header().contains("unread"));
}

#[test]
fn read_above_and_below_leave_the_paper_under_the_cursor() {
    let program = Program::shelf().press("3j:read above<Enter>");
    assert!(program.header().contains("7 unread"), "{}", program.header());
    let program = program.press(":read below<Enter>");
    assert!(program.header().contains("1 unread"), "{}", program.header());
}

#[test]
fn tags_are_edited_in_a_line_with_completion() {
    let program = Program::shelf().press("ttodo, nice<Enter>jt");
    assert!(program.screen().contains("todo 1"), "the tags there are are shown");
    let program = program.press("to<Tab>");
    assert!(program.footer().starts_with("tags: todo,"), "{}", program.footer());
    let program = program.press("<Enter>");
    assert!(program.footer().starts_with("Tag todo: Deep Nets"), "{}", program.footer());
    let program = program.press("kt<C-w><C-w><Enter>");
    assert!(
        program.footer().contains("removed tag") || program.footer().starts_with("Removed tag"),
        "{}",
        program.footer()
    );
    let program = program.press("/tag:todo<Enter>");
    assert!(!program.hits().is_empty());
}

#[test]
fn a_note_is_written_shown_and_found() {
    let mut program = Program::shelf();
    program.write("Read *this* first.");
    let program = program.press("e");
    assert!(program.footer().starts_with("Note saved: Key Memories"), "{}", program.footer());
    assert!(program.screen().contains("Read *this* first."));
    let program = program.press("/has:note<Enter>");
    assert_eq!(program.hits(), ["Key Memories of Small Brains"]);
    assert!(program.press("e").footer().starts_with("No terminal for an editor"));
}

#[test]
fn the_log_lists_what_was_done_and_takes_it_back() {
    let program = Program::shelf().press("rj*:log<Enter>");
    assert!(program.screen().contains("starred: Deep Nets Without Tears"), "{}", program.screen());
    let program = program.press("j<Enter>");
    assert!(
        program.screen().contains("undone: mark read (Key Memories of Small Brains)"),
        "{}",
        program.screen()
    );
    let program = program.press("qu");
    assert!(program.header().contains("9 unread"), "{}", program.header());
}

#[test]
fn facets_count_marks_and_tags_and_filter_by_them() {
    let program = Program::with(SHELF).at(120, 36).press("rj*jttodo<Enter>");
    insta::assert_snapshot!(program.picture());
    let program = program.press("<Tab><Tab>gg");
    assert!(program.screen().contains("unread"), "{}", program.screen());
}

#[test]
fn tab_completes_a_tag_in_the_filter() {
    let program = Program::shelf().press("tto read, later<Enter>/tag:to<Tab>");
    assert_eq!(program.filter_line(), "/ tag:\"to read\"");
    assert_eq!(program.hits().len(), 1);
}

#[test]
fn when_the_library_has_stopped_nothing_is_said_to_be_done() {
    let why = "no ink".to_owned();
    let program = Program::shelf().feed(Event::ThreadPanic { job: "library", why }).press("r");
    assert!(
        program.footer().starts_with("Not saved: the library has stopped"),
        "{}",
        program.footer()
    );
    assert!(program.header().contains("marks not saved") && !program.header().contains("unread"));
}
