//! Movement in the list.

use super::harness::{Program, numbered};

/// A hundred papers on a screen whose list shows fifteen.
fn hundred() -> Program {
    Program::with(&numbered(100)).at(120, 36)
}

/// The row of the cursor on the screen.
fn place(program: &Program) -> usize {
    program.state().list.viewport.cursor - program.state().list.viewport.top
}

#[test]
fn the_list_starts_on_the_first_paper() {
    insta::assert_snapshot!(Program::shelf().picture());
}

#[test]
fn j_and_k_go_a_row_down_and_up() {
    assert_eq!(hundred().press("jjk").on(), "Paper 2");
    assert_eq!(hundred().press("<Down><Down><Up>").on(), "Paper 2");
}

#[test]
fn a_count_repeats_a_motion() {
    assert_eq!(hundred().press("12j").on(), "Paper 13");
    assert_eq!(hundred().press("12j3k").on(), "Paper 10");
    assert_eq!(hundred().press("10j").on(), "Paper 11", "a nought within a count is a digit");
}

#[test]
fn a_count_shows_in_the_footer_until_it_is_used() {
    let counting = hundred().press("42");
    insta::assert_snapshot!(counting.footer());
    assert!(!counting.press("j").footer().contains("42 "));
}

#[test]
fn esc_forgets_a_count() {
    assert_eq!(hundred().press("42<Esc>j").on(), "Paper 2");
}

#[test]
fn gg_and_capital_g_go_to_the_ends() {
    assert_eq!(hundred().press("G").on(), "Paper 100");
    assert_eq!(hundred().press("Ggg").on(), "Paper 1");
    assert_eq!(hundred().press("<End><Home>").on(), "Paper 1");
}

#[test]
fn a_count_before_capital_g_or_gg_is_a_row() {
    assert_eq!(hundred().press("42G").on(), "Paper 42");
    assert_eq!(hundred().press("G7gg").on(), "Paper 7");
    assert_eq!(hundred().press("4200G").on(), "Paper 100");
}

#[test]
fn the_ends_hold_the_cursor() {
    assert_eq!(hundred().press("k").on(), "Paper 1");
    assert_eq!(hundred().press("Gj").on(), "Paper 100");
    assert_eq!(hundred().press("200j").on(), "Paper 100");
}

#[test]
fn a_count_beyond_all_papers_is_as_far_as_it_goes() {
    for motion in ["j", "G", "gg", "<C-d>", "<C-f>", "H"] {
        let program = hundred().press("50Gzt").press(&"9".repeat(40)).press(motion);
        assert!(program.state().list.viewport.cursor > 49, "{motion}");
    }
    for motion in ["k", "<C-u>", "<C-b>", "L"] {
        let program = hundred().press("50G").press(&"9".repeat(40)).press(motion);
        assert!(program.state().list.viewport.cursor < 49, "{motion}");
    }
}

#[test]
fn ctrl_d_and_ctrl_u_go_half_a_screen() {
    let rows = hundred().state().view.areas.list_rows();
    let program = hundred().press("<C-d>");
    assert_eq!(program.state().list.viewport.cursor, rows / 2);
    assert_eq!(program.press("<C-u>").on(), "Paper 1");
}

#[test]
fn ctrl_f_and_ctrl_b_go_a_screen_and_keep_two_rows_in_sight() {
    let rows = hundred().state().view.areas.list_rows();
    for (down, up) in [("<C-f>", "<C-b>"), ("<PgDn>", "<PgUp>")] {
        let program = hundred().press(down);
        assert_eq!(program.state().list.viewport.top, rows - 2);
        assert_eq!(program.on(), format!("Paper {rows}"), "the first that the margin allows");
        assert_eq!(program.press(up).state().list.viewport.top, 0);
    }
}

#[test]
fn capital_h_m_l_go_to_top_middle_and_bottom_of_the_screen() {
    let program = hundred().press("50Gzt");
    let (top, rows) = (program.state().list.viewport.top, program.state().view.areas.list_rows());
    let program = program.press("M");
    assert_eq!(place(&program), rows / 2);
    // One row stays visible above and below the cursor, like `scrolloff` of vim.
    assert!(place(&program.press("L")) >= rows - 2);
    let program = hundred().press("50GztMH");
    assert!(place(&program) <= 1 && program.state().list.viewport.top.abs_diff(top) <= 1);
}

#[test]
fn zt_zz_and_zb_move_the_list_and_not_the_cursor() {
    let program = hundred().press("50Gzt");
    assert_eq!((program.on(), place(&program)), ("Paper 50".to_owned(), 1));
    let program = program.press("zz");
    let rows = program.state().view.areas.list_rows();
    assert_eq!((program.on(), place(&program)), ("Paper 50".to_owned(), rows / 2));
    let program = program.press("zb");
    assert_eq!((program.on(), place(&program)), ("Paper 50".to_owned(), rows - 2));
}

#[test]
fn a_row_stays_in_sight_beyond_the_cursor() {
    let rows = hundred().state().view.areas.list_rows();
    let program = hundred().press(&format!("{}j", rows - 1));
    assert_eq!((place(&program), program.state().list.viewport.top), (rows - 2, 1));
    insta::assert_snapshot!(program.picture());
}

#[test]
fn at_the_end_nothing_lies_below_the_last_row() {
    let program = hundred().press("G");
    assert_eq!(place(&program), program.state().view.areas.list_rows() - 1);
}

#[test]
fn a_list_that_is_shorter_than_its_pane_does_not_scroll() {
    for keys in ["G", "Gzt", "Gzb", "zz", "<C-f>"] {
        assert_eq!(Program::shelf().press(keys).state().list.viewport.top, 0, "{keys}");
    }
}
