//! The screen at every size.

use super::harness::{Program, SHELF};

fn at(width: u16, height: u16) -> Program {
    Program::with(SHELF).at(width, height).press("j<Space>")
}

#[test]
fn a_large_screen_shows_three_panes() {
    insta::assert_snapshot!(at(200, 60).picture());
}

#[test]
fn a_middling_screen_shows_the_list_over_the_detail() {
    insta::assert_snapshot!(at(80, 24).picture());
}

#[test]
fn a_small_screen_shows_the_list_over_the_detail() {
    insta::assert_snapshot!(at(60, 20).picture());
}

#[test]
fn a_screen_of_forty_by_twelve_shows_list_and_detail() {
    insta::assert_snapshot!(at(40, 12).picture());
}

#[test]
fn a_narrow_screen_shows_one_pane() {
    insta::assert_snapshot!(at(30, 10).picture());
}

#[test]
fn a_screen_of_twelve_by_four_shows_the_list() {
    insta::assert_snapshot!(at(12, 4).picture());
}

#[test]
fn a_screen_of_five_by_two_shows_the_list() {
    insta::assert_snapshot!(at(5, 2).picture());
}

#[test]
fn a_screen_of_one_cell_is_drawn() {
    insta::assert_snapshot!(at(1, 1).picture());
}

#[test]
fn nothing_is_lost_on_a_screen_of_one_cell() {
    let program = at(1, 1).press("/graph<Enter><Space>").resize(120, 36);
    assert!(program.header().ends_with("2 selected, 1 hidden"), "{}", program.header());
    assert_eq!((program.filter_line().as_str(), program.hits().len()), ("/ graph", 2));
    assert_eq!(at(1, 1).press("yt").copied().trim(), "Deep Nets Without Tears");
}

#[test]
fn every_state_is_drawn_at_every_size() {
    let states =
        ["", "<Enter>", "<Tab>", "<S-Tab>", "?", "s", "f", "O", "/pian", ":", "y", "vj", "12"];
    let empty = ["?/zzz", ":defects<Enter>", "/zzzz", "fj/zzz"];
    for keys in states.into_iter().chain(empty) {
        let mut program = Program::shelf().press(keys);
        for width in [0, 1, 2, 3, 4, 5, 8, 12, 21, 30, 39, 40, 41, 60, 109, 110, 111, 250] {
            for height in [0, 1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 13, 24, 60] {
                program = program.resize(width, height);
                assert_eq!(program.screen().lines().count(), usize::from(height));
            }
        }
    }
}

#[test]
fn what_is_marked_leaves_room_for_what_is_unread() {
    let header = |width| Program::shelf().press("*jrja").resize(width, 20).header();
    assert!(header(80).contains("9 unread") && header(80).contains("1 in basket"));
    assert!(header(60).contains("9 unread") && header(60).ends_with("1 ★ · 1 +"), "{}", header(60));
}

#[test]
fn the_reader_fits_a_narrow_screen() {
    insta::assert_snapshot!(at(30, 10).press("<Enter>").picture());
}

#[test]
fn help_fits_a_narrow_screen() {
    insta::assert_snapshot!(at(40, 12).press("?").picture());
}
