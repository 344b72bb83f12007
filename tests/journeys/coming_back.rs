//! Restoring the session after a lost connection and after quitting.

use std::path::Path;

use offprint::app::{Settings, StartAt};
use tempfile::TempDir;

use super::harness::{Program, SHELF};

fn shelf(library: &Path) -> Program {
    Program::with(SHELF).library(library).at(120, 36)
}

#[test]
fn after_a_lost_connection_all_comes_back_and_says_so() {
    let folder = TempDir::new().unwrap();
    let library = folder.path().join("library.db");
    drop(shelf(&library).press("/is:unread<Enter>stj<Space><Enter>j"));
    let program = shelf(&library);
    assert_eq!(program.filter_line(), "/ is:unread");
    assert_eq!(program.selected().len(), 1);
    assert_eq!(program.state().view.pane, offprint::app::Pane::Reader);
    assert!(program.header().contains("by title"), "{}", program.header());
    assert!(
        program.footer().starts_with("Restored the interrupted session"),
        "{}",
        program.footer()
    );
}

#[test]
fn after_quitting_the_paper_and_the_order_come_back_without_the_filter() {
    let folder = TempDir::new().unwrap();
    let library = folder.path().join("library.db");
    let left = shelf(&library).press("/piano<Enter>styj<Space>kq");
    let on = left.on();
    drop(left);
    let program = shelf(&library);
    assert_eq!((program.on(), program.hits().len()), (on, 10));
    assert_eq!(program.filter_line(), "/ filter");
    assert!(program.selected().is_empty());
    assert!(program.header().contains("by "), "{}", program.header());
    assert_eq!(program.press("/<C-r>").filter_line(), "/ piano");
}

#[test]
fn a_filter_that_was_asked_for_is_not_replaced() {
    let folder = TempDir::new().unwrap();
    let library = folder.path().join("library.db");
    drop(shelf(&library).press("/piano<Enter>"));
    let program = Program::with(SHELF).query("deep").library(&library).at(120, 36);
    assert_eq!(program.filter_line(), "/ deep");
}

#[test]
fn marks_come_back_and_another_session_sees_them() {
    let folder = TempDir::new().unwrap();
    let library = folder.path().join("library.db");
    let first = shelf(&library).press("*q");
    let second = shelf(&library);
    assert!(second.header().ends_with("1 starred"), "{}", second.header());
    drop(first);
    let third = shelf(&library).press("j*");
    let second = second.look();
    assert!(second.header().ends_with("2 starred"), "{}", second.header());
    drop(third);
}

#[test]
fn what_is_new_since_the_last_time_is_counted() {
    let folder = TempDir::new().unwrap();
    let library = folder.path().join("library.db");
    let shorter: Vec<&str> = SHELF.trim().lines().take(7).collect();
    drop(Program::with(&shorter.join("\n")).library(&library).at(120, 36).press("q"));
    let program = shelf(&library);
    assert!(program.header().contains("3 new since "), "{}", program.header());
    assert_eq!(program.press("/is:new<Enter>").hits().len(), 3);
}

#[test]
fn what_was_skipped_is_out_of_sight_from_the_start() {
    let folder = TempDir::new().unwrap();
    let library = folder.path().join("library.db");
    drop(shelf(&library).press("jxq"));
    let program = shelf(&library);
    assert_eq!(program.hits().len(), 9);
    drop(shelf(&library).press("/is:unread<Enter>"));
    assert_eq!(shelf(&library).hits().len(), 9);
}

#[test]
fn a_fresh_start_is_at_the_top() {
    let folder = TempDir::new().unwrap();
    let library = folder.path().join("library.db");
    drop(shelf(&library).press("/piano<Enter>j"));
    let fresh = Settings { start_at: StartAt::Top, ..Settings::default() };
    let program = Program::with(SHELF).settings(fresh).library(&library).at(120, 36);
    assert_eq!((program.on().as_str(), program.hits().len()), ("Key Memories of Small Brains", 10));
    assert_eq!(program.press("/<C-r>").filter_line(), "/ piano");
}
