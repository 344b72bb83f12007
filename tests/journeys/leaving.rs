//! Quitting, and keys that must not quit.

use offprint::app::{ExitResult, RunMode, Settings};

use super::harness::{Program, SHELF};

#[test]
fn q_at_the_top_quits() {
    assert!(Program::shelf().press("q").has_quit());
}

#[test]
fn capital_q_and_zz_quit_from_anywhere() {
    for keys in ["Q", "ZZ", "<Enter>Q", "<Tab>ZZ", "?Q"] {
        assert!(Program::shelf().press(keys).has_quit(), "{keys}");
    }
}

#[test]
fn esc_never_quits() {
    for keys in ["", "<Enter>", "?", "/a", ":", "<Space>", "<Tab>", "v", "y"] {
        let program = Program::shelf().press(keys).press(&"<Esc>".repeat(12));
        assert!(!program.has_quit(), "{keys}");
        assert_eq!(program.hits().len(), 10);
        assert!(program.selected().is_empty());
    }
}

#[test]
fn ctrl_c_at_the_top_says_how_to_quit_and_a_second_one_does() {
    let program = Program::shelf().press("<C-c>");
    assert!(!program.has_quit());
    assert!(program.footer().starts_with("Press q or ^C again to quit"), "{}", program.footer());
    assert!(program.press("<C-c>").has_quit());
}

#[test]
fn two_ctrl_c_with_something_between_do_not_quit() {
    assert!(!Program::shelf().press("<C-c>j<C-c>").has_quit());
    assert!(!Program::shelf().press("<C-c>/a<BS><Enter><C-c>").has_quit());
}

#[test]
fn ctrl_c_leaves_what_is_open_first() {
    for keys in ["/deep", ":", "?", "y", "s", "<Enter>/x"] {
        assert!(!Program::shelf().press(keys).press("<C-c><C-c>").has_quit(), "{keys}");
    }
    assert_eq!(Program::shelf().press("/deep<C-c>").filter_line(), "/ deep");
}

#[test]
fn u_with_nothing_done_says_so() {
    assert!(Program::shelf().press("u").footer().starts_with("Nothing to undo"));
}

#[test]
fn opened_to_pick_enter_picks_what_is_selected() {
    let pick = || Settings { run_mode: RunMode::Pick, ..Settings::default() };
    let open = || Program::with(SHELF).settings(pick()).at(120, 36);
    let picked = |program: Program| match program.outcome() {
        Some(ExitResult::Picked { papers, .. }) => papers.iter().map(|it| it.0).collect(),
        _ => Vec::new(),
    };
    assert_eq!(picked(open().press("<Down><Enter>")), [1]);
    assert_eq!(picked(open().press("<Down><Down><Tab><Up><Up><Up><Tab><Enter>")), [2, 0]);
    assert!(open().press("<Esc>").outcome() == Some(&ExitResult::Quit));
}
