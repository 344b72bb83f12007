//! Key sequences: their continuations, and keys that end them.

use super::harness::Program;

#[test]
fn what_continues_a_sequence_is_shown() {
    let program = Program::shelf().press("y");
    insta::assert_snapshot!("after_y", program.picture());
    insta::assert_snapshot!("after_g", Program::shelf().press("g").picture());
}

#[test]
fn esc_and_ctrl_c_leave_a_sequence() {
    for key in ["<Esc>", "<C-c>"] {
        let program = Program::shelf().press("<Space>y").press(key);
        assert!(!program.screen().contains("BibTeX"), "{key}");
        assert_eq!(program.selected().len(), 1, "only the sequence is left, {key}");
        assert!(!program.footer().contains("quits"), "{key}");
    }
}

#[test]
fn a_key_that_does_not_continue_a_sequence_ends_it() {
    let program = Program::shelf().press("yqj");
    assert!(!program.has_quit());
    assert_eq!((program.copies(), program.on().as_str()), (0, "Deep Nets Without Tears"));
}

#[test]
fn a_count_goes_with_a_sequence() {
    assert_eq!(Program::shelf().press("3gg").on(), "A na\\\"ive Bayes for Erd\\H{o}s Graphs");
}

#[test]
fn an_alt_letter_that_nothing_is_bound_to_is_esc_and_the_letter() {
    let program = Program::shelf().press("<Enter><M-j>");
    assert_eq!(program.on(), "Deep Nets Without Tears");
    let program = Program::shelf().press("/deep<M-j>");
    assert_eq!(program.filter_line(), "/ filter");
    assert_eq!(program.on(), "Deep Nets Without Tears");
    let program = Program::shelf().press("?<M-j>");
    assert_eq!(program.on(), "Deep Nets Without Tears");
}

#[test]
fn an_alt_letter_never_quits_by_its_esc() {
    assert!(!Program::shelf().press("<M-x>").has_quit());
    assert!(Program::shelf().press("<M-q>").has_quit(), "q at the top does");
}

#[test]
fn a_key_that_means_nothing_does_nothing() {
    let before = Program::shelf().press("j").picture();
    for key in ["<F9>", "<C-]>", "X", "\u{e9}", "<Del>", "<Space><Space><Esc>uu<Esc>k"] {
        if key.len() < 20 {
            assert_eq!(Program::shelf().press("j").press(key).picture(), before, "{key}");
        }
    }
}
