//! The basket: filling, reordering and copying it, and its persistence over queries, sources and
//! runs.

use tempfile::TempDir;

use super::harness::{Program, SHELF, numbered};

fn filled() -> Program {
    Program::shelf().press("aja3jaB")
}

#[test]
fn papers_stand_in_the_order_in_which_they_were_put_in() {
    let program = filled();
    insta::assert_snapshot!(program.picture());
    assert!(program.row(4).contains("1 Key Memories"), "{}", program.row(4));
    assert!(program.row(6).contains("3 Éléments of Cafe\u{301} Acoustics"), "{}", program.row(6));
}

#[test]
fn papers_are_moved_and_taken_out_and_u_brings_them_back() {
    let program = filled().press("J");
    assert!(program.row(5).contains("▌2 Key Memories"), "{}", program.row(5));
    let program = program.press("J");
    assert!(program.row(6).contains("▌3 Key Memories"), "{}", program.row(6));
    let program = program.press("JK");
    assert!(program.row(5).contains("▌2 Key Memories"), "{}", program.row(5));
    let program = program.press("x");
    assert!(
        program.footer().starts_with("Removed from basket: Key Memories"),
        "{}",
        program.footer()
    );
    assert!(program.footer().ends_with("2/2"), "{}", program.footer());
    let program = program.press("u");
    assert!(program.footer().ends_with("/3"), "{}", program.footer());
}

#[test]
fn every_copy_acts_on_all_of_it_at_once() {
    let program = filled().press("yt");
    let titles =
        "Key Memories of Small Brains\nDeep Nets Without Tears\nÉléments of Cafe\u{301} Acoustics";
    assert_eq!(program.copied().trim_end(), titles);
    let program = program.press(":copy-ris<Enter>");
    assert_eq!(program.copied().matches("ER  -").count(), 3, "{}", program.copied());
}

#[test]
fn it_is_kept_over_queries_sources_and_runs() {
    let folder = TempDir::new().unwrap();
    let library = folder.path().join("library.db");
    let first = Program::with(SHELF).library(&library).at(120, 36).press("ja/piano<Enter>aq");
    assert!(first.has_quit());
    let other = Program::with(&numbered(5)).library(&library).at(120, 36).press("aB");
    assert!(other.row(4).contains("1 Deep Nets"), "{}", other.row(4));
    assert!(other.row(4).contains("from another source"), "{}", other.row(4));
    assert!(other.row(6).contains("3 Paper 1"), "{}", other.row(6));
    let other = other.press("yb");
    assert_eq!(other.copied().matches('@').count(), 3, "{}", other.copied());
}

#[test]
fn enter_goes_to_the_paper_in_the_list() {
    let program = filled().press("G<Enter>");
    assert_eq!(program.on(), "Éléments of Cafe\u{301} Acoustics");
    let program = program.press("/piano<Enter>B<Enter>");
    assert!(program.footer().starts_with("The filter hides this paper"), "{}", program.footer());
}

#[test]
fn an_empty_basket_says_how_it_is_filled() {
    let program = Program::shelf().press("B");
    assert!(program.row(3).contains("Basket  empty; a adds"), "{}", program.row(3));
    assert_eq!(program.press("Jxyt").copies(), 0);
}

#[test]
fn the_basket_fits_a_small_screen() {
    let program = Program::with(SHELF).at(40, 12).press("aja3jaB");
    insta::assert_snapshot!(program.picture());
}

#[test]
fn a_paper_that_is_in_the_basket_is_not_put_in_again() {
    let program = Program::shelf().press("*aa");
    assert!(program.footer().starts_with("Already in the basket"), "{}", program.footer());
    let program = program.press("u");
    assert!(program.footer().starts_with("Undone: add to basket"), "{}", program.footer());
    assert!(program.header().ends_with("1 starred"), "{}", program.header());
}
